"""French, and the reader's language beside it: every sentence said twice at most.

The official text is French. A language whose script our fonts do not hold (zh, bn)
is served in French with English beside it, and the paper says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from service.adapters.papers.fonts import can_print
from service.words.i18n import Words, words_in

Said = dict[str, str]
"""One text in French (``fr``) and, where it differs, in the other language."""

Value = str | int | Callable[[Words], str]
"""What fills a place of a sentence; a function is asked in each language."""

_BREAK_AFTER: Final = 24
_NOT_SHIPPED: Final = frozenset({"zh", "bn"})


@dataclass(frozen=True, slots=True)
class Tongues:
    """The two languages of one paper; ``other`` is None when French is enough."""

    asked: str
    french: Words
    other: Words | None

    @classmethod
    def of(cls, language: str) -> "Tongues":
        """Choose what stands beside French for a reader of ``language``."""
        other = words_in("en" if language in _NOT_SHIPPED else language)
        return cls(language, words_in("fr"), None if other.language == "fr" else other)

    def gettext(self, text: str, **values: Value) -> Said:
        """Say a sentence; a value that is a function is said in each language."""
        return self.each(lambda words: filled(words, words.gettext(text), values))

    def ngettext(self, one: str, many: str, count: int, **values: Value) -> Said:
        """Say a sentence that depends on a number."""
        return self.each(
            lambda words: filled(
                words, words.ngettext(one, many, count), {"count": count, **values}
            )
        )

    def each(self, text_in: Callable[[Words], str]) -> Said:
        """Say what ``text_in`` returns in each language."""
        said = {"fr": breakable(text_in(self.french))}
        if self.other is None:
            return said
        beside = breakable(text_in(self.other))
        is_same = self.french.set(beside) == said["fr"]  # a name, a code, a number
        return said if is_same else {**said, "other": beside}

    def head(self) -> dict[str, object]:
        """Return what every template needs to know of the languages."""
        other = self.other
        is_stand_in = other is not None and other.language != self.asked
        return {
            "lang": "fr",
            "other": other.language if other else None,
            "rtl": other.direction == "rtl" if other else False,
            "stand_in": (
                self.gettext(
                    "Ce document ne peut pas être imprimé dans votre langue : il est"
                    " en français, avec l'anglais. La page en ligne est dans votre"
                    " langue."
                )
                if is_stand_in or (other is None and self.asked in _NOT_SHIPPED)
                else None
            ),
        }


def filled(words: Words, text: str, values: Mapping[str, Value]) -> str:
    """Fill the places of a sentence; functions are asked in that language."""
    if not values:
        return text
    said = text % {
        name: value(words) if callable(value) else value
        for name, value in values.items()
    }
    return words.in_order(said)


def breakable(text: str) -> str:
    """Let a word longer than any line break, so that nothing leaves the page."""
    if all(len(word) <= _BREAK_AFTER for word in text.split()):
        return text
    return " ".join(
        "\u200b".join(
            word[at : at + _BREAK_AFTER] for at in range(0, len(word), _BREAK_AFTER)
        )
        if len(word) > 2 * _BREAK_AFTER
        else word
        for word in text.split(" ")
    )


@dataclass(frozen=True, slots=True)
class PrintedName:
    """A name as the fonts allow it, and whether all of it is there."""

    text: str
    is_whole: bool


def printable_name(name: str) -> PrintedName:
    """Return a name with each word that no font of ours holds replaced by ``[…]``.

    Nothing is transcribed: a spelling that no document bears would be worse than a
    gap that is named.
    """
    words = name.split()
    shown = [word if can_print(word) else "[…]" for word in words]
    return PrintedName(breakable(" ".join(shown)), is_whole=shown == words)
