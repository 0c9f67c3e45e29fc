"""The commands of the engineer on call: look, resume a night, redo the audit chain."""

from datetime import date

from service.adapters.postgres.audit_check import ChainReport, check_chain
from service.adapters.postgres.pairs_check import check_pairs, said_of_pairs
from service.bootstrap import build
from service.domain.errors import DomainError
from service.domain.night import wall_of
from service.operating import operator
from service.settings import Settings
from service.usecases.errors import UnknownResourceError
from service.usecases.night.check_origins import OriginReport, check_origins
from service.usecases.night.trouble_words import WELL, said_of, to_do
from service.usecases.night.watch_nights import resume_night, watch_nights
from service.usecases.operator.annul_night import annul_night
from service.usecases.operator.write_transcript import write_transcript

WELL_CODE, TROUBLE_CODE, WRONG_CODE = 0, 1, 2


async def watch(settings: Settings) -> tuple[list[str], int]:
    """Return lines in words, and 1 when somebody should act."""
    container = build(settings, pool_size=2)
    try:
        found = await watch_nights(ports=container.ports)
    finally:
        await container.close()
    if not found:
        return [WELL], WELL_CODE
    lines = [line for one in found for line in (said_of(one), f"  -> {to_do(one)}")]
    return lines, TROUBLE_CODE


async def resume(
    settings: Settings, *, prefecture: str, held_on: date, found: str
) -> tuple[str, int]:
    """Let a stopped night go on; returns one line and the exit code."""
    container = build(settings, pool_size=2)
    try:
        night = await resume_night(
            prefecture, held_on, found=found, by=operator(), ports=container.ports
        )
        await container.ports.ring()
    except UnknownResourceError:
        return f"no stopped night on {held_on} for {prefecture!r}", WRONG_CODE
    except DomainError:
        return "say with --found what you found and mended (10 to 300 letters)", 2
    finally:
        await container.close()
    return (
        f"the night {prefecture}/{held_on} goes on from {night.state!r}; the same "
        "check is made again",
        WELL_CODE,
    )


async def annul(
    settings: Settings, *, prefecture: str, held_on: date, reason: str
) -> str:
    """Give up a stopped night in public; returns one line.

    Raises:
        OperatorError: See `annul_night`.
    """
    container = build(settings, pool_size=2)
    try:
        annulled = await annul_night(
            prefecture, held_on, reason=reason, by=operator(), ports=container.ports
        )
        await container.ports.ring()
    finally:
        await container.close()
    known = "its luck was known" if annulled.luck_was_known else "its luck was unknown"
    return (
        f"the night {prefecture}/{held_on} is annulled since "
        f"{wall_of(annulled.annulled_at):%d/%m %H:%M} (Paris), and {known}: everybody "
        f"reads so at {settings.address}/nuits/{held_on}; the next night goes on"
    )


async def written_transcript(
    settings: Settings, *, prefecture: str, held_on: date, is_full: bool
) -> bytes:
    """Return the bytes of a published night.

    Raises:
        OperatorError: See `write_transcript`.
    """
    container = build(settings, pool_size=1)
    try:
        return await write_transcript(
            prefecture, held_on, is_full=is_full, by=operator(), ports=container.ports
        )
    finally:
        await container.close()


def read_head(text: str) -> tuple[int, bytes]:
    """Read a noted head, ``events:sha256``.

    Raises:
        ValueError: It is not one.
    """
    number, _, digest = text.partition(":")
    known = int(number), bytes.fromhex(digest)
    if known[0] < 1 or len(known[1]) != 32:
        raise ValueError(text)
    return known


async def audit(
    settings: Settings, known: tuple[int, bytes] | None
) -> tuple[list[str], int]:
    """Redo the audit chain and every draw; lines in words, 1 when something fails."""
    container = build(settings, pool_size=1)
    try:
        said = (
            said_of_chain(await check_chain(container.engine, known=known)),
            said_of_pairs(await check_pairs(container.engine)),
            said_of_origins(await check_origins(ports=container.ports)),
        )
    finally:
        await container.close()
    return [line for lines, _ in said for line in lines], max(code for _, code in said)


def said_of_origins(report: OriginReport) -> tuple[list[str], int]:
    """Put a report in words."""
    lines = [
        f"{report.nights} nights drawn again; their {report.offers} offers come from "
        "them"
    ]
    if report.fault is None:
        return lines, WELL_CODE
    lines.append(
        f"FAIL {report.fault}: keep a copy of the database, compare with the backup "
        "of the day before"
    )
    return lines, TROUBLE_CODE


def said_of_chain(report: ChainReport) -> tuple[list[str], int]:
    """Put a report in words."""
    lines = [f"{report.events} events hold; head {report.events}:{report.head.hex()}"]
    if report.broken_at is not None:
        lines.append(
            f"FAIL event {report.broken_at} is missing, changed or out of order: keep "
            "a copy of the database, compare with the backup of the day before"
        )
    if report.known_holds is False:
        lines.append(
            "FAIL the head noted earlier is not in this chain: it was rewritten or cut"
        )
    failed = report.broken_at is not None or report.known_holds is False
    return lines, TROUBLE_CODE if failed else WELL_CODE
