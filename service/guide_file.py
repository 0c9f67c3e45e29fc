"""The prefecture's guide, read from its TOML file at start: whole, or one fault.

``service/guide.example.toml`` shows every key. A key that is not known is a fault: a
misspelt one would otherwise leave a sentence of the prefecture unsaid.
"""

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeVar, cast

from service.domain.guide import (
    NO_GUIDE,
    Checklist,
    Guide,
    ListedPaper,
    ProcessingDelay,
    SiteAccess,
    Statement,
)
from service.domain.motifs import MOTIFS
from service.settings import SettingsError
from service.words.i18n import LANGUAGES

LONGEST: Final = 400
"""Characters of one text."""

MOST_PAPERS: Final = 20
LONGEST_DELAY_DAYS: Final = 3_650
_PAIR: Final = 2

Raw = Mapping[str, object]
Made = TypeVar("Made")


def load_guide(path: Path | None) -> Guide:
    """Read the file that the deployer names; without one, nothing is stated.

    Raises:
        SettingsError: One line that says what to mend.
    """
    if path is None:
        return NO_GUIDE
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise SettingsError("TDR_GUIDE_FILE cannot be read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"TDR_GUIDE_FILE: {error}") from None
    _known(raw, {"sites", "papers", "delays"}, "the file")

    return Guide(
        sites=_each(raw, "sites", _access),
        checklists=_of_motifs(_each(raw, "papers", _checklist), "papers"),
        delays=_of_motifs(_each(raw, "delays", _delay), "delays"),
    )


def _each(raw: Raw, table: str, make: Callable[[Raw, str], Made]) -> dict[str, Made]:
    return {
        name: make(_table(one, f"{table}.{name}"), f"{table}.{name}")
        for name, one in _table(raw.get(table, {}), table).items()
    }


def _of_motifs(found: dict[str, Made], table: str) -> dict[str, Made]:
    for slug in found:
        if slug not in MOTIFS:
            raise _fault(f"{table}.{slug}", "no motif has that name")
    return found


def _access(one: Raw, where: str) -> SiteAccess:
    answers = ("step_free", "lift", "low_counter", "hearing_loop")
    _known(one, {"transport", "arrange", *answers, *_STATED}, where)
    step_free, lift, low_counter, hearing_loop = (
        _answer(one, name, where) for name in answers
    )
    return SiteAccess(
        transport=_text(one, "transport", where, needed=False),
        is_step_free=step_free,
        has_lift=lift,
        has_low_counter=low_counter,
        has_hearing_loop=hearing_loop,
        arrange=_text(one, "arrange", where, needed=False),
        statement=_statement(one, where),
    )


def _checklist(one: Raw, where: str) -> Checklist:
    _known(one, {"instead", "more", *_STATED}, where)
    lists = [
        tuple(_paper(each, f"{where}.{name}") for each in _list(one, name))
        for name in ("instead", "more")
    ]
    if not any(lists) or any(len(each) > MOST_PAPERS for each in lists):
        raise _fault(where, f"list 1 to {MOST_PAPERS} papers in instead or more")
    return Checklist(instead=lists[0], more=lists[1], statement=_statement(one, where))


def _paper(one: object, where: str) -> ListedPaper:
    said = {"fr": one} if isinstance(one, str) else _table(one, where)
    _known(said, set(LANGUAGES), where)
    texts = {code: _text(said, code, where) for code in said}
    if "fr" not in texts:
        raise _fault(where, "a paper is written in French, fr, at least")
    return ListedPaper(texts.pop("fr"), texts)


def _delay(one: Raw, where: str) -> ProcessingDelay:
    pairs = ("from_complete_file", "from_registration")
    _known(one, {*pairs, "first", "last", "excluded", *_STATED}, where)
    complete, registered = (_pair(one, name, where) for name in pairs)
    if complete is None and registered is None:
        raise _fault(where, f"give {' or '.join(pairs)}")
    first, last = _day(one, "first", where), _day(one, "last", where)
    statement = _statement(one, where)
    if not first <= last <= statement.stated_on:
        raise _fault(where, "first, last and stated_on follow each other")
    return ProcessingDelay(
        from_complete_file=complete,
        from_registration=registered,
        first=first,
        last=last,
        excluded=_text(one, "excluded", where),
        statement=statement,
    )


_STATED: Final = ("stated_on", "source")


def _statement(one: Raw, where: str) -> Statement:
    return Statement(
        stated_on=_day(one, "stated_on", where), source=_text(one, "source", where)
    )


def _known(raw: Raw, names: set[str] | frozenset[str], where: str) -> None:
    unknown = sorted(raw.keys() - names)
    if unknown:
        raise _fault(where, f"unknown {unknown[0]}; known: {', '.join(sorted(names))}")


def _table(value: object, where: str) -> Raw:
    if not isinstance(value, dict):
        raise _fault(where, "a table is expected")
    return cast("Raw", value)


def _list(one: Raw, name: str) -> list[object]:
    value = one.get(name, [])
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _text(one: Raw, name: str, where: str, *, needed: bool = True) -> str:
    value = one.get(name)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not 0 < len(value.strip()) <= LONGEST:
        raise _fault(f"{where}.{name}", f"a text of 1 to {LONGEST} characters")
    return value.strip()


def _answer(one: Raw, name: str, where: str) -> bool | None:
    value = one.get(name)
    if value is None or isinstance(value, bool):
        return value
    raise _fault(f"{where}.{name}", "true or false; left out when it is not known")


def _day(one: Raw, name: str, where: str) -> date:
    value = one.get(name)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _fault(f"{where}.{name}", "a day such as 2026-11-26, without quotes")
    return value


def _pair(one: Raw, name: str, where: str) -> tuple[int, int] | None:
    value = one.get(name)
    if value is None:
        return None
    numbers = cast("list[object]", value) if isinstance(value, list) else []
    days = [n for n in numbers if isinstance(n, int) and not isinstance(n, bool)]
    if len(numbers) != _PAIR or len(days) != _PAIR:
        raise _fault(f"{where}.{name}", "[half, nine tenths], two whole numbers")
    half, most = days
    if not 0 < half <= most <= LONGEST_DELAY_DAYS:
        raise _fault(f"{where}.{name}", "half is not more than nine tenths, in days")
    return half, most


def _fault(where: str, what: str) -> SettingsError:
    return SettingsError(f"TDR_GUIDE_FILE: {where}: {what}")
