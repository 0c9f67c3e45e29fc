"""The press: a template of ours and plain data become a tagged PDF.

Data reaches a template as JSON through one input and is never part of its source:
whatever somebody's name holds, it is printed and not carried out.
"""

import asyncio
import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from service.adapters.papers.fonts import FAMILIES, folders
from service.usecases.errors import PressBusyError

if TYPE_CHECKING:
    import typst

TEMPLATES: Final = Path(__file__).parent / "templates"
AT_ONCE: Final = 2
MOST_WAITING: Final = 24
LONGEST_S: Final = 20.0


class TypstPress:
    """Prints in threads of its own: at most two at once, and few that wait.

    A sheet takes some tens of milliseconds. A thread cannot be stopped: after
    ``longest_s`` whoever waits is told to come back, and the thread counts as taken
    until it ends, so that a slow machine prints less and never falls over.
    """

    def __init__(
        self,
        *,
        at_once: int = AT_ONCE,
        most_waiting: int = MOST_WAITING,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="press")
        self._most_waiting = most_waiting
        self._longest_s = longest_s
        self._taken: set[Future[bytes]] = set()

    async def print(
        self, template: str, content: Mapping[str, Any], day: date
    ) -> bytes:
        """Return the PDF; equal arguments give equal bytes.

        Args:
            template: Name of a file in ``templates``, without its ending.
            content: Text, numbers, lists and mappings only.
            day: The day written into the file's own data.

        Raises:
            PressBusyError: Too many papers wait, or this one took too long.
        """
        self._taken = {one for one in self._taken if not one.done()}
        if len(self._taken) >= self._most_waiting:
            raise PressBusyError
        work = self._threads.submit(printed, template, content, day)
        self._taken.add(work)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(work), self._longest_s)
        except TimeoutError:
            raise PressBusyError from None


def printed(template: str, content: Mapping[str, Any], day: date) -> bytes:
    """Print one sheet, in the thread that asks."""
    import typst

    made = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(day, time(), UTC),
        sys_inputs={
            "paper": json.dumps(content, ensure_ascii=False, sort_keys=True),
            "fonts": json.dumps(FAMILIES),
        },
    )
    assert isinstance(made, bytes)  # noqa: S101 - one PDF is one file
    return made


@lru_cache(maxsize=1)
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders()],
    )
