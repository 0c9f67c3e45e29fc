"""Pivotality: one night again, with one true date, and everything else as it was.

Someone's date was wrong. Would the place have been won all the same? The frozen pool,
the commitment and the randomness stay; so does every ticket. Only this one entry is
frozen anew, by the same rules, from the true date.

Source: mechanism.md § 8 (pivotality replay) and § 10, invariant 16.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from service.domain.bands import band_of
from service.domain.permits.rules import is_covered
from service.domain.ruleset import Ruleset
from service.domain.slots import HELD_SUFFIX, OpenSlot
from service.draw import draw
from service.draw.freeze import Candidate, entry_of, notice_days
from service.draw.model import Entry, Pool, Slot, SuitableSlots
from service.draw.outcome import TIERS, Allocation
from service.draw.transcript import UnknownLabelError

TRUE_CLASS: Final = "true"
"""Name of the class that holds the corrected lists; classes are else c1, c2 …"""


class NotServedError(ValueError):
    """That night gave this registration no place: there is nothing to ask."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a place would have been won with the true date.

    Attributes:
        is_kept: It would: the error decided nothing.
        declared_band: In which the registration was drawn.
        true_band: In which it should have been.
    """

    is_kept: bool
    declared_band: int
    true_band: int


def replay_with_true_date(
    pool: Pool,
    truth: Candidate,
    slots: Mapping[str, OpenSlot],
    *,
    commitment_digest: bytes,
    randomness: bytes,
) -> Answer:
    """Draw the night again with one true date.

    The place is kept when the registration would have been served, and at least as
    well as the place that it holds: a place in time (counted with the true date) only
    if one in time would have been won, a late one if any would have.

    Args:
        pool: As it was frozen.
        truth: The registration under its label of that night, with the true date.
        slots: The pool's slots by code, for sites and motifs.
        commitment_digest: Of that night, 32 bytes.
        randomness: Of that night, 32 bytes.

    Raises:
        UnknownLabelError: The label took no part.
        NotServedError: It took part and won no place.
    """
    declared = _entry(pool, truth.label)
    won = _allocation(pool, truth.label, commitment_digest, randomness)
    if won is None:
        raise NotServedError
    corrected = corrected_pool(pool, truth, slots)
    again = _allocation(corrected, truth.label, commitment_digest, randomness)
    return Answer(
        is_kept=again is not None
        and TIERS.index(again.tier) <= _tier_of(won.slot, pool, truth),
        declared_band=declared.band,
        true_band=_entry(corrected, truth.label).band,
    )


def corrected_pool(pool: Pool, truth: Candidate, slots: Mapping[str, OpenSlot]) -> Pool:
    """Freeze one entry anew, from the true date; every other one stays as it is.

    What suited the person stays as it was frozen. Only where the true band asks for
    another notice, or opens or closes the held places, slots leave the lists or,
    if they suit what the person asks for, enter them.

    Raises:
        UnknownLabelError: The label took no part.
    """
    ruleset = Ruleset.from_json(pool.ruleset)
    night = _night_of(pool)
    declared = _entry(pool, truth.label)
    band = band_of(
        truth.end_of_right_on, night, ruleset, is_displaced=truth.is_displaced
    ).number
    known = pool.classes[declared.suitable]
    frozen = {*known.in_time, *known.late}
    suitable = [
        slot
        for slot in pool.slots
        if _suits(slot, frozen, truth, slots, (declared.band, band), night, ruleset)
    ]
    lists = SuitableSlots(
        in_time=tuple(s.slot for s in suitable if _is_in_time(s, night, truth)),
        late=tuple(s.slot for s in suitable if not _is_in_time(s, night, truth)),
    )
    entry = entry_of(replace(truth, people=declared.size), TRUE_CLASS, night, ruleset)
    return replace(
        pool,
        classes={**pool.classes, TRUE_CLASS: lists},
        entries=tuple(
            entry if one.label == truth.label else one for one in pool.entries
        ),
    )


def _suits(
    slot: Slot,
    frozen: set[str],
    truth: Candidate,
    slots: Mapping[str, OpenSlot],
    bands: tuple[int, int],
    night: date,
    ruleset: Ruleset,
) -> bool:
    """Say whether a slot stands in the true lists, given the declared ones."""
    declared_band, true_band = bands
    if declared_band == true_band:
        return slot.slot in frozen
    if not _is_open_to(slot, true_band, truth, night, ruleset):
        return False
    if _is_open_to(slot, declared_band, truth, night, ruleset):
        return slot.slot in frozen
    return _is_wanted(slots[slot.slot.removesuffix(HELD_SUFFIX)], truth)


def _is_open_to(
    slot: Slot, band: int, truth: Candidate, night: date, ruleset: Ruleset
) -> bool:
    is_held = slot.slot.endswith(HELD_SUFFIX)
    notice = notice_days(band, truth.availability, ruleset.notice)
    is_far_enough = (_day_of(slot) - night).days >= notice
    return is_far_enough and (not is_held or band in ruleset.hold.bands)


def _is_wanted(slot: OpenSlot, truth: Candidate) -> bool:
    return (
        truth.motif in slot.motifs
        and slot.site in truth.sites
        and truth.availability.suits(slot.day)
    )


def _is_in_time(slot: Slot, night: date, truth: Candidate) -> bool:
    """Nothing can be late for a right already lost, or without a date."""
    end = truth.end_of_right_on
    return end is None or not is_covered(end, night) or _day_of(slot) <= end


def _tier_of(slot_name: str, pool: Pool, truth: Candidate) -> int:
    held = next(slot for slot in pool.slots if slot.slot == slot_name)
    return 0 if _is_in_time(held, _night_of(pool), truth) else 1


def _allocation(
    pool: Pool, label: str, commitment_digest: bytes, randomness: bytes
) -> Allocation | None:
    outcome = draw(pool, commitment_digest, randomness)
    return next((one for one in outcome.allocations if one.label == label), None)


def _entry(pool: Pool, label: str) -> Entry:
    found = next((entry for entry in pool.entries if entry.label == label), None)
    if found is None:
        raise UnknownLabelError
    return found


def _night_of(pool: Pool) -> date:
    return date.fromisoformat(pool.draw.rpartition("/")[2])


def _day_of(slot: Slot) -> date:
    return datetime.fromisoformat(slot.starts_at).date()
