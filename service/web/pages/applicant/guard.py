"""Only who opened a registration sees it; an action concerns the one that was shown."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from service.usecases.errors import UnknownResourceError
from service.usecases.views import RegistrationView
from service.web.dependencies import CallsDep
from service.web.pages.form_data import Form
from service.web.pages.form_token import guarded_form
from service.web.pages.keys import Keys
from service.web.pages.render import page


class NotOpenError(Exception):
    """No registration is open in this browser."""


class OtherFileError(Exception):
    """The form was shown for another registration than the one open now."""


def opened_keys(request: Request, calls: CallsDep) -> Keys:
    """Return the keys of the open registration.

    Raises:
        NotOpenError: Nothing is open: the person is asked for reference and code.
    """
    keys = Keys.of(request, calls.ports)
    if keys is None:
        raise NotOpenError
    return keys


KeysDep = Annotated[Keys, Depends(opened_keys)]


async def opened_view(keys: KeysDep, calls: CallsDep) -> RegistrationView:
    """Return the open registration."""
    try:
        return await calls.view(keys.access)
    except UnknownResourceError:
        raise NotOpenError from None


ViewDep = Annotated[RegistrationView, Depends(opened_view)]


async def own_form(request: Request, keys: KeysDep) -> Form:
    """Read a form that was shown for the registration that is open now.

    Raises:
        OtherFileError: Another one was opened meanwhile in this browser.
    """
    form = await guarded_form(request)
    if form.one("dossier") != keys.reference:
        raise OtherFileError
    return form


OwnFormDep = Annotated[Form, Depends(own_form)]


async def show_not_open(request: Request, error: Exception) -> Response:
    """Ask for reference and code again."""
    del error
    return page(
        request,
        "applicant/access.html",
        status=401,
        closed=True,
        reference="",
        code="",
        errors={},
    )


async def show_other_file(request: Request, error: Exception) -> Response:
    """Say that another registration is open now; nothing was changed."""
    del error
    return page(request, "applicant/other_file.html", status=409)
