"""What the database holds of a person names nobody without the key."""

from hashlib import sha256

from service.adapters.pseudonymiser import HmacPseudonymiser
from service.domain.identity import AgdrefNumber, BirthDate, Identity, Names

SOMEBODY = Identity(
    proof=AgdrefNumber("9930123456"),
    names=Names("Diallo", "Awa"),
    birth_date=BirthDate(1990, 5, 4),
)


def test_without_the_key_nobody_recomputes_what_is_kept() -> None:
    material = SOMEBODY.key_material()
    ours, other = HmacPseudonymiser(b"k" * 32), HmacPseudonymiser(b"j" * 32)

    assert ours.key(SOMEBODY) != other.key(SOMEBODY)
    assert ours.recognise(b"said") != other.recognise(b"said")
    assert sha256(material).digest() not in {
        ours.key(SOMEBODY),
        ours.recognise(material),
    }


def test_what_somebody_said_is_recognised_and_is_nobodys_key() -> None:
    ours = HmacPseudonymiser(b"k" * 32)

    assert ours.recognise(b"said") == ours.recognise(b"said") != ours.recognise(b"sait")
    assert ours.recognise(SOMEBODY.key_material()) != ours.key(SOMEBODY)
