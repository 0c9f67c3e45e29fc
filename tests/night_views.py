"""A night as everybody may see it, for tests of what is written about it."""

from datetime import UTC, date, datetime

from service.usecases.views import NightView


def a_night(day: int = 23, **changes: object) -> NightView:
    values: dict[str, object] = {
        "prefecture": "isere",
        "prefecture_name": "Préfecture de l'Isère",
        "held_on": date(2026, 11, day),
        "state": "committed",
        "freeze_at": datetime(2026, 11, day, 19, 0, tzinfo=UTC),
        "brought_forward": False,
        "ruleset_version": "2026-11-01",
        "committed_at": datetime(2026, 11, day, 19, 0, 2, tzinfo=UTC),
        "commitment": {"draw": f"isere/2026-11-{day}", "previous": None},
        "commitment_sha256": "ab" * 32,
        "signature": {"key": "cd" * 32, "value": "ef" * 64},
        "beacon_chain": "drand/" + "0" * 64,
        "beacon_round": 34_219_312,
        "beacon_due_at": datetime(2026, 11, day, 19, 15, tzinfo=UTC),
        "beacon_is_local": False,
        "revealed_at": None,
        "randomness": None,
        "published_at": None,
        "notified_at": None,
        "stopped_because": None,
        "entries": 3,
        "places": 6,
        "served": None,
        "unserved": None,
        "free_places": 0,
        "bands": (),
    }
    return NightView(**(values | changes))  # type: ignore[arg-type]
