"""Which keys and signatures no verifier takes, whatever its library would say.

Eight points of the curve have a small order: under such a "key" a signature holds for
every message, or for one in eight. And a library may read a number beyond the field as
the one within it, so that one point has two spellings. Libraries differ on both; here
they are refused before any library is asked, by all three verifiers alike.

Source: RFC 8032, sections 5.1.3 and 5.1.7; for the eight points, "Taming the many
EdDSAs", K. Chalkias, F. Garillot, V. Nikolaenko, SSR 2020 (table 1).
"""

from collections.abc import Callable
from typing import Final, TypeAlias

CheckSignature: TypeAlias = Callable[[bytes, bytes, bytes], bool]
"""From key, message and signature to whether it holds."""

_FIELD: Final = 2**255 - 19
_ORDER: Final = 2**252 + 27742317777372353535851937790883648493
_SIGN: Final = 2**255
_ORDER_EIGHT: Final = int.from_bytes(
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    "little",
)
_SMALL: Final = frozenset({0, 1, _FIELD - 1, _ORDER_EIGHT, _FIELD - _ORDER_EIGHT})
"""The second coordinate of the eight points."""


def holds(check: CheckSignature, key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether a proper key signed a message, spelled the one proper way.

    Args:
        check: The library's word.
        key: 32 bytes.
        message: What was signed.
        signature: 64 bytes.
    """
    return is_proper(key, signature) and check(key, message, signature)


def is_proper(key: bytes, signature: bytes) -> bool:
    """Tell whether a key can belong to somebody, and a signature is well spelled."""
    y = int.from_bytes(key, "little") % _SIGN
    s = int.from_bytes(signature[32:], "little")
    return y < _FIELD and y not in _SMALL and s < _ORDER and _is_canonical(signature)


def _is_canonical(signature: bytes) -> bool:
    sign, y = divmod(int.from_bytes(signature[:32], "little"), _SIGN)
    return y < _FIELD and not (sign and y in (1, _FIELD - 1))
