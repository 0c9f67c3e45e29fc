"""Prefectures over JSON: what can be asked for, where, and by which rule."""

from datetime import date, datetime
from typing import Any, Self

from fastapi import APIRouter

from service.usecases.public.describe_prefecture import PrefectureView
from service.web.dependencies import CallsDep, PrefectureCode, unknown_is_missing
from service.web.v1.fields import Outbound
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1/prefectures", tags=["Préfectures"])


class SiteOut(Outbound):
    """A place that receives the public."""

    code: str
    name: str
    address: str
    motifs: list[str]


class PrefectureOut(Outbound):
    """Sites, motifs, next night and the ruleset in force."""

    code: str
    name: str
    phone: str | None
    sites: list[SiteOut]
    motifs: list[str]
    next_night_on: date
    next_freeze_at: datetime
    ruleset: dict[str, Any]

    @classmethod
    def of(cls, view: PrefectureView) -> Self:
        """Project a prefecture."""
        return cls(
            code=view.code,
            name=view.name,
            phone=view.phone,
            sites=[
                SiteOut(
                    code=site.code,
                    name=site.name,
                    address=site.address,
                    motifs=list(site.motifs),
                )
                for site in view.sites
            ],
            motifs=list(view.motifs),
            next_night_on=view.next_night_on,
            next_freeze_at=view.next_freeze_at,
            ruleset=dict(view.ruleset.to_json()),
        )


@router.get("/{prefecture}", responses=problems(404))
async def read_prefecture(prefecture: PrefectureCode, calls: CallsDep) -> PrefectureOut:
    """Describe a prefecture."""
    with unknown_is_missing():
        return PrefectureOut.of(await calls.prefecture(prefecture))
