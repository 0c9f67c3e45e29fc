"""Days in Paris of instants in PostgreSQL, said once."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, cast, func

from service.domain.night import PARIS


def paris_day(instant: ColumnElement[datetime]) -> ColumnElement[date]:
    """Return the day it was in Paris."""
    return cast(func.timezone(str(PARIS), instant), Date)
