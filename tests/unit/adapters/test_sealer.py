"""What is sealed opens at its place, with its key, and nowhere else."""

import pytest

from service.adapters.sealer import AesSealer
from service.usecases.errors import UnsealError

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32
PLACE = "registration:identity:1"


def test_after_a_change_of_key_what_was_sealed_before_still_opens() -> None:
    sealed = AesSealer(OLD).seal(b"Diallo", place=PLACE)

    assert AesSealer(NEW, OTHER, OLD).unseal(sealed, place=PLACE) == b"Diallo"


def test_nothing_is_sealed_with_a_key_of_before() -> None:
    sealed = AesSealer(NEW, OLD).seal(b"Diallo", place=PLACE)

    assert AesSealer(NEW).unseal(sealed, place=PLACE) == b"Diallo"
    with pytest.raises(UnsealError):
        AesSealer(OLD).unseal(sealed, place=PLACE)


def test_once_the_old_key_is_taken_away_nothing_opens_by_halves() -> None:
    sealed = AesSealer(OLD).seal(b"Diallo", place=PLACE)

    with pytest.raises(UnsealError):
        AesSealer(NEW).unseal(sealed, place=PLACE)


@pytest.mark.parametrize("keys", [(NEW,), (OLD, NEW), (NEW, OLD)])
def test_bytes_that_were_moved_or_altered_open_with_no_key(
    keys: tuple[bytes, ...],
) -> None:
    sealed = AesSealer(NEW).seal(b"Diallo", place=PLACE)
    sealer = AesSealer(*keys)

    with pytest.raises(UnsealError):
        sealer.unseal(sealed, place="registration:identity:2")
    for at in range(len(sealed)):
        altered = bytes((*sealed[:at], sealed[at] ^ 1, *sealed[at + 1 :]))
        with pytest.raises(UnsealError):
            sealer.unseal(altered, place=PLACE)


@pytest.mark.parametrize("length", [0, 1, 5, 13, 28])
def test_too_few_bytes_are_refused_like_wrong_ones(length: int) -> None:
    with pytest.raises(UnsealError):
        AesSealer(NEW, OLD).unseal(b"\x01" * length, place=PLACE)
