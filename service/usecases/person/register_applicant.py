"""Enter a person once; answer alike whether or not they were known."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from service.domain.channels import BY_AN_AGENT, Channel
from service.domain.companions import (
    companions_to_json,
    refuse_mismatch,
    refuse_unborn,
)
from service.domain.errors import BirthDateInFutureError
from service.domain.night import paris_date
from service.domain.permits import EndOfRight
from service.domain.reference import Reference
from service.domain.registration import RegistrationState, move_registration
from service.usecases.commands import RegisterApplicant
from service.usecases.night.plan_nights import night_to_enter
from service.usecases.once import AskedOnce, answer_before, keep_answer
from service.usecases.person.access import SECRET_BYTES, secret_digest, secret_from
from service.usecases.person.earlier_refusals import with_earlier_refusals
from service.usecases.person.personal import (
    seal_companions,
    seal_contact,
    seal_identity,
)
from service.usecases.person.promises import new_promise
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.public.describe_prefecture import check_choice, end_of_right_of
from service.usecases.records import NewOutboxRow, NightRecord, RegistrationRecord
from service.usecases.views import Acknowledgement

SCOPE = "register"
"""Of the idempotency keys, whoever fills the form in."""


Beside = Callable[
    [UnitOfWork, RegistrationRecord, RegistrationRecord | None], Awaitable[str | None]
]
"""What another door stores with a registration, in its very transaction.

It is given the registration as stored and, when the person was known, theirs; a
refusal of its undoes everything. What it returns is answered again to the same key.
"""


async def register_applicant(
    command: RegisterApplicant,
    *,
    idempotency_key: str,
    ports: Ports,
    beside: Beside | None = None,
) -> Acknowledgement:
    """Store one registration, or one trace of a repeated one; acknowledge both alike.

    The acknowledgement states only what is true in both cases: something was
    received at this instant, and the person takes part from this night on. Whoever
    types a stranger's number learns nothing; the truth goes to the contact that is
    on record (ADR 0005). The same key brings the same answer, however often.

    Raises:
        UnknownPrefectureError, UnknownMotifError, UnknownSiteError: See the names.
        BirthDateInFutureError: At ``identity.birth_date``, or a companion's.
        CompanionsMismatchError: A family that is named in part.
        NoDayLeftError: No day from Monday to Friday is left.
        IdempotencyKeyInFlightError: The same request is running at this moment.
        IdempotencyKeyReusedError: The key was used with other answers.
    """
    asked = AskedOnce(scope=SCOPE, key=idempotency_key, body=_everything(command))
    async with ports.open_uow() as uow:
        before = await answer_before(asked, uow=uow, ports=ports)
        if before is not None:
            return _from_json(before)
        await check_choice(command.prefecture, command.motif, command.sites, uow=uow)
        now = ports.clock.now()
        _refuse_unborn(command, now)
        command.availability.refuse_no_working_day()
        night = await night_to_enter(command.prefecture, uow=uow, now=now)
        secret = secret_from(ports.entropy(SECRET_BYTES))
        record = _new_record(command, secret, night, now, ports)
        record = await with_earlier_refusals(record, uow=uow)
        promise = new_promise(
            record, first_label_on=night.held_on, now=now, ports=ports
        )
        theirs = await _enter(record, uow=uow)
        await uow.promises.add([promise])
        noted = await beside(uow, record, theirs) if beside is not None else None
        if command.companions:
            sealed = seal_companions(command.companions, record.id, ports.sealer)
            await uow.doors.companions.put(record.id, sealed)
        answer = Acknowledgement(
            reference=record.reference,
            secret=secret,
            received_at=now,
            first_night_on=night.held_on,
            noted=noted,
        )
        await keep_answer(asked, _to_json(answer), at=now, uow=uow, ports=ports)
        await uow.commit()
    return answer


def _refuse_unborn(command: RegisterApplicant, now: datetime) -> None:
    """Refuse a birth date to come, through whatever door it arrived."""
    refuse_mismatch(command.people, command.companions)
    refuse_unborn(command.companions, paris_date(now))
    try:
        command.identity.birth_date.refuse_future(paris_date(now))
    except BirthDateInFutureError:
        raise BirthDateInFutureError("identity.birth_date") from None


async def _enter(
    record: RegistrationRecord, *, uow: UnitOfWork
) -> RegistrationRecord | None:
    """Insert the registration; the unique constraint decides who is known."""
    if await uow.registrations.add_unless_live(record):
        kind = "called" if record.channel == Channel.CALLED else "registered"
        await uow.outbox.add([_message(kind, record, str(record.id))])
        return None
    known = await uow.registrations.live_of(
        record.applicant_key, record.prefecture, record.motif
    )
    if known is None:  # released between the two statements: now it is free
        return await _enter(record, uow=uow)
    await uow.registrations.add_joined(
        replace(
            record,
            state=move_registration(record.state, RegistrationState.JOINED),
            joined_to=known.id,
            proved_at=None,
            declines=0,
            back_on=None,
            released_at=record.registered_at,
        )
    )
    day = paris_date(record.registered_at)
    await uow.outbox.add(
        [
            _message(
                "already_registered",
                replace(known, registered_at=record.registered_at),
                f"{known.id}:{day}",
            )
        ]
    )
    return known


def _message(kind: str, record: RegistrationRecord, once: str) -> NewOutboxRow:
    return NewOutboxRow(
        once=f"{kind}:{once}",
        kind=kind,
        registration_id=record.id,
        available_at=record.registered_at,
    )


def _new_record(
    command: RegisterApplicant,
    secret: str,
    night: NightRecord,
    now: datetime,
    ports: Ports,
) -> RegistrationRecord:
    identifier = UUID(bytes=ports.entropy(16), version=4)
    end: EndOfRight = end_of_right_of(
        command.facts,
        motif=command.motif,
        birth_date=command.identity.birth_date,
        today=paris_date(now),
    )
    return RegistrationRecord(
        id=identifier,
        prefecture=command.prefecture,
        motif=command.motif,
        sites=tuple(sorted(set(command.sites))),
        reference=Reference.from_random(ports.entropy(5)).text,
        secret_sha256=secret_digest(secret),
        applicant_key=ports.pseudonymiser.key(command.identity),
        key_version=ports.pseudonymiser.version,
        state=RegistrationState.LIVE,
        sealed_identity=seal_identity(command.identity, identifier, ports.sealer),
        sealed_contact=seal_contact(command.contact, identifier, ports.sealer),
        language=command.contact.language,
        held_document=command.facts.held_document,
        permit_expires_on=command.facts.permit_expires_on,
        permit_starts_on=command.facts.permit_starts_on,
        entered_on=command.facts.entered_on,
        requested_on=command.facts.requested_on,
        end_of_right_on=end.on_for_band(),
        end_of_right_basis=end.basis,
        availability=command.availability,
        people=command.people,
        channel=command.channel,
        registered_at=now,
        waiting_since_on=paris_date(now),
        first_night_on=night.held_on,
        # Who came to an agent was seen or spoken to; a screen alone proves nothing.
        proved_at=now if command.channel in BY_AN_AGENT else None,
    )


def _everything(command: RegisterApplicant) -> bytes:
    """Return all that was asked, always in one form, to recognise a reused key."""
    facts = command.facts
    availability = command.availability
    asked = [
        command.prefecture,
        command.motif,
        sorted(command.sites),
        command.identity.to_json(),
        command.contact.to_json(),
        facts.held_document,
        *(
            str(day)
            for day in (
                facts.permit_expires_on,
                facts.permit_starts_on,
                facts.entered_on,
                facts.requested_on,
            )
        ),
        sorted(availability.weekdays_excluded),
        sorted(str(day) for day in availability.dates_excluded),
        availability.short_notice,
        command.people,
        *companions_to_json(command.companions),
    ]
    return json.dumps(asked, sort_keys=True).encode()


def _to_json(answer: Acknowledgement) -> bytes:
    body = {
        "reference": answer.reference,
        "secret": answer.secret,
        "received_at": answer.received_at.isoformat(),
        "first_night_on": answer.first_night_on.isoformat(),
        "noted": answer.noted,
    }
    return json.dumps(body).encode()


def _from_json(text: bytes) -> Acknowledgement:
    body = json.loads(text)
    return Acknowledgement(
        reference=body["reference"],
        secret=body["secret"],
        received_at=datetime.fromisoformat(body["received_at"]),
        first_night_on=datetime.fromisoformat(body["first_night_on"]).date(),
        noted=body.get("noted"),
    )
