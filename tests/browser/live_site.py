"""The real application behind a real socket, on a database and a clock of the test.

The server runs in its own thread with its own event loop; what a test does behind
the scenes (a night, a published slot) runs on that same loop, through ``run``.
"""

import asyncio
import threading
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import uvicorn
from sqlalchemy import func, select

from service.adapters.postgres.tables import metadata
from service.settings import Settings
from service.usecases.commands import Access
from service.usecases.night.open_slots import open_slots
from service.usecases.person.answer_offer import confirm_offer
from service.usecases.person.view_registration import view_registration
from service.usecases.person.withdraw_registration import withdraw_registration
from service.usecases.ports import Ports
from service.usecases.views import RegistrationView
from service.web.app import create_app
from tests.nights import hold_and_tell_night
from tests.world import World, open_world

Result = TypeVar("Result")


class WorldContainer:
    """What the application needs of a container, standing on a test's world."""

    def __init__(self, world: World, settings: Settings) -> None:
        self.world = world
        self.settings = settings

    @property
    def ports(self) -> Ports:
        return self.world.ports

    async def healthy(self) -> Mapping[str, bool]:
        return {"database": True, "bell": True}

    async def close(self) -> None:
        await self.world.close()


class LiveSite:
    """A started site; closes with the ``with`` block."""

    def __init__(self, database: str, home: Path) -> None:
        self._database = database
        self._home = home
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.url = ""
        self.world: World

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self._start())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.run(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do something behind the scenes and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=60)

    async def _start(self) -> None:
        self.world = await open_world(self._database)
        settings = Settings(home=self._home, host="127.0.0.1", port=8000)
        app = self._app = create_app(WorldContainer(self.world, settings))
        config = uvicorn.Config(
            app,
            host="127.0.0.1",
            port=0,
            log_level="error",
            access_log=False,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._serving = asyncio.create_task(self._server.serve())
        while not self._server.started:
            await asyncio.sleep(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        object.__setattr__(self.world.ports, "public_url", self.url)

    async def _stop(self) -> None:
        self._server.should_exit = True
        await self._serving
        await self.world.close()

    def ask_agents_for_a_code(self) -> None:
        """Be a real prefecture's site from now on, not a demonstration's."""
        object.__setattr__(self.world.ports, "agents_need_code", True)
        site = replace(self._app.state.site, demonstration=False)
        self._app.state.site = site

    # --- what happens behind the scenes

    def register(self, number: int, **changes: object) -> Access:
        """Register a person as another door would."""
        return self.run(self.world.register(number, **changes))

    def confirm(self, access: Access) -> None:
        """Confirm an offer as its person would."""
        self.run(confirm_offer(access, ports=self.world.ports))

    def withdraw(self, access: Access) -> None:
        """End a registration as its person would."""
        self.run(withdraw_registration(access, ports=self.world.ports))

    def view(self, access: Access) -> RegistrationView:
        """Look at a registration as its person would."""
        return self.run(view_registration(access, ports=self.world.ports))

    def count(self, table: str) -> int:
        """Count the rows of a table."""
        return self.run(self._count(table))

    async def _count(self, table: str) -> int:
        async with self.world.engine.connect() as connection:
            counted = select(func.count()).select_from(metadata.tables[table])
            found = await connection.execute(counted)
        return int(found.scalar_one())

    def publish(self, **changes: object) -> None:
        """Publish two hours of one guichet, a week ahead."""
        self.run(self._publish(changes))

    async def _publish(self, changes: dict[str, object]) -> None:
        await open_slots(
            self.world.agent, self.world.plan(**changes), ports=self.world.ports
        )

    def hold_night(self) -> None:
        """Hold tonight's draw, from the freeze to the last message."""
        self.run(hold_and_tell_night(self.world))

    def next_noon(self) -> None:
        """Move the clock to noon of the next day."""
        tomorrow = self.world.clock.now() + timedelta(days=1)
        self.world.clock.move_to(tomorrow.replace(hour=11, minute=0))
