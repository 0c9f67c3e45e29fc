"""Equal people have equal chances, and a bias would be seen.

Every random value is fixed here, so these tests never flake: they say once and
for all that these ten thousand nights look like luck. A p-value below one in a
million fails; the planted biases show that the tests have power. All p-values
are printed (``pytest -rP``).

Source: ``reference/mechanism.md`` section 12.
"""

import math
import sys
from hashlib import sha256

import pytest

from service.draw.allocate import allocate
from service.draw.model import Pool
from service.draw.tickets import tickets_for
from tests.strategies_draw import LABELS, entry, pool_of

NIGHTS = 10_000
ALARM = 1e-6
PEOPLE = LABELS[:60]
DIGEST = bytes(32)


def p_value(statistic, degrees):
    """Chance of a chi-square at least so large: the upper incomplete gamma function.

    Source: series and continued fraction of Abramowitz and Stegun 6.5.29, 6.5.31.
    """
    a, x = degrees / 2, statistic / 2
    scale = math.exp(-x + a * math.log(x) - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for step in range(1, 10_000):
            term *= x / (a + step)
            total += term
        return 1 - total * scale
    fraction = 0.0
    for step in range(2_000, 0, -1):
        fraction = step * (step - a) / (x + 2 * step + 1 - a - fraction)
    return scale / (x + 1 - a - fraction)


def test_p_values_are_those_of_the_tables():
    assert p_value(3.841, 1) == pytest.approx(0.05, rel=1e-3)
    assert p_value(77.931, 59) == pytest.approx(0.05, rel=1e-2)
    assert p_value(98.324, 59) == pytest.approx(0.001, rel=1e-2)
    assert p_value(40.0, 59) == pytest.approx(0.972, rel=1e-2)


def randomness(night):
    return sha256(b"statistics %d" % night).digest()


def fair(night):
    return tickets_for(PEOPLE, DIGEST, randomness(night))


def times_served(pool, luck, nights=NIGHTS):
    """Count, over many nights, how often each label was served, and how early."""
    frozen = Pool.from_json(pool)
    served = dict.fromkeys(PEOPLE, 0)
    first_day = dict.fromkeys(PEOPLE, 0)
    for night in range(nights):
        for one in allocate(frozen, luck(night)).allocations:
            served[one.label] += 1
            first_day[one.label] += one.slot == "d0"
    return served, first_day


def unevenness(counts, nights, chance):
    """p-value of so uneven shares, for draws without replacement."""
    n = len(counts)
    expected = nights * chance
    spread = sum((count - expected) ** 2 for count in counts)
    statistic = spread / (expected * (1 - chance)) * (n - 1) / n
    return p_value(statistic, n - 1)


def report(what, p):
    sys.stdout.write(f"{what}: p = {p:.3g}\n")
    return p


EQUALS = pool_of(
    [2, 2, 2, 2, 2], [([0, 1, 2, 3, 4], [])], [entry(label) for label in PEOPLE]
)


@pytest.fixture(scope="module")
def equal_shares():
    return times_served(EQUALS, fair)


def test_equals_are_served_equally_often(equal_shares):
    served, _ = equal_shares

    assert sum(served.values()) == 10 * NIGHTS
    assert report("served", unevenness(served.values(), NIGHTS, 1 / 6)) > ALARM


def test_equals_have_the_first_day_equally_often(equal_shares):
    _, first_day = equal_shares

    assert sum(first_day.values()) == 2 * NIGHTS
    assert report("first day", unevenness(first_day.values(), NIGHTS, 2 / 60)) > ALARM


def test_the_moment_of_registration_does_not_show(equal_shares):
    # The order in which they came: any order fixed without looking at the draw.
    came = sorted(PEOPLE, key=lambda label: sha256(label.encode()).digest())
    served, _ = equal_shares

    tenths = [
        sum(served[label] for label in came[at : at + 6]) for at in range(0, 60, 6)
    ]
    expected = NIGHTS
    # Ten draws without replacement out of sixty, six of them in each tenth.
    variance = 10 * 0.1 * 0.9 * 50 / 59 * NIGHTS
    statistic = sum((count - expected) ** 2 for count in tenths) / variance * 9 / 10
    assert report("tenths by arrival", p_value(statistic, 9)) > ALARM

    # Kolmogorov-Smirnov: the largest gap between those served and all.
    gap, so_far = 0.0, 0
    for position, label in enumerate(came, 1):
        so_far += served[label]
        gap = max(gap, abs(so_far / (10 * NIGHTS) - position / 60))
    assert report("gap by arrival", 2 * math.exp(-2 * gap**2 * 10 * NIGHTS)) > ALARM


def test_inside_a_class_shares_are_equal_whatever_the_lists():
    # Five kinds of twelve people over two sites: chances differ between kinds,
    # which is what flexibility means, and never inside one.
    kinds = [
        ([0, 1, 2], []),
        ([3, 4, 5], []),
        ([0, 1, 2, 3, 4, 5], []),
        ([2, 3], [4, 5]),
        ([0, 5], [1]),
    ]
    mixed = pool_of(
        [1, 1, 1, 3, 3, 3],
        kinds,
        [entry(label, f"c{at % 5}") for at, label in enumerate(PEOPLE)],
    )
    nights = 3 * NIGHTS // 10

    served, _ = times_served(mixed, fair, nights)

    shares = []
    for kind in range(5):
        counts = [served[label] for at, label in enumerate(PEOPLE) if at % 5 == kind]
        shares.append(sum(counts) / nights / 12)
        # Within a class people are exchangeable: compare with its own share. The
        # spread of a fixed number served is smaller than that of independent
        # ones, so this errs on the side of silence by a few per cent.
        p = unevenness(counts, nights, shares[-1])
        assert report(f"class {kind} ({shares[-1]:.3f})", p) > ALARM
    assert max(shares) - min(shares) > 0.02


def in_label_order(night):
    return {label: at.to_bytes(32, "big") for at, label in enumerate(PEOPLE)}


def cut_to_half_an_octet(night):
    # What eight bits would be to a thousand people: ties, broken by label.
    return {label: bytes([ticket[0] & 15]) for label, ticket in fair(night).items()}


def without_the_label(night):
    return dict.fromkeys(PEOPLE, randomness(night))


def one_of_them_first(night):
    drawn = fair(night)
    friend = PEOPLE[7]
    return drawn | {friend: min(drawn[friend], drawn[PEOPLE[8]])}


@pytest.mark.parametrize("luck", [in_label_order, without_the_label, one_of_them_first])
def test_a_planted_bias_is_found(luck):
    nights = NIGHTS // 5

    served, _ = times_served(EQUALS, luck, nights)

    assert report(luck.__name__, unevenness(served.values(), nights, 1 / 6)) < ALARM


def trend(served, nights):
    """p-value of so strong a slope along the labels, by a normal approximation."""
    mean = sum(at * served[label] for at, label in enumerate(PEOPLE)) / (10 * nights)
    spread = math.sqrt((60**2 - 1) / 12 * 50 / 59 / (10 * nights))
    return math.erfc(abs(mean - 59 / 2) / spread / math.sqrt(2))


def test_a_ticket_cut_short_is_found_by_its_slope():
    nights = NIGHTS // 4

    cut, _ = times_served(EQUALS, cut_to_half_an_octet, nights)

    assert report("cut short", trend(cut, nights)) < ALARM


def test_whole_tickets_have_no_slope(equal_shares):
    served, _ = equal_shares

    assert report("slope", trend(served, NIGHTS)) > ALARM


def test_a_class_served_first_is_found():
    favoured = pool_of(
        [2] * 5,
        [([0, 1, 2, 3, 4], [])],
        [entry(label, band=int(at >= 30)) for at, label in enumerate(PEOPLE)],
    )
    nights = NIGHTS // 10

    served, _ = times_served(favoured, fair, nights)

    assert report("a class first", unevenness(served.values(), nights, 1 / 6)) < ALARM
