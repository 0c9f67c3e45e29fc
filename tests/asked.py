"""What is asked of the database, statement by statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.world import World


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """Note, in order, what is asked within the block."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, said: str, *_rest: object) -> None:
        asked.append(said)

    engine = world.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
