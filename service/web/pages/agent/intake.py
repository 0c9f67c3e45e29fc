"""Registering somebody at the desk, by telephone or from paper: one page, one key."""

import hashlib
import json
import re
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.domain.channels import BY_AN_AGENT, Channel
from service.domain.checks import SeenDocument
from service.domain.errors import DomainError
from service.domain.paper_code import PaperCode
from service.usecases.desk.take_in import TakenIn
from service.usecases.errors import IdempotencyKeyReusedError
from service.usecases.records import AgentRecord
from service.web.acting_calls import ActingCalls, ActingDep
from service.web.calls import Calls
from service.web.dependencies import CallsDep
from service.web.desk_calls import DeskDep
from service.web.pages import registration_form as reading
from service.web.pages import steps
from service.web.pages.agent.guard import PageAgentDep
from service.web.pages.answers import Errors
from service.web.pages.applicant.register import FormDep
from service.web.pages.family_form import how_many
from service.web.pages.form_data import Form
from service.web.pages.motifs import offered_motifs
from service.web.pages.render import page
from service.web.pages.site import SiteDep
from service.words import desk_phrases
from service.words.i18n import N_, words_in
from service.words.people import birth_in

router = APIRouter(prefix="/agents/inscrire", include_in_schema=False)

FIELDS = (
    *(field for step in steps.ALL if step is not steps.CHECK for field in step.fields),
    "canal",
    "vu",
)
_LUCK = re.compile(r"[0-9a-f]{32}")


@router.get("")
async def ask(
    request: Request, agent: PageAgentDep, calls: CallsDep, site: SiteDep
) -> Response:
    """Show an empty form."""
    channel = request.query_params.get("canal", Channel.DESK)
    first = Form({"canal": (channel if channel in set(BY_AN_AGENT) else "desk",)})
    luck = calls.ports.entropy(16).hex()
    return await _form(request, agent, calls, site.prefecture, first, luck, Errors())


@router.post("")
async def take_in(
    request: Request,
    form: FormDep,
    agent: PageAgentDep,
    calls: CallsDep,
    desk: DeskDep,
    acting: ActingDep,
    site: SiteDep,
) -> Response:
    """Register, or say what is still to be asked."""
    shown, luck = form.only(FIELDS), form.one("cle")
    if not _LUCK.fullmatch(luck):
        luck = calls.ports.entropy(16).hex()
    errors = Errors()
    if form.has("autrement"):  # another kind of proof, or the rows of a family
        proof = form.one("autrement")
        if proof in ("piece", "numero"):
            shown = Form({**shown.fields, "preuve": (proof,)})
        return await _form(request, agent, calls, site.prefecture, shown, luck, errors)
    prefecture = await calls.prefecture(site.prefecture)
    channel = form.one("canal")
    if channel not in {one.value for one in BY_AN_AGENT}:
        errors.add("canal", N_("Choisissez comment la demande arrive."))
    command = reading.read_registration(shown, prefecture, calls.today, errors)
    if command is None or errors:
        return await _form(request, agent, calls, site.prefecture, shown, luck, errors)
    seen = form.one("vu")
    try:
        taken = await desk.take_in(
            agent,
            command,
            channel=Channel(channel),
            seen=SeenDocument(seen) if seen in set(SeenDocument) else None,
            key=_key(luck, shown),
        )
    except IdempotencyKeyReusedError:
        errors.add("motif", N_("Cette page a déjà servi. Rien n'a été enregistré."))
    except DomainError as error:
        errors.add_refusal(reading.input_for(error), error)
    else:
        return await _done(request, agent, taken, shown, acting)
    return await _form(request, agent, calls, site.prefecture, shown, luck, errors)


def _key(luck: str, answers: Form) -> str:
    """Return the key of exactly these answers: sending them twice is once."""
    said = json.dumps([luck, answers.to_json()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


async def _done(
    request: Request,
    agent: AgentRecord,
    taken: TakenIn,
    answers: Form,
    acting: ActingCalls,
) -> Response:
    """Show the real accusé, what opens the registration apart from it; or who it is."""
    shown: dict[str, Any] = {}
    if taken.secret is not None:
        paper = await acting.acknowledgement(agent, taken.reference)
        shown = {
            "paper": paper,
            "holder": paper.holder,
            "birth": birth_in(paper.holder.birth_date, words_in("fr")),
            "paper_code": PaperCode(paper.code).spelled,
            "square": acting.ports.press.square(paper.check_url),
        }
    return page(
        request,
        "agent/intake_done.html",
        agent=agent,
        taken=taken,
        form=answers,
        check=desk_phrases.CHECK_RESULTS.get(taken.check or "", ""),
        is_reachable=bool(answers.one("courriel") or answers.one("telephone")),
        **shown,
    )


async def _form(
    request: Request,
    agent: AgentRecord,
    calls: Calls,
    code: str,
    answers: Form,
    luck: str,
    errors: Errors,
) -> Response:
    prefecture = await calls.prefecture(code)
    shown: dict[str, Any] = {
        "agent": agent,
        "form": answers,
        "luck": luck,
        "errors": errors,
        "prefecture": prefecture,
        "motifs": offered_motifs(prefecture),
        "family_size": how_many(answers),
        "rows": len(steps.days_given(answers)) + 1,
        "channels": [(one.value, desk_phrases.CHANNELS[one]) for one in BY_AN_AGENT],
        "seen_documents": tuple(SeenDocument),
    }
    return page(request, "agent/intake.html", status=422 if errors else 200, **shown)
