"""People in words: what is known of a birth date, and no more."""

from service.domain.birth_date import BirthDate
from service.words.i18n import Words


def birth_in(born: BirthDate | None, words: Words) -> str:
    """Say a birth date as precisely as it is known; nothing when it was erased."""
    if born is None:
        return ""
    if born.precision == "day":
        return words.short_day(born.earliest)
    if born.precision == "month":
        return f"{born.month:02d}/{born.year}"
    return str(born.year)


def born_in(text: str, words: Words) -> str:
    """Say a birth date that a view carries in its canonical form."""
    return birth_in(BirthDate.parse(text), words) if text else ""
