"""The operator states a prefecture; what differs is written, all of it or nothing."""

from collections.abc import Sequence
from typing import Final

from service.domain.night import paris_date
from service.domain.stated_prefecture import (
    Change,
    Difference,
    StatedPrefecture,
    compare,
    merged,
    refuse_ruleset,
)
from service.usecases.ports import Ports

_THINGS: Final = {"prefecture": "prefecture", "sites": "site", "ruleset": "ruleset"}


async def set_prefecture(
    stated: StatedPrefecture,
    *,
    by: str,
    is_dry_run: bool = False,
    ports: Ports,
) -> Sequence[Difference]:
    """Store a prefecture as it is stated; setting it twice is the same as once.

    Nothing is deleted: what is not stated any more is among what is returned.

    Args:
        stated: The whole prefecture.
        by: Who does it, for the audit chain: ``operator:`` and a system account.
        is_dry_run: Say what would be done; do nothing.
        ports: The outside.

    Raises:
        OperatorError: The ruleset would change a night; see `refuse_ruleset`.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        stored = await uow.prefectures.locked(stated.code)
        refuse_ruleset(stated.ruleset, stored, paris_date(now))
        differences = compare(stated, stored)
        written = [one for one in differences if one.change is not Change.KEPT]
        if is_dry_run or not written:
            return differences
        await uow.prefectures.put(merged(stated, stored))
        for one in written:
            thing = _THINGS.get(one.place.partition(".")[0], "prefecture")
            await uow.audit.append(
                prefecture=stated.code,
                actor=by,
                action=f"{thing}-{one.change}",
                detail={"place": one.place, "before": one.before, "after": one.after},
                at=now,
            )
        await uow.commit()
    return differences
