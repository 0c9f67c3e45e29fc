"""The verifier of the command line: pure checks, with real signature and beacon."""

from collections.abc import Sequence

from service.adapters.beacon.check import check_round
from service.adapters.signer import is_valid_signature
from service.draw.canonical import RefusedInputError, parse_strict
from service.draw.verify import (
    Check,
    NotATranscriptError,
    exit_code,
    verify,
    verify_acknowledgement,
    verify_line,
)

MARKS = {"passed": "ok  ", "failed": "FAIL", "not made": "-   "}


def verify_file(
    content: bytes,
    *,
    mine: bytes | None = None,
    acknowledged: bytes | None = None,
) -> tuple[list[str], int]:
    """Check a transcript's bytes, and what one person holds against it.

    Args:
        content: The transcript, full or reduced.
        mine: One registration's own line of that night.
        acknowledged: A signed acknowledgement.

    Returns:
        One line a check, and the exit code: 0 when every check that could be made
        holds, 1 when one fails, 2 when one of them is not what it is given for.
    """
    what = "a transcript"
    try:
        transcript = parse_strict(content)
        checks = verify(
            transcript, check_signature=is_valid_signature, check_beacon=check_round
        )
        if mine is not None:
            what = "a line"
            checks += verify_line(parse_strict(mine), transcript)
        if acknowledged is not None:
            what = "an acknowledgement"
            checks += verify_acknowledgement(
                parse_strict(acknowledged),
                transcript,
                check_signature=is_valid_signature,
            )
    except (RefusedInputError, NotATranscriptError) as error:
        return [f"not {what}: {error}"], 2
    return _lines(checks), exit_code(checks)


def _lines(checks: Sequence[Check]) -> list[str]:
    return [
        f"{MARKS[check.outcome]} {check.name}"
        + (f": {check.detail}" if check.detail else "")
        for check in checks
    ]
