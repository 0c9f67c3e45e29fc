"""The signed acknowledgement: a promise that its person can hold against us."""

from dataclasses import dataclass
from typing import Final

from service.domain.registration import RegistrationState
from service.draw.canonical import canonical_bytes, is_mapping, parse_strict
from service.usecases.commands import Access, MandateAccess
from service.usecases.person.access import opened
from service.usecases.person.promises import open_label_key, promise_of
from service.usecases.ports import Ports, UnitOfWork
from service.usecases.records import RegistrationRecord
from service.usecases.records.promises import PromiseRecord

SPEC_WITH_KEY: Final = "tour-de-role/acknowledgement/2"

_KEY_OCTETS: Final = 32


async def sign_acknowledgement(access: Access, *, ports: Ports) -> bytes:
    """Return what was acknowledged to a registration, signed, as canonical bytes.

    It says what the acknowledgement said and no more: something was received at this
    instant, and takes part from this night on. No name, number, date of birth or
    contact is in it. To its person, who proved to be so, it also gives the label key,
    which tells their line of each night: version 2. To anybody else it is version 1, so
    that whoever registers somebody a second time learns nothing (ADR 0005), and a
    helper, whose mandate ends, keeps nothing that does not.

    Each version is signed once: asked again, the same bytes for ever.

    Raises:
        UnknownResourceError: No such reference, or another secret.
    """
    async with ports.open_uow() as uow:
        now = ports.clock.now()
        record = await opened(access, uow, now=now)
        promise = await promise_of(record, now, uow=uow, ports=ports)
        said = _said(promise, is_their_own=_is_their_own(access, record), ports=ports)
        signature = said.signature or await _sign(said, promise, uow=uow, ports=ports)
        await uow.commit()
    key, value = signature[:_KEY_OCTETS].hex(), signature[_KEY_OCTETS:].hex()
    return canonical_bytes({**said.words, "signature": {"key": key, "value": value}})


@dataclass(frozen=True, slots=True)
class _Said:
    words: dict[str, str]
    with_key: bool
    signature: bytes | None

    def __repr__(self) -> str:
        return f"_Said({self.words['spec']!r})"


def _is_their_own(access: Access, record: RegistrationRecord) -> bool:
    """Say whether the person of this registration, and nobody else, is asking."""
    is_proved = (
        record.proved_at is not None and record.state is not RegistrationState.JOINED
    )
    return is_proved and not isinstance(access, MandateAccess)


def _said(promise: PromiseRecord, *, is_their_own: bool, ports: Ports) -> _Said:
    words = _words_of(promise)
    sealed = promise.sealed_label_key
    if not is_their_own or sealed is None:
        return _Said(words, with_key=False, signature=promise.signature)
    label_key = open_label_key(sealed, promise.registration_id, ports)
    more = {
        "spec": SPEC_WITH_KEY,
        "label_key": label_key.hex(),
        "first_label_on": promise.first_label_on.isoformat(),
    }
    return _Said({**words, **more}, with_key=True, signature=promise.signature_with_key)


def _words_of(promise: PromiseRecord) -> dict[str, str]:
    words = parse_strict(promise.said)
    if not is_mapping(words):
        raise TypeError("a promise is an object")
    return {name: str(value) for name, value in words.items()}


async def _sign(
    said: _Said, promise: PromiseRecord, *, uow: UnitOfWork, ports: Ports
) -> bytes:
    message = said.words["spec"].encode() + b"/" + canonical_bytes(said.words)
    signature = ports.signer.public_key + ports.signer.sign(message)
    return await uow.promises.sign(
        promise.registration_id, signature, with_key=said.with_key
    )
