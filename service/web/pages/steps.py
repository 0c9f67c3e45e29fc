"""The steps of a registration: which questions stand where, and in what order."""

from dataclasses import dataclass

from service.domain.motifs import MOTIFS, MotifFamily
from service.web.pages.answers import date_fields
from service.web.pages.family_form import FIELDS as FAMILY_FIELDS
from service.web.pages.family_form import how_many
from service.web.pages.form_data import Form
from service.words import phrases
from service.words.i18n import N_

DATES = ("fin", "debut", "entree", "demande")
MOST_DAYS_OFF = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One page with one question."""

    slug: str
    group: str
    title: str
    fields: tuple[str, ...]


MOTIF = Step("motif", N_("Motif"), N_("Pour quel motif venez-vous ?"), ("motif",))
SITES = Step("lieux", N_("Motif"), N_("Où venir ?"), ("sites",))
DOCUMENT = Step(
    "document",
    N_("Document"),
    N_("Votre document d'aujourd'hui"),
    ("document",),
)
DATES_STEP = Step(
    "dates",
    N_("Document"),
    N_("Les dates de votre document"),
    (
        *(field for name in DATES for field in date_fields(name)),
        "fin-inconnue",
        "fin-sure",
    ),
)
IDENTITY = Step(
    "identite",
    N_("Identité"),
    N_("Votre identité"),
    (
        "nom",
        "prenoms",
        *date_fields("naissance"),
        "preuve",
        "numero",
        "numero-sur",
        "piece",
        "piece-numero",
        "piece-pays",
    ),
)
CONTACT = Step(
    "contact",
    N_("Messages"),
    N_("Comment vous joindre ?"),
    ("courriel", "telephone", "langue"),
)
AVAILABILITY = Step(
    "disponibilites",
    N_("Jours possibles"),
    N_("Vos jours possibles"),
    (
        "jours",
        *(
            field
            for at in range(MOST_DAYS_OFF)
            for field in date_fields(f"absence-{at}")
        ),
        "bref",
        "personnes",
    ),
)
FAMILY = Step(
    "famille",
    N_("Jours possibles"),
    N_("Qui vient avec vous ?"),
    FAMILY_FIELDS,
)
CHECK = Step("verification", N_("Vérification"), N_("Vérifiez vos réponses"), ("cle",))
ALL = (
    MOTIF,
    SITES,
    DOCUMENT,
    DATES_STEP,
    IDENTITY,
    CONTACT,
    AVAILABILITY,
    FAMILY,
    CHECK,
)
BY_SLUG = {step.slug: step for step in ALL}


def asks_for_document(answers: Form) -> bool:
    """Say whether the document held counts for the chosen motif.

    What does not count is not asked.
    """
    motif = MOTIFS.get(answers.one("motif"))
    return motif is None or motif.family not in {
        MotifFamily.UNDATED,
        MotifFamily.MAJORITY,
    }


def path_for(answers: Form) -> tuple[Step, ...]:
    """Return the steps that these answers lead through."""
    skipped: set[Step] = set()
    if not asks_for_document(answers):
        skipped |= {DOCUMENT, DATES_STEP}
    elif answers.has("document") and not phrases.has_dates(answers.one("document")):
        skipped.add(DATES_STEP)
    if not how_many(answers):
        skipped.add(FAMILY)
    return tuple(step for step in ALL if step not in skipped)


def next_step(step: Step, answers: Form) -> Step:
    """Return the step after this one."""
    path = path_for(answers)
    at = path.index(step) if step in path else -1
    return path[min(at + 1, len(path) - 1)]


def step_before(step: Step, answers: Form) -> Step | None:
    """Return the step before this one, None at the first."""
    path = path_for(answers)
    at = path.index(step) if step in path else 0
    return path[at - 1] if at else None


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one is: words carry it, the bar repeats it."""

    number: int
    of: int
    group: str


def progress(step: Step, answers: Form) -> Progress:
    """Count the groups of steps, not the pages."""
    groups = list(dict.fromkeys(one.group for one in path_for(answers)))
    at = groups.index(step.group) + 1 if step.group in groups else 1
    return Progress(at, len(groups), step.group)


def days_given(answers: Form) -> tuple[int, ...]:
    """Return which rows of single days hold anything."""
    return tuple(
        at
        for at in range(MOST_DAYS_OFF)
        if any(answers.one(field) for field in date_fields(f"absence-{at}"))
    )
