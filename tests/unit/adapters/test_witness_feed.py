"""The feed: what every reader of feeds keeps of a commitment."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

from service.adapters.beacon import quicknet
from service.adapters.witness.feed import feed
from service.draw.canonical import canonical_bytes
from tests.night_views import a_night

ATOM = "{http://www.w3.org/2005/Atom}"
ADDRESS = "https://rdv.example/v1/feed/isere"


def written(
    *nights: object, name: str = "Préfecture de l'Isère"
) -> ElementTree.Element:
    text = feed(
        nights,  # type: ignore[arg-type]
        name=name,
        address=ADDRESS,
        root="https://rdv.example",
    )
    return ElementTree.fromstring(text)  # noqa: S314 - our own text


def test_each_entry_holds_the_very_document_that_is_signed() -> None:
    entry = written(a_night()).find(f"{ATOM}entry")

    assert entry is not None
    content = entry.findtext(f"{ATOM}content") or ""
    told = json.loads(content)
    assert canonical_bytes(told).decode() == content
    assert told["commitment"] == a_night().commitment
    assert told["signature"] == a_night().signature


def test_an_entry_says_how_anybody_computes_when_the_round_exists() -> None:
    chain = quicknet.CHAIN_NAME
    entry = written(a_night(beacon_chain=chain)).find(f"{ATOM}entry")

    assert entry is not None
    summary = entry.findtext(f"{ATOM}summary") or ""
    assert summary.endswith(
        ", soit 1692803367 + (n - 1) × 3 s depuis 1970 (n = le tour)"
    )
    unknown = written(a_night(beacon_chain="drand/autre")).find(f"{ATOM}entry")
    assert unknown is not None
    assert "depuis 1970" not in (unknown.findtext(f"{ATOM}summary") or "")


def test_the_newest_night_comes_first_and_dates_the_feed() -> None:
    root = written(a_night(22), a_night(24), a_night(23))

    titles = [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]

    assert titles == [f"Tirage du 2026-11-{day}" for day in (24, 23, 22)]
    assert root.findtext(f"{ATOM}updated") == "2026-11-24T19:00:02Z"


def test_what_happens_after_the_commitment_changes_no_entry() -> None:
    later = replace(
        a_night(),
        state="published",
        randomness="11" * 32,
        postponed_at=datetime(2026, 11, 24, tzinfo=UTC),
        served=3,
    )

    assert ElementTree.tostring(written(a_night())) == ElementTree.tostring(
        written(later)
    )


def test_a_feed_without_nights_is_a_feed() -> None:
    root = written()

    assert root.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{needed}")
    assert list(root.iter(f"{ATOM}entry")) == []


def test_a_night_without_commitment_has_no_entry() -> None:
    root = written(replace(a_night(), committed_at=None))

    assert list(root.iter(f"{ATOM}entry")) == []


def test_names_cannot_break_the_document() -> None:
    name = "<script>&\"'</feed>"

    assert name in (written(a_night(), name=name).findtext(f"{ATOM}title") or "")


def test_every_entry_has_what_the_format_demands() -> None:
    for entry in written(a_night(22), a_night(23)).iter(f"{ATOM}entry"):
        for needed in ("id", "title", "updated", "published", "summary"):
            assert entry.findtext(f"{ATOM}{needed}")
