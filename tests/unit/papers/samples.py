"""Invented papers, whole, for the tests that print them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from service.domain.availability import Availability
from service.domain.birth_date import BirthDate
from service.domain.identity import AgdrefNumber
from service.domain.prefectures import ISERE
from service.domain.ruleset import DEFAULT_RULESET
from service.usecases.records import EntryRecord, SiteRecord
from service.usecases.records.papers import (
    AcknowledgementPaper,
    CalledLetter,
    ConvocationPaper,
    ExplanationPaper,
    Holder,
    ReadyLetter,
)
from service.usecases.views import NightView, OfferView, RegistrationView

TODAY = date(2026, 11, 20)
CODE = "7ZK4M2QDX9B8"
TOKEN = "1.A.7ZK4M2QDX9B8.isere.202611090114.20261120.20261109.11.20261119." + "a" * 86
CONVOCATION_TOKEN = "1.C.7ZK4M2QDX9B8.isere.20261124." + "a" * 86
CHECK_URL = f"https://rdv.example.org/v/{TOKEN}"

SITES = tuple(
    SiteRecord(
        code=site.code,
        name=site.name,
        address=site.address,
        motifs=tuple(sorted(site.motifs)),
    )
    for site in ISERE.sites
)


def night(number: int, result: str = "places_taken") -> EntryRecord:
    return EntryRecord(
        held_on=date(2026, 11, 9) + timedelta(days=number),
        label="ab" * 16,
        band=2,
        ticket="cd" * 32,
        rank=41 + number,
        entries=612,
        result=result,
    )


def view(**changes: Any) -> RegistrationView:
    made = RegistrationView(
        reference="7ZK4M2QDX",
        state="live",
        prefecture="isere",
        prefecture_name=ISERE.name,
        motif="renouvellement-titre",
        sites=("grenoble",),
        site_names=("Préfecture, Grenoble", "Sous-préfecture de Vienne"),
        family_name="SPÉCIMEN",
        given_names="Noor",
        masked_email="n…@example.org",
        masked_phone=None,
        language="fr",
        registered_at=datetime(2026, 11, 9, 1, 14, tzinfo=UTC),
        waiting_since_on=date(2026, 11, 9),
        first_night_on=date(2026, 11, 9),
        next_night_on=date(2026, 11, 20),
        next_freeze_at=datetime(2026, 11, 20, 19, tzinfo=UTC),
        takes_part_next=True,
        back_on=None,
        held_document="cst",
        permit_expires_on=date(2026, 12, 12),
        permit_starts_on=None,
        entered_on=None,
        requested_on=None,
        end_of_right_on=date(2026, 12, 12),
        end_of_right_basis="printed_end",
        end_of_right_source="L. 414-1",
        grace_until=None,
        not_before=None,
        cliff_on=None,
        band=1,
        band_reason="ends_soon",
        availability=Availability(),
        people=1,
        nights=tuple(night(at) for at in range(11)),
        offer=None,
        needs_proof=False,
    )
    return replace(made, **changes)


def holder(**changes: Any) -> Holder:
    made = Holder(
        family_name="SPÉCIMEN",
        given_names="Noor",
        birth_date=BirthDate(1994, 2, 2),
        proof=AgdrefNumber("9900000001"),
    )
    return replace(made, **changes)


def acknowledgement(**changes: Any) -> AcknowledgementPaper:
    made = AcknowledgementPaper(
        view=view(),
        holder=holder(),
        code=CODE,
        token=TOKEN,
        check_url=CHECK_URL,
        issued_on=TODAY,
        phone="0476603400",
    )
    return replace(made, **changes)


def offer(**changes: Any) -> OfferView:
    made = OfferView(
        state="confirmed",
        held_on=date(2026, 11, 23),
        site="grenoble",
        site_name="Préfecture, Grenoble",
        site_address="12 place de Verdun, 38000 Grenoble",
        starts_at=datetime(2026, 12, 3, 10, 20),  # noqa: DTZ001 - wall time of Paris
        minutes=20,
        made_at=datetime(2026, 11, 23, 19, 16, tzinfo=UTC),
        confirm_by=datetime(2026, 11, 25, 19, 16, tzinfo=UTC),
        next_refusal_is_free=True,
    )
    return replace(made, **changes)


def convocation(**changes: Any) -> ConvocationPaper:
    made = ConvocationPaper(
        view=view(offer=offer()),
        offer=offer(),
        reference="7ZK4M2QDX",
        prefecture="isere",
        prefecture_name=ISERE.name,
        motif="renouvellement-salarie",
        people=1,
        holder=holder(),
        phone="0476603400",
        code=CODE,
        token=CONVOCATION_TOKEN,
        check_url=f"https://rdv.example.org/v/{CONVOCATION_TOKEN}",
        issued_on=date(2026, 11, 24),
        is_cancelled=False,
    )
    return replace(made, **changes)


def night_view(**changes: Any) -> NightView:
    made = NightView(
        prefecture="isere",
        prefecture_name=ISERE.name,
        held_on=date(2026, 11, 19),
        state="notified",
        freeze_at=datetime(2026, 11, 19, 19, tzinfo=UTC),
        brought_forward=False,
        ruleset_version=DEFAULT_RULESET.version,
        committed_at=datetime(2026, 11, 19, 19, tzinfo=UTC),
        commitment={},
        commitment_sha256="00" * 32,
        signature={},
        beacon_chain="local",
        beacon_round=7,
        beacon_due_at=datetime(2026, 11, 19, 19, 15, tzinfo=UTC),
        beacon_is_local=True,
        revealed_at=datetime(2026, 11, 19, 19, 15, tzinfo=UTC),
        randomness="ef" * 32,
        published_at=datetime(2026, 11, 19, 19, 16, tzinfo=UTC),
        notified_at=datetime(2026, 11, 19, 19, 17, tzinfo=UTC),
        stopped_because=None,
        entries=612,
        places=60,
        served=60,
        unserved=552,
        free_places=0,
        bands=(),
    )
    return replace(made, **changes)


def explanation(**changes: Any) -> ExplanationPaper:
    made = ExplanationPaper(
        view=view(),
        holder=holder(),
        entry=night(10),
        night=night_view(),
        ruleset=DEFAULT_RULESET,
        phone="0476603400",
        issued_on=TODAY,
        public_url="https://rdv.example.org",
    )
    return replace(made, **changes)


def ready_letter(**changes: Any) -> ReadyLetter:
    made = ReadyLetter(
        holder=holder(),
        prefecture_name=ISERE.name,
        code="7ZK4-M2QD",
        site="grenoble",
        site_name="Préfecture, Grenoble",
        site_address="12 place de Verdun, 38000 Grenoble",
        collect_at=None,
        hours=((1, time(9), time(11)), (2, time(9), time(11))),
        phone="0476603400",
        printed_on=TODAY,
    )
    return replace(made, **changes)


def called_letter(**changes: Any) -> CalledLetter:
    made = CalledLetter(
        holder=holder(),
        prefecture_name=ISERE.name,
        reference="7ZK4M2QDX",
        motif="renouvellement-titre",
        first_night_on=date(2026, 11, 20),
        sites=SITES[:2],
        phone="0476603400",
        printed_on=TODAY,
    )
    return replace(made, **changes)
