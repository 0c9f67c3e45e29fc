"""How long a replay takes, beside a plain script that decides nothing.

The plain script parses the same JSON and computes the same tickets, in the same
run: a ratio says more than seconds on a machine that does other work. For the same
reason the time of this process on its core is measured, not the clock on the wall;
nothing here waits, so that on a quiet machine the two are equal. The two take
turns, a hundred times for the smallest pool, and the best time of each counts:
what the machine does besides only ever adds. Pools are invented: sites, motifs and
days, deadlines that cut lists in two, a few families, two quotas, four bands.
"""

import argparse
import gc
import hmac
import json
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from time import process_time
from typing import Final

from service.draw.replay import replay
from service.peak import peak_octets


@dataclass(frozen=True, slots=True)
class Size:
    """One invented pool, and how many times the plain script it may cost."""

    registrations: int
    places: int
    slots: int
    classes: int
    target: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        registrations: How many in the pool.
        places: How many in all.
        plain_s: Seconds of the plain script, the best of the repetitions.
        replay_s: Seconds of the whole replay, likewise.
        ratio: The second over the first.
        target: What the ratio should not exceed.
        peak_mib: Largest resident size of a process that replays once.
    """

    registrations: int
    places: int
    plain_s: float
    replay_s: float
    ratio: float
    target: float
    peak_mib: int


SIZES: Final = (
    Size(5_000, 500, 300, 60, target=2.0),
    Size(50_000, 2_000, 1_000, 200, target=2.0),
    Size(500_000, 20_000, 8_000, 600, target=3.0),
)
LEAST_S: Final = 5.0
"""Small pools are measured more often, for so many seconds in all."""
_DIGEST: Final = "11" * 32
_RANDOMNESS: Final = "22" * 32


def run(sizes: Sequence[Size] = SIZES, repeat: int = 5) -> list[Row]:
    """Measure every size.

    Args:
        sizes: The pools to invent.
        repeat: How often each is measured at least; the best counts.
    """
    return [_measure(size, repeat) for size in sizes]


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table."""
    head = "| pool | plain, s | replay, s | ratio | target | peak, MiB |\n"
    head += "|---|---|---|---|---|---|\n"
    return head + "".join(
        f"| {row.registrations:,} × {row.places:,} | {row.plain_s:.3f} "
        f"| {row.replay_s:.3f} | {row.ratio:.2f} | ≤ {row.target:g} "
        f"| {row.peak_mib:,} |\n"
        for row in rows
    )


def invented_input(size: Size, seed: int = 1) -> bytes:
    """Return an input file for a replay, the same for the same seed."""
    rng = Random(seed)  # noqa: S311 - an invented pool needs no strong luck
    slots = _slots(size)
    classes = _classes(size, [str(slot["slot"]) for slot in slots], rng)
    quotas = [
        {"quota": "long_wait", "places": size.places // 20},
        {"quota": "no_date", "places": size.places // 20},
    ]
    labels = sorted(rng.randbytes(32).hex() for _ in range(size.registrations))
    pool = {
        "spec": "tour-de-role/draw/1",
        "draw": "isere/2026-11-23",
        "ruleset": {"version": "bench"},
        "slots": slots,
        "classes": classes,
        "quotas": quotas,
        "registrations": [_registration(label, list(classes), rng) for label in labels],
    }
    whole = {"pool": pool, "commitment_sha256": _DIGEST, "randomness": _RANDOMNESS}
    return json.dumps(whole, separators=(",", ":")).encode()


def plain(text: bytes) -> dict[str, bytes]:
    """Parse and compute tickets as a short script would, and decide nothing."""
    found = json.loads(text)
    salt = bytes.fromhex(found["commitment_sha256"])
    key = hmac.digest(salt, bytes.fromhex(found["randomness"]), "sha256")
    labels = [row["label"] for row in found["pool"]["registrations"]]
    info = b"tour-de-role/draw/1/ticket/"
    return {
        label: hmac.digest(key, info + label.encode() + b"\x01", "sha256")
        for label in labels
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or the rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--largest", type=int, default=500_000, metavar="N")
    asked = parser.parse_args(arguments)
    sizes = [size for size in SIZES if size.registrations <= asked.largest]
    rows = run(sizes, asked.repeat)
    as_json = json.dumps([asdict(row) for row in rows]) + "\n"
    sys.stdout.write(as_json if asked.json else table(rows))
    return 0


def _measure(size: Size, repeat: int) -> Row:
    text = invented_input(size)
    peak_mib = _peak_of_one_replay(size)
    plain_s, replay_s = _best_of(repeat, lambda: plain(text), lambda: replay(text))
    return Row(
        registrations=size.registrations,
        places=size.places,
        plain_s=plain_s,
        replay_s=replay_s,
        ratio=replay_s / plain_s,
        target=size.target,
        peak_mib=peak_mib,
    )


def _best_of(repeat: int, *works: Callable[[], object]) -> list[float]:
    """Return the best time of each work, all of them in turn each round."""
    best = [float("inf") for _ in works]
    until = process_time() + LEAST_S
    with _collector_of_a_new_process():
        while repeat > 0 or process_time() < until:
            repeat -= 1
            for index, work in enumerate(works):
                gc.collect()
                begun = process_time()
                work()
                best[index] = min(best[index], process_time() - begun)
    return best


@contextmanager
def _collector_of_a_new_process() -> Generator[None, None, None]:
    """Keep what this process holds besides out of what the works pay.

    The collector stays on for both, as in any script; that a replay lets it rest is
    a part of the replay.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _peak_of_one_replay(size: Size) -> int:
    """Return the peak in MiB of a fresh process that replays the file once."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_replay_once, args=(theirs,))
    child.start()
    ours.send_bytes(invented_input(size))
    peak = int(ours.recv())
    child.join()
    return peak


def _replay_once(pipe: Connection) -> None:
    replay(pipe.recv_bytes())
    pipe.send(peak_octets() // 2**20)


def _slots(size: Size) -> list[dict[str, object]]:
    each, more = divmod(size.places, size.slots)
    slots: list[dict[str, object]] = []
    for index in range(size.slots):
        day = 1 + 28 * index // size.slots
        hour, quarter = 8 + index % 9, 15 * (index // 9 % 4)
        slots.append(
            {
                "slot": f"s{index:05d}",
                "starts_at": f"2026-12-{day:02d}T{hour:02d}:{quarter:02d}",
                "places": each + (index < more),
            }
        )
    slots.sort(key=lambda slot: (str(slot["starts_at"]), str(slot["slot"])))
    return slots


def _classes(
    size: Size, slots: Sequence[str], rng: Random
) -> dict[str, dict[str, list[str]]]:
    """Invent classes: the sites and the motif one accepts, and a deadline."""
    sites = range(max(2, size.slots // 60))
    site = {slot: rng.choice(sites) for slot in slots}
    motifs = {slot: rng.sample(range(4), 2) for slot in slots}
    classes: dict[str, dict[str, list[str]]] = {}
    for index in range(size.classes):
        accepted = {one for one in sites if rng.random() < 0.5} or {sites[0]}
        motif = rng.randrange(4)
        suits = [s for s in slots if site[s] in accepted and motif in motifs[s]]
        cut = len(suits) if rng.random() < 0.4 else rng.randrange(len(suits) + 1)
        classes[f"c{index:04d}"] = {"in_time": suits[:cut], "late": suits[cut:]}
    return classes


def _registration(label: str, classes: Sequence[str], rng: Random) -> dict[str, object]:
    quotas = [
        name
        for name, share in (("long_wait", 0.2), ("no_date", 0.1))
        if rng.random() < share
    ]
    return {
        "label": label,
        "class": rng.choice(classes),
        "band": rng.choices(range(4), weights=[1, 3, 2, 6])[0],
        "waited_days": rng.randrange(200) if quotas else 0,
        "quotas": quotas,
        "size": 1 if rng.random() > 0.08 else rng.choice([2, 2, 2, 3, 4]),
    }


if __name__ == "__main__":
    sys.exit(main())
