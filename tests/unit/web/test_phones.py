"""A telephone number is read as it is written on a piece of paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.contact import PhoneNumber
from service.domain.errors import InvalidPhoneNumberError
from service.web.phones import e164


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("06 39 98 00 00", "+33639980000"),
        ("06.39.98.00.00", "+33639980000"),
        ("06-39-98-00-00", "+33639980000"),
        ("+33 (0)6 39 98 00 00", "+33639980000"),
        ("0033 6 39 98 00 00", "+33639980000"),
        ("٠٦٣٩٩٨٠٠٠٠", "+33639980000"),
        ("০৬৩৯৯৮০০০০", "+33639980000"),
        ("０６３９９８００００", "+33639980000"),
        ("0692 12 34 56", "+262692123456"),
        ("0690 30 12 34", "+590690301234"),
        ("+212 612-345678", "+212612345678"),
        ("+1 (416) 555-0123", "+14165550123"),
        ("00213 551 23 45 67", "+213551234567"),
    ],
)
def test_a_number_is_read_however_it_is_written(typed, read):
    assert e164(typed) == read
    assert PhoneNumber.parse(e164(typed)).text == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("06 39 01 00 01", "+262639010001"),
        ("0639 69 00 01", "+262639690001"),
        ("0692 12 34 56", "+262692123456"),
        ("0690 30 12 34", "+590690301234"),
        ("0694 20 12 34", "+594694201234"),
        ("0696 20 12 34", "+596696201234"),
        ("06 39 98 00 01", "+33639980001"),
        ("06 12 34 56 78", "+33612345678"),
    ],
)
def test_06_39_is_mayotte_but_for_the_block_that_nobody_holds(typed, read):
    """The domain, which knows no library, reads what ``phonenumbers`` reads."""
    assert e164(typed) == read
    assert PhoneNumber.parse(typed).text == read


@pytest.mark.parametrize(
    "typed",
    [
        "12",
        "abc",
        "06 39",
        "+",
        "+999999999999999999",
        "ab 06 39 98 00 00",
        "0639980000; DROP",
        "0639980000\u202e",
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(InvalidPhoneNumberError) as refused:
        e164(typed)
    assert typed not in str(refused.value)


@given(st.text(max_size=60))
def test_anything_typed_is_a_number_of_the_domain_or_a_named_refusal(typed):
    try:
        found = e164(typed)
    except InvalidPhoneNumberError:
        return
    assert found.startswith("+")
    assert found[1:].isascii()
    assert found[1:].isdigit()
