"""A paper's code can be copied by hand; what its square says can be read and signed."""

import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import (
    DomainError,
    InvalidPaperCodeError,
    MalformedPaperError,
)
from service.domain.paper_code import PaperCode
from service.domain.paper_token import (
    AcknowledgementFacts,
    ConvocationFacts,
    body_of,
    read_token,
    signed_bytes,
    token_of,
)

CODE = PaperCode("7ZK4M2QDX9B8")
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
codes = st.binary(min_size=7, max_size=7).map(PaperCode.from_random)
acknowledgements = st.builds(
    AcknowledgementFacts,
    code=codes,
    prefecture=st.sampled_from(["isere", "val-de-marne", "99"]),
    received_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
        lambda at: at.replace(second=0, microsecond=0, tzinfo=UTC)
    ),
    issued_on=days,
    first_night_on=days,
    nights=st.none() | st.integers(0, 9999),
    last_night_on=st.none() | days,
)
convocations = st.builds(
    ConvocationFacts, code=codes, prefecture=st.just("isere"), issued_on=days
)
facts = acknowledgements | convocations
signatures = st.binary(min_size=64, max_size=64)


def acknowledgement(**changes: object) -> AcknowledgementFacts:
    told: dict[str, object] = {
        "code": CODE,
        "prefecture": "isere",
        "received_at": datetime(2026, 11, 9, 1, 14, tzinfo=UTC),
        "issued_on": date(2026, 11, 20),
        "first_night_on": date(2026, 11, 9),
        "nights": 11,
        "last_night_on": date(2026, 11, 19),
    }
    return AcknowledgementFacts(**{**told, **changes})  # type: ignore[arg-type]


@given(codes)
def test_a_code_is_read_back_however_it_is_copied(code: PaperCode) -> None:
    assert len(code.text) == 12
    assert PaperCode.parse(code.spelled.lower().replace("-", " ")) == code
    assert PaperCode.parse(code.text.replace("0", "o").replace("1", "l")) == code


@given(codes, st.integers(0, 11), st.sampled_from(string.digits + "ABCDEFGHJK"))
def test_one_mistyped_character_is_noticed(
    code: PaperCode, at: int, wrong: str
) -> None:
    typed = code.text[:at] + wrong + code.text[at + 1 :]
    if typed == code.text:
        return
    with pytest.raises(InvalidPaperCodeError):
        PaperCode.parse(typed)


def test_the_square_of_an_accuse_says_plain_facts() -> None:
    assert body_of(acknowledgement()) == (
        "1.A.7ZK4M2QDX9B8.isere.202611090114.20261120.20261109.11.20261119"
    )


def test_the_square_of_a_convocation_does_not_say_when_or_where() -> None:
    told = ConvocationFacts(code=CODE, prefecture="isere", issued_on=date(2026, 11, 24))
    assert body_of(told) == "1.C.7ZK4M2QDX9B8.isere.20261124"


@given(facts, signatures)
def test_a_token_is_read_back(
    told: AcknowledgementFacts | ConvocationFacts, signature: bytes
) -> None:
    assert read_token(token_of(told, signature)) == (told, signature)


@given(facts, signatures, st.data())
def test_another_text_never_says_the_same(
    told: AcknowledgementFacts | ConvocationFacts, signature: bytes, data: st.DataObject
) -> None:
    text = token_of(told, signature)
    at = data.draw(st.integers(0, len(text) - 1))
    other = text[:at] + data.draw(st.characters(max_codepoint=0x6FF)) + text[at + 1 :]
    if other == text:
        return
    try:
        read, signed = read_token(other)
    except DomainError:
        return
    assert (signed_bytes(read), signed) != (signed_bytes(told), signature)


@given(st.text(max_size=600))
def test_any_text_is_refused_or_read(text: str) -> None:
    try:
        read_token(text)
    except DomainError:
        return
    raise AssertionError(text)  # nobody signs by accident


@pytest.mark.parametrize(
    "body",
    [
        "2.A.7ZK4M2QDX9B8.isere.202611090114.20261120.20261109.11.20261119",
        "1.B.7ZK4M2QDX9B8.isere.20261124",
        "1.C.7ZK4M2QDX9B9.isere.20261124",
        "1.C.7ZK4M2QDX9B8.ISERE.20261124",
        "1.C.7ZK4M2QDX9B8.isere.20261324",
        "1.C.7ZK4M2QDX9B8.isere.2026112",
        "1.A.7ZK4M2QDX9B8.isere.202611090114.20261120.20261109.011.20261119",
        "1.A.7ZK4M2QDX9B8.isere.202611090114.20261120.20261109.-1.20261119",
        "1.A.7ZK4M2QDX9B8.isere.20261109114.20261120.20261109.11.20261119",
        "",
    ],
)
def test_a_body_in_another_form_is_not_ours(body: str) -> None:
    with pytest.raises(DomainError):
        read_token(f"{body}.{'A' * 86}")


def test_a_token_of_another_length_is_not_read_at_all() -> None:
    for text in (token_of(acknowledgement(), b"x" * 64) + "A", "." * 100_000):
        with pytest.raises(MalformedPaperError):
            read_token(text)
