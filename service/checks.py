"""The verifier of the command line: pure checks, with real signature and beacon."""

from service.adapters.beacon.check import check_round
from service.adapters.signer import is_valid_signature
from service.draw.canonical import RefusedInputError, parse_strict
from service.draw.verify import NotATranscriptError, exit_code, verify

MARKS = {"passed": "ok  ", "failed": "FAIL", "not made": "-   "}


def verify_file(content: bytes) -> tuple[list[str], int]:
    """Check a transcript's bytes.

    Returns:
        One line a check, and the exit code: 0 when every check that could be made
        holds, 1 when one fails, 2 when this is no transcript.
    """
    try:
        checks = verify(
            parse_strict(content),
            check_signature=is_valid_signature,
            check_beacon=check_round,
        )
    except (RefusedInputError, NotATranscriptError) as error:
        return [f"not a transcript: {error}"], 2
    lines = [
        f"{MARKS[check.outcome]} {check.name}"
        + (f": {check.detail}" if check.detail else "")
        for check in checks
    ]
    return lines, exit_code(checks)
