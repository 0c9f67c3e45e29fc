"""A process says what it held itself, whatever the size of the one that began it."""

import subprocess
import sys

from service.peak import peak_octets

SMALL = "from service.peak import peak_octets; print(peak_octets())"
MIB = 2**20


def test_a_small_program_stays_small_when_a_large_one_starts_it():
    held = bytearray(b"\x01") * (200 * MIB)

    said = subprocess.run(
        [sys.executable, "-c", SMALL], capture_output=True, text=True, check=True
    )

    assert peak_octets() > len(held)
    assert MIB < int(said.stdout) < 100 * MIB


def test_memory_that_was_given_back_still_counts():
    held = bytearray(b"\x01") * (50 * MIB)
    size = len(held)
    del held

    assert peak_octets() > size


def test_a_system_that_keeps_no_such_line_is_asked_another_way(tmp_path):
    silent = tmp_path / "status"
    silent.write_text("Name:\tpython\n")

    for status in (silent, tmp_path / "absent"):
        assert MIB < peak_octets(status) < 2**40
