import pickle

import pytest

from service.domain.errors import (
    InvalidAgdrefNumberError,
    InvalidDocumentNumberError,
    InvalidNameError,
    MalformedRecordError,
    MissingNameError,
    NameTooLongError,
    UnknownCountryError,
    UnknownDocumentKindError,
)
from service.domain.identity import (
    AgdrefNumber,
    BirthDate,
    DocumentKind,
    Identity,
    Names,
    TravelDocument,
)


@pytest.mark.parametrize(
    "typed",
    [
        "9930123456",
        " 99 30 12 34 56 ",
        "99-30.12/34 56",
        "٩٩٣٠١٢٣٤٥٦",
        "９９３０１２３４５６",
    ],
)
def test_a_number_is_read_as_people_copy_it(typed):
    number = AgdrefNumber.parse(typed)

    assert number.text == "9930123456"
    assert number.is_usual
    assert number.question is None


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345678",
        "123456789012",
        "99301234é6",
        "9930123456😀",
        "9930123456\u202e",
        "9930123\x0056",
        "9930123456\ud800",
        "<b>993012</b>",
        "'; DROP TABLE",
    ],
)
def test_an_impossible_number_is_refused(typed):
    with pytest.raises(InvalidAgdrefNumberError):
        AgdrefNumber.parse(typed)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("993012345", "unusual-agdref-number"),
        ("75A30123456", "unusual-agdref-number"),
        ("x4rtbpfw4", "maybe-card-number"),
        ("ABCDEFGHI", "unusual-agdref-number"),
    ],
)
def test_an_unusual_number_earns_a_question_never_a_refusal(typed, question):
    number = AgdrefNumber.parse(typed)

    assert not number.is_usual
    assert number.question == question


def test_a_document_is_read_with_its_leading_zeros():
    document = TravelDocument.parse("passport", "00 ab-12", "dz")

    assert document == TravelDocument(DocumentKind.PASSPORT, "00AB12", "DZA")


def test_two_and_three_letters_name_one_country():
    short = TravelDocument.parse("passport", "123456", "ma")
    long = TravelDocument.parse("passport", "123456", "MAR")

    assert short == long


@pytest.mark.parametrize(
    ("document", "error", "field"),
    [
        (("library-card", "123456", "FR"), UnknownDocumentKindError, "kind"),
        (("passport", "12", "FR"), InvalidDocumentNumberError, "number"),
        (("passport", "1" * 21, "FR"), InvalidDocumentNumberError, "number"),
        (("passport", "12345😀", "FR"), InvalidDocumentNumberError, "number"),
        (("passport", "123456", "XX"), UnknownCountryError, "country"),
        (("passport", "123456", ""), UnknownCountryError, "country"),
    ],
)
def test_an_impossible_document_is_refused_at_its_field(document, error, field):
    with pytest.raises(error) as refusal:
        TravelDocument.parse(*document)

    assert refusal.value.field == field


def test_a_document_is_not_built_around_an_unknown_country():
    with pytest.raises(UnknownCountryError):
        TravelDocument(DocumentKind.PASSPORT, "123456", "fr")


@pytest.mark.parametrize(
    ("family", "given", "expected"),
    [
        ("  Diallo ", " Aïssatou  Marie ", Names("Diallo", "Aïssatou Marie")),
        ("O’Brien-d'Été", None, Names("O’Brien-d'Été")),
        ("Ñusta", "", Names("Ñusta")),
        ("محمد", "علی‌رضا", Names("محمد", "علی‌رضا")),
        ("தமிழ்", None, Names("தமிழ்")),
        ("ép. N'Diaye", "J. P.", Names("ép. N'Diaye", "J. P.")),
        ("E\u0301te\u0301", None, Names("Été")),
        ("a" * 100, None, Names("a" * 100)),
    ],
)
def test_names_are_kept_as_typed(family, given, expected):
    assert Names.parse(family, given) == expected


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_a_family_name_is_required(typed):
    with pytest.raises(MissingNameError) as refusal:
        Names.parse(typed, "Ana")

    assert refusal.value.field == "family_name"


@pytest.mark.parametrize("typed", ["a" * 101, "x" * 10_000])
def test_a_name_has_at_most_a_hundred_characters(typed):
    with pytest.raises(NameTooLongError):
        Names.parse("Diop", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Dupont\x00",
        "Du\npont",
        "\u202eDupont",
        "Dup\u2066ont",
        "Dup\u200font",
        "Dupont\ud800",
        "Dupont 😀",
        "<b>Dupont</b>",
        "x'; DROP TABLE registration; --",
        "' OR '1'='1",
        "Dupont9",
        "---",
        "́",
    ],
)
def test_what_belongs_in_no_name_is_refused_at_its_field(typed):
    with pytest.raises(InvalidNameError) as family:
        Names.parse(typed)
    with pytest.raises(InvalidNameError) as given:
        Names.parse("Dupont", typed)

    assert family.value.field == "family_name"
    assert given.value.field == "given_names"


@pytest.mark.parametrize(("family", "given"), [(" Diop", None), ("Diop", "A  B")])
def test_names_are_not_built_untrimmed(family, given):
    with pytest.raises(InvalidNameError):
        Names(family, given)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Nguyễn", "Văn-An"), ("NGUYEN", "van an")),
        (("O’Brien", None), ("o brien", None)),
        (("Łukasz", "Ægir"), ("LUKASZ", "AEGIR")),
        (("Diallo", "Xxx"), ("DIALLO", None)),
        (("Diallo", "SP"), ("diallo", "")),
        (("ﬁn", "Straße"), ("FIN", "STRASSE")),
    ],
)
def test_spellings_meet_in_their_folded_key(one, other):
    assert Names.parse(*one).folded == Names.parse(*other).folded


def test_swapped_names_are_proposed_and_different_ones_are_not():
    asked = Names.parse("Ben Salah", "Mohamed")

    assert asked.may_be_same_as(Names.parse("Mohamed", "Ben-Salah"))
    assert not asked.may_be_same_as(Names.parse("Ben Salah", "Ahmed"))


def test_vowels_of_indian_scripts_survive_folding():
    assert Names.parse("কা").folded != Names.parse("কি").folded


def test_one_number_is_one_key_whatever_the_name():
    one = Identity(
        AgdrefNumber.parse("9930 123 456"), Names("Diop"), BirthDate.parse("1990")
    )
    other = Identity(
        AgdrefNumber.parse("9930123456"), Names("Diop", "Awa"), BirthDate.parse("1991")
    )

    assert one.key_material() == other.key_material() == b"agdref:v1:9930123456"


@pytest.mark.parametrize("born", ["1990", "1990-05", "1990-05-04", "1989"])
def test_the_key_of_a_document_is_kind_country_and_number_alone(born):
    identity = Identity(
        TravelDocument.parse("passport", "0123 456", "dz"),
        Names("Diop"),
        BirthDate.parse(born),
    )

    assert identity.key_material() == b"document:v2:passport:DZA:0123456"


@pytest.mark.parametrize("kind", ["visa", "asylum", "ofpra"])
def test_a_french_paper_is_one_key_whatever_country_was_written(kind):
    def key(country):
        proof = TravelDocument.parse(kind, "1234567", country)
        return Identity(proof, Names("Diop"), BirthDate.parse("1990")).key_material()

    assert key("AF") == key("FR")


@pytest.mark.parametrize(
    "proof",
    [
        AgdrefNumber("9930123456"),
        TravelDocument(DocumentKind.OTHER, "ABC123", "XXA"),
    ],
)
def test_no_repr_shows_a_person(proof):
    identity = Identity(proof, Names("Diop", "Awa"), BirthDate(1990, 5, 4))
    shown = " ".join(
        map(repr, (identity, identity.proof, identity.names, identity.birth_date))
    )

    for secret in ("Diop", "Awa", "1990", "9930", "3456", "ABC123", "XXA"):
        assert secret not in shown
        assert secret not in str(identity)


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        {},
        {"agdref_number": "9930123456"},
        {
            "agdref_number": None,
            "document": None,
            "family_name": "Diop",
            "given_names": None,
            "birth_date": "1990",
        },
        {
            "agdref_number": "9930123456",
            "document": {"kind": "passport", "number": "123456", "country": "FRA"},
            "family_name": "Diop",
            "given_names": None,
            "birth_date": "1990",
        },
        {
            "agdref_number": 9930123456,
            "document": None,
            "family_name": "Diop",
            "given_names": None,
            "birth_date": "1990",
        },
    ],
)
def test_a_record_that_is_no_identity_is_refused(stored):
    with pytest.raises(MalformedRecordError) as refusal:
        Identity.from_json(stored)

    assert str(refusal.value) == "A stored record cannot be read back."


def test_a_refusal_names_its_place_and_travels_between_processes():
    refusal = MissingNameError("family_name").under("identity")

    copy = pickle.loads(pickle.dumps(refusal))  # noqa: S301 - our own bytes

    assert copy.field == "identity.family_name"
    assert copy.code == "missing-name"
    assert copy.title == "The family name is required."
    assert str(copy) == "identity.family_name: The family name is required."
    assert MissingNameError().under("identity").field == "identity"
