"""A registration form as a command: the same command that the JSON API builds."""

from datetime import date

from service.domain.availability import Availability
from service.domain.contact import Contact
from service.domain.errors import DomainError
from service.domain.identity import AgdrefNumber, Identity, Names, TravelDocument
from service.domain.keyboard import ascii_digits
from service.domain.permits import DocumentFacts
from service.domain.permits.questions import DateQuestion, question_about
from service.usecases.commands import RegisterApplicant
from service.usecases.public.describe_prefecture import PrefectureView
from service.web.pages import steps
from service.web.pages.answers import (
    Errors,
    attempt,
    date_fields,
    read_birth_date,
    read_date,
)
from service.web.pages.family_form import read_companions
from service.web.pages.form_data import Form
from service.web.pages.motifs import offered_motifs
from service.web.phones import phone_or_none
from service.words import phrases
from service.words.i18n import N_

INPUT_OF = {
    "prefecture": "motif",
    "motif": "motif",
    "sites": "sites",
    "held_document": "document",
    "permit_expires_on": "fin-jour",
    "permit_starts_on": "debut-jour",
    "entered_on": "entree-jour",
    "requested_on": "demande-jour",
    "family_name": "nom",
    "given_names": "prenoms",
    "birth_date": "naissance-jour",
    "kind": "piece",
    "number": "piece-numero",
    "country": "piece-pays",
    "agdref_number": "numero",
    "email": "courriel",
    "phone": "telephone",
    "language": "langue",
    "weekdays_excluded": "jours",
    "dates_excluded": "absence-0-jour",
    "people": "personnes",
}
"""The input that corrects a field of the domain."""


def input_for(error: DomainError) -> str:
    """Return the input at which a refusal is corrected."""
    last = (error.field or "").rpartition(".")[2].strip("/")
    return INPUT_OF.get(last, "motif")


def read_motif(form: Form, prefecture: PrefectureView, errors: Errors) -> str:
    """Read the motif: one that this prefecture offers in the draw."""
    motif = form.one("motif")
    if motif not in offered_motifs(prefecture):
        errors.add("motif", N_("Choisissez un motif."))
    return motif


def read_sites(
    form: Form, prefecture: PrefectureView, errors: Errors
) -> tuple[str, ...]:
    """Read the sites: at least one, each receiving for the chosen motif."""
    chosen = form.all("sites")
    known = {s.code for s in prefecture.sites if form.one("motif") in s.motifs}
    if not chosen or not set(chosen) <= known:
        errors.add("sites", N_("Choisissez au moins un lieu."))
    return chosen


def read_facts(form: Form, today: date, errors: Errors) -> DocumentFacts:
    """Read the document and the dates that count for it; the others are not asked."""
    if not steps.asks_for_document(form):
        return DocumentFacts()
    return read_papers(form, today, errors)


def read_papers(form: Form, today: date, errors: Errors) -> DocumentFacts:
    """Read a document and its dates, for any motif."""
    nothing = DocumentFacts()
    slug = form.one("document")
    if attempt(lambda: DocumentFacts(held_document=slug), "document", errors) is None:
        errors["document"] = N_("Choisissez votre document, ou « Je ne sais pas ».")
        return nothing
    if not phrases.has_dates(slug):
        return DocumentFacts(held_document=slug)
    ends = _read_end(form, errors)
    starts = read_date(form, "debut", errors) if phrases.is_card(slug) else None
    asked = read_date(form, "demande", errors) if phrases.is_card(slug) else None
    entered = (
        read_date(form, "entree", errors) if phrases.counts_from_entry(slug) else None
    )
    if errors:
        return nothing
    try:
        facts = DocumentFacts(
            held_document=slug,
            permit_expires_on=ends,
            permit_starts_on=starts,
            entered_on=entered,
            requested_on=asked,
        )
        facts.refuse_implausible(today)
    except DomainError as error:
        errors.add_refusal(input_for(error), error)
        return nothing
    question = question_about(facts, today)
    if question is not None and not form.has("fin-sure"):
        errors.doubt("fin-jour", DATE_QUESTIONS[question])
    return facts


DATE_QUESTIONS = {
    DateQuestion.MAYBE_PASSPORT_END: N_(
        "Ce document ne dure pas si longtemps. Est-ce la fin du passeport ? Corrigez la"
        " date, ou cochez la case."
    ),
    DateQuestion.MAYBE_ISSUE_DATE: N_(
        "Cette date est passée depuis plus d'un an. Est-ce la date de délivrance ?"
        " Corrigez-la, ou cochez la case."
    ),
    DateQuestion.SAME_DAY_TWICE: N_(
        "Le début et la fin sont le même jour. Corrigez une des dates, ou cochez la"
        " case."
    ),
}


def _read_end(form: Form, errors: Errors) -> date | None:
    if form.has("fin-inconnue"):
        return None
    ends = read_date(form, "fin", errors)
    if ends is None and not errors.under(date_fields("fin")):
        errors.add(
            "fin-jour", N_("Écrivez la date de fin, ou cochez « Je ne sais pas ».")
        )
    return ends


def read_identity(form: Form, today: date, errors: Errors) -> Identity | None:
    """Read names, birth date and one proof of identity."""
    try:
        names = Names.parse(form.one("nom"), form.one("prenoms") or None)
    except DomainError as error:
        errors.add_refusal(input_for(error), error)
        names = None
    birth_date = read_birth_date(form, "naissance", errors)
    if birth_date is not None and birth_date.earliest > today:
        errors.add("naissance-annee", N_("La date de naissance est dans le futur."))
    proof = _read_proof(form, errors)
    if names is None or birth_date is None or proof is None or errors:
        return None
    return Identity(proof=proof, names=names, birth_date=birth_date)


def _read_proof(form: Form, errors: Errors) -> AgdrefNumber | TravelDocument | None:
    if form.one("preuve") == "piece":
        return _read_document(form, errors)
    typed = form.one("numero")
    digits = "".join(ascii_digits(typed).split())
    if not digits:
        errors.add("numero", N_("Écrivez votre numéro étranger : 10 chiffres."))
        return None
    if digits.isascii() and digits.isdigit() and len(digits) < 9:
        errors.add(
            "numero",
            N_("Ce numéro est trop court. Le numéro étranger a 10 chiffres."),
        )
        return None
    number = attempt(lambda: AgdrefNumber.parse(typed), "numero", errors)
    if number is not None and number.question and not form.has("numero-sur"):
        errors.doubt("numero", NUMBER_QUESTIONS[number.question])
    return number


NUMBER_QUESTIONS = {
    "letter-for-digit": N_(
        "Il y a une lettre au milieu des chiffres. La lettre O est souvent un zéro."
        " Corrigez le numéro, ou cochez la case."
    ),
    "maybe-card-number": N_(
        "Ce numéro ressemble à celui de la carte, en haut à droite. Le numéro"
        " étranger a 10 chiffres. Corrigez-le, ou cochez la case."
    ),
    "unusual-agdref-number": N_(
        "Le numéro étranger a presque toujours 10 chiffres. Corrigez-le, ou cochez la"
        " case."
    ),
}


def _read_document(form: Form, errors: Errors) -> TravelDocument | None:
    try:
        return TravelDocument.parse(
            form.one("piece"), form.one("piece-numero"), form.one("piece-pays")
        )
    except DomainError as error:
        errors.add_refusal(input_for(error), error)
        return None


def read_contact(form: Form, errors: Errors) -> Contact | None:
    """Read how to reach someone; both ways may be missing."""
    try:
        return Contact.parse(
            email=form.one("courriel") or None,
            phone=phone_or_none(form.one("telephone")),
            language=form.one("langue") or "fr",
        )
    except DomainError as error:
        errors.add_refusal(input_for(error), error)
        return None


def days_off(form: Form, errors: Errors) -> frozenset[date]:
    """Read the single days on which someone cannot come; empty rows are left out."""
    days = (
        read_date(form, f"absence-{at}", errors) for at in range(steps.MOST_DAYS_OFF)
    )
    return frozenset(day for day in days if day is not None)


def read_availability(form: Form, errors: Errors) -> Availability | None:
    """Read the days on which someone cannot come."""
    weekdays = frozenset(int(day) for day in form.all("jours") if day in set("1234567"))
    dates = days_off(form, errors)
    try:
        availability = Availability(
            weekdays_excluded=weekdays,
            dates_excluded=dates,
            short_notice=form.has("bref"),
        )
        availability.refuse_no_working_day()
        return availability
    except DomainError as error:
        errors.add_refusal(input_for(error), error)
        return None


def read_people(form: Form, errors: Errors) -> int:
    """Read how many people come together; one when nothing was said."""
    typed = form.one("personnes") or "1"
    if typed not in set("12345678"):
        errors.add("personnes", N_("Choisissez de 1 à 8 personnes."))
        return 1
    return int(typed)


def read_registration(
    form: Form, prefecture: PrefectureView, today: date, errors: Errors
) -> RegisterApplicant | None:
    """Read the whole form; None when something is to be corrected."""
    motif = read_motif(form, prefecture, errors)
    sites = read_sites(form, prefecture, errors)
    facts = read_facts(form, today, errors)
    identity = read_identity(form, today, errors)
    contact = read_contact(form, errors)
    availability = read_availability(form, errors)
    people = read_people(form, errors)
    companions = read_companions(form, errors)
    if errors or identity is None or contact is None or availability is None:
        return None
    return RegisterApplicant(
        prefecture=prefecture.code,
        motif=motif,
        sites=sites,
        identity=identity,
        contact=contact,
        facts=facts,
        availability=availability,
        people=people,
        channel="web",
        companions=companions,
    )


def check_step(
    step: steps.Step, form: Form, prefecture: PrefectureView, today: date
) -> Errors:
    """Return what is to be corrected on one page, whatever the others say."""
    errors = Errors()
    if step is steps.MOTIF:
        read_motif(form, prefecture, errors)
    elif step is steps.SITES:
        read_sites(form, prefecture, errors)
    elif step is steps.DOCUMENT:
        _check_document(form, errors)
    elif step is steps.DATES_STEP:
        read_facts(form, today, errors)
    elif step is steps.IDENTITY:
        read_identity(form, today, errors)
    elif step is steps.CONTACT:
        read_contact(form, errors)
    elif step is steps.AVAILABILITY:
        read_availability(form, errors)
        read_people(form, errors)
    elif step is steps.FAMILY:
        read_companions(form, errors)
    return errors


def _check_document(form: Form, errors: Errors) -> None:
    slug = form.one("document")
    if attempt(lambda: DocumentFacts(held_document=slug), "document", errors) is None:
        errors["document"] = N_("Choisissez votre document, ou « Je ne sais pas ».")


def first_open_step(
    form: Form, prefecture: PrefectureView, today: date
) -> steps.Step | None:
    """Return the first step that still needs an answer, None when all is said."""
    for step in steps.path_for(form):
        if check_step(step, form, prefecture, today):
            return step
    return None
