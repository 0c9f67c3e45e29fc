"""What the pages of agents and of helpers share around signing in with two factors."""

import io
from typing import Final

import segno
from starlette.responses import Response

from service.web.pages.form_data import Form

LONGEST: Final = 200
"""The most characters that are read of a login, a password or a code."""


def qr_code(address: str) -> Response:
    """Return the address of a secret as a QR code: an image of its own, not stored."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(drawn, kind="svg", scale=6, border=4, light="white", xmldecl=False)
    return Response(
        drawn.getvalue(),
        media_type="image/svg+xml",
        headers={"Cache-Control": "no-store"},
    )


def secret(form: Form, name: str) -> str:
    """Return a password as typed: spaces at its ends count."""
    return next(iter(form.fields.get(name, ())), "")[:LONGEST]
