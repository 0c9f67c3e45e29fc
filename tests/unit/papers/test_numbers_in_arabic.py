"""On paper too, a number keeps its order beside a sentence from right to left."""

import pytest

from service.adapters.papers.coming import access
from service.adapters.papers.tongues import Tongues
from service.words.i18n import words_in

KEPT = "04\u00a076\u00a060\u00a034\u00a000"


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_the_telephone_of_the_prefecture_is_not_printed_backwards(
    language: str,
) -> None:
    said = Tongues.of(language).gettext(
        "Une question ? Appelez la préfecture : %(phone)s.", phone="04 76 60 34 00"
    )

    assert f"\u2066{KEPT}\u2069" in said["other"]
    assert "\u2066" not in said["fr"]
    assert KEPT in access(words_in(language), "0476603400")


def test_a_language_from_left_to_right_needs_no_mark() -> None:
    assert "\u2066" not in access(words_in("en"), "0476603400")
