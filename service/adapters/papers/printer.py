"""The papers of the service, printed: see `service.usecases.ports.papers.Press`."""

from typing import Final

from service.adapters.papers.acknowledgement import acknowledgement_content
from service.adapters.papers.blank_form import blank_form_content
from service.adapters.papers.calendar import calendar_of
from service.adapters.papers.convocation import convocation_content
from service.adapters.papers.explanation import explanation_content
from service.adapters.papers.notice_letter import called_content, ready_content
from service.adapters.papers.press import TypstPress
from service.adapters.papers.square import square_address
from service.adapters.papers.tongues import Tongues
from service.domain.guide import NO_GUIDE, Guide
from service.usecases.records.papers import (
    AcknowledgementPaper,
    BlankForm,
    CalledLetter,
    ConvocationPaper,
    ExplanationPaper,
    ReadyLetter,
)
from service.usecases.views import RegistrationView

MOST_SHEETS: Final = 16
"""Blank forms kept: one a language, and a few from before an address changed."""


class Printer:
    """Says what a paper says, then has it printed."""

    def __init__(self, guide: Guide = NO_GUIDE) -> None:
        self._guide = guide
        self._press = TypstPress()
        self._sheets: dict[tuple[BlankForm, str], bytes] = {}

    async def acknowledgement(
        self, paper: AcknowledgementPaper, *, language: str, is_discreet: bool
    ) -> bytes:
        """Print an accusé d'inscription."""
        content = acknowledgement_content(
            paper, Tongues.of(language), is_discreet=is_discreet
        )
        return await self._press.print("acknowledgement", content, paper.issued_on)

    async def convocation(self, paper: ConvocationPaper, *, language: str) -> bytes:
        """Print a convocation."""
        content = convocation_content(paper, Tongues.of(language), self._guide)
        return await self._press.print("convocation", content, paper.issued_on)

    async def explanation(self, paper: ExplanationPaper, *, language: str) -> bytes:
        """Print why a night gave what it gave."""
        content = explanation_content(paper, Tongues.of(language))
        return await self._press.print("explanation", content, paper.issued_on)

    async def ready_letter(self, paper: ReadyLetter, *, language: str) -> bytes:
        """Print the letter of a permit that is ready."""
        content = ready_content(paper, Tongues.of(language), self._guide)
        return await self._press.print("letter", content, paper.printed_on)

    async def called_letter(self, paper: CalledLetter, *, language: str) -> bytes:
        """Print the letter of a holder who was called before expiry."""
        content = called_content(paper, Tongues.of(language))
        return await self._press.print("letter", content, paper.printed_on)

    async def blank_form(self, paper: BlankForm, *, language: str) -> bytes:
        """Print the form for those who register on paper.

        Anybody may ask for it, so that it is printed once and kept: no crowd at this
        door keeps people from their own papers.
        """
        kept = self._sheets.get((paper, language))
        if kept is not None:
            return kept
        content = blank_form_content(paper, Tongues.of(language))
        sheet = await self._press.print("blank_form", content, paper.printed_on)
        if len(self._sheets) >= MOST_SHEETS:
            self._sheets.clear()
        self._sheets[paper, language] = sheet
        return sheet

    def calendar(
        self, view: RegistrationView, *, language: str, phone: str | None
    ) -> bytes:
        """Write the appointment, or its cancellation, as a calendar file."""
        return calendar_of(view, language=language, phone=phone, guide=self._guide)

    def square(self, text: str) -> str:
        """Return a QR code as the address of an image."""
        return square_address(text)
