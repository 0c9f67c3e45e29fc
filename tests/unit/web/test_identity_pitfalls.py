"""What people really type: every pitfall earns a question or is simply accepted.

Source: permits.md § 4, and its row "Pitfalls".
"""

from datetime import date

import pytest

from service.domain.identity import AgdrefNumber, TravelDocument
from service.domain.permits import DocumentFacts
from service.domain.permits.questions import DateQuestion, question_about
from service.web.pages import registration_form as reading
from service.web.pages import steps
from service.web.pages.answers import Errors, date_fields
from service.web.pages.family_form import answers_for, read_companions
from service.web.pages.form_data import Form

TODAY = date(2026, 11, 23)
IDENTITY = {
    "nom": "Diallo",
    "prenoms": "Awa",
    "naissance-jour": "4",
    "naissance-mois": "5",
    "naissance-annee": "1990",
    "preuve": "numero",
    "numero": "9900000001",
}


def form(**fields: str) -> Form:
    return Form({name.replace("_", "-"): (text,) for name, text in fields.items()})


def identity(**changes: str):
    errors = Errors()
    merged = {**{k.replace("-", "_"): v for k, v in IDENTITY.items()}, **changes}
    return reading.read_identity(form(**merged), TODAY, errors), errors


@pytest.mark.parametrize(
    ("family", "given"),
    [
        ("Rahman", ""),  # a single name
        ("Rahman", "Xxx"),
        ("Rahman", "SP"),
        ("Nguyễn", "Thị Linh"),
        ("van der Berg", "Anne-Marie"),
        ("N’Diaye ép. Sow", "Aïcha"),
        ("Ó Súilleabháin", "Seán"),
        ("محمود", "أحمد"),
        ("Петренко", "Олена"),
        ("王", "伟"),
        ("தமிழ்", "செல்வி"),
    ],
)
def test_a_real_name_is_accepted_as_it_is_written(family, given):
    found, errors = identity(nom=family, prenoms=given)

    assert errors == {}
    assert found.names.family_name == family
    assert found.names.given_names == (given or None)


@pytest.mark.parametrize(
    ("day", "month", "year", "text"),
    [
        ("", "", "1990", "1990"),
        ("0", "0", "1990", "1990"),
        ("00", "00", "1990", "1990"),
        ("", "5", "1990", "1990-05"),
        ("٤", "٥", "١٩٩٠", "1990-05-04"),
        ("۴", "۵", "۱۹۹۰", "1990-05-04"),
        ("৪", "৫", "১৯৯০", "1990-05-04"),
        ("４", "５", "１９９０", "1990-05-04"),
    ],
)
def test_a_birth_date_is_read_as_far_as_it_is_known(day, month, year, text):
    found, errors = identity(
        naissance_jour=day, naissance_mois=month, naissance_annee=year
    )

    assert errors == {}
    assert found.birth_date.text == text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("12AB34567", "celui de la carte"),
        ("99O0000001", "zéro"),
        ("990000000l", "lettre"),
        ("990000001", "presque toujours 10 chiffres"),
        ("99000000012", "presque toujours 10 chiffres"),
    ],
)
def test_a_doubtful_number_earns_a_question_and_a_tick_accepts_it(typed, words):
    found, errors = identity(numero=typed)
    assert words in errors["numero"]

    found, errors = identity(numero=typed, numero_sur="1")
    assert errors == {}
    assert isinstance(found.proof, AgdrefNumber)


@pytest.mark.parametrize(
    "typed",
    [
        "99 00 00 00 01",
        "9900-000-001",
        "٩٩٠٠٠٠٠٠٠١",
        "９９００００００01",
        "9900.000.001",
    ],
)
def test_a_number_is_read_however_it_is_spaced_or_written(typed):
    found, errors = identity(numero=typed)

    assert errors == {}
    assert found.proof == AgdrefNumber("9900000001")


def test_the_leading_zeros_of_a_passport_count():
    found, errors = identity(
        preuve="piece", piece="passport", piece_numero="00 123 45", piece_pays="MLI"
    )

    assert errors == {}
    assert found.proof == TravelDocument.parse("passport", "0012345", "ML")
    assert found.proof != TravelDocument.parse("passport", "12345", "ML")


@pytest.mark.parametrize(
    ("kind", "start", "end", "question"),
    [
        ("cst", None, date(2031, 6, 1), DateQuestion.MAYBE_PASSPORT_END),
        ("recepisse_renewal", None, date(2027, 8, 1), DateQuestion.MAYBE_PASSPORT_END),
        ("csp_4y", None, date(2030, 10, 1), None),
        ("resident", None, date(2036, 11, 1), None),
        ("cst", None, date(2025, 3, 1), DateQuestion.MAYBE_ISSUE_DATE),
        ("cst", date(2027, 1, 1), date(2027, 1, 1), DateQuestion.SAME_DAY_TWICE),
        ("cst", date(2026, 12, 20), date(2027, 12, 20), None),
        ("cst", None, date(2026, 12, 12), None),
        ("unknown", None, date(2036, 1, 1), None),
        ("cst", None, None, None),
    ],
)
def test_the_end_of_another_paper_is_asked_about(kind, start, end, question):
    facts = DocumentFacts(
        held_document=kind, permit_expires_on=end, permit_starts_on=start
    )

    assert question_about(facts, TODAY) == question


@pytest.mark.parametrize("typed", [("31", "2", "2027"), ("", "", "2027"), ("", "", "")])
def test_a_day_that_does_not_exist_is_not_offered_as_certain(typed):
    errors = Errors()
    answers = {
        "motif": "renouvellement-titre",
        "document": "cst",
        **dict(zip(date_fields("fin"), typed, strict=True)),
    }

    reading.read_facts(Form({k: (v,) for k, v in answers.items()}), TODAY, errors)

    assert errors
    assert errors.doubts == set()


def test_a_question_about_a_date_is_answered_by_a_tick():
    typed = {
        "motif": "renouvellement-titre",
        "document": "cst",
        **dict(zip(date_fields("fin"), ("1", "6", "2031"), strict=True)),
    }
    asked, ticked = Errors(), Errors()

    reading.read_facts(Form({k: (v,) for k, v in typed.items()}), TODAY, asked)
    facts = reading.read_facts(
        Form({k: (v,) for k, v in {**typed, "fin-sure": "1"}.items()}), TODAY, ticked
    )

    assert "passeport" in asked["fin-jour"]
    assert asked.doubts == {"fin-jour"}
    assert (ticked, facts.permit_expires_on) == ({}, date(2031, 6, 1))


def test_both_dates_of_a_card_are_asked():
    errors = Errors()
    typed = {
        "motif": "renouvellement-titre",
        "document": "csp_4y",
        **dict(zip(date_fields("fin"), ("1", "2", "2027"), strict=True)),
        **dict(zip(date_fields("debut"), ("2", "2", "2023"), strict=True)),
    }

    facts = reading.read_facts(Form({k: (v,) for k, v in typed.items()}), TODAY, errors)

    assert errors == {}
    assert (facts.permit_starts_on, facts.permit_expires_on) == (
        date(2023, 2, 2),
        date(2027, 2, 1),
    )


FAMILY = (("Diallo", "Issa", "2019-03"), ("Diallo", None, "2021-01-02"))


def test_a_family_is_asked_for_when_several_people_come():
    alone, three = Form({"personnes": ("1",)}), Form({"personnes": ("3",)})

    assert steps.FAMILY not in steps.path_for(alone)
    assert steps.next_step(steps.AVAILABILITY, three) is steps.FAMILY


def test_each_missing_name_of_a_family_is_asked_at_its_input():
    errors = Errors()

    assert read_companions(Form({"personnes": ("3",)}), errors) == ()
    assert set(errors) == {"proche-0-nom", "proche-1-nom"}


def test_a_family_is_shown_again_as_it_was_written():
    errors = Errors()
    shown = Form({"personnes": ("3",), **answers_for(FAMILY)})

    family = read_companions(shown, errors)

    assert errors == {}
    assert (
        tuple(
            (one.names.family_name, one.names.given_names, one.birth_date.text)
            for one in family
        )
        == FAMILY
    )
