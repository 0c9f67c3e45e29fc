"""A night under another ruleset is the night that the freeze would have made."""

from dataclasses import replace

from hypothesis import event, given
from hypothesis import strategies as st

from service.domain.ruleset import Hold, Ruleset
from service.draw.canonical import canonical_bytes
from service.draw.freeze import freeze
from simulation.errors import LaboratoryError
from simulation.history.rebuild import under
from tests.strategies_domain import (
    NIGHT,
    bands,
    candidate_lists,
    quota_rules,
    rulesets,
    slot_lists,
    some_rulesets,
)


def frozen(ruleset, slots, people):
    return freeze("isere", NIGHT, ruleset, slots, people)


def said(pool):
    return canonical_bytes(pool.to_json())


@st.composite
def neighbours(draw, ruleset: Ruleset):
    """A ruleset that moves only what a pool may tell; at times, any other one."""
    if draw(st.integers(0, 4)) == 0:
        return draw(rulesets())
    hold, kept = ruleset.hold, list(ruleset.quotas)
    moved = [
        replace(rule, percent=draw(st.integers(0, 33)))
        if draw(st.booleans())
        else replace(rule, waited_days_min=draw(st.integers(0, 120)))
        for rule in kept
    ]
    added = draw(st.lists(quota_rules, max_size=1))
    quotas = {rule.quota: rule for rule in (*draw(st.permutations(moved)), *added)}
    return replace(
        ruleset,
        quotas=tuple(quotas.values())[draw(st.integers(0, 1)) :][:3],
        hold=Hold(
            percent=draw(st.sampled_from((0, hold.percent))),
            until_days_ahead=hold.until_days_ahead + draw(st.integers(0, 5)),
            bands=draw(bands),
        ),
    )


@given(
    slots=slot_lists(), people=candidate_lists(), ruleset=some_rulesets, data=st.data()
)
def test_what_is_not_refused_is_what_the_freeze_would_have_made(
    slots, people, ruleset, data
):
    """To the last byte; under its own ruleset, a pool is the one it was."""
    other = data.draw(neighbours(ruleset))
    pool = frozen(ruleset, slots, people)
    assert said(under(pool, ruleset).pool) == said(pool)

    try:
        rebuilt = under(pool, other)
    except LaboratoryError:
        event("refused")
        return

    event("left" if rebuilt.left else "played")
    if not rebuilt.left:
        assert said(rebuilt.pool) == said(frozen(other, slots, people))
