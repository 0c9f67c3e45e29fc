"""The wall clock of the machine."""

from datetime import UTC, datetime


class SystemClock:
    """See `service.usecases.ports.Clock`."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)
