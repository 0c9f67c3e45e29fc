"""A try at a door with two factors, whosever door it is: judged from memory alone."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.adapters.sealer import AesSealer
from service.adapters.second_factor import TotpSecondFactor
from service.domain.agent_account import MOST_TRIES
from service.domain.second_factor import FailedTry, TryKind
from service.usecases.person.access import secret_digest
from service.usecases.ports import Ports
from service.usecases.ports.second_factor import Enrolled
from service.usecases.second_factor import Tried, Verdict, judge, new_recovery_codes

START = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PLACE = "test:totp:1"
SEALER = AesSealer(b"s" * 32)


@dataclass
class Door:
    """An account in memory, that would take any step and any code it was told of."""

    recovery: set[bytes] = field(default_factory=set)
    is_enrolled: bool = True
    step: int = 0
    wrong: list[FailedTry] = field(default_factory=list)

    async def tries(self, since: datetime) -> Sequence[FailedTry]:
        return [one for one in self.wrong if one.at > since]

    async def add_try(self, kind: TryKind, at: datetime) -> None:
        self.wrong.append(FailedTry(kind, at))

    async def enrolled(self) -> Enrolled | None:
        if not self.is_enrolled:
            return None
        sealed = SEALER.seal(SECRET.encode(), place=PLACE)
        return Enrolled(sealed_totp=sealed, step=self.step)

    async def has_recovery(self, digest: bytes) -> bool:
        return digest in self.recovery

    async def use_step(self, step: int) -> bool:
        self.step = step
        return True

    async def use_recovery(self, digest: bytes, now: datetime) -> bool:
        del now
        self.recovery.discard(digest)
        return True


def tried(
    door: Door, code: str, at: datetime = START, *, password_fits: bool = True
) -> Verdict:
    parts = SimpleNamespace(
        clock=SimpleNamespace(now=lambda: at),
        sealer=SEALER,
        second_factor=TotpSecondFactor(),
    )
    return asyncio.run(
        judge(
            Tried(password_fits=password_fits, code=code),
            account=door,
            place=PLACE,
            most=MOST_TRIES,
            ports=cast("Ports", parts),
        )
    )


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


def test_a_code_opens_once_and_no_earlier_one_after_it() -> None:
    door, earlier = Door(), START - timedelta(seconds=30)

    assert tried(door, code_at(START)) is Verdict.PASSED
    assert tried(door, code_at(START)) is Verdict.REFUSED
    assert tried(door, code_at(earlier)) is Verdict.REFUSED


@pytest.mark.parametrize("off_s", [-30, 0, 30])
def test_a_clock_that_differs_by_a_step_does_not_lock_its_owner_out(
    off_s: int,
) -> None:
    assert tried(Door(), code_at(START + timedelta(seconds=off_s))).opens


@pytest.mark.parametrize("off_s", [-90, 90, 3_600])
def test_a_code_of_another_time_opens_nothing(off_s: int) -> None:
    assert not tried(Door(), code_at(START + timedelta(seconds=off_s))).opens


def test_a_right_code_without_the_password_opens_nothing_and_is_not_used() -> None:
    door = Door()

    assert tried(door, code_at(START), password_fits=False) is Verdict.REFUSED
    assert tried(door, code_at(START)) is Verdict.PASSED


def test_the_try_that_closes_the_door_says_what_was_wrong() -> None:
    codes, passwords = Door(), Door()

    said = [tried(codes, "000000") for _ in range(6)]
    told = [tried(passwords, "", password_fits=False) for _ in range(11)]

    assert said == [*[Verdict.REFUSED] * 4, Verdict.LAST_CODE, Verdict.REFUSED]
    assert told == [*[Verdict.REFUSED] * 9, Verdict.LAST_PASSWORD, Verdict.REFUSED]
    assert (said[4].pauses, told[9].pauses) == (TryKind.CODE, TryKind.PASSWORD)
    assert len(codes.wrong) == 5  # the sixth is not even counted


def test_whoever_has_no_second_factor_is_told_apart_only_after_the_password() -> None:
    door = Door(is_enrolled=False)

    assert tried(door, "", password_fits=False) is Verdict.REFUSED
    assert tried(door, "") is Verdict.NOT_ENROLLED
    assert not Verdict.NOT_ENROLLED.opens


def test_recovery_codes_are_ten_different_ones_of_eighty_bits() -> None:
    luck = iter(range(256))
    codes = new_recovery_codes(lambda size: bytes([next(luck)]) * size)

    assert len(set(codes)) == 10
    assert {len(code) for code in codes} == {16}


RECOVERY = ("abcdefgh23456723", "zyxwvuts76543276")
acts = st.tuples(
    st.sampled_from(["app now", "app before", "app after", "wrong", *RECOVERY]),
    st.booleans(),
    st.integers(0, 90),
)


@given(st.lists(acts, max_size=25))
def test_whatever_is_tried_no_code_opens_twice_and_steps_only_grow(
    tries: list[tuple[str, bool, int]],
) -> None:
    door = Door(recovery={secret_digest(one) for one in RECOVERY})
    at, opened = START, []
    shift = {"app now": 0, "app before": -30, "app after": 30}
    for what, password_fits, wait_s in tries:
        at += timedelta(seconds=wait_s)
        code = (
            code_at(at + timedelta(seconds=shift[what]))
            if what in shift
            else {"wrong": "no code"}.get(what, what)
        )
        if tried(door, code, at, password_fits=password_fits).opens:
            assert password_fits
            opened.append(what if what in RECOVERY else str(door.step))

    steps = [int(one) for one in opened if one not in RECOVERY]
    assert len(set(opened)) == len(opened)
    assert steps == sorted(steps)
