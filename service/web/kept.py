"""Files that one person keeps: never stored on the way."""

from starlette.responses import Response


def kept_as(name: str, content: bytes) -> Response:
    """Send a small JSON file to be kept under ``name``."""
    return Response(
        content,
        media_type="application/json",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
