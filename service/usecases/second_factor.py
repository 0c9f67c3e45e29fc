"""One try at a door with two factors, judged the same way for agents and helpers.

A code of the application works once: none of its step or of an earlier one is taken
again (RFC 6238 § 5.2). A recovery code works once, ever. Whatever is wrong, the same
questions are asked of the database: an answer's time does not tell that the password
was right.
"""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from service.domain.second_factor import (
    RECOVERY_CODES,
    WINDOW,
    TryKind,
    may_try,
    plain,
    wrong_within,
)
from service.usecases.person.access import secret_digest
from service.usecases.ports import Ports
from service.usecases.ports.second_factor import Enrolled, GuardedAccount

_BYTES: Final = 10


class Verdict(StrEnum):
    """What becomes of a try."""

    REFUSED = "refused"
    LAST_PASSWORD = "last-password"  # noqa: S105 - a verdict, no secret
    """Refused, and the wrong password after which nothing is looked at any more."""

    LAST_CODE = "last-code"
    """The same of codes: somebody knows the password."""

    NOT_ENROLLED = "not-enrolled"
    """The password fits an account without a second factor."""

    PASSED = "passed"
    RECOVERED = "recovered"
    """Passed with a recovery code."""

    @property
    def opens(self) -> bool:
        """Say whether both factors fit."""
        return self in {Verdict.PASSED, Verdict.RECOVERED}

    @property
    def pauses(self) -> TryKind | None:
        """Say which wrong tries have closed the door for a while, if this one has."""
        return {
            Verdict.LAST_PASSWORD: TryKind.PASSWORD,
            Verdict.LAST_CODE: TryKind.CODE,
        }.get(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A try: ``password_fits`` is what the slow hash said, outside any transaction."""

    password_fits: bool
    code: str = field(repr=False)


async def judge(
    tried: Tried,
    *,
    account: GuardedAccount,
    place: str,
    most: Mapping[TryKind, int],
    ports: Ports,
) -> Verdict:
    """Judge one try, the account locked; a wrong one is noted, and to be committed.

    ``place`` is where the account's secret is sealed.
    Codes are counted only after the right password: a stranger who has not the
    password cannot make that nothing is looked at for want of a code.
    """
    now = ports.clock.now()
    tries = await account.tries(now - WINDOW)
    enrolled = await account.enrolled()
    digest = secret_digest(plain(tried.code))
    step = _unused_step(enrolled, place, tried.code, ports) if enrolled else None
    is_recovery = await account.has_recovery(digest)
    if not may_try(tries, now, most):
        return Verdict.REFUSED
    if tried.password_fits:
        if enrolled is None:
            return Verdict.NOT_ENROLLED
        if step is not None and await account.use_step(step):
            return Verdict.PASSED
        if is_recovery and await account.use_recovery(digest, now):
            return Verdict.RECOVERED
    kind = TryKind.CODE if tried.password_fits else TryKind.PASSWORD
    await account.add_try(kind, now)
    if wrong_within(tries, kind, now) + 1 < most[kind]:
        return Verdict.REFUSED
    return Verdict.LAST_CODE if kind is TryKind.CODE else Verdict.LAST_PASSWORD


def step_of(secret: str, code: str, *, ports: Ports) -> int | None:
    """Return the step of an application's code, None when it does not fit now."""
    return ports.second_factor.step_of(secret, plain(code), ports.clock.now())


def _unused_step(enrolled: Enrolled, place: str, code: str, ports: Ports) -> int | None:
    secret = ports.sealer.unseal(enrolled.sealed_totp, place=place).decode()
    step = step_of(secret, code, ports=ports)
    return step if step is not None and step > enrolled.step else None


def new_recovery_codes(entropy: Callable[[int], bytes]) -> tuple[str, ...]:
    """Return ten codes of 80 bits that can be copied from paper."""
    return tuple(
        base64.b32encode(entropy(_BYTES)).decode().lower()
        for _ in range(RECOVERY_CODES)
    )
