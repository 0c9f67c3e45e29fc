"""The convocation on paper and in a calendar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from service.adapters.papers.calendar import (
    ALARM_BEFORE,
    NoAppointmentError,
    calendar_of,
)
from service.adapters.papers.convocation import convocation_content
from service.adapters.papers.press import printed
from service.adapters.papers.tongues import Tongues
from service.domain.motifs import MOTIFS
from service.guide_file import load_guide
from service.usecases.desk.doors_views import CompanionView, DoorsView
from service.usecases.records.papers import ConvocationPaper
from service.words.checklists import to_bring
from service.words.i18n import words_in
from tests.unit.papers import samples
from tests.unit.papers.reading import is_accessible, opened, text_of
from tests.unit.test_guide_file import EXAMPLE

FR = words_in("fr")


def print_now(paper: ConvocationPaper, language: str = "fr") -> bytes:
    content = convocation_content(paper, Tongues.of(language))
    return printed("convocation", content, paper.issued_on)


def pages_of(pdf: bytes) -> list[str]:
    return [
        " ".join(page.extract_text().replace("\u00a0", " ").replace("’", "'").split())
        for page in opened(pdf).pages
    ]


def test_one_side_to_show_and_one_for_the_person_alone() -> None:
    shown, own = pages_of(print_now(samples.convocation()))

    for part in (
        "Convocation",
        "Jeudi 3 décembre 2026 à 10 h 20",
        "Préfecture, Grenoble",
        "12 place de Verdun, 38000 Grenoble",
        "SPÉCIMEN",
        "2 février 1994",
        "••••••••01",
        "7ZK4-M2QD-X9B8",
        "04 76 60 34 00",
        "L. 311-3-1",
    ):
        assert part in shown, part
    for private in ("salarié", "9900000001", "Ce que vous apportez"):
        assert private not in shown
    for part in (
        "Renouvellement « salarié »",
        "L'autorisation de travail",
        "fauteuil roulant",
        "04 76 60 34 00",
        "Un proche, un accompagnant ou un interprète peut venir",
        "votre ancienneté repartira de zéro",
        "Venez quand même",
    ):
        assert part in own, part


@pytest.mark.parametrize("language", ["fr", "en", "ar", "zh", "bn"])
def test_it_fits_two_sides_and_is_accessible_in_every_language(language: str) -> None:
    pdf = print_now(samples.convocation(), language)

    is_accessible(pdf, "Convocation")
    assert len(opened(pdf).pages) == 2


@pytest.mark.parametrize("language", ["zh", "bn"])
def test_a_language_we_have_no_letters_for_gets_english_and_is_told(
    language: str,
) -> None:
    said = text_of(print_now(samples.convocation(), language))

    assert "ne peut pas être imprimé dans votre langue" in said
    assert "This paper cannot be printed in your language" in said
    assert "Come 10 minutes early" in said


@pytest.mark.parametrize("motif", [slug for slug, one in MOTIFS.items() if one.in_draw])
def test_every_motif_has_its_papers_to_bring(motif: str) -> None:
    said = text_of(print_now(samples.convocation(motif=motif)))

    for paper in to_bring(motif):
        assert FR.gettext(paper).replace("\u00a0", " ").replace("’", "'") in said


def test_a_family_is_summoned_by_name() -> None:
    companion = CompanionView(
        family_name="SPÉCIMEN", given_names="Lina", birth_date="2019-03"
    )
    view = samples.view(
        people=2, offer=samples.offer(), doors=DoorsView(companions=(companion,))
    )
    pdf = print_now(samples.convocation(view=view, people=2))
    said = text_of(pdf)

    assert "SPÉCIMEN Lina, 03/2019" in said
    assert "Personnes 2" in said
    assert len(opened(pdf).pages) == 2


def test_it_tells_what_the_prefecture_states_of_the_place() -> None:
    guide = load_guide(EXAMPLE)
    guide = replace(guide, sites={"grenoble": guide.access("centre")})
    paper = samples.convocation(motif="aes")
    content = convocation_content(paper, Tongues.of("ar"), guide)
    pdf = printed("convocation", content, paper.issued_on)

    _, own = pages_of(pdf)
    is_accessible(pdf, "Convocation")
    for told in (
        "Tram 1, arrêt Hôtel de Ville",
        "Entrée sans marche : oui",
        "Boucle magnétique pour appareil auditif : non",
        "Dites-le avant de venir : 01 99 00 12 34",
        "Le relevé de carrière",
    ):
        assert told in own, told
    kept = calendar_of(paper.view, guide=guide).decode().replace("\r\n ", "")
    assert "01 99 00 12 34" in kept.replace("\u00a0", " ")


def test_without_a_telephone_it_names_none() -> None:
    said = text_of(print_now(samples.convocation(phone=None)))

    assert "Appelez" not in said
    assert "Dites-le à l'accueil en arrivant" in said


def test_equal_convocations_are_equal_bytes() -> None:
    assert print_now(samples.convocation()) == print_now(samples.convocation())


# --- the calendar


def event_in(content: bytes) -> tuple[Calendar, object]:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    (event,) = calendar.events
    return calendar, event


def view(**changes: object) -> object:
    return samples.view(offer=samples.offer(**changes))


def test_a_calendar_gets_the_hour_of_paris_the_place_and_what_to_bring() -> None:
    content = calendar_of(samples.convocation().view, phone="0476603400")
    calendar, event = event_in(content)

    assert calendar["method"] == "PUBLISH"
    assert event["dtstart"].dt.astimezone(UTC) == datetime(
        2026, 12, 3, 9, 20, tzinfo=UTC
    )
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=20)
    assert b"DTSTART;TZID=Europe/Paris:20261203T102000" in content
    assert str(event["location"]).endswith("12 place de Verdun, 38000 Grenoble")
    assert "justificatif de domicile" in event["description"]
    assert "04\u00a076" in event["description"] or "04 76" in event["description"]
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_summer_and_winter_are_the_hours_of_paris_without_our_tables() -> None:
    for starts_at, utc_hour in (
        (datetime(2027, 3, 26, 10), 9),  # noqa: DTZ001
        (datetime(2027, 3, 29, 10), 8),  # noqa: DTZ001
        (datetime(2027, 10, 29, 10), 8),  # noqa: DTZ001
        (datetime(2027, 11, 2, 10), 9),  # noqa: DTZ001
    ):
        made = samples.view(offer=samples.offer(starts_at=starts_at))
        calendar, event = event_in(calendar_of(made))
        zone = calendar.timezones[0].to_tz(lookup_tzid=False)
        naive = event["dtstart"].dt.replace(tzinfo=None)
        assert naive.replace(tzinfo=zone).astimezone(UTC).hour == utc_hour


def test_the_alarm_rings_two_days_before() -> None:
    _, event = event_in(calendar_of(samples.convocation().view))
    (alarm,) = event.walk("VALARM")

    assert alarm["trigger"].dt == -ALARM_BEFORE == timedelta(hours=-48)


def test_a_place_given_back_cancels_the_same_appointment() -> None:
    kept = samples.view(offer=samples.offer())
    back = samples.view(offer=samples.offer(state="cancelled"))
    _, event = event_in(calendar_of(kept))
    calendar, cancelled = event_in(calendar_of(back))

    assert calendar["method"] == "CANCEL"
    assert cancelled["uid"] == event["uid"]
    assert cancelled["sequence"] > event["sequence"]
    assert cancelled["status"] == "CANCELLED"
    assert cancelled.walk("VALARM") == []


def test_a_calendar_tells_no_motif_and_no_name() -> None:
    made = samples.view(motif="soins", offer=samples.offer())
    content = calendar_of(made).decode()

    for personal in ("malade", "soins", "SPÉCIMEN", "Noor", "7ZK4M2QDX@"):
        assert personal not in content


def test_the_identifier_is_the_same_for_ever_and_another_for_another_place() -> None:
    first = event_in(calendar_of(samples.view(offer=samples.offer())))[1]["uid"]
    again = event_in(calendar_of(samples.view(offer=samples.offer()), language="ar"))
    other = samples.view(
        offer=samples.offer(starts_at=datetime(2026, 12, 4, 9))  # noqa: DTZ001
    )

    assert again[1]["uid"] == first
    assert event_in(calendar_of(other))[1]["uid"] != first


@pytest.mark.parametrize("state", ["awaiting", "declined", "lapsed", None])
def test_there_is_no_calendar_without_a_confirmed_place(state: str | None) -> None:
    offer = samples.offer(state=state) if state else None
    with pytest.raises(NoAppointmentError):
        calendar_of(samples.view(offer=offer))


def test_a_hostile_site_name_adds_no_line_of_its_own() -> None:
    made = samples.view(
        offer=samples.offer(site_name="X\r\nATTENDEE:mailto:a@b\r\nBEGIN:VALARM")
    )
    _, event = event_in(calendar_of(made))

    assert "attendee" not in event
    assert len(event.walk("VALARM")) == 1
