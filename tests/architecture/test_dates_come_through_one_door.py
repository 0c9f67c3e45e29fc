"""The date that orders people is stored in few places, and each is known by name.

Whoever may bring a date is where a friend could be slipped ahead: an insider needs one
door that asks for no second agent (reliability.md § 2.6). A new one shows here first.
"""

import ast

from tests.architecture.source import ROOT, parsed, python_files

KEPT_IN = {
    "checked_dates.py": "one place for all",
    "register_applicant.py": "a new registration, on the person's own words",
    "view_registration.py": "hidden from whoever proved nothing; a view is never saved",
}
ASKED_BY = {
    "amend_registration.py": "the person's own words",
    "check_dates.py": "one agent, and a second one when it is more urgent",
    "correct_date.py": "one agent, and a second one when it is more urgent",
    "freeze_night.py": "facts that are stored already, on another day",
    "second_agent.py": "the person's own words, believed, to compare with",
}
COMPARING = {"check_dates.py", "correct_date.py"}


def _calls(name: str) -> dict[str, list[ast.Call]]:
    found: dict[str, list[ast.Call]] = {}
    for path in python_files("service"):
        if "usecases" not in path.relative_to(ROOT).parts:
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                found.setdefault(path.name, []).append(node)
    return found


def test_a_registration_gets_its_date_in_known_places_only() -> None:
    written = {
        path
        for name in ("replace", "RegistrationRecord")
        for path, calls in _calls(name).items()
        for call in calls
        for keyword in call.keywords
        if keyword.arg == "end_of_right_on"
    }

    assert written == set(KEPT_IN)


def test_every_use_case_that_brings_a_date_is_known() -> None:
    assert set(_calls("with_facts")) == set(ASKED_BY)


def test_what_an_agent_reads_is_always_compared_with_the_persons_own_words() -> None:
    assert set(_calls("is_more_urgent")) == COMPARING
