"""A registration that is being written: kept sealed in the browser, nowhere else.

Each draft has its own address and its own cookie, so that two people who register
in two tabs of one browser never mix.
"""

import base64
import hashlib
import json
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Self

from fastapi import Request

from service.usecases.ports import Ports
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.form_data import Form
from service.web.pages.sealed import MOST_PLAIN, seal_json, unseal_json

KEEP = timedelta(hours=12)
"""How long answers wait: long enough to look for a paper, short on a shared phone."""

_NAME = "tdr-inscription"
_ID = re.compile(r"[a-z2-7]{8}")
_MAX_COOKIE = 3800


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The answers so far, and the luck that makes sending them twice harmless."""

    id: str
    luck: str = field(repr=False)
    answers: Form = field(default_factory=Form, repr=False)

    @classmethod
    def begin(cls, ports: Ports) -> Self:
        """Begin an empty draft."""
        return cls(
            id=base64.b32encode(ports.entropy(5)).decode().lower(),
            luck=ports.entropy(16).hex(),
        )

    @property
    def address(self) -> str:
        """Return where its pages stand."""
        return f"/inscription/{self.id}"

    @property
    def idempotency_key(self) -> str:
        """Return the key of exactly these answers: another answer, another key."""
        said = json.dumps([self.luck, self.answers.to_json()], sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    def own_name(self, field: str) -> str:
        """Return the name of a field that no other draft has.

        A browser puts back what was typed in a page one comes back to, unless told
        not to; and it proposes to the next person what was typed under the same name.
        A name of one's own keeps the first and prevents the second.
        """
        return f"{field}-{self.id}"

    def known_names(self, form: Form) -> Form:
        """Return a form of this draft with the names that the steps know."""
        end = f"-{self.id}"
        return Form({n.removesuffix(end): v for n, v in form.fields.items()})

    def with_answers(self, answers: Form) -> Self:
        """Return the draft with other answers."""
        return replace(self, answers=answers)

    def cookie(self, ports: Ports) -> Cookie:
        """Return the cookie that carries it."""
        value = {"luck": self.luck, "answers": self.answers.to_json()}
        sealed = seal_json(value, place=_place(self.id), ports=ports)
        return Cookie(name=_NAME, value=sealed, path=self.address)

    def fits(self, ports: Ports) -> bool:
        """Say whether a browser will keep it, and we shall unpack it again.

        The same character ten thousand times packs into nothing.
        """
        said = json.dumps(self.answers.to_json())
        return (
            len(said) <= MOST_PLAIN // 2
            and len(self.cookie(ports).value) <= _MAX_COOKIE
        )

    def forget(self) -> Cookie:
        """Return the cookie that erases it."""
        return Cookie(name=_NAME, value="", path=self.address)


def draft_of(request: Request, draft_id: str, ports: Ports) -> Draft | None:
    """Return the draft of this address, None when it is gone or too old."""
    if not _ID.fullmatch(draft_id):
        return None
    sealed = COOKIES.get(request, _NAME, f"/inscription/{draft_id}")
    value = unseal_json(sealed, place=_place(draft_id), ports=ports, keep=KEEP)
    if value is None:
        return None
    return Draft(
        id=draft_id, luck=value["luck"], answers=Form.from_json(value["answers"])
    )


def _place(draft_id: str) -> str:
    return f"web:draft:{draft_id}"
