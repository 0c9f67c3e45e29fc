"""The proof that a registration took part as it was, hash by hash."""

import json
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.usecases.errors import UnknownResourceError
from service.web.dependencies import CallsDep, day_in_address
from service.web.pages.applicant.guard import KeysDep, ViewDep
from service.web.pages.render import page
from service.web.pages.site import SiteDep

router = APIRouter(prefix="/suivi", include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One hash of an inclusion path, and on which side it stands."""

    is_before: bool
    sibling: str


@router.get("/nuits/{held_on}/preuve")
async def proof(
    request: Request,
    held_on: str,
    keys: KeysDep,
    view: ViewDep,
    calls: CallsDep,
    site: SiteDep,
) -> Response:
    """Show, hash by hash, that the registration's line stands under the signed root."""
    del site
    day = day_in_address(held_on)
    line: dict[str, Any] = json.loads(await calls.line(keys.access, day))
    commitment: dict[str, Any] | None = (
        await calls.night(view.prefecture, day)
    ).commitment
    if commitment is None:
        raise UnknownResourceError
    tree = commitment["registrations"]
    return page(
        request,
        "applicant/proof.html",
        held_on=day,
        line=line,
        record=json.dumps(line["registration"], ensure_ascii=False, indent=2),
        tree=tree,
        steps=steps_of(line["index"], tree["count"], line["path"]),
        digest=line["commitment_sha256"],
        prefecture=view.prefecture,
    )


def steps_of(index: int, size: int, path: list[str]) -> tuple[Step, ...]:
    """Say of each hash of a path whether it goes before or after what was reached.

    Source: RFC 9162 section 2.1.3.2.
    """
    steps: list[Step] = []
    at, last = index, size - 1
    for sibling in path:
        is_before = bool(at & 1) or at == last
        steps.append(Step(is_before, sibling))
        while is_before and at and not at & 1:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    return tuple(steps)
