"""Recommend a ruleset for a stated load, from what the measured year supports."""

from typing import Final

from simulation.frontier.table import USUAL, Point

HARMLESS: Final = 0.005
"""Half a point of savable rights: what helping people without a date may cost at most,
and be called free. A gap whose interval ends under it is no loss that anybody could
see."""

HARMLESS_DAYS: Final = 0.25
"""A quarter of the days that people live without their right under the default: the
most that may be added to them. Whoever has lost a right can wait for longer without any
more being lost."""

WORTH_DAYS: Final = 7.0
"""A week: the least by which a wait must be shorter for a published rule to change."""

WORTH_SHARE: Final = 0.05
"""Of a hundred people without a date who come, five fewer left over: as much."""

NOBODY: Final = 0.99
"""Of a hundred people without a date who come, so many left over: practically nobody
is received. Rights are not saved by shutting a whole public out."""

FEWEST: Final = 5
"""Paired seeds under which nothing is recommended (fewer show progress only)."""


def is_settled(here: list[Point]) -> bool:
    """Say whether there are seeds enough at a load and share to recommend anything."""
    return max(each.lost.seeds for each in here) >= FEWEST


def is_rising(point: Point) -> bool:
    """Say whether more rights are lost in the year's second half, beyond luck.

    Then the share is a moment of a rise and no state: the next year may lose more.
    """
    return point.trend.seeds > 1 and point.trend.low > HARMLESS


def keeps_to(point: Point, longest_wait: float) -> bool:
    """Say whether 19 in 20 people without a date were seen to wait no longer."""
    return not point.is_cut and point.wait.mean <= longest_wait


def is_free(point: Point, usual: Point) -> bool:
    """Say whether people with a date pay nothing that anybody could see, nor later.

    Neither rights, nor days without one, and what is lost does not rise: a cost that
    is still to come is not seen in one year.
    """
    more = HARMLESS_DAYS * usual.days_lost.mean
    return (
        point.lost_gap.high <= HARMLESS
        and point.days_gap.high <= more
        and not is_rising(point)
    )


def shuts_out(point: Point) -> bool:
    """Say whether practically nobody without a date is received in the year."""
    return point.left.mean >= NOBODY


def helps(point: Point, usual: Point) -> bool:
    """Say whether people without a date are better off than under the default.

    Where fewer are left over, or where 19 in 20 wait less: beyond the interval, and by
    enough to change a published rule. A wait that the year cut short proves nothing,
    unless it is the default's, which is longer still.
    """
    fewer = point.left_gap.high < 0 and point.left_gap.mean <= -WORTH_SHARE
    sooner = point.wait_gap.high < 0 and point.wait_gap.mean <= -WORTH_DAYS
    not_more = point.left_gap.mean <= WORTH_SHARE
    return fewer or (sooner and not_more and not point.is_cut)


def recommended(here: list[Point], longest_wait: float) -> Point:
    """Return the ruleset to take at one load and share of dated demand.

    A ruleset is not changed for luck, nor for what fewer than ``FEWEST`` seeds say.
    Another than the default is taken only when it loses fewer rights beyond its
    paired interval and ``HARMLESS`` without shutting out who has no date; else when
    it helps them and is free.

    Args:
        here: All rulesets at that load and share.
        longest_wait: Days that 19 in 20 people without a date may wait at most.
            When no ruleset keeps to it, only places could: all are considered, and
            rights come first.
    """
    usual = next(each for each in here if each.ruleset == USUAL)
    tried = [each for each in here if each is usual or each.lost_gap.seeds >= FEWEST]
    within = [each for each in tried if keeps_to(each, longest_wait)] or tried
    saves = [
        each
        for each in within
        if each.lost_gap.high < -HARMLESS and not shuts_out(each)
    ]
    if saves:
        return min(saves, key=lambda each: (each.lost.mean, each.ruleset))
    free = [each for each in within if is_free(each, usual) and helps(each, usual)]
    if free:
        return min(free, key=_left_over)
    if usual in within:
        return usual
    return min(within, key=lambda each: (each.lost.mean, each.ruleset))


def _left_over(point: Point) -> tuple[float, float, str]:
    """Order by people left over, in whole points, then by the wait."""
    return round(point.left.mean, 2), point.wait.mean, point.ruleset
