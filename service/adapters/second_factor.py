"""Codes of an authenticator app: TOTP as every such app computes it."""

import hmac
from datetime import datetime
from typing import Final

import pyotp
from pyotp.totp import TOTP

PERIOD_S: Final = 30
NAME: Final = "Tour de role"


class TotpSecondFactor:
    """See `service.usecases.ports.second_factor.SecondFactor`.

    Source:
        RFC 6238, with SHA-1, six digits and half a minute: what all apps understand.
        One step to each side is accepted, for clocks that differ (§ 5.2); that a code
        is not used twice is for the caller to see to.
    """

    def new_secret(self) -> str:
        """Return a fresh secret of 160 bits."""
        return pyotp.random_base32()

    def address(self, secret: str, *, login: str) -> str:
        """Return the address that a QR code holds."""
        return TOTP(secret).provisioning_uri(name=login, issuer_name=NAME)

    def step_of(self, secret: str, code: str, at: datetime) -> int | None:
        """Return the step whose code this is."""
        now = int(at.timestamp()) // PERIOD_S
        totp = TOTP(secret)
        steps = [
            step
            for step in (now - 1, now, now + 1)
            if hmac.compare_digest(
                totp.generate_otp(step).encode(), code.encode(errors="replace")
            )
        ]
        return max(steps, default=None)
