"""Two registrations that may be one person's, and many that are not."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.birth_date import BirthDate
from service.domain.identity import AgdrefNumber, Identity, TravelDocument
from service.domain.names import Names
from service.domain.near_matches import Known, Likeness, likeness_of, near_matches

BORN = BirthDate(1990, 5, 4)


def person(family, given=None, number="9900000001", born=BORN):
    proof = (
        TravelDocument.parse("passport", number[2:], "MLI")
        if number.startswith("P:")
        else AgdrefNumber(number)
    )
    return Identity(proof=proof, names=Names.parse(family, given), birth_date=born)


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        # spelling: marks, hyphens, apostrophes, case
        (("Traoré", "Aïcha"), ("TRAORE", "AICHA"), Likeness.SAME_NAMES),
        (("N'Diaye", "Awa-Marie"), ("N Diaye", "Awa Marie"), Likeness.SAME_NAMES),
        # order swapped
        (("Nguyen", "Linh"), ("Linh", "Nguyen"), Likeness.SAME_NAMES),
        # one field for everything
        (("Diallo", "Awa"), ("Diallo Awa", None), Likeness.SAME_NAMES),
        # «Xxx» and «SP» are what a card prints where there is no first name
        (("Rahman", "Xxx"), ("Rahman", None), Likeness.SAME_NAMES),
        (("Rahman", "SP"), ("Rahman", "XXX"), Likeness.SAME_NAMES),
        # names of other scripts have several Latin forms
        (("Hussein", "Mohamed"), ("Hussain", "Muhammad"), Likeness.OTHER_SPELLING),
        (("Oueslati", "Chaima"), ("Weslati", "Shayma"), Likeness.OTHER_SPELLING),
        (("Khadija", "Benali"), ("Kadidja", "Ben Ali"), None),
        (("Kaddour", "Benali"), ("Qadour", "Benaly"), Likeness.OTHER_SPELLING),
        # a second given name that only one of them wrote
        (("Diallo", "Awa Mariama"), ("Diallo", "Awa"), Likeness.OTHER_SPELLING),
    ],
)
def test_two_spellings_of_one_name_are_proposed(one, other, likeness):
    first = person(*one)
    second = person(*other, number="8800000002")

    assert likeness_of(first, second) == likeness
    assert likeness_of(second, first) == likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Diallo", "Awa"), ("Diallo", "Fatou")),  # twins
        (("Diallo", "A"), ("Diallo", "B")),
        (("Nguyen", None), ("Nguyen", "Linh")),  # a single name is too little
        (("Silva", "Ana"), ("Souza", "Ana")),
    ],
)
def test_brothers_sisters_and_namesakes_are_nobodys_duplicates(one, other):
    both = [person(*one), person(*other, number="8800000002")]

    assert likeness_of(*both) is None


def test_another_birth_date_is_another_person():
    first = person("Diallo", "Awa")
    sister = person("Diallo", "Awa", "8800000002", born=BirthDate(1991, 5, 4))
    day_later = person("Diallo", "Awa", "8800000002", born=BirthDate(1990, 5, 5))

    assert likeness_of(first, sister) is None
    assert likeness_of(first, day_later) is None


@pytest.mark.parametrize(
    "born",
    [
        BirthDate(1990),
        BirthDate(1990, 5),
        BirthDate(1990, 1, 1),
        BirthDate(1990, 12, 31),
    ],
)
def test_a_year_a_month_and_conventional_days_are_possible_equals(born):
    first = person("Diallo", "Awa")
    second = person("Diallo", "Awa", "8800000002", born=born)

    assert likeness_of(first, second) == Likeness.SAME_NAMES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9900000001", "9900000007"),  # one digit
        ("9900000012", "9900000021"),  # two swapped
        ("99O0000001", "9900000001"),  # the letter O
        ("99I0000001", "9910000001"),  # the letter I
        ("P:0012345", "P:12345"),  # leading zeros dropped
    ],
)
def test_a_number_typed_wrong_is_proposed_when_a_given_name_agrees(one, other):
    first = person("Diallo", "Awa", one)
    married = person("Traoré", "Awa", other)

    assert likeness_of(first, married) == Likeness.ALMOST_THE_SAME_NUMBER


def test_twins_with_numbers_that_follow_each_other_are_two_people():
    twins = person("Diallo", "Awa"), person("Diallo", "Issa", "9900000002")

    assert likeness_of(*twins) is None


def test_each_pair_is_proposed_once_and_names_appear_in_no_repr():
    people = [
        Known(1, person("Diallo", "Awa")),
        Known(2, person("Sow", "Omar", "8800000002")),
        Known(3, person("DIALLO", "AWA", "7700000003")),
    ]

    assert list(near_matches(people)) == [(1, 3, Likeness.SAME_NAMES)]
    assert "Diallo" not in repr(people[0])


BIRTHS = st.builds(
    lambda text: BirthDate.parse(text),
    st.sampled_from(
        ["1990", "1990-05", "1990-01-01", "1990-12-31", "1990-05-04", "1990-05-05"]
    ),
)


@given(st.lists(st.tuples(st.sampled_from(["Awa", "Issa"]), BIRTHS), max_size=8))
def test_no_pair_is_missed_by_sorting_people_by_their_day(people):
    known = [
        Known(at, person("Diallo", given, f"{at:010d}", born=born))
        for at, (given, born) in enumerate(people)
    ]
    every = {
        (one.id, other.id)
        for one, other in itertools.combinations(known, 2)
        if likeness_of(one.identity, other.identity) is not None
    }

    found = [tuple(sorted((a, b))) for a, b, _ in near_matches(known)]

    assert len(found) == len(set(found))
    assert set(found) == every


class CountedNames(Names):
    """Names that count how often they are folded."""

    folds = 0

    @property
    def folded(self) -> str:
        CountedNames.folds += 1
        return super().folded


def test_each_name_is_folded_once_however_many_people_it_is_compared_with():
    """Twenty born on one day are 190 pairs; an agent waits for this list."""
    people = [
        Known(
            at,
            replace(
                person("Diallo", "Awa", f"77000000{at:02d}"),
                names=CountedNames("Diallo", "Awa"),
            ),
        )
        for at in range(20)
    ]
    CountedNames.folds = 0

    assert len(list(near_matches(people))) == 190
    assert CountedNames.folds == 20
