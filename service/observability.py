"""Logs that can be read and counted, and that name nobody.

One line per event, JSON in production. What looks like an address, a telephone
number, a file number or a secret is masked before it is written, whoever wrote
the line: the last belt, not a reason to log such things.
"""

import logging
import re
import sys
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any, Final, cast

import structlog

from service.settings import Profile, Settings

MASK: Final = "[masked]"

_SENSITIVE_NAMES = re.compile(
    r"name$|^identity|^contact|email|phone|birth|agdref|document|secret|password"
    r"|passwd|token|cookie|authorization|_key$|^key$|url$|^body$",
    re.IGNORECASE,
)
_SAFE_NAMES: Final = frozenset({"logger_name", "event_name", "motif_name"})
_SENSITIVE_TEXT: Final = (
    re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.[^\s@<>\"']+"),  # an e-mail address
    re.compile(r"\b(?:postgres(?:ql)?|rediss?)(?:\+\w+)?://\S+"),  # with its password
    re.compile(r"(?<![\w.:/-])\+?\d(?:[ .]?\d){8,14}(?![\w:/-])"),  # telephone, AGDREF
    re.compile(r"DETAIL:[^\n]*"),  # PostgreSQL names the whole row that it refuses
)


def mask_text(text: str) -> str:
    """The text without addresses, telephone numbers, file numbers or passwords."""
    for pattern in _SENSITIVE_TEXT:
        text = pattern.sub(MASK, text)
    return text


def mask(value: object) -> object:
    """A copy in which sensitive names have no value and texts are masked."""
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, Mapping):
        pairs = cast("Mapping[object, object]", value).items()
        return {str(name): _masked_pair(str(name), item) for name, item in pairs}
    if isinstance(value, list | tuple | set | frozenset):
        return [mask(item) for item in cast("Iterable[object]", value)]
    if value is None or isinstance(value, bool | int | float):
        return value
    return mask_text(str(value))


def _masked_pair(name: str, value: object) -> object:
    if name not in _SAFE_NAMES and _SENSITIVE_NAMES.search(name) and value is not None:
        return MASK
    return mask(value)


def _redact(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> Mapping[str, Any]:
    """A structlog step: everything but structlog's own fields is masked."""
    return {
        name: value if name.startswith("_") else _masked_pair(name, value)
        for name, value in event.items()
    }


def configure_logging(settings: Settings) -> None:
    """Send this process's logs, ours and the libraries', to standard error, masked."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _redact,
    ]
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.profile is Profile.PRODUCTION
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level)
    # Access lines hold paths with references: the middleware counts requests.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
