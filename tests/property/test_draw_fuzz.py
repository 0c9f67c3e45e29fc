"""Any bytes at all end in an answer or in a refusal on one line, never otherwise."""

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

import verify_tour_de_role as alone
from service.draw.canonical import RefusedInputError, canonical_bytes, parse_strict
from service.draw.commitment import Commitment
from service.draw.model import Pool
from service.draw.replay import replay
from service.draw.verify import (
    link_of,
    read_kept,
    verify,
    verify_chain,
    verify_line,
)
from tests.strategies_draw import (
    DRAW_VECTORS,
    LABELS,
    entry,
    is_signed,
    lines_of,
    one_bit_changed,
    pool_of,
    pools,
    transcript_of,
)

INPUT = json.loads(DRAW_VECTORS[8].read_text("utf-8"))["input"]
NIGHT = transcript_of(
    pool_of([1, 1], [([0], [1])], [entry(label) for label in LABELS[:4]])
)
FULL = parse_strict(canonical_bytes(NIGHT.full()))
REDUCED = parse_strict(canonical_bytes(NIGHT.reduced()))
LINE = parse_strict(canonical_bytes(lines_of(NIGHT).line(LABELS[0])))
READERS = (
    replay,
    lambda text: verify(parse_strict(text), check_signature=is_signed),
    lambda text: verify_line(parse_strict(text), REDUCED),
    lambda text: verify_line(LINE, parse_strict(text)),
    lambda text: verify_chain([link_of(parse_strict(text)), link_of(FULL)]),
    lambda text: read_kept([parse_strict(text)], is_signed),
    lambda text: Pool.from_json(parse_strict(text)),
    lambda text: Commitment.from_json(parse_strict(text)),
    lambda text: canonical_bytes(parse_strict(text)),
)

any_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=5)
    | st.sampled_from(
        [LABELS[0], "tour-de-role/draw/1", "00" * 32, "2026-12-01T09:00"]
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=10,
)


def paths(value, here=()):
    """Every place inside a value."""
    yield here
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, child in children:
        yield from paths(child, (*here, step))


@st.composite
def nearly(pick, value):
    """A value with one place inside it replaced, taken away, or repeated."""
    copied = json.loads(json.dumps(value))
    way = pick(st.sampled_from([path for path in paths(value) if path]))
    found = copied
    for step in way[:-1]:
        found = found[step]
    if pick(st.booleans()):
        found[way[-1]] = pick(any_json)
    elif isinstance(found, list) and pick(st.booleans()):
        found.insert(way[-1], found[way[-1]])
    else:
        del found[way[-1]]
    return copied


def refusal_of(reader, text):
    """What a reader refuses with, if it does; anything else is its mistake."""
    try:
        reader(text)
    except RefusedInputError as refused:
        return refused
    return None


def read_by_all(text):
    for reader in READERS:
        refused = refusal_of(reader, text)
        if refused is not None:
            assert refused.place
            assert "\n" not in str(refused)
            assert len(str(refused)) < 2_000


def read_alone(text):
    """The stand-alone file catches these, and no other, in its main."""
    with suppress(ValueError, TypeError, RecursionError):
        alone.checks_of(alone.parse(text))


@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_refusal(text):
    read_by_all(text)
    read_alone(text)


@given(any_json)
def test_any_json_ends_in_an_answer_or_a_refusal(value):
    text = json.dumps(value).encode()

    read_by_all(text)
    read_alone(text)


@given(nearly(INPUT))
def test_an_input_with_one_place_changed_ends_in_an_answer_or_a_refusal(value):
    read_by_all(json.dumps(value).encode())


@given(st.sampled_from([FULL, REDUCED]).flatmap(nearly))
def test_a_transcript_with_one_place_changed_ends_in_an_answer_or_a_refusal(value):
    text = json.dumps(value).encode()

    read_by_all(text)
    read_alone(text)


@given(nearly(LINE))
def test_a_line_with_one_place_changed_ends_in_an_answer_or_a_refusal(value):
    read_by_all(json.dumps(value).encode())


@given(st.integers(0, 10**9))
def test_an_input_with_one_bit_changed_ends_in_an_answer_or_a_refusal(seed):
    read_by_all(one_bit_changed(json.dumps(INPUT).encode(), seed))


@given(pools(sizes=(1, 2), quotas=2).flatmap(nearly))
def test_a_pool_is_refused_or_comes_back_as_it_was(value):
    try:
        text = canonical_bytes(value)
        pool = Pool.from_json(parse_strict(text))
    except RefusedInputError:
        return
    assert canonical_bytes(pool.to_json()) == text


@given(any_json)
def test_what_has_canonical_bytes_is_read_back_from_them(value):
    try:
        written = canonical_bytes(value)
    except RefusedInputError:
        return
    assert parse_strict(written) == value
    assert canonical_bytes(parse_strict(written)) == written
