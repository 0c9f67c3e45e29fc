"""A text weighs what the network bills; nothing is cut in the middle of a sign."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.words.segments import Encoding, is_gsm, size_of, texted

GSM, UCS2 = Encoding.GSM, Encoding.UCS2


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", GSM, 0, 0),
        ("a" * 160, GSM, 160, 1),
        ("a" * 161, GSM, 161, 2),
        ("a" * 306, GSM, 306, 2),
        ("a" * 307, GSM, 307, 3),
        ("é" * 160, GSM, 160, 1),
        ("€" * 80, GSM, 160, 1),
        ("€" * 81, GSM, 162, 2),
        # 152 units are taken: the escape and its sign go on together, not apart
        ("a" * 152 + "€" + "a" * 7, GSM, 161, 2),
        ("a" * 152 + "€" + "a" * 152, GSM, 306, 3),
        ("ç" * 70, UCS2, 70, 1),
        ("ç" * 71, UCS2, 71, 2),
        ("م" * 134, UCS2, 134, 2),
        ("م" * 135, UCS2, 135, 3),
        ("😀" * 35, UCS2, 70, 1),
        ("م" * 66 + "😀" + "م" * 66, UCS2, 134, 3),
    ],
)
def test_a_text_is_counted_by_its_encoding(text, encoding, units, segments):
    size = size_of(text)

    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


@given(text=st.text(max_size=400), more=st.text(max_size=40))
def test_more_words_never_weigh_less(text, more):
    before, after = size_of(text), size_of(text + more)

    assert before.segments <= after.segments
    if before.encoding is after.encoding:
        assert before.units <= after.units
    each = 153 if after.encoding is GSM else 67
    assert after.units <= max(160 if after.encoding is GSM else 70, 0) or (
        after.segments >= -(-after.units // each)
    )


@given(text=st.text(alphabet="abcdefghij éèà0123456789€", max_size=400))
def test_a_text_of_the_alphabet_is_never_touched(text):
    assert is_gsm(text)
    assert texted(text, "fr") == text


def test_typographic_signs_and_lost_accents_do_not_triple_the_bill():
    said = "L\u2019accueil\u00a0: venez, c\u2019est prêt, le 3 août, à 9\u00a0h…"

    assert texted(said, "fr") == "L'accueil : venez, c'est pret, le 3 aout, à 9 h..."
    assert size_of(texted(said, "fr")).encoding is GSM


@pytest.mark.parametrize(
    ("said", "language"),
    [("Randevunuz şimdi açık", "tr"), ("موعد مقترح", "ar"), ("Ваш запис", "uk")],
)
def test_a_language_is_never_mutilated_to_save_a_segment(said, language):
    assert texted(said, language) == said
    assert size_of(said).encoding is UCS2


def test_a_name_that_cannot_be_folded_stays_as_it_is_written():
    assert texted("Rendez-vous pour Łukasz 漢", "fr") == "Rendez-vous pour Łukasz 漢"
