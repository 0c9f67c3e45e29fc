"""An agent's account: which logins, names and passwords do.

NIST SP 800-63B 3.1.1.2: length counts, no rule of composition, the login refused. The
rule for passwords is the one of helpers.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from service.domain.help_errors import WeakPasswordError
from service.domain.operator_errors import InvalidAgentNameError, InvalidLoginError
from service.domain.passwords import refuse_weak
from service.domain.second_factor import MOST_CODES, TryKind

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,99}")
RESERVED: Final = frozenset({"operator", "service"})
"""Names under which the audit chain knows others than agents."""

LONGEST_NAME: Final = 100

MOST_TRIES: Final = {TryKind.CODE: MOST_CODES, TryKind.PASSWORD: 10}
"""Wrong tries of one desk within the window before nothing is looked at any more.

A thousand passwords a day and account at most (ASVS 6.1.1, 6.3.1).
"""

ENROLMENT_LIFE: Final = timedelta(minutes=10)
"""How long a right password lets an agent enrol a second factor, and nothing else."""


def read_login(typed: str) -> str:
    """Return the login as it is stored, and as it is looked for at sign-in.

    Raises:
        InvalidLoginError: Another form, or a name that the audit keeps for others.
    """
    login = typed.strip().lower()
    if not _LOGIN.fullmatch(login) or login in RESERVED:
        raise InvalidLoginError
    return login


def read_name(typed: str) -> str:
    """Return the name that colleagues read.

    Raises:
        InvalidAgentNameError: Empty, too long, or not of ordinary text.
    """
    name = " ".join(typed.split())
    if not 0 < len(name) <= LONGEST_NAME or not name.isprintable():
        raise InvalidAgentNameError
    return name


def refuse_password(password: str, login: str) -> None:
    """Let a password pass that is long, not common and not made of the login.

    Raises:
        WeakPasswordError: It is not.
    """
    refuse_weak(password, login)
    if password.casefold() == login.casefold():  # a login of three letters, repeated
        raise WeakPasswordError("password")
