"""A rule is a record of a few answers; the engine plays the answers."""

from dataclasses import dataclass
from typing import Literal

Allocation = Literal["click", "waiting-room", "draw"]
Order = Literal["published", "lottery", "arrival", "expiry"]
Captcha = Literal["none", "ahead", "farm"]
Name = Literal["editable", "frozen"]
Freed = Literal["instant", "random", "later-night"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way of giving places to people.

    Attributes:
        allocation: By the click, by a random waiting room, or by a nightly draw.
        order: In a draw, who comes first; ``published`` is the service's own draw
            with the ruleset under test.
        captcha: Whether booking shows one and, if so, how attackers solve it:
            ``ahead`` (bought before) or ``farm`` (slow humans at that moment).
        waves: Groups that open ten minutes apart; 1 is one opening.
        release_known: Whether people know the hour at which places appear.
        name: Whether the name on a booking can be changed afterwards.
        freed: What becomes of a cancelled place.
        identity_check: Whether an invented identity is looked for.
        dates_verified: Whether an end of right is read off the title.
        verifiable: Whether an added name can be found by redoing the draw.
    """

    slug: str
    fr: str
    en: str
    allocation: Allocation
    order: Order = "published"
    captcha: Captcha = "none"
    waves: int = 1
    release_known: bool = True
    name: Name = "editable"
    freed: Freed = "instant"
    identity_check: bool = False
    dates_verified: bool = True
    verifiable: bool = False

    @property
    def is_draw(self) -> bool:
        """Whether places are given at night, all at once."""
        return self.allocation == "draw"

    @property
    def transferable(self) -> bool:
        """Whether a place can reach somebody else than the one who took it."""
        return self.name == "editable" or self.freed != "later-night"
