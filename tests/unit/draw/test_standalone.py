"""The files for everybody: alone, short, and of the same opinion."""

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import verify_tour_de_role as alone
from service.draw.canonical import parse_strict
from service.draw.verify import NotATranscriptError, verify
from tests.strategies_draw import (
    DRAW_VECTORS,
    LABELS,
    entry,
    is_signed,
    pool_of,
    transcript_of,
)

FILE = Path(alone.__file__)
SECOND = FILE.with_name("verify_tour_de_role_kept.py")
NIGHT = transcript_of(
    pool_of([1, 1], [([0, 1], [])], [entry(label) for label in LABELS[:5]])
)


def run(*arguments):
    """Run the file as anybody would, away from our modules."""
    return subprocess.run(
        [sys.executable, "-I", FILE, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def written(path, value):
    path.write_text(json.dumps(value), "utf-8")
    return path


def imported_by(file):
    return {
        name.split(".")[0]
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }


def test_they_import_the_standard_library_only_and_the_second_file_the_first():
    first, second = imported_by(FILE), imported_by(SECOND)

    assert first <= sys.stdlib_module_names
    assert second <= {*sys.stdlib_module_names, FILE.stem}
    reach_out = {"importlib", "subprocess", "socket", "urllib", "os"}
    assert not (first | second) & reach_out


def test_each_can_be_read_in_one_sitting():
    assert len(FILE.read_text("utf-8").splitlines()) <= 500
    assert len(SECOND.read_text("utf-8").splitlines()) <= 350


def run_second(folder, *arguments):
    """Run the second file from where somebody laid it, with what lies beside it."""
    laid = shutil.copy(SECOND, folder)
    return subprocess.run(
        [sys.executable, "-E", "-s", laid, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_second_file_says_of_a_night_what_the_first_says(tmp_path):
    night = written(tmp_path / "night.json", NIGHT.full())
    shutil.copy(FILE, tmp_path)

    done = run_second(tmp_path, night)

    assert (done.returncode, done.stdout, done.stderr) == (0, run(night).stdout, "")


def test_the_second_file_without_the_first_says_what_it_needs(tmp_path):
    done = run_second(tmp_path, written(tmp_path / "night.json", NIGHT.full()))

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"refused: lay {FILE.name} in the same folder\n"


def test_a_night_that_holds_ends_in_zero(tmp_path):
    done = run(written(tmp_path / "night.json", NIGHT.full()))

    assert done.returncode == 0
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert len(lines) == 15
    assert lines[0] == "passed: pool: keeps section 1"
    assert [line.split(":")[0] for line in lines] == ["passed"] * 13 + ["not made"] * 2


def test_a_reduced_night_that_holds_ends_in_zero(tmp_path):
    done = run(written(tmp_path / "night.json", NIGHT.reduced()))

    assert done.returncode == 0
    assert "not made: served" in done.stdout


def test_a_night_that_does_not_hold_ends_in_one(tmp_path):
    found = NIGHT.full()
    found["beacon"]["round"] += 1

    done = run(written(tmp_path / "night.json", found))

    assert done.returncode == 1
    assert "failed: order" in done.stdout


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1.5]", b"\xff", b'{"a":1,"a":1}', b"[" * 100_000]
)
def test_anything_else_ends_in_two_with_one_line(tmp_path, content):
    path = tmp_path / "night.json"
    path.write_bytes(content)

    done = run(path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("refused: ")


@pytest.mark.parametrize(("lists", "exit_code"), [(98, 0), (99, 2)])
def test_it_bears_the_same_nesting_as_the_other_reading(lists, exit_code, tmp_path):
    deep = "a ruleset may hold anything"
    for _ in range(lists):
        deep = [deep]
    pool = NIGHT.pool.to_json() | {"ruleset": {"deep": deep}}
    path = written(tmp_path / "night.json", transcript_of(pool).full())

    assert alone.main([str(path)]) == exit_code
    if exit_code:
        with pytest.raises(NotATranscriptError, match="nested too deeply"):
            verify(parse_strict(path.read_bytes()), check_signature=is_signed)
    else:
        verify(parse_strict(path.read_bytes()), check_signature=is_signed)


def test_what_it_prints_is_one_line_a_check(tmp_path, capsys):
    path = written(tmp_path / "night.json", NIGHT.reduced())

    assert alone.main([str(path)]) == 0

    printed = capsys.readouterr()
    assert printed.err == ""
    assert [line.split(": ")[1] for line in printed.out.splitlines()] == [
        name for name, _, _ in alone.checks_of(alone.parse(path.read_bytes()))
    ]


@pytest.mark.parametrize("arguments", [[], ["no such file"], ["a", "b"]])
def test_without_a_file_it_ends_in_two(arguments, capsys):
    assert alone.main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("path", DRAW_VECTORS, ids=lambda path: path.stem)
def test_it_decides_every_published_night(path):
    found = json.loads(path.read_text("utf-8"))
    expected = found["expected"]

    night = alone.Draw(found["input"]["pool"], expected["tickets"])

    given = {one["label"]: one for one in expected["allocations"]}
    assert night.slot_of == {k: one["slot"] for k, one in given.items()}
    assert night.served == {k: (v["tier"], v["through"]) for k, v in given.items()}
    assert [night.reason(one["label"]) for one in expected["unserved"]] == [
        one["reason"] for one in expected["unserved"]
    ]


# RFC 8032 section 7.1, tests 1 to 3.
ED25519 = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), ED25519)
def test_published_signatures_hold_and_none_with_a_bit_changed(key, message, signature):
    key, message = bytes.fromhex(key), bytes.fromhex(message)
    signature = bytes.fromhex(signature)

    assert alone.is_signed(key, message, signature)
    assert not alone.is_signed(key, message + b"\x00", signature)
    for octet in range(0, 64, 7):
        bent = bytearray(signature)
        bent[octet] ^= 1 << octet % 8
        assert not alone.is_signed(key, message, bytes(bent))


def test_a_signature_is_not_counted_twice_round_the_group():
    key, message, signature = map(bytes.fromhex, ED25519[0])
    s = int.from_bytes(signature[32:], "little") + alone.ORDER

    assert not alone.is_signed(key, message, signature[:32] + s.to_bytes(32, "little"))


@pytest.mark.parametrize(
    "key",
    [
        "02" + "00" * 31,  # on no point of the curve
        "ff" * 32,  # a number beyond the field
        "01" + "00" * 30 + "80",  # x is zero and said to be odd
    ],
)
def test_what_is_no_key_signed_nothing(key):
    assert not alone.is_signed(bytes.fromhex(key), b"", bytes(64))
