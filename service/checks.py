"""The verifier of the command line: pure checks, with real signature and beacon."""

from collections.abc import Iterable, Sequence
from math import inf

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
    read_kept,
    verify,
    verify_acknowledgement,
    verify_annulment,
    verify_chain,
    verify_kept,
    verify_line,
    verify_withheld,
)

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
            what = "an annulment beside what was kept"
            checks = _annulled(transcript, _read_kept(kept))
            return _lines(checks), [], exit_code(checks)
        checks = verify(
            transcript, check_signature=is_valid_signature, check_beacon=check_round
        )
        if kept:
            what = "a kept commitment"
            checks = _witnessed(checks, _read_kept(kept), transcript)
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
    files: Iterable[tuple[str, bytes]],
    *,
    kept: Sequence[bytes] = (),
    now_s: float = inf,
) -> tuple[list[str], list[str], int]:
    """Check several transcripts, and that they follow one another.

    Args:
        files: Name and bytes of each; asked for one at a time.
        kept: Signed commitments that were received from the service, of any nights.
        now_s: Unix time: a night kept whose round is still to come is not missed yet.
            Who does not say it takes every round as come.

    Returns:
        Of each night that holds one line, of another one a line for each check that
        fails, then one line a link of the chain, and with commitments kept one that
        says whether a night of theirs was withheld; apart from these, a line for each
        file that is no transcript; and the exit code: 2 when there is such a file,
        else 1 when a check fails, else 0.
    """
    lines: list[str] = []
    refusals: list[str] = []
    links: list[Link] = []
    worst = 0
    try:
        statements = _read_kept(kept)
    except (RefusedInputError, NotATranscriptError) as error:
        return [], [f"not a kept commitment: {error}"], 2
    for name, content in files:
        try:
            transcript = parse_strict(content)
            if is_annulment(transcript):
                links.append(link_of_annulment(transcript))
                checks = _annulled(transcript, statements)
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
    if statements:
        chain.append(verify_withheld(statements, links, now_s=now_s))
    code = 2 if refusals else max(worst, exit_code(chain))
    return [*lines, *_lines(chain)], refusals, code


def _read_kept(kept: Sequence[bytes]) -> list[Link]:
    return read_kept((parse_strict(one) for one in kept), is_valid_signature)


def _annulled(annulment: object, kept: Sequence[Link]) -> list[Check]:
    """Check an annulment, and that it gives up the night which was promised."""
    checks = verify_annulment(annulment, check_signature=is_valid_signature)
    if not kept:
        return checks
    return [*checks, verify_kept(kept, link_of_annulment(annulment))]


def _witnessed(
    checks: list[Check], kept: Sequence[Link], transcript: object
) -> list[Check]:
    """Make the check that one file alone does not allow."""
    if not kept:
        return checks
    made = verify_kept(kept, link_of(transcript))
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
