"""What opens a registration in this browser: reference and code, sealed together."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from fastapi import Request

from service.usecases.commands import Access
from service.usecases.ports import Ports
from service.web.pages.cookies import COOKIES, Cookie
from service.web.pages.sealed import seal_json, unseal_json

KEEP = timedelta(hours=4)
"""How long a registration stays open in a browser; phones are shared."""

_NAME = "tdr-acces"
_PLACE = "web:keys"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """Reference and code; ``sent_as`` recognises a form that was sent twice."""

    reference: str
    secret: str = field(repr=False)
    sent_as: str = ""

    @property
    def access(self) -> Access:
        """Return them as the use cases take them."""
        return Access(reference=self.reference, secret=self.secret)

    def cookie(self, ports: Ports) -> Cookie:
        """Return the cookie that keeps the registration open."""
        value = {"r": self.reference, "s": self.secret, "k": self.sent_as}
        return Cookie(name=_NAME, value=seal_json(value, place=_PLACE, ports=ports))

    @staticmethod
    def forget() -> Cookie:
        """Return the cookie that closes it."""
        return Cookie(name=_NAME, value="")

    @classmethod
    def of(cls, request: Request, ports: Ports) -> Self | None:
        """Return what this browser opened, None when nothing is open any more."""
        value = unseal_json(
            COOKIES.get(request, _NAME), place=_PLACE, ports=ports, keep=KEEP
        )
        if value is None:
            return None
        return cls(reference=value["r"], secret=value["s"], sent_as=value["k"])
