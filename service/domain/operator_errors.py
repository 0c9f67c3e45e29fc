"""Refusals to the operator, who opens a prefecture and its agents' accounts.

They reach a terminal and nobody else: unlike a `DomainError`, none has a status of HTTP
or a sentence on a page. The docstring is what the operator reads.
"""

from __future__ import annotations

from typing import ClassVar


class OperatorError(Exception):
    """The act cannot be done."""

    code: ClassVar[str] = "refused"

    def __init__(self, where: str = "", hint: str = "") -> None:
        """Name the place, as ``ruleset.effective_on``, and what would do."""
        super().__init__(where, hint)
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        title = (type(self).__doc__ or self.code).strip().splitlines()[0]
        said = f"{title.rstrip('.')}: {self.hint}" if self.hint else title
        return f"{self.where}: {said}" if self.where else said


class RulesetFixedError(OperatorError):
    """A ruleset that a night may have used never changes."""

    code = "ruleset-fixed"


class RulesetTooEarlyError(OperatorError):
    """A new ruleset begins after every night that is planned."""

    code = "ruleset-too-early"


class RulesetDayTakenError(OperatorError):
    """Another ruleset begins on that day."""

    code = "ruleset-day-taken"


class RulesetNotInForceError(OperatorError):
    """The first ruleset is in force today: without one no night can be planned."""

    code = "ruleset-not-in-force"


class PrefectureNotKnownError(OperatorError):
    """No prefecture has this code; "tourderole prefecture set" opens one."""

    code = "prefecture-not-known"


class AnotherPrefectureError(OperatorError):
    """Another prefecture is open here, and a mistyped code would be there for ever."""

    code = "another-prefecture"


class InvalidLoginError(OperatorError):
    """A login has 2 to 100 small letters, digits or . _ @ + -, and begins with one."""

    code = "invalid-login"


class LoginTakenError(OperatorError):
    """This login is somebody's already, or was: an account is never used again."""

    code = "login-taken"


class InvalidAgentNameError(OperatorError):
    """An agent's name has 1 to 100 characters of ordinary text."""

    code = "invalid-agent-name"


class UnknownAgentError(OperatorError):
    """No agent has this login."""

    code = "unknown-agent"


class ClosedAgentError(OperatorError):
    """This account is closed, and a closed account stays closed."""

    code = "closed-agent"


class NightNotKnownError(OperatorError):
    """There is no such night."""

    code = "night-not-known"


class NightNotStoppedError(OperatorError):
    """No check stopped this night: it goes on by itself, and is not annulled."""

    code = "night-not-stopped"


class NightNotToAnnulError(OperatorError):
    """Only a night that is committed and not drawn is annulled: resume this one."""

    code = "night-not-to-annul"


class ReasonRequiredError(OperatorError):
    """Say why, in 10 to 300 letters: everybody will read it."""

    code = "reason-required"


class NightNotPublishedError(OperatorError):
    """This night is not published: nobody is shown its result before."""

    code = "night-not-published"


class OutputExistsError(OperatorError):
    """There is a file of that name already, and it is not written over."""

    code = "file-exists"
