"""The demonstration's helper account: public on purpose, never in production.

The demonstration loads it and its pages show it; a production profile loads no such
account and serves no such page.
"""

from datetime import datetime
from typing import Final

from pyotp.totp import TOTP

ORGANISATION: Final = "Maison des Passages"
LOGIN: Final = "ines@passages.invalid"
PASSWORD: Final = "maison des passages"  # noqa: S105 - shown on the sign-in page
TOTP_SECRET: Final = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - as above


def code_at(now: datetime) -> str:
    """Return the six digits that an app with the secret shows now."""
    return TOTP(TOTP_SECRET).at(now)
