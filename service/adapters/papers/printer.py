"""The papers of the service, printed: see `service.usecases.paper_ports.Press`."""

from service.adapters.papers.acknowledgement import acknowledgement_content
from service.adapters.papers.press import TypstPress
from service.adapters.papers.square import square_address
from service.adapters.papers.tongues import Tongues
from service.usecases.paper_records import AcknowledgementPaper


class Printer:
    """Says what a paper says, then has it printed."""

    def __init__(self) -> None:
        self._press = TypstPress()

    async def acknowledgement(
        self, paper: AcknowledgementPaper, *, language: str, is_discreet: bool
    ) -> bytes:
        """Print an accusé d'inscription."""
        content = acknowledgement_content(
            paper, Tongues.of(language), is_discreet=is_discreet
        )
        return await self._press.print("acknowledgement", content, paper.issued_on)

    def square(self, text: str) -> str:
        """Return a QR code as the address of an image."""
        return square_address(text)
