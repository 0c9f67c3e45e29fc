"""Mesa's two classes with the types that they lack; no other file imports Mesa."""

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false

from typing import Any, TypeVar

import mesa

A = TypeVar("A", bound="Actor")


class Year(mesa.Model):
    """A Mesa model whose step is a day."""

    def __init__(self) -> None:
        super().__init__()

    def present(self, kind: type[A]) -> list[A]:
        """Return the actors of one kind that have not left, in order of entry."""
        return list[A](self._set(kind))

    def let_act(self, kind: type[A]) -> None:
        """Let every actor of one kind act once, in order of entry."""
        self._set(kind).do("step")

    def _set(self, kind: type[A]) -> Any:  # noqa: ANN401
        by_type: dict[type[Any], Any] = self.agents_by_type
        return by_type[kind]


class Actor(mesa.Agent):
    """A Mesa agent."""

    def __init__(self, model: Year) -> None:
        super().__init__(model)

    def leave(self) -> None:
        """Leave the model for good."""
        self.remove()
