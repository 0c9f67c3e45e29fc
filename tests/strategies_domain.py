"""Hypothesis strategies for the domain and for the freeze; nothing here decides."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import strategies as st

from service.domain.availability import Availability
from service.domain.countries import COUNTRIES
from service.domain.identity import (
    AgdrefNumber,
    BirthDate,
    DocumentKind,
    Identity,
    Names,
    TravelDocument,
)
from service.domain.motifs import MOTIFS, MotifFamily
from service.domain.permits import HELD_DOCUMENTS, DocumentFacts
from service.domain.ruleset import (
    DEFAULT_RULESET,
    Bands,
    Hold,
    NightClock,
    Notice,
    OfferRules,
    QuotaRule,
    Ruleset,
)
from service.domain.slots import OpenSlot
from service.draw.freeze import Candidate

NIGHT = date(2026, 11, 23)
CAPITALS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SITES = ("grenoble", "la-tour-du-pin", "vienne")
FEW_MOTIFS = ("recepisse", "aes", "renouvellement-titre")

days = st.dates(date(1990, 1, 1), date(2041, 12, 31))
instants = st.datetimes(
    datetime.fromisoformat("2026-01-01"),
    datetime.fromisoformat("2028-12-31"),
    timezones=st.just(UTC),
)
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59)).filter(
    lambda at: at.hour != 2
)

agdref_numbers = st.text(CAPITALS_AND_DIGITS, min_size=9, max_size=11).map(AgdrefNumber)
travel_documents = st.builds(
    TravelDocument,
    st.sampled_from(DocumentKind),
    st.text(CAPITALS_AND_DIGITS, min_size=3, max_size=20),
    st.sampled_from(sorted(COUNTRIES)),
)
letters = st.characters(categories=("Lu", "Ll", "Lo"), max_codepoint=0x10FFF)
words = st.text(letters, min_size=1, max_size=20)
names = st.builds(
    lambda family, given: Names.parse(" ".join(family), given),
    st.lists(words, min_size=1, max_size=3),
    st.none() | words,
)
full_birth_dates = st.dates(date(1900, 1, 1), date(2026, 1, 1)).map(
    lambda day: BirthDate(day.year, day.month, day.day)
)
birth_dates = st.one_of(
    full_birth_dates,
    st.builds(BirthDate, st.integers(1900, 2025)),
    st.builds(BirthDate, st.integers(1900, 2025), st.integers(1, 12)),
)
identities = st.builds(
    Identity, st.one_of(agdref_numbers, travel_documents), names, birth_dates
)

families = st.sampled_from(MotifFamily)


@st.composite
def document_facts(draw):
    """Facts that a form accepts on the night used here."""
    plausible = st.dates(date(1990, 1, 1), NIGHT.replace(year=NIGHT.year + 15))
    start, end = sorted((draw(plausible), draw(plausible)))
    past = st.none() | st.dates(date(1990, 1, 1), NIGHT)
    return DocumentFacts(
        held_document=draw(st.none() | st.sampled_from(sorted(HELD_DOCUMENTS))),
        permit_expires_on=draw(st.sampled_from((None, end))),
        permit_starts_on=draw(st.sampled_from((None, start))),
        entered_on=draw(past),
        requested_on=draw(past),
    )


bands = st.sets(st.integers(0, 3)).map(lambda found: tuple(sorted(found)))
quota_rules = st.builds(
    QuotaRule,
    quota=st.text("abcdefgh_", min_size=1, max_size=8).map(lambda name: f"q{name}"),
    percent=st.integers(0, 33),
    bands=bands,
    waited_days_min=st.integers(0, 120),
    without_date_only=st.booleans(),
)


@st.composite
def rulesets(draw):
    very_soon = draw(st.integers(0, 60))
    short = draw(st.integers(1, 10))
    return Ruleset(
        version=draw(st.sampled_from(("1", "2026-11-01", "v2.b"))),
        effective_on=draw(days),
        bands=Bands(
            very_soon_days=very_soon, soon_days=very_soon + draw(st.integers(0, 60))
        ),
        quotas=tuple(
            draw(st.lists(quota_rules, max_size=3, unique_by=lambda rule: rule.quota))
        ),
        hold=Hold(
            percent=draw(st.integers(0, 100)),
            until_days_ahead=draw(st.integers(0, 10)),
            bands=draw(bands),
        ),
        notice=Notice(
            short_days=short,
            usual_days=short + draw(st.integers(0, 10)),
            short_bands=draw(bands),
        ),
        offer=OfferRules(
            window_hours=draw(st.integers(1, 240)),
            latest_the_day_before=draw(clocks),
            free_declines=draw(st.integers(0, 3)),
            sit_out_nights=draw(st.integers(1, 60)),
        ),
        clock=NightClock(
            freeze_at=draw(clocks), beacon_delay_min=draw(st.integers(1, 720))
        ),
    )


some_rulesets = st.just(DEFAULT_RULESET) | rulesets()

availabilities = st.builds(
    Availability,
    weekdays_excluded=st.frozensets(st.integers(1, 7), max_size=4),
    dates_excluded=st.frozensets(
        st.integers(0, 20).map(lambda ahead: NIGHT + timedelta(days=ahead)), max_size=4
    ),
    short_notice=st.booleans(),
)


@st.composite
def open_slots(draw, slot: str):
    published = draw(st.integers(0, 5))
    starts_at = datetime.combine(
        NIGHT + timedelta(days=draw(st.integers(0, 12))),
        time(draw(st.integers(9, 11)), draw(st.sampled_from((0, 30)))),
    )
    return OpenSlot(
        slot=slot,
        site=draw(st.sampled_from(SITES)),
        starts_at=starts_at,
        minutes=30,
        motifs=draw(st.frozensets(st.sampled_from(FEW_MOTIFS), min_size=1)),
        places=draw(st.integers(0, published)),
        published=published,
    )


@st.composite
def slot_lists(draw, max_size: int = 8):
    count = draw(st.integers(0, max_size))
    return [draw(open_slots(f"s{number}")) for number in range(count)]


@st.composite
def candidates(draw, label: str):
    ahead = draw(st.none() | st.integers(-30, 70))
    return Candidate(
        label=label,
        motif=draw(st.sampled_from(FEW_MOTIFS)),
        sites=draw(st.frozensets(st.sampled_from(SITES), min_size=1)),
        end_of_right_on=None if ahead is None else NIGHT + timedelta(days=ahead),
        registered_on=NIGHT - timedelta(days=draw(st.integers(0, 200))),
        availability=draw(availabilities),
        people=draw(st.integers(1, 8)),
    )


def label(number: int) -> str:
    """Return a label for a number; labels of tests need no luck."""
    return f"{number:064x}"


@st.composite
def candidate_lists(draw, max_size: int = 10):
    count = draw(st.integers(0, max_size))
    return [draw(candidates(label(number))) for number in range(count)]


assert set(FEW_MOTIFS) <= set(MOTIFS)
