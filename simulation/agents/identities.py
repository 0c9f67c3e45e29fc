"""Those who multiply, borrow or bend identities."""

from dataclasses import dataclass

from simulation.parameters import ASSUMPTION, SETTING, parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class FakeIdentities:
    """A seller who registers invented people, or books under their names.

    At the click their owner books with an ordinary program, a place a name. Beside an
    autobooker or a click farm no further actor clicks: the ``stock`` of either is the
    number of names that it books under, and ``count`` then only enters draws.

    Source: Hérault 2019 (hundreds of places under invented names); our break-even.
    """

    count: int = parameter(
        500, low=0, high=200_000, unit="identities", source=ASSUMPTION
    )
    cost_eur: float = parameter(
        1.0, low=0.0, high=500.0, unit="€", source=("break-even", ASSUMPTION)
    )
    caught: float = parameter(
        0.95, low=0.0, high=1.0, source=("break-even", ASSUMPTION)
    )
    slip: float = parameter(0.02, low=0.0, high=1.0, source=("break-even", ASSUMPTION))
    urgent: bool = parameter(False, source=("attacks", SETTING))


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityRental:
    """Real people who lend their name to a seller: they pass the check, and stay away.

    At the click the seller books with an ordinary program, a place a name, unless an
    autobooker or a click farm does already: see :class:`FakeIdentities`.

    Source: our list of attacks and our break-even, at 20 € and more a place.
    """

    count: int = parameter(20, low=0, high=200_000, unit="people", source=ASSUMPTION)
    cost_eur: float = parameter(
        20.0, low=0.0, high=500.0, unit="€", source=("break-even", ASSUMPTION)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseExpiry:
    """Applicants who say that their right ends sooner than it does.

    Source: a complaint near the deadline works better (Val-de-Marne 2019).
    """

    share: float = parameter(0.1, low=0.0, high=1.0, source=("attacks", ASSUMPTION))
    claimed_days: int = parameter(7, low=0, high=60, unit="days", source=ASSUMPTION)
    found_out: float = parameter(0.95, low=0.0, high=1.0, source=ASSUMPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saboteur:
    """Takes places so that nobody has them.

    Source: our list of attacks; no case is known in France.
    """

    places_per_day: float = parameter(
        20.0, low=0.0, high=5000.0, unit="places a day", source=ASSUMPTION
    )
    identities: int = parameter(
        300, low=0, high=100_000, unit="identities", source=ASSUMPTION
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Insider:
    """An agent of the prefecture who adds names for money.

    Source: Isère, about 250 titles in three years (France Bleu).
    """

    names_per_day: float = parameter(
        0.35, low=0.0, high=20.0, unit="names a day", source="isere-insiders"
    )
    price_eur: float = parameter(
        300.0, low=0.0, high=35_000.0, unit="€", source=ASSUMPTION
    )
    noticed_after_days: int = parameter(
        7, low=0, high=3650, unit="days", source=ASSUMPTION
    )
    knows_early: bool = parameter(False, source=ASSUMPTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptiveEntry:
    """Sellers outside the market who enter when there is money in it.

    Source: Hakimov, Heller, Kübler, Kurino, AER 2021 (comparative statics only).
    """

    candidates: int = parameter(5, low=0, high=200, unit="sellers", source=ASSUMPTION)
    reviews_every_days: int = parameter(
        30, low=1, high=365, unit="days", source=SETTING
    )
