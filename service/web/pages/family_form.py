"""The family as a form: one line for each person received with whoever registers."""

from service.domain.companions import Companion
from service.domain.errors import DomainError
from service.domain.names import Names
from service.web.pages.answers import Errors, date_fields, read_birth_date
from service.web.pages.form_data import Form
from service.words.i18n import N_

MOST_COMPANIONS = 7

FIELDS = tuple(
    field
    for at in range(MOST_COMPANIONS)
    for field in (
        f"proche-{at}-nom",
        f"proche-{at}-prenoms",
        *date_fields(f"proche-{at}-naissance"),
    )
)
"""Every input of the page."""


def how_many(form: Form) -> int:
    """Return how many people come with the one who registers."""
    typed = form.one("personnes")
    return int(typed) - 1 if typed in set("2345678") else 0


def read_companions(form: Form, errors: Errors) -> tuple[Companion, ...]:
    """Read each person; every missing name is asked for at its own input."""
    found = [_read_one(form, f"proche-{at}", errors) for at in range(how_many(form))]
    return tuple(one for one in found if one is not None)


def _read_one(form: Form, name: str, errors: Errors) -> Companion | None:
    try:
        names = Names.parse(form.one(f"{name}-nom"), form.one(f"{name}-prenoms"))
    except DomainError as error:
        is_given = error.field == "given_names"
        at = f"{name}-prenoms" if is_given else f"{name}-nom"
        if error.code == "missing-name":
            errors.add(at, N_("Écrivez le nom de cette personne."))
        else:
            errors.add_refusal(at, error)
        return None
    born = read_birth_date(form, f"{name}-naissance", errors)
    return None if born is None else Companion(names, born)


def answers_for(
    companions: tuple[tuple[str, str | None, str], ...],
) -> dict[str, tuple[str, ...]]:
    """Return known companions as the form would have sent them.

    Args:
        companions: Family name, given names and birth date (``1990-05-04``) of each.
    """
    fields: dict[str, tuple[str, ...]] = {}
    for at, (family_name, given_names, born) in enumerate(companions):
        fields[f"proche-{at}-nom"] = (family_name,)
        fields[f"proche-{at}-prenoms"] = (given_names or "",)
        inputs = reversed(date_fields(f"proche-{at}-naissance"))
        for field, part in zip(inputs, born.split("-"), strict=False):
            fields[field] = (part,)
    return fields
