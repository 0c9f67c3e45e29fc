"""A key that would sign anything signs nothing here, whatever a library says."""

import json

import pytest

import verify_tour_de_role as alone
from service.adapters.signer import is_valid_signature
from service.draw.canonical import canonical_bytes
from service.draw.verify import NotATranscriptError, read_kept, verify
from tests.strategies_draw import is_signed
from tests.unit.draw import edges
from tests.unit.draw.verifying import full

EDGES = json.loads(edges.FILE.read_text("utf-8"))


def said(check):
    """Whether the program takes it, with one library or another behind."""

    def taken(statement):
        try:
            read_kept([statement], check)
        except NotATranscriptError:
            return False
        return True

    return taken


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge["what"])
def test_every_edge_is_judged_as_it_was_agreed(edge):
    statement, holds = edge["statement"], edge["holds"]

    assert said(is_signed)(statement) is holds
    assert said(is_valid_signature)(statement) is holds
    assert alone.is_committed(statement) is holds


def test_the_program_itself_refuses_them_before_any_library_is_asked():
    refused = [edge for edge in EDGES if not said(lambda *_: True)(edge["statement"])]

    assert len(refused) == 14 + 3
    assert not any(edge["holds"] for edge in refused)


@pytest.mark.parametrize("edge", EDGES[:14], ids=lambda edge: edge["what"])
def test_a_night_under_such_a_key_is_not_signed(edge):
    found = full()
    found["signature"] = edge["statement"]["signature"]

    ours = verify(found, check_signature=lambda *_: True)
    theirs = alone.checks_of(alone.parse(canonical_bytes(found)))

    assert {one.name: one.outcome for one in ours}["signature"] == "failed"
    assert {name: holds for name, holds, _ in theirs}["signature"] is False


def test_the_frozen_cases_are_those_that_are_described():
    cases = [{"what": a, "holds": b, "statement": c} for a, b, c in edges.cases()]

    assert cases == EDGES
    assert sum(edge["holds"] for edge in EDGES) == 3
