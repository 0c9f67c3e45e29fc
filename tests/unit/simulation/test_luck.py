import numpy as np

from simulation.engine.arrays import numbers
from simulation.engine.luck import Luck


def test_a_person_keeps_their_luck_whoever_else_is_there() -> None:
    alone = Luck(1).uniform("click", np.array([7]), 3)
    in_a_crowd = Luck(1).uniform("click", numbers(1000), 3)

    assert alone[0] == in_a_crowd[7]


def test_another_seed_purpose_day_or_turn_is_another_luck() -> None:
    ids = numbers(50)
    first = Luck(1).uniform("click", ids, 3)

    for other in (
        Luck(2).uniform("click", ids, 3),
        Luck(1).uniform("price", ids, 3),
        Luck(1).uniform("click", ids, 4),
        Luck(1).uniform("click", ids, 3, 1),
    ):
        assert not np.any(first == other)


def test_one_frozen_value_so_that_no_machine_drifts() -> None:
    found = Luck(1).uniform("frozen", numbers(3), 0)

    assert found.tolist() == [
        0.5935752755065469,
        0.04479285741522876,
        0.7234790276260935,
    ]


def test_numbers_are_spread_evenly_between_zero_and_one() -> None:
    found = Luck(5).uniform("even", numbers(100_000), 0)
    counts = np.histogram(found, bins=20, range=(0, 1))[0]
    chi2 = float(((counts - 5000) ** 2 / 5000).sum())

    assert 0 <= found.min() < found.max() < 1
    assert chi2 < 60  # 19 degrees of freedom: p = 0.000004


def test_neighbouring_people_and_days_are_not_alike() -> None:
    ids = numbers(20_000)
    today, tomorrow = (Luck(5).uniform("days", ids, day) for day in (1, 2))

    assert abs(float(np.corrcoef(today, tomorrow)[0, 1])) < 0.03
    assert abs(float(np.corrcoef(today[:-1], today[1:])[0, 1])) < 0.03


def test_normal_numbers_have_mean_zero_and_deviation_one() -> None:
    found = Luck(5).normal("bell", numbers(100_000))

    assert abs(float(found.mean())) < 0.02
    assert abs(float(found.std()) - 1) < 0.02
