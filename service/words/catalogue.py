"""The sentences to translate, taken from templates and code, and what is missing.

``python -m service.words.catalogue`` says what each language lacks; with ``refresh``
it also brings the catalogues up to the present sentences, and with ``template`` it
prints what a translator of a new language starts from. What only agents and
accompanying organisations read is not in it: it stays French.
"""

import io
import re
import sys
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from service.domain.motifs import MOTIFS
from service.domain.permits import HELD_DOCUMENTS
from service.words.i18n import LOCALES, locale_of

SOURCES = Path(__file__).parents[1]
STAFF = ("agent", "helper", "staff", "auditor", "demonstration", "french")
"""Pages and templates whose readers work in French, and what is French by nature."""

_METHODS = [
    ("web/templates/**.html", "jinja2"),
    ("adapters/**.txt", "jinja2"),
    ("web/**.py", "python"),
    ("words/**.py", "python"),
    ("adapters/**.py", "python"),
]
_PARTS = re.compile(r"%\([a-z_]+\)[sd]|%%|\{[0-9]\}|</?[a-z]+[^>]*>")
_TRIMMED = {"trimmed": "true", "silent": "false"}
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}


@cache
def sentences() -> Catalog:
    """Collect every sentence once; kept, so nobody may change what is returned."""
    found = Catalog(charset="utf-8")
    for file, _line, message, _comments, _context in extract_from_dir(
        SOURCES,
        method_map=_METHODS,
        options_map={pattern: _TRIMMED for pattern, how in _METHODS if how == "jinja2"},
        keywords=_KEYWORDS,
    ):
        if not is_for_staff(Path(file)):
            found.add(message, None)
    for name in domain_names():
        found.add(name)
    return found


def domain_names() -> list[str]:
    """List the names that the domain gives to motifs and documents."""
    motifs = [motif.title for motif in MOTIFS.values()]
    return motifs + [document.name_fr for document in HELD_DOCUMENTS.values()]


def is_for_staff(file: Path) -> bool:
    """Say whether what ``file`` says is read by staff and helpers alone."""
    return any(part in STAFF for part in file.with_suffix("").parts)


def template() -> str:
    """Return the template of the catalogues, sorted and without places or dates."""
    written = io.BytesIO()
    write_po(
        written,
        sentences(),
        no_location=True,
        omit_header=True,
        sort_output=True,
        width=0,
    )
    return written.getvalue().decode()


def refresh(language: str) -> None:
    """Bring the catalogue of a language up to the present sentences.

    What is new stands there empty, what is gone is taken out, and nothing is guessed
    from a sentence that looks alike: a wrong date of a permit is worse than none.
    """
    path = LOCALES / language / "messages.po"
    path.parent.mkdir(exist_ok=True)
    kept = read(language) if path.exists() else Catalog()
    made = Catalog(
        locale=locale_of(language),
        project="Tour de rôle",
        version="1",
        msgid_bugs_address="see README.md beside this folder",
        last_translator="Tour de rôle",
        language_team="Tour de rôle",
        header_comment="# Sentences of Tour de rôle: the French is the key.",
        charset="utf-8",
        fuzzy=False,
    )
    for message in sentences():
        if message.id:
            before = kept.get(message.id)
            made.add(message.id, before.string if before else None)
    with path.open("wb") as written:
        write_po(
            written,
            made,
            no_location=True,
            omit_header=False,
            sort_output=True,
            width=0,
        )


def read(language: str) -> Catalog:
    """Read the catalogue of a language."""
    with (LOCALES / language / "messages.po").open("rb") as written:
        return read_po(written, locale=locale_of(language))


def faults(translated: Catalog) -> list[str]:
    """List what keeps a catalogue from being offered: one line a fault.

    Missing, doubtful or superfluous sentences; another set of placeholders or tags
    than the French one; a plural form short of what the language has.
    """
    wanted = sentences()
    found = [
        f"superfluous: {message.id!r}"
        for message in translated
        if message.id and message.id not in wanted
    ]
    for message in wanted:
        if not message.id:
            continue
        said = translated.get(message.id)
        if (
            said is None
            or not said.string
            or (said.pluralizable and not all(said.string))
        ):
            found.append(f"missing: {message.id!r}")
        elif said.fuzzy:
            found.append(f"doubtful: {message.id!r}")
        elif not is_same_shape(message.id, said.string, translated.num_plurals):
            found.append(f"mismatched: {message.id!r} {said.string!r}")
    return found


def is_said(string: str | tuple[str, ...] | list[str]) -> bool:
    """Say whether a sentence, or each of its plural forms, has a translation."""
    return bool(string) and (isinstance(string, str) or all(string))


def is_same_shape(
    french: str | tuple[str, ...] | list[str],
    said: str | tuple[str, ...] | list[str],
    forms: int,
) -> bool:
    """Say whether a translation holds the placeholders and tags of the French.

    A plural form may leave the number out ("one place"), never another value.
    """
    if isinstance(french, str) or isinstance(said, str):
        return (
            isinstance(french, str)
            and isinstance(said, str)
            and parts_of(french) == parts_of(said)
        )
    allowed = set(parts_of(french[-1]))
    needed = allowed - {"%(count)s", "%(n)s"}
    return len(said) == forms and all(
        needed <= set(parts_of(form)) <= allowed for form in said
    )


def parts_of(text: str) -> list[str]:
    """List placeholders and tags, in an order that does not depend on the sentence."""
    return sorted(_PARTS.findall(text))


def main(words: list[str]) -> int:
    """Do what the words say; returns how many sentences are missing or wrong."""
    if words == ["template"]:
        sys.stdout.write(template())
        return 0
    count = 0
    for language in sorted(path.parent.name for path in LOCALES.glob("*/messages.po")):
        if words == ["refresh"]:
            refresh(language)
        found = faults(read(language))
        count += len(found)
        sys.stdout.write(f"{language}: {len(found)} to translate or to mend\n")
    return count


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
