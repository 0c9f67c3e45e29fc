"""Forms as they arrive: text by name, bounded, never trusted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request

from service.web.problems import UnreadableBodyError

_MAX_FIELDS = 200


def _nothing() -> Mapping[str, tuple[str, ...]]:
    return {}


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a form; a name may stand several times."""

    fields: Mapping[str, tuple[str, ...]] = field(default_factory=_nothing, repr=False)

    def one(self, name: str) -> str:
        """Return the first value, trimmed; empty when the field is absent."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value that is not empty, trimmed, each once, in order."""
        trimmed = (value.strip() for value in self.fields.get(name, ()))
        return tuple(dict.fromkeys(value for value in trimmed if value))

    def has(self, name: str) -> bool:
        """Say whether the field was sent, as a ticked box or a pressed button is."""
        return name in self.fields

    def only(self, names: Iterable[str]) -> "Form":
        """Return the form without any field that the step does not know."""
        return Form({name: self.fields[name] for name in names if name in self.fields})

    def merged(self, later: "Form", names: Iterable[str]) -> "Form":
        """Return this form with the fields ``names`` as they stand in ``later``."""
        kept = {name: v for name, v in self.fields.items() if name not in set(names)}
        return Form({**kept, **later.only(names).fields})

    def to_json(self) -> dict[str, list[str]]:
        """Return what ``from_json`` reads."""
        return {name: list(values) for name, values in self.fields.items()}

    @classmethod
    def from_json(cls, value: Mapping[str, list[str]]) -> "Form":
        """Read what ``to_json`` wrote."""
        return cls({name: tuple(values) for name, values in value.items()})


async def read_form(request: Request) -> Form:
    """Read a form from the body.

    Raises:
        UnreadableBodyError: Not a form in UTF-8, or too many fields.
    """
    try:
        pairs = parse_qsl(
            (await request.body()).decode("ascii"),
            keep_blank_values=True,
            max_num_fields=_MAX_FIELDS,
            errors="strict",
        )
    except (ValueError, UnicodeDecodeError):
        raise UnreadableBodyError from None
    fields: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        fields[name] = (*fields.get(name, ()), value)
    return Form(fields)
