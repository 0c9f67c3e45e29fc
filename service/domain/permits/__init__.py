"""Permits: when a right ends, by which article, and how sure that is.

A lay reading, to be reviewed by a lawyer before any real use.
"""

from service.domain.permits.deadline import (
    Basis,
    DocumentFacts,
    EndOfRight,
    end_of_right,
)
from service.domain.permits.kinds import (
    HELD_DOCUMENTS,
    Confidence,
    Grace,
    HeldDocument,
    RightUntil,
    held_document,
)

__all__ = [
    "HELD_DOCUMENTS",
    "Basis",
    "Confidence",
    "DocumentFacts",
    "EndOfRight",
    "Grace",
    "HeldDocument",
    "RightUntil",
    "end_of_right",
    "held_document",
]
