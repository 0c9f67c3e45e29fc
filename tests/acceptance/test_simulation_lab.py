"""The lab as a browser meets it, without a browser."""

import csv
import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO, StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from pypdf import PdfReader

from service.domain.ruleset import DEFAULT_RULESET
from simulation.frontier.advice import is_rising, is_settled, recommended
from simulation.frontier.measured import measured
from simulation.lab.app import create_app
from simulation.lab.frontier_words import NAMES
from simulation.lab.own import IN_VIEW as OWN_IN_VIEW
from simulation.lab.own import OWN_SLIDERS, own_changes, own_knobs
from simulation.lab.sliders import IN_VIEW, SLIDERS, changes, knobs, moved
from simulation.mechanisms.registry import RULES
from simulation.metrics.catalogue import METRICS
from simulation.scenarios.loader import catalogue, load

QUESTION = (
    "scenario=salle-attente-aleatoire&rule=waiting-room&seeds=5&applicants.no_show=0.2"
)


@pytest.fixture(scope="module")
def lab() -> Iterator[TestClient]:
    with TestClient(create_app(workers=1)) as client:
        yield client


class Fields(HTMLParser):
    """Names of the labelled fields, and what a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: set[str] = set()
        self.labels: set[str] = set()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag in {"input", "select"} and found.get("type") not in {
            "hidden",
            "checkbox",
        }:
            self.fields.add(str(found.get("id")))
        if tag == "label" and found.get("for"):
            self.labels.add(str(found["for"]))
        where = str(found.get("src") or found.get("href") or "")
        inline = tag in {"script", "style"} and not where
        if inline or "style" in found or where.startswith(("http", "//")):
            self.outside.append(f"{tag} {where}")


def test_every_field_of_the_form_has_a_label_and_nothing_leaves_the_page(
    lab: TestClient,
) -> None:
    for language in ("fr", "en"):
        page = Fields()
        page.feed(lab.get(f"/?language={language}").text)

        assert page.fields
        assert page.fields <= page.labels
        assert page.outside == []


def test_a_question_is_answered_and_its_address_gives_the_same_digits(
    lab: TestClient,
) -> None:
    first = lab.get(f"/compare?{QUESTION}")
    assert first.status_code == 200
    page = first
    while "Refresh" in page.headers:
        page = lab.get(f"/compare?{QUESTION}")
    csv = lab.get(f"/compare.csv?{QUESTION}").text

    with TestClient(create_app(workers=1)) as other:
        while "Refresh" in other.get(f"/compare?{QUESTION}").headers:
            pass
        again = other.get(f"/compare.csv?{QUESTION}").text

    assert csv == again
    assert "waiting-room,capture_share," in csv
    assert "--set applicants.no_show=0.2" in page.text
    assert lab.get(f"/compare.json?{QUESTION}").json()["seeds"] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("scenario=nowhere", "no scenario is called"),
        ("scenario=secret.toml", "no scenario is called"),
        ("rule=last-click", "no rule is called"),
        ("seeds=4", "a whole number from 5 to 100"),
        ("seeds=many", "a whole number"),
        ("agents.autobooker.count=999", "between 0 and 20"),
        ("agents.autobooker.count=2.5", "a whole number is expected"),
        ("agents.autobooker.count=some", "a number is expected"),
        ("surprise=1", "not a word of this page"),
        ("capacity.places_per_day=0", "between 1 and 500"),
        ("own.hold.percent=61", "between 0 and 60"),
        ("own.hold.percent=2.5", "a whole number is expected"),
        ("own.bands.soon_days=3", "not a ruleset"),
        ("own.offer.window_hours=3", "not a word of this page"),
        ("rule=ours-own", "move at least one parameter"),
    ],
)
def test_a_wrong_address_is_refused_in_words(
    lab: TestClient, query: str, said: str
) -> None:
    found = lab.get(f"/compare?{query}&language=en")
    french = lab.get(f"/compare?{query}")

    assert found.status_code == french.status_code == 400
    assert said in found.text
    assert said not in french.text
    assert 'lang="en"' not in french.text, "the refusal itself is in French"


OWN_QUESTION = (
    "scenario=salle-attente-aleatoire&rule=ours&seeds=5&own.hold.percent=0"
    "&own.bands.soon_days=20&demand.factor=0.5&capacity.places_per_day=8"
)


def test_our_rule_and_ours_with_other_parameters_stand_side_by_side(
    lab: TestClient,
) -> None:
    page = finished(lab, f"{OWN_QUESTION}&own.notice.usual_days=5&language=en")
    found = lab.get(f"/compare.json?{OWN_QUESTION}").json()

    with TestClient(create_app(workers=1)) as other:
        finished(other, OWN_QUESTION)
        again = other.get(f"/compare.json?{OWN_QUESTION}").json()

    assert found == again
    assert list(found["rules"]) == ["ours", "ours-own"]
    assert found["rules"]["ours"] != found["rules"]["ours-own"]
    assert found["own_ruleset"]["hold"]["percent"] == 0
    assert (
        "&amp;own.hold.percent=0&amp;own.bands.soon_days=20&amp;language=en"
        in page.text
    )
    assert "own.notice" not in page.text.split('id="link"')[1].split("</div>")[0]
    assert (
        page.text.count("your parameters and the published rule")
        + (page.text.count("with your parameters than"))
        == 2
    )
    assert "--own hold.percent=0 --own bands.soon_days=20" in page.text
    assert "(%): 20&nbsp;→&nbsp;0</li>" in page.text


def test_a_rule_that_is_the_published_one_is_not_played_twice(lab: TestClient) -> None:
    same = f"{QUESTION}&own.hold.percent=20"
    finished(lab, same)

    assert list(lab.get(f"/compare.json?{same}").json()["rules"]) == ["waiting-room"]


@pytest.mark.parametrize("path", ["/", "/compare", "/frontier"])
def test_a_language_that_nobody_wrote_is_refused_in_one_that_is_read(
    lab: TestClient, path: str
) -> None:
    asked = f"{path}?language=de"
    french = lab.get(asked)
    english = lab.get(asked, headers={"Accept-Language": "de, en;q=0.8, fr;q=0.1"})

    assert french.status_code == english.status_code == 400
    assert "cette page parle français (fr) et anglais (en)" in html.unescape(
        french.text
    ).replace("\xa0", " ")
    assert "this page speaks French (fr) and English (en)" in english.text


def test_the_address_to_share_holds_only_what_was_moved(lab: TestClient) -> None:
    whole = "&applicants.willing=0.45&demand.factor=1&agents.click_farm.people=0"
    page = lab.get(f"/compare?{QUESTION}{whole}")
    while "Refresh" in page.headers:
        page = lab.get(f"/compare?{QUESTION}{whole}")

    shared = (
        "/compare?scenario=salle-attente-aleatoire&amp;seeds=5&amp;rule=waiting-room"
        "&amp;applicants.no_show=0.2"
    )
    assert shared in page.text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_number_taken_away_has_its_trap_beside_it(
    lab: TestClient, language: str
) -> None:
    finished(lab, QUESTION)

    text = lab.get(f"/compare.csv?{QUESTION}&language={language}").text

    traps = {each.key: each.trap_fr if language == "fr" else each.trap_en
             for each in METRICS}  # fmt: skip
    lines = list(csv.DictReader(StringIO(text)))
    assert {line["number"] for line in lines} == traps.keys()
    assert all(line["trap"] == traps[line["number"]] for line in lines)


def finished(lab: TestClient, query: str) -> Response:
    page = lab.get(f"/compare?{query}")
    while "Refresh" in page.headers:
        page = lab.get(f"/compare?{query}")
    return page


def test_a_finished_comparison_can_be_taken_away(lab: TestClient) -> None:
    finished(lab, QUESTION)

    report = lab.get(f"/report.html?{QUESTION}")
    note = lab.get(f"/note.pdf?{QUESTION}")

    assert "attachment" in report.headers["content-disposition"]
    assert "python -m simulation compare salle-attente-aleatoire" in report.text
    assert note.headers["content-type"] == "application/pdf"
    assert len(PdfReader(BytesIO(note.content)).pages) == 2


def test_whoever_stops_keeps_what_is_done_under_its_own_address(
    lab: TestClient,
) -> None:
    asked = "scenario=salle-attente-aleatoire&rule=waiting-room"
    page = lab.get(f"/compare?{asked}&seeds=100")
    while '</section>\n<section class="notice' not in page.text:
        page = lab.get(f"/compare?{asked}&seeds=100")

    kept = lab.post(f"/stop?{asked}&seeds=100", follow_redirects=False)

    where = kept.headers["location"]
    count = int(parse_qs(urlsplit(where).query)["seeds"][0])
    assert kept.status_code == 303
    assert 5 <= count < 100
    page = lab.get(where)
    assert "Refresh" not in page.headers
    mine = lab.get(where.replace("/compare?", "/compare.csv?")).text
    with TestClient(create_app(workers=1)) as other:
        finished(other, where.partition("?")[2])
        assert other.get(where.replace("/compare?", "/compare.csv?")).text == mine


def test_what_would_take_hours_is_refused_before_it_starts(lab: TestClient) -> None:
    every = "&".join(f"rule={slug}" for slug in RULES)
    asked = f"/compare?scenario=isere-2024-la-seconde&seeds=100&{every}&demand.factor=2"
    said, dit = lab.get(f"{asked}&language=en"), lab.get(asked)

    assert said.status_code == dit.status_code == 400
    assert re.search(r"about \d+(\.\d)? hours: ask for \d+ repetitions", said.text)
    assert re.search(r"environ \d+(,\d)? heures.: demandez \d+ répétitions", dit.text)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_frontier_recommends_for_a_stated_load(
    lab: TestClient, language: str
) -> None:
    page = lab.get(f"/frontier?load=1.1&dated=0.75&longest=180&language={language}")

    chosen = recommended(measured().at(1.1, 0.75), 180)
    assert page.status_code == 200
    assert html.escape(NAMES["en" if language == "en" else "fr"][chosen.ruleset]) in (
        page.text
    )
    assert page.text.count('<svg class="map"') == 2
    assert measured().command.split("\n")[0] in html.unescape(page.text)


def test_the_frontier_gives_its_data(lab: TestClient) -> None:
    lines = lab.get("/frontier.csv").text.splitlines()

    assert len(lines) == len(measured().points) + 1
    assert len(lab.get("/frontier.json").json()["points"]) == len(measured().points)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("load=2", "only these were measured"),
        ("load=much", "only these were measured"),
        ("longest=0", "a number of days"),
        ("surprise=1", "not a word of this page"),
    ],
)
def test_a_frontier_that_was_not_measured_is_refused(
    lab: TestClient, query: str, said: str
) -> None:
    found = lab.get(f"/frontier?{query}&language=en")
    french = lab.get(f"/frontier?{query}")

    assert found.status_code == french.status_code == 400
    assert said in found.text
    assert said not in french.text


def test_every_page_holds_a_strict_policy(lab: TestClient) -> None:
    for path in ("/", "/frontier", "/compare?scenario=nowhere"):
        policy = lab.get(path).headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy


def test_data_that_is_not_ready_says_what_to_do(lab: TestClient) -> None:
    asked = "/compare.csv?scenario=sans-numerique&seeds=5&rule=ours"
    found, trouve = lab.get(f"{asked}&language=en"), lab.get(asked)

    assert found.status_code == 409
    assert "open /compare first" in found.text
    assert "ouvrez d'abord /compare" in trouve.text


def test_an_actor_comes_in_when_its_slider_leaves_nothing() -> None:
    scenario = load("sans-numerique")
    asked = {"agents.autobooker.count": "2", "agents.fake_identities.count": "0"}

    found = moved(scenario, asked)

    assert found.agents.autobooker is not None
    assert found.agents.autobooker.count == 2
    assert found.agents.fake_identities is None
    assert changes(scenario, asked) == ["agents.autobooker.count=2"]


def test_every_scenario_can_be_sent_as_its_form_shows_it() -> None:
    """A scenario's own number may lie beyond the slider; it is still its own."""
    for scenario in catalogue().values():
        shown = {knob.slider.name: f"{knob.value:g}" for knob in knobs(scenario, "fr")}
        rules = own_knobs(DEFAULT_RULESET, None, "fr")
        shown |= {knob.slider.name: f"{knob.value:g}" for knob in rules}

        assert changes(scenario, shown) == []
        assert own_changes(DEFAULT_RULESET, shown) == []
        assert all(knob.value <= knob.most for knob in knobs(scenario, "fr"))


def test_no_line_of_a_french_label_begins_with_a_colon() -> None:
    shown = [*knobs(load("S06"), "fr"), *own_knobs(DEFAULT_RULESET, None, "fr")]

    assert any(":" in knob.label for knob in shown)
    for knob in shown:
        assert " :" not in f"{knob.label} / {knob.source}"


def test_the_form_sent_back_unchanged_changes_nothing() -> None:
    for name in ("isere-plus-de-creneaux", "val-de-marne-2019-robots"):
        scenario = load(name)
        assert changes(scenario, {}) == []
        assert moved(scenario, {}) == scenario
    assert len({slider.name for slider in (*SLIDERS, *OWN_SLIDERS)}) == 23
    assert IN_VIEW + OWN_IN_VIEW == 12


@pytest.mark.parametrize(
    ("language", "rises", "least"),
    [
        ("fr", "un moment, pas un état", "au moins"),
        ("en", "a moment, not a", "at least"),
    ],
)
def test_where_losses_still_rise_the_page_says_that_no_setting_holds(
    lab: TestClient, language: str, rises: str, least: str
) -> None:
    """A year of a shortage is no state, and who still waits has not waited enough."""
    query = f"load=1.6&dated=0.75&longest=180&language={language}"
    short = html.unescape(lab.get(f"/frontier?{query}").text)
    enough = lab.get(f"/frontier?{query.replace('1.6', '0.9')}")

    assert "1.6" in short or "1,6" in short
    assert least in short
    rising = is_rising(recommended(measured().at(1.6, 0.75), 180))
    assert (rises in " ".join(short.split())) is rising
    assert rises not in html.unescape(enough.text)


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "trop peu pour conseiller"), ("en", "too few to")]
)
def test_nothing_is_recommended_from_a_few_repetitions(
    lab: TestClient, language: str, said: str
) -> None:
    """Wherever fewer than five were played, the page says so instead of advising."""
    for share in measured().shares:
        here = measured().at(1.2, share)
        page = lab.get(f"/frontier?load=1.2&dated={share:g}&language={language}")
        assert (said in " ".join(page.text.split())) is not is_settled(here)
