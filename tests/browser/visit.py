"""One page in one state, and whose browser looks at it."""

from dataclasses import dataclass
from typing import Literal

State = Literal["normal", "error", "empty"]
Who = Literal[
    "anybody",
    "waiting",
    "claiming",
    "offered",
    "confirmed",
    "withdrawn",
    "joined",
    "agent",
    "enrolling",
    "helper",
    "helped",
]


@dataclass(frozen=True)
class Visit:
    """One page in one state."""

    route: str
    address: str = ""
    state: State = "normal"
    who: Who = "anybody"
    act: str = ""
    bare: bool = False

    @property
    def opened(self) -> str:
        """Return the address to open; that of the route unless another is given."""
        return self.address or self.route.partition(" ")[2]

    @property
    def is_for_staff(self) -> bool:
        """Say whether its readers work in French.

        The route tells, not what is opened: that may be a name that is filled in later.
        """
        path = self.route.partition(" ")[2]
        return self.who in {"agent", "helper"} or path.startswith(
            (
                "/agents",
                "/accompagnants",
                "/controle",
                "/demonstration",
                "/facile",
                "/accessibilite/schema",
            )
        )
