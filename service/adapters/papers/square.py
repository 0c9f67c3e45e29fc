"""QR codes: drawn as SVG for pages and papers alike."""

import io


def square_svg(text: str) -> str:
    """Return a QR code (correction level M) as SVG without any fixed size."""
    import segno

    drawn = io.BytesIO()
    segno.make_qr(text, error="m").save(
        drawn, kind="svg", border=4, omitsize=True, xmldecl=False, nl=False
    )
    return drawn.getvalue().decode()


def square_address(text: str) -> str:
    """Return a QR code as a ``data:`` address of an image."""
    import segno

    return segno.make_qr(text, error="m").svg_data_uri(
        border=4, omitsize=True, light="#fff"
    )
