"""The verifier of the command line: pure checks, with real signature and beacon."""

from collections.abc import Iterable, Sequence

from service.adapters.beacon.check import check_round
from service.adapters.signer import is_valid_signature
from service.draw.canonical import RefusedInputError, parse_strict
from service.draw.verify import (
    Check,
    Link,
    NotATranscriptError,
    exit_code,
    is_annulment,
    link_of,
    link_of_annulment,
    verify,
    verify_acknowledgement,
    verify_annulment,
    verify_chain,
    verify_kept,
    verify_line,
)
from service.draw.verify.reading import read_statement

MARKS = {"passed": "ok  ", "failed": "FAIL", "not made": "-   "}


def verify_file(
    content: bytes,
    *,
    mine: bytes | None = None,
    acknowledged: bytes | None = None,
    kept: Sequence[bytes] = (),
) -> tuple[list[str], list[str], int]:
    """Check a transcript's bytes, and what one person holds against it.

    Args:
        content: The transcript, full or reduced.
        mine: One registration's own line of that night.
        acknowledged: A signed acknowledgement.
        kept: Signed commitments that were received from the service, of any nights.

    Returns:
        One line a check; the line of a refusal; and the exit code: 0 when every
        check that could be made holds, 1 when one fails, 2 when one of the files is
        not what it is given for.
    """
    what, line = "a transcript", None
    try:
        transcript = parse_strict(content)
        if is_annulment(transcript):
            checks = verify_annulment(transcript, check_signature=is_valid_signature)
            return _lines(checks), [], exit_code(checks)
        checks = verify(
            transcript, check_signature=is_valid_signature, check_beacon=check_round
        )
        if kept:
            what = "a kept commitment"
            checks = _witnessed(checks, [parse_strict(one) for one in kept], transcript)
        if mine is not None:
            what = "a line"
            line = parse_strict(mine)
            checks += verify_line(line, transcript)
        if acknowledged is not None:
            what = "an acknowledgement"
            checks += verify_acknowledgement(
                parse_strict(acknowledged),
                transcript,
                line=line,
                check_signature=is_valid_signature,
            )
    except (RefusedInputError, NotATranscriptError) as error:
        return [], [f"not {what}: {error}"], 2
    return _lines(checks), [], exit_code(checks)


def verify_files(
    files: Iterable[tuple[str, bytes]], *, kept: Sequence[bytes] = ()
) -> tuple[list[str], list[str], int]:
    """Check several transcripts, and that they follow one another.

    Args:
        files: Name and bytes of each; asked for one at a time.
        kept: Signed commitments that were received from the service, of any nights.

    Returns:
        Of each night that holds one line, of another one a line for each check that
        fails, then one line a link of the chain; apart from these, a line for each
        file that is no transcript; and the exit code: 2 when there is such a file,
        else 1 when a check fails, else 0.
    """
    lines: list[str] = []
    refusals: list[str] = []
    links: list[Link] = []
    worst = 0
    try:
        statements = [parse_strict(one) for one in kept]
        for one in statements:
            read_statement(one)
    except (RefusedInputError, NotATranscriptError) as error:
        return [], [f"not a kept commitment: {error}"], 2
    for name, content in files:
        try:
            transcript = parse_strict(content)
            if is_annulment(transcript):
                links.append(link_of_annulment(transcript))
                checks = verify_annulment(
                    transcript, check_signature=is_valid_signature
                )
                lines += _lines(checks)
                worst = max(worst, exit_code(checks))
                continue
            links.append(link_of(transcript))
        except (RefusedInputError, NotATranscriptError) as error:
            refusals.append(f"{name}: not a transcript: {error}")
            continue
        checks = verify(
            transcript, check_signature=is_valid_signature, check_beacon=check_round
        )
        checks = _witnessed(checks, statements, transcript)
        lines += _night_lines(f"{name}: {links[-1].draw}", name, checks)
        worst = max(worst, exit_code(checks))
    chain = verify_chain(links)
    code = 2 if refusals else max(worst, exit_code(chain))
    return [*lines, *_lines(chain)], refusals, code


def _witnessed(
    checks: list[Check], kept: Sequence[object], transcript: object
) -> list[Check]:
    """Make the check that one file alone does not allow."""
    if not kept:
        return checks
    made = verify_kept(kept, transcript)
    return [made if check.name == made.name else check for check in checks]


def _night_lines(night: str, file: str, checks: Sequence[Check]) -> list[str]:
    failing = [check for check in checks if check.outcome == "failed"]
    if failing:
        return [
            f"{MARKS['failed']} {file}: {one.name}: {one.detail}" for one in failing
        ]
    holding = sum(check.outcome == "passed" for check in checks)
    unmade = [check.name for check in checks if check.outcome == "not made"]
    unmade.remove("previous")  # the chain makes it
    said = f"; not made: {', '.join(unmade)}" if unmade else ""
    return [f"{MARKS['passed']} {night}, {holding} checks hold{said}"]


def _lines(checks: Sequence[Check]) -> list[str]:
    return [
        f"{MARKS[check.outcome]} {check.name}"
        + (f": {check.detail}" if check.detail else "")
        for check in checks
    ]
