"""Refusals of the laboratory: each says what to do next."""


class LaboratoryError(Exception):
    """The laboratory cannot do what was asked; the text says what can be done.

    Args:
        text: In English, as the commands speak.
        fr: In French, where the lab's pages can show it.
    """

    def __init__(self, text: str, fr: str = "") -> None:
        super().__init__(text)
        self.fr = fr

    def __reduce__(self) -> tuple[type["LaboratoryError"], tuple[str, str]]:
        """Keep both languages on the way from another process."""
        return type(self), (str(self), self.fr)


class ScenarioError(LaboratoryError):
    """A scenario file holds something that the laboratory does not know."""


class UnknownNameError(LaboratoryError):
    """No scenario, mechanism or agent has that name."""
