"""The demonstration's mailbox: every message that left, read like mail."""

import re
from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.mailbox import read_mail, read_mailbox
from service.usecases.errors import UnknownResourceError
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/demonstration", include_in_schema=False)

SHOWN = 100
_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a message: text, or an address one can follow."""

    text: str
    is_link: bool


@router.get("/courrier")
async def mailbox(request: Request, site: SiteDep) -> Response:
    """List the messages, the latest first."""
    if not site.demonstration or site.home is None:
        raise UnknownResourceError
    mails = read_mailbox(site.home)
    return page(
        request, "demonstration/mailbox.html", mails=mails[:SHOWN], total=len(mails)
    )


@router.get("/courrier/{mail_id}")
async def message(request: Request, mail_id: str, site: SiteDep) -> Response:
    """Show one message."""
    if not site.demonstration or site.home is None:
        raise UnknownResourceError
    mail = read_mail(site.home, mail_id[:60])
    if mail is None:
        raise UnknownResourceError
    return page(
        request, "demonstration/mail.html", mail=mail, pieces=pieces_of(mail.text)
    )


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Cut a message where an address stands, so that it can be followed."""
    pieces: list[Piece] = []
    at = 0
    for found in _LINK.finditer(text):
        pieces.append(Piece(text[at : found.start()], is_link=False))
        pieces.append(Piece(found.group(), is_link=True))
        at = found.end()
    pieces.append(Piece(text[at:], is_link=False))
    return tuple(piece for piece in pieces if piece.text)
