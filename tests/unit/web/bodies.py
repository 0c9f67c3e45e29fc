"""A good registration, and what people and attackers put where it does not belong."""

import copy
from typing import Any

GOOD: dict[str, Any] = {
    "prefecture": "isere",
    "motif": "renouvellement-titre",
    "sites": ["grenoble"],
    "identity": {
        "agdref_number": "9900000001",
        "family_name": "SPÉCIMEN",
        "given_names": "Noor",
        "birth_date": "1994-02-02",
    },
    "contact": {"email": "noor@example.org", "phone": None, "language": "fr"},
    "permit_expires_on": "2026-12-12",
    "held_document": "cst",
    "permit_starts_on": "2025-12-13",
    "entered_on": None,
    "requested_on": None,
    "availability": {
        "weekdays_excluded": [2],
        "dates_excluded": ["2026-12-24"],
        "short_notice": False,
    },
    "people": 1,
}

HOSTILE: dict[str, Any] = {
    "10 kB": "x" * 10_000,
    "emoji": "Nöor 😀",
    "right-to-left mark": "SPE\u200fCIMEN\u202e",
    "NUL": "SPE\x00CIMEN",
    "SQL": "'; DROP TABLE registration; --",
    "HTML": "<script>alert(1)</script>",
    "lone surrogate": "\ud800",
    "number": 12345678901234567890,
    "boolean": True,
    "list": ["x"],
    "object": {"a": "b"},
    "empty": "",
}

TEXT_FIELDS = (
    "prefecture",
    "motif",
    "sites.0",
    "identity.agdref_number",
    "identity.family_name",
    "identity.given_names",
    "identity.birth_date",
    "contact.email",
    "contact.phone",
    "contact.language",
    "permit_expires_on",
    "held_document",
    "permit_starts_on",
    "entered_on",
    "requested_on",
    "availability.weekdays_excluded.0",
    "availability.dates_excluded.0",
    "availability.short_notice",
    "people",
    "document.kind",
    "document.number",
    "document.country",
)


def good() -> dict[str, Any]:
    return copy.deepcopy(GOOD)


def with_value(place: str, value: Any) -> dict[str, Any]:
    """A good body with one value replaced."""
    body = good()
    if place.startswith("document."):
        del body["identity"]["agdref_number"]
        body["identity"]["document"] = {
            "kind": "passport",
            "number": "12AB34567",
            "country": "TUN",
        }
        place = f"identity.{place}"
    target: Any = body
    *parents, last = place.split(".")
    for parent in parents:
        target = target[int(parent) if parent.isdigit() else parent]
    target[int(last) if last.isdigit() else last] = value
    return body


def pointer_parent(place: str) -> str:
    """The pointer of a field, without its position in a list."""
    if place.startswith("document."):
        place = f"identity.{place}"
    return "/" + "/".join(part for part in place.split(".") if not part.isdigit())
