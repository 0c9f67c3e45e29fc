"""The web application: routes, refusals, envelope. It decides nothing."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.bootstrap import build
from service.domain.errors import DomainError
from service.guide_file import load_guide
from service.observability import configure_logging
from service.settings import Profile, Settings, load_settings
from service.usecases.errors import StorageAwayError
from service.usecases.ports import Ports
from service.web.calls import Calls
from service.web.middleware import BodyGate, Envelope, is_api, refusal, tell_away
from service.web.pages import demonstration, doors, helping
from service.web.pages.agent import auditors as agent_auditors
from service.web.pages.agent import (
    calls_page,
    cancel,
    convocations,
    corrections,
    enrol,
    paper_code,
    sign_in,
    slots,
)
from service.web.pages.agent import motifs as agent_motifs
from service.web.pages.agent.guard import SignedOutError
from service.web.pages.applicant import (
    access,
    amend,
    answer,
    code,
    follow_up,
    keep_contact,
    papers,
    proof,
    register,
)
from service.web.pages.applicant.guard import (
    NotOpenError,
    OtherFileError,
    show_not_open,
    show_other_file,
)
from service.web.pages.helper.guard import HelperSignedOutError, show_signed_out
from service.web.pages.notices import load_notices
from service.web.pages.public import (
    french,
    home,
    languages,
    legal,
    motifs,
    nights,
    paper_form,
    rules,
    stats,
    status,
    theme_files,
    verifier,
)
from service.web.pages.public import (
    help as help_page,
)
from service.web.pages.public import papers as public_papers
from service.web.pages.render import error_page
from service.web.pages.site import Site
from service.web.pages.theme import load_or_neutral
from service.web.problems import (
    of_http_exception,
    of_validation_error,
    problem_response,
)
from service.web.v1 import agent as v1_agent
from service.web.v1 import agent_evidence as v1_agent_evidence
from service.web.v1 import document as v1_document
from service.web.v1 import feed as v1_feed
from service.web.v1 import figures as v1_figures
from service.web.v1 import health as v1_health
from service.web.v1 import nights as v1_nights
from service.web.v1 import prefectures as v1_prefectures
from service.web.v1 import registrations as v1_registrations

DESCRIPTION = """\
Une inscription, un tirage public chaque soir, aucune course au clic.

Toute la lecture est ouverte. Une inscription s'ouvre avec sa référence et son code
personnel. Les refus suivent la RFC 9457 et ne répètent jamais ce qui a été envoyé.
"""


class Running(Protocol):
    """What the web needs of the composition root's container."""

    @property
    def settings(self) -> Settings:
        """Return what the deployer set."""
        ...

    @property
    def ports(self) -> Ports:
        """Return the ports of this deployment."""
        ...

    async def healthy(self) -> Mapping[str, bool]:
        """Say of each part whether it answers."""
        ...

    async def close(self) -> None:
        """Give every connection back."""
        ...


def create_app(
    container: Running | None = None, *, calls: Calls | None = None
) -> FastAPI:
    """Build the application.

    Args:
        container: The parts to stand on; built from the environment when left out,
            and then closed at the end.
        calls: Another set of answers than the use cases', for tests.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        if container is not None:
            yield
            return
        settings = load_settings()
        configure_logging(settings)
        built = build(settings)
        stand_on(app, built, None)
        try:
            yield
        finally:
            await built.close()

    app = FastAPI(
        title="Tour de rôle",
        version="1",
        description=DESCRIPTION,
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.site = Site()
    app.state.hosts = frozenset[str]()
    if container is not None:
        stand_on(app, container, calls)
    _add_routes(app)
    _add_refusals(app)
    app.add_middleware(BodyGate, error_page=error_page)
    app.add_middleware(Envelope, error_page=error_page)
    return app


def stand_on(app: FastAPI, container: Running, calls: Calls | None) -> None:
    """Let the application stand on these parts."""
    app.state.container = container
    app.state.calls = calls or Calls(container.ports)
    app.state.site = site_from(container.settings)
    app.state.hosts = hosts_of(container.settings)


def site_from(settings: Settings) -> Site:
    """Return what the pages need of the settings."""
    is_demonstration = settings.profile is Profile.DEMONSTRATION
    theme, theme_fault = load_or_neutral(settings.theme_dir)
    return Site(
        demonstration=is_demonstration,
        home=Path(settings.home) if is_demonstration else None,
        theme=theme,
        theme_fault=theme_fault,
        notices=load_notices(settings.notices_file),
        guide=load_guide(settings.guide_file),
    )


def hosts_of(settings: Settings) -> frozenset[str]:
    """Return the host names that are served: the public one and this machine's own.

    A demonstration without a public address that listens on every interface serves
    any name.
    """
    public = urlsplit(settings.address).hostname or ""
    if settings.public_url is None and settings.host in {"0.0.0.0", "::"}:  # noqa: S104
        return frozenset()
    return frozenset({public.lower(), "127.0.0.1", "localhost", "[::1]"})


def _add_routes(app: FastAPI) -> None:
    for router in (
        v1_registrations.router,
        v1_nights.router,
        v1_feed.router,
        v1_figures.router,
        v1_prefectures.router,
        v1_agent.router,
        v1_agent_evidence.router,
        v1_health.router,
        v1_document.router,
        home.router,
        register.router,
        code.router,
        keep_contact.router,
        access.router,
        amend.router,
        follow_up.router,
        papers.router,
        proof.router,
        public_papers.router,
        paper_form.router,
        answer.router,
        nights.router,
        rules.router,
        motifs.router,
        stats.router,
        status.router,
        help_page.router,
        theme_files.router,
        verifier.router,
        legal.router,
        languages.router,
        french.router,
        sign_in.router,
        enrol.router,
        slots.router,
        calls_page.router,
        cancel.router,
        paper_code.router,
        corrections.router,
        agent_auditors.router,
        *doors.ROUTERS,
        *helping.ROUTERS,
        agent_motifs.router,
        convocations.router,
        demonstration.router,
    ):
        app.include_router(router)


def _add_refusals(app: FastAPI) -> None:
    async def on_domain_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, DomainError)  # noqa: S101 - registered for it alone
        return refusal(error, request, error_page)

    async def on_validation_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        body: dict[str, Any] = of_validation_error(error, request)
        if is_api(request.url.path):
            return problem_response(body)
        code = str(body["type"]).rpartition("/")[2]
        return error_page(request, int(body["status"]), code)

    async def on_http_exception(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        return refusal(of_http_exception(error), request, error_page)

    app.add_exception_handler(DomainError, on_domain_error)
    app.add_exception_handler(RequestValidationError, on_validation_error)
    app.add_exception_handler(HTTPException, on_http_exception)

    async def on_storage_away(request: Request, error: Exception) -> Response:
        return tell_away(error, request, error_page)

    app.add_exception_handler(StorageAwayError, on_storage_away)
    app.add_exception_handler(NotOpenError, show_not_open)
    app.add_exception_handler(SignedOutError, sign_in.show_signed_out)
    app.add_exception_handler(HelperSignedOutError, show_signed_out)
    app.add_exception_handler(OtherFileError, show_other_file)
