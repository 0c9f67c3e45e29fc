"""What holds for every person, however they type."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from service.domain.contact import Contact, EmailAddress, PhoneNumber
from service.domain.countries import COUNTRIES, alpha_2, country_code
from service.domain.errors import DomainError
from service.domain.identity import (
    AgdrefNumber,
    BirthDate,
    Identity,
    Names,
    TravelDocument,
)
from service.domain.reference import Reference
from tests.strategies_domain import (
    agdref_numbers,
    birth_dates,
    full_birth_dates,
    identities,
    names,
)

anything = st.text(st.characters(exclude_categories=()), max_size=200)
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def refused_or_silent(parse, *typed):
    """Return the refusal, or None; any other exception fails the test."""
    try:
        parse(*typed)
    except DomainError as refusal:
        return refusal
    return None


@given(typed=anything)
def test_anything_typed_is_read_or_refused_by_name_without_showing_it(typed):
    for parse in (
        AgdrefNumber.parse,
        BirthDate.parse,
        EmailAddress.parse,
        PhoneNumber.parse,
        Reference.parse,
        Names.parse,
        country_code,
    ):
        refusal = refused_or_silent(parse, typed)
        if refusal is not None and len(typed.strip()) > 2:
            assert typed not in str(refusal) or typed in refusal.title


@given(kind=anything, number=anything, country=anything)
def test_any_document_is_read_or_refused_by_name(kind, number, country):
    refused_or_silent(TravelDocument.parse, kind, number, country)
    refused_or_silent(TravelDocument.parse, "passport", number, "FR")


@given(number=agdref_numbers, cuts=st.sets(st.integers(1, 8)))
def test_spaces_case_and_digits_of_another_script_change_nobody(number, cuts):
    typed = "".join(
        f" {letter}" if at in cuts else letter for at, letter in enumerate(number.text)
    )

    assert AgdrefNumber.parse(typed.lower().translate(ARABIC_INDIC)) == number


@given(found=names)
def test_names_read_again_are_the_same(found):
    assert Names.parse(found.family_name, found.given_names) == found


@given(found=names)
def test_names_are_stored_composed_and_without_anything_invisible(found):
    for text in (found.family_name, found.given_names or ""):
        assert unicodedata.is_normalized("NFC", text)
        assert not {unicodedata.category(character) for character in text} & {
            "Cc",
            "Cs",
            "Co",
            "Cn",
            "So",
        }


@given(found=names)
def test_folding_twice_folds_once(found):
    once = found.folded
    if once and len(once) <= 100:
        assert Names.parse(once).folded == once


@given(one=birth_dates, other=birth_dates)
def test_possible_equals_go_both_ways(one, other):
    assert one.may_be_same_as(one)
    assert one.may_be_same_as(other) == other.may_be_same_as(one)


@given(born=birth_dates)
def test_a_birth_date_is_read_back_from_its_text(born):
    assert BirthDate.parse(born.text) == born
    assert born.earliest <= born.latest


@given(identity=identities)
def test_an_identity_is_read_back_from_its_record(identity):
    assert Identity.from_json(identity.to_json()) == identity


@given(identity=identities)
def test_no_repr_of_an_identity_shows_its_key(identity):
    shown = repr((identity, identity.proof, identity.names, identity.birth_date))

    assert repr(identity) == "Identity(…)"
    assert identity.key_material().decode().split(":")[-1] not in shown


@given(one=identities, other=identities)
def test_different_proofs_are_different_keys(one, other):
    def person(identity):
        proof = identity.proof
        if isinstance(proof, AgdrefNumber):
            return proof
        return (proof.kind, proof.issuer, proof.number)

    same_person = person(one) == person(other)

    assert (one.key_material() == other.key_material()) == same_person


@given(born=full_birth_dates, found=names, number=agdref_numbers)
def test_a_number_alone_makes_the_key(born, found, number):
    identity = Identity(number, found, born)

    assert identity.key_material() == f"agdref:v1:{number.text}".encode()


def test_every_country_is_known_under_all_its_codes():
    assert len(COUNTRIES) == 253
    for country in COUNTRIES:
        two = alpha_2(country)
        assert country_code(country.lower()) == country
        assert two is None or country_code(two) == country
    assert country_code("RKS") == "XKX"
    assert {c for c in COUNTRIES if alpha_2(c) is None} == {"XXA", "XXB", "XXC"}


@given(luck=st.binary(min_size=5, max_size=5))
def test_a_reference_survives_the_telephone(luck):
    reference = Reference.from_random(luck)

    assert reference.text.isalnum()
    assert Reference.parse(reference.spelled.lower()) == reference


@given(
    luck=st.binary(min_size=5, max_size=5),
    at=st.integers(0, 8),
    wrong=st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"),
)
def test_one_mistyped_character_is_noticed(luck, at, wrong):
    right = Reference.from_random(luck).text
    typed = right[:at] + wrong + right[at + 1 :]

    refusal = refused_or_silent(Reference.parse, typed)

    assert (refusal is None) == (typed == right)


@given(luck=st.binary(min_size=5, max_size=5), at=st.integers(0, 7))
def test_two_neighbours_swapped_are_noticed(luck, at):
    right = Reference.from_random(luck).text
    typed = right[:at] + right[at + 1] + right[at] + right[at + 2 :]

    refusal = refused_or_silent(Reference.parse, typed)

    assert (refusal is None) == (typed == right)


@given(digits=st.from_regex(r"[1-57-9][0-9]{8}", fullmatch=True))
def test_a_french_number_is_one_number_however_it_is_dialled(digits):
    spellings = (f"+33{digits}", f"0033 {digits}", f"+33 (0){digits}", f"+33.0{digits}")

    read = {PhoneNumber.parse(spelling).text for spelling in spellings}

    assert read == {f"+33{digits}"}


@given(language=anything)
def test_any_language_is_offered_or_refused(language):
    refusal = refused_or_silent(
        lambda: Contact.parse(email=None, phone=None, language=language)
    )

    assert refusal is None or refusal.field == "language"
