"""A file of results, one JSON object a line: cut, it loses its last line only."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulation.errors import LaboratoryError


def append_line(path: Path, record: dict[str, object]) -> None:
    """Write one result at the end, after taking away a line without its end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _drop_what_was_cut(path)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, sort_keys=True, ensure_ascii=False) + "\n")


def _drop_what_was_cut(path: Path) -> None:
    if not path.is_file():
        return
    with path.open("rb+") as file:
        text = file.read()
        if not text.endswith(b"\n"):
            file.truncate(text.rfind(b"\n") + 1)


def read_lines(path: Path, *first_words: str) -> Iterator[dict[str, Any]]:
    """Read what is whole; a last line cut in the middle is left out.

    Args:
        path: The file.
        first_words: With one of which every line of ours begins, however early it was
            cut.

    Raises:
        LaboratoryError: Not a file of results.
    """
    text = path.read_text("utf-8")
    begins = [f'{{"{word}": ' for word in first_words]
    whole = text[: text.rfind("\n") + 1]
    ours = any(each.startswith(text[: len(each)]) for each in begins)
    if not whole and not ours:
        raise not_results(path)
    for number, line in enumerate(whole.splitlines(), start=1):
        try:
            found = json.loads(line)
        except ValueError as error:
            if number == 1:
                raise not_results(path) from error
            continue
        if isinstance(found, dict):
            yield found  # pyright: ignore[reportUnknownVariableType]
        elif number == 1:
            raise not_results(path)


def not_results(path: Path) -> LaboratoryError:
    """Return the refusal of a file of something else."""
    return LaboratoryError(f"{path}: not a file of results; give --out another name")
