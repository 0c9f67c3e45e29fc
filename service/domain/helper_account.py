"""A helper's account: how long an invitation stands, and how often one may try."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from service.domain.second_factor import MOST_CODES, TryKind

INVITATION_LIFE: Final = timedelta(days=7)

MOST_TRIES: Final = {TryKind.CODE: MOST_CODES, TryKind.PASSWORD: 20}
"""Wrong tries within the window before nothing is looked at any more."""
