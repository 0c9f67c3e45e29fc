"""Those who register nobody, many times."""

from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, SETTING, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationFlood:
    """Somebody who sends false registrations, so that the true ones are held up.

    ``checks_per_day`` is what the prefecture can look at, true and false together, in
    order of arrival. Who passes enters the pool and dilutes the draw; nobody stands
    behind it, and a place it wins is lost.

    Source: our list of attacks; no case is known in France.
    """

    per_day: int = parameter(
        300, low=0, high=100_000, unit="registrations a day", source=ASSUMPTION
    )
    from_day: int = parameter(30, low=1, high=3650, unit="days", source=SETTING)
    days: int = parameter(10, low=1, high=365, unit="days", source=ASSUMPTION)
    checks_per_day: int = parameter(
        200, low=1, high=100_000, unit="registrations a day", source=ASSUMPTION
    )
    caught: float = parameter(
        0.95, low=0.0, high=1.0, source=("break-even", ASSUMPTION)
    )
