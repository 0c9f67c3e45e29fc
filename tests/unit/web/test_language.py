"""The language is the reader's choice: asked for, else remembered, else preferred."""

import pytest

from service.web import language
from service.web.pages.public.languages import safe_path
from service.words.i18n import LANGUAGES


def scope(path="/", query="", cookie="", accept=""):
    headers = [(b"cookie", cookie.encode()), (b"accept-language", accept.encode())]
    return {
        "type": "http",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
    }


def said(**given):
    return language.words_of(scope(**given)).language


FOREIGN = [code for code in LANGUAGES if code != "fr"]


def test_without_any_wish_the_answer_is_french():
    assert said() == "fr"
    assert said(accept="tlh, xx;q=0.9") == "fr"


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_way_of_choosing_works_for_each_language(code):
    assert said(query=f"langue={code}") == code
    assert said(cookie=f"langue={code}") == code
    assert said(accept=f"{code}-XX,fr;q=0.5") == code


@pytest.mark.parametrize("code", FOREIGN)
def test_what_is_asked_goes_before_what_is_remembered_and_preferred(code):
    assert said(query="langue=fr", cookie=f"langue={code}", accept=code) == "fr"
    assert said(cookie="langue=fr", accept=code) == "fr"
    assert said(query="langue=xx", cookie=f"langue={code}") == code


@pytest.mark.parametrize("code", FOREIGN)
def test_a_preference_of_zero_means_not_this_one(code):
    assert said(accept=f"{code};q=0, fr;q=0.1") == "fr"
    assert said(accept=f"fr;q=0.2, {code};q=0.8") == code
    assert said(accept=f"{code};q=many") == "fr"


@pytest.mark.parametrize(
    "path", ["/agents", "/agents/places", "/demonstration/courrier"]
)
def test_what_staff_reads_is_french(path):
    assert said(path=path, query="langue=en", accept="en") == "fr"


@pytest.mark.parametrize("path", ["/agentsx", "/inscription"])
def test_what_looks_like_a_staff_address_is_not_one(path):
    assert not language.is_french_only(path)


@pytest.mark.parametrize(
    "strange", ["langue", "langue=" + "a" * 9000, "&" * 900 + "langue=fr", "langue=%ff"]
)
def test_a_strange_address_is_answered_in_french(strange):
    assert said(query=strange) == "fr"


@pytest.mark.parametrize(
    "strange", ["\x00", "langue", ";;=;", 'langue=\\"', "a" * 9000]
)
def test_a_strange_cookie_is_answered_in_french(strange):
    assert said(cookie=strange) == "fr"


def test_the_choice_is_kept_in_a_cookie_that_no_script_reads():
    header = language.cookie_header("fr", is_https=True).decode()
    assert header.startswith("langue=fr; Path=/; ")
    assert "HttpOnly" in header
    assert header.endswith("Secure")


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/suivi", "/suivi"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/a?b=c", "/"),
        ("/\\evil", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_never_leaves_this_site(asked, given):
    assert safe_path(asked) == given
