"""The lab as a browser meets it, without a browser."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from simulation.lab.app import create_app
from simulation.lab.sliders import SLIDERS, changes, moved
from simulation.scenarios.loader import load

QUESTION = (
    "scenario=salle-attente-aleatoire&rule=waiting-room&seeds=5&applicants.no_show=0.2"
)


@pytest.fixture(scope="module")
def lab() -> Iterator[TestClient]:
    with TestClient(create_app(workers=1)) as client:
        yield client


class Fields(HTMLParser):
    """Names of the labelled fields, and what would leave the page."""

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
        if tag in {"script", "link", "img", "iframe"}:
            self.outside.append(tag)


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
        ("agents.autobooker.count=some", "a number is expected"),
        ("surprise=1", "not a word of this page"),
    ],
)
def test_a_wrong_address_is_refused_in_words(
    lab: TestClient, query: str, said: str
) -> None:
    found = lab.get(f"/compare?{query}")

    assert found.status_code == 400
    assert said in found.text


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


def test_data_that_is_not_ready_says_what_to_do(lab: TestClient) -> None:
    found = lab.get("/compare.csv?scenario=sans-numerique&seeds=5&rule=ours")

    assert found.status_code == 409
    assert "open /compare first" in found.text


def test_an_actor_comes_in_when_its_slider_leaves_nothing() -> None:
    scenario = load("sans-numerique")
    asked = {"agents.autobooker.count": "2", "agents.fake_identities.count": "0"}

    found = moved(scenario, asked)

    assert found.agents.autobooker is not None
    assert found.agents.autobooker.count == 2
    assert found.agents.fake_identities is None
    assert changes(scenario, asked) == ["agents.autobooker.count=2"]


def test_the_form_sent_back_unchanged_changes_nothing() -> None:
    for name in ("isere-plus-de-creneaux", "val-de-marne-2019-robots"):
        scenario = load(name)
        assert changes(scenario, {}) == []
        assert moved(scenario, {}) == scenario
    assert len({slider.name for slider in SLIDERS}) == 12
