"""A start that cannot go well says so first, and says why."""

import asyncio
import os
import sys

import pytest

from service.supervisor.child import Child, StartError
from service.supervisor.home import claimed, refuse_full_disk
from service.supervisor.up import _prepare


def program(code):
    return Child(name="tiny", command=(sys.executable, "-c", code))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become someone else")
def test_root_leaves_the_home_of_another_account_alone(tmp_path):
    os.chown(tmp_path, 54_321, 54_321)
    with claimed(tmp_path):  # empty: a mounted volume, say
        pass

    with (
        pytest.raises(StartError, match="belongs to the account 54321"),
        claimed(tmp_path),
    ):
        pass


def test_a_disk_without_room_for_a_server_is_told_before_it_is_started(tmp_path):
    refuse_full_disk(tmp_path, needed=1)

    with pytest.raises(StartError, match=r"MB free, PostgreSQL needs .* TDR_HOME"):
        refuse_full_disk(tmp_path, needed=2**60)


def test_a_step_that_fails_quotes_what_its_server_said(tmp_path):
    log = tmp_path / "server.log"
    log.write_text("PANIC:  of another day\n")
    step = program(
        f"open({str(log)!r}, 'a').write('PANIC:  No space left on device\\n');"
        "print('the connection was lost'); raise SystemExit(1)"
    )

    with pytest.raises(StartError) as refused:
        asyncio.run(_prepare(step, log=log))

    assert str(refused.value) == (
        "the connection was lost; the embedded PostgreSQL: "
        f"PANIC:  No space left on device (see {log})"
    )
