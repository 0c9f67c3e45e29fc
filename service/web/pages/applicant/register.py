"""Registering: one question a page, nothing lost on error or on the way back."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from service.domain.errors import DomainError
from service.domain.motifs import MOTIFS
from service.usecases.errors import (
    IdempotencyKeyInFlightError,
    UnknownResourceError,
)
from service.usecases.public.describe_prefecture import PrefectureView
from service.web.dependencies import CallsDep
from service.web.pages import registration_form, steps
from service.web.pages.answers import Errors
from service.web.pages.applicant.spoken import spoken
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.draft import Draft, draft_of
from service.web.pages.family_form import how_many
from service.web.pages.form_data import Form
from service.web.pages.form_token import guarded_form
from service.web.pages.keys import Keys
from service.web.pages.motifs import offered_motifs
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words.i18n import N_

router = APIRouter(prefix="/inscription", include_in_schema=False)

FormDep = Annotated[Form, Depends(guarded_form)]


def redirect(
    request: Request, to: str, cookies: tuple[Cookie, ...] = ()
) -> RedirectResponse:
    """Send the browser on after a form (303), with its cookies."""
    answer = RedirectResponse(to, status_code=303)
    for cookie in cookies:
        COOKIES.put(request, answer, cookie)
    return answer


@router.get("")
async def begin(request: Request, calls: CallsDep) -> Response:
    """Begin a draft, with the motif of the page one comes from, if any."""
    draft = Draft.begin(calls.ports)
    motif = request.query_params.get("motif", "")
    if motif in MOTIFS:
        draft = draft.with_answers(Form({"motif": (motif,)}))
    first = f"{draft.address}/{steps.MOTIF.slug}"
    return redirect(request, first, (draft.cookie(calls.ports),))


@router.get("/{draft_id}/{slug}")
async def show_step(
    request: Request, draft_id: str, slug: str, calls: CallsDep, site: SiteDep
) -> Response:
    """Show one step with the answers given so far."""
    step = _step(slug)
    draft = draft_of(request, draft_id, calls.ports)
    if draft is None:
        return lost(request)
    prefecture = await calls.prefecture(site.prefecture)
    if step is steps.CHECK:
        missing = registration_form.first_open_step(
            draft.answers, prefecture, calls.today
        )
        if missing is not None:
            return redirect(request, f"{draft.address}/{missing.slug}")
    return step_page(request, draft, step, draft.answers, prefecture)


@router.post("/{draft_id}/verification")
async def send(
    request: Request, draft_id: str, form: FormDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Send the registration; sending it twice is the same as once."""
    draft = draft_of(request, draft_id, calls.ports)
    if draft is None:
        keys = Keys.of(request, calls.ports)
        was_sent = keys is not None and keys.sent_as == form.one("cle")
        return redirect(request, "/suivi/accuse") if was_sent else lost(request)
    prefecture = await calls.prefecture(site.prefecture)
    errors = Errors()
    command = registration_form.read_registration(
        draft.answers, prefecture, calls.today, errors
    )
    if command is None:
        return redirect(request, f"{draft.address}/{steps.CHECK.slug}")
    if form.one("cle") != draft.idempotency_key:
        return step_page(
            request, draft, steps.CHECK, draft.answers, prefecture, changed=True
        )
    try:
        acknowledgement = await calls.register(command, draft.idempotency_key)
    except IdempotencyKeyInFlightError:
        return step_page(
            request, draft, steps.CHECK, draft.answers, prefecture, in_flight=True
        )
    except DomainError as error:
        return _refused(request, draft, prefecture, error)
    keys = Keys(
        reference=acknowledgement.reference,
        secret=acknowledgement.secret,
        sent_as=draft.idempotency_key,
    )
    return redirect(
        request, "/suivi/accuse", (draft.forget(), keys.cookie(calls.ports))
    )


@router.post("/{draft_id}/effacer")
async def erase(
    request: Request, draft_id: str, form: FormDep, calls: CallsDep
) -> Response:
    """Erase the answers from this browser."""
    del form
    draft = draft_of(request, draft_id, calls.ports)
    return redirect(request, "/", (draft.forget(),) if draft else ())


@router.post("/{draft_id}/{slug}")
async def answer_step(
    request: Request,
    draft_id: str,
    slug: str,
    form: FormDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Keep the answers of one step and show the next, or say what to correct."""
    step = _step(slug)
    draft = draft_of(request, draft_id, calls.ports)
    if draft is None:
        return lost(request)
    prefecture = await calls.prefecture(site.prefecture)
    answers = draft.answers.merged(draft.known_names(form), step.fields)
    if form.has("autrement"):
        return _other_variant(request, draft, step, answers, prefecture, form, calls)
    today = calls.today
    errors = registration_form.check_step(step, answers, prefecture, today)
    kept = draft.with_answers(answers)
    fits = kept.fits(calls.ports)
    if not errors and not fits:
        errors.add(
            step.fields[0], N_("Ces réponses sont trop longues. Raccourcissez-les.")
        )
    if errors:  # kept all the same: whoever changes language here or goes back finds it
        cookies = (kept.cookie(calls.ports),) if fits else ()
        return step_page(
            request, draft, step, answers, prefecture, errors=errors, cookies=cookies
        )
    onward = steps.next_step(step, answers)
    missing = registration_form.first_open_step(answers, prefecture, today)
    if "retour" in request.query_params:
        onward = missing or steps.CHECK
    return redirect(
        request, f"{draft.address}/{onward.slug}", (kept.cookie(calls.ports),)
    )


def _other_variant(
    request: Request,
    draft: Draft,
    step: steps.Step,
    answers: Form,
    prefecture: PrefectureView,
    form: Form,
    calls: CallsDep,
) -> Response:
    """Show the other form of a question, with everything typed so far."""
    changed = Form({**answers.fields, "preuve": (form.one("autrement"),)})
    if step is not steps.IDENTITY:
        changed = answers
    kept = draft.with_answers(changed)
    cookies = (kept.cookie(calls.ports),) if kept.fits(calls.ports) else ()
    return step_page(
        request,
        draft,
        step,
        changed,
        prefecture,
        cookies=cookies,
        rows=len(steps.days_given(changed)) + 3 if form.has("autrement") else 3,
    )


def _refused(
    request: Request, draft: Draft, prefecture: PrefectureView, error: DomainError
) -> Response:
    """Show the step at which a refusal of the use case is corrected."""
    field = registration_form.input_for(error)
    errors = Errors()
    errors.add_refusal(field, error)
    step = next((s for s in steps.ALL if field in s.fields), steps.MOTIF)
    return step_page(request, draft, step, draft.answers, prefecture, errors=errors)


def step_page(
    request: Request,
    draft: Draft,
    step: steps.Step,
    answers: Form,
    prefecture: PrefectureView,
    *,
    errors: Mapping[str, str] | None = None,
    cookies: tuple[Cookie, ...] = (),
    **more: Any,  # noqa: ANN401 - what a step shows besides
) -> HTMLResponse:
    """Render one step."""
    before = steps.step_before(step, answers)
    shown: dict[str, Any] = {
        "draft": draft,
        "step": step,
        "form": answers,
        "prefecture": prefecture,
        "progress": steps.progress(step, answers),
        "back": f"{draft.address}/{before.slug}" if before else "/",
        "action": f"{draft.address}/{step.slug}?{another_address(request)}",
        "errors": errors or {},
        "rows": len(steps.days_given(answers)) + 1,
        "family_size": how_many(answers),
        "changed": False,
        "in_flight": False,
        "motifs": offered_motifs(prefecture) if step is steps.MOTIF else (),
        "said": spoken(answers, request.state.words) if step is steps.CHECK else None,
    }
    return page(
        request,
        f"applicant/step_{step.slug}.html",
        status=422 if errors else 200,
        cookies=cookies,
        **{**shown, **more},
    )


def another_address(request: Request) -> str:
    """Return the query of a form: never that of the page the form stands on.

    A form sent to the very address of its page replaces that page in the browser's
    history: when the line is cut, "back" would lead past it, and what was typed is
    gone.
    """
    sent = request.query_params.get("envoi", "0")
    envoi = "2" if sent == "1" else "1"
    retour = "retour=1&" if "retour" in request.query_params else ""
    return f"{retour}envoi={envoi}"


def lost(request: Request) -> HTMLResponse:
    """Say that the answers are no longer in this browser, and what to do."""
    return page(request, "applicant/lost.html", status=404)


def _step(slug: str) -> steps.Step:
    step = steps.BY_SLUG.get(slug)
    if step is None:
        raise UnknownResourceError
    return step
