"""Issued papers in PostgreSQL: a subject has one code, whoever asks at once."""

from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from service.adapters.postgres import paper_tables as t
from service.usecases.records.papers import IssuedPaper, PaperKind

_PAPER = t.issued_paper.c


class PostgresIssuedPapers:
    """See `service.usecases.ports.papers.IssuedPapers`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def issue_once(self, new: IssuedPaper) -> IssuedPaper:
        await self._connection.execute(
            upsert(t.issued_paper)
            .values(**asdict(new))
            .on_conflict_do_nothing(
                index_elements=[_PAPER.registration_id, _PAPER.kind, _PAPER.subject]
            )
        )
        rows = await self._connection.execute(
            select(t.issued_paper).where(
                _PAPER.registration_id == new.registration_id,
                _PAPER.kind == new.kind,
                _PAPER.subject == new.subject,
            )
        )
        return _paper(dict(rows.mappings().one()))

    async def by_code(self, code: str) -> IssuedPaper | None:
        rows = await self._connection.execute(
            select(t.issued_paper).where(_PAPER.code == code)
        )
        found = rows.mappings().first()
        return _paper(dict(found)) if found else None


def _paper(row: dict[str, object]) -> IssuedPaper:
    kind = PaperKind(str(row.pop("kind")))
    return IssuedPaper(kind=kind, **row)  # type: ignore[arg-type]
