"""When a round exists: computed from its chain's name, believed from nobody.

A round that existed before its night could be chosen by whoever knew it. Its time is
public arithmetic, so a verifier says it and never asks the operator. What lies between
the beginning of the day and the commitment, only witnesses can tell.

Source: ``drand/drand-client@b9572b2``, ``lib/defaults.ts`` and ``lib/util.ts``
(quicknet's genesis and period); ADR 0011; a local chain's name holds both.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Final

QUICKNET: Final = (
    "drand/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
)
LOCAL: Final = re.compile(
    r"local/([0-9a-f]{64})/([0-9]{1,12})/([0-9]{1,6})/([0-9]{1,8})"
)
"""Anchor, genesis, period and length of a demonstration's chain."""

_QUICKNET_ROUND_0_S: Final = 1_692_803_364
_QUICKNET_PERIOD_S: Final = 3
_LAST_S: Final = 250_000_000_000
"""In the year 9892: every calendar here knows the days before."""
_PARIS_AHEAD: Final = timedelta(hours=2)
_DRAW: Final = re.compile(r"[a-z0-9-]+/([0-9]{4}-[0-9]{2}-[0-9]{2})")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def exists_from_s(chain: str, round_number: int) -> int | None:
    """Return the Unix time, in seconds, from which a round exists.

    None for a chain that nobody here knows, or a time that only a far calendar holds.
    """
    local = LOCAL.fullmatch(chain)
    if local is not None:
        at = int(local[2]) + round_number * int(local[3])
    elif chain == QUICKNET:
        at = _QUICKNET_ROUND_0_S + round_number * _QUICKNET_PERIOD_S
    else:
        return None
    return at if at < _LAST_S else None


def formula(chain: str) -> str | None:
    """Return, in signs that need no language, how a round's time is computed.

    None for a chain that nobody here knows.
    """
    local = LOCAL.fullmatch(chain)
    if local is not None:
        return f"{int(local[2])} + n × {int(local[3])} s"
    if chain == QUICKNET:
        genesis = _QUICKNET_ROUND_0_S + _QUICKNET_PERIOD_S
        return f"{genesis} + (n - 1) × {_QUICKNET_PERIOD_S} s"
    return None


def is_of_night(at_s: int, *, draw: str, chain: str) -> bool:
    """Tell whether a round comes after its night's date began.

    It begins in Paris at 22:00 or 23:00 UTC of the day before: at 22:00 in case of
    doubt, so that no honest night is accused. A local chain proves nothing about
    time, and the demonstration plays several evenings in one: a week more. Dates are
    compared as they are written; a draw whose name holds none has no such round.
    """
    named = _DRAW.fullmatch(draw)
    ahead = _PARIS_AHEAD + timedelta(days=7 * chain.startswith("local/"))
    day = f"{_EPOCH + timedelta(seconds=at_s) + ahead:%Y-%m-%d}"
    return named is not None and day >= named[1]


def instant(at_s: int | None) -> str:
    """Return a Unix time as people write it."""
    if at_s is None:
        return "a time that nothing here knows"
    return f"{_EPOCH + timedelta(seconds=at_s):%Y-%m-%d %H:%M:%S} UTC"
