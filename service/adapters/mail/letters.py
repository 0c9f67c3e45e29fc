"""Messages in words: one template a kind and language, the notice always inside.

Source of the notice: CRPA articles L. 311-3-1 and R. 311-3-1-1; a fully automated
decision without it is void (`reliability.md` finding 12), so a result without it
cannot be written at all.
"""

from datetime import date, datetime
from functools import partial
from pathlib import Path

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.domain.night import PARIS
from service.usecases.letter import Letter
from service.words.i18n import words_in
from service.words.phrases import motif_title

TEMPLATES = Path(__file__).parent / "templates"
FALLBACK = "fr"
RESULTS = frozenset({"drawn", "not_drawn", "date_corrected"})
NOTICE_MARK = "L. 311-3-1"
"""What every wording of the algorithm notice contains, in every language."""


class NoticeMissingError(Exception):
    """A result was about to be announced without the algorithm notice."""


class Letters:
    """Writes the subject and the text of a message in its person's language."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self._folder = folder
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701 - plain text, never shown as HTML
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def write(self, letter: Letter) -> tuple[str, str]:
        """Return subject and text.

        Raises:
            NoticeMissingError: The template of a result lacks the notice.
        """
        language = self._language(letter)
        template = self._templates.get_template(f"{language}/{letter.kind}.txt")
        written = template.render(
            view=letter.view,
            offer=letter.view.offer,
            link=letter.follow_up_url,
            motif=motif_title(letter.view.motif, words_in(language)),
            day=partial(_day, language=language),
            hour=partial(_hour, language=language),
        )
        if letter.kind in RESULTS and NOTICE_MARK not in written:
            raise NoticeMissingError(letter.kind)
        subject, _, text = written.partition("\n")
        return subject.strip(), text.strip() + "\n"

    def _language(self, letter: Letter) -> str:
        wanted = letter.view.language
        exists = (self._folder / wanted / f"{letter.kind}.txt").exists()
        return wanted if exists else FALLBACK


def _day(when: date | datetime, language: str) -> str:
    if isinstance(when, datetime):
        when = _wall(when).date()
    return format_date(when, "EEEE d MMMM y", locale=language)


def _hour(when: datetime, language: str) -> str:
    pattern = "H 'h' mm" if language == "fr" else "short"
    return format_time(_wall(when).time(), pattern, locale=language)


def _wall(when: datetime) -> datetime:
    """Show instants as Paris wall time; a naive value already is one."""
    return when if when.tzinfo is None else when.astimezone(PARIS)
