"""Every source, once: read from ``references.toml``, written to ``REFERENCES.md``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from simulation.errors import LaboratoryError
from simulation.numbers import Language
from simulation.scenarios.model import Words

Kind = Literal[
    "founding",
    "official",
    "court",
    "parliament",
    "research",
    "survey",
    "press",
    "code",
    "offer",
    "ours",
]
Read = Literal["whole", "part", "unverified"]

KINDS: Final[dict[str, Words]] = {
    "founding": Words(fr="Texte fondateur", en="Founding text"),
    "official": Words(fr="Source officielle", en="Official source"),
    "court": Words(fr="Justice", en="Court"),
    "parliament": Words(fr="Parlement", en="Parliament"),
    "research": Words(fr="Recherche", en="Research"),
    "survey": Words(fr="Enquête", en="Survey"),
    "press": Words(fr="Presse", en="Press"),
    "code": Words(fr="Code public", en="Public code"),
    "offer": Words(fr="Tarifs publics", en="Price lists"),
    "ours": Words(fr="De nous", en="Our own"),
}
"""What a source is, in the order in which they are listed."""

READ: Final[dict[str, Words]] = {
    "whole": Words(fr="lu", en="read"),
    "part": Words(fr="lu en partie", en="read in part"),
    "unverified": Words(
        fr="† lu en partie ou de seconde main, non vérifié",
        en="† read in part or second-hand, not verified",
    ),
}
"""How much of it was read; a dagger where it was not verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One source, as a reader can find it again.

    Attributes:
        by: Who says it, and where.
        title: As printed, in the language it is in; nothing where there is none.
        on: When.
        short: What stands beside a number.
        used: What the laboratory takes from it.
        where: Where to find it, when we know a lasting place.
    """

    key: str
    kind: Kind
    read: Read
    by: Words
    on: Words
    short: Words
    used: Words
    title: str = ""
    title_language: str = ""
    where: str = ""


@cache
def references() -> dict[str, Reference]:
    """Return all sources by key, in the order of the file."""
    text = files("simulation").joinpath("references.toml").read_text("utf-8")
    return {key: read(key, each) for key, each in tomllib.loads(text).items()}


def reference(key: str) -> Reference:
    """Return one source; the words of somebody's own source stand for themselves.

    A policymaker who copies a scenario may cite what is not in our list.
    """
    known = references().get(key)
    if known is not None:
        return known
    own, nothing = Words(fr=key, en=key), Words(fr="", en="")
    return Reference(
        key=key, kind="ours", read="whole", by=own, on=nothing, short=own, used=nothing
    )


def read(key: str, table: dict[str, Any]) -> Reference:
    """Read one table of the file.

    Raises:
        LaboratoryError: Its kind, or how much of it was read, has no name here.
    """
    if table["kind"] not in KINDS or table["read"] not in READ:
        raise LaboratoryError(f"references.toml: {key}: unknown kind or way of reading")
    words = {
        name: Words(**value) if isinstance(value, dict) else value  # pyright: ignore
        for name, value in table.items()
    }
    return Reference(key=key, **words)  # type: ignore[arg-type]


def as_markdown() -> str:
    """Return the list of references for people who read the repository."""
    lines = [
        "# References",
        "",
        "Every source that a parameter or a scenario cites. Written from",
        "`references.toml` by `python -m simulation references`; edit that file.",
        "A dagger (†): read in part or second-hand, not verified.",
    ]
    for kind, name in KINDS.items():
        mine = [each for each in references().values() if each.kind == kind]
        lines += ["", f"## {name.en} · {name.fr}"] if mine else []
        for each in mine:
            lines += ["", f"**`{each.key}`** ({READ[each.read].en})", ""]
            lines += [f"- {_whole(each, 'en')}", f"- {_whole(each, 'fr')}"]
    return "\n".join(lines) + "\n"


def _whole(each: Reference, language: Language) -> str:
    parts = [getattr(each.by, language)]
    parts += [f"*{each.title}*"] if each.title else []
    parts += [getattr(each.on, language)]
    parts += [each.where] if each.where else []
    use = "Pour" if language == "fr" else "For"
    colon = " :" if language == "fr" else ":"
    return f"{', '.join(parts)}. {use}{colon} {getattr(each.used, language)}."
