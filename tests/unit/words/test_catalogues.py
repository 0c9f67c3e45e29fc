"""A language is offered whole or not at all."""

import pytest
from babel.messages.catalog import Catalog

from service.domain import contact
from service.words import catalogue
from service.words.i18n import LANGUAGES, LOCALES, NAMES, words_in

TRANSLATED = [language for language in LANGUAGES if language != "fr"]


def test_the_languages_are_those_that_a_registration_may_name():
    assert tuple(NAMES) == contact.LANGUAGES
    assert set(LANGUAGES) <= set(NAMES)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_is_said_in_every_language_that_is_offered(language):
    assert catalogue.faults(catalogue.read(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_can_be_filled_in_without_a_surprise(language):
    words = words_in(language)
    for message in catalogue.sentences():
        if isinstance(message.id, str) and message.id:
            assert words.gettext(message.id)


def test_no_catalogue_waits_unseen():
    found = {path.parent.name for path in LOCALES.glob("*/messages.po")}
    assert found == set(TRANSLATED)


def echo(locale: str = "en_GB") -> Catalog:
    """A catalogue that says every French sentence in French."""
    made = Catalog(locale=locale, fuzzy=False)
    for message in catalogue.sentences():
        if message.id:
            made.add(message.id, message.id)
    return made


def test_a_complete_catalogue_has_no_fault():
    assert catalogue.faults(echo()) == []


@pytest.mark.parametrize(
    ("fault", "string", "flags"),
    [
        ("missing", "", ()),
        ("doubtful", "%(day)s à %(hour)s", ("fuzzy",)),
        ("mismatched", "%(day)s", ()),
        ("mismatched", "%(day)s %(hour)s %(name)s", ()),
    ],
)
def test_a_planted_fault_is_found(fault, string, flags):
    planted = echo()
    sentence = "%(day)s à %(hour)s"
    planted.delete(sentence)
    planted.add(sentence, string, flags=flags)

    [line] = catalogue.faults(planted)

    assert line.startswith(fault)


def test_a_sentence_that_nobody_says_any_more_is_found():
    planted = echo()
    planted.add("Une phrase disparue", "A sentence that is gone")

    assert catalogue.faults(planted) == ["superfluous: 'Une phrase disparue'"]


def test_a_missing_plural_form_is_found():
    arabic = echo("ar")  # Arabic has six forms, and only two are given

    plurals = [m for m in catalogue.sentences() if isinstance(m.id, (tuple, list))]

    assert len(catalogue.faults(arabic)) == len(plurals) > 0
