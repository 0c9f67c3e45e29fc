"""A prefecture's own theme: whole and checked, or the neutral one with a reason."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from service.web.app import stand_on
from service.web.pages.theme import LARGEST, ThemeError, load, load_or_neutral
from tests.unit.web.fakes import FakeCalls, FakeContainer
from tests.unit.web.test_pages import PUBLIC

MANIFEST = """\
name = "Préfecture inventée"
styles = ["css/invented.css"]
icon = "icons/invented.svg"
"""
STYLE = """\
@font-face { font-family: Invented; src: url("../fonts/invented.woff2"); }
:root { --action: #3b2a6b; --night: #241a47; }
"""
HELP = """\
{% extends "layouts/column.html" %}
{% block title %}{{ _("Aide et contact") }}{% endblock %}
{% block content %}<h1>{{ _("Aide et contact") }}</h1>
<p><img src="{{ theme("icons/invented.svg") }}" alt="{{ _("Préfecture") }}"></p>
{% endblock %}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small theme of an invented prefecture."""
    for part in ("static/css", "static/fonts", "static/icons", "templates/public"):
        (tmp_path / part).mkdir(parents=True)
    (tmp_path / "theme.toml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "static/css/invented.css").write_text(STYLE, encoding="utf-8")
    (tmp_path / "static/fonts/invented.woff2").write_bytes(b"wOF2 invented")
    (tmp_path / "static/icons/invented.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', encoding="utf-8"
    )
    (tmp_path / "templates/public/help.html").write_text(HELP, encoding="utf-8")
    return tmp_path


def themed(app: FastAPI, folder: Path) -> TestClient:
    calls = FakeCalls()
    stand_on(app, FakeContainer(calls, theme_dir=folder), calls)
    return TestClient(app, base_url="http://localhost")


def test_every_page_loads_the_styles_of_the_theme_after_ours(
    app: FastAPI, folder: Path
) -> None:
    client = themed(app, folder)
    for path in (*PUBLIC, "/nothing", "/inscription"):
        page = client.get(path).text
        sheets = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
        assert sheets[-1].startswith("/theme/")
        assert sheets[-1].endswith("/css/invented.css")
        assert re.search(r'rel="icon" href="/theme/[0-9a-f]{12}/icons/', page)


def test_its_files_are_served_for_a_year_with_their_type_under_our_policy(
    app: FastAPI, folder: Path
) -> None:
    client = themed(app, folder)
    page = client.get("/").text
    sheet = re.findall(r'href="(/theme/[^"]+\.css)"', page)[0]

    style = client.get(sheet)
    font = client.get(sheet.replace("css/invented.css", "fonts/invented.woff2"))

    assert style.headers["content-type"].startswith("text/css")
    assert font.headers["content-type"] == "font/woff2"
    assert "immutable" in font.headers["cache-control"]
    policy = style.headers["content-security-policy"]
    assert policy == client.get("/").headers["content-security-policy"]
    assert "font-src 'self'" in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize(
    "address",
    [
        "/theme/000000000000/css/invented.css",
        "/theme/{digest}/theme.toml",
        "/theme/{digest}/../theme.toml",
        "/theme/{digest}/%2e%2e/theme.toml",
        "/theme/{digest}/css",
    ],
)
def test_nothing_else_is_served(app: FastAPI, folder: Path, address: str) -> None:
    client = themed(app, folder)
    answer = client.get(address.format(digest=load(folder).digest))
    assert answer.status_code == 404


def test_a_template_of_the_theme_goes_before_ours(app: FastAPI, folder: Path) -> None:
    page = themed(app, folder).get("/aide").text
    assert '<img src="/theme/' in page
    assert "Défenseur" not in page


def test_another_content_has_another_address(folder: Path) -> None:
    before = load(folder)
    (folder / "static/fonts/invented.woff2").write_bytes(b"wOF2 another")
    after = load(folder)
    assert before.digest != after.digest


FAULTS = {
    "there is no theme.toml": lambda f: (f / "theme.toml").unlink(),
    "theme.toml: unknown script": lambda f: _write(
        f / "theme.toml", MANIFEST + 'script = "x.js"\n'
    ),
    "theme.toml: name is missing": lambda f: _write(f / "theme.toml", "styles = []\n"),
    "theme.toml: Expected": lambda f: _write(f / "theme.toml", "name \n"),
    "it is not in static/": lambda f: (f / "static/icons/invented.svg").unlink(),
    "asks for ../fonts/invented.woff2": lambda f: (
        f / "static/fonts/invented.woff2"
    ).unlink(),
    "asks for https://elsewhere.example/a.woff2": lambda f: _write(
        f / "static/css/invented.css",
        "@font-face { src: url(https://elsewhere.example/a.woff2) }",
    ),
    "without @import": lambda f: _write(
        f / "static/css/invented.css", '@import "other.css";'
    ),
    "static/run.js: only": lambda f: _write(f / "static/run.js", "1"),
    "is larger than": lambda f: _write(f / "static/big.svg", "x" * (LARGEST + 1)),
    "is a link": lambda f: (f / "static/link.svg").symlink_to("/etc/hostname"),
    "templates/public/help.html:": lambda f: _write(
        f / "templates/public/help.html", "{% block content %}"
    ),
    "no script": lambda f: _write(
        f / "templates/public/help.html", "<script>1</script>"
    ),
    "asks for icons/other.svg": lambda f: _write(
        f / "templates/public/help.html", '{{ theme("icons/other.svg") }}'
    ),
}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("told", FAULTS)
def test_one_fault_keeps_the_neutral_theme_and_says_what_to_mend(
    app: FastAPI, folder: Path, told: str
) -> None:
    FAULTS[told](folder)
    with pytest.raises(ThemeError) as error:
        load(folder)
    assert told in str(error.value)
    assert "\n" not in str(error.value)

    theme, reason = load_or_neutral(folder)
    page = themed(app, folder).get("/etat").text

    assert theme is None
    assert told in reason
    assert "/theme/" not in page
    assert "le thème neutre le remplace" in page
    assert "theme.toml" not in page


def test_without_a_folder_the_neutral_theme_needs_no_excuse() -> None:
    assert load_or_neutral(None) == (None, "")
