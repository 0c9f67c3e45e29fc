"""Small JSON values that a browser carries for us and cannot read or change."""

import base64
import json
import zlib
from datetime import datetime, timedelta
from typing import Any, Final

from service.usecases.errors import UnsealError
from service.usecases.ports import Ports

MOST_PLAIN: Final = 64 * 1024
"""Bytes that are unpacked at most: a small cookie may hold a large text."""


def seal_json(value: dict[str, Any], *, place: str, ports: Ports) -> str:
    """Seal ``value`` with the time of sealing; short enough for a cookie."""
    dated = {**value, "_at": ports.clock.now().isoformat()}
    plain = zlib.compress(json.dumps(dated, separators=(",", ":")).encode(), 9)
    sealed = ports.sealer.seal(plain, place=place)
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def unseal_json(
    text: str | None, *, place: str, ports: Ports, keep: timedelta
) -> dict[str, Any] | None:
    """Open what ``seal_json`` made; None when altered, foreign or older than ``keep``.

    Whatever is wrong with it, the person starts afresh: nothing is told apart.
    """
    if not text or not text.isascii():
        return None
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        plain = ports.sealer.unseal(sealed, place=place)
        value: dict[str, Any] = json.loads(
            zlib.decompressobj().decompress(plain, MOST_PLAIN)
        )
    except (ValueError, UnsealError):
        return None
    sealed_at = datetime.fromisoformat(value.pop("_at"))
    return value if ports.clock.now() - sealed_at <= keep else None
