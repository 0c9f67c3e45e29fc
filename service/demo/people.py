"""Invented registrations of a realistic shape; the same seed, the same people.

Shares follow what the founding documents and `permits.md` give: five dedicated motifs
in 2024, three quarters with a dated title, a few whose right is already lost. Names
are common ones put together by lot; numbers begin with 99 and belong to nobody we
know of; addresses end in ``.invalid`` and reach nobody.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from service.domain.availability import Availability
from service.domain.contact import Contact
from service.domain.identity import AgdrefNumber, BirthDate, Identity, Names
from service.domain.night import paris_date
from service.domain.permits import DocumentFacts
from service.domain.prefectures import ISERE
from service.domain.reference import Reference
from service.domain.registration import RegistrationState
from service.usecases.person.access import secret_digest, secret_from
from service.usecases.person.personal import seal_contact, seal_identity
from service.usecases.person.promises import new_promise
from service.usecases.ports import Ports
from service.usecases.public.describe_prefecture import end_of_right_of
from service.usecases.records import RegistrationRecord
from service.usecases.records.promises import PromiseRecord

SEED = 38

_FAMILY = (
    "Diallo",
    "Traoré",
    "Nguyen",
    "Benali",
    "Kowalska",
    "Hernández",
    "Silva",
    "Yılmaz",
    "Petrenko",
    "Rahman",
    "Mbeki",
    "Okafor",
    "Haddad",
    "Cissé",
    "Ndiaye",
    "Rossi",
    "Popescu",
    "Ivanova",
    "Chen",
    "Singh",
    "Kaya",
    "Touré",
    "Mansouri",
    "Camara",
    "Lopes",
    "Abdi",
    "Bakkali",
    "Sow",
    "Keita",
    "Moreira",
    "Karimi",
    "Saïdi",
    "Zhang",
    "Tesfaye",
)
_GIVEN = (
    "Awa",
    "Linh",
    "Karim",
    "Ana",
    "Fatou",
    "Yusuf",
    "Olena",
    "Amir",
    "Chidi",
    "Leïla",
    "Marco",
    "Ioana",
    "Wei",
    "Priya",
    "Emre",
    "Aïcha",
    "Moussa",
    "Inês",
    "Hodan",
    "Samir",
    "Mariam",
    "Adama",
    "Reza",
    "Nadia",
    "Selam",
    "Omar",
    "Grace",
)


@dataclass(frozen=True, slots=True)
class Flow:
    """One kind of demand: how common it is, and which paper its people hold."""

    motif: str
    weight: int
    documents: tuple[str, ...]
    earliest_end: int
    latest_end: int


FLOWS = (
    Flow("renouvellement-titre", 34, ("cst", "csp_short", "cra_1y"), -40, 120),
    Flow("renouvellement-salarie", 14, ("cst", "csp_4y"), -40, 120),
    Flow("premiere-demande", 12, (), 0, 0),
    Flow("changement-statut", 7, ("cst",), -20, 90),
    Flow("recepisse", 12, ("recepisse_renewal",), -10, 60),
    Flow("aps", 3, ("aps",), -10, 60),
    Flow("aide-anef", 6, ("csp_4y",), -20, 150),
    Flow("biometrie", 4, (), 0, 0),
    Flow("aes", 5, (), 0, 0),
    Flow("naturalisation", 3, (), 0, 0),
)
"""Weights: the five dedicated motifs of 2024 make about four fifths (assumption)."""


def registrations(
    ports: Ports, *, count: int, seed: int, now: datetime
) -> Iterator[RegistrationRecord]:
    """Yield ``count`` live registrations made during the last three months."""
    luck = random.Random(seed)  # noqa: S311 - invented people, no decision
    for number in range(count):
        yield _registration(luck, number, ports, now)


def promises_to(
    people: Iterable[RegistrationRecord], now: datetime, ports: Ports
) -> list[PromiseRecord]:
    """Return what an acknowledgement promises each of them."""
    return [
        new_promise(one, first_label_on=one.first_night_on, now=now, ports=ports)
        for one in people
    ]


def _registration(
    luck: random.Random, number: int, ports: Ports, now: datetime
) -> RegistrationRecord:
    flow = luck.choices(FLOWS, weights=[flow.weight for flow in FLOWS])[0]
    registered_at = now - timedelta(minutes=luck.randrange(1, 90 * 24 * 60))
    facts = _facts(luck, flow, now)
    identity = _identity(luck, number)
    identifier = UUID(bytes=luck.randbytes(16), version=4)
    end = end_of_right_of(
        facts,
        motif=flow.motif,
        birth_date=identity.birth_date,
        today=paris_date(now),
    )
    contact = Contact.parse(
        email=f"personne{number}@exemple.invalid", phone=None, language="fr"
    )
    return RegistrationRecord(
        id=identifier,
        prefecture=ISERE.code,
        motif=flow.motif,
        sites=_sites(luck, flow.motif),
        reference=Reference.from_random(luck.randbytes(5)).text,
        secret_sha256=secret_digest(secret_from(ports.entropy(20))),
        applicant_key=ports.pseudonymiser.key(identity),
        key_version=ports.pseudonymiser.version,
        state=RegistrationState.LIVE,
        sealed_identity=seal_identity(identity, identifier, ports.sealer),
        sealed_contact=seal_contact(contact, identifier, ports.sealer),
        language="fr",
        held_document=facts.held_document,
        permit_expires_on=facts.permit_expires_on,
        permit_starts_on=None,
        entered_on=None,
        requested_on=None,
        end_of_right_on=end.on_for_band(),
        end_of_right_basis=end.basis,
        availability=_availability(luck),
        people=luck.choices((1, 2, 3, 4), weights=(90, 6, 3, 1))[0],
        channel="demonstration",
        registered_at=registered_at,
        waiting_since_on=paris_date(registered_at),
        first_night_on=paris_date(registered_at),
    )


def _identity(luck: random.Random, number: int) -> Identity:
    return Identity(
        proof=AgdrefNumber(f"99{number:08d}"),
        names=Names(luck.choice(_FAMILY), luck.choice(_GIVEN)),
        birth_date=BirthDate(
            luck.randrange(1955, 2006), luck.randrange(1, 13), luck.randrange(1, 29)
        ),
    )


def _facts(luck: random.Random, flow: Flow, now: datetime) -> DocumentFacts:
    if not flow.documents:
        return DocumentFacts()
    days = luck.randrange(flow.earliest_end, flow.latest_end)
    return DocumentFacts(
        held_document=luck.choice(flow.documents),
        permit_expires_on=paris_date(now) + timedelta(days=days),
    )


def _sites(luck: random.Random, motif: str) -> tuple[str, ...]:
    possible: Sequence[str] = [site.code for site in ISERE.sites_for(motif)]
    home = luck.choices(possible, weights=(6, 2, 2)[: len(possible)])[0]
    far = [code for code in possible if code != home and luck.random() < 0.25]
    return tuple(sorted({home, *far}))


def _availability(luck: random.Random) -> Availability:
    excluded = {day for day in range(1, 6) if luck.random() < 0.06}
    return Availability(
        weekdays_excluded=frozenset(excluded), short_notice=luck.random() < 0.3
    )
