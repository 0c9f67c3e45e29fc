"""Why this result: what a night's calculation did with one registration."""

from datetime import date

from service.domain.night import paris_date
from service.usecases.commands import Access
from service.usecases.errors import UnknownResourceError
from service.usecases.night.view_nights import view_night
from service.usecases.paper.issue_paper import holder_of
from service.usecases.person.access import opened
from service.usecases.person.view_registration import view_of
from service.usecases.ports import Ports
from service.usecases.records.papers import ExplanationPaper


async def explain_result(
    access: Access, held_on: date, *, ports: Ports
) -> ExplanationPaper:
    """Return what explains one night's result to its person.

    Raises:
        UnknownResourceError: No such reference or another secret; or this
            registration took no part in that night.

    Source:
        CRPA R. 311-3-1-2.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        record = await opened(access, uow, now=now)
        view = await view_of(record, uow=uow, ports=ports)
        phone = await uow.directory.prefecture_phone(record.prefecture)
        ruleset = await uow.directory.ruleset_on(record.prefecture, held_on)
        await uow.commit()
    entry = next((one for one in view.nights if one.held_on == held_on), None)
    if entry is None:
        raise UnknownResourceError("date")
    return ExplanationPaper(
        view=view,
        holder=holder_of(record, ports),
        entry=entry,
        night=await view_night(record.prefecture, held_on, ports=ports),
        ruleset=ruleset,
        phone=phone,
        issued_on=paris_date(now),
        public_url=ports.public_url,
    )
