"""The registry: every actor that is known, its record, and the numbers it goes by.

A test holds that each named parameter exists, has a source and is read by the engine,
and that no parameter of an actor's record is left out.
"""

from dataclasses import dataclass, fields
from typing import Any, Final

from simulation.agents.applicants import (
    Applicants,
    ArmedApplicant,
    Helper,
    SeveralPrefectures,
)
from simulation.agents.flood import RegistrationFlood
from simulation.agents.identities import (
    AdaptiveEntry,
    FakeIdentities,
    FalseExpiry,
    IdentityRental,
    Insider,
    Saboteur,
)
from simulation.agents.promises import FalsePromise
from simulation.agents.scalpers import AlertService, Autobooker, ClickFarm, Server


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents:
    """The actors of one scenario; one that is absent does not take part."""

    autobooker: Autobooker | None = None
    click_farm: ClickFarm | None = None
    alert_service: AlertService | None = None
    fake_identities: FakeIdentities | None = None
    rented_identities: IdentityRental | None = None
    false_expiry: FalseExpiry | None = None
    saboteur: Saboteur | None = None
    registration_flood: RegistrationFlood | None = None
    insider: Insider | None = None
    adaptive: AdaptiveEntry | None = None
    false_promise: FalsePromise | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One line of the registry: its name, the record, what it shows.

    ``also`` names parameters of the resale market that the actor goes by.
    """

    name: str
    record: type[Any]
    shows: str
    also: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names of the record's own parameters."""
        return tuple(each.name for each in fields(self.record))


ACTORS: Final = (
    Actor("applicant", Applicants, "the people who need a place"),
    Actor("armed applicant", ArmedApplicant, "self-defence by an own alarm"),
    Actor("helper", Helper, "people registered by someone else, up to a ceiling"),
    Actor("several prefectures", SeveralPrefectures, "people who also queue elsewhere"),
    Actor("autobooker", Autobooker, "speed and parallel requests"),
    Actor(
        "cancel-and-rebook reseller",
        Autobooker,
        "stock moved to the buyer's name",
        also=("rebook_s", "hold_hours", "returned_unsold", "fraud"),
    ),
    Actor("click farm", ClickFarm, "paid people, immune to captcha"),
    Actor("alert service", AlertService, "a paid alarm, then a human"),
    Actor("fake identities", FakeIdentities, "invented people in the pool"),
    Actor("identity rental", IdentityRental, "real people who will not come"),
    Actor("false expiry", FalseExpiry, "urgency that is not true"),
    Actor("saboteur", Saboteur, "places denied, nothing sold"),
    Actor("registration flood", RegistrationFlood, "checks held up by nobody's files"),
    Actor("insider", Insider, "names added from inside"),
    Actor(
        "adaptive scalper",
        AdaptiveEntry,
        "enters and leaves by profit",
        also=("leaves_under", "adaptive"),
    ),
    Actor("false promise", FalsePromise, "money taken for what nobody can give"),
    Actor("server", Server, "requests from one address shut out for a while"),
)
"""Every actor that is known of, the server's own defence included."""
