"""The form with which an agent publishes a day, and its plan before it is published."""

import re
from datetime import date, time, timedelta

from service.domain.errors import DomainError
from service.domain.keyboard import ascii_digits
from service.domain.slots import SlotPlan
from service.usecases.commands import PublishSlots
from service.usecases.public.describe_prefecture import PrefectureView
from service.web.pages.answers import Errors, read_date
from service.web.pages.form_data import Form
from service.words.i18n import N_

_HOUR = re.compile(r"([0-9]{1,2})(?:[h:]([0-9]{2})?)?")

INPUT_OF = {
    "site": "site",
    "day": "jour-jour",
    "opens": "de",
    "closes": "a",
    "minutes": "duree",
    "guichets": "guichets",
    "motifs": "motifs",
}
FIELDS = (
    "site",
    "jour-jour",
    "jour-mois",
    "jour-annee",
    "de",
    "a",
    "duree",
    "guichets",
    "motifs",
)


def read_hour(typed: str, field: str, sentence: str, errors: Errors) -> time | None:
    """Read "9", "9 h", "9h30" or "09:30"."""
    found = _HOUR.fullmatch("".join(ascii_digits(typed).split()).lower())
    try:
        if found is not None:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    errors.add(field, sentence)
    return None


def read_count(typed: str, field: str, sentence: str, errors: Errors) -> int:
    """Read a small number."""
    digits = ascii_digits(typed)
    if digits.isascii() and digits.isdigit() and len(digits) <= 4:
        return int(digits)
    errors.add(field, sentence)
    return 0


def read_slots(
    form: Form, prefecture: PrefectureView, today: date, errors: Errors
) -> PublishSlots | None:
    """Read the form; None when something is to be corrected."""
    sites = {site.code: site for site in prefecture.sites}
    site = form.one("site")
    if site not in sites:
        errors.add("site", N_("Choisissez un lieu."))
    day = read_date(form, "jour", errors)
    if day is None:
        errors.add("jour-jour", N_("Écrivez le jour à publier."))
    opens = read_hour(
        form.one("de"), "de", N_("Écrivez l'heure de début, comme 9 h 30."), errors
    )
    closes = read_hour(
        form.one("a"), "a", N_("Écrivez l'heure de fin, comme 12 h."), errors
    )
    minutes = read_count(
        form.one("duree"), "duree", N_("Écrivez la durée en minutes."), errors
    )
    guichets = read_count(
        form.one("guichets"), "guichets", N_("Écrivez le nombre de guichets."), errors
    )
    motifs = form.all("motifs")
    if not motifs:
        errors.add("motifs", N_("Choisissez au moins un motif."))
    elif site in sites and not set(motifs) <= set(sites[site].motifs):
        errors.add("motifs", N_("Ce lieu ne reçoit pas pour tous ces motifs."))
    if errors or day is None or opens is None or closes is None:
        return None
    command = PublishSlots(
        site=site,
        day=day,
        opens=opens,
        closes=closes,
        minutes=minutes,
        guichets=guichets,
        motifs=motifs,
    )
    return command if plan_of(command, today, errors) is not None else None


def plan_of(command: PublishSlots, today: date, errors: Errors) -> SlotPlan | None:
    """Return the plan that would be published, checked by the domain."""
    try:
        plan = SlotPlan(
            site=command.site,
            day=command.day,
            opens=command.opens,
            closes=command.closes,
            minutes=command.minutes,
            guichets=command.guichets,
            motifs=frozenset(command.motifs),
        )
        plan.refuse_day_out_of_reach(today)
    except DomainError as error:
        errors.add_refusal(INPUT_OF.get(error.field or "", "site"), error)
        return None
    return plan


def monday_of(day: date) -> date:
    """Return the Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())
