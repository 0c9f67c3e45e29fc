"""Forms: dates in three inputs, answers kept, the same command as the JSON API."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from service.usecases.commands import RegisterApplicant
from service.usecases.ports import Ports
from service.web.pages import registration_form as reading
from service.web.pages import steps
from service.web.pages.answers import Errors, read_birth_date, read_date
from service.web.pages.cookies import Cookie
from service.web.pages.draft import KEEP, Draft
from service.web.pages.form_data import Form
from service.web.pages.sealed import seal_json, unseal_json
from service.web.v1.registration_in import RegistrationIn
from tests.unit.web.bodies import good
from tests.unit.web.fakes import StillClock, isere, later, ports

TODAY = date(2026, 11, 23)


def form(**fields: Any) -> Form:
    return Form(
        {
            name.replace("__", "-"): (value,)
            if isinstance(value, str)
            else tuple(value)
            for name, value in fields.items()
        }
    )


def dated(name: str, day: str, month: str, year: str) -> dict[str, str]:
    return {f"{name}__jour": day, f"{name}__mois": month, f"{name}__annee": year}


WHOLE = {
    "motif": "renouvellement-titre",
    "sites": ["grenoble"],
    "document": "cst",
    **dated("fin", "12", "12", "2026"),
    **dated("debut", "13", "12", "2025"),
    "nom": "SPÉCIMEN",
    "prenoms": "Noor",
    **dated("naissance", "2", "2", "1994"),
    "preuve": "numero",
    "numero": "99 0000 0001",
    "courriel": "noor@example.org",
    "telephone": "",
    "jours": ["2"],
    **dated("absence__0", "24", "12", "2026"),
    "personnes": "1",
}


def read(**changes: Any) -> tuple[RegisterApplicant | None, Errors]:
    errors = Errors()
    answers = form(**{**WHOLE, **changes})
    return reading.read_registration(answers, isere(), TODAY, errors), errors


def test_the_form_and_the_json_end_in_the_same_command() -> None:
    command, errors = read()
    assert errors == {}
    assert command is not None
    same = RegistrationIn.model_validate(good()).to_command(TODAY)
    assert command.channel == "web"
    assert same.channel == "api"
    for name in RegisterApplicant.__slots__:
        if name != "channel":
            assert getattr(command, name) == getattr(same, name), name


@pytest.mark.parametrize(
    ("typed", "said_at"),
    [
        (("", "2", "1994"), "fin-jour"),
        (("2", "", "1994"), "fin-mois"),
        (("2", "2", ""), "fin-annee"),
        (("31", "2", "2027"), "fin-jour"),
        (("2", "février", "2027"), "fin-mois"),
        (("2", "2", "27"), "fin-annee"),
        (("222", "2", "2027"), "fin-jour"),
        (("-1", "2", "2027"), "fin-jour"),
        (("2", "2", "x" * 9_000), "fin-annee"),
        (("😀", "2", "2027"), "fin-jour"),
    ],
)
def test_a_date_that_cannot_be_read_is_corrected_where_it_is_wrong(
    typed: tuple[str, str, str], said_at: str
) -> None:
    errors = Errors()
    assert read_date(form(**dated("fin", *typed)), "fin", errors) is None
    assert next(iter(errors)) == said_at


def test_digits_of_another_keyboard_are_digits() -> None:
    errors = Errors()
    typed = form(**dated("fin", "٣٠", "٤", "٢٠٢٧"))
    assert read_date(typed, "fin", errors) == date(2027, 4, 30)
    assert errors == {}


def test_nothing_typed_is_no_date_and_no_error() -> None:
    errors = Errors()
    assert read_date(form(), "fin", errors) is None
    assert errors == {}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (("2", "2", "1994"), "1994-02-02"),
        (("", "2", "1994"), "1994-02"),
        (("", "", "1994"), "1994"),
        (("0", "0", "1994"), "1994"),
    ],
)
def test_a_birth_date_may_be_known_in_part(
    typed: tuple[str, str, str], text: str
) -> None:
    errors = Errors()
    born = read_birth_date(form(**dated("n", *typed)), "n", errors)
    assert born is not None
    assert born.text == text


def test_the_end_may_be_unknown_but_is_not_forgotten() -> None:
    forgotten, errors = read(**dated("fin", "", "", ""))
    assert forgotten is None
    assert "fin-jour" in errors
    command, errors = read(**dated("fin", "", "", ""), fin__inconnue="1")
    assert errors == {}
    assert command is not None
    assert command.facts.permit_expires_on is None


@pytest.mark.parametrize(
    ("changes", "said_at"),
    [
        ({"motif": "remise-titre"}, "motif"),
        ({"motif": "<script>"}, "motif"),
        ({"sites": []}, "sites"),
        ({"sites": ["paris"]}, "sites"),
        ({"document": ""}, "document"),
        ({"document": "carte"}, "document"),
        (dated("fin", "12", "12", "2056"), "fin-jour"),
        (dated("fin", "1", "1", "2025"), "fin-jour"),
        (dated("demande", "1", "1", "2027"), "demande-jour"),
        ({"nom": ""}, "nom"),
        ({"nom": "N" * 10_000}, "nom"),
        ({"nom": "SPE\u202eCIMEN"}, "nom"),
        ({"nom": "<b>Noor</b>"}, "nom"),
        ({"prenoms": "\x00"}, "prenoms"),
        (dated("naissance", "2", "2", "2094"), "naissance-annee"),
        (dated("naissance", "2", "", "1994"), "naissance-mois"),
        ({"numero": ""}, "numero"),
        ({"numero": "12345678"}, "numero"),
        ({"numero": "12AB34567"}, "numero"),
        ({"numero": "'; DROP TABLE registration; --"}, "numero"),
        ({"preuve": "piece"}, "piece"),
        ({"courriel": "noor"}, "courriel"),
        ({"telephone": "06"}, "telephone"),
        ({"jours": ["1", "2", "3", "4", "5"]}, "jours"),
        (dated("absence__3", "31", "2", "2027"), "absence-3-jour"),
        ({"personnes": "9"}, "personnes"),
        ({"personnes": "¹"}, "personnes"),
    ],
)
def test_each_answer_is_corrected_at_its_own_input(
    changes: dict[str, Any], said_at: str
) -> None:
    command, errors = read(**changes)
    assert command is None
    assert said_at in errors


def test_an_unusual_number_is_asked_about_and_never_refused() -> None:
    command, _ = read(numero="12AB34567", numero__sur="1")
    assert command is not None


def test_what_does_not_count_for_a_motif_is_not_asked() -> None:
    path = [step.slug for step in steps.path_for(form(motif="naturalisation"))]
    assert "document" not in path
    assert "dates" not in path
    path = [step.slug for step in steps.path_for(form(motif="aps", document="none"))]
    assert "document" in path
    assert "dates" not in path
    command, errors = read(
        motif="naturalisation", document="", **dated("fin", "", "", "")
    )
    assert errors == {}
    assert command is not None
    assert command.facts.held_document is None


def test_the_way_leads_to_the_check_and_back() -> None:
    answers = form(**WHOLE)
    step = steps.MOTIF
    seen = [step]
    while step is not steps.CHECK:
        step = steps.next_step(step, answers)
        seen.append(step)
    assert seen == [step for step in steps.ALL if step is not steps.FAMILY]
    while (before := steps.step_before(step, answers)) is not None:
        step = before
    assert step is steps.MOTIF
    assert steps.progress(steps.CHECK, answers).number == 6


def test_the_first_open_step_is_where_the_person_goes_on() -> None:
    answers = form(**{**WHOLE, "nom": ""})
    assert reading.first_open_step(answers, isere(), TODAY) is steps.IDENTITY
    assert reading.first_open_step(form(**WHOLE), isere(), TODAY) is None


def test_a_draft_returns_as_it_left() -> None:
    world = ports()
    draft = Draft.begin(world).with_answers(form(**WHOLE))
    cookie = draft.cookie(world)
    assert isinstance(cookie, Cookie)
    assert "SPÉCIMEN" not in cookie.value
    value = unseal_json(
        cookie.value, place=f"web:draft:{draft.id}", ports=world, keep=KEEP
    )
    assert value is not None
    assert Form.from_json(value["answers"]).fields == dict(draft.answers.fields)


def test_the_longest_honest_draft_fits_into_a_cookie() -> None:
    world = ports()
    answers = {
        **WHOLE,
        "nom": "é" * 100,
        "prenoms": "ü" * 100,
        "courriel": "a" * 60 + "@" + "b" * 60 + ".example.org",
        "jours": ["1", "2", "3", "4"],
    }
    for at in range(steps.MOST_DAYS_OFF):
        answers |= dated(f"absence__{at}", str(at + 1), "12", "2026")
    assert Draft.begin(world).with_answers(form(**answers)).fits(world)


def test_another_answer_is_another_request() -> None:
    draft = Draft.begin(ports())
    one = draft.with_answers(form(**WHOLE))
    other = draft.with_answers(form(**{**WHOLE, "nom": "AUTRE"}))
    assert one.idempotency_key == one.with_answers(form(**WHOLE)).idempotency_key
    assert one.idempotency_key != other.idempotency_key


def test_a_sealed_value_cannot_be_altered_moved_or_kept_for_ever() -> None:
    clock = StillClock()
    world = ports(clock)
    sealed = seal_json({"a": 1}, place="here", ports=world)

    def opened(text: str, place: str = "here") -> object:
        return unseal_json(text, place=place, ports=world, keep=timedelta(hours=1))

    assert opened(sealed) == {"a": 1}
    assert opened(sealed, "there") is None
    other = "A" if sealed[20] != "A" else "B"
    assert opened(sealed[:20] + other + sealed[21:]) is None
    assert opened("é") is None
    assert opened("") is None
    assert opened("AAAA") is None
    assert opened("A") is None
    later(clock, hours=2)
    assert opened(sealed) is None


def test_a_fault_of_ours_is_not_taken_for_somebody_elses_cookie() -> None:
    """A sealer that breaks is told and mended; nobody quietly starts afresh for it."""

    class Broken:
        def unseal(self, sealed: bytes, *, place: str) -> bytes:
            raise MemoryError

    world = ports()
    sealed = seal_json({"a": 1}, place="here", ports=world)
    broken = cast("Ports", SimpleNamespace(clock=world.clock, sealer=Broken()))

    with pytest.raises(MemoryError):
        unseal_json(sealed, place="here", ports=broken, keep=timedelta(hours=1))


@pytest.mark.parametrize("part", ["jour", "mois", "annee"])
@pytest.mark.parametrize("typed", ["1" * 5000, "001", "99999"])
def test_a_birth_date_of_too_many_digits_is_corrected(part: str, typed: str) -> None:
    """Python refuses to read five thousand digits: no fault of whoever typed them."""
    fields = {"naissance-jour": "4", "naissance-mois": "5", "naissance-annee": "1990"}
    form = Form({k: (v,) for k, v in {**fields, f"naissance-{part}": typed}.items()})
    errors = Errors()

    assert read_birth_date(form, "naissance", errors) is None
    assert errors
