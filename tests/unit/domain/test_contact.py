import pytest

from service.domain.contact import LANGUAGES, Contact, EmailAddress, PhoneNumber
from service.domain.errors import (
    InvalidEmailAddressError,
    InvalidPhoneNumberError,
    MalformedRecordError,
    UnknownLanguageError,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("awa.diop@example.org", "awa.diop@example.org"),
        ("  Awa+rdv@Example.ORG ", "Awa+rdv@example.org"),
        ("o'brien@example.co.uk", "o'brien@example.co.uk"),
        ("awa＠example.org", "awa@example.org"),
        ("a@xn--caf-dma.fr", "a@xn--caf-dma.fr"),
    ],
)
def test_an_address_is_read_as_typed(typed, text):
    assert EmailAddress.parse(typed).text == text


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "awa",
        "@example.org",
        "awa@",
        "awa@example",
        "awa@example.123",
        "a b@example.org",
        ".awa@example.org",
        "awa..d@example.org",
        "awa@-example.org",
        "awa@exa_mple.org",
        "awa@example.org\nBcc: x@example.org",
        "awa\x00@example.org",
        "awa@example.org\u202e",
        "😀@example.org",
        "<b>@example.org",
        "awa@ex😀mple.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 63 + ".example" * 30 + ".org",
        "a@" + "b" * 64 + ".org",
        "awa@example.org\ud800",
    ],
)
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(InvalidEmailAddressError):
        EmailAddress.parse(typed)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("06 12 34 56 78", "+33612345678"),
        ("06.12.34.56.78", "+33612345678"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("٠٦١٢٣٤٥٦٧٨", "+33612345678"),
        ("0690 12 34 56", "+590690123456"),
        ("0692123456", "+262692123456"),
        ("+213 551 23 45 67", "+213551234567"),
        ("00 44 7911 123456", "+447911123456"),
    ],
)
def test_a_telephone_is_read_as_typed(typed, text):
    assert PhoneNumber.parse(typed).text == text


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "612345678",
        "06 12 34 56",
        "06 12 34 56 78 9",
        "00 12 34 56",
        "+33 6 12 34",
        "+33 6 12 34 56 78 9",
        "+0612345678",
        "+1234567",
        "+1234567890123456",
        "+33 6 12 34 56 7x",
        "ab 06 12 34 56 78",
        "0612345678😀",
        "0612345678\u202e",
        "06 12 34 56 78; DROP TABLE",
    ],
)
def test_what_is_no_telephone_is_refused(typed):
    with pytest.raises(InvalidPhoneNumberError):
        PhoneNumber.parse(typed)


def test_a_person_without_telephone_and_address_is_not_refused():
    contact = Contact.parse(email=None, phone=" ", language="fr")

    assert contact == Contact(None, None, "fr")
    assert not contact.is_reachable


@pytest.mark.parametrize(
    ("email", "phone"), [("a@example.org", None), (None, "0612345678")]
)
def test_one_way_is_enough_to_be_reached(email, phone):
    assert Contact.parse(email=email, phone=phone, language="AR").is_reachable


@pytest.mark.parametrize(
    ("contact", "error", "field"),
    [
        (("x", None, "fr"), InvalidEmailAddressError, "email"),
        ((None, "x", "fr"), InvalidPhoneNumberError, "phone"),
        ((None, None, "de"), UnknownLanguageError, "language"),
    ],
)
def test_a_contact_is_refused_at_its_field(contact, error, field):
    email, phone, language = contact

    with pytest.raises(error) as refusal:
        Contact.parse(email=email, phone=phone, language=language)

    assert refusal.value.field == field
    assert "x" not in (refusal.value.field or "").split(".")


def test_ten_languages_are_offered_french_first():
    assert LANGUAGES == ("fr", "en", "ar", "es", "pt", "tr", "uk", "zh", "fa", "bn")


def test_no_repr_shows_how_to_reach_someone():
    contact = Contact.parse(email="awa@example.org", phone="0612345678", language="fr")

    shown = repr((contact, contact.email, contact.phone))

    assert "awa" not in shown
    assert "612" not in shown


@pytest.mark.parametrize(
    "contact",
    [
        Contact(None, None, "bn"),
        Contact.parse(email="a@example.org", phone="+213551234567", language="fa"),
    ],
)
def test_a_contact_is_read_back_from_its_record(contact):
    assert Contact.from_json(contact.to_json()) == contact


@pytest.mark.parametrize(
    "stored",
    ["", {"email": None}, {"email": 1, "phone": None, "language": "fr"}],
)
def test_a_record_that_is_no_contact_is_refused(stored):
    with pytest.raises(MalformedRecordError):
        Contact.from_json(stored)
