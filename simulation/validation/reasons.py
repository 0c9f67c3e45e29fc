"""Why a prediction is missed, as far as it is known; written down, not repaired.

A miss is repaired only by a modelling error found on other grounds, never by moving
a number until it holds.
"""

from typing import Final

_STAY: Final = (
    "Here everybody without a date goes on trying (8 % give up after two months, "
    "Insee 2021): by June the 19 % of demand in excess have become a queue of some "
    "two hundred people, and the sixty places of the added week are gone in a day. A "
    "month in which every poll is fine needs people who had left by another way in: "
    "the queue from 4 a.m., a mailbox, another town. Tried: with 1.3 needs for a place "
    "and nine people in ten gone another way within two weeks, V2 (51 %), V3 (three "
    "good weeks, then back) and V4 (28 days) hold together. It is not adopted: it was "
    "found by looking at these facts, and no source counts who left."
)

REASONS: Final[dict[str, str]] = {
    "V3": _STAY,
    "V4": f"The same cause as V3: no date is left to be the first free one. {_STAY}",
    "V5b": (
        "Two causes. 168 places on 43 working days are 7,200 places, fewer than the "
        "8,200 people received: the prefecture says that it raised capacity for the "
        "student season (001), not by how much, and the scenario does not guess. And "
        "sellers who empty each release within the second (V1) leave more places "
        "unsold here than these 8,200 allow: how sellers manage their stock is the "
        "first thing to find out in the field."
    ),
    "V8": (
        "With frozen names a seller books for named buyers, and takes what willing "
        "people ask for: 45 % willing (our default) times 1.56 needs for a place is "
        "70 % and more. One half would follow from 32 % willing, or from 1.1 needs "
        "for a place; for Candilib neither was measured, and the one half is itself "
        "what users said."
    ),
}
