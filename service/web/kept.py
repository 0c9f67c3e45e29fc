"""Files that one person keeps: never stored on the way."""

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
