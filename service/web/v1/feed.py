"""What outsiders keep: commitments as a feed, keys, and counts as open data."""

from datetime import date, datetime
from typing import Self

from fastapi import APIRouter, Response

from service.adapters.witness.feed import MEDIA_TYPE, feed
from service.usecases.night.published_keys import KeyView
from service.usecases.public.audit_head import audit_head
from service.usecases.public.open_data import open_data_csv
from service.web.dependencies import CallsDep, PrefectureCode
from service.web.v1.fields import Outbound
from service.web.v1.responses import problems

router = APIRouter(prefix="/v1", tags=["Témoins"])

_FOR_A_WHILE = {"Cache-Control": "public, max-age=60"}


class KeyOut(Outbound):
    """A public key and when commitments were signed with it.

    ``valid_from`` is null before its first commitment, ``valid_to`` until the first
    one of the key that comes after it.
    """

    key: str
    valid_from: datetime | None
    valid_to: datetime | None

    @classmethod
    def of(cls, view: KeyView) -> Self:
        """Project a key."""
        return cls(key=view.key, valid_from=view.valid_from, valid_to=view.valid_to)


class KeysOut(Outbound):
    """Every key that ever signed a commitment, oldest first."""

    keys: list[KeyOut]


class AuditHeadOut(Outbound):
    """The chain of agents' acts as it stood when a day began in Paris.

    Whoever notes it can show later that no act before it was changed or cut off.
    """

    day: date
    events: int
    sha256: str


@router.get(
    "/feed/{prefecture}",
    responses={
        200: {
            "description": "Les engagements signés, en Atom (RFC 4287).",
            "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        },
        **problems(404, 422),
    },
    response_class=Response,
)
async def read_feed(prefecture: PrefectureCode, calls: CallsDep) -> Response:
    """Return the signed commitments as a feed; an entry never changes."""
    nights = await calls.nights(prefecture)
    root = calls.ports.public_url
    written = feed(
        nights,
        name=nights[0].prefecture_name if nights else prefecture,
        address=f"{root}/v1/feed/{prefecture}",
        root=root,
    )
    return Response(written, media_type=MEDIA_TYPE, headers=_FOR_A_WHILE)


@router.get("/keys", responses=problems(503))
async def read_keys(calls: CallsDep) -> KeysOut:
    """List the keys that sign commitments, those of old nights included."""
    return KeysOut(keys=[KeyOut.of(view) for view in await calls.keys()])


@router.get("/audit-head", responses=problems(503))
async def read_audit_head(calls: CallsDep) -> AuditHeadOut:
    """Return the head of the audit chain this morning; note it, it binds us."""
    head = await audit_head(ports=calls.ports)
    return AuditHeadOut(day=head.day, events=head.events, sha256=head.sha256)


@router.get(
    "/open-data/{prefecture}",
    responses={
        200: {
            "description": "Une ligne par nuit et par groupe de bandes (RFC 4180) ; "
            "aucun groupe de moins de 11 inscriptions n'est séparé des autres.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
        **problems(404, 422),
    },
    response_class=Response,
)
async def read_open_data(prefecture: PrefectureCode, calls: CallsDep) -> Response:
    """Return the counts of the last nights, small groups merged."""
    written = open_data_csv(await calls.nights(prefecture))
    headers = {
        **_FOR_A_WHILE,
        "Content-Disposition": f'inline; filename="{prefecture}-nuits.csv"',
    }
    return Response(written, media_type="text/csv", headers=headers)
