"""Two registrations that may be one person's: a question for an agent, no more.

The same identity key never gets this far: the database keeps one registration for it.
What is left is one person known under two numbers, or under two spellings. Nothing here
merges or removes anything; a shared address or telephone never counts, and brothers,
sisters and twins are different people.

Source: permits.md § 4 (spelling, order, birth dates); product.md C9 and its pitfalls
(siblings flagged, helper's e-mail).
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from service.domain.identity import AgdrefNumber, Identity
from service.domain.names import Names

Id = TypeVar("Id", bound=Hashable)

_VOWELS: Final = re.compile(r"[AEIOUY]")
_SAME_SOUND: Final = (
    (re.compile(r"[SC]H|TCH"), "S"),
    (re.compile(r"OU|W"), "U"),
    (re.compile(r"PH"), "F"),
    (re.compile(r"KH|Q|C(?![EIY])"), "K"),
    (re.compile(r"DJ|DZ|J"), "G"),
    (re.compile(r"V|B"), "B"),
    (re.compile(r"Z|C(?=[EIY])"), "S"),
    (re.compile(r"TH"), "T"),
    (re.compile(r"DH"), "D"),
    (re.compile(r"GH"), "G"),
    (re.compile(r"H"), ""),
)
_DOUBLED: Final = re.compile(r"(.)\1+")
_LOOKALIKES: Final = str.maketrans("OIQ", "010")
_LEAST_SOUND: Final = 2
_NOBODY: Final = frozenset({"XXX", "SP"})
"""What cards print where there is no first name."""


class Likeness(StrEnum):
    """Why two registrations are proposed; agents read a sentence for each."""

    SAME_NAMES = "same-names"
    OTHER_SPELLING = "other-spelling"
    ALMOST_THE_SAME_NUMBER = "almost-the-same-number"


@dataclass(frozen=True, slots=True, repr=False)
class Known(Generic[Id]):
    """A person of a registration, as far as the comparison needs one."""

    id: Id
    identity: Identity

    def __repr__(self) -> str:
        return "Known(…)"


@dataclass(frozen=True, slots=True, repr=False)
class _Heard:
    """An identity with its names folded and heard, once however often it is compared.

    Attributes:
        identity: Whose.
        words: Of all its names, folded.
        sounds: Of each word, in that order.
        given: Sounds of the given names; empty without any.
        number: Of the proof, with letters and digits that look alike made one.
    """

    identity: Identity
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    given: frozenset[str]
    number: str

    @classmethod
    def of(cls, identity: Identity) -> _Heard:
        words = tuple(identity.names.folded.split())
        return cls(
            identity=identity,
            words=words,
            sounds=tuple(sound_of(word) for word in words),
            given=_sounds(identity.names.given_names),
            number=_number(identity),
        )

    def __repr__(self) -> str:
        return "_Heard(…)"


def near_matches(people: Iterable[Known[Id]]) -> Iterator[tuple[Id, Id, Likeness]]:
    """Yield each pair that an agent should look at, once.

    Pure. Only people whose birth dates may be the same are compared.

    Args:
        people: One a registration; any order.
    """
    by_year: dict[int, list[Known[Id]]] = defaultdict(list)
    for person in people:
        by_year[person.identity.birth_date.year].append(person)
    for born in by_year.values():
        heard = {person.id: _Heard.of(person.identity) for person in born}
        for one, other in _of_one_year(born):
            likeness = _likeness(heard[one.id], heard[other.id])
            if likeness is not None:
                yield one.id, other.id, likeness


def _of_one_year(
    people: Sequence[Known[Id]],
) -> Iterator[tuple[Known[Id], Known[Id]]]:
    """Yield the pairs whose birth dates may be the same, each once.

    A date known to the day meets its own day only, and those known less well or
    written by convention: all pairs of a year would be a hundred times more.
    """
    vague: list[Known[Id]] = []
    by_day: dict[str, list[Known[Id]]] = defaultdict(list)
    for person in people:
        born = person.identity.birth_date
        is_vague = born.is_conventional or born.precision != "day"
        (vague if is_vague else by_day[born.text]).append(person)
    for same_day in by_day.values():
        yield from itertools.combinations(same_day, 2)
    yield from itertools.combinations(vague, 2)
    yield from itertools.product(vague, itertools.chain(*by_day.values()))


def likeness_of(one: Identity, other: Identity) -> Likeness | None:
    """Return why two identities may be one person's, None when nothing says so."""
    return _likeness(_Heard.of(one), _Heard.of(other))


def _likeness(one: _Heard, other: _Heard) -> Likeness | None:
    if not one.identity.birth_date.may_be_same_as(other.identity.birth_date):
        return None
    if _numbers_almost_equal(one, other) and _share_a_first_name(one, other):
        return Likeness.ALMOST_THE_SAME_NUMBER
    if sorted(one.words) == sorted(other.words):
        return Likeness.SAME_NAMES
    if _sound_alike(one, other):
        return Likeness.OTHER_SPELLING
    return None


def sound_of(word: str) -> str:
    """Return what is left of a folded name when spelling is taken off.

    Names of other scripts have several Latin forms that differ in vowels and doubled
    letters: MOHAMED, MOHAMMED and MUHAMMAD leave the same.
    """
    text = word
    for written, sound in _SAME_SOUND:
        text = written.sub(sound, text)
    first = text[:1] if _VOWELS.match(text) else ""
    return ("A" if first else "") + _DOUBLED.sub(r"\1", _VOWELS.sub("", text))


def _sound_alike(one: _Heard, other: _Heard) -> bool:
    """Every word of the shorter name has a word of its own in the longer one.

    At least two words must agree: a family shares one.
    """
    short, long = sorted((one, other), key=lambda it: len(it.words))
    if len(short.words) < 2:
        return False
    left = list(long.sounds)
    for word, sound in zip(short.words, short.sounds, strict=True):
        if len(sound) < _LEAST_SOUND and word not in long.words:
            return False
        if sound not in left:
            return False
        left.remove(sound)
    return True


def _share_a_first_name(one: _Heard, other: _Heard) -> bool:
    """Tell whether a given name is shared; any name, where one of them has none.

    Twins share a birth date, a family name and often numbers that follow each other.
    """
    if one.given and other.given:
        return bool(one.given & other.given)
    return not frozenset(one.sounds).isdisjoint(other.sounds)


def _sounds(given_names: str | None) -> frozenset[str]:
    if not given_names:
        return frozenset()
    words = Names(given_names).folded.split()
    return frozenset(sound_of(word) for word in words if word not in _NOBODY)


def _numbers_almost_equal(one: _Heard, other: _Heard) -> bool:
    """One character typed wrong, two swapped, O for 0, or leading zeros dropped."""
    kinds = [isinstance(it.identity.proof, AgdrefNumber) for it in (one, other)]
    if kinds[0] != kinds[1]:
        return False
    first, second = one.number, other.number
    if first.lstrip("0") == second.lstrip("0"):
        return True
    if len(first) != len(second):
        return False
    differing = [at for at in range(len(first)) if first[at] != second[at]]
    if len(differing) == 1:
        return True
    return (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and first[differing[0]] == second[differing[1]]
        and first[differing[1]] == second[differing[0]]
    )


def _number(identity: Identity) -> str:
    proof = identity.proof
    text = proof.text if isinstance(proof, AgdrefNumber) else proof.number
    return text.translate(_LOOKALIKES)
