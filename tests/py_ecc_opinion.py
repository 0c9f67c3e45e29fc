"""py-ecc as a second opinion, without what it does to the whole process.

Importing it lifts Python's recursion limit a hundredfold; a document nested a hundred
thousand deep, which our readers refuse, would then end the process of the tests.
"""

import sys

_limit = sys.getrecursionlimit()

from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: E402
from py_ecc.bls.point_compression import decompress_G1, decompress_G2  # noqa: E402
from py_ecc.optimized_bls12_381 import G2, neg, pairing  # noqa: E402
from py_ecc.optimized_bls12_381.optimized_curve import is_inf  # noqa: E402

sys.setrecursionlimit(_limit)

__all__ = [
    "G2",
    "decompress_G1",
    "decompress_G2",
    "hash_to_G1",
    "is_inf",
    "neg",
    "pairing",
]
