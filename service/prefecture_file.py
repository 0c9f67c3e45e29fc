"""One prefecture, read from the file of its operator: whole, or every fault of it.

``service/prefecture.example.toml`` shows every key. A key that is not known is a fault:
a misspelt one would otherwise leave something unsaid.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Final, cast

from service.domain.errors import InvalidRulesetError
from service.domain.motifs import MOTIFS
from service.domain.ruleset import DEFAULT_RULESET, Ruleset
from service.domain.stated_prefecture import StatedPrefecture, StatedSite
from service.draw.canonical import RefusedInputError, parse_strict

LONGEST: Final = 200
"""Characters of one text."""

MOST_SITES: Final = 50
POLICIES: Final = ("full", "reduced")
DEFAULT: Final = "default"
_CODE: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_CODE: Final = 60
_PHONE: Final = re.compile(r"\+?[0-9][0-9 .]{2,18}[0-9]")

Raw = Mapping[str, object]


class PrefectureFileError(Exception):
    """The file cannot be used: one line a fault, each with its place."""

    def __init__(self, faults: Collection[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def load_prefecture_file(path: Path) -> StatedPrefecture:
    """Read a prefecture; the file of its ruleset is looked for beside it.

    Raises:
        PrefectureFileError: Every fault, in the order of the file.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise PrefectureFileError(["the file cannot be read"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PrefectureFileError([str(error).replace("\n", " ")]) from None
    read = _Reading()
    stated = read.prefecture(raw, path.parent)
    if read.faults or stated is None:
        raise PrefectureFileError(read.faults)
    return stated


class _Reading:
    """The faults met so far; what has one is read as something harmless."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def prefecture(self, raw: Raw, beside: Path) -> StatedPrefecture | None:
        self._known(raw, {"code", "name", "phone", "publishes", "sites", "ruleset"}, "")
        code = self._code(raw, "")
        name = self._text(raw, "name", "")
        phone = self._phone(raw)
        publishes = raw.get("publishes")
        if publishes not in POLICIES:
            self._fault("publishes", '"full" or "reduced"')
        sites = self._sites(raw)
        ruleset = self._ruleset(raw, beside)
        if ruleset is None:
            return None
        return StatedPrefecture(
            code=code,
            name=name,
            phone=phone,
            publishes=str(publishes),
            sites=sites,
            ruleset=ruleset,
        )

    def _sites(self, raw: Raw) -> tuple[StatedSite, ...]:
        value = raw.get("sites")
        rows = cast("list[object]", value) if isinstance(value, list) else []
        if not 0 < len(rows) <= MOST_SITES:
            self._fault("sites", f"1 to {MOST_SITES} sites, each under [[sites]]")
            return ()
        sites = [self._site(row, number) for number, row in enumerate(rows, start=1)]
        codes = [site.code for site in sites if site.code]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            self._fault("sites", f"the code {code} stands twice")
        return tuple(sites)

    def _site(self, row: object, number: int) -> StatedSite:
        where = f"sites[{number}]."
        one = self._table(row, f"sites[{number}]")
        self._known(one, {"code", "name", "address", "motifs"}, where)
        return StatedSite(
            code=self._code(one, where),
            name=self._text(one, "name", where),
            address=self._text(one, "address", where),
            motifs=self._motifs(one, where),
        )

    def _motifs(self, one: Raw, where: str) -> frozenset[str]:
        value = one.get("motifs")
        slugs = cast("list[object]", value) if isinstance(value, list) else []
        if not slugs:
            self._fault(f"{where}motifs", "a list of motifs, one at least")
        found: set[str] = set()
        for slug in slugs:
            motif = MOTIFS.get(slug) if isinstance(slug, str) else None
            if motif is None:
                self._fault(f"{where}motifs", f"no motif has the name {slug!r}")
            elif not motif.in_draw:
                self._fault(f"{where}motifs", f"{slug} needs no draw: leave it out")
            else:
                found.add(motif.slug)
        return frozenset(found)

    def _ruleset(self, raw: Raw, beside: Path) -> Ruleset | None:
        one = self._table(raw.get("ruleset"), "ruleset")
        self._known(one, {"name", "file", "version", "effective_on"}, "ruleset.")
        day = one.get("effective_on")
        if not isinstance(day, date) or isinstance(day, datetime):
            self._fault(
                "ruleset.effective_on", "a day such as 2026-11-26, without quotes"
            )
            return None
        if ("name" in one) == ("file" in one):
            self._fault("ruleset", "either name or file")
            return None
        if "file" in one:
            return self._ruleset_of_file(one, beside, day)
        if one["name"] != DEFAULT:
            self._fault("ruleset.name", f'"{DEFAULT}", or a file')
            return None
        version = one.get("version", day.isoformat())
        try:
            return replace(DEFAULT_RULESET, version=str(version), effective_on=day)
        except InvalidRulesetError as error:
            self._fault(f"ruleset.{error.field}", "up to 32 letters, digits, . or -")
            return None

    def _ruleset_of_file(self, one: Raw, beside: Path, day: date) -> Ruleset | None:
        where = "ruleset.file"
        try:
            ruleset = Ruleset.from_json(
                parse_strict((beside / str(one["file"])).read_bytes())
            )
        except OSError:
            self._fault(where, "the file cannot be read")
        except RefusedInputError as error:
            self._fault(where, str(error))
        except InvalidRulesetError as error:
            self._fault(where, f"missing, unknown or out of its range: {error.field}")
        else:
            if ruleset.effective_on != day:
                self._fault(where, f"it begins on {ruleset.effective_on}, not on {day}")
            if one.get("version", ruleset.version) != ruleset.version:
                self._fault(where, f"its version is {ruleset.version}")
            return ruleset
        return None

    def _code(self, one: Raw, where: str) -> str:
        value = one.get("code")
        if (
            isinstance(value, str)
            and _CODE.fullmatch(value)
            and len(value) <= _LONGEST_CODE
        ):
            return value
        self._fault(
            f"{where}code", f"up to {_LONGEST_CODE} small letters, digits, hyphens"
        )
        return ""

    def _text(self, one: Raw, name: str, where: str) -> str:
        value = one.get(name)
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if not 0 < len(text) <= LONGEST or not text.isprintable():
            self._fault(f"{where}{name}", f"a text of 1 to {LONGEST} characters")
        return text

    def _phone(self, raw: Raw) -> str | None:
        value = raw.get("phone")
        if value is None or (isinstance(value, str) and _PHONE.fullmatch(value)):
            return value
        self._fault("phone", 'a number as it is printed, such as "01 99 00 12 34"')
        return None

    def _table(self, value: object, where: str) -> Raw:
        if isinstance(value, dict):
            return cast("Raw", value)
        self._fault(where, "a table is expected")
        return {}

    def _known(self, raw: Raw, names: Collection[str], where: str) -> None:
        for name in sorted(raw.keys() - set(names)):
            self._fault(f"{where}{name}", f"unknown; known: {', '.join(sorted(names))}")

    def _fault(self, where: str, what: str) -> None:
        self.faults.append(f"{where}: {what}")
