"""A browser where an agent signed in is known again, and opens nothing by itself."""

from starlette.testclient import TestClient

from tests.unit.web.fakes import AGENT, FakeCalls, StillClock, later
from tests.unit.web.test_pages import token_in


def sign_in(client: TestClient, *, wrong: bool = False) -> str:
    password = "wrong" if wrong else "secret"
    token = token_in(client.get("/agents").text)
    sent = {"jeton": token, "identifiant": "agent", "mot-de-passe": password}
    answer = client.post("/agents", data=sent, follow_redirects=False)
    return answer.headers.get("set-cookie", "")


def test_the_desk_is_recognised_at_the_next_sign_in(
    client: TestClient, calls: FakeCalls
) -> None:
    sign_in(client)
    sign_in(client, wrong=True)

    first, second = calls.asked.desks
    assert first is None
    assert second is not None
    assert second.agent_id == AGENT.id


def test_what_recognises_the_desk_is_sealed_and_opens_nothing(
    client: TestClient,
) -> None:
    said = sign_in(client)

    kept = next(part for part in said.split(", ") if part.startswith("tdr-poste="))
    assert "HttpOnly" in kept
    assert str(AGENT.id) not in kept
    client.cookies.delete("tdr-agent")
    assert client.get("/agents/accueil").status_code == 401


def test_a_desk_that_nobody_used_for_long_is_a_strangers(
    client: TestClient, calls: FakeCalls, clock: StillClock
) -> None:
    sign_in(client)
    later(clock, days=91)
    sign_in(client)

    assert calls.asked.desks == [None, None]


def test_a_made_up_desk_is_a_strangers(client: TestClient, calls: FakeCalls) -> None:
    client.cookies.set("tdr-poste", "AQ" * 60)
    sign_in(client)

    assert calls.asked.desks == [None]
