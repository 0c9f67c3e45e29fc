"""What the operator reads before a prefecture changes: each line says what and why."""

from service.domain.stated_prefecture import Change, Difference
from service.operating import said_of

ADDED = Difference(change=Change.ADDED, place="sites.nord", after="Nord")
CHANGED = Difference(change=Change.CHANGED, place="name", before="A", after="B")
AWAITED = Difference(change=Change.KEPT, place="sites.sud", before="Sud", waiting=12)
LATER_RULE = Difference(
    change=Change.KEPT, place="ruleset.2027-01-01", before="from 2027-01-01"
)


def test_a_dry_run_says_what_would_be_written_and_who_waits() -> None:
    found = [ADDED, CHANGED, AWAITED, LATER_RULE]

    assert list(said_of("ici", found, is_dry_run=True)) == [
        "added   sites.nord: Nord",
        "changed name: 'A' -> 'B'",
        "kept    sites.sud: not in the file, and nothing is deleted; 12 people wait "
        "there",
        "kept    ruleset.2027-01-01: a later rule than the file's, from 2027-01-01; "
        "it stays",
        "ici: 2 would be written",
    ]


def test_what_only_stays_changes_nothing() -> None:
    *_, last = said_of("ici", [AWAITED], is_dry_run=False)

    assert last == "ici: nothing to change"
