"""What a machine can see of a page: axe-core, and measures that axe does not make."""

from typing import TYPE_CHECKING, Final

import pytest

from service.words.i18n import direction_of, words_in

if TYPE_CHECKING:
    from playwright.sync_api import Page

axe_playwright = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe-playwright-python is missing"
)

RULES: Final = {
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        "best-practice",
    ],
    "resultTypes": ["violations"],
}

MEASURES: Final = """
() => {
  const found = [];
  const say = (what, node) => found.push(what + ": " + node.outerHTML.slice(0, 110));
  const seen = (node) => {
    const box = node.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && node.checkVisibility();
  };
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) {
    say("scrolls sideways", page);
    for (const node of document.body.querySelectorAll("*")) {
      const box = node.getBoundingClientRect();
      if (seen(node) && (box.right > page.clientWidth + 1 || box.left < -1)
          && !node.closest(".table-box, .pre, .visually-hidden, .skip"))
        say("  sticks out", node);
    }
  }
  for (const node of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(node);
    if (!["hidden", "clip"].includes(style.overflowX) || !seen(node)) continue;
    if (node.closest("svg, select, .visually-hidden") || !node.innerText) continue;
    if (node.scrollWidth > node.clientWidth + 1
        || node.scrollHeight > node.clientHeight + 1) say("text is cut", node);
  }
  const small = "button, .button, select, summary, .link-row, .langs a, .choice label, "
    + "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea";
  for (const node of document.querySelectorAll(small)) {
    const box = node.getBoundingClientRect();
    const least = node.closest(".small") ? 24 : 43.5;
    if (seen(node) && !node.closest(".visually-hidden") && box.height < least)
      say("target of " + Math.round(box.height) + " px", node);
  }
  if (document.querySelectorAll("h1").length !== 1) say("not one title", page);
  if (document.querySelectorAll("main").length !== 1) say("not one main", page);
  return found;
}
"""


def faults(page: "Page") -> list[str]:
    """Return what axe-core finds, one line a node."""
    found = axe_playwright.Axe().run(page, options=RULES).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:120]}"
        for fault in found
        for node in fault["nodes"]
    ]


def measured(page: "Page") -> list[str]:
    """Return what sticks out, is cut off, or is too small to touch.

    A page that was only just sent for has no root yet, and no styles.
    """
    page.wait_for_load_state("load")
    found: list[str] = page.evaluate(MEASURES)
    return found


def spoken(page: "Page", language: str, *, is_error: bool) -> list[str]:
    """Return what is wrong with the language of a page and with its title."""
    told = page.evaluate(
        "[document.documentElement.lang, document.documentElement.dir, document.title]"
    )
    found = []
    if told[:2] != [language, direction_of(language)]:
        found.append(f"language {told[:2]}")
    prefix = words_in(language).gettext("Erreur : ")
    if page.locator(".error-summary").count() and not told[2].startswith(prefix):
        found.append(f"an error that the title does not tell: {told[2]!r}")
    if is_error and not told[2].strip():
        found.append("no title")
    return found


def flawless(page: "Page", name: str) -> None:
    """Fail unless a page is without a fault and within its measures."""
    assert not (found := faults(page) + measured(page)), f"{name}: {found}"
