"""The demonstration's mailbox: every message that left, read like mail."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from service import demonstration_account
from service.mailbox import Mail, read_mail
from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.segments import size_of

router = APIRouter(prefix="/demonstration", include_in_schema=False)

SHOWN = 100
LONGEST = 254
HEAD_BYTES = 2_048
_LINK = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a message: text, or an address one can follow."""

    text: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The messages that are listed, and how many there are."""

    mails: tuple[Mail, ...]
    found: int
    total: int


@router.get("/courrier")
async def mailbox(request: Request, site: SiteDep) -> Response:
    """List the latest messages, or those to one address."""
    if not site.demonstration or site.home is None:
        raise UnknownResourceError
    wanted = request.query_params.get("a", "").strip()[:LONGEST]
    shelf = await asyncio.to_thread(shelf_of, site.home, wanted)
    return page(
        request, "demonstration/mailbox.html", shelf=shelf, wanted=wanted, shown=SHOWN
    )


def shelf_of(home: Path, wanted: str) -> Shelf:
    """Read the latest messages; only those shown are taken apart.

    The demonstration writes thousands of them in a night.
    """
    files = sorted((home / "mailbox").glob("*.eml"), reverse=True)
    found = [file for file in files if not wanted or is_to(file, wanted)]
    read = (read_mail(home, file.stem) for file in found[:SHOWN])
    mails = tuple(mail for mail in read if mail is not None)
    return Shelf(mails, len(found), len(files))


def is_to(file: Path, wanted: str) -> bool:
    """Say whether a message goes to that address, by its first lines."""
    try:
        with file.open("rb") as opened:
            head = opened.read(HEAD_BYTES).lower()
    except FileNotFoundError:  # the oldest gives way while we read
        return False
    lines = (line for line in head.splitlines() if line.startswith(b"to:"))
    return any(wanted.lower().encode() in line for line in lines)


@router.get("/code")
async def code_of_the_helper(
    request: Request, calls: CallsDep, site: SiteDep
) -> Response:
    """Show the second factor of the demonstration's helper."""
    if not site.demonstration:
        raise UnknownResourceError
    return page(
        request,
        "demonstration/code.html",
        code=demonstration_account.code_at(calls.ports.clock.now()),
        secret=demonstration_account.TOTP_SECRET,
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
        request,
        "demonstration/mail.html",
        mail=mail,
        pieces=pieces_of(mail.text),
        size=size_of(mail.text.strip()),
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
