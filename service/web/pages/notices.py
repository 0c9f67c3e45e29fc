"""What the law has a prefecture say about itself, read from its file at start.

A TOML file of one-line texts. Nothing in it is compulsory for the program: a text that
is missing is told as missing on the page, so that nobody reads an invented one.
"""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from service.settings import SettingsError

LONGEST = 400
"""Characters of one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """Who answers for the service, and how to reach them.

    Attributes:
        director: Who answers for what is published.
        host: Who runs the machines, with an address.
        address: Where to write to the prefecture.
        email: An address that people read, for accessibility and security too.
        dpo: The data protection officer, and how to reach them.
        phone_hours: When the telephone is answered.
        retention: How long registrations are kept.
        access_years: The years of the accessibility plan, three at most.
        access_person: Who answers for accessibility, and how to reach them.
        access_training: Who is trained, when.
        access_audit: When and by whom the audit of the RGAA is done.
        access_means: Staff and money kept for it.
        access_this_year: What is done this year.
        access_last_year: What was done of last year's plan.
    """

    director: str = ""
    host: str = ""
    address: str = ""
    email: str = ""
    dpo: str = ""
    phone_hours: str = ""
    retention: str = ""
    access_years: str = ""
    access_person: str = ""
    access_training: str = ""
    access_audit: str = ""
    access_means: str = ""
    access_this_year: str = ""
    access_last_year: str = ""


def load_notices(path: Path | None) -> Notices:
    """Read the file that the deployer names; without one, everything is missing.

    Raises:
        SettingsError: One line that says what to mend.
    """
    if path is None:
        return Notices()
    try:
        texts = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise SettingsError("TDR_NOTICES_FILE cannot be read") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"TDR_NOTICES_FILE: {error}") from None
    known = {one.name for one in fields(Notices)}
    for name, text in texts.items():
        if name not in known:
            message = f"TDR_NOTICES_FILE: unknown {name}; known: {', '.join(known)}"
            raise SettingsError(message)
        if not isinstance(text, str) or not 0 < len(text.strip()) <= LONGEST:
            message = f"TDR_NOTICES_FILE: {name} is a text of 1 to {LONGEST} characters"
            raise SettingsError(message)
    return Notices(**{name: text.strip() for name, text in texts.items()})
