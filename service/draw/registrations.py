"""Checking the registrations of a pool: half a million of them in a breath.

Two readings of the same few rules. The first goes column by column at the
speed of the interpreter's own loops and only ever says "sound" or "look
closer"; the second walks the registrations one by one and names the place.
"""

from collections.abc import Callable, Collection, Iterable
from operator import itemgetter
from typing import Any, Final, TypeAlias

from service.draw.canonical import LARGEST_INTEGER, item, member
from service.draw.shapes import array, hexadecimal, increasing, members, refuse, whole

LARGEST_SIZE: Final = 8

Row: TypeAlias = tuple[str, str, int, int, tuple[str, ...], int]
"""Label, class, band, days waited, names of quotas, size."""

_KEYS: Final = ("label", "class", "band", "waited_days", "quotas", "size")
_length: Final[Callable[[Any], int]] = len


def read_registrations(
    value: object, place: str, classes: Collection[str], quotas: Collection[str]
) -> Iterable[Row]:
    """Return the registrations of a pool in label order.

    Args:
        value: What stands in the pool under ``registrations``.
        place: Path of the value.
        classes: Names a registration may give as its class.
        quotas: Names it may give among its quotas.

    Raises:
        RefusedInputError: Naming the first place that breaks the rule.
    """
    rows = array(value, place)
    columns = _columns(rows)
    if not _plainly_sound(rows, columns, classes, quotas):
        _refuse_first_unsound(rows, place, classes, quotas)
    labels, kinds, bands, waited, named, sizes = columns
    return zip(labels, kinds, bands, waited, map(tuple, named), sizes, strict=True)


def _columns(rows: list[Any]) -> list[list[Any]]:
    """Return the rows turned on their side, six empty columns if they cannot be."""
    try:
        return [list(map(itemgetter(key), rows)) for key in _KEYS]
    except (KeyError, TypeError, IndexError):
        return [[] for _ in _KEYS]


def _plainly_sound(
    rows: list[Any],
    columns: list[list[Any]],
    classes: Collection[str],
    quotas: Collection[str],
) -> bool:
    """Tell at a glance that every registration is sound.

    False only means "look closer"; True is never said of what must be refused.
    """
    labels, kinds, bands, waited, named, sizes = columns
    if not labels or set(map(type, rows)) != {dict}:
        return not rows
    try:
        return (
            set(map(_length, rows)) == {len(_KEYS)}
            and _all_labels(labels)
            and set(classes).issuperset(kinds)
            and _all_within(bands, 0, LARGEST_INTEGER)
            and _all_within(waited, 0, LARGEST_INTEGER)
            and _all_within(sizes, 1, LARGEST_SIZE)
            and _all_named(named, set(quotas))
        )
    except (TypeError, UnicodeEncodeError):
        return False


def _all_labels(labels: list[Any]) -> bool:
    return (
        set(map(_length, labels)) == {64}
        and not "".join(labels).encode("ascii").translate(None, b"0123456789abcdef")
        and increasing(labels)
    )


def _all_within(numbers: list[Any], least: int, most: int) -> bool:
    if set(map(type, numbers)) != {int}:
        return False
    different = set(numbers)
    return bool(least <= min(different) and max(different) <= most)


def _all_named(lists: list[Any], quotas: set[str]) -> bool:
    if set(map(type, lists)) != {list}:
        return False
    different: set[tuple[str, ...]] = set(map(tuple, lists))
    return all(quotas.issuperset(names) and increasing(names) for names in different)


def _refuse_first_unsound(
    rows: list[Any], place: str, classes: Collection[str], quotas: Collection[str]
) -> None:
    last = ""
    for index, row in enumerate(rows):
        here = item(place, index)
        found = members(row, here, _KEYS)
        label = hexadecimal(found["label"], f"{here}.label", octets=32)
        if label <= last:
            refuse(f"{here}.label", "repeated, or out of order")
        last = label
        _known(found["class"], f"{here}.class", classes, "class")
        for key in ("band", "waited_days"):
            whole(found[key], member(here, key), most=LARGEST_INTEGER)
        whole(found["size"], f"{here}.size", least=1, most=LARGEST_SIZE)
        _refuse_unsound_names(found["quotas"], f"{here}.quotas", quotas)


def _refuse_unsound_names(value: object, place: str, quotas: Collection[str]) -> None:
    last: str | None = None
    for index, found in enumerate(array(value, place)):
        name = _known(found, item(place, index), quotas, "quota")
        if last is not None and name <= last:
            refuse(item(place, index), "repeated, or out of order")
        last = name


def _known(value: object, place: str, names: Collection[str], kind: str) -> str:
    if not isinstance(value, str) or value not in names:
        refuse(place, f"a {kind} of this pool is expected")
    return value
