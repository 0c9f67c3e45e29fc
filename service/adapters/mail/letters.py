"""Messages in words: one template a kind, in the language of its person.

A template holds French sentences marked for translation; the catalogues know the other
languages (``service.words``). The result of a draw is made with its notice or not made
at all: see ``service.usecases.message.letter``.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.domain.guide import NO_GUIDE, Guide
from service.usecases.message.letter import Letter, Message, Notice, ResultMessage
from service.usecases.message.message_kinds import KINDS
from service.words import phrases, site_access
from service.words.checklists import papers_in
from service.words.i18n import Words, paris, words_in
from service.words.mandate_phrases import ACTS
from service.words.segments import is_gsm, texted

LETTERS = Path(__file__).parent / "templates"
TEXTS = Path(__file__).parents[1] / "text" / "templates"
_NOTICE, _FOOT = "_algorithme.txt", "_pied.txt"
LISTED = 3
"""Acts of agents that a message lists; the page has all of them."""
_EMPTY_LINES = re.compile(r"[ \t]*\n(?:[ \t]*\n)+")


class Letters:
    """Writes a message in its person's language, for e-mail and for a telephone."""

    def __init__(
        self,
        *,
        letters: Path = LETTERS,
        texts: Path = TEXTS,
        words: Callable[[str], Words] = words_in,
        guide: Guide = NO_GUIDE,
    ) -> None:
        self._guide = guide
        self._folders = (letters, texts)
        self._words = words
        self._environment = lru_cache(maxsize=32)(_environment)

    def write(self, letter: Letter) -> Message:
        """Return the message in words.

        Raises:
            NoticeMissingError: The notice of a result does not name its article.
            KeyError: A kind that is not known.
        """
        kind = KINDS[letter.kind]
        words = self._words(letter.view.language)
        written, texts = (self._environment(words, one) for one in self._folders)
        context = {**_context(letter, words), **_coming(letter, words, self._guide)}

        def put(folder: Environment, name: str) -> str:
            return _tidy(folder.get_template(name).render(context))

        def short(name: str) -> str:
            return texted(put(texts, name), words.language)

        subject, _, body = put(written, f"{kind.name}.txt").partition("\n")
        parts = {
            "subject": subject.strip(),
            "body": body.strip(),
            "foot": put(written, _FOOT),
            "lines": short(f"{kind.name}.txt"),
        }
        if kind.is_result:
            notice = Notice(full=put(written, _NOTICE), short=short(_NOTICE))
            return ResultMessage(notice=notice, **parts)
        return Message(**parts)


def _environment(words: Words, folder: Path) -> Environment:
    made = Environment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text, never shown as HTML
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        words.gettext, words.ngettext, newstyle=True
    )
    made.policies["ext.i18n.trimmed"] = True
    return made


def _context(letter: Letter, words: Words) -> dict[str, object]:
    view = letter.view

    def day(when: date | datetime) -> str:
        return words.day(_day_of(when))

    def brief_day(when: date | datetime) -> str:
        """Say the weekday too, where a text of one alphabet has the room."""
        said = words.week_day(_day_of(when))
        is_short = is_gsm(texted(said, words.language))
        return said if is_short else words.tiny_day(_day_of(when))

    def brief(at: datetime) -> str:
        return f"{brief_day(at)} {words.hour(at)}"

    return {
        "view": view,
        "offer": view.offer,
        "reference": words.in_order(phrases.spelled_reference(view.reference)),
        "link": letter.link,
        "stop_link": letter.stop_link,
        "deadline": letter.deadline,
        "code": letter.code,
        "phone": words.in_order(phrases.spaced_phone(letter.phone or "")),
        "motif": (phrases.motif_title(view.motif, words)),
        "day": day,
        "brief_day": brief_day,
        "brief": brief,
        "moment": words.moment,
        "done_at_desk": [
            (one.at, words.gettext(ACTS[one.act]))
            for one in view.doors.done_at_desk[:LISTED]
        ],
        "hour": words.hour,
        "weekday_name": words.weekday_name,
    }


def _coming(letter: Letter, words: Words, guide: Guide) -> dict[str, object]:
    """Return what somebody who comes should know of the papers and of the place."""
    view = letter.view
    access = guide.access(view.offer.site if view.offer else "")
    call = site_access.whom_to_call(access, letter.phone)
    return {
        "to_bring": [one.text for one in papers_in(view.motif, guide, words)],
        "way_in": site_access.lines(access, words),
        "call": words.in_order(phrases.spaced_phone(call)) if call else "",
    }


def _day_of(when: date | datetime) -> date:
    return paris(when).date() if isinstance(when, datetime) else when


def _tidy(text: str) -> str:
    return _EMPTY_LINES.sub("\n\n", text).strip()
