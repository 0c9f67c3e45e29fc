"""Everything that the laboratory says twice, and what a page shows to its reader.

Nothing here is a list of words: the pairs are found in the modules that hold them, so
that a sentence written tomorrow is looked for from tomorrow on.
"""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import simulation
from simulation.names import namings, units
from simulation.references import references
from simulation.scenarios.loader import catalogue

Pair = tuple[str, str]
SPEAKING = ("report", "lab", "metrics", "mechanisms", "validation")
"""Packages whose modules hold words that people read."""

WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")
VOID = {"meta", "wbr", "link", "input", "br", "path", "circle", "line", "polyline"}


def pairs() -> Iterator[Pair]:
    """Everything that stands in French and in English."""
    for package in SPEAKING:
        home = importlib.import_module(f"simulation.{package}")
        for found in pkgutil.iter_modules(home.__path__):
            module = importlib.import_module(f"simulation.{package}.{found.name}")
            for value in vars(module).values():
                yield from both(value)
        for file in sorted(Path(home.__path__[0]).glob("*.py")):
            yield from said_in(file)
    for held in (catalogue(), references(), namings(), units()):
        yield from both(held)


def both(value: Any) -> Iterator[Pair]:
    """Pairs inside a value: {"fr": …, "en": …}, .fr and .en, .trap_fr and .trap_en."""
    if isinstance(value, Mapping):
        if {"fr", "en"} <= set(value):
            yield from alike(value["fr"], value["en"])
        else:
            for each in value.values():
                yield from both(each)
    elif isinstance(value, list | tuple | set | frozenset):
        for each in value:
            yield from both(each)
    elif is_dataclass(value) and not isinstance(value, type):
        held = {each.name: getattr(value, each.name) for each in fields(value)}
        for name, french in held.items():
            if name == "fr" or name.endswith("_fr"):
                yield from alike(french, held[f"{name[:-2]}en"])
            else:
                yield from both(french)


def alike(french: Any, english: Any) -> Iterator[Pair]:
    """Pairs of two values of one shape."""
    if isinstance(french, str):
        yield french, english
    elif isinstance(french, Mapping):
        for key, each in french.items():
            yield from alike(each, english[key])
    elif isinstance(french, list | tuple):
        for one, other in zip(french, english, strict=True):
            yield from alike(one, other)


def said_in(file: Path) -> Iterator[Pair]:
    """Pairs written as said(english, french); what is said once is not a pair."""
    for texts in sayings(file):
        if len(texts) > 1:
            yield texts[1], texts[0]


def said_once() -> Iterator[str]:
    """What the table of facts says in the same words to both readers."""
    for file in sorted(Path(simulation.__file__).parent.glob("validation/*.py")):
        yield from (texts[0] for texts in sayings(file) if len(texts) == 1)


def sayings(file: Path) -> Iterator[list[str]]:
    """The texts of every call of said() in a file."""
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        name = getattr(call, "func", None)
        if isinstance(call, ast.Call) and getattr(name, "id", "") == "said":
            yield ["".join(literals(each)) for each in call.args]


def literals(node: ast.AST) -> Iterator[str]:
    """What is written in a string, without what is put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        for each in node.values:
            yield from literals(each) if isinstance(each, ast.Constant) else "0"


def words_of(text: str) -> set[str]:
    """The words of a text, in small letters; what a program puts in is left out."""
    return set(WORD.findall(re.sub(r"\{[^}]*\}", " ", text).lower()))


class Shown(HTMLParser):
    """What a reader of one language reads or hears on a page.

    Left out: what one types or edits (code, commands, addresses), and what the page
    itself says is in another language.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.texts: list[str] = []
        self._silent: list[bool] = [False]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        foreign = held.get("lang", self.language) != self.language
        silent = self._silent[-1] or foreign or held.get("translate") == "no"
        silent = silent or tag in {"code", "pre", "style", "script"}
        if not silent:
            self.texts += [
                text
                for name in ("aria-label", "title", "alt", "placeholder", "data-l")
                if (text := held.get(name))
            ]
        if tag not in VOID:
            self._silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent[-1] and data.strip():
            self.texts.append(data)


def shown(page: str, language: str) -> list[str]:
    """Return the texts of a page that its reader reads."""
    reader = Shown(language)
    reader.feed(page)
    return reader.texts


def strings(value: Any) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)
