"""Measure one run: plain numbers by name, no judgement.

Capacity and need are counted in visits. People who still wait count with the wait
they have at the end ("at least"); people who gave up count as still waiting;
people received in another prefecture are left out of waits.
"""

from typing import Final

import numpy as np

from simulation.engine.arrays import Bools, Floats
from simulation.engine.people import OPEN_S, allowed_poll_s
from simulation.engine.world import ELSEWHERE, GAVE_UP, RECEIVED, WASTED, World
from simulation.metrics.horizon import horizon_measures
from simulation.metrics.premium import premium
from simulation.metrics.waits import GROUPS, group_of, wait_measures

TRY_S: Final = 60.0
"""Seconds one look at the page costs a person, beside the captcha: assumption."""

COVERED_DAYS: Final = 90
"""Days that a récépissé or the extension of CESEDA L.433-3 may cover."""

Measures = dict[str, float]


def measure(world: World) -> Measures:
    """Return every number of one run; equal worlds give equal numbers."""
    parts = (
        _capture, _money, _rights, _waits, _access, _places, _market, _draw,
        _alarm_polls, horizon_measures,
    )  # fmt: skip
    found = [item for part in parts for item in part(world).items()]
    return dict(sorted(found))


def _count(mask: Bools | Floats) -> int:
    return int(np.count_nonzero(mask))


def _share(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0


def _capture(world: World) -> Measures:
    handed = _count(world.handed_out)
    captured = _count(world.captured)
    return {
        "capture_share": _share(captured, handed),
        "captured_places": float(captured),
        "capture_share_first_half": _captured_of(world, early=True),
        "capture_share_second_half": _captured_of(world, early=False),
        "handed_out_places": float(handed),
    }


def _captured_of(world: World, *, early: bool) -> float:
    """Captured share among the places published in one half of the run."""
    before = world.places.publish < world.scenario.days / 2
    mine = world.handed_out & (before if early else ~before)
    return _share(_count(world.captured & mine), _count(mine))


def _money(world: World) -> Measures:
    paid = world.paid
    payers = paid > 0
    received = world.state == RECEIVED
    income = world.needs.income
    poor, rich = income < 1 / 3, income >= 2 / 3
    return {
        "paid_eur": float(paid.sum()),
        "fraud_eur": world.log.fraud_eur,
        "market_revenue_eur": world.log.revenue_eur,
        "market_profit_eur": world.log.revenue_eur - world.log.spent_eur,
        "alert_service_eur": _alerts(world),
        "payers": float(_count(payers)),
        "paid_share": _share(
            _count(received & world.through_broker),
            _count(received),
        ),
        "defrauded": float(_count(world.burnt)),
        "paid_eur_poorest_third": float(paid[poor].sum()),
        "paid_eur_richest_third": float(paid[rich].sum()),
        "payers_poorest_third": float(_count(payers & poor)),
        "received_poorest_third": _share(_count(received & poor), _count(poor)),
        "received_richest_third": _share(_count(received & rich), _count(rich)),
    } | premium(world)


def _alerts(world: World) -> float:
    """Money paid for alarms: by the month begun, until a place was found."""
    service = world.scenario.agents.alert_service
    if service is None or world.rule.is_draw:
        return 0.0
    end = np.minimum(world.obtained_on, world.scenario.days)
    days = np.clip(end - world.needs.arrival, 0, None)
    months = np.ceil(days[world.needs.subscribes] / 30)
    return float(months.sum()) * service.price_month


def _end(world: World) -> int:
    return max(world.scenario.days, int(world.places.day.max(initial=0)) + 1)


def lost_days(world: World, covered: int = 0) -> Floats:
    """Return, for each need, the days lived without the right.

    From the end of the right, or the arrival when it was already over, to the
    appointment, or the end of the run for who still waits.
    """
    needs = world.needs
    until = np.minimum(world.received_on, _end(world))
    until = np.where(world.state == ELSEWHERE, needs.arrival, until)
    since = np.maximum(needs.expiry + covered, needs.arrival)
    days = np.clip(until - since, 0, None)
    return np.where(needs.dated, days, 0).astype(np.float64)


def _rights(world: World) -> Measures:
    days = lost_days(world)
    dated = _count(world.needs.dated)
    savable = world.needs.expiry >= world.needs.arrival
    savable &= world.needs.dated & (world.state != ELSEWHERE)
    savable &= world.needs.expiry < world.scenario.days
    return {
        "rights_lost_days": float(days.sum()),
        "rights_lost_days_covered": float(lost_days(world, COVERED_DAYS).sum()),
        "rights_lost_people": float(_count(days)),
        "rights_lost_share": _share(_count(days), dated),
        "savable": float(_count(savable)),
        "savable_lost_share": _share(_count(savable & (days > 0)), _count(savable)),
    }


def _waits(world: World) -> Measures:
    group = group_of(world.needs)
    until = np.minimum(world.received_on, _end(world))
    wait = (until - world.needs.arrival).astype(np.float64)
    counted = (world.state != ELSEWHERE) & (world.needs.arrival < _end(world))
    found: Measures = {}
    for number, name in enumerate(GROUPS):
        mine = counted & (group == number)
        found |= wait_measures(name, wait[mine], world.state[mine] == RECEIVED)
    return found | wait_measures("all", wait[counted], world.state[counted] == RECEIVED)


def _access(world: World) -> Measures:
    received = world.state == RECEIVED
    excluded = world.needs.excluded & (world.state != ELSEWHERE)
    others = ~world.needs.excluded & (world.state != ELSEWHERE)
    out = _share(_count(received & excluded), _count(excluded))
    rest = _share(_count(received & others), _count(others))
    tries = float(world.failed_tries.sum())
    return {
        "received": float(_count(received)),
        "received_share": _share(_count(received), len(world.needs)),
        "gave_up": float(_count(world.state == GAVE_UP)),
        "elsewhere": float(_count(world.state == ELSEWHERE)),
        "excluded_received_share": out,
        "service_ratio_excluded": _share(out, rest),
        "failed_tries": tries,
        "failed_tries_per_received": _share(tries, _count(received)),
        "hours_clicking": _hours(world, tries),
    }


def _hours(world: World, tries: float) -> float:
    """Hours people spent trying in vain; a captcha costs people time too."""
    captcha = world.scenario.applicants.captcha_s
    each = TRY_S + (0.0 if world.rule.captcha == "none" else captcha)
    return tries * each / 3600


def _places(world: World) -> Measures:
    published = float(len(world.places))
    wasted = float(_count(world.place_state == WASTED))
    given = (world.place_state == WASTED) & world.handed_out & ~world.captured
    unsold = (world.place_state == WASTED) & world.captured
    return {
        "published_places": published,
        "wasted_share": _share(wasted, published),
        "wasted_unused_share": _share(wasted - _count(given | unsold), published),
        "wasted_no_show_share": _share(_count(given), published),
        "wasted_unsold_share": _share(_count(unsold), published),
    }


def _market(world: World) -> Measures:
    log = world.log
    polls = sum(each[2] for each in log.polls)
    empty = sum(each[1] for each in log.polls)
    lives, seconds = np.array(log.freed_life_s), np.array(log.exhausted_s)
    quick = [won and took <= 60 for won, took in log.regrabs]
    return {
        "polls_empty_share": _share(empty, polls) if polls else float("nan"),
        "exhausted_p50_s": _quantile(seconds, 0.5),
        "exhausted_p95_s": _quantile(seconds, 0.95),
        "freed_life_p50_s": _quantile(lives, 0.5),
        "regrab_share": _share(sum(quick), len(quick)),
        "transfer_share": _share(log.transferred, log.offered),
        "active_sellers": float(np.mean(log.active_sellers or [0])),
        "margin_per_month": float(np.mean(log.margins or [0.0])),
    }


def _quantile(values: Floats, share: float) -> float:
    return float(np.quantile(values, share)) if len(values) else float("nan")


def _draw(world: World) -> Measures:
    log = world.log
    given = sum(log.through.values())
    nothing = float("nan")
    return {
        "nights": float(log.nights),
        "fakes_in_pool": float(np.mean(log.fakes_in_pool or [0])),
        "fake_wins": float(log.fake_wins),
        "nights_delayed": log.nights_delayed,
        "people_delayed": float(log.people_delayed),
        "insider_names": float(log.insider_names),
        "insider_noticed": float(log.insider_noticed),
        "insider_missing": float(log.insider_missing),
        "draw_replays": nothing if log.replays is None else float(log.replays),
        "by_lot_share": _share(log.by_lot, log.drawn) if log.drawn else nothing,
        "long_wait_share": (
            _share(log.through.get("long_wait", 0), given) if given else nothing
        ),
    }


def _alarm_polls(world: World) -> Measures:
    """Polls by people's own alarms, and people whom the server shuts out for them."""
    armed = world.needs.armed
    who = world.scenario.applicants
    if world.rule.is_draw:
        return {"wasted_polls": 0.0, "honest_blocked": 0.0}
    until = np.minimum(world.obtained_on, world.scenario.days)
    days = np.clip(until - world.needs.arrival, 0, None)[armed]
    open_s = OPEN_S[1] - OPEN_S[0]
    blocked = allowed_poll_s(world.scenario) > who.armed_poll_s
    return {
        "wasted_polls": float(days.sum()) * open_s / allowed_poll_s(world.scenario),
        "honest_blocked": float(_count(armed)) if blocked else 0.0,
    }
