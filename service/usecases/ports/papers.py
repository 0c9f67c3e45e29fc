"""What papers need of the world: a press, and the list of those that were issued."""

from typing import Protocol

from service.usecases.records.papers import (
    AcknowledgementPaper,
    BlankForm,
    CalledLetter,
    ConvocationPaper,
    ExplanationPaper,
    IssuedPaper,
    ReadyLetter,
)
from service.usecases.views import RegistrationView


class IssuedPapers(Protocol):
    """Every paper with a code, so that it can be recognised later."""

    async def issue_once(self, new: IssuedPaper) -> IssuedPaper:
        """Store it, or return the one already issued on the same subject."""
        ...

    async def by_code(self, code: str) -> IssuedPaper | None:
        """Return the paper of that code."""
        ...


class Press(Protocol):
    """Prints papers: tagged PDF/UA; equal papers give equal bytes.

    Each is in French, with the reader's language beside it where its script is
    shipped. Every method raises ``PressBusyError`` when too many wait already.
    """

    async def acknowledgement(
        self, paper: AcknowledgementPaper, *, language: str, is_discreet: bool
    ) -> bytes:
        """Print an accusé; discreet, without motif, sites and most of the number."""
        ...

    async def convocation(self, paper: ConvocationPaper, *, language: str) -> bytes:
        """Print a convocation."""
        ...

    async def explanation(self, paper: ExplanationPaper, *, language: str) -> bytes:
        """Print why a night gave what it gave."""
        ...

    async def ready_letter(self, paper: ReadyLetter, *, language: str) -> bytes:
        """Print the letter of a permit that is ready: one page."""
        ...

    async def called_letter(self, paper: CalledLetter, *, language: str) -> bytes:
        """Print the letter of a holder called before expiry: one page."""
        ...

    async def blank_form(self, paper: BlankForm, *, language: str) -> bytes:
        """Print the form for those who register on paper: one page."""
        ...

    def calendar(
        self, view: RegistrationView, *, language: str, phone: str | None
    ) -> bytes:
        """Write the appointment, or its cancellation, as a calendar file."""
        ...

    def square(self, text: str) -> str:
        """Return a QR code of ``text`` as the address of an SVG image."""
        ...
