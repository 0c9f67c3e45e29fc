"""Papers that a person keeps and shows: accusé d'inscription and convocation.

Each carries a code. The code is made once for a subject: the same accusé on the same
day, the same convocation for ever; so a page may be loaded again without a trace.
"""

from collections.abc import Callable
from datetime import date

from service.domain.errors import OfferNotOpenError
from service.domain.night import paris_date
from service.domain.offer import OfferState
from service.domain.paper_code import RANDOM_BYTES, PaperCode
from service.domain.paper_token import (
    AcknowledgementFacts,
    ConvocationFacts,
    PaperFacts,
    signed_bytes,
    token_of,
)
from service.usecases.commands import Access
from service.usecases.person.access import opened
from service.usecases.person.personal import open_identity
from service.usecases.person.view_registration import view_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import OfferRecord, RegistrationRecord
from service.usecases.records.papers import (
    AcknowledgementPaper,
    ConvocationPaper,
    Holder,
    IssuedPaper,
    PaperKind,
)
from service.usecases.views import RegistrationView

CHECK_PATH = "/v/"
"""Short, since it stands in every QR code; what follows is the signed text."""


async def issue_acknowledgement(
    access: Access, *, ports: Ports
) -> AcknowledgementPaper:
    """Return the accusé d'inscription as it stands today, under its code.

    What its code proves is fixed when it is issued: whoever keeps an old accusé, or
    somebody else's, learns nothing of what came after.

    Raises:
        UnknownResourceError: No such reference, or another secret.
    """
    now = ports.clock.now()
    today = paris_date(now)
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=now)
        view = await view_of(record, uow=uow, ports=ports)
        issued = await _issued(
            record,
            PaperKind.ACKNOWLEDGEMENT,
            f"{today}/{'-' if view.needs_proof else len(view.nights)}",
            lambda code: acknowledged(view, code, today),
            uow=uow,
            ports=ports,
        )
        phone = await uow.directory.prefecture_phone(record.prefecture)
        await uow.commit()
    return AcknowledgementPaper(
        view=view,
        holder=holder_of(record, ports),
        code=issued.code,
        token=issued.token,
        check_url=check_url(ports, issued),
        issued_on=today,
        phone=phone,
    )


def acknowledged(
    view: RegistrationView, code: PaperCode, today: date
) -> AcknowledgementFacts:
    """Return what the code of an accusé proves, and nothing about its person.

    Who proved nothing yet (``service.usecases.person.access``) is told of no night, and
    the code does not claim that there was none.
    """
    return AcknowledgementFacts(
        code=code,
        prefecture=view.prefecture,
        received_at=view.registered_at.replace(second=0, microsecond=0),
        issued_on=today,
        first_night_on=view.first_night_on,
        nights=None if view.needs_proof else len(view.nights),
        last_night_on=view.nights[-1].held_on if view.nights else None,
    )


async def issue_convocation(access: Access, *, ports: Ports) -> ConvocationPaper:
    """Return the convocation of a confirmed appointment, or of one given back.

    Raises:
        UnknownResourceError: No such reference, or another secret.
        OfferNotOpenError: No appointment was ever confirmed, or another offer came
            after it.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=now)
        offer = await uow.offers.last_of(record.id)
        paper = await convocation_of(record, offer, uow=uow, ports=ports)
        await uow.commit()
    return paper


async def convocation_of(
    record: RegistrationRecord,
    offer: OfferRecord | None,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> ConvocationPaper:
    """Return the convocation for an offer, also for a message that carries it.

    Raises:
        OfferNotOpenError: The offer was never confirmed, or is news that only who
            proved to be the person is shown.
    """
    states = (OfferState.CONFIRMED, OfferState.CANCELLED)
    view = await view_of(record, uow=uow, ports=ports)
    if view.offer is None or offer is None or offer.state not in states:
        raise OfferNotOpenError
    if offer.answered_at is None:
        raise OfferNotOpenError
    answered_on = paris_date(offer.answered_at)
    issued = await _issued(
        record,
        PaperKind.CONVOCATION,
        f"{offer.id}",
        lambda code: ConvocationFacts(
            code=code, prefecture=record.prefecture, issued_on=answered_on
        ),
        uow=uow,
        ports=ports,
        offer=offer,
    )
    return ConvocationPaper(
        view=view,
        offer=view.offer,
        reference=record.reference,
        prefecture=record.prefecture,
        prefecture_name=view.prefecture_name,
        motif=record.motif,
        people=record.people,
        holder=holder_of(record, ports),
        phone=await uow.directory.prefecture_phone(record.prefecture),
        code=issued.code,
        token=issued.token,
        check_url=check_url(ports, issued),
        issued_on=answered_on,
        is_cancelled=offer.state is OfferState.CANCELLED,
    )


def holder_of(record: RegistrationRecord, ports: Ports) -> Holder:
    """Return who a registration is about, as declared; nobody once it was erased."""
    identity = open_identity(record.sealed_identity, record.id, ports.sealer)
    return Holder(
        family_name=identity.names.family_name if identity else "",
        given_names=identity.names.given_names if identity else None,
        birth_date=identity.birth_date if identity else None,
        proof=identity.proof if identity else None,
    )


def check_url(ports: Ports, issued: IssuedPaper) -> str:
    """Return the address that a QR code leads to."""
    return f"{ports.public_url}{CHECK_PATH}{issued.token}"


async def _issued(
    record: RegistrationRecord,
    kind: PaperKind,
    subject: str,
    facts_under: Callable[[PaperCode], PaperFacts],
    *,
    uow: UnitOfWork,
    ports: Ports,
    offer: OfferRecord | None = None,
) -> IssuedPaper:
    code = PaperCode.from_random(ports.entropy(RANDOM_BYTES))
    facts = facts_under(code)
    return await uow.papers.issue_once(
        IssuedPaper(
            code=code.text,
            kind=kind,
            registration_id=record.id,
            offer_id=offer.id if offer else None,
            subject=subject,
            token=token_of(facts, ports.signer.sign(signed_bytes(facts))),
            issued_at=ports.clock.now(),
        )
    )
