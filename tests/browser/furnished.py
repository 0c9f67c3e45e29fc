"""A prefecture in which everything has happened once: every page has something to say.

Used by the checks that look at every page, and by the screenshots of the README.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import insert

from service.adapters.postgres import tables as t
from service.demo.help_places import help_places
from service.domain.claims import ClaimGround, Evidence
from service.domain.night import paris_date
from service.domain.ruleset import DEFAULT_RULESET, Bands
from service.draw.canonical import canonical_bytes
from service.usecases.commands import Access
from service.usecases.desk.suspend_motif import suspend_motif
from service.usecases.helper.helper_accounts import invite_helper
from service.usecases.person.urgency_claims import MakeClaim, make_claim
from service.usecases.public.figures import figures_of
from service.usecases.records.public import (
    CountedGroup,
    CountedPlaces,
    CountedRegistration,
    FiguresRecord,
)
from tests.browser.live_site import LiveSite
from tests.helping import Help, open_help, own_access

MOTIFS = (
    "renouvellement-titre",
    "renouvellement-salarie",
    "premiere-demande",
    "changement-statut",
    "recepisse",
    "aes",
    "soins",
    "naturalisation",
)
CHANNELS = ("web", "web", "web", "web", "phone", "desk", "helper", "paper")


@dataclass(frozen=True)
class People:
    """Who lives in the furnished prefecture, by where they stand."""

    offered: tuple[Access, ...]
    confirmed: Access
    waiting: tuple[Access, ...]
    claiming: Access
    withdrawn: Access
    joined: Access
    without_night: Access
    helped: Access
    help: Help
    invitation: str

    def filled(self, address: str) -> str:
        """Return an address with the names of the furnished prefecture in it."""
        return (
            address.replace("{file}", f"/agents/dossiers/{self.file}")
            .replace("{offered}", f"/agents/dossiers/{self.offered[0].reference}")
            .replace("{invitation}", f"/accompagnants/invitation/{self.invitation}")
            .replace("{mandates}", f"/a/{self.helped.secret}/mandats")
        )

    @property
    def file(self) -> str:
        """Return the reference whose file an agent opens."""
        return self.waiting[0].reference


def furnish(site: LiveSite) -> People:
    """Let people register, hold a night, suspend a motif, publish figures."""
    crowd = [site.register(number) for number in range(1, 21)]
    site.publish(guichets=2)
    site.hold_night()
    served = [one for one in crowd if site.view(one).offer]
    waiting = [one for one in crowd if not site.view(one).offer]
    site.confirm(served[0])
    site.withdraw(waiting[0])
    site.run(_tell_everybody(site))
    again = site.register(int(site_number(waiting[1], crowd)))
    site.run(_claim(site, waiting[-1]))
    help_, helped, invitation = site.run(_help(site))
    return People(
        offered=tuple(served[1:]),
        confirmed=served[0],
        waiting=tuple(waiting[1:-1]),
        claiming=waiting[-1],
        withdrawn=waiting[0],
        joined=again,
        without_night=site.register(90),
        helped=helped,
        help=help_,
        invitation=invitation,
    )


def site_number(access: Access, crowd: list[Access]) -> int:
    """Return the number under which somebody registered."""
    return crowd.index(access) + 1


async def _help(site: LiveSite) -> tuple[Help, Access, str]:
    """Vet an organisation; let it register some, propose to act for another."""
    help_ = await open_help(site.world)
    first = await help_.register(60)
    for number in (61, 62):
        await help_.register(number)
    await help_.register(3)  # somebody who was registered before
    helped = await own_access(site.world, first.reference)
    invitation = await invite_helper(
        help_.helper,
        name="Noor Spécimen",
        login="noor@passages.example",
        ports=site.world.ports,
    )
    return help_, helped, invitation


async def _claim(site: LiveSite, access: Access) -> None:
    await make_claim(
        MakeClaim(
            access=access,
            ground=ClaimGround.JOB,
            evidence=(Evidence.EMPLOYER,),
            happens_on=paris_date(site.world.clock.now()) + timedelta(days=9),
        ),
        ports=site.world.ports,
    )


async def _tell_everybody(site: LiveSite) -> None:
    world = site.world
    await suspend_motif(
        world.agent,
        "changement-statut",
        reason="Deux agents manquent jusqu'à la mi-décembre.",
        meanwhile="Gardez votre titre actuel : il reste valable jusqu'à sa date.",
        ports=world.ports,
    )
    later = replace(
        DEFAULT_RULESET,
        version="2027-01-01",
        effective_on=date(2027, 1, 1),
        bands=Bands(very_soon_days=21),
    )
    async with world.engine.begin() as connection:
        await connection.execute(
            insert(t.ruleset).values(
                prefecture="isere",
                version=later.version,
                effective_on=later.effective_on,
                content=later.to_json(),
            )
        )
    now = world.clock.now()
    day = paris_date(now)
    content = figures_of(
        invented_rows(day),
        invented_places(day),
        invented_groups(day),
        prefecture="isere",
        day=day,
        ruleset=DEFAULT_RULESET,
    )
    async with world.ports.open_uow() as uow:
        for place in help_places("isere", day):
            await uow.help_places.save(place)
        await uow.public.store_figures(
            FiguresRecord(
                prefecture="isere",
                day=day,
                taken_at=now,
                content=canonical_bytes(content),
            )
        )
        await uow.commit()


def invented_rows(day: date) -> list[CountedRegistration]:
    """Two thousand invented registrations of twelve weeks; always the same."""
    luck = random.Random(38)
    return [_invented(day, luck) for _ in range(2_000)]


def _invented(day: date, luck: random.Random) -> CountedRegistration:
    registered = day - timedelta(days=luck.randint(1, 110))
    band = luck.choices((0, 1, 2, 3), (3, 4, 1, 4))[0]
    end = {
        0: registered + timedelta(days=luck.randint(4, 40)),
        1: registered + timedelta(days=luck.randint(30, 90)),
        2: registered - timedelta(days=luck.randint(1, 90)),
        3: None if luck.random() < 0.5 else registered + timedelta(days=200),
    }[band]
    wait = round(luck.gammavariate(2.2, (5, 10, 22, 30)[band])) + 2
    motif = luck.choices(MOTIFS, (30, 18, 16, 9, 14, 8, 3, 2))[0]
    row = CountedRegistration(
        motif=motif,
        sites=frozenset(luck.sample(("grenoble", "vienne", "la-tour-du-pin"), 2)),
        channel=luck.choice(CHANNELS),
        registered_on=registered,
        is_live=True,
        end_of_right_on=end,
    )
    appointment = registered + timedelta(days=wait)
    confirmed = appointment - timedelta(days=7)
    if confirmed < registered or confirmed >= day or luck.random() < 0.15:
        return row
    return replace(
        row,
        is_live=False,
        confirmed_on=confirmed,
        appointment_on=appointment,
        site=sorted(row.sites)[0],
        band=band,
    )


def invented_groups(day: date) -> list[CountedGroup]:
    """The groups of sixty nights; always the same."""
    return [
        CountedGroup(
            held_on=day - timedelta(days=ago),
            band=band,
            served=served,
            passed_over=passed_over,
        )
        for ago in range(1, 61)
        for band, served, passed_over in ((0, 9, 0), (1, 5, 20), (2, 1, 9), (3, 1, 70))
    ]


def invented_places(day: date) -> list[CountedPlaces]:
    """The places of every site around that day; always the same."""
    return [
        CountedPlaces(
            site=site,
            day=day + timedelta(days=ahead),
            motifs=frozenset(MOTIFS),
            places=size,
            held=size // 2 if ahead >= 0 else size - 1,
        )
        for site, size in (("grenoble", 46), ("vienne", 12), ("la-tour-du-pin", 12))
        for ahead in range(-60, 11)
        if (day + timedelta(days=ahead)).isoweekday() <= 5
    ]
