"""The commands that write pages or measure the laboratory itself."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from simulation.bench.cost import bench_s, smaller_bench
from simulation.bench.figures import (
    SEEDS,
    Figure,
    against_mesa,
    catalogue_pieces,
    growth,
    sixteen_by_eight,
    year_of_isere,
)
from simulation.bench.probe import machine
from simulation.cli.base import app
from simulation.cli.data import print_json
from simulation.cli.figures import figure_line
from simulation.cli.frontier_table import print_frontier
from simulation.cli.options import (
    AsJson,
    Changes,
    FirstSeed,
    Force,
    Name,
    Out,
    Own,
    RuleNames,
    Scale,
    Scheduler,
    WithoutCause,
    Workers,
    chosen,
    chosen_own,
    chosen_rules,
    chosen_seeds,
    language_of,
    shares_of,
)
from simulation.cli.watching import begin, counting, tell
from simulation.comparison import compare, jobs_of
from simulation.errors import LaboratoryError
from simulation.estimate import by_seeds
from simulation.frontier.playing import A_YEAR, Size, frontier, gathered
from simulation.frontier.playing import jobs_of as frontier_jobs
from simulation.frontier.runs import as_csv, from_csv
from simulation.frontier.table import Best, Found, Point, points
from simulation.frontier.variants import with_default
from simulation.report.note import note
from simulation.report.page import html
from simulation.sweep.asked import left_s
from simulation.sweep.kept import of_other_engines
from simulation.sweep.machines import Machines


@app.command("bench")
def bench_(
    full: Annotated[
        bool, typer.Option(help="All thirty seeds of the catalogue (minutes).")
    ] = False,
    national: Annotated[
        bool, typer.Option(help="Grow up to 1.2 million visits a year (minutes).")
    ] = False,
    mesa: Annotated[bool, typer.Option(help="Compare with Mesa.")] = True,
    growing: Annotated[
        bool, typer.Option("--growth/--no-growth", help="Larger and longer years.")
    ] = True,
    scale: Annotated[
        float, typer.Option(min=0.01, max=1, help="Smaller, to try: no promise holds.")
    ] = 1.0,
    out: Out = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Measure the laboratory on this machine, each promised figure beside its own."""
    seeds = SEEDS if full else 1
    asked = bench_s(seeds, mesa=mesa, growing=growing, national=national, share=scale)
    begin(asked, force=force, smaller=smaller_bench)
    found: list[Figure] = []

    def show(figure: Figure) -> None:
        found.append(figure)
        if not json_:
            typer.echo(figure_line(figure))

    for figure in year_of_isere() if scale == 1 else ():
        show(figure)
    with counting("16 × 8", len(catalogue_pieces(seeds)), quiet=json_) as done:
        sixteen = list(sixteen_by_eight(seeds, done, share=scale, keep=out))
    for figure in sixteen:
        show(figure)
    for figure in against_mesa(scale) if mesa else ():
        show(figure)
    for figure in growth(national=national) if growing and scale == 1 else ():
        show(figure)
    if json_:
        lines = [asdict(each) | {"kept": each.is_kept} for each in found]
        print_json({"machine": machine(), "figures": lines})
    else:
        typer.echo(machine())


@app.command()
def report(
    scenario: Name,
    *,
    out: Annotated[Path, typer.Option(help="The page to write.")],
    seeds: Annotated[int, typer.Option(min=5, max=1000)] = 30,
    rules: RuleNames = None,
    changes: Changes = None,
    own: Own = None,
    scale: Scale = 1.0,
    causeless: WithoutCause = False,
    language: Annotated[str, typer.Option(help="fr or en.")] = "fr",
    workers: Workers = 2,
    scheduler: Scheduler = "",
    keep: Annotated[Path | None, typer.Option(help="File of results.")] = None,
    force: Force = False,
) -> None:
    """Write a self-contained HTML page about a comparison, and a two-page PDF."""
    tongue = language_of(language)
    episode = chosen(scenario, changes, scale, causeless=causeless)
    mine = chosen_own(episode, own)
    slugs = chosen_rules(episode, rules, mine)
    luck = chosen_seeds(1, seeds)
    jobs = jobs_of(episode, slugs, luck, own=mine, causeless=True)
    begin(left_s(jobs, keep) / workers, force=force, keep=keep)
    with counting(episode.id, len(jobs), quiet=False) as done:
        found = compare(
            episode,
            slugs,
            luck,
            causeless=True,
            machines=Machines(workers, scheduler=scheduler),
            keep=keep,
            on_done=done,
            own=mine,
        )
    command = ["python", "-m", "simulation", "report", scenario]
    command += ["--seeds", str(seeds), "--out", out.name, "--language", tongue]
    command += [word for slug in rules or [] for word in ("--rule", slug)]
    command += [word for change in changes or [] for word in ("--set", change)]
    command += ["--without-cause"] if causeless else []
    command += [word for change in own or [] for word in ("--own", change)]
    command += [] if scale == 1 else ["--scale", f"{scale:g}"]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(html(found, tongue, command), "utf-8")
    out.with_suffix(".pdf").write_bytes(note(found, tongue, command))
    typer.echo(f"{out} and {out.stem}.pdf: {seeds} paired seeds, {len(slugs)} rules")


@app.command()
def lab(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8001,
    host: Annotated[
        str, typer.Option(help="Who may come: this machine only.")
    ] = "127.0.0.1",
    workers: Workers = 2,
) -> None:
    """Open the laboratory as a web page: pick, move, compare, share."""
    # Here and not above: every other command starts a second sooner without them.
    import uvicorn

    from simulation.lab.app import create_app

    uvicorn.run(create_app(workers=workers), host=host, port=port, log_level="warning")


@app.command("frontier")
def frontier_(
    loads: Annotated[
        str, typer.Option(help="Needs for one place.")
    ] = "0.9,1.1,1.3,1.6",
    *,
    dated: Annotated[str, typer.Option(help="Shares of dated demand.")] = "0.75",
    only: Annotated[
        list[str] | None, typer.Option(help="A ruleset by its name; repeatable.")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=100)] = 5,
    first_seed: FirstSeed = 1,
    days: Annotated[int, typer.Option(min=30, help="Days measured.")] = A_YEAR.days,
    warm_up: Annotated[
        int, typer.Option(min=1, max=1825, help="Days before them: a queue forms.")
    ] = A_YEAR.warm_up,
    places: Annotated[
        float, typer.Option(min=2, max=500, help="Places of a working day.")
    ] = A_YEAR.places,
    longest: Annotated[float, typer.Option(help="Wait, in days, 19 in 20.")] = 180,
    gather: Annotated[
        bool, typer.Option(help="Play nothing: show what --out already holds.")
    ] = False,
    any_version: Annotated[
        bool,
        typer.Option(
            "--any-version", help="With --gather: also runs of another engine."
        ),
    ] = False,
    runs: Annotated[
        Path | None,
        typer.Option(help="With --gather: write each run there too, as CSV."),
    ] = None,
    workers: Workers = 2,
    scheduler: Scheduler = "",
    out: Out = None,
    json_: AsJson = False,
    force: Force = False,
) -> None:
    """Map what each parameter of the ruleset buys and costs, and recommend."""
    size = Size(places, days, warm_up)
    if gather:
        held, bound = _held(_results(out), size, any_version=any_version)
        if runs is not None:
            runs.write_text(as_csv(held, bound), "utf-8")
        _show_frontier(points(held, bound), longest, json_=json_)
        return
    shares = shares_of(dated, "--dated", most=1)
    wanted = shares_of(loads, "--loads", most=20)
    names = with_default(only)
    luck = chosen_seeds(first_seed, seeds)
    jobs = frontier_jobs(wanted, shares, luck, size=size, rulesets=names)
    begin(
        left_s(jobs, out) / workers,
        force=force,
        smaller=by_seeds(seeds, "use fewer --loads, --dated or --only, or less --days"),
        keep=out,
    )
    with counting("frontier", len(jobs), quiet=json_) as done:
        found = frontier(
            wanted,
            shares,
            luck,
            size=size,
            rulesets=names,
            machines=Machines(workers, cluster=True, scheduler=scheduler),
            keep=out,
            on_done=done,
        )
    _show_frontier(found, longest, json_=json_)


def _held(file: Path, size: Size, *, any_version: bool) -> tuple[Found, Best]:
    if file.suffix == ".csv":
        return from_csv(file.read_text("utf-8"))
    if older := of_other_engines(file):
        tell(
            f"{file}: {older} runs of another version of the engine are taken, by "
            "load, share, ruleset and seed: of which size they are is not checked"
            if any_version
            else f"{file}: {older} runs of another version of the engine are left "
            "out; --any-version takes them too"
        )
    return gathered(file, size, any_version=any_version)


def _results(out: Path | None) -> Path:
    if out is None or not out.is_file():
        raise LaboratoryError("--gather: name the file of results with --out")
    return out


def _show_frontier(found: list[Point], longest: float, *, json_: bool) -> None:
    if json_:
        print_json([asdict(point) for point in found])
    else:
        print_frontier(found, longest)
