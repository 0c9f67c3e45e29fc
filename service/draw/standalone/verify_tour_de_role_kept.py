"""Check nights of Tour de rôle together, and what somebody kept of them.

    python3 verify_tour_de_role_kept.py TRANSCRIPTS [--kept COMMITMENTS]
    python3 verify_tour_de_role_kept.py TRANSCRIPT --mine LINE --acknowledged SIGNED

TRANSCRIPTS and COMMITMENTS are files or folders; annulments go with transcripts.
Exit 0: every check that could be made holds. 1: one fails. 2: a file is not what
it is given for. Lay verify_tour_de_role.py in the same folder: it reads the files
and checks each night. Like that one: Python 3.11, nothing to install, no network.
"""

import hmac
import re
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

try:
    from verify_tour_de_role import (
        COMMITMENT,
        COUNT,
        FULL,
        HASH,
        REDUCED,
        ROW,
        SIGNATURE,
        SPEC,
        Check,
        Json,
        canonical,
        checks_of,
        digest_of,
        fits,
        is_committed,
        is_shown,
        judged,
        parse,
        refuse,
        tell,
        tickets_of,
        time_of,
    )
except ImportError:
    sys.stderr.write("refused: lay verify_tour_de_role.py in the same folder\n")
    sys.exit(2)

ABSENT = """no ticket for {}: withdrawn, lapsed, holding an offer or an appointment, \
sitting out after a decline, or a night before {}; else left out"""
OPTIONS = ("--kept", "--mine", "--acknowledged")

# Shapes, written as in the first file.
# fmt: off
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
KEPT: Json = {"spec": SPEC, "commitment": COMMITMENT, "signature": SIGNATURE}
ANNULLED = KEPT | {"spec": "tour-de-role/annulment/1", "annulment_signature": SIGNATURE,
                   "annulled": {"at": MOMENT, "reason": str, "luck_was_known": bool}}
LINE = {"spec": SPEC, "commitment_sha256": HASH, "registration": ROW, "nonce": HASH,
        "index": COUNT, "path": [HASH]}
ACKNOWLEDGED: Json = {"spec": "tour-de-role/acknowledgement/1", "reference": str,
                      "received_at": str, "first_night_on": DAY, "prefecture": str,
                      "motif": str, "signature": SIGNATURE}
WITH_KEY = ACKNOWLEDGED | {"spec": "tour-de-role/acknowledgement/2",
                           "label_key": HASH, "first_label_on": DAY}
# fmt: on


# --- Nights, and the commitments that somebody kept (§ 2) -----------------------
class Night(NamedTuple):
    """What a chain, and whoever kept a commitment, know of a night."""

    prefecture: str
    day: str
    digest: str
    previous: str | None
    key: str
    at: datetime | None


def night_of(found: Json) -> Night:
    """Return what tells a night from others."""
    commitment, key = found["commitment"], found["signature"]["key"]
    prefecture, _, day = commitment["draw"].rpartition("/")
    digest, at = digest_of(commitment).hex(), time_of(commitment["beacon"])
    return Night(prefecture, day, digest, commitment["previous"], key, at)


def kept_of(found: Json) -> Night:
    """Return what was kept of a night, if somebody signed it."""
    if not fits(found, KEPT) or not is_committed(found):
        refuse("not a commitment, or signed by nobody")
    return night_of(found)


def witnessed(night: Night, kept: Iterable[Night]) -> bool | None:
    """Tell whether this commitment was kept: only what its own key signed denies it."""
    said = {(one.key, one.digest) for one in kept if one[:2] == night[:2]}
    if any(key == night.key and digest != night.digest for key, digest in said):
        return False
    return True if said == {(night.key, night.digest)} else None


def withheld(nights: list[Night], kept: list[Night], now: datetime) -> Check:
    """Look for what was kept of these days or later ones, and has no night here."""
    here, keys = {one[:2] for one in nights}, {one[::4] for one in nights}
    first = dict(sorted(here, reverse=True))
    asked = [one for one in kept if one.day >= first.get(one.prefecture, "\U0010ffff")]
    gone = [one for one in asked if one[:2] not in here]
    due = [one for one in gone if one.at is None or one.at <= now]
    accused = any(one[::4] in keys for one in due)  # by its prefecture and its key
    holds = False if accused else None if gone or not asked else True
    return ("withheld", holds, f"kept, and no night here: {[one[:2] for one in gone]}")


def chain_of(nights: list[Night]) -> list[Check]:
    """Check that commitments name one another, by prefecture and day (§ 2)."""
    order = sorted({one.digest: one for one in nights}.values())
    first = {one.prefecture: one for one in reversed(order)}
    days, checks = Counter(one[:2] for one in order), list[Check]()
    for last, one in zip(order[-1:] + order, order, strict=False):
        begins = None if one.previous else True
        holds = begins if one is first[one.prefecture] else one.previous == last.digest
        holds = False if days[one[:2]] > 1 else holds  # two promises for one night
        why = f"{'/'.join(one[:2])!a} names {one.previous}"
        checks.append(("previous", holds, why))
    keys = sorted({one.key for one in nights})
    alike = True if len(keys) == 1 else None
    return [*checks, ("keys", alike, f"compare with those published: {keys}")]


# --- One night: a transcript, or an annulment ------------------------------------
def is_sealed(paper: Json, seal: str) -> bool:
    """Tell whether one member of a paper signs all the others."""
    said = canonical({name: paper[name] for name in paper if name != seal})
    return is_shown(paper[seal], paper["spec"].encode() + b"/" + said)


def annulled(found: Json, kept: Iterable[Night]) -> list[Check]:
    """Check what stands for a night that was given up in public: there is no draw."""
    given_up = None if is_sealed(found, "annulment_signature") else False
    checks: list[Check] = [
        ("signature", is_committed(found), f"by key {found['signature']['key']}"),
        ("annulled", given_up, ascii(found["annulled"])),
    ]
    if kept:
        checks.append(("witness", witnessed(night_of(found), kept), "kept before?"))
    return checks


def night_checks(found: Json, kept: Iterable[Night] = ()) -> list[Check]:
    """Check a transcript or an annulment beside the commitments kept."""
    if fits(found, ANNULLED):
        return annulled(found, kept)
    if not fits(found, FULL) and not fits(found, REDUCED):
        refuse("not a transcript of " + SPEC)
    return checks_of(found, witnessed(night_of(found), kept))


# --- One's own papers: a line (§ 7), a signed acknowledgement --------------------
def root_from(leaf: bytes, index: int, count: int, path: list[bytes]) -> bytes:
    """Return the root that a path leads up to, nothing if its length is wrong."""
    if count == 1 or not path:
        return b"" if path or count > 1 else leaf
    split = 1 << (count - 1).bit_length() - 1
    if index < split:
        two = root_from(leaf, index, split, path[:-1]) + path[-1]
    else:
        two = path[-1] + root_from(leaf, index - split, count - split, path[:-1])
    return sha256(b"\x01" + two).digest()


def line_checks(own: Json, found: Json) -> list[Check]:
    """Check that a line was committed to, and what became of it."""
    if not fits(own, LINE):
        refuse("not a line of " + SPEC)
    tree, row = found["commitment"]["registrations"], own["registration"]
    digest, result = digest_of(found["commitment"]), found["result"]
    leaf = sha256(b"\x00" + bytes.fromhex(own["nonce"]) + canonical(row)).digest()
    path, index = [bytes.fromhex(step) for step in own["path"]], own["index"]
    held = index < tree["count"]
    held = held and root_from(leaf, index, tree["count"], path).hex() == tree["root"]
    drawn = tickets_of([row["label"]], digest, found["beacon"]["randomness"])
    answers = result["allocations"] + result["unserved"]
    mine = [one for one in answers if one["label"] == row["label"]]
    return [
        ("night", own["commitment_sha256"] == digest.hex(), digest.hex()),
        ("inclusion", held, f"leaf {index} of {tree['count']}"),
        ("ticket", drawn.items() <= result["tickets"].items(), "by HKDF"),
        ("answer", len(mine) == 1, ascii(mine)),
    ]


def promise_checks(own: Json, found: Json, line: Json) -> list[Check]:
    """Check what was acknowledged: was this person in the draw, is this their line?"""
    if not fits(own, ACKNOWLEDGED) and not fits(own, WITH_KEY):
        refuse("not a signed acknowledgement")
    first = own["first_night_on"]
    for day in (first, sure := own.get("first_label_on", first)):
        date.fromisoformat(day)
    draw, shown = found["commitment"]["draw"], own["signature"]
    where, _, day = draw.partition("/")
    signed = is_sealed(own, "signature")
    alike = True if shown["key"] == found["signature"]["key"] else None
    secret, text = own.get("label_key", ""), b"tour-de-role/label/1/" + draw.encode()
    label = hmac.digest(bytes.fromhex(secret), text, "sha256").hex()
    known, present = secret and sure <= day, label in found["result"]["tickets"]
    why = f"under {label}" if present else ABSENT.format(label, first)
    stands = line and line["registration"]["label"]
    checks: list[Check] = [
        ("acknowledgement", signed, f"by key {shown['key']}"),
        ("key", alike, f"compare with those published: {shown['key']}"),
        ("promised", where == own["prefecture"] and first <= day, f"from {first} on"),
        ("present", present if known else None, why if known else "no key of labels"),
        ("mine", stands == label if known else None, f"the line is of {stands}"),
    ]
    return checks if line else checks[:-1]


# --- From files ------------------------------------------------------------------
def own_checks(papers: dict[str, list[Path]], found: Json) -> list[Check]:
    """Check one person's papers against one night."""
    own = {name: parse(papers[name][0].read_bytes()) for name in papers}
    checks = list[Check]()
    if "result" not in found:
        return checks  # an annulment answers nobody
    if "--mine" in own:
        checks += line_checks(own["--mine"], found)
    if "--acknowledged" in own:
        checks += promise_checks(own["--acknowledged"], found, own.get("--mine"))
    return checks


def files_of(paths: list[str], pattern: str) -> list[Path]:
    """Return the files named, and those of the folders named."""
    files = list[Path]()
    for path in map(Path, paths):
        files += sorted(path.glob(pattern)) if path.is_dir() else [path]
    return files or [Path("no file")]


def sorted_out(words: list[str]) -> dict[str, list[str]]:
    """Return what was typed: transcripts under "", each paper under its option."""
    given, option = {"": list[str]()}, ""
    for word in words:
        if word in OPTIONS:
            option = word
            given.setdefault(option, [])
            continue
        given[option].append(word)
        if option != "--kept":  # the others take one file
            option = ""
    return given


def main(words: list[str]) -> int:
    """Check files, and the transcripts of folders; return the exit code."""
    given = sorted_out(words)
    files, nights, worst = files_of(given.pop(""), "*.json"), list[Night](), 0
    papers = {name: files_of(given[name], "**/*.json") for name in given}
    kept = [judged(file, kept_of) for file in papers.pop("--kept", [])]
    if papers and len(files) != 1:
        files = [Path("a line or an acknowledgement goes with one transcript")]
    if None in kept:
        return 2

    def judge(found: Json) -> tuple[list[Check], Night]:
        return night_checks(found, kept) + own_checks(papers, found), night_of(found)

    for file in files:
        checks, night = judged(file, judge) or (None, None)
        worst |= tell(f"{file.name!a}: " if len(files) > 1 else "", checks)
        nights += [night] if night else []
    if len(files) > 1:
        more = [withheld(nights, kept, datetime.now(UTC))] if kept else []
        worst |= tell("", chain_of(nights) + more)
    return min(worst, 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
