"""The small web application of the lab: no cookie, nothing kept about anybody.

The whole question stands in the address: whoever opens it gets the same digits.
"""

import csv
import io
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.resources import files
from typing import Final

from fastapi import FastAPI, Request
from fastapi.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)

from simulation.comparison import Comparison
from simulation.errors import LaboratoryError
from simulation.lab.frontier import frontier_csv, frontier_page, frontier_points
from simulation.lab.pages import compare_page, failed_page
from simulation.lab.question import Question, language_understood, question, refuse_long
from simulation.lab.refusals import REFUSALS
from simulation.lab.runner import Runner, Task
from simulation.metrics.catalogue import metrics_of
from simulation.plain import as_data, plain
from simulation.report.note import note
from simulation.report.numbers import Language
from simulation.report.page import html, style

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def create_app(*, workers: int = 1) -> FastAPI:
    """Return the lab, ready to be served.

    Args:
        workers: Processes for the comparisons.
    """
    runner = Runner(workers)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncGenerator[None]:
        yield
        runner.close()

    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)

    @app.exception_handler(LaboratoryError)
    async def refused(request: Request, error: LaboratoryError) -> Response:  # pyright: ignore[reportUnusedFunction]
        accepted = request.headers.get("accept-language", "")
        language = language_understood(request.query_params, accepted)
        return _page(failed_page(error, language), status=400)

    _add_comparison(app, runner)
    _add_downloads(app, runner)
    _add_frontier(app)
    _add_files(app)
    return app


def _add_comparison(app: FastAPI, runner: Runner) -> None:
    def page_of(request: Request, asked: Question, task: Task | None) -> str:
        site = str(request.base_url)
        return compare_page(asked, site=site, workers=runner.workers, task=task)

    @app.get("/")
    def start(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _page(page_of(request, _asked(request), None))

    @app.get("/compare")
    def compared(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked = _asked(request)
        refuse_long(asked, runner.workers)
        task = _task(runner, asked)
        if task.failed:
            return _page(failed_page(task.failed, asked.language), status=500)
        # Asked before the page is written: one that ends meanwhile is loaded once
        # more, never left saying that it still runs.
        is_running = task.found is None
        return _page(page_of(request, asked, task), refresh=is_running)

    @app.post("/stop")
    def stopped(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked = _asked(request)
        kept = runner.stop(asked.scenario, asked.rules, asked.seeds, asked.own)
        where = f"/compare?{asked.address(seeds=kept)}" if kept else "/"
        return RedirectResponse(where if kept else f"/?{asked.address()}", 303)


def _add_downloads(app: FastAPI, runner: Runner) -> None:
    def ready(request: Request) -> tuple[Question, Comparison | None]:
        asked = _asked(request)
        refuse_long(asked, runner.workers)
        return asked, _task(runner, asked).found

    @app.get("/compare.json")
    def as_json(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked, found = ready(request)
        if found is None:
            return _not_ready(asked)
        return JSONResponse(plain(as_data(found)))

    @app.get("/compare.csv")
    def as_csv(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked, found = ready(request)
        if found is None:
            return _not_ready(asked)
        return PlainTextResponse(_csv(found, asked.language), media_type="text/csv")

    @app.get("/report.html")
    def report(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked, found = ready(request)
        if found is None:
            return _not_ready(asked)
        text = html(found, asked.language, asked.command)
        return HTMLResponse(text, headers=_kept_as(f"{asked.name}.html"))

    @app.get("/note.pdf")
    def two_pages(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked, found = ready(request)
        if found is None:
            return _not_ready(asked)
        made = note(found, asked.language, asked.command)
        kept = _kept_as(f"{asked.name}.pdf")
        return Response(made, media_type="application/pdf", headers=kept)


def _add_frontier(app: FastAPI) -> None:
    @app.get("/frontier")
    def frontier(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _page(frontier_page(request.query_params))

    @app.get("/frontier.json")
    def as_json() -> Response:  # pyright: ignore[reportUnusedFunction]
        return JSONResponse(plain(frontier_points()))

    @app.get("/frontier.csv")
    def as_csv() -> Response:  # pyright: ignore[reportUnusedFunction]
        return PlainTextResponse(frontier_csv(), media_type="text/csv")


def _add_files(app: FastAPI) -> None:
    script = files("simulation.lab").joinpath("templates/lab.js").read_text("utf-8")
    sheet = style()

    @app.get("/lab.css")
    def css() -> Response:  # pyright: ignore[reportUnusedFunction]
        return PlainTextResponse(sheet, media_type="text/css")

    @app.get("/lab.js")
    def js() -> Response:  # pyright: ignore[reportUnusedFunction]
        return PlainTextResponse(script, media_type="text/javascript")


def _asked(request: Request) -> Question:
    words = request.query_params
    return question(dict(words), words.getlist("rule"))


def _task(runner: Runner, asked: Question) -> Task:
    return runner.task(asked.scenario, asked.rules, asked.seeds, asked.own)


def _not_ready(asked: Question) -> Response:
    return PlainTextResponse(f"{REFUSALS[asked.language]['not_ready']}\n", 409)


def _kept_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _page(text: str, *, status: int = 200, refresh: bool = False) -> HTMLResponse:
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    headers["Referrer-Policy"] = "no-referrer"
    if refresh:
        headers["Refresh"] = "2"
    return HTMLResponse(text, status, headers)


def _csv(found: Comparison, language: Language) -> str:
    """Write means and intervals, each with what it must not be taken for."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["rule", "number", "mean", "low", "high", "seeds", "trap"])
    for slug in found.measures:
        for metric in metrics_of(found.scenario):
            each = found.interval(slug, metric.key)
            cells = [
                "" if v != v else repr(v) for v in (each.mean, each.low, each.high)
            ]
            trap = metric.trap_fr if language == "fr" else metric.trap_en
            lines.writerow([slug, metric.key, *cells, each.seeds, trap])
    return text.getvalue()
