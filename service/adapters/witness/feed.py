"""The Atom feed of a prefecture's commitments: a witness for whoever keeps feeds.

Source: RFC 4287.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from service.domain.night import PARIS
from service.draw.canonical import canonical_bytes
from service.draw.model import SPEC
from service.draw.verify.rounds import formula
from service.usecases.views import NightView

MEDIA_TYPE = "application/atom+xml"
_BEFORE_ANY = datetime(2026, 11, 1, tzinfo=UTC)
"""When a feed without any entry changed last: it must say something."""


def feed(nights: Iterable[NightView], *, name: str, address: str, root: str) -> str:
    """Write the feed: one entry a committed night, newest first.

    Pure. An entry is written at the commitment and never changes: what happens later
    is not in it, so that every reader that keeps it keeps the same bytes. A night that
    is annulled later gets an entry more.

    Args:
        nights: Committed nights of one prefecture.
        name: The prefecture's, as people know it.
        address: Of the feed itself.
        root: Address of the service, without a final slash.
    """
    listed = sorted(
        (night for night in nights if night.committed_at is not None),
        key=lambda night: night.held_on,
        reverse=True,
    )
    updated = max(
        (
            night.annulment.at if night.annulment else _committed(night)
            for night in listed
        ),
        default=_BEFORE_ANY,
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">',
        f"<title>{escape(f'Engagements des tirages : {name}')}</title>",
        f"<id>{escape(address)}</id>",
        f'<link rel="self" type="{MEDIA_TYPE}" href="{escape(address)}"/>',
        f"<updated>{_instant(updated)}</updated>",
        f"<author><name>{escape(name)}</name></author>",
        *(
            entry
            for night in listed
            for entry in (*_annulled(night, root), _entry(night, root))
        ),
        "</feed>",
        "",
    ]
    return "\n".join(lines)


def _entry(night: NightView, root: str) -> str:
    where = f"{root}/v1/nights/{night.prefecture}/{night.held_on}"
    at = _instant(_committed(night))
    summary = (
        f"Empreinte {night.commitment_sha256} ; "
        f"tour {night.beacon_round} de {night.beacon_chain}, "
        f"attendu le {_due(night)} (Paris){_computed(night)}"
    )
    return "\n".join(
        [
            "<entry>",
            f"<title>{escape(f'Tirage du {night.held_on}')}</title>",
            f"<id>{escape(where)}</id>",
            f'<link rel="alternate" type="application/json" href="{escape(where)}"/>',
            f"<published>{at}</published>",
            f"<updated>{at}</updated>",
            f"<summary>{escape(summary)}</summary>",
            f'<content type="text">{escape(_document(night))}</content>',
            "</entry>",
        ]
    )


def _annulled(night: NightView, root: str) -> list[str]:
    if night.annulment is None:
        return []
    where = f"{root}/v1/nights/{night.prefecture}/{night.held_on}/annulment"
    at = _instant(night.annulment.at)
    known = (
        "le nombre au hasard était déjà connu"
        if night.annulment.luck_was_known
        else "le nombre au hasard n'existait pas encore"
    )
    summary = (
        f"Empreinte {night.commitment_sha256} ; {known}. Motif : "
        f"{night.annulment.reason}"
    )
    return [
        "<entry>",
        f"<title>{escape(f'Tirage du {night.held_on} : annulé')}</title>",
        f"<id>{escape(where)}</id>",
        f'<link rel="alternate" type="application/json" href="{escape(where)}"/>',
        f"<published>{at}</published>",
        f"<updated>{at}</updated>",
        f"<summary>{escape(summary)}</summary>",
        "</entry>",
    ]


def _document(night: NightView) -> str:
    """Return the very bytes that every other witness is handed, as text."""
    return canonical_bytes(
        {
            "spec": SPEC,
            "commitment": night.commitment,
            "signature": night.signature,
        }
    ).decode()


def _committed(night: NightView) -> datetime:
    if night.committed_at is None:
        raise ValueError("the night is not committed")
    return night.committed_at


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _computed(night: NightView) -> str:
    """Return how anybody computes the time of a round, so that nobody is believed."""
    computed = formula(night.beacon_chain or "")
    return f", soit {computed} depuis 1970 (n = le tour)" if computed else ""


def _due(night: NightView) -> str:
    due = night.beacon_due_at
    return f"{due.astimezone(PARIS):%Y-%m-%d %H:%M:%S}" if due else "?"
