import copy
from datetime import date, time

import pytest

from service.domain.errors import InvalidRulesetError
from service.domain.ruleset import DEFAULT_RULESET, NightClock, Ruleset

PUBLISHED = {
    "version": "2026-11-01",
    "effective_on": "2026-11-01",
    "bands": {"very_soon_days": 14, "soon_days": 45},
    "quotas": [
        {
            "quota": "long_wait",
            "percent": 5,
            "bands": [2, 3],
            "waited_days_min": 90,
            "without_date_only": False,
        },
        {
            "quota": "right_lost",
            "percent": 5,
            "bands": [2],
            "waited_days_min": 0,
            "without_date_only": False,
        },
        {
            "quota": "no_date",
            "percent": 5,
            "bands": [3],
            "waited_days_min": 0,
            "without_date_only": True,
        },
    ],
    "hold": {"percent": 20, "until_days_ahead": 2, "bands": [0]},
    "notice": {"short_days": 2, "usual_days": 5, "short_bands": [0]},
    "offer": {
        "window_hours": 48,
        "latest_the_day_before": "18:00",
        "free_declines": 1,
        "sit_out_nights": 7,
    },
    "clock": {"freeze_at": "20:00", "beacon_delay_min": 15},
}


def changed(*path, to):
    """Return the published ruleset with one value replaced; ``...`` removes it."""
    value = copy.deepcopy(PUBLISHED)
    inner = value
    for key in path[:-1]:
        inner = inner[key]
    if to is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return value


def test_the_default_rule_is_the_one_that_was_published():
    assert DEFAULT_RULESET.to_json() == PUBLISHED
    assert Ruleset.from_json(PUBLISHED) == DEFAULT_RULESET


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (None, None),
        ([], None),
        (changed("bonus", to=1), "bonus"),
        (changed("hold", to=...), "hold"),
        (changed("hold", to=[]), "hold"),
        (changed("hold", "extra", to=1), "hold.extra"),
        (changed("quotas", to={}), "quotas"),
        (changed("quotas", 1, "percent", to=...), "quotas.1.percent"),
        (changed("quotas", 1, "percent", to="5"), "quotas.1.percent"),
        (changed("quotas", 1, "percent", to=101), "quotas.1.percent"),
        (changed("quotas", 1, "percent", to=-1), "quotas.1.percent"),
        (changed("quotas", 1, "percent", to=5.0), "quotas.1.percent"),
        (changed("quotas", 1, "percent", to=True), "quotas.1.percent"),
        (changed("quotas", 1, "percent", to=91), "quotas"),
        (changed("quotas", 1, "quota", to="open"), "quotas.1.quota"),
        (changed("quotas", 1, "quota", to="Amis"), "quotas.1.quota"),
        (changed("quotas", 1, "quota", to="long_wait"), "quotas"),
        (changed("quotas", 1, "bands", to=2), "quotas.1.bands"),
        (changed("quotas", 1, "bands", to=["2"]), "quotas.1.bands.0"),
        (changed("quotas", 1, "bands", to=[4]), "quotas.1.bands"),
        (changed("quotas", 1, "bands", to=[3, 2]), "quotas.1.bands"),
        (changed("quotas", 1, "bands", to=[2, 2]), "quotas.1.bands"),
        (changed("quotas", 1, "waited_days_min", to=-1), "quotas.1.waited_days_min"),
        (changed("quotas", 2, "without_date_only", to=1), "quotas.2.without_date_only"),
        (changed("version", to=1), "version"),
        (changed("version", to=""), "version"),
        (changed("version", to="<b>"), "version"),
        (changed("effective_on", to="20261101"), "effective_on"),
        (changed("effective_on", to="2026-11-31"), "effective_on"),
        (changed("effective_on", to=20261101), "effective_on"),
        (changed("bands", "soon_days", to=13), "bands.soon_days"),
        (changed("bands", "very_soon_days", to=-1), "bands.very_soon_days"),
        (changed("hold", "percent", to=101), "hold.percent"),
        (changed("notice", "short_days", to=0), "notice.short_days"),
        (changed("notice", "usual_days", to=1), "notice.usual_days"),
        (changed("offer", "window_hours", to=0), "offer.window_hours"),
        (changed("offer", "sit_out_nights", to=0), "offer.sit_out_nights"),
        (
            changed("offer", "latest_the_day_before", to="18"),
            "offer.latest_the_day_before",
        ),
        (changed("clock", "freeze_at", to="24:00"), "clock.freeze_at"),
        (changed("clock", "freeze_at", to="02:00"), "clock.freeze_at"),
        (changed("clock", "freeze_at", to="02:59"), "clock.freeze_at"),
        (changed("clock", "beacon_delay_min", to=0), "clock.beacon_delay_min"),
    ],
)  # fmt: skip
def test_a_ruleset_is_refused_by_the_name_of_what_is_wrong(value, place):
    with pytest.raises(InvalidRulesetError) as refusal:
        Ruleset.from_json(value)

    assert refusal.value.field == place


@pytest.mark.parametrize("at", [time(1, 59), time(3), time(0), time(23, 59)])
def test_freeze_hours_outside_the_changing_hour_are_accepted(at):
    value = changed("clock", "freeze_at", to=f"{at:%H:%M}")

    assert Ruleset.from_json(value).clock.freeze_at == at


def test_seconds_are_no_freeze_hour():
    with pytest.raises(InvalidRulesetError):
        NightClock(freeze_at=time(20, 0, 1))


def test_a_rule_without_any_quota_is_a_rule():
    value = changed("quotas", to=[])

    assert Ruleset.from_json(value).quotas == ()
    assert Ruleset.from_json(value).effective_on == date(2026, 11, 1)
