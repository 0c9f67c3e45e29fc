"""One answer a key: what was answered is kept, sealed, with the write it answers."""

from dataclasses import dataclass, field
from datetime import datetime

from service.usecases.errors import IdempotencyKeyReusedError
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import AnswerRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOnce:
    """A request that may arrive twice.

    Attributes:
        scope: Whose keys are told apart.
        key: What the sender made up for this one request.
        body: Everything that was asked; the same key never answers anything else.
    """

    scope: str
    key: str
    body: bytes = field(repr=False)

    @property
    def place(self) -> str:
        """Where the sealed answer stands."""
        return f"answer:{self.scope}:{self.key}"


async def answer_before(
    asked: AskedOnce, *, uow: UnitOfWork, ports: Ports
) -> bytes | None:
    """Return what was answered the first time; None the first time itself.

    The key is held until the transaction ends.

    Raises:
        IdempotencyKeyInFlightError: The same request is running at this moment.
        IdempotencyKeyReusedError: The key was used to ask something else.
    """
    await uow.answers.lock(asked.scope, asked.key)
    known = await uow.answers.get(asked.scope, asked.key)
    if known is None:
        return None
    if known.body_sha256 != _digest(asked, ports):
        raise IdempotencyKeyReusedError
    return ports.sealer.unseal(known.sealed, place=asked.place)


async def keep_answer(
    asked: AskedOnce, answer: bytes, *, at: datetime, uow: UnitOfWork, ports: Ports
) -> None:
    """Keep an answer in the transaction of what it answers."""
    sealed = ports.sealer.seal(answer, place=asked.place)
    record = AnswerRecord(
        body_sha256=_digest(asked, ports), sealed=sealed, answered_at=at
    )
    await uow.answers.add(asked.scope, asked.key, record)


def _digest(asked: AskedOnce, ports: Ports) -> bytes:
    """Return a keyed digest: of names and ten digits, a bare one could be guessed."""
    return ports.pseudonymiser.recognise(asked.place.encode() + b"\0" + asked.body)
