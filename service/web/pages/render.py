"""Pages from templates: one environment a language, nothing undefined, all escaped."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.domain.guide import Guide, SiteAccess
from service.web.language import is_french_only
from service.web.messages import PROBLEMS
from service.web.pages import assets
from service.web.pages.agent import sections
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.form_token import FormToken, form_token
from service.web.pages.site import site_of
from service.words import checklists, phrases, site_access
from service.words.checklists import Brought
from service.words.i18n import LANGUAGES, NAMES, Words, direction_of, words_in
from service.words.people import born_in

TEMPLATES = Path(__file__).parents[1] / "templates"


OFFERED = tuple((code, NAMES[code]) for code in LANGUAGES)
"""(code, own name) of each language, as the header shows them."""


@lru_cache(maxsize=16)
def environment(language: str, theme: Path | None = None) -> Environment:
    """Return the templates in one language, those of a theme folder first."""
    words = words_in(language)
    made = Environment(
        loader=FileSystemLoader([*([theme] if theme else []), TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True
    )
    made.policies["ext.i18n.trimmed"] = True
    made.globals.update(_known_everywhere(words))

    def born(text: str) -> str:
        return born_in(text, words)

    made.filters.update(
        day=words.day,
        short_day=words.short_day,
        week_day=words.week_day,
        tiny_day=words.tiny_day,
        hour=words.hour,
        moment=words.moment,
        number=words.number,
        weekday_name=words.weekday_name,
        spelled=phrases.spelled_reference,
        grouped=phrases.grouped,
        spaced=phrases.spaced_phone,
        set=words.set,
        opening=phrases.opening,
        born=born,
    )
    return made


def _known_everywhere(words: Words) -> dict[str, Any]:
    def motif_title(slug: str) -> str:
        return phrases.motif_title(slug, words)

    def papers_in(motif: str, guide: Guide) -> tuple[Brought, ...]:
        return checklists.papers_in(motif, guide, words)

    def access_answers(access: SiteAccess) -> tuple[site_access.Answer, ...]:
        return site_access.answers(access, words)

    def access_not_stated(access: SiteAccess) -> str:
        return site_access.not_stated(access, words)

    return {
        "papers_in": papers_in,
        "access_answers": access_answers,
        "access_not_stated": access_not_stated,
        "words": words,
        "phrases": phrases,
        "asset": assets.address,
        "motif_title": motif_title,
        "direction_of": direction_of,
        "agent_sections": sections,
    }


def page(
    request: Request,
    template: str,
    /,
    *,
    status: int = 200,
    cookies: tuple[Cookie, ...] = (),
    public: bool = False,
    **context: Any,  # noqa: ANN401 - each template has its own
) -> HTMLResponse:
    """Render a page.

    Args:
        request: Gives language, form token and installation.
        template: Name below ``templates``.
        status: 422 when the page shows errors.
        cookies: To set or clear with this answer.
        public: True when the page is the same for everybody and may be kept.
        context: What the template shows; ``languages_at`` is where another language
            leads when this address only takes forms.
    """
    token = form_token(request)
    html = _rendered(request, template, token=token, **{"errors": {}, **context})
    answer = HTMLResponse(html, status_code=status)
    can_be_kept = public and not token.was_shown
    answer.headers["Cache-Control"] = (
        "public, max-age=60" if can_be_kept else "no-store"
    )
    for cookie in (*cookies, *token.cookies()):
        COOKIES.put(request, answer, cookie)
    return answer


def error_page(request: Request, status: int, code: str) -> HTMLResponse:
    """Render a refusal for a person; says what to do next, never what was sent.

    Number and hour are on it: who tried and failed can show that they tried.

    A form that was refused has no other language: its address may show nothing.
    """
    more = {} if request.method in {"GET", "HEAD"} else {"languages": ()}
    html = _rendered(
        request,
        "public/error.html",
        token=FormToken("", is_new=False),
        errors={},
        status=status,
        code=code,
        said=PROBLEMS[code],
        request_id=request.state.request_id,
        at=request.app.state.container.ports.clock.now(),
        **more,
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


def _rendered(request: Request, template: str, /, **context: Any) -> str:  # noqa: ANN401 - each template has its own
    site = site_of(request)
    folder = site.theme.templates if site.theme else None
    return (
        environment(request.state.words.language, folder)
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            site=site,
            theme=site.theme.address if site.theme else None,
            **{
                "languages": offered_on(request.url.path),
                "languages_at": "",
                **context,
            },
        )
    )


def offered_on(path: str) -> tuple[tuple[str, str], ...]:
    """Return the languages to choose from: none where all is French."""
    return () if is_french_only(path) else OFFERED
