"""An agent acts for a person through one door, where it is asked who the person is.

What opens a registration to an agent is made in one module, and each act of a person
that an agent may do goes through it: a second maker would be a way past the question.
"""

import ast

from service.domain.desk_acts import DeskAct
from tests.architecture.source import ROOT, parsed, python_files

MAKER = "service/usecases/desk/act_for.py"
LOOKERS = {"acknowledgement_for", "convocation_for", "explanation_for"}
"""They print, and change nothing: an agent sees the file anyway."""


def _called(tree: ast.AST, name: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
    ]


def test_one_module_makes_what_opens_a_registration_to_an_agent() -> None:
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in python_files("service")
        if _called(parsed(path), "DeskAccess")
    }

    assert makers == {MAKER}


def test_every_act_asks_who_the_person_is_and_only_printing_does_not() -> None:
    tree = parsed(ROOT / MAKER)
    asking = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef) and _called(node, "known")
    }
    straight = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef) and _called(node, "_access")
    }

    assert straight == {"known", *LOOKERS}
    assert asking == {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef)
        and node.name.endswith("_for")
        and node.name not in LOOKERS
    }
    acts = set(DeskAct) - {DeskAct.PRINTED, DeskAct.NOT_REACHED}
    assert len(asking) == len(acts) - 1  # one corrects the file and the contact alike


def test_no_act_of_an_agent_reads_or_brings_a_date() -> None:
    brings = {"check_dates", "with_facts", "note_check", "correct_date"}
    names = {
        node.id for node in ast.walk(parsed(ROOT / MAKER)) if isinstance(node, ast.Name)
    }

    assert names & brings == set()
