"""A loaded world for one test."""

from collections.abc import AsyncIterator

import pytest

from tests.world import World, open_world


@pytest.fixture
async def world(database: str, owned: str) -> AsyncIterator[World]:
    opened = await open_world(database, owned=owned)
    yield opened
    await opened.close()
