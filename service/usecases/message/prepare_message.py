"""One row of the outbox → what leaves now, or why nothing does.

In one transaction: is it still true, is it a decent hour, is there room in this day,
which ways are left; then the words. Nothing leaves from here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from service.domain.contact import Contact
from service.domain.night import paris_date, wall_instant, wall_of
from service.domain.offer import confirm_by, reaches_in_time
from service.domain.registration import RegistrationState
from service.domain.sending import MOST_A_DAY, MOST_ORDINARY, OPENS
from service.usecases.message.letter import Letter, Message, sealed
from service.usecases.message.message_kinds import KINDS, OF_WITHDRAWN, MessageKind
from service.usecases.person.access import LINK_BYTES, secret_digest, secret_from
from service.usecases.person.access_code import open_code
from service.usecases.person.amend_registration import with_contact_in_force
from service.usecases.person.personal import open_contact
from service.usecases.person.view_registration import whole_view_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import (
    Attachment,
    DueMessage,
    Mail,
    OfferRecord,
    RegistrationRecord,
    TextMessage,
)
from service.usecases.views import RegistrationView

EMAIL, TEXT = "email", "text"
LINK_LIFE = timedelta(days=30)
_CALENDAR: Final = "text/calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A message that leaves now.

    Attributes:
        mail: By e-mail; None when it does not go, or went, this way.
        text: By text; as above.
        done: What became of it before: way → outcome.
        deadline: The end of an offer's window, as the message says it.
        has_another_way: If these ways refuse it, one is left.
    """

    mail: Mail | None = field(repr=False)
    text: TextMessage | None = field(repr=False)
    done: Mapping[str, str]
    deadline: datetime | None = None
    has_another_way: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """Not now: at ``until``."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """Nothing leaves: ``stale``, ``undeliverable`` or ``sent`` before."""

    outcome: str


STALE: Final = Settled("stale")
NOBODY: Final = Settled("undeliverable")


async def prepare(row: DueMessage, *, ports: Ports) -> Ready | Hold | Settled:
    """Read what the message is about now, and write it.

    Raises:
        NoticeMissingError: A result would leave without its notice.
        KeyError: A kind that is not listed in ``message_kinds``.
    """
    kind = KINDS[row.kind]
    async with ports.open_uow() as uow:
        found = await _prepared(row, kind, uow=uow, ports=ports)
        await uow.commit()
    return found


async def _prepared(
    row: DueMessage, kind: MessageKind, *, uow: UnitOfWork, ports: Ports
) -> Ready | Hold | Settled:
    now = ports.clock.now()
    record = await uow.registrations.by_id(row.registration_id, lock=True)
    if record is None or not await is_still_true(row, kind, record, now, uow=uow):
        return STALE
    if not kind.is_answer and (opening := ports.opening(now)) > now:
        return Hold(opening)
    current = with_contact_in_force(record, now)
    if current is not record:
        await uow.registrations.save(current)
    contact = open_contact(current.sealed_contact, current.id, ports.sealer)
    done = await uow.deliveries.outcomes(row.id)
    ways = ways_of(kind, contact, done, has_texter=ports.texter is not None)
    if not ways.now:
        return Settled("sent") if "sent" in done.values() else NOBODY
    deadline = await _deadline(row, current, now, uow=uow)
    if isinstance(deadline, Settled):
        return deadline
    if wait := await _full_day(row, kind, current, now, uow=uow, ports=ports):
        return wait
    letter = await _letter(row, current, deadline, now, uow=uow, ports=ports)
    message = sealed(kind, ports.write_letter(letter))
    return Ready(
        mail=_mail(row, message, contact, letter.view, ports)
        if EMAIL in ways.now
        else None,
        text=_text(row, message, contact) if TEXT in ways.now else None,
        done=done,
        deadline=deadline,
        has_another_way=bool(ways.later),
    )


async def is_still_true(
    row: DueMessage,
    kind: MessageKind,
    record: RegistrationRecord,
    now: datetime,
    *,
    uow: UnitOfWork,
) -> bool:
    """Say whether the message still tells the truth, about a day that is to come."""
    if record.state is RegistrationState.WITHDRAWN and kind.name not in OF_WITHDRAWN:
        return False
    if kind.name == "contact_changes":
        return record.new_contact_from is not None and record.new_contact_from > now
    if kind.name == "access_code":
        code = await uow.ways_in.code(row.about or b"")
        return code is not None and code.expires_at > now and code.used_at is None
    if kind.name == "absence_noted":
        visit = await uow.doors.visits.of_offer(row.offer_id) if row.offer_id else None
        return visit is not None and visit.is_unexcused
    if kind.name in ("not_drawn", "lapsed"):
        offer = await uow.offers.live_of(record.id)
        if record.state is not RegistrationState.LIVE or offer is not None:
            return False
    if not kind.offer_states or row.offer_id is None:
        return True
    offer = await uow.offers.last_of(record.id)
    return (
        offer is not None
        and offer.id == row.offer_id
        and offer.state in kind.offer_states
        and offer.starts_at > wall_of(now)
    )


@dataclass(frozen=True, slots=True)
class Ways:
    """On which ways a message goes now, and which are left if these refuse it."""

    now: frozenset[str]
    later: frozenset[str]


def ways_of(
    kind: MessageKind,
    contact: Contact | None,
    done: Mapping[str, str],
    *,
    has_texter: bool,
) -> Ways:
    """Choose the ways: both for what is pressing, else the e-mail, else the text.

    A way that took the message is not tried again; one that refused it for good gives
    its turn to the other.
    """
    has_email = contact is not None and contact.email is not None
    has_phone = contact is not None and contact.phone is not None and has_texter
    known = [EMAIL] * has_email + [TEXT] * has_phone
    wanted = known if kind.goes_both_ways else known[:1]
    is_refused = bool(wanted) and all(done.get(way) == "refused" for way in wanted)
    if is_refused or any(way in done for way in known if way not in wanted):
        wanted = known
    return Ways(
        now=frozenset(way for way in wanted if way not in done),
        later=frozenset(way for way in known if way not in wanted and way not in done),
    )


async def _deadline(
    row: DueMessage, record: RegistrationRecord, now: datetime, *, uow: UnitOfWork
) -> datetime | Settled | None:
    """Return the end of the window that this hand-over starts, or has started.

    A message that comes too late to be answered says nothing useful: an agent calls.
    """
    if row.kind != "drawn" or row.offer_id is None:
        return None
    offer: OfferRecord | None = await uow.offers.by_id(row.offer_id)
    if offer is None:
        return STALE
    if offer.handed_over_at is not None:
        return offer.confirm_by
    ruleset = await uow.directory.ruleset_on(record.prefecture, offer.held_on)
    if not reaches_in_time(now, offer.starts_at, ruleset):
        return NOBODY
    return confirm_by(now, offer.starts_at, ruleset)


async def _full_day(
    row: DueMessage,
    kind: MessageKind,
    record: RegistrationRecord,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> Hold | Settled | None:
    """Count the message in its person's day; say what becomes of it in a full one."""
    today = paris_date(now)
    if row.counted_on == today:
        return None
    if await uow.deliveries.count_in(
        record.applicant_key,
        today,
        limit=MOST_A_DAY if kind.is_pressing else MOST_ORDINARY,
        anyones=kind.is_anyones,
    ):
        await uow.deliveries.counted(row.id, today)
        return None
    if kind.is_anyones:
        return STALE
    tomorrow = wall_instant(today + timedelta(days=1), OPENS)
    return Hold(ports.opening(tomorrow))


async def _letter(
    row: DueMessage,
    record: RegistrationRecord,
    deadline: datetime | None,
    now: datetime,
    *,
    uow: UnitOfWork,
    ports: Ports,
) -> Letter:
    """Gather what the words need; the link is for this one message."""
    secret = secret_from(ports.entropy(LINK_BYTES))
    await uow.registrations.add_link(record.id, secret_digest(secret), now + LINK_LIFE)
    code = await uow.ways_in.code(row.about) if row.about else None
    return Letter(
        kind=row.kind,
        view=await whole_view_of(record, uow=uow, ports=ports),
        link=f"{ports.public_url}/a/{secret}",
        stop_link=f"{ports.public_url}/a/{secret}/garder",
        deadline=deadline,
        code=open_code(code, ports=ports) if code else None,
        phone=await uow.directory.prefecture_phone(record.prefecture),
    )


def _mail(
    row: DueMessage,
    message: Message,
    contact: Contact | None,
    view: RegistrationView,
    ports: Ports,
) -> Mail | None:
    if contact is None or contact.email is None:
        return None
    files: tuple[Attachment, ...] = ()
    if KINDS[row.kind].has_calendar and ports.write_calendar is not None:
        content = ports.write_calendar(view)
        files = (
            Attachment(name="rendez-vous.ics", media_type=_CALENDAR, content=content),
        )
    return Mail(
        message_id=f"outbox-{row.id}",
        to=contact.email.text,
        language=view.language,
        subject=message.subject,
        text=message.letter,
        attachments=files,
    )


def _text(
    row: DueMessage, message: Message, contact: Contact | None
) -> TextMessage | None:
    if contact is None or contact.phone is None:
        return None
    return TextMessage(
        message_id=f"outbox-{row.id}", to=contact.phone.text, text=message.text
    )
