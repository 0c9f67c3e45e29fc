"""What a prefecture receives, where, and when its next night is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from service.domain.errors import (
    MissingSiteError,
    MotifNotAtSiteError,
    MotifNotInDrawError,
    UnknownMotifError,
    UnknownPrefectureError,
    UnknownSiteError,
)
from service.domain.identity import BirthDate
from service.domain.motifs import motif_of
from service.domain.permits import DocumentFacts, EndOfRight, end_of_right
from service.domain.ruleset import Ruleset
from service.domain.suspension import Suspension
from service.usecases.night.plan_nights import open_night
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import SiteRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefectureView:
    """A prefecture as everybody may see it."""

    code: str
    name: str
    phone: str | None
    sites: tuple[SiteRecord, ...]
    motifs: tuple[str, ...]
    next_night_on: date
    next_freeze_at: datetime
    ruleset: Ruleset
    suspended: Mapping[str, Suspension] = field(default_factory=dict[str, Suspension])
    """By motif: nobody is received for it now; registering stays possible."""


async def describe_prefecture(prefecture: str, *, ports: Ports) -> PrefectureView:
    """Return what the prefecture offers today.

    Raises:
        UnknownPrefectureError: No prefecture of that code uses the service.
    """
    async with ports.open_uow() as uow:
        name = await uow.directory.prefecture_name(prefecture)
        if name is None:
            raise UnknownPrefectureError("prefecture")
        sites = await uow.directory.sites(prefecture)
        night = await open_night(prefecture, uow=uow, now=ports.clock.now(), lock=False)
        view = PrefectureView(
            code=prefecture,
            name=name,
            phone=await uow.directory.prefecture_phone(prefecture),
            sites=tuple(sites),
            motifs=motifs_of(sites),
            next_night_on=night.held_on,
            next_freeze_at=night.freeze_at,
            ruleset=await uow.directory.ruleset_on(prefecture, night.held_on),
            suspended={
                one.suspension.motif: one.suspension
                for one in await uow.public.suspensions(prefecture)
                if one.reopened_on is None
            },
        )
        await uow.commit()
    return view


def motifs_of(sites: Sequence[SiteRecord]) -> tuple[str, ...]:
    """Return every motif that some site receives, sorted."""
    return tuple(sorted({motif for site in sites for motif in site.motifs}))


async def check_choice(
    prefecture: str, motif: str, chosen: Sequence[str], *, uow: UnitOfWork
) -> None:
    """Refuse a prefecture, motif or site that nobody could be received at.

    Raises:
        UnknownPrefectureError, UnknownMotifError, UnknownSiteError: See the names.
        MotifNotInDrawError, MotifNotAtSiteError, MissingSiteError: See the names.
    """
    sites = {site.code: site for site in await uow.directory.sites(prefecture)}
    if not sites:
        raise UnknownPrefectureError("prefecture")
    if motif not in motifs_of(list(sites.values())):
        raise UnknownMotifError("motif")
    if not motif_of(motif).in_draw:
        raise MotifNotInDrawError("motif")
    for code in chosen:
        if code not in sites:
            raise UnknownSiteError("sites")
        if motif not in sites[code].motifs:
            raise MotifNotAtSiteError("sites")
    if not chosen:
        raise MissingSiteError("sites")


def end_of_right_of(
    facts: DocumentFacts,
    *,
    motif: str,
    birth_date: BirthDate,
    today: date,
    already_accepted: bool = False,
) -> EndOfRight:
    """Return when this person's right ends, by the rules of the motif's family.

    What was accepted once (``already_accepted``) is not refused on a later day.
    """
    return end_of_right(
        facts,
        motif_family=motif_of(motif).family,
        birth_date=birth_date,
        today=today,
        already_accepted=already_accepted,
    )
