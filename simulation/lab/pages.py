"""The pages of the lab, rendered on the server."""

from simulation.comparison import Comparison
from simulation.engine.population import visits_per_year
from simulation.lab.own import IN_VIEW as OWN_IN_VIEW
from simulation.lab.own import own_knobs
from simulation.lab.question import FEWEST, MOST, Question
from simulation.lab.refusals import in_language
from simulation.lab.runner import Task
from simulation.lab.sliders import IN_VIEW, Knob, knobs
from simulation.lab.words import LAB_WORDS, lasting
from simulation.mechanisms.registry import RULES
from simulation.report.cited import facts
from simulation.report.figures import name_of
from simulation.report.numbers import Language, exact, written
from simulation.report.page import context, templates
from simulation.report.words import WORDS
from simulation.scenarios.loader import catalogue


def compare_page(
    asked: Question, *, site: str, workers: int, task: Task | None = None
) -> str:
    """Return the form and, beside it, what is known so far.

    Args:
        asked: The question of the address.
        site: Where this lab is, for the address to share.
        workers: Processes, for the estimate.
        task: The comparison, once it was asked for.
    """
    found = None if task is None else task.so_far()
    language = asked.language
    shown: dict[str, object] = {}
    if found is not None:
        shown = context(found, language, asked.command)
        del shown["language"], shown["words"], shown["style"]
    sliders = knobs(asked.scenario, language)
    mine = own_knobs(asked.base, asked.own, language)
    return render(
        "compare.html.j2",
        language,
        "compare",
        asked=asked,
        sources=facts(asked.scenario, language),
        scenarios=list(catalogue().values()),
        main_knobs=sliders[:IN_VIEW],
        more_knobs=sliders[IN_VIEW:],
        own_main=mine[:OWN_IN_VIEW],
        own_more=mine[OWN_IN_VIEW:],
        moved=_moved(asked, mine),
        more=_said(
            language,
            "more",
            count=len(sliders) - IN_VIEW + len(mine[OWN_IN_VIEW:]),
        ),
        all_rules=[(slug, name_of(slug, language)) for slug in RULES],
        few=FEWEST,
        many=MOST,
        estimate=_said(
            language,
            "estimate",
            time=lasting(asked.estimate_s / workers),
            rules=len(asked.rules),
            seeds=len(asked.seeds),
        ),
        task=task,
        progress=None if task is None else _progress(asked, task, found),
        found=found is not None,
        query=asked.address(),
        link=f"{site}compare?{asked.address()}",
        other_language=_in_other_language(asked, task),
        **shown,
    )


def _moved(asked: Question, mine: list[Knob]) -> list[tuple[str, str, str]]:
    """Return what somebody changed in the rule: its name, before, after."""
    published = {each.slider.name: each for each in own_knobs(asked.base, None, "en")}
    return [
        (
            each.label,
            written(published[each.slider.name].value, "", asked.language),
            written(each.value, "", asked.language),
        )
        for each in mine
        if each.value != published[each.slider.name].value
    ]


def _in_other_language(asked: Question, task: Task | None) -> str:
    path, query = ("/" if task is None else "/compare"), asked.address()
    if asked.language == "en":
        return f"{path}?{query.removesuffix('&language=en')}"
    return f"{path}?{query}&language=en"


def _progress(asked: Question, task: Task, found: Comparison | None) -> dict[str, str]:
    language, count = asked.language, len(asked.seeds)
    demand, days = asked.scenario.demand, asked.scenario.days
    size = _said(
        language,
        "size",
        rules=len(asked.rules),
        seeds=0 if found is None else len(found.seeds),
        people=written(visits_per_year(demand), "", language),
        days=days,
    )
    if task.found is not None:
        head = _said(language, "done", count=len(task.seeds), asked=count)
        return {"head": head, "text": size}
    left = task.left_s
    return {
        "head": _said(language, "running", done=task.done, total=task.total),
        "text": _said(language, "left", time="…" if left is None else lasting(left)),
        "so_far": ""
        if found is None
        else _said(language, "so_far", count=len(found.seeds), asked=count),
    }


def _said(language: Language, key: str, **values: object) -> str:
    shown = {
        name: exact(value, language) if isinstance(value, int) else value
        for name, value in values.items()
    }
    return LAB_WORDS[language][key].format(**shown)


def failed_page(error: Exception, language: Language) -> str:
    """Return a refusal in words, in the reader's language where it has it."""
    text, spoken = in_language(error, language)
    return render("failed.html.j2", language, "", text=text, spoken=spoken)


def render(name: str, language: Language, here: str, **shown: object) -> str:
    """Return a page of the lab: a template, its words, and which tab is open."""
    page = templates("simulation.lab", "simulation.report").get_template(name)
    return page.render(
        shown,
        language=language,
        words=WORDS[language],
        lab=LAB_WORDS[language],
        here=here,
    )
