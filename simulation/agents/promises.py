"""Those who sell what nobody can give: a place that does not exist, a better rank."""

from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class FalsePromise:
    """Con artists who take the price and give nothing; nobody pays them twice.

    They need no place and no program, so no rule keeps them from asking. With
    ``registers`` they do enter the client, once and in the client's own name, as
    anybody can for free: the chance is then the same, and the promise as false.

    Source: Spain, September 2024, more than 100 victims of places that did not exist;
    "I can raise your rank" under a draw is our reading of the same trade.
    """

    reached: float = parameter(
        0.1,
        low=0.0,
        high=1.0,
        source=ASSUMPTION,
    )
    price_eur: float = parameter(
        70.0, low=0.0, high=500.0, unit="€", source="spain-2024"
    )
    registers: bool = parameter(False, source=ASSUMPTION)
