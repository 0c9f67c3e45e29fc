"""One word per idea: the synonyms that the glossary refuses name nothing of ours."""

import ast
import re

from tests.architecture.source import parsed, python_files, shown

# "seat" is missing on purpose: to seat someone is what the matching does.
REFUSED = {
    "user": "applicant, agent or auditor",
    "users": "applicants",
    "customer": "applicant",
    "booking": "registration or offer",
    "bookings": "registrations or offers",
    "reservation": "offer",
    "timeslot": "slot",
    "score": "band",
    "scores": "band",
    "receipt": "acknowledgement",
    "recepisse": "acknowledgement",
    "raffle": "draw",
    "winner": "who is served",
    "winners": "outcome",
    "clerk": "agent",
    "inspector": "auditor",
    "ssn": "AgdrefNumber",
    "proxy": "helper",
    "delegate": "helper",
    "utils": "a name that says what is inside",
}


def names_given(tree):
    """The names that a file gives; names it uses may be someone else's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words(name):
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+", name)
    return {part.lower() for part in parts}


def test_no_refused_word_names_anything_of_the_service():
    found = {
        f"{shown(path)}: {name} (say {REFUSED[word]})"
        for path in python_files("service")
        for name in (path.stem, *names_given(parsed(path)))
        for word in words(name) & REFUSED.keys()
    }

    assert found == set()


def test_a_name_is_taken_apart_into_its_words():
    assert words("BookingReceiptV2") == {"booking", "receipt", "v", "2"}
    assert words("open_slots") == {"open", "slots"}
