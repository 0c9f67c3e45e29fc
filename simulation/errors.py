"""Refusals of the laboratory: each says what to do next."""


class LaboratoryError(Exception):
    """The laboratory cannot do what was asked; the text says what can be done."""


class ScenarioError(LaboratoryError):
    """A scenario file holds something that the laboratory does not know."""


class UnknownNameError(LaboratoryError):
    """No scenario, mechanism or agent has that name."""
