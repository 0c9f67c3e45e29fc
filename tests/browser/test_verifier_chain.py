"""Several nights on the page: the three verifiers follow a chain alike.

And hold it alike against the commitments that somebody kept.
"""

import base64
import json
import random
import re

import pytest

import verify_tour_de_role as alone
import verify_tour_de_role_kept as alone_kept
from service.draw.canonical import canonical_bytes
from service.draw.verify import link_of, verify_chain
from service.web.pages.assets import STATIC
from service.web.pages.public.verifier_words import (
    CHAIN_CHECKS,
    CHECKS,
    KEPT_CHECKS,
)
from tests.annulments import MANY_BENT, annulment, bent
from tests.browser.conftest import opened
from tests.browser.journeys import fits
from tests.browser.looking import flawless
from tests.browser.test_verifier_page import ASK as ASK_NIGHTS
from tests.manipulations import SIGNED_AGAIN, with_the_key
from tests.property.test_draw_manipulations import (
    SIGNED,
    ours_together,
    theirs_together,
)
from tests.strategies_draw import transcript_of
from tests.unit.draw import edges
from tests.unit.draw.test_annulled import ours as judged_annulled
from tests.unit.draw.test_chain import SAID, nights, pool_on

ASK = """async ([address, sets]) => {
  const module = await import(address);
  const bytes = (file) => Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
  const answers = [];
  for (const files of sets) {
    const links = files.map((one) => module.linkOf(bytes(one)));
    const checks = await module.verifyChain(links);
    answers.push(checks.map((one) => [one.name, one.outcome]));
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def module_page(browser, site):
    pages = opened(browser, 1280, scripts=True)
    page = next(pages)
    page.goto(site.url + "/verifier")
    page.wait_for_selector("#verifier:not([hidden])")
    yield page
    pages.close()


def some_chain(seed):
    """Nights of two prefectures, some left out, renamed, or promised twice."""
    rng = random.Random(seed)
    given = [*nights("isere"), *nights("ain")]
    rng.shuffle(given)
    given = given[: rng.randrange(1, len(given) + 1)]
    for _ in range(rng.randrange(3)):
        night = rng.choice(given)
        kind = rng.randrange(4)
        if kind == 0:
            night["commitment"]["previous"] = rng.choice([None, "ab" * 32])
        elif kind == 1:
            odd = ["", "/", "isere", "isere/2026-11-02", "\U0001f600/1", "\uffff/1"]
            night["commitment"]["draw"] = rng.choice(odd)
        elif kind == 2:
            night["signature"]["key"] = "cd" * 32
        else:
            day = int(night["commitment"]["draw"][-2:] or 1) if "-" in str(night) else 1
            again = transcript_of(pool_on(max(day, 1)), previous=None)
            given.append(alone.parse(canonical_bytes(again.reduced())))
    return given


def test_the_three_follow_every_chain_alike(module_page):
    chains = [some_chain(seed) for seed in range(150)]
    address = module_page.locator("#verifier").get_attribute("data-module")
    coded = [
        [base64.b64encode(canonical_bytes(night)).decode() for night in chain]
        for chain in chains
    ]

    said = module_page.evaluate(ASK, [address, coded])

    outcomes = set()
    for chain, browsers in zip(chains, said, strict=True):
        ours = verify_chain([link_of(night) for night in chain])
        assert browsers == [[one.name, one.outcome] for one in ours]
        assert browsers == [
            [name, SAID[holds]]
            for name, holds, _ in alone_kept.chain_of(
                [alone_kept.night_of(one) for one in chain]
            )
        ]
        outcomes |= {outcome for _, outcome in browsers}
    assert outcomes == set(SAID.values())


ASK_TOGETHER = """async ([address, sets]) => {
  const module = await import(address);
  const bytes = (file) => Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
  const answers = [];
  for (const [files, kept] of sets) {
    const received = [];
    for (const one of kept) received.push(await module.keptOf(bytes(one)));
    const links = files.map((one) => module.linkOf(bytes(one)));
    const checks = [];
    for (const [at, file] of files.entries()) {
      const made = await module.verifyKept(received, links[at]);
      const said = await module.verify(bytes(file));
      checks.push(...said.map((one) => (one.name === "witness" ? made : one)));
    }
    checks.push(...await module.verifyChain(links));
    checks.push(await module.verifyWithheld(received, links, Infinity));
    answers.push(checks.map((one) => [one.name, one.outcome]));
  }
  return answers;
}"""


@pytest.mark.parametrize("kind", SIGNED_AGAIN)
def test_the_three_catch_alike_whoever_holds_the_key(module_page, kind):
    sets = [with_the_key(kind, seed) for seed in range(SIGNED)]
    address = module_page.locator("#verifier").get_attribute("data-module")
    coded = [
        [[base64.b64encode(one).decode() for one in part] for part in given]
        for given in sets
    ]

    said = module_page.evaluate(ASK_TOGETHER, [address, coded])

    for given, browsers in zip(sets, said, strict=True):
        together = [tuple(one) for one in browsers]
        assert together == ours_together(*given)[0] == theirs_together(*given)[0]
        assert any(outcome == "failed" for _, outcome in together)


ASK_EDGES = """async ([address, statements]) => {
  const module = await import(address);
  const answers = [];
  for (const one of statements) {
    try {
      answers.push((await module.keptOf(new TextEncoder().encode(one))) !== null);
    } catch (error) {
      if (!(error instanceof module.Refused)) throw error;
      answers.push(error.why === "nobody" ? false : error.why);
    }
  }
  return answers;
}"""


def test_the_browser_judges_every_edge_key_as_the_two_others_do(module_page):
    rows = json.loads(edges.FILE.read_text("utf-8"))
    address = module_page.locator("#verifier").get_attribute("data-module")
    statements = [json.dumps(row["statement"]) for row in rows]

    said = module_page.evaluate(ASK_EDGES, [address, statements])

    assert said == [row["holds"] for row in rows]


def test_the_three_judge_every_annulled_night_alike(module_page):
    found = [bent(nights()[2], seed) for seed in range(MANY_BENT)]
    address = module_page.locator("#verifier").get_attribute("data-module")
    coded = [base64.b64encode(canonical_bytes(one)).decode() for one in found]

    said = module_page.evaluate(ASK_NIGHTS, [address, coded])

    assert [one and [tuple(each) for each in one] for one in said] == [
        judged_annulled(one) for one in found
    ]


def test_a_person_sees_that_a_night_was_annulled(module_page, tmp_path):
    module_page.reload()
    module_page.wait_for_selector("#verifier:not([hidden])")
    given = nights()
    module_page.set_input_files("#gardes", kept_files(tmp_path, given))
    given[2] = annulment(given[2])
    module_page.set_input_files("#fichier", files_of(tmp_path, given))
    module_page.wait_for_selector("#verdict:not([hidden])")

    assert rows(module_page) == [
        "not made" if at == 2 else "passed" for at in range(12)
    ]
    shown = module_page.locator("#resultats [data-resultat='not made']")
    assert "la liste a été abîmée" in shown.inner_text()
    flawless(module_page, "an annulled night")
    module_page.reload()
    module_page.wait_for_selector("#verifier:not([hidden])")


def kept_files(tmp_path, given):
    """What an auditor kept of some nights, one file each."""
    paths = []
    for night in given:
        path = tmp_path / f"{night['commitment']['draw'][-10:]}.commitment.json"
        signed = {name: night[name] for name in ("spec", "commitment", "signature")}
        path.write_bytes(canonical_bytes(signed))
        paths.append(str(path))
    return paths


def test_a_person_adds_what_they_kept_and_sees_the_night_that_is_missing(
    module_page, tmp_path
):
    module_page.reload()
    module_page.wait_for_selector("#verifier:not([hidden])")
    given = nights()
    module_page.set_input_files("#gardes", kept_files(tmp_path, given))
    module_page.set_input_files("#fichier", files_of(tmp_path, given))
    module_page.wait_for_selector("#verdict:not([hidden])")

    assert rows(module_page) == ["passed"] * 12
    assert KEPT_CHECKS["withheld"] in module_page.locator("#resultats").inner_text()
    shown = module_page.locator("#resultats").inner_text()
    assert len(re.findall(r"Non faits\s: 0\.", shown)) == 5
    flawless(module_page, "nothing withheld")

    module_page.set_input_files("#fichier", files_of(tmp_path, given[:-1]))
    module_page.wait_for_selector("#verdict.verdict--fail")
    assert rows(module_page)[-1] == "failed"
    assert "isere/2026-11-05" in module_page.locator("#verdict").inner_text()

    one = files_of(tmp_path, given[:1])
    module_page.set_input_files("#fichier", one)
    module_page.wait_for_selector("#verdict:not(.verdict--fail)")
    assert rows(module_page).count("passed") == 14

    none = tmp_path / "none.json"
    none.write_bytes(b"{}")
    module_page.set_input_files("#gardes", str(none))
    module_page.wait_for_selector("#verdict.verdict--fail")
    assert "none.json" in module_page.locator("#verdict").inner_text()
    module_page.reload()
    module_page.wait_for_selector("#verifier:not([hidden])")


def files_of(tmp_path, given):
    paths = []
    for night in given:
        path = tmp_path / f"{night['commitment']['draw'].replace('/', '-')}.json"
        path.write_bytes(canonical_bytes(night))
        paths.append(str(path))
    return paths


def rows(page):
    shown = page.locator("#resultats li")
    return [shown.nth(at).get_attribute("data-resultat") for at in range(shown.count())]


def test_a_person_picks_several_nights_and_sees_that_they_follow(module_page, tmp_path):
    module_page.set_input_files("#fichier", files_of(tmp_path, nights()))
    module_page.wait_for_selector("#verdict:not([hidden])")

    assert rows(module_page) == ["passed"] * 11
    assert "5" in module_page.locator("#verdict h2").inner_text()
    assert CHECKS["previous"] in module_page.locator("#resultats").inner_text()
    assert CHAIN_CHECKS["keys"] in module_page.locator("#resultats").inner_text()
    flawless(module_page, "a chain")
    module_page.set_viewport_size({"width": 320, "height": 700})
    assert fits(module_page)
    module_page.set_viewport_size({"width": 1280, "height": 900})


def test_a_person_sees_a_night_left_out_and_a_file_that_is_none(module_page, tmp_path):
    given = nights()
    paths = files_of(tmp_path, [*given[:2], *given[3:]])
    module_page.set_input_files("#fichier", paths)
    module_page.wait_for_selector("#resultats [data-resultat=failed]")

    assert rows(module_page).count("failed") == 1
    assert "isere/2026-11-04" in module_page.locator("#verdict").inner_text()

    none = tmp_path / "none.json"
    none.write_bytes(b"{}")
    module_page.set_input_files("#fichier", [*files_of(tmp_path, given), str(none)])
    module_page.wait_for_selector("#verdict:has-text('none.json')")

    assert len(rows(module_page)) == 12
    assert rows(module_page).count("failed") == 1


def test_the_module_names_no_other_site():
    for name in ("verifier.js", "verifier_page.js"):
        text = (STATIC / name).read_text("utf-8")
        for word in ("fetch(", "XMLHttp", "WebSocket", "://", "eval(", "innerHTML"):
            assert word not in text, (name, word)
