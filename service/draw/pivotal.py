"""A date that was wrong, found at the guichet: would the place have been won?

The night is decided again with the true date and the same tickets. An error
that changed nothing costs nothing; one that made the difference is found out,
and nobody had to judge it.

Source: ``reference/mechanism.md`` section 8, pivotality replay.
"""

from collections.abc import Mapping
from dataclasses import replace

from service.draw.allocate import allocate
from service.draw.model import Entry, Label, Pool, SuitableSlots
from service.draw.outcome import Allocation


def allocation_with_truth(
    pool: Pool,
    tickets: Mapping[Label, bytes],
    truth: Entry,
    suitable: SuitableSlots,
) -> Allocation | None:
    """Return what a registration would have been given, had it been right.

    Pure. With the entry and the slots as they were, it is what was given.

    Args:
        pool: The night's pool, as it was frozen.
        tickets: The night's tickets.
        truth: The entry under the same label, as it should have been; the name
            of its class is of no importance.
        suitable: The slots that should have suited it.

    Returns:
        The place it would have had, or None.

    Raises:
        KeyError: The label took no part in this night.
    """
    if truth.label not in {entry.label for entry in pool.entries}:
        raise KeyError(truth.label)
    # No class of the pool can have this name by accident: it is a label's.
    name = f"the truth about {truth.label}"
    entries = tuple(
        truth._replace(suitable=name) if entry.label == truth.label else entry
        for entry in pool.entries
    )
    classes = {**pool.classes, name: suitable}
    outcome = allocate(replace(pool, classes=classes, entries=entries), tickets)
    found = (one for one in outcome.allocations if one.label == truth.label)
    return next(found, None)
