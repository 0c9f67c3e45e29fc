"""What a tracked file may never hold."""

import re

import pytest

from tests.architecture.source import ROOT, shown, tracked_files

# Written in two parts, so that this file does not hold what it looks for.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "registry.np" + "mjs",
    "deb.deb" + "ian.org",
)
PLACES = ("/wo" + "rk/", "/opt" + "/tdr", "/fa" + "rm/", "/tm" + "p/", "/ro" + "ot/")
LEFT_OVERS = ("TO" + "DO", "FIX" + "ME", "XX" + "X ", "NotImpl" + "ementedError")
SHORTCUTS = ("mock." + "patch", "time." + "sleep(", "assert " + "True\n")


def texts():
    for path in tracked_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture


def holding(words, *, suffix=""):
    return [
        f"{shown(path)}: {word.strip()}"
        for path, text in texts()
        if path.suffix == suffix or not suffix
        for word in words
        if word in text
    ]


def test_no_file_names_a_package_registry():
    assert holding(REGISTRIES) == []


def test_no_file_names_a_place_of_the_machine_it_was_written_on():
    assert holding(PLACES) == []


def test_nothing_is_left_for_later():
    assert holding(LEFT_OVERS, suffix=".py") == []


def test_no_test_sleeps_or_patches_our_own_code():
    assert [found for found in holding(SHORTCUTS) if found.startswith("tests")] == []


def test_every_package_is_pinned_by_digest():
    for name in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=[a-z0-9])", text.strip())

        assert len(entries) > 10
        assert [e.split()[0] for e in entries if "--hash=sha256:" not in e] == []
        assert "http" + "://" not in text
        assert "https" + "://" not in text


@pytest.mark.parametrize("name", [".ci/run", "run.py"])
def test_what_is_started_by_name_can_be_started(name):
    assert (ROOT / name).stat().st_mode & 0o111


def test_ci_runs_the_command_that_people_run():
    text = (ROOT / ".ci/run").read_text(encoding="utf-8")

    assert text.rstrip().endswith("python3 run.py test")


def test_the_licence_is_the_one_that_is_declared():
    declared = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert 'license = "EUPL-1.2"' in declared
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
