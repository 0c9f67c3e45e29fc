"""Hand every signed commitment to outsiders before its round exists.

A transcript alone cannot prove *when* a promise was made; whoever received it before
the round existed can. To whom it goes is noted in the transaction of the commitment
itself; handing it over happens after it, with none open. A witness who is away stops
nothing: it is tried again, and everybody can see what it was handed, and when.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from service.domain.contact import EmailAddress
from service.domain.sending import pause_after
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.model import SPEC
from service.draw.verify.rounds import formula
from service.usecases.errors import (
    MailDelayedError,
    MailRefusedError,
    WitnessDelayedError,
)
from service.usecases.night.auditors import open_address
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    DueDelivery,
    ExpectedWitness,
    Mail,
    NightRecord,
    SignedStatement,
)

log = structlog.get_logger()

AUDITOR = "auditor:"
LEASE = timedelta(minutes=5)
BATCH = 20
LONGEST_PAUSE = timedelta(hours=1)
GIVE_UP_AFTER = 100
"""Tries: with the pauses below, four days."""


class _GoneError(Exception):
    """Nobody stands behind this witness any more."""


async def expected_witnesses(
    prefecture: str, *, uow: UnitOfWork, ports: Ports
) -> Sequence[ExpectedWitness]:
    """Return everyone who must be handed the prefecture's next commitment."""
    kept = [ExpectedWitness(witness=one.key, name=one.name) for one in ports.witnesses]
    auditors = await uow.witnesses.auditors(prefecture)
    return kept + [
        ExpectedWitness(witness=f"{AUDITOR}{one.id}", name=one.name) for one in auditors
    ]


async def tell_witnesses(*, ports: Ports) -> int:
    """Hand over everything that is due; returns how many deliveries were tried."""
    tried = 0
    while batch := await _lease(ports=ports):
        await asyncio.gather(*(_deliver(due, ports=ports) for due in batch))
        tried += len(batch)
    return tried


async def _lease(*, ports: Ports) -> Sequence[DueDelivery]:
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        due = await uow.witnesses.lease(now, now + LEASE, BATCH)
        await uow.commit()
    return due


async def _deliver(due: DueDelivery, *, ports: Ports) -> None:
    """Hand one commitment to one witness; whatever goes wrong is theirs alone."""
    async with ports.open_uow() as uow:
        night = await uow.nights.by_id(due.night_id)
    if night is None:
        return
    statement = statement_of(night)
    try:
        await _hand_over(due, statement, ports=ports)
    except _GoneError:
        await _postpone(due, "gone", None, ports=ports)
    except (WitnessDelayedError, MailDelayedError, MailRefusedError) as error:
        await _try_later(due, str(error) or type(error).__name__, ports=ports)
    except Exception as error:
        log.exception("witness failed", witness=due.witness)
        await _try_later(due, type(error).__name__, ports=ports)
    else:
        async with ports.open_uow() as uow:
            await uow.witnesses.settle(
                due,
                document_sha256=hashlib.sha256(statement.document).digest(),
                at=ports.clock.now(),
            )
            await uow.commit()


async def _hand_over(
    due: DueDelivery, statement: SignedStatement, *, ports: Ports
) -> None:
    if due.witness.startswith(AUDITOR):
        address = await _address_of(due.witness, ports=ports)
        await ports.mailer.send(auditor_mail(due, statement, address))
        return
    witness = next((one for one in ports.witnesses if one.key == due.witness), None)
    if witness is None:
        raise _GoneError
    await witness.deliver(statement)


async def _address_of(witness: str, *, ports: Ports) -> EmailAddress:
    async with ports.open_uow() as uow:
        auditor = await uow.witnesses.auditor(UUID(witness.removeprefix(AUDITOR)))
    address = open_address(auditor, ports.sealer) if auditor else None
    if address is None:
        raise _GoneError
    return address


async def _try_later(due: DueDelivery, error: str, *, ports: Ports) -> None:
    pause = pause_after(due.attempts, LONGEST_PAUSE)
    is_last = due.attempts + 1 >= GIVE_UP_AFTER
    until = None if is_last else ports.clock.now() + pause
    await _postpone(due, error, until, ports=ports)


async def _postpone(
    due: DueDelivery, error: str, until: datetime | None, *, ports: Ports
) -> None:
    async with ports.open_uow() as uow:
        await uow.witnesses.postpone(due, until=until, error=error)
        await uow.commit()
    log.warning("witness not reached", witness=due.witness, error=error)


def statement_of(night: NightRecord) -> SignedStatement:
    """Return what a witness keeps of a committed night.

    Raises:
        ValueError: The night is not committed.
    """
    if (
        night.commitment is None
        or night.committed_at is None
        or night.beacon_due_at is None
        or night.beacon_round is None
    ):
        raise ValueError("the night is not committed")
    document = {
        "spec": SPEC,
        "commitment": parse_strict(night.commitment),
        "signature": {
            "key": (night.signature_key or b"").hex(),
            "value": (night.signature_value or b"").hex(),
        },
    }
    return SignedStatement(
        prefecture=night.prefecture,
        held_on=night.held_on,
        document=canonical_bytes(document),
        commitment_sha256=hashlib.sha256(night.commitment).hexdigest(),
        committed_at=night.committed_at,
        beacon_chain=night.beacon_chain or "",
        beacon_round=night.beacon_round,
        beacon_due_at=night.beacon_due_at,
    )


_TEXT = """\
Bonjour,

Voici l'engagement signé du tirage du {day} ({prefecture}), tel qu'il est publié. \
Gardez ce message : reçu avant le {due} (temps universel), heure à laquelle le tour \
de balise {round} existera, il prouve que la liste et les places étaient fixées avant \
l'aléa.

Ne nous croyez pas sur cette heure, calculez-la : pour le tour n de cette balise, \
{computed}. Un tour qui existait avant d'être nommé pouvait être choisi.

Balise : {chain}
Empreinte de l'engagement (SHA-256) : {digest}

Document signé, sur une ligne :

{document}

Vous recevez ce message parce que vous êtes témoin des tirages. Pour ne plus l'être, \
dites-le à la préfecture.
"""


def _computed(chain: str) -> str:
    computed = formula(chain)
    if computed is None:
        return "son nom ne dit pas comment"
    return f"{computed} depuis le 1er janvier 1970 à 0 h (temps universel)"


def auditor_mail(
    due: DueDelivery, statement: SignedStatement, address: EmailAddress
) -> Mail:
    """Write the message to an auditor; a repeat carries the same identifier."""
    return Mail(
        message_id=f"engagement-{due.night_id}-{due.witness.removeprefix(AUDITOR)}",
        to=address.text,
        language="fr",
        subject=f"Engagement du tirage du {statement.held_on} ({statement.prefecture})",
        text=_TEXT.format(
            day=statement.held_on,
            prefecture=statement.prefecture,
            due=f"{statement.beacon_due_at:%Y-%m-%d %H:%M:%S}",
            round=statement.beacon_round,
            chain=statement.beacon_chain,
            computed=_computed(statement.beacon_chain),
            digest=statement.commitment_sha256,
            document=statement.document.decode(),
        ),
    )
