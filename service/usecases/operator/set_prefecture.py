"""The operator states a prefecture; what differs is written, all of it or nothing."""

import hashlib
from collections.abc import Sequence
from typing import Final

from service.domain.night import paris_date
from service.domain.operator_errors import AnotherPrefectureError
from service.domain.stated_prefecture import (
    Change,
    Difference,
    StatedPrefecture,
    compare,
    merged,
    refuse_ruleset,
)
from service.draw.canonical import canonical_bytes
from service.usecases.ports import Ports, UnitOfWork

_THINGS: Final = {"prefecture": "prefecture", "sites": "site", "ruleset": "ruleset"}


async def set_prefecture(
    stated: StatedPrefecture,
    *,
    by: str,
    is_another: bool = False,
    is_dry_run: bool = False,
    ports: Ports,
) -> Sequence[Difference]:
    """Store a prefecture as it is stated; setting it twice is the same as once.

    Nothing is deleted: what is not stated any more is among what is returned.

    Args:
        stated: The whole prefecture.
        by: Who does it, for the audit chain: ``operator:`` and a system account.
        is_another: Open it beside a prefecture that is open here already.
        is_dry_run: Say what would be done; do nothing.
        ports: The outside.

    Raises:
        AnotherPrefectureError: It is new, one is open, and nobody said so.
        OperatorError: The ruleset would change a night; see `refuse_ruleset`.
    """
    now = ports.clock.now()
    async with ports.open_uow() as uow:
        stored = await uow.prefectures.locked(stated.code)
        if stored is None and not is_another:
            await _refuse_another(stated.code, uow=uow)
        refuse_ruleset(stated.ruleset, stored, paris_date(now))
        differences = compare(stated, stored)
        written = [one for one in differences if one.change is not Change.KEPT]
        if is_dry_run or not written:
            return differences
        await uow.prefectures.put(merged(stated, stored))
        for one in written:
            thing = _THINGS.get(one.place.partition(".")[0], "prefecture")
            detail: dict[str, str | int] = {
                "place": one.place,
                "before": one.before,
                "after": one.after,
            }
            if thing == "ruleset":
                detail["sha256"] = _digest(stated)
            await uow.audit.append(
                prefecture=stated.code,
                actor=by,
                action=f"{thing}-{one.change}",
                detail=detail,
                at=now,
            )
        await uow.commit()
    return differences


async def _refuse_another(code: str, *, uow: UnitOfWork) -> None:
    """Pages show one prefecture, the first by its code: a slip would take them over."""
    others = await uow.directory.prefectures()
    if others:
        hint = f"{', '.join(others)}; give --another if {code} is meant"
        raise AnotherPrefectureError("code", hint)


def _digest(stated: StatedPrefecture) -> str:
    """Return the digest under which everybody finds this very rule published."""
    return hashlib.sha256(canonical_bytes(stated.ruleset.to_json())).hexdigest()
