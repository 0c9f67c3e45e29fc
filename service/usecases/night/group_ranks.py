"""Ranks inside a group, as far as they are public: for pages and papers alike."""

from dataclasses import dataclass

from service.usecases.records import EntryRecord
from service.usecases.views import NightView


@dataclass(frozen=True, slots=True)
class GroupRank:
    """What the lot gave inside a group: rank ``rank`` of ``size``."""

    rank: int
    size: int


def rank_in_group(entry: EntryRecord, night: NightView | None) -> GroupRank | None:
    """Return the rank that the lot gave inside the group, None when not public yet."""
    return _in_group(entry.rank, entry.band, night)


def cut_off_in_group(entry: EntryRecord, night: NightView | None) -> GroupRank | None:
    """Return how far, inside the group, the places went for lines like this one.

    Rank 0: to nobody. None: not public (a reduced night would tell the group of
    somebody else by it), or a night from before it was kept.
    """
    if entry.cut_off == 0 and night is not None and night.bands:
        return GroupRank(0, 0)
    return _in_group(entry.cut_off or 0, entry.band, night)


def _in_group(rank: int, band: int, night: NightView | None) -> GroupRank | None:
    """Take off those of the groups before: the draw ranks by group first."""
    if night is None or not night.bands:
        return None
    before = sum(entries for one, entries, _ in night.bands if one < band)
    size = sum(entries for one, entries, _ in night.bands if one == band)
    return GroupRank(rank - before, size) if 1 <= rank - before <= size else None
