"""Back in the list as if nothing had happened: an excused absence, a pair reopened."""

from dataclasses import replace

from service.domain.registration import RegistrationState, move_registration
from service.usecases.night.plan_nights import open_night
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord


async def let_back(
    record: RegistrationRecord, *, uow: UnitOfWork, ports: Ports
) -> RegistrationRecord:
    """Let an ended registration take part again from the open night, all days kept.

    Returns:
        That registration; or the one that its person made anew meanwhile, which gets
        the old days: nobody stands twice in one motif.
    """
    newer = await uow.registrations.live_of(
        record.applicant_key, record.prefecture, record.motif
    )
    if newer is not None and newer.id != record.id:
        since = min(newer.waiting_since_on, record.waiting_since_on)
        kept = replace(newer, waiting_since_on=since)
        await uow.registrations.save(kept)
        return kept
    night = await open_night(record.prefecture, uow=uow, now=ports.clock.now())
    back = replace(
        record,
        state=move_registration(record.state, RegistrationState.LIVE),
        released_at=None,
        back_on=night.held_on,
    )
    await uow.registrations.save(back)
    return back
