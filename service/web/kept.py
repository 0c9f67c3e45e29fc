"""Files that people keep; one person's own is never stored on the way."""

from typing import Final

from starlette.responses import Response

JSON: Final = "application/json"
PDF: Final = "application/pdf"
CALENDAR: Final = "text/calendar; charset=utf-8"


def kept_as(name: str, content: bytes, kind: str = JSON) -> Response:
    """Send a small file to be kept under ``name``."""
    return Response(
        content,
        media_type=kind,
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def for_everybody(name: str, content: bytes, kind: str = PDF) -> Response:
    """Send a file that is the same for everybody, kept an hour on the way."""
    return Response(
        content,
        media_type=kind,
        headers={
            "Cache-Control": "public, max-age=3600",
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )
