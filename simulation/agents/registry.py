"""The registry: every actor of the brief, and the record that describes it."""

from dataclasses import dataclass
from typing import Any, Final

from simulation.agents.applicants import Applicants
from simulation.agents.identities import (
    AdaptiveEntry,
    FakeIdentities,
    FalseExpiry,
    Insider,
    Saboteur,
)
from simulation.agents.scalpers import AlertService, Autobooker, ClickFarm


@dataclass(frozen=True, slots=True, kw_only=True)
class Agents:
    """The actors of one scenario; one that is absent does not take part."""

    autobooker: Autobooker | None = None
    click_farm: ClickFarm | None = None
    alert_service: AlertService | None = None
    fake_identities: FakeIdentities | None = None
    rented_identities: FakeIdentities | None = None
    false_expiry: FalseExpiry | None = None
    saboteur: Saboteur | None = None
    insider: Insider | None = None
    adaptive: AdaptiveEntry | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One line of the registry: the brief's name, the record, what it shows."""

    name: str
    record: type[Any]
    shows: str


ACTORS: Final = (
    Actor("applicant", Applicants, "the people who need a place"),
    Actor("armed applicant", Applicants, "`armed`: self-defence by an own alarm"),
    Actor("helper", Applicants, "`offline`: share registered by someone else"),
    Actor("several prefectures", Applicants, "`several`: also queues elsewhere"),
    Actor("autobooker", Autobooker, "speed and parallel requests"),
    Actor("cancel-and-rebook reseller", Autobooker, "stock moved to the buyer's name"),
    Actor("click farm", ClickFarm, "paid people, immune to captcha"),
    Actor("alert service", AlertService, "a paid alarm, then a human"),
    Actor("fake identities", FakeIdentities, "invented people in the pool"),
    Actor("identity rental", FakeIdentities, "`rented`: real people who will not come"),
    Actor("false expiry", FalseExpiry, "urgency that is not true"),
    Actor("saboteur", Saboteur, "places denied, nothing sold"),
    Actor("insider", Insider, "names added from inside"),
    Actor("adaptive scalper", AdaptiveEntry, "enters and leaves by profit"),
)
"""Every actor; a test holds that each parameter has a source."""
