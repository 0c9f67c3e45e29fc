"""Pages: forms that are ours, cookies that hold, templates without a script."""

import re
from datetime import time
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import service.web
from service.usecases.records import PackedTranscript
from service.web.pages.demonstration import pieces_of, shelf_of
from service.web.pages.public.legal import expiry_of
from service.web.pages.public.sky import sky_at
from tests.unit.web.fakes import NOW, SECRET, FakeCalls, StillClock, later

STYLES = Path(service.web.__file__).parent / "static"
TEMPLATES = sorted((Path(service.web.__file__).parent / "templates").rglob("*.html"))
PUBLIC = [
    "/",
    "/regles",
    "/motifs",
    "/motifs/aes",
    "/motifs/adresse",
    "/stats",
    "/donnees",
    "/nuits",
    "/verifier",
    "/verifier-un-accuse",
    "/formulaire",
    "/aide",
    "/accessibilite",
    "/mentions-legales",
    "/politique-de-confidentialite",
    "/acces",
    "/agents",
    "/desinscription-faite",
    "/cgu",
    "/plan-du-site",
    "/etat",
]
_NO_WORDS = {"Tour", "de", "rôle", "agents", "creneaux", "accueil"} | {
    *("aria", "describedby", "invalid", "true", "CSV", "JSON")
}
"""The name of the service, addresses, names of formats, attributes of a macro."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def token_in(page: str) -> str:
    found = re.search(r'name="jeton" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", PUBLIC)
def test_a_public_page_opens(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="fr" dir="ltr">' in answer.text
    assert answer.text.count("<h1") == 1


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_asks_nobody_else_for_anything(client: TestClient, path: str) -> None:
    page = client.get(path).text
    for address in re.findall(r'(?:href|src|action)="([^"]*)"', page):
        assert address.startswith(("/", "?", "#", "tel:")), address


def test_the_first_page_weighs_less_than_100_kilobytes(client: TestClient) -> None:
    page = client.get("/").text
    total = len(page.encode())
    for address in set(re.findall(r'href="(/static/[^"]+)"', page)):
        total += len(client.get(address).content)
    assert total <= 100_000


def test_a_link_to_the_form_in_a_language_opens_it_in_that_language(
    client: TestClient,
) -> None:
    answer = client.get("/inscription?langue=ar")
    assert "/motif" in answer.url.path
    assert '<html lang="ar" dir="rtl">' in answer.text


def test_the_first_visit_takes_few_bytes_on_a_slow_line(client: TestClient) -> None:
    page = client.get("/")
    on_the_line = int(page.headers["content-length"])
    for address in set(re.findall(r'href="(/static/[^"]+)"', page.text)):
        packed = client.get(address, headers={"Accept-Encoding": "gzip"})
        plain = client.get(address, headers={"Accept-Encoding": "identity"})
        assert packed.content == plain.content
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert "content-encoding" not in plain.headers
        on_the_line += int(packed.headers["content-length"])
    assert on_the_line <= 25_000


def test_a_page_that_may_hold_a_secret_is_not_packed(client: TestClient) -> None:
    """What somebody else can slip into a packed page tells its secrets by its length.

    Source: BREACH (2013), CVE-2013-3587.
    """
    answer = client.get("/acces", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


def test_a_style_can_be_kept_a_year_and_no_other_file_is_served(
    client: TestClient,
) -> None:
    page = client.get("/").text
    address = re.search(r'href="(/static/[^"]+tokens.css)"', page)
    assert address is not None
    answer = client.get(address[1])
    assert "immutable" in answer.headers["cache-control"]
    assert client.get(address[1].replace("tokens", "other")).status_code == 404
    assert client.get("/static/000000000000/tokens.css").status_code == 404
    assert client.get("/static/x/..%2f..%2fapp.py").status_code == 404


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_script_no_inline_style_and_escapes(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    # One page computes, with a module of ours and no inline script.
    ours = '<script type="module" src="{{ asset("verifier_page.js") }}"></script>'
    assert "<script" not in text.replace(ours, "")
    assert ours not in text or template.name == "verifier.html"
    assert "style=" not in text
    assert not re.search(r"\son[a-z]+=", text)
    assert "|safe" not in text
    assert "autoescape" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_visible_word_of_a_template_passes_through_gettext(
    template: Path,
) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{% trans.*?%\}.*?\{% endtrans %\}", " ", text, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", " ", text, flags=re.S)
    text = re.sub(r"<code.*?</code>|<[^>]*>", " ", text, flags=re.S)
    words = set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", text)) - _NO_WORDS
    assert not words, f"not translatable: {words}"


def test_a_form_of_another_site_is_refused(
    client: TestClient, calls: FakeCalls
) -> None:
    token = token_in(client.get("/agents").text)
    sent = {"jeton": token, "identifiant": "agent", "mot-de-passe": "secret"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ):
        answer = client.post("/agents", data=sent, headers=headers)
        assert answer.status_code == 403
    assert client.post("/agents", data={**sent, "jeton": "x"}).status_code == 403
    assert client.post("/agents", data={**sent, "jeton": "é"}).status_code == 403
    client.cookies.clear()
    assert client.post("/agents", data=sent).status_code == 403
    assert calls.asked.nothing


def test_a_form_of_ours_is_accepted_with_and_without_origin(client: TestClient) -> None:
    for headers in (
        {},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost"},
    ):
        token = token_in(client.get("/agents").text)
        sent = {"jeton": token, "identifiant": "agent", "mot-de-passe": "secret"}
        answer = client.post(
            "/agents", data=sent, headers=headers, follow_redirects=False
        )
        assert answer.status_code == 303


def test_cookies_are_hidden_from_scripts_and_bound_to_https(
    client: TestClient, secure_client: TestClient
) -> None:
    plain = client.get("/inscription", follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain
    secure = secure_client.get("/inscription", follow_redirects=False)
    cookie = secure.headers["set-cookie"]
    assert cookie.startswith("__Secure-tdr-inscription=")
    assert "Secure" in cookie
    token = secure_client.get("/agents").headers["set-cookie"]
    assert token.startswith("__Host-tdr-jeton=")
    assert "Path=/;" in token


def test_the_address_of_a_step_holds_no_answer(client: TestClient) -> None:
    first = client.get("/inscription")
    page = client.post(
        first.url.path,
        data={"jeton": token_in(first.text), "motif": "renouvellement-titre"},
        follow_redirects=False,
    )
    assert page.status_code == 303
    assert re.fullmatch(r"/inscription/[a-z2-7]{8}/lieux", page.headers["location"])


def test_what_was_typed_stays_on_an_error(client: TestClient) -> None:
    first = client.get("/inscription")
    root = first.url.path.rpartition("/")[0]
    typed = {"jeton": token_in(first.text), "nom": "<b>Noor & fils</b>", "numero": "12"}
    page = client.post(f"{root}/identite", data=typed)
    assert page.status_code == 422
    assert 'value="&lt;b&gt;Noor &amp; fils&lt;/b&gt;"' in page.text
    assert page.text.count("<title>Erreur\u00a0: ") == 1
    assert 'href="#numero"' in page.text


def test_a_form_is_read_as_text_or_refused(client: TestClient) -> None:
    client.get("/agents")
    for content in (b"\xff\xfe=1", b"a=%ff", b"a&" * 300):
        answer = client.post("/agents", content=content, headers=FORM)
        assert answer.status_code == 400


def test_a_draft_is_gone_after_twelve_hours_and_the_page_says_so(
    client: TestClient, clock: StillClock
) -> None:
    first = client.get("/inscription")
    later(clock, hours=13)
    page = client.get(first.url.path)
    assert page.status_code == 404
    assert "ne sont plus dans ce navigateur" in page.text


def test_an_agent_page_asks_to_sign_in(client: TestClient) -> None:
    for path in ("/agents/creneaux", "/agents/creneaux/publier", "/agents/appels"):
        answer = client.get(path)
        assert answer.status_code == 401
        assert 'name="mot-de-passe"' in answer.text


def test_a_wrong_login_and_a_wrong_password_are_told_alike(client: TestClient) -> None:
    pages = []
    for login, password in (("agent", "wrong"), ("nobody", "secret")):
        token = token_in(client.get("/agents").text)
        sent = {"jeton": token, "identifiant": login, "mot-de-passe": password}
        answer = client.post("/agents", data=sent)
        assert answer.status_code == 422
        pages.append(answer.text.replace(f'value="{login}"', "LOGIN"))
    assert pages[0] == pages[1]
    assert "wrong" not in pages[0]


def test_a_wrong_code_is_told_like_an_unknown_reference(client: TestClient) -> None:
    token = token_in(client.get("/acces").text)
    sent = {"jeton": token, "reference": "0123-ABCD-M", "code": SECRET}
    answer = client.post("/acces", data=sent)
    assert answer.status_code == 422
    assert "ne convient pas" in answer.text
    assert SECRET not in answer.text


def test_the_transcript_is_sent_byte_for_byte_and_can_be_asked_about(
    client: TestClient,
) -> None:
    path = "/v1/nights/isere/2026-11-23/transcript"
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert plain.content == packed.content == b'{"draw":"isere/2026-11-23"}'
    assert packed.headers["content-encoding"] == "gzip"
    again = client.get(path, headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304


def test_nobody_makes_us_pack_or_unpack_a_transcript_that_is_stored_packed(
    client: TestClient, calls: FakeCalls
) -> None:
    """Megabytes each time: what is stored leaves as it is, or not at all."""
    digest = sha256(b"never read").digest()
    calls.shown_transcript = PackedTranscript(gzipped=b"not even gzip", sha256=digest)
    path = "/v1/nights/isere/2026-11-23/transcript"

    known = client.get(path, headers={"If-None-Match": f'"{digest.hex()}"'})
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        sent = b"".join(packed.iter_raw())

    assert known.status_code == 304
    assert known.headers["etag"] == packed.headers["etag"] == f'"{digest.hex()}"'
    assert sent == b"not even gzip"


def test_security_txt_never_runs_out(client: TestClient) -> None:
    text = client.get("/.well-known/security.txt").text
    assert "Contact: https://rdv.example.org/mentions-legales" in text
    assert 140 <= (expiry_of(NOW) - NOW).days <= 180
    assert f"{expiry_of(NOW):%Y-%m-%d}" in text


def test_an_address_in_a_message_can_be_followed() -> None:
    pieces = pieces_of("Suivi : https://a.example/acces/X/y\nMerci <b>")
    assert [piece.text for piece in pieces if piece.is_link] == [
        "https://a.example/acces/X/y"
    ]
    assert "".join(piece.text for piece in pieces).endswith("Merci <b>")


def test_a_message_is_found_by_its_address_among_thousands(tmp_path: Path) -> None:
    folder = tmp_path / "mailbox"
    folder.mkdir()
    for at in range(300):
        text = f"To: person{at}@example.org\nSubject: s{at}\n\nperson7@example.org"
        (folder / f"{at:020d}-000001.eml").write_text(text, encoding="ascii")
    shelf = shelf_of(tmp_path, "")
    assert (len(shelf.mails), shelf.found, shelf.total) == (100, 300, 300)
    assert shelf.mails[0].subject == "s299"
    found = shelf_of(tmp_path, "Person7@example.org")
    assert [mail.subject for mail in found.mails] == ["s7"]
    assert shelf_of(tmp_path / "none", "").total == 0


def test_each_hour_of_the_day_has_the_same_dot() -> None:
    sky = sky_at(time(20))
    assert len(set(sky.dots)) == 23
    assert sky.moon not in sky.dots


@pytest.mark.parametrize(
    "style", sorted(STYLES.glob("*.css")), ids=lambda path: path.name
)
def test_a_style_knows_no_left_and_no_right(style: Path) -> None:
    """Logical properties only, so that a page from right to left needs no rule."""
    rules = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.S)
    physical = re.findall(
        r"(?:^|[;{\s])((?:margin|padding|border)-(?:left|right|top|bottom)\b[^;]*"
        r"|(?:left|right)\s*:[^;]*|text-align\s*:\s*(?:left|right)|float\s*:(?!\s*inline-)[^;]*)",
        rules,
    )
    assert physical == []
