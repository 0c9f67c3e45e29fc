"""A person's own papers on the page that verifies: of one mind with the two others."""

import base64
import hashlib
import subprocess
import sys

import pytest

from service.web.pages.public.verifier import SECOND, STANDALONE
from service.web.pages.public.verifier_words import ACKNOWLEDGEMENT_CHECKS, LINE_CHECKS
from tests.browser.conftest import opened
from tests.browser.looking import flawless
from tests.papers_draw import LEFT_OUT, label, line, paper
from tests.property.test_draw_own_papers import (
    PAPERS,
    other_night,
    ours,
    text,
    theirs,
    written,
)
from tests.strategies_draw import one_bit_changed

ASK = """async ([address, cases]) => {
  const module = await import(address);
  const bytes = (one) => one === null ? null
    : Uint8Array.from(atob(one), (octet) => octet.charCodeAt(0));
  const answers = [];
  for (const [own, night, line] of cases.map((one) => one.map(bytes))) {
    try {
      const checks = line ? await module.verifyLine(line, night) : [];
      if (own) checks.push(...(await module.verifyAcknowledgement(own, night, line)));
      answers.push(checks.map((one) => [one.name, one.outcome]));
    } catch (error) {
      if (!(error instanceof module.Refused)) throw error;
      answers.push(null);
    }
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def page(browser, site):
    pages = opened(browser, 1280, scripts=True)
    page = next(pages)
    page.goto(site.url + "/verifier")
    yield page
    pages.close()


def coded(one):
    return None if one is None else base64.b64encode(one).decode()


def agree(page, cases):
    """Of each case (acknowledgement, night, line) the three say the same."""
    address = page.locator("#verifier").get_attribute("data-module")
    sent = [[coded(one) for one in case] for case in cases]
    answers = page.evaluate(ASK, [address, sent])
    said = [one and [tuple(each) for each in one] for one in answers]
    for case, browsers in zip(cases, said, strict=True):
        assert browsers == ours(*case)[0], case
        assert browsers == theirs(*case)[0], case
    return said


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_the_three_say_the_same_of_each_paper(page, form):
    cases = [
        tuple(one if one is None else text(one) for one in (own, given))
        for own, given, _ in PAPERS.values()
    ]

    said = agree(page, [(own, written(form), given) for own, given in cases])

    names = [*LINE_CHECKS, *ACKNOWLEDGEMENT_CHECKS]
    assert [name for name, _ in said[0]] == names


def test_the_three_find_every_changed_bit_of_a_paper(page):
    own, given, night = text(paper(0)), text(line(0)), written("reduced")
    cases = [(one_bit_changed(own, at), night, given) for at in range(120)]
    cases += [(own, night, one_bit_changed(given, at)) for at in range(120)]

    for said in agree(page, cases):
        assert said is None or any(outcome == "failed" for _, outcome in said)


def test_the_three_read_the_name_of_a_night_alike(page):
    names = ["isere", "", "/", "isere/isere/2026-11-23", "isère/\U0001f319", "isere/9"]
    nights = [other_night("reduced", name) for name in names]

    agree(page, [(text(paper(0)), night, text(line(0))) for night in nights])


def set_in_print(sentence):
    """As the page sets it: French print has a rounded apostrophe."""
    return sentence.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")


def given(page, tmp_path, **papers):
    """A person puts files into the fields of the page, the night last."""
    page.reload()
    page.wait_for_selector("#verifier:not([hidden])")
    for field, content in papers.items():
        path = tmp_path / f"{field}.json"
        path.write_bytes(content)
        page.set_input_files(f"#{field}", str(path))
    page.wait_for_selector("#verdict:not([hidden])")
    return page.locator("#resultats")


def test_a_person_sees_that_the_line_is_theirs(page, tmp_path):
    shown = given(
        page,
        tmp_path,
        accuse=text(paper(3)),
        ligne=text(line(3)),
        fichier=written("reduced"),
    )

    assert shown.locator("li").count() == 15 + 4 + 5
    assert ACKNOWLEDGEMENT_CHECKS["mine"] in shown.locator("li").last.inner_text()
    assert shown.locator("[data-resultat=failed]").count() == 0
    assert label(3) in shown.locator("li").last.inner_text()
    flawless(page, "papers that hold")


def test_who_was_left_out_is_told_what_could_explain_it(page, tmp_path):
    shown = given(
        page, tmp_path, accuse=text(paper(LEFT_OUT)), fichier=written("reduced")
    )

    failed = shown.locator("[data-resultat=failed]")
    assert failed.count() == 1
    assert "La nuit suit la règle" in page.locator("#verdict h2").inner_text()
    assert set_in_print(ACKNOWLEDGEMENT_CHECKS["present"]) in failed.inner_text()
    assert "en pause après un refus" in failed.inner_text()
    assert "{" not in shown.inner_text()
    flawless(page, "left out")


def test_both_files_are_given_with_their_digests_and_take_ones_own_papers(
    site, phone, tmp_path
):
    phone.goto(site.url + "/verifier")
    for at, file in enumerate((STANDALONE, SECOND)):
        with phone.expect_download() as download:
            phone.click(f"a[download] >> nth={at}")
        download.value.save_as(tmp_path / file.name)
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        assert phone.get_by_text(digest).is_visible()
    papers = {"line": text(line(0)), "signed": text(paper(0))}
    for name, octets in {"night": written("full"), **papers}.items():
        (tmp_path / name).write_bytes(octets)

    words = ["night", "--mine", "line", "--acknowledged", "signed"]
    done = subprocess.run(
        [sys.executable, "-E", "-s", SECOND.name, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert [said.split(": ")[1] for said in done.stdout.splitlines()[-9:]] == [
        *LINE_CHECKS,
        *ACKNOWLEDGEMENT_CHECKS,
    ]
