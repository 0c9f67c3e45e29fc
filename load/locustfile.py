"""Load on a started program: applicants who register and look, an agent who publishes.

Everything is invented and bounded: a run registers at most ``MOST`` people and
publishes at most ``MOST_PLANS`` days, whatever its length.
"""

import itertools
import random
import re
import uuid
from datetime import UTC, datetime, timedelta

from locust import HttpUser, between, task

MOST = 5_000
MOST_PLANS = 20
PREFECTURE = "isere"

_luck = random.Random(2026)
_people = itertools.count(1)
_plans = itertools.count(1)
_TOKEN = re.compile(r'name="jeton" value="([^"]+)"')


def days_from_now(days: int) -> str:
    """Return a day to come, as the API writes it."""
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%d}"


def invented(number: int) -> dict[str, object]:
    """Return a registration of somebody who does not exist."""
    return {
        "prefecture": PREFECTURE,
        "motif": _luck.choice(
            ["renouvellement-titre", "premiere-demande", "recepisse"]
        ),
        "sites": ["grenoble"],
        "identity": {
            "agdref_number": f"98{number:08d}",
            "family_name": "CHARGE",
            "given_names": "Essai",
            "birth_date": f"{_luck.randint(1950, 2007)}",
        },
        "contact": {"email": None, "phone": None, "language": "fr"},
        "permit_expires_on": days_from_now(_luck.randint(-60, 200)),
        "held_document": "cst",
        "availability": {
            "weekdays_excluded": [],
            "dates_excluded": [],
            "short_notice": False,
        },
        "people": 1,
    }


class Applicant(HttpUser):
    """Reads the first page, registers over JSON once, then follows."""

    weight = 50
    wait_time = between(1, 5)

    def on_start(self) -> None:
        """Arrive with nothing."""
        self.secret = ""
        self.reference = ""

    @task(1)
    def register(self) -> None:
        """Register once; the hour of arrival gives nothing."""
        if self.reference:
            return
        number = next(_people)
        if number > MOST:
            return
        with self.client.post(
            "/v1/registrations",
            json=invented(number),
            headers={"Idempotency-Key": str(uuid.uuid4())},
            catch_response=True,
        ) as answer:
            if answer.status_code != 202:
                answer.failure(f"status {answer.status_code}")
                return
            told = answer.json()
            self.reference, self.secret = told["reference"], told["secret"]

    @task(3)
    def follow(self) -> None:
        """Look where the registration stands."""
        if self.reference:
            self.client.get(
                f"/v1/registrations/{self.reference}",
                headers={"Authorization": f"Bearer {self.secret}"},
                name="/v1/registrations/{reference}",
            )

    @task(2)
    def read(self) -> None:
        """Read the public pages."""
        self.client.get(_luck.choice(["/", "/regles", "/nuits"]))

    @task(1)
    def begin_the_form(self) -> None:
        """Answer the first question of the form."""
        first = self.client.get("/inscription", name="/inscription")
        found = _TOKEN.search(first.text)
        if found is None:
            return
        root = first.url.rpartition("/")[0]
        self.client.post(
            f"{root}/motif",
            data={"jeton": found[1], "motif": "renouvellement-titre"},
            name="/inscription/{id}/motif",
        )


class Agent(HttpUser):
    """Signs in, publishes a day now and then, and looks at the coming week."""

    fixed_count = 1
    wait_time = between(5, 15)

    def on_start(self) -> None:
        """Sign in with the account of the demonstration."""
        answer = self.client.post(
            "/v1/agent/session",
            json={"login": "agent", "password": "demonstration"},
        )
        self.session = {"Authorization": f"Bearer {answer.json()['token']}"}

    @task(1)
    def publish(self) -> None:
        """Publish one guichet for one morning."""
        number = next(_plans)
        if number > MOST_PLANS:
            return
        self.client.post(
            "/v1/agent/slots",
            headers={**self.session, "Idempotency-Key": str(uuid.uuid4())},
            json={
                "site": "grenoble",
                "day": days_from_now(30 + number),
                "opens": "09:00",
                "closes": "12:00",
                "minutes": 20,
                "guichets": 1,
                "motifs": ["renouvellement-titre"],
            },
        )

    @task(3)
    def look(self) -> None:
        """List the slots of the coming week."""
        self.client.get(
            "/v1/agent/slots",
            headers=self.session,
            params={"first": days_from_now(1), "last": days_from_now(8)},
            name="/v1/agent/slots",
        )
