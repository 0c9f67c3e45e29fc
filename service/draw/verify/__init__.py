"""Checking a published night: shares nothing with the program that wrote it.

Nothing here imports the rest of ``service.draw`` but ``canonical``.
"""

from service.draw.verify.acknowledged import verify_acknowledgement
from service.draw.verify.annulled import (
    is_annulment,
    link_of_annulment,
    verify_annulment,
)
from service.draw.verify.chain import Link, link_of, verify_chain
from service.draw.verify.check import Check, exit_code
from service.draw.verify.checks import verify
from service.draw.verify.kept import read_kept, verify_kept, verify_withheld
from service.draw.verify.line import verify_line
from service.draw.verify.reading import NotATranscriptError

__all__ = [
    "Check",
    "Link",
    "NotATranscriptError",
    "exit_code",
    "is_annulment",
    "link_of",
    "link_of_annulment",
    "read_kept",
    "verify",
    "verify_acknowledgement",
    "verify_annulment",
    "verify_chain",
    "verify_kept",
    "verify_line",
    "verify_withheld",
]
