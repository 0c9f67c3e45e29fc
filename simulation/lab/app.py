"""The small web application of the lab: four pages, no script, no cookie.

The whole question stands in the address: whoever opens it gets the same digits.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from simulation.errors import LaboratoryError
from simulation.lab.pages import failed_page, result_page, start_page, waiting_page
from simulation.lab.runner import Runner, Task
from simulation.lab.sliders import SLIDERS, moved
from simulation.mechanisms.registry import rule
from simulation.metrics.catalogue import METRICS
from simulation.plain import as_data, plain
from simulation.report.numbers import Language
from simulation.scenarios.loader import catalogue
from simulation.scenarios.model import Scenario

FEWEST, USUAL, MOST = 5, 10, 100
OWN_WORDS = ("scenario", "language", "seeds", "rule")
FIRST_SCENARIO = "herault-2019-annule-reprend"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"


@dataclass(frozen=True, slots=True)
class Question:
    """What an address asks for."""

    name: str
    original: Scenario
    scenario: Scenario
    rules: tuple[str, ...]
    seeds: tuple[int, ...]
    language: Language
    asked: Mapping[str, str]


def question(request: Request) -> Question:
    """Read an address.

    Raises:
        LaboratoryError: Something in it is not known; the text says what is.
    """
    asked = request.query_params
    known = {*OWN_WORDS, *(slider.name for slider in SLIDERS)}
    if unknown := sorted(set(asked) - known):
        raise LaboratoryError(f"{unknown[0]}: not a word of this page")
    name = asked.get("scenario") or FIRST_SCENARIO
    if name not in catalogue():
        raise LaboratoryError(f"no scenario is called '{name}' here")
    original = catalogue()[name]
    count = asked.get("seeds") or str(USUAL)
    if not count.isdigit() or not FEWEST <= int(count) <= MOST:
        raise LaboratoryError(f"seeds: a whole number from {FEWEST} to {MOST}")
    rules = tuple(rule(slug).slug for slug in asked.getlist("rule")) or original.rules
    return Question(
        name=original.id,
        original=original,
        scenario=moved(original, asked),
        rules=tuple(dict.fromkeys(rules)),
        seeds=tuple(range(1, int(count) + 1)),
        language="en" if asked.get("language") == "en" else "fr",
        asked=dict(asked),
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

    def task_of(asked: Question) -> Task:
        return runner.task(asked.scenario, asked.rules, asked.seeds)

    @app.exception_handler(LaboratoryError)
    async def refused(_request: Request, error: LaboratoryError) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _page(failed_page(str(error)), status=400)

    @app.get("/")
    def start(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        return _page(start_page(question(request)))

    @app.get("/compare")
    def compared(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        asked = question(request)
        task = task_of(asked)
        if task.failed:
            return _page(failed_page(task.failed), status=500)
        if task.found is None:
            return _page(waiting_page(asked, task), refresh=True)
        return _page(result_page(asked, task.found))

    @app.get("/compare.json")
    def as_json(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        found = task_of(question(request)).found
        if found is None:
            return PlainTextResponse("not ready: open /compare first\n", 409)
        return JSONResponse(plain(as_data(found)))

    @app.get("/compare.csv")
    def as_csv(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        task = task_of(question(request))
        if task.found is None:
            return PlainTextResponse("not ready: open /compare first\n", 409)
        return PlainTextResponse(_csv(task), media_type="text/csv")

    return app


def _page(text: str, *, status: int = 200, refresh: bool = False) -> HTMLResponse:
    headers = {"Content-Security-Policy": POLICY, "X-Content-Type-Options": "nosniff"}
    if refresh:
        headers["Refresh"] = "2"
    return HTMLResponse(text, status, headers)


def _csv(task: Task) -> str:
    found = task.found
    if found is None:
        return ""
    lines = ["rule,number,mean,low,high,seeds"]
    for slug in found.measures:
        for metric in METRICS:
            each = found.interval(slug, metric.key)
            values = (each.mean, each.low, each.high)
            cells = ["" if v != v else repr(v) for v in values]
            lines.append(",".join([slug, metric.key, *cells, str(each.seeds)]))
    return "\n".join(lines) + "\n"
