"""Each episode at a small size: does it go where its file says it goes?"""

from dataclasses import replace
from functools import lru_cache

import pytest

from simulation.comparison import play_seed
from simulation.metrics.measure import Measures
from simulation.scenarios.loader import load
from simulation.scenarios.scaling import scaled

SIZE = {"S01": 0.04, "S11": 0.2, "X12": 0.5}


@lru_cache(maxsize=1)
def _played(code: str, size: float) -> dict[str, Measures]:
    scenario = scaled(load(code), size)
    return play_seed(scenario, scenario.rules, 1)


def played(code: str) -> dict[str, Measures]:
    return _played(code, SIZE.get(code, 0.4))


def test_s01_isere_2024_is_gone_within_the_second_and_captured() -> None:
    found = played("S01")

    assert found["first-click"]["exhausted_p95_s"] <= 1.5
    assert found["first-click"]["capture_share"] > 0.3
    assert found["ours"]["capture_share"] < 0.1
    assert found["ours"]["rights_lost_days"] < found["first-click"]["rights_lost_days"]


def test_s02_isere_2017_has_empty_polls_without_any_bot() -> None:
    found = played("S02")

    assert found["first-click"]["capture_share"] == 0
    assert found["first-click"]["polls_empty_share"] > 0.2
    assert found["ours"]["wait_very_soon_p90"] < found["first-click"]["wait_soon_p90"]


def test_s03_more_places_than_needs_do_not_end_the_shortage() -> None:
    found = played("S03")

    assert found["first-click"]["polls_empty_share"] >= 0.4
    assert found["first-click"]["wasted_unsold_share"] > 0.2
    assert found["ours"]["received_share"] > found["first-click"]["received_share"]


def test_s04_blocked_bots_give_way_to_paid_people() -> None:
    found = played("S04")
    click = found["first-click"]

    assert click["capture_share_second_half"] < click["capture_share_first_half"]
    assert click["capture_share_second_half"] > 0.05
    assert found["ours"]["capture_share"] < 0.05


def test_s05_people_who_click_capture_some_whatever_the_captcha() -> None:
    found = played("S05")

    assert found["first-click"]["capture_share"] > 0.1
    assert found["captcha-ahead"]["capture_share"] > 0.1
    assert found["ours"]["capture_share"] == 0


def test_s06_cancel_and_rebook_opens_every_click_but_not_the_draw() -> None:
    found = played("S06")

    assert found["immutable-name"]["capture_share"] > 0.5
    assert found["immutable-name"]["regrab_share"] > 0.3
    assert found["random-release"]["capture_share"] > 0.5
    assert found["ours"]["capture_share"] == 0
    assert found["ours"]["regrab_share"] == 0


def test_s07_waves_and_captcha_leave_much_to_named_orders() -> None:
    found = played("S07")

    assert found["waves"]["exhausted_p95_s"] < 60
    assert 0.2 < found["waves"]["capture_share"] < found["first-click"]["capture_share"]
    assert found["ours"]["capture_share"] < 0.05


def test_s08_barcelona_pays_for_what_is_free() -> None:
    found = played("S08")

    assert found["first-click"]["failed_tries_per_received"] > 20
    assert found["first-click"]["payers"] > 0
    assert found["ours"]["paid_eur"] == 0


def test_s09_a_network_takes_practically_all() -> None:
    found = played("S09")

    assert found["first-click"]["capture_share"] > 0.9
    assert found["ours"]["capture_share"] < 0.15


def test_s10_a_waiting_room_rewards_sessions_not_speed() -> None:
    found = played("S10")

    assert 0.4 < found["waiting-room"]["capture_share"] < 0.9
    assert found["ours"]["capture_share"] == 0


def test_s11_fakes_are_bounded_by_the_check() -> None:
    found = played("S11")

    unchecked = found["ours-no-identity-check"]
    assert found["ours"]["capture_share"] < unchecked["capture_share"]
    assert found["ours"]["paid_eur"] < found["ours-transferable"]["paid_eur"]
    by_luck = 3 / found["ours"]["broker_premium_people"] ** 0.5
    assert abs(found["ours"]["broker_premium"]) < by_luck


def test_s12_a_declared_deadline_makes_the_truly_urgent_wait() -> None:
    found = played("S12")

    declared = found["ours-unverified-dates"]
    assert found["ours"]["wait_very_soon_p90"] < declared["wait_very_soon_p90"]


def test_s13_a_national_number_leaves_fewer_empty_chairs() -> None:
    found = played("S13")

    ours, click = found["ours"], found["first-click"]
    assert ours["wasted_no_show_share"] < click["wasted_no_show_share"]


def test_s14_an_insider_shows_only_where_the_draw_can_be_redone() -> None:
    found = played("S14")

    assert found["ours"]["insider_noticed"] == 1
    assert found["plain-lottery"]["insider_noticed"] == 0
    assert found["ours"]["insider_names"] < found["first-click"]["insider_names"]


def test_s15_bands_spread_the_students_peak() -> None:
    found = played("S15")

    assert found["ours"]["rights_lost_days"] < found["first-click"]["rights_lost_days"]
    assert (
        found["ours"]["wait_very_soon_p90"]
        < found["plain-lottery"]["wait_very_soon_p90"]
    )


def test_s16_people_without_the_internet_are_served_alike() -> None:
    found = played("S16")

    assert found["ours"]["service_ratio_excluded"] > 0.9
    assert (
        found["first-click"]["service_ratio_excluded"]
        < found["ours"]["service_ratio_excluded"]
    )


def test_sabotage_is_bounded_by_the_identity_check() -> None:
    found = played("X01")

    unchecked = found["ours-no-identity-check"]
    assert found["ours"]["capture_share"] < unchecked["capture_share"]
    assert found["ours"]["paid_eur"] == 0


def test_a_closed_door_is_felt_by_those_without_the_internet() -> None:
    closed, open_ = played("X02"), _played("S16", 0.4)

    assert (
        closed["first-click"]["service_ratio_excluded"]
        < open_["first-click"]["service_ratio_excluded"]
    )


@pytest.mark.parametrize("code", ["X03", "X04"])
def test_fewer_visits_help_under_our_rule(code: str) -> None:
    found, usual = played(code)["ours"], _played("S16", 0.4)["ours"]

    assert found["received_share"] > usual["received_share"]


def test_a_stopped_motif_costs_rights_under_any_rule() -> None:
    found = played("X05")

    assert found["ours"]["rights_lost_days"] > 0
    assert found["ours"]["rights_lost_days"] < found["first-click"]["rights_lost_days"]


def test_shared_places_are_wasted_no_more_and_waited_for_less() -> None:
    shared = scaled(load("X06"), 0.4)
    apart = replace(shared, capacity=replace(shared.capacity, pooled=False))
    for slug in ("first-click", "ours"):
        one, other = (play_seed(each, (slug,), 1)[slug] for each in (shared, apart))
        assert one["wasted_unused_share"] <= other["wasted_unused_share"]
        assert one["rights_lost_days"] < other["rights_lost_days"]
        assert one["wait_all_p90"] < other["wait_all_p90"]


def test_called_holders_leave_the_race_to_the_others() -> None:
    found = played("X07")

    assert found["ours"]["received_share"] > found["first-click"]["received_share"]


def test_help_points_bring_people_closer_to_the_others() -> None:
    found = played("X08")

    ratio = "service_ratio_excluded"
    assert found["first-click"][ratio] < found["ours"][ratio]


def test_a_rented_name_passes_the_check_and_costs_its_seller_money() -> None:
    found = played("X09")
    ours, editable = found["ours"], found["ours-transferable"]

    assert ours["capture_share"] > 0.05, "the check does not stop real people"
    assert ours["paid_eur"] == 0
    assert ours["market_profit_eur"] < 0
    assert editable["paid_eur"] > 0
    assert editable["market_profit_eur"] > 0
    assert abs(ours["broker_premium"]) < editable["broker_premium"]


def test_nobody_pays_for_an_alarm_where_nobody_can_be_first() -> None:
    found = played("X10")

    for slug in ("first-click", "random-release"):
        assert found[slug]["alert_service_eur"] > 0
        assert found[slug]["wasted_polls"] > 1000
    assert found["ours"]["alert_service_eur"] == 0
    assert found["ours"]["wasted_polls"] == 0


def test_shortage_brings_sellers_in_at_the_click_and_in_no_draw() -> None:
    found = played("X11")

    assert found["first-click"]["active_sellers"] > 0
    assert found["first-click"]["market_profit_eur"] > 0
    for slug in ("plain-lottery", "ours"):
        assert found[slug]["active_sellers"] == 0
        assert found[slug]["paid_eur"] == 0


def test_helpers_at_their_ceiling_leave_people_waiting_to_be_registered() -> None:
    narrow, free = played("X12"), _played("S16", SIZE["X12"])

    ratio = "service_ratio_excluded"
    assert narrow["ours"][ratio] < free["ours"][ratio] - 0.1
    click = "first-click"
    assert narrow[click][ratio] == free[click][ratio], "no helper speeds up a click"


def test_a_flood_holds_up_true_registrations_where_each_is_checked() -> None:
    found = played("X13")

    checked, unchecked = found["ours"], found["ours-no-identity-check"]
    assert checked["nights_delayed"] > 3
    assert unchecked["nights_delayed"] == 0
    assert checked["capture_share"] < unchecked["capture_share"]
    assert checked["received_share"] > unchecked["received_share"]
