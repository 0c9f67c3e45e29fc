"""Is this paper ours? Anybody may ask; an agent also sees for whom it is."""

from service.domain.birth_date import BirthDate
from service.domain.errors import DomainError
from service.domain.identity import Identity
from service.domain.names import Names
from service.domain.offer import OfferState
from service.domain.paper_code import PaperCode
from service.domain.paper_token import (
    PaperFacts,
    read_token,
    signed_bytes,
)
from service.usecases.paper.issue_paper import CHECK_PATH, holder_of
from service.usecases.person.personal import open_identity
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AgentRecord
from service.usecases.records.papers import (
    CheckedPaper,
    IssuedPaper,
    PaperKind,
    PresentedConvocation,
)

NOT_OURS = CheckedPaper(facts=None)


async def check_paper(
    shown: str,
    *,
    ports: Ports,
    names: str = "",
    birth_date: BirthDate | None = None,
) -> CheckedPaper:
    """Say whether a paper is ours, from its typed code or the text of its QR code.

    A scanned text is judged by its signature alone, under every key we published: it
    holds when our keys change and when the registration was erased. A typed code is
    looked up. Nothing about the person is said; what the reader typed beside it is
    compared, and only whether it agrees is told. Of a convocation it is also told when
    its appointment no longer stands: that, not when, by whom or what came after.

    Args:
        shown: A code in any spelling, the text of a QR code, or its whole address.
        ports: Where keys and issued papers are kept.
        names: Every name on the paper, as the reader sees it; empty to compare none.
        birth_date: As on the paper.

    Raises:
        InvalidPaperCodeError: A mistyped code: the reader should look again.
    """
    async with ports.open_uow() as uow:
        issued, facts = await _recognised(shown, uow=uow, ports=ports)
        if facts is None:
            return NOT_OURS
        name = await uow.directory.prefecture_name(facts.prefecture)
        identity = await _identity(issued, uow=uow, ports=ports)
        is_current = await _is_current(issued, uow=uow)
        await uow.commit()
    asked = bool(names.strip()) or birth_date is not None
    return CheckedPaper(
        facts=facts,
        prefecture_name=name or facts.prefecture,
        holder_agrees=(
            agrees(identity, names, birth_date) if asked and identity else None
        ),
        could_compare=identity is not None,
        is_current=is_current,
    )


async def present_convocation(
    agent: AgentRecord, shown: str, *, ports: Ports
) -> PresentedConvocation | None:
    """Tell an agent for whom a convocation is; None when it is not one of theirs.

    Each look is noted in the audit. The agent compares with the person's document:
    the paper opens no door by itself, and that is what kills resale.

    Raises:
        InvalidPaperCodeError: A mistyped code.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        issued, facts = await _recognised(shown, uow=uow, ports=ports)
        if (
            issued is None
            or facts is None
            or issued.kind is not PaperKind.CONVOCATION
            or issued.offer_id is None
            or facts.prefecture != agent.prefecture
        ):
            return None
        record = await uow.registrations.by_id(issued.registration_id)
        offer = await uow.offers.by_id(issued.offer_id)
        sites = await uow.directory.sites(agent.prefecture)
        if record is None or offer is None:
            return None
        await uow.audit.append(
            prefecture=agent.prefecture,
            actor=agent.login,
            action="convocation-presented",
            detail={"reference": record.reference},
            at=now,
        )
        await uow.commit()
    return PresentedConvocation(
        reference=record.reference,
        state=offer.state,
        holder=holder_of(record, ports),
        motif=record.motif,
        people=record.people,
        site_name=next((s.name for s in sites if s.code == offer.site), offer.site),
        starts_at=offer.starts_at,
        minutes=offer.minutes,
        issued_at=issued.issued_at,
    )


def agrees(identity: Identity, names: str, birth_date: BirthDate | None) -> bool:
    """Say whether what a reader typed is what the paper says.

    The family name must be there in full; other words must be names of the person;
    marks, capitals, hyphens and order do not count. Whoever gives only one of name
    and birth date gets no agreement.
    """
    try:
        typed = set(Names.parse(names).folded.split())
    except DomainError:
        return False
    own = set(identity.names.folded.split())
    family = set(Names.parse(identity.names.family_name).folded.split())
    return family <= typed <= own and birth_date == identity.birth_date


async def _recognised(
    shown: str, *, uow: UnitOfWork, ports: Ports
) -> tuple[IssuedPaper | None, PaperFacts | None]:
    text = shown.strip().rpartition(CHECK_PATH)[2]
    if "." in text:
        return await _scanned(text, uow=uow, ports=ports)
    issued = await uow.papers.by_code(PaperCode.parse(text).text)
    return (issued, read_token(issued.token)[0]) if issued else (None, None)


async def _scanned(
    text: str, *, uow: UnitOfWork, ports: Ports
) -> tuple[IssuedPaper | None, PaperFacts | None]:
    try:
        facts, signature = read_token(text)
    except DomainError:
        return None, None
    keys = {one.public_key for one in await uow.keys.all()}
    signed = signed_bytes(facts)
    for key in sorted(keys | {ports.signer.public_key}):
        if ports.signer.is_valid(key, signed, signature):
            return await uow.papers.by_code(facts.code.text), facts
    return None, None


async def _is_current(issued: IssuedPaper | None, *, uow: UnitOfWork) -> bool | None:
    """A place given back, taken back or cancelled is nobody's: all look alike."""
    if issued is None or issued.offer_id is None:
        return None
    offer = await uow.offers.by_id(issued.offer_id)
    return None if offer is None else offer.state is OfferState.CONFIRMED


async def _identity(
    issued: IssuedPaper | None, *, uow: UnitOfWork, ports: Ports
) -> Identity | None:
    if issued is None:
        return None
    record = await uow.registrations.by_id(issued.registration_id)
    if record is None:
        return None
    return open_identity(record.sealed_identity, record.id, ports.sealer)
