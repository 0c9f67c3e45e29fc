"""Three verifiers of one mind: the program, the file for everybody, the page.

The page's module is loaded once in Chromium and asked about every published night
and about hundreds of manipulated ones; then the page itself is used by hand.
"""

import base64
import re
import subprocess
import sys

import pytest

import verify_tour_de_role as alone
from service.draw.canonical import canonical_bytes, parse_strict
from service.draw.verify import verify, verify_line
from service.web.pages.public.verifier import STANDALONE
from service.web.pages.public.verifier_words import CHECKS, LINE_CHECKS
from tests.browser.conftest import opened
from tests.browser.journeys import fits
from tests.browser.looking import flawless
from tests.manipulations import MANIPULATIONS, manipulated
from tests.property.test_draw_manipulations import (
    BITS,
    EACH,
    POOLS,
    night,
    ours,
    theirs,
    whole,
)
from tests.strategies_draw import (
    DRAW_VECTORS,
    LABELS,
    entry,
    is_signed,
    lines_of,
    one_bit_changed,
    pool_of,
    transcript_of,
)

ASK = """async ([address, files]) => {
  const module = await import(address);
  const answers = [];
  for (const file of files) {
    const bytes = Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
    try {
      answers.push((await module.verify(bytes)).map((one) => [one.name, one.outcome]));
    } catch (error) {
      if (!(error instanceof module.Refused)) throw error;
      answers.push(null);
    }
  }
  return answers;
}"""


@pytest.fixture(scope="module")
def module_page(browser, site):
    """The page of the site, whose policy lets only scripts of its own run."""
    pages = opened(browser, 1280, scripts=True)
    page = next(pages)
    page.goto(site.url + "/verifier")
    yield page
    pages.close()


@pytest.fixture
def ask(module_page):
    """What the browser says of each text: name and outcome of each check, or None."""

    def asked(texts, script=ASK):
        address = module_page.locator("#verifier").get_attribute("data-module")
        files = [base64.b64encode(text).decode() for text in texts]
        answers = module_page.evaluate(script, [address, files])
        return [said and [tuple(one) for one in said] for said in answers]

    return asked


def agree(ask, texts):
    """Every text finds the three of one mind; return what they said."""
    said = ask(texts)
    for at, (text, browsers) in enumerate(zip(texts, said, strict=True)):
        assert browsers == ours(text)[0], (at, text[:200])
        assert browsers == theirs(text)[0], (at, text[:200])
    return said


def fails(said):
    return said is None or any(outcome == "failed" for _, outcome in said)


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_the_three_find_every_published_night_in_order(ask, form):
    stems = [path.stem for path in DRAW_VECTORS]
    texts = [canonical_bytes(getattr(night(stem), form)()) for stem in stems]

    assert not any(fails(said) for said in agree(ask, texts))


@pytest.mark.parametrize("kind", MANIPULATIONS)
def test_the_three_catch_a_manipulation_at_the_same_checks(ask, kind):
    texts = [
        manipulated(night(POOLS[seed % len(POOLS)]).full(), kind, seed)
        for seed in range(EACH)
    ]

    assert all(fails(said) for said in agree(ask, texts))


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_the_three_judge_every_changed_bit_alike(ask, form):
    texts = [one_bit_changed(whole(form, seed), seed) for seed in range(BITS)]

    said = agree(ask, texts)
    # What a reduced one cannot show is named by the test of the two others.
    assert form == "reduced" or all(fails(one) for one in said)


def spelled(change):
    """A published night whose text was changed by hand."""
    text = canonical_bytes(night("07-family-pinned").full()).decode()
    assert change(text) != text
    return change(text).encode("utf-8", "surrogatepass")


def with_ruleset(spelling):
    ruleset = re.compile(r'"ruleset":\{.*?\}')
    return lambda text: ruleset.sub(lambda _: f'"ruleset":{spelling}', text)


ODD_TEXTS = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b'"transcript"',
    b"\xff",
    b"\xef\xbb\xbf{}",
    b"[" * 100_000,
    b'{"a":1' + b"0" * 100_000 + b"}",
    spelled(lambda text: text + " \n"),
    spelled(lambda text: "\ufeff" + text),
    spelled(lambda text: text + "x"),
    spelled(lambda text: text.replace(":", ": ", 1)),
    spelled(lambda text: text.replace('"spec"', '"sp\\u0065c"', 1)),
    spelled(lambda text: text.replace("{", '{"spec":"tour-de-role/draw/1",', 1)),
    spelled(lambda text: text.replace('"size":1', '"size":1.0', 1)),
    spelled(lambda text: text.replace('"size":1', '"size":1e0', 1)),
    spelled(lambda text: text.replace('"size":1', '"size":01', 1)),
    spelled(lambda text: text.replace('"size":1', '"size":true', 1)),
    spelled(lambda text: text.replace('"band":0', '"band":-0', 1)),
    spelled(with_ruleset('{"__proto__":1,"constructor":{"é":"\\ud83d\\ude00"}}')),
    spelled(with_ruleset('{"\\ud83d":1}')),
    spelled(with_ruleset('{"a":9007199254740991,"b":-9007199254740991}')),
    spelled(with_ruleset('{"a":9007199254740992}')),
    spelled(with_ruleset('{"a":NaN}')),
    spelled(with_ruleset('{"a":"\t"}')),
    spelled(with_ruleset('{"\ue000":1,"\U00010000":2,"a\\u2028\\u007f":"\\/\\b"}')),
    spelled(with_ruleset("[]")),
    spelled(with_ruleset('{"a":' + "[" * 98 + "1" + "]" * 98 + "}")),
    spelled(with_ruleset('{"a":' + "[" * 98 + '"\\u0061"' + "]" * 98 + "}")),
    spelled(with_ruleset('{"a":' + "[" * 99 + "]" * 99 + "}")),
    spelled(with_ruleset('{"a":' + "[" * 200 + "]" * 200 + "}")),
    spelled(lambda text: text.replace("isere/2026-11-23", "isere/2026-02-29")),
    spelled(lambda text: text.replace("T09:00", "T24:00")),
]


def test_the_three_read_odd_texts_alike(ask):
    said = agree(ask, ODD_TEXTS)

    assert said[:9] == [None] * 9
    assert not fails(said[9])


def test_names_that_utf_16_orders_otherwise_stay_in_the_rules_order(ask):
    pool = pool_of([1, 1], [([0], [])], [entry(LABELS[0], quotas=[])])
    pool["slots"][0]["slot"], pool["slots"][1]["slot"] = "\uffee", "\U0001f319"
    pool["slots"][1]["starts_at"] = pool["slots"][0]["starts_at"]
    pool["classes"]["c0"]["in_time"] = ["\uffee", "\U0001f319"]

    [said] = agree(ask, [canonical_bytes(transcript_of(pool).full())])

    assert not fails(said)


def test_a_public_beacon_is_left_to_who_can_check_it(ask):
    found = night("09-quota").full()
    found["beacon"]["chain"] = "52db9ba7"
    found["commitment"]["beacon"]["chain"] = "52db9ba7"

    [said] = agree(ask, [canonical_bytes(found)])

    assert dict(said)["beacon"] == "not made"
    assert dict(said)["order"] == "not made"


def test_a_beacons_signature_of_twenty_megabytes_is_read_by_all(ask):
    found = night("09-quota").full()
    found["beacon"]["signature"] = "@"
    short = canonical_bytes(found)
    found["beacon"]["signature"] = "ab" * 10_000_000
    longer = "btoa(atob(short).replace('@', 'ab'.repeat(10_000_000)))"  # there: quick
    script = f"([address, [short]]) => ({ASK})([address, [{longer}]])"

    [said] = agree(lambda _: ask([short], script), [canonical_bytes(found)])

    assert dict(said)["randomness"] == "failed"


def test_the_checks_of_the_page_are_those_of_the_program(module_page):
    names = [check.name for check in verify(night("09-quota").full())]
    address = module_page.locator("#verifier").get_attribute("data-module")

    assert list(CHECKS) == names
    assert module_page.evaluate("async (a) => (await import(a)).CHECKS", address) == (
        names
    )


ASK_LINES = """async ([address, night, lines]) => {
  const module = await import(address);
  const bytes = (file) => Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
  const answers = [];
  for (const line of lines) {
    try {
      const checks = await module.verifyLine(bytes(line), bytes(night));
      answers.push(checks.map((one) => [one.name, one.outcome]));
    } catch (error) {
      if (!(error instanceof module.Refused)) throw error;
      answers.push(null);
    }
  }
  return answers;
}"""


def line_said(text, transcript):
    try:
        checks = verify_line(parse_strict(text), parse_strict(transcript))
    except ValueError:
        return None
    return [[check.name, check.outcome] for check in checks]


@pytest.mark.parametrize("form", ["full", "reduced"])
def test_the_page_judges_every_own_line_as_the_program_does(module_page, form):
    played = night("22-random-40")
    transcript = canonical_bytes(getattr(played, form)())
    lines = lines_of(played)
    texts = [canonical_bytes(lines.line(one.label)) for one in played.pool.entries]
    texts += [one_bit_changed(texts[at % len(texts)], at) for at in range(60)]
    address = module_page.locator("#verifier").get_attribute("data-module")
    coded = [base64.b64encode(text).decode() for text in (transcript, *texts)]

    said = module_page.evaluate(ASK_LINES, [address, coded[0], coded[1:]])

    assert said == [line_said(text, transcript) for text in texts]
    assert all(outcome == "passed" for one in said[:40] for _, outcome in one)
    assert [name for name, _ in said[0]] == list(LINE_CHECKS)


def test_a_person_adds_their_own_line(verifier, tmp_path):
    played = night("22-random-40")
    text = canonical_bytes(played.reduced())
    line = canonical_bytes(lines_of(played).line(played.pool.entries[3].label))
    verifier.set_input_files("#ligne", transcript_file(tmp_path / "l.json", line))
    verifier.set_input_files("#fichier", transcript_file(tmp_path / "n.json", text))
    verifier.wait_for_selector("#verdict:not([hidden])")

    assert verifier.locator("#resultats li").count() == 19
    assert verifier.locator("#resultats [data-resultat=passed]").count() == 11
    flawless(verifier, "own line")


def transcript_file(path, text):
    path.write_bytes(text)
    return str(path)


def opened_on(page, site):
    page.goto(site.url + "/verifier")
    page.wait_for_selector("#verifier:not([hidden])")
    return page


@pytest.fixture
def verifier(module_page, site):
    return opened_on(module_page, site)


def test_a_person_picks_a_file_and_sees_each_check(looked_at, site, tmp_path):
    verifier = opened_on(looked_at, site)
    asked = []
    verifier.on("request", lambda request: asked.append(request.url))
    text = canonical_bytes(night("22-random-40").full())

    verifier.set_input_files("#fichier", transcript_file(tmp_path / "n.json", text))
    verifier.wait_for_selector("#verdict:not([hidden])")

    shown = verifier.locator("#resultats li")
    assert [shown.nth(at).get_attribute("data-resultat") for at in range(15)] == [
        outcome for _, outcome in ours(text)[0]
    ]
    assert "13 contrôles" in verifier.locator("#verdict h2").inner_text()
    assert "{" not in verifier.locator("#verifier").inner_text()
    assert asked == []
    flawless(verifier, "all checks hold")


def test_a_person_sees_the_first_difference(verifier, tmp_path):
    text = manipulated(night("22-random-40").full(), "a ticket made the first", 1)

    verifier.set_input_files("#fichier", transcript_file(tmp_path / "n.json", text))
    verifier.wait_for_selector("#verdict.verdict--fail")

    failed = verifier.locator("#resultats [data-resultat=failed]")
    assert CHECKS["tickets"] in failed.first.inner_text()
    assert "0" * 64 in failed.first.inner_text()
    flawless(verifier, "a check fails")


def test_a_person_is_told_what_is_no_transcript(verifier, tmp_path):
    verifier.set_input_files("#fichier", transcript_file(tmp_path / "n.json", b"{}"))
    verifier.wait_for_selector("#verdict.verdict--fail")

    assert "spec" in verifier.locator("#verdict p").inner_text()
    assert fits(verifier)


def test_a_file_can_be_dropped(verifier):
    text = canonical_bytes(night("09-quota").reduced()).decode()
    dropped = verifier.evaluate_handle(
        """text => {
          const carried = new DataTransfer();
          carried.items.add(new File([text], "n.json"));
          return carried;
        }""",
        text,
    )
    verifier.dispatch_event("#depot", "drop", {"dataTransfer": dropped})
    verifier.wait_for_selector("#verdict:not([hidden])")

    assert verifier.locator("#resultats [data-resultat=passed]").count() == 7


def test_without_javascript_the_page_gives_the_file_that_verifies(
    site, phone, tmp_path
):
    phone.goto(site.url + "/verifier")
    assert phone.locator("#sans-script").is_visible()
    assert not phone.locator("#verifier").is_visible()
    with phone.expect_download() as download:
        phone.click("a[download]")
    kept = tmp_path / STANDALONE.name
    download.value.save_as(kept)
    published = transcript_file(
        tmp_path / "n.json", canonical_bytes(night("09-quota").full())
    )

    assert kept.read_bytes() == STANDALONE.read_bytes()
    done = subprocess.run(
        [sys.executable, "-I", str(kept), published], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_five_thousand_registrations_take_seconds(module_page):
    classes = [
        (list(range(at, 28, 1 + at % 3)), list(range(0, at, 2))) for at in range(12)
    ]
    rows = [
        entry(f"{at:04x}" * 16, f"c{at % 12}", band=at % 4, size=1 + (at % 20 == 0))
        for at in range(5_000)
    ]
    text = canonical_bytes(transcript_of(pool_of([18] * 28, classes, rows)).full())
    address = module_page.locator("#verifier").get_attribute("data-module")
    asked = "async (all) => { const began = performance.now();"
    asked += f"const [said] = await ({ASK})(all);"
    asked += "return [said, performance.now() - began]; }"

    said, took = module_page.evaluate(
        asked, [address, [base64.b64encode(text).decode()]]
    )

    checks = verify(parse_strict(text), check_signature=is_signed)
    assert [tuple(one) for one in said] == [(one.name, one.outcome) for one in checks]
    assert took < 20_000  # two seconds on the machine it was written on


def test_the_file_for_everybody_says_the_same_names(capsys, tmp_path):
    text = canonical_bytes(night("09-quota").reduced())
    alone.main([transcript_file(tmp_path / "n.json", text)])

    said = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in said] == list(CHECKS)
