"""Easy-to-read French: what a program can check of the European rules.

It cannot check what counts most: that readers with an intellectual disability
understand. The pages say that this was not done.
"""

import re
from collections.abc import Iterator

import pytest

from service.words.easy import MEANINGS, TEXTS, EasyText, meanings_for

MOST_WORDS = 12
MOST_SIGNS = 75
LONGEST_WORD = 12
FORBIDDEN = frozenset(
    {
        *("afin", "ainsi", "algorithme", "aléa", "ancienneté", "attester", "auprès"),
        *("balise", "cependant", "ci-dessous", "conformément", "dispositif"),
        *("échéance", "engagement", "éventuel", "instruire", "ledit", "lors"),
        *("modalité", "motif", "néanmoins", "nonobstant", "notamment", "notifier"),
        *("préalable", "procès-verbal", "prorogation", "pseudonyme", "quota"),
        *("recours", "relatif", "restituer", "saisir", "susceptible", "toutefois"),
        *("transcription", "ultérieur", "usager", "vertu"),
    }
)
NUMBERS = frozenset(
    {"deux", "trois", "quatre", "cinq", "sept", "huit", "neuf", "dix", "cent", "mille"}
)
NOT_A_PASSIVE = frozenset({"gratuit", "gratuite"})
_WORD = re.compile(r"[\w’'-]+")
_PASSIVE = re.compile(
    r"\b(?:est|sont|sera|seront|étaient|était|été|êtes|soit)\s+"
    r"(\w+(?:é|ée|és|ées|i|ie|is|ise|ies|u|ue|us|ues|it|ite|ert|erte))\b"
)
_NEGATION = re.compile(r"\b(?:ne|non plus|sans)\b|\bn['’]", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")


def faults(sentence: str) -> list[str]:
    """Say which rules a sentence breaks."""
    words = [one.lower() for one in _WORD.findall(sentence)]
    letters = [re.sub(r"^(?:[ldnsjmtc]|qu)['’]", "", one) for one in words]
    told = {
        "too many words": len(words) > MOST_WORDS,
        "too long": len(sentence) > MOST_SIGNS,
        "more than one sentence": len(re.findall(r"[.?!]", sentence)) != 1,
        "no end": sentence[-1:] not in ".?",
        "two ideas": bool(re.search(r"[;:()]", sentence)) or sentence.count(",") > 1,
        "jargon": bool(FORBIDDEN & set(letters)),
        "a number in letters": bool(NUMBERS & set(letters)),
        "negations piled up": len(_NEGATION.findall(sentence)) > 1,
        "passive voice": any(
            one not in NOT_A_PASSIVE for one in _PASSIVE.findall(sentence.lower())
        ),
        "a long word": any(
            len(part) > LONGEST_WORD for one in letters for part in one.split("-")
        ),
        "an abbreviation": bool(re.search(r"\b(?:etc|art|cf|ex|tél)\.|n°|%", sentence)),
    }
    return [rule for rule, is_broken in told.items() if is_broken]


def every_sentence() -> Iterator[str]:
    for text in TEXTS:
        yield from (
            one.format(closes="20 heures", nights=7, phone="01 99 00 12 34")
            for one in text.sentences()
        )
    for sentences in MEANINGS.values():
        yield from sentences


SAYS_A_NAME = frozenset(
    {
        "CADA veut dire Commission d'accès aux documents administratifs.",
        "CNIL veut dire Commission nationale de l'informatique et des libertés.",
    }
)
"""An acronym is explained by the official name, whatever its words."""


@pytest.mark.parametrize("sentence", sorted(set(every_sentence())))
def test_every_sentence_keeps_the_rules(sentence: str) -> None:
    broken = faults(sentence)

    assert [one for one in broken if sentence not in SAYS_A_NAME] == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Vous " + "très " * 11 + "vite.", "too many words"),
        ("Vous venez. Vous attendez.", "more than one sentence"),
        ("Vous venez", "no end"),
        ("Vous venez ; vous attendez.", "two ideas"),
        ("Vous venez, vous attendez, vous partez.", "two ideas"),
        ("Vous gardez votre ancienneté.", "jargon"),
        ("Vous pouvez venir afin de parler.", "jargon"),
        ("Vous avez deux mois.", "a number in letters"),
        ("Vous ne venez pas et vous ne dites rien.", "negations piled up"),
        ("La liste est fermée le soir.", "passive voice"),
        ("Les places sont choisies le soir.", "passive voice"),
        ("Demandez votre autorisation exceptionnelle.", "a long word"),
        ("Prenez un passeport, etc.", "an abbreviation"),
        ("Une part de 5 % reste libre.", "an abbreviation"),
    ],
)
def test_each_rule_catches_a_sentence_that_breaks_it(sentence: str, rule: str) -> None:
    assert rule in faults(sentence)


def test_there_are_six_texts_each_with_its_own_address() -> None:
    assert [one.slug for one in TEXTS] == [
        "accueil",
        "inscription",
        "accuse",
        "regle",
        "rendez-vous",
        "droits",
    ]


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: one.slug)
def test_every_acronym_and_difficult_word_is_explained_on_its_page(
    text: EasyText,
) -> None:
    said = " ".join(text.sentences())
    explained = {word for word, _ in meanings_for(text)}

    assert set(_ACRONYM.findall(said)) <= explained
    assert {word for word in MEANINGS if word in said} <= explained
    for word, sentences in meanings_for(text):
        if word.isupper():
            assert sentences[0].startswith(f"{word} veut dire ")


@pytest.mark.parametrize("text", TEXTS, ids=lambda one: one.slug)
def test_a_text_is_short_and_in_short_parts(text: EasyText) -> None:
    assert len(text.sentences()) <= 30
    assert all(1 <= len(part.sentences) <= 7 for part in text.parts)
    assert all(len(part.heading.split()) <= 8 for part in text.parts)


def test_every_meaning_is_used_by_some_text() -> None:
    used = {word for text in TEXTS for word, _ in meanings_for(text)}

    assert used == set(MEANINGS)


def test_the_reader_is_spoken_to() -> None:
    sentences = [one for text in TEXTS for one in text.sentences()]
    addressed = [
        one for one in sentences if re.search(r"\b(?:vous|votre|vos)\b", one, re.I)
    ]

    assert len(addressed) > len(sentences) / 2
