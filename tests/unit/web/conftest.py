"""A client of the application, standing on fakes; the routes are built once."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.web.app import create_app, stand_on
from tests.unit.web.fakes import FakeCalls, FakeContainer, StillClock


@pytest.fixture(scope="session")
def routes() -> FastAPI:
    calls = FakeCalls()
    return create_app(FakeContainer(calls), calls=calls)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def calls(clock: StillClock) -> FakeCalls:
    return FakeCalls(clock)


@pytest.fixture
def app(routes: FastAPI, calls: FakeCalls) -> FastAPI:
    stand_on(routes, FakeContainer(calls), calls)
    return routes


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(
        app, base_url="http://localhost", raise_server_exceptions=False
    ) as opened:
        yield opened


@pytest.fixture
def secure_client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="https://localhost") as opened:
        yield opened
