import pytest

from service.domain.errors import InvalidReferenceError
from service.domain.reference import Reference


@pytest.mark.parametrize(
    ("luck", "text"),
    [
        (bytes(5), "000000000"),
        (bytes([0, 0, 0, 0, 31]), "0000000ZZ"),
        (bytes([0, 0, 0, 0, 36]), "00000014U"),
        # 32 to 35 have a check symbol that is no letter: 36 is taken instead
        (bytes([0, 0, 0, 0, 32]), "00000014U"),
        (bytes([0, 0, 0, 0, 35]), "00000014U"),
        (b"\xff" * 5, "ZZZZZZZZF"),
    ],
)
def test_a_reference_is_made_of_five_random_bytes(luck, text):
    assert Reference.from_random(luck).text == text


@pytest.mark.parametrize("luck", [b"", bytes(4), bytes(6)])
def test_another_amount_of_luck_is_our_own_mistake(luck):
    with pytest.raises(ValueError, match="5 random bytes"):
        Reference.from_random(luck)


@pytest.mark.parametrize(
    "typed",
    [
        "00000014U",
        "0000-0014-U",
        " 0000 0014 u ",
        "oooo-oo14-u",
        "OOOO OOi4 U",
        "000000l4U",
    ],
)
def test_a_reference_is_read_as_dictated(typed):
    reference = Reference.parse(typed)

    assert str(reference) == "00000014U"
    assert reference.spelled == "0000-0014-U"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "00000014",
        "00000014V",
        "00000041U",
        "U0000014U",
        "000000014U",
        "😀",
        "\ud800",
    ],
)
def test_a_mistyped_reference_is_refused(typed):
    with pytest.raises(InvalidReferenceError) as refusal:
        Reference.parse(typed)

    assert refusal.value.field == "reference"
