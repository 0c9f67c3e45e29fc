"""What PostgreSQL's pid file says, and what it is told at start."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.adapters.embedded.postmaster import (
    PostmasterFile,
    initdb_arguments,
    is_grave,
    is_left_over_from_a_crash,
    is_port_taken,
    major_version,
    program_statements,
    server_arguments,
    socket_fits,
    telling_line,
)

READY = """4242
/home/someone/data
1763850000
5433
/home/someone/data
127.0.0.1
 123456  7
ready
"""
DATA = Path("/home/someone/data")


def arguments(**changed):
    given_ = {"major": 18, "data": DATA, "port": 5433, "throwaway": False, **changed}
    return server_arguments(**given_)


def test_a_server_that_is_ready_says_so_in_its_file():
    assert PostmasterFile.parse(READY) == PostmasterFile(4242, 5433, is_ready=True)


@pytest.mark.parametrize("status", ["starting", "stopping", "standby", ""])
def test_any_other_word_is_not_ready(status):
    found = PostmasterFile.parse(READY.replace("ready", status))

    assert found is not None
    assert not found.is_ready


@given(cut=st.integers(0, len(READY)))
def test_a_file_that_is_half_written_is_never_ready(cut):
    found = PostmasterFile.parse(READY[:cut])

    assert found is None or not found.is_ready or READY[:cut].rstrip() == READY.rstrip()


@given(st.text())
def test_any_text_can_be_read(text):
    PostmasterFile.parse(text)


def test_it_listens_on_the_loopback_alone_and_keeps_what_it_commits():
    joined = " ".join(arguments())

    assert "listen_addresses=127.0.0.1" in joined
    for name in ("fsync", "synchronous_commit", "full_page_writes"):
        assert f"{name}=on" in joined


def test_only_a_throwaway_may_forget():
    assert "fsync=off" in arguments(throwaway=True)


def test_an_older_postgresql_is_told_nothing_that_it_does_not_know():
    assert "io_method=sync" in arguments(major=18)
    assert "io_method=sync" not in arguments(major=15)
    old = initdb_arguments(
        major=15, data=DATA, password_file=DATA / "p", throwaway=False
    )
    assert not any("builtin" in argument for argument in old)


@pytest.mark.parametrize("major", [15, 18])
def test_a_password_is_always_asked_for(major):
    told = initdb_arguments(
        major=major, data=DATA, password_file=DATA / "p", throwaway=True
    )

    assert "--auth=scram-sha-256" in told
    assert "--no-sync" in told


def test_a_socket_path_is_counted_in_bytes():
    assert socket_fits(Path("/" + "a" * 80), 5433)
    assert not socket_fits(Path("/" + "é" * 50), 5433)


def test_the_major_number_is_read_from_what_the_program_prints():
    assert major_version("postgres (PostgreSQL) 18.6") == 18
    assert major_version("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)") == 15
    with pytest.raises(ValueError, match="no number"):
        major_version("postgres")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            "creating subdirectories ... ok\n"
            "FATAL:  could not write to file: No space left on device\n"
            "child process exited with exit code 1\n"
            "initdb: removing contents of data directory",
            "FATAL:  could not write to file: No space left on device",
        ),
        (
            "initdb: error: could not create directory: No space left on device\n"
            "initdb: removing data directory\n",
            "initdb: error: could not create directory: No space left on device",
        ),
        ("one\ntwo\n\n", "two"),
        ("", "it said nothing"),
    ],
)
def test_the_line_that_says_why_is_told_and_not_the_last_one(words, line):
    assert telling_line(words) == line


def test_a_full_disk_is_grave_and_a_refused_statement_is_not():
    assert is_grave("PANIC:  could not write to file pg_wal/xlogtemp.1")
    assert is_grave("ERROR:  could not extend file: No space left on device")
    assert not is_grave('ERROR:  relation "x" does not exist')


def test_only_left_overs_of_a_crash_are_waited_for():
    shared = "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use"
    taken = "FATAL:  could not create any TCP/IP sockets"
    broken = 'FATAL:  could not open file "global/pg_control"'

    assert is_left_over_from_a_crash(shared)
    assert not is_left_over_from_a_crash(broken)
    assert is_port_taken(taken)
    assert not is_port_taken(shared)


def test_the_programs_account_is_made_or_made_again_one_statement_a_line():
    first, second = program_statements("abc-123").splitlines()

    assert first == "CREATE ROLE tourderole_program LOGIN;"
    assert second == "ALTER ROLE tourderole_program PASSWORD 'abc-123';"
