"""Every field of every form of every page, with what does not belong there.

Forms are found on the pages of ``tests/browser/every_page.py``, so that a new form is
tried without a line here: one hostile value at a time, the others as the page gave
them. Whatever comes, the answer is no 5xx, repeats nothing as markup, and no row is
added anywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
import pytest
from sqlalchemy import func, select

from service.adapters.postgres.tables import metadata
from service.usecases.commands import Access
from tests.agents import begin
from tests.browser.every_page import VISITS
from tests.browser.furnished import People, furnish
from tests.browser.live_site import LiveSite
from tests.helping import PASSWORD
from tests.unit.web.bodies import HOSTILE

TEN_KB = 10_000
SCRIPTS = {
    "Arabic": "ع",
    "Bengali": "ক",
    "Chinese": "中",
    "Cyrillic": "ж",
    "emoji": "😀",
}
TEXTS = {
    kind: value
    for kind, value in HOSTILE.items()
    if isinstance(value, str) and kind != "lone surrogate"
} | {
    f"{size} of {script}": letter * (limit // len(letter.encode()))
    for script, letter in SCRIPTS.items()
    for size, limit in (("10 kB", TEN_KB), ("what a form may hold", 4_000))
}
GROWS_BY_ITSELF = {
    *("audit", "agent_session", "access_code", "helper_try", "mandate_act"),
}
"""Written whoever asks: a code is made for unknown people too, with the same work."""
WHO = sorted({visit.who for visit in VISITS if not visit.bare})


@dataclass
class FoundForm:
    """A form as the page gave it: what it sends untouched, and all its names."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def add(self, name: str, value: str, *, is_sent: bool = True) -> None:
        if name not in self.names:
            self.names.append(name)
        if is_sent:
            self.values.setdefault(name, value)


class Forms(HTMLParser):
    """Finds the forms of a page and the fields of each."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            method = given.get("method", "get")
            self.found.append(FoundForm(given.get("action", ""), method))
        elif not self.found:
            return
        elif tag in {"input", "textarea", "button"} and name:
            is_box = given.get("type") in {"radio", "checkbox"}
            is_sent = tag != "button" and (not is_box or "checked" in given)
            self.found[-1].add(name, given.get("value", ""), is_sent=is_sent)
        elif tag == "select":
            self._select = name
            self.found[-1].add(name, "")
        elif tag == "option" and "selected" in given:
            self.found[-1].values[self._select] = given.get("value", "")


@pytest.fixture(scope="module")
def people(site: LiveSite) -> People:
    return furnish(site)


@pytest.fixture
def client(site: LiveSite) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.url, follow_redirects=True) as opened:
        yield opened


def forms_of(page: str) -> list[FoundForm]:
    parser = Forms()
    parser.feed(page)
    return parser.found


def enter(client: httpx.Client, site: LiveSite, people: People, who: str) -> None:
    """Become whose browser it is."""
    if who == "anybody":
        return
    if who == "enrolling":
        client.cookies.set("tdr-protection", site.run(begin(site.world)).token)
        return
    if who == "helper":
        site.world.clock.advance(seconds=60)
        address = "/accompagnants"
        values = {"identifiant": people.help.helper.login, "mot-de-passe": PASSWORD}
        values["code"] = people.help.code()
    elif who == "agent":
        address, values = "/agents", {"identifiant": "agent", "mot-de-passe": "secret"}
    else:
        found = getattr(people, who)
        access: Access = found[0] if isinstance(found, tuple) else found
        address, values = "/acces", {"reference": access.reference}
        values["code"] = access.secret
    token = forms_of(client.get(address).text)[0].values["jeton"]
    answer = client.post(address, data={**values, "jeton": token})
    assert answer.status_code == 200, who


def rows(site: LiveSite) -> Mapping[str, int]:
    async def counted() -> dict[str, int]:
        async with site.world.engine.connect() as connection:
            found = {}
            for name, table in metadata.tables.items():
                if name not in GROWS_BY_ITSELF:
                    query = select(func.count()).select_from(table)
                    found[name] = (await connection.execute(query)).scalar_one()
            return found

    return site.run(counted())


@pytest.mark.timeout(900)  # thousands of small requests
@pytest.mark.parametrize("who", WHO)
def test_no_value_breaks_a_form_or_is_stored(site, people, client, who):
    enter(client, site, people, who)
    pages = {one.opened for one in VISITS if one.who == who and not one.bare}
    if who == "anybody":
        first = client.get("/inscription")
        root = str(first.url.path).rpartition("/")[0]
        slugs = ("motif", "lieux", "document", "dates", "identite", "contact")
        more = ("disponibilites", "famille")
        pages |= {f"{root}/{slug}" for slug in (*slugs, *more)}
    forms = {
        (form.action or page, frozenset(form.names)): form
        for page in sorted(pages)
        for form in forms_of(client.get(people.filled(page)).text)
    }
    before = rows(site)
    tried = 0
    for (action, _), form in sorted(forms.items(), key=lambda one: one[0][0]):
        for name in form.names:
            for kind, value in TEXTS.items():
                sent = {**form.values, name: value}
                if form.method == "get":
                    answer = client.get(action.partition("#")[0], params=sent)
                else:
                    answer = client.post(action, data=sent, follow_redirects=False)
                tried += 1
                assert answer.status_code < 500, (action, name, kind)
                assert "<script>alert" not in answer.text, (action, name, kind)
    assert tried == len(TEXTS) * sum(len(form.names) for form in forms.values())
    assert rows(site) == before
