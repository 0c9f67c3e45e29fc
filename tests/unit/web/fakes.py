"""Use cases that remember what they were asked, in place of the real ones."""

import gzip
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from service.adapters.papers.printer import Printer
from service.adapters.sealer import AesSealer
from service.domain.prefectures import ISERE
from service.domain.ruleset import DEFAULT_RULESET
from service.draw.canonical import canonical_bytes
from service.settings import Settings
from service.usecases.commands import (
    Access,
    AmendRegistration,
    PublishSlots,
    RegisterApplicant,
)
from service.usecases.desk.agents import Desk, SignedIn, Typed
from service.usecases.errors import (
    AgentRequiredError,
    AgentSignInError,
    UnknownResourceError,
)
from service.usecases.night.published_rules import RuleVersion
from service.usecases.ports import Ports
from service.usecases.ports.help_places import HelpPlaceRecord
from service.usecases.public.describe_prefecture import PrefectureView, motifs_of
from service.usecases.public.publish_figures import FiguresView
from service.usecases.records import (
    AgentRecord,
    PackedTranscript,
    SiteRecord,
    SlotRecord,
)
from service.usecases.records.public import SuspensionRecord
from service.usecases.views import Acknowledgement, NightView, RegistrationView
from service.web.calls import Calls

NOW = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
TONIGHT = date(2026, 11, 23)
REFERENCE = "0123ABCDM"
SECRET = "mfrggzdfmztwq2lknnwg23tpobyxe43u"


class StillClock:
    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class EmptyDirectory:
    """A unit of work in which no place that helps is listed yet."""

    @property
    def help_places(self) -> "EmptyDirectory":
        return self

    @property
    def organisations(self) -> "EmptyDirectory":
        return self

    async def all(self, prefecture: str) -> Sequence[HelpPlaceRecord]:
        return ()

    async def __aenter__(self) -> "EmptyDirectory":
        return self

    async def __aexit__(self, *reason: object) -> None:
        return None


def ports(clock: StillClock | None = None) -> Ports:
    """Only what the pages themselves reach: clock, seal, luck, address."""
    return cast(
        "Ports",
        SimpleNamespace(
            clock=clock or StillClock(),
            sealer=AesSealer(b"s" * 32),
            entropy=random.Random(1).randbytes,
            press=Printer(),
            public_url="https://rdv.example.org",
            open_uow=EmptyDirectory,
        ),
    )


def isere() -> PrefectureView:
    sites = tuple(
        SiteRecord(
            code=site.code,
            name=site.name,
            address=site.address,
            motifs=tuple(sorted(site.motifs)),
        )
        for site in ISERE.sites
    )
    return PrefectureView(
        code="isere",
        name=ISERE.name,
        phone="0476603400",
        sites=sites,
        motifs=motifs_of(sites),
        next_night_on=TONIGHT,
        next_freeze_at=datetime(2026, 11, 23, 19, 0, tzinfo=UTC),
        ruleset=DEFAULT_RULESET,
    )


AGENT = AgentRecord(
    id=UUID(int=1),
    prefecture="isere",
    login="agent",
    name="Agent",
    password_hash="hash",
)


@dataclass
class Asked:
    """Everything that reached a use case."""

    registered: list[RegisterApplicant] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    amended: list[AmendRegistration] = field(default_factory=list)
    published: list[PublishSlots] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    desks: list[Desk | None] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.registered or self.amended or self.published or self.withdrawn)


class FakeCalls(Calls):
    """Answers from memory; raises ``failing`` where a test wants a failure."""

    def __init__(self, clock: StillClock | None = None) -> None:
        super().__init__(ports(clock))
        self.asked = Asked()
        self.failing: Exception | None = None
        text = b'{"draw":"isere/2026-11-23"}'
        self.shown_transcript = PackedTranscript(
            gzipped=gzip.compress(text), sha256=sha256(text).digest()
        )

    async def register(self, command: RegisterApplicant, key: str) -> Acknowledgement:
        if self.failing:
            raise self.failing
        self.asked.registered.append(command)
        self.asked.keys.append(key)
        return Acknowledgement(
            reference=REFERENCE,
            secret=SECRET,
            received_at=NOW,
            first_night_on=TONIGHT,
        )

    async def view(self, access: Access) -> RegistrationView:
        raise UnknownResourceError

    async def line(self, access: Access, held_on: date) -> bytes:
        raise UnknownResourceError

    async def acknowledgement(self, access: Access) -> bytes:
        raise UnknownResourceError

    async def amend(self, command: AmendRegistration) -> RegistrationView:
        self.asked.amended.append(command)
        raise UnknownResourceError

    async def sign_in(self, login: str, password: str, code: str) -> SignedIn:
        return await self.enter(Typed(login=login, password=password, code=code))

    async def enter(self, typed: Typed) -> SignedIn:
        self.asked.desks.append(typed.desk)
        if (typed.login, typed.password) != ("agent", "secret"):
            raise AgentSignInError
        return SignedIn(token="token", agent_id=AGENT.id)

    async def agent_of(self, token: str) -> AgentRecord:
        if token != "token":
            raise AgentRequiredError
        return AGENT

    async def open_slots(
        self,
        agent: AgentRecord,
        command: PublishSlots,
        *,
        expected: int | None = None,
        key: str | None = None,
    ) -> Sequence[SlotRecord]:
        self.asked.published.append(command)
        return ()

    async def list_slots(
        self, agent: AgentRecord, first: date, last: date
    ) -> Sequence[SlotRecord]:
        return ()

    async def withdraw_places(self, agent: AgentRecord, code: str, places: int) -> int:
        self.asked.withdrawn.append(code)
        return places

    shown_night: NightView | None = None
    """The one night there is; a test may put one here."""

    async def night(self, prefecture: str, held_on: date) -> NightView:
        if self.shown_night is None:
            raise UnknownResourceError
        return self.shown_night

    async def nights(self, prefecture: str) -> Sequence[NightView]:
        return () if self.shown_night is None else (self.shown_night,)

    async def transcript(self, prefecture: str, held_on: date) -> PackedTranscript:
        return self.shown_transcript

    async def rules(self, prefecture: str) -> Sequence[RuleVersion]:
        return (
            RuleVersion(
                version=DEFAULT_RULESET.version,
                effective_on=DEFAULT_RULESET.effective_on,
                ruleset=DEFAULT_RULESET,
                content=canonical_bytes(DEFAULT_RULESET.to_json()),
                sha256="0" * 64,
                changes=(),
                is_first=True,
            ),
        )

    async def suspensions(self, prefecture: str) -> Sequence[SuspensionRecord]:
        return ()

    async def figures(
        self, prefecture: str, day: date | None = None
    ) -> FiguresView | None:
        return None

    async def figures_days(self, prefecture: str) -> Sequence[date]:
        return ()

    async def home_prefecture(self) -> str:
        return "isere"

    async def prefecture(self, code: str) -> PrefectureView:
        if self.failing:
            raise self.failing
        return isere()


class FakeContainer:
    """A container whose parts are the fakes."""

    def __init__(self, calls: FakeCalls, **settings: Any) -> None:
        self.ports = calls.ports
        self.settings = Settings(**settings)
        self.parts = {"database": True, "bell": True}

    async def healthy(self) -> Mapping[str, bool]:
        return self.parts

    async def close(self) -> None:
        return None


def later(clock: StillClock, **duration: float) -> None:
    """Let time pass."""
    clock.at += timedelta(**duration)
