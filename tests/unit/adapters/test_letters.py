"""Every message in every language: true, short, with its notice or not at all."""

from datetime import date
from gettext import NullTranslations

import pytest

from service.adapters.mail.letters import LETTERS, TEXTS, Letters
from service.domain.guide import (
    Checklist,
    Guide,
    ListedPaper,
    SiteAccess,
    Statement,
)
from service.usecases.message.letter import (
    Message,
    Notice,
    NoticeMissingError,
    ResultMessage,
    sealed,
)
from service.usecases.message.message_kinds import KINDS
from service.words.i18n import LANGUAGES, Words, typeset, words_in
from service.words.segments import size_of
from tests.letters import a_letter, an_offer

RESULTS = sorted(name for name, kind in KINDS.items() if kind.is_result)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2019", "'")


@pytest.mark.parametrize("folder", [LETTERS, TEXTS], ids=["email", "text"])
def test_each_kind_has_its_words_and_no_words_lack_a_kind(folder):
    written = {path.stem for path in folder.glob("[a-z]*.txt")}

    assert written == set(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_written_in_each_language(kind, language):
    message = Letters().write(a_letter(kind, language))

    assert message.subject
    assert "\n" not in message.subject
    assert "Diallo" not in message.letter + message.text  # no personal datum
    assert "9900000001" not in message.letter
    assert "0123-ABCD-M" in message.letter
    assert "\n\n\n" not in message.letter
    assert "  " not in message.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_text_takes_two_segments_at_most(kind, language):
    size = size_of(Letters().write(a_letter(kind, language)).text)

    assert size.segments <= 2, size


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", RESULTS)
def test_each_result_says_that_a_calculation_took_part(kind, language):
    message = Letters().write(a_letter(kind, language))

    assert isinstance(message, ResultMessage)
    assert "311-3-1" in message.letter
    assert "311-3-1" in message.text


class WithoutNotice(NullTranslations):
    """A catalogue whose translator left the law out of a sentence."""

    def __init__(self, start):
        super().__init__()
        self._start = start

    def gettext(self, message):
        return "Hello" if message.startswith(self._start) else message


@pytest.mark.parametrize("start", ["Votre place a été attribuée", "Calcul automatique"])
@pytest.mark.parametrize("kind", RESULTS)
def test_a_translation_without_the_notice_cannot_leave(kind, start):
    letters = Letters(words=lambda language: Words(language, WithoutNotice(start)))

    with pytest.raises(NoticeMissingError):
        letters.write(a_letter(kind, "en"))


def test_a_result_in_an_ordinary_envelope_cannot_leave():
    ordinary = Message(subject="s", body="b", foot="f", lines="l")

    for kind in KINDS.values():
        if kind.is_result:
            with pytest.raises(NoticeMissingError):
                sealed(kind, ordinary)
        else:
            assert sealed(kind, ordinary) is ordinary


def test_a_notice_is_no_notice_without_its_article():
    for full, short in (("L. 311-3-1", "rien"), ("rien", "L. 311-3-1"), ("", "")):
        with pytest.raises(NoticeMissingError):
            Notice(full, short)


def test_an_offer_says_its_deadline_as_a_day_and_an_hour():
    message = Letters().write(a_letter("drawn"))

    assert "jusqu'au mercredi 25 novembre 2026 à 20 h 16" in plain(message.letter)
    assert "mercredi 25 novembre 20 h 16" in plain(message.text)
    assert "Répondre vite ne donne aucun avantage" in message.letter


def test_a_letter_from_right_to_left_keeps_telephone_and_reference_in_order():
    letter = Letters().write(a_letter("drawn", language="ar")).letter

    assert "04\u00a076\u00a060\u00a034\u00a000" in letter
    assert "\u20660123-ABCD-M\u2069" in letter


def test_a_second_refusal_is_told_with_what_it_costs():
    offer = an_offer(next_refusal_is_free=False)
    message = Letters().write(a_letter("drawn", offer=offer))

    assert "après 7 nuits" in plain(message.letter)


def test_a_reminder_says_place_papers_access_telephone_and_absence():
    letter = plain(Letters().write(a_letter("reminder")).letter)

    for told in (
        "mercredi 23 décembre 2026 à 14 h 20",
        "Sous-préfecture de La Tour-du-Pin",
        "À apporter",
        "justificatif de domicile",
        "fauteuil roulant",
        "04 76 60 34 00",
        "Si vous ne venez pas sans le dire",
    ):
        assert told in letter, told


def test_a_reminder_tells_what_the_prefecture_states_of_the_place_and_asks_for():
    guide = Guide(
        sites={
            "la-tour-du-pin": SiteAccess(
                transport="Bus d'exemple", is_step_free=True, arrange="01 99 00 12 34"
            )
        },
        checklists={
            "renouvellement-titre": Checklist(
                more=(ListedPaper("La fiche maison", {"en": "The form"}),),
                statement=Statement(stated_on=date(2026, 11, 2), source="s"),
            )
        },
    )

    french = plain(Letters(guide=guide).write(a_letter("reminder")).letter)
    english = plain(Letters(guide=guide).write(a_letter("reminder", "en")).letter)

    for told in (
        "Comment venir : Bus d'exemple",
        "Entrée sans marche : oui",
        "boucle magnétique pour appareil auditif",
        "Dites-le avant de venir : 01 99 00 12 34",
        "- La fiche maison",
    ):
        assert told in french, told
    assert "- The form" in english


def test_who_waits_is_told_that_nothing_is_lost_and_how_to_leave():
    letter = plain(Letters().write(a_letter("not_drawn")).letter)

    assert "votre ancienneté est gardée" in letter
    assert "une fois par semaine au plus" in letter
    assert "Retirer mon inscription" in letter


def test_a_language_without_a_catalogue_is_written_in_french():
    message = Letters().write(a_letter("registered", "xx"))

    assert message.subject == typeset("Votre inscription est enregistrée")
    assert words_in("xx").language == "fr"
