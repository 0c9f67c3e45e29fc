"""Getting back in with a one-time code: the same words, whoever asks for whom."""

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.birth_date import BirthDate
from service.domain.errors import DomainError
from service.domain.identity import AgdrefNumber, Identity, Names, TravelDocument
from service.usecases.person.access_code import CODE_LIFE, Asked
from service.usecases.ports import Ports
from service.web.dependencies import CallsDep
from service.web.pages.answers import Errors, attempt, read_birth_date
from service.web.pages.applicant.register import FormDep, redirect
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.form_data import Form
from service.web.pages.keys import Keys
from service.web.pages.render import page
from service.web.pages.sealed import seal_json, unseal_json
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/acces/code", include_in_schema=False)

FIELDS: Final = (
    *("reference", "numero", "piece", "piece-numero", "piece-pays"),
    *("naissance-jour", "naissance-mois", "naissance-annee"),
)
_COOKIE, _PLACE = "tdr-code", "web:code"
_LONGEST = 200
_ANY_NAME: Final = Names("Nom", None)
"""A key is made of number and birth date; names, which vary, never enter it."""


def _cookie(request_secret: str, ports: Ports) -> Cookie:
    value = seal_json({"q": request_secret}, place=_PLACE, ports=ports)
    return Cookie(name=_COOKIE, value=value)


def _asked_in(request: Request, ports: Ports) -> str | None:
    kept = COOKIES.get(request, _COOKIE)
    value = unseal_json(kept, place=_PLACE, ports=ports, keep=CODE_LIFE)
    return str(value["q"]) if value else None


@router.get("")
async def ask(request: Request, site: SiteDep) -> Response:
    """Ask who it is for: a reference, a number or another document."""
    del site
    return page(request, "applicant/code_ask.html", form=Form({}), other=False)


@router.post("")
async def send(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Have a code sent to the recorded contact, and say the same in every case."""
    if form.has("autrement"):
        other = form.one("autrement") == "piece"
        shown = form.only(FIELDS)
        return page(request, "applicant/code_ask.html", form=shown, other=other)
    errors = Errors()
    asked = read_asked(form, site.prefecture, errors)
    if asked is None:
        return page(
            request,
            "applicant/code_ask.html",
            status=422,
            form=form.only(FIELDS),
            other=form.one("preuve") == "piece",
            errors=errors,
        )
    secret = await calls.ask_for_code(asked)
    return redirect(request, "/acces/code/saisie", (_cookie(secret, calls.ports),))


@router.get("/saisie")
async def ask_for_the_code(
    request: Request, calls: CallsDep, site: SiteDep
) -> Response:
    """Show where to type the code."""
    del site
    if _asked_in(request, calls.ports) is None:
        return redirect(request, "/acces/code")
    return page(request, "applicant/code_type.html")


@router.post("/saisie")
async def open_registration(
    request: Request, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Open the registration; whatever is wrong with the code is told alike."""
    del site
    secret = _asked_in(request, calls.ports)
    if secret is None:
        return redirect(request, "/acces/code")
    errors = Errors()
    typed = form.one("code")[:_LONGEST]
    if not typed:
        errors.add("code", N_("Écrivez le code : 8 chiffres."))
    else:
        try:
            access = await calls.open_with_code(secret, typed)
        except DomainError:
            errors.add(
                "code",
                N_(
                    "Ce code ne convient pas. Il a 8 chiffres, sert une fois et dure"
                    " 15 minutes. Après cinq essais, demandez-en un autre."
                ),
            )
        else:
            keys = Keys(reference=access.reference, secret=access.secret)
            forgotten = Cookie(name=_COOKIE, value="")
            return redirect(request, "/suivi", (keys.cookie(calls.ports), forgotten))
    return page(request, "applicant/code_type.html", status=422, errors=errors)


def read_asked(form: Form, prefecture: str, errors: Errors) -> Asked | None:
    """Read for whom a code is asked; only the shape is judged, never the person."""
    reference = form.one("reference")[:_LONGEST]
    if reference:
        return Asked(prefecture=prefecture, reference=reference)
    if form.one("preuve") == "piece":
        identity = _with_document(form, errors)
        return Asked(prefecture=prefecture, identity=identity) if identity else None
    typed = form.one("numero")
    if not typed:
        errors.add(
            "reference", N_("Écrivez votre référence, ou votre numéro étranger.")
        )
        return None
    number = attempt(lambda: AgdrefNumber.parse(typed), "numero", errors)
    if number is None:
        return None
    # The number alone makes the key: no birth date is asked for what needs none.
    identity = Identity(proof=number, names=_ANY_NAME, birth_date=BirthDate(1900))
    return Asked(prefecture=prefecture, identity=identity)


def _with_document(form: Form, errors: Errors) -> Identity | None:
    parts = (form.one("piece"), form.one("piece-numero"), form.one("piece-pays"))
    document = attempt(lambda: TravelDocument.parse(*parts), "piece-numero", errors)
    born = read_birth_date(form, "naissance", errors)
    if document is None or born is None:
        return None
    return Identity(proof=document, names=_ANY_NAME, birth_date=born)
