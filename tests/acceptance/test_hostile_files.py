"""Any file at all, given to the commands: exit 0, 1 or 2, one line, bounded memory.

Some thousand broken files go through the command line inside this process; files that
are made to hurt go through processes of their own, whose memory is measured.
"""

import io
import json
import os
import random
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest
from typer.main import get_command

import verify_tour_de_role as alone
from service.cli import app
from service.draw.canonical import canonical_bytes
from service.given import MEMORY_AT_LEAST, MEMORY_PER_OCTET
from tests.strategies_draw import (
    DRAW_VECTORS,
    LABELS,
    entry,
    lines_of,
    pool_of,
    transcript_of,
)

MANY = 2_000
OCTETS = 1_000_000
NIGHT = transcript_of(
    pool_of(
        [1, 2],
        [([0], [1]), ([0, 1], [])],
        [entry(label, f"c{at % 2}", band=at) for at, label in enumerate(LABELS[:5])],
        [("q0", 1)],
    )
)
WHOLE = {
    "input": json.dumps(json.loads(DRAW_VECTORS[8].read_text("utf-8"))["input"]),
    "full": canonical_bytes(NIGHT.full()).decode(),
    "reduced": canonical_bytes(NIGHT.reduced()).decode(),
    "line": canonical_bytes(lines_of(NIGHT).line(LABELS[0])).decode(),
}
PIECES = [b"{", b"}", b"[", b"]", b",", b":", b'"', b"null", b"1e9", b"-0", b"\\ud800"]
PIECES += [b"\xff", b"\x00", b"9" * 40, b'"a":1,"a":2,', b"[" * 300, b"\xef\xbb\xbf"]


def broken(seed):
    """A file that was nearly right: bytes cut, doubled, replaced or put in."""
    rng = random.Random(f"hostile {seed}")
    text = bytearray(rng.choice(list(WHOLE.values())).encode())
    for _ in range(rng.choice([1, 1, 2, 5])):
        at, size = rng.randrange(len(text) + 1), rng.choice([1, 2, 8, 64])
        kind = rng.randrange(5)
        if kind == 0:
            del text[at : at + size]
        elif kind == 1:
            text[at:at] = text[at : at + size]
        elif kind == 2:
            text[at : at + size] = rng.randbytes(size)
        elif kind == 3:
            text[at:at] = rng.choice(PIECES)
        else:
            text = text[:at]
    return bytes(text)


COMMAND = get_command(app)
"""The command line, put together once for thousands of files."""


class Paper:
    """What a command writes on, in text or in octets."""

    def __init__(self):
        self._octets = io.BytesIO()
        self.stream = io.TextIOWrapper(self._octets, "utf-8", write_through=True)

    def read(self):
        return self._octets.getvalue().decode()


def asked(*arguments):
    """The command line's answer; a traceback would be an exception here."""
    printed, complained = Paper(), Paper()
    with (
        redirect_stdout(printed.stream),
        redirect_stderr(complained.stream),
        pytest.raises(SystemExit) as ended,
    ):
        COMMAND.main(args=list(map(str, arguments)))
    return ended.value.code, printed.read(), complained.read()


def check_answer(code, printed, complained):
    assert code in (0, 1, 2)
    if code == 2:
        assert printed == ""
        assert complained.count("\n") == 1
        assert 0 < len(complained) < 2_000
    else:
        assert complained == ""
        assert printed.endswith("\n")


@pytest.mark.parametrize("part", range(4))
def test_thousands_of_broken_files_end_in_an_answer_or_one_line(tmp_path, part):
    path, codes = tmp_path / "file.json", {"replay": set(), "verify": set()}
    for seed in range(part * MANY // 4, (part + 1) * MANY // 4):
        path.write_bytes(broken(seed))
        for command, seen in codes.items():
            answer = asked(command, path)
            if (command, answer[0]) == ("replay", 1):  # drawn, and told to be another
                assert answer[1].endswith("\n")
                assert answer[2].startswith("FAIL ")
            else:
                check_answer(*answer)
            seen.add(answer[0])

    assert codes["replay"] <= {0, 1, 2}
    assert codes["verify"] == {1, 2} or codes["verify"] == {0, 1, 2}


def test_the_file_for_everybody_ends_likewise(tmp_path, monkeypatch):
    path, codes = tmp_path / "file.json", set()
    for seed in range(MANY):
        path.write_bytes(broken(seed))
        printed, complained = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdout", printed)
        monkeypatch.setattr(sys, "stderr", complained)
        code = alone.main([str(path)])
        monkeypatch.undo()
        check_answer(code, printed.getvalue(), complained.getvalue())
        codes.add(code)

    assert codes >= {1, 2}


@pytest.mark.parametrize("option", ["--mine", "--acknowledged"])
def test_broken_papers_beside_a_night_end_likewise(tmp_path, option):
    night, paper = tmp_path / "night.json", tmp_path / "paper.json"
    night.write_text(WHOLE["reduced"], "utf-8")
    for seed in range(200):
        paper.write_bytes(broken(seed))

        check_answer(*asked("verify", night, option, paper))


@pytest.mark.parametrize(
    "given", ["no such file", "/dev/zero", "/dev/null", ".", "\udcff.json", "a" * 500]
)
@pytest.mark.parametrize("command", ["replay", "verify"])
def test_what_is_no_file_ends_in_two_with_one_line(
    command, given, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)

    assert asked(command, given)[0] == 2
    check_answer(*asked(command, given))


def star(slots):
    """A pool whose sets of slots are as many and as long as its size allows."""
    return {
        "spec": "tour-de-role/draw/1",
        "draw": "isere/2026-11-23",
        "ruleset": {},
        "slots": [
            {"slot": f"{at:07}", "starts_at": "2026-12-01T09:00", "places": 1}
            for at in range(slots)
        ],
        "classes": {
            f"{at:07}": {"in_time": sorted({f"{0:07}", f"{at:07}"}), "late": []}
            for at in range(slots)
        },
        "quotas": [],
        "registrations": [entry(f"{at:064x}", f"{at:07}") for at in range(slots)],
    }


def hostile():
    """Files of a million octets, each made to cost as much as it can."""
    inside = {"commitment_sha256": "00" * 32, "randomness": "00" * 32}
    wide = NIGHT.full()
    wide["pool"]["ruleset"] = {"a": [[]] * (OCTETS // 3)}
    signed = NIGHT.full()
    signed["beacon"] |= {"signature": "ab" * (OCTETS // 2)}
    return {
        "arrays": b"[" + b"[]," * (OCTETS // 3) + b"0]",
        "objects": b"[" + b"{}," * (OCTETS // 3) + b"0]",
        "keys": b"{" + b",".join(b'"%x":0' % at for at in range(OCTETS // 9)) + b"}",
        "depth": b"[" * OCTETS,
        "digits": b"1" * OCTETS,
        "fractions": b"[" + b"0.5," * (OCTETS // 4) + b"0]",
        "wide characters": b'["' + b"a" * OCTETS + "\U0001f600".encode() + b'"]',
        "noise": random.Random(1).randbytes(OCTETS),
        "ruleset": json.dumps(wide, separators=(",", ":")).encode(),
        "signature": json.dumps(signed, separators=(",", ":")).encode(),
        "slots": json.dumps({"pool": star(OCTETS // 300), **inside}).encode(),
    }


MEASURED = """
import runpy, sys
from service.peak import peak_octets
sys.argv = sys.argv[1:]
try:
    if sys.argv[0] == "alone":
        del sys.argv[0]
        runpy.run_path(sys.argv[0], run_name="__main__")
    else:
        from service.cli import main
        main()
finally:
    sys.stderr.write(f"{peak_octets()}")
"""


def run_measured(*words):
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )
    *complained, peak = done.stderr.split("\n")
    return done.returncode, done.stdout, complained, int(peak)


@pytest.fixture(scope="module")
def at_rest(tmp_path_factory):
    """What the program takes to refuse next to nothing."""
    path = tmp_path_factory.mktemp("rest") / "empty.json"
    path.write_bytes(b"{}")
    return run_measured("tourderole", "verify", str(path))[3]


@pytest.mark.parametrize("kind", list(hostile()))
def test_a_file_made_to_hurt_takes_memory_by_its_size(kind, tmp_path, at_rest):
    path = tmp_path / "hostile.json"
    path.write_bytes(hostile()[kind])
    size = path.stat().st_size

    for command in ("replay", "verify"):
        code, printed, complained, peak = run_measured("tourderole", command, str(path))

        assert code in (0, 1, 2)
        assert bool(printed) == (code != 2)
        assert len(complained) == (code == 2)
        assert peak < at_rest + 60 * size


@pytest.mark.parametrize("kind", ["signature", "keys"])
def test_the_file_for_everybody_takes_memory_by_size_too(kind, tmp_path):
    empty, path = tmp_path / "empty.json", tmp_path / "hostile.json"
    empty.write_bytes(b"{}")
    path.write_bytes(hostile()[kind])

    rest = run_measured("alone", alone.__file__, str(empty))[3]
    code, printed, complained, peak = run_measured("alone", alone.__file__, str(path))

    assert code in (0, 1, 2)
    assert bool(printed) == (code != 2)
    assert len(complained) == (code == 2)
    assert peak < rest + 60 * path.stat().st_size


def test_a_file_that_asks_for_too_much_is_refused_and_the_limit_is_lifted_again():
    from service.given import UnreadableFileError, memory_for

    with (
        pytest.raises(UnreadableFileError, match="asks for more memory"),
        memory_for(1),
    ):
        bytearray(2 * (MEMORY_AT_LEAST + MEMORY_PER_OCTET))

    assert len(bytearray(MEMORY_AT_LEAST + 2**20)) > MEMORY_AT_LEAST


def test_a_terminal_that_knows_only_ascii_gets_an_answer(tmp_path):
    night = json.loads(WHOLE["full"])
    night["result"]["tickets"] |= dict.fromkeys(["é" * 200], "00" * 32)
    path = tmp_path / "é.json"
    path.write_text(json.dumps(night), "utf-8")

    code, printed, complained, _ = run_measured("tourderole", "verify", str(path))

    assert (code, complained) == (1, [])
    assert "FAIL tickets" in printed


def test_a_folder_of_broken_files_ends_in_two_and_names_each(tmp_path):
    for seed in range(20):
        (tmp_path / f"{seed}.json").write_bytes(broken(seed))

    code, printed, complained = asked("verify", tmp_path)

    assert code == 2
    assert complained.count("\n") >= 10
    assert "FAIL" in printed or "keys" in printed
