"""The addresses that take a file: their own limit, their own kind, memory only.

Everywhere else a body has 16 KiB at most (``middleware.MAX_BODY``). A file of people is
never written to disk on its way: the parser keeps up to 1 MiB in memory before it
would, and a body of these addresses is shorter than that.
"""

import hmac
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from service.usecases.desk.sheet import MOST_BYTES
from service.web.pages.cookies import COOKIES
from service.web.pages.form_token import COOKIE, FIELD, is_ours
from service.web.problems import ForgedFormError, UnreadableBodyError

UPLOAD: Final = "/accompagnants/lot/fichier"
HOLDERS: Final = "/agents/fichiers/personnes-appelees"
RENEWALS: Final = "/agents/fichiers/papiers"
ADDRESSES: Final = frozenset({UPLOAD, HOLDERS, RENEWALS})
MOST: Final = MOST_BYTES + 8 * 1024
"""The file, and the few fields around it."""

KIND: Final = "multipart/form-data"


def takes_file(path: str) -> bool:
    """Say whether an address takes a file."""
    return path in ADDRESSES


async def uploaded_file(request: Request) -> bytes:
    """Return the file of a form that certainly comes from a page of ours.

    Raises:
        ForgedFormError: Another site sent it, or the token does not agree.
        UnreadableBodyError: Not such a form, or not one file in it.
    """
    if not is_ours(request):
        raise ForgedFormError
    try:
        form = await MultiPartParser(
            request.headers, request.stream(), max_files=1, max_fields=4
        ).parse()
    except (MultiPartException, HTTPException, ValueError, KeyError):
        raise UnreadableBodyError from None
    try:
        return await _file_in(form, COOKIES.get(request, COOKIE) or "")
    finally:
        await form.close()


async def _file_in(form: FormData, known: str) -> bytes:
    token, file = form.get(FIELD), form.get("fichier")
    if (
        not known
        or not isinstance(token, str)
        or not hmac.compare_digest(known.encode(), token.encode(errors="replace"))
    ):
        raise ForgedFormError
    if not isinstance(file, UploadFile):
        raise UnreadableBodyError
    return await file.read()
