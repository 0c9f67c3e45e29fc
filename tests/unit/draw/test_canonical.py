"""One spelling of each value, and one place named in each refusal."""

import json
from types import MappingProxyType

import pytest

from service.draw.canonical import (
    DEEPEST_NESTING,
    LARGEST_INTEGER,
    InvalidJsonError,
    canonical_bytes,
    item,
    member,
    parse_strict,
)


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (LARGEST_INTEGER, "9007199254740991"),
        (-LARGEST_INTEGER, "-9007199254740991"),
        ("", '""'),
        ("é\u2028\x7f", '"é\u2028\x7f"'),
        ('\b\t\n\f\r"\\/\x00\x1f', '"\\b\\t\\n\\f\\r\\"\\\\/\\u0000\\u001f"'),
        ([], "[]"),
        ((1, [2, "3"]), '[1,[2,"3"]]'),
        ({}, "{}"),
        ({"b": 1, "a": {"d": 2, "c": None}}, '{"a":{"c":null,"d":2},"b":1}'),
        (MappingProxyType({"b": 1, "a": 2}), '{"a":2,"b":1}'),
        (nested(DEEPEST_NESTING + 1), "[" * 101 + "1" + "]" * 101),
    ],
)
def test_each_value_has_one_spelling(value, written):
    assert canonical_bytes(value) == written.encode()


def test_keys_stand_in_the_order_of_their_utf_16_code_units():
    # The example of RFC 8785 section 3.2.3: the emoji comes before U+FB33.
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }

    written = json.loads(canonical_bytes(value))

    assert list(written) == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]


@pytest.mark.parametrize(
    ("value", "place", "why"),
    [
        (1.0, "the document", "this kind of value has no JSON"),
        ([1, 2.5], "[1]", "this kind of value has no JSON"),
        ({"a": {"b c": {1}}}, 'a["b c"]', "this kind of value has no JSON"),
        ({1: 2}, "the document", "a key must be text"),
        ({"x": [{True: 2}]}, "x[0]", "a key must be text"),
        ([LARGEST_INTEGER + 1], "[0]", "a whole number within ±(2^53 - 1) is expected"),
        (-LARGEST_INTEGER - 1, "the document", "a whole number within"),
        ({"x": "\ud800"}, "x", "half of a surrogate pair"),
        ({"y": {"\udfff": 1}}, "y", "half of a surrogate pair"),
        (nested(DEEPEST_NESTING + 2), "[0]" * 101, "nested too deeply"),
    ],
)
def test_what_has_no_canonical_bytes_is_refused_in_its_place(value, place, why):
    with pytest.raises(InvalidJsonError) as refused:
        canonical_bytes(value)

    assert refused.value.place == place
    assert refused.value.why.startswith(why)


def test_a_refusal_begins_with_the_place_the_caller_gives():
    with pytest.raises(InvalidJsonError) as refused:
        canonical_bytes({"a": 0.5}, "pool.ruleset")

    assert str(refused.value) == "pool.ruleset.a: this kind of value has no JSON"


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        (b'{"a":1,"a":2}', "the document", "a key is repeated in this object"),
        (b'[0,{"x":{"k":1,"k":1}}]', "[1].x", "a key is repeated in this object"),
        (b'{"\\u0061":1,"a":2}', "the document", "a key is repeated in this object"),
        (b"[1.0]", "[0]", "a number must be whole, without point or exponent"),
        (b"[1e2]", "[0]", "a number must be whole, without point or exponent"),
        (b"[NaN]", "[0]", "a number must be whole, without point or exponent"),
        (b"-Infinity", "the document", "a number must be whole"),
        (b'{"n":9007199254740992}', "n", "a whole number within ±(2^53 - 1)"),
        (b"-9007199254740992", "the document", "a whole number within ±(2^53 - 1)"),
        (b"[" + b"9" * 5000 + b"]", "[0]", "a whole number within ±(2^53 - 1)"),
        (b'["\\ud800"]', "[0]", "half of a surrogate pair"),
        (b'["\\uDFFF\\uD800"]', "[0]", "half of a surrogate pair"),
        (b'"\\udc00"', "the document", "half of a surrogate pair"),
        (b'{"a":{"\\udc00":1}}', 'a["\\udc00"]', "half of a surrogate pair"),
        (b'"\\n"' + b"x", "line 1 column 5", "not JSON"),
        (b"\xff", "byte 0", "not UTF-8"),
        (b'{"a":"\xed\xa0\x80"}', "byte 6", "not UTF-8"),
        (b"\xef\xbb\xbf[]", "line 1 column 1", "not JSON"),
        (b"[1,\n]", "line 2 column 1", "not JSON"),
        (b"", "line 1 column 1", "not JSON"),
        (b"[" * 100_000, "the document", "nested too deeply"),
    ],
)
def test_what_two_readers_might_read_differently_is_refused(text, place, why):
    with pytest.raises(InvalidJsonError) as refused:
        parse_strict(text)

    assert refused.value.place == place
    assert refused.value.why.startswith(why)


@pytest.mark.parametrize("levels", [1, DEEPEST_NESTING, DEEPEST_NESTING + 2, 400])
def test_how_deep_one_may_nest_does_not_depend_on_how_a_letter_is_spelt(levels):
    plain, escaped = (
        b"[" * levels + letter + b"]" * levels for letter in (b'"a"', b'"\\u0061"')
    )

    assert parse_strict(plain) == parse_strict(escaped)


@pytest.mark.parametrize(
    ("lists", "named"), [(1, 1), (97, 97), (98, 98), (99, 98), (300, 98)]
)
def test_the_place_of_a_fault_is_named_as_deep_as_canonical_bytes_go(lists, named):
    with pytest.raises(InvalidJsonError) as refused:
        parse_strict(b'[0,{"a":' + b"[" * lists + b"1.5" + b"]" * lists + b"}]")

    assert refused.value.place == "[1].a" + "[0]" * named


def test_a_fault_under_many_long_keys_is_named_on_a_short_line():
    key, levels = "é" * 80, 400

    with pytest.raises(InvalidJsonError) as refused:
        parse_strict((f'{{"{key}":' * levels + "0.5" + "}" * levels).encode())

    assert len(str(refused.value)) < DEEPEST_NESTING * 6 * 82


def test_what_is_nested_too_deeply_may_be_read_but_has_no_canonical_bytes():
    value = parse_strict(b"[" * 200 + b"]" * 200)

    with pytest.raises(InvalidJsonError, match="nested too deeply"):
        canonical_bytes(value)


def test_the_largest_whole_numbers_on_both_sides_are_read():
    text = b"[9007199254740991,-9007199254740991]"

    assert parse_strict(text) == [LARGEST_INTEGER, -LARGEST_INTEGER]
    assert canonical_bytes(parse_strict(text)) == text


def test_what_is_allowed_is_read_as_it_stands():
    text = ' {"a": [1, -0, true, null, "\\ud83d\\ude00\\n"], "b": {"a": 5}} '

    assert parse_strict(text.encode()) == {
        "a": [1, 0, True, None, "\U0001f600\n"],
        "b": {"a": 5},
    }


def test_the_same_number_written_twice_is_the_same_number():
    assert parse_strict(b"[7,7,-7]") == [7, 7, -7]


def test_a_place_is_one_short_line_whatever_the_keys():
    assert member("", "a") == "a"
    assert member("pool", "a_1") == "pool.a_1"
    assert member("pool", "a\nb") == 'pool["a\\nb"]'
    assert member("pool", "1a") == 'pool["1a"]'
    assert member("pool", "é") == 'pool["\\u00e9"]'
    assert len(member("pool", "k" * 1000)) < 100
    assert member("", "a" * 80) == "a" * 80
    assert item("pool.slots", 3) == "pool.slots[3]"
