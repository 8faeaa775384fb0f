"""Usable by everybody: axe-core on every page and state, keyboard, small screens, zoom, languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chatting import ask, overflow
from tests.browser.conftest import WEB, Visit

PHONE = 320
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PATHS = [
    "", "cluster-finder", "funding-finder", "documents", "documents?q=Wasserstoff", "how-it-works", "accessibility", "privacy", "imprint",
    "widget", "api",
]  # fmt: skip
SHEET = "/documents/clusters/hamburg-aviation?p=0-60"


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page as it is now."""
    page.evaluate((WEB / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    assert found["passes"], "nothing was examined"
    return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]]


def talk(page: Page) -> None:
    """A conversation with every kind of reply, all quotations open."""
    ask(page, "Was unterscheidet PROFI Impuls von PROFI Transfer Plus?")
    ask(page, "Wie wird das Wetter in Barmbek?")
    ask(page, "Was ist Gesundheitswirtschaft Hamburg?")
    page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")
    page.get_by_role("button", name="Teilen").first.click()
    page.get_by_role("button", name="Ja").first.click()
    expect(page.get_by_role("textbox", name="Was war hilfreich?")).to_be_visible()


def confirm_deletion(page: Page) -> None:
    """The question before a conversation is deleted."""
    ask(page, "Was ist InnoFounder?")
    page.get_by_role("button", name="Mein Gespräch löschen").click()


def complain(page: Page) -> None:
    """A question that was not accepted."""
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator("#problem")).to_be_visible()


def match(page: Page) -> None:
    """A result with two clusters side by side, everything unfolded."""
    page.goto("/de/cluster-finder")
    page.locator(".finder__examples button").first.click()
    for number in range(2):
        page.locator(".result__compare input").nth(number).check()
        expect(page.locator(".finder__results")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator(".comparison")).to_be_visible()
    page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")


def fund(page: Page) -> None:
    """A result with programmes, a field that was refused, everything unfolded."""
    page.goto("/de/funding-finder")
    page.locator(".finder__examples button").nth(1).click()
    expect(page.locator(".result").first).to_be_visible()
    page.evaluate("for (const node of document.querySelectorAll('details')) node.open = true")


STATES: dict[str, Callable[[Page], None]] = {
    "conversation": talk,
    "dialog": confirm_deletion,
    "problem": complain,
    "clusters": match,
    "funding": fund,
}


@pytest.mark.parametrize(("language", "scheme"), [("de", "light"), ("de", "dark"), ("en", "light")])
def test_axe_finds_nothing_on_any_page(visit: Visit, language: str, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    for path in [f"/{language}/{path}" for path in PATHS] + [SHEET if language == "de" else SHEET.replace("?", ".en?")]:
        page.goto(path)
        assert violations(page) == [], path
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(visit: Visit, state: str, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    STATES[state](page)
    assert violations(page) == []


def test_axe_finds_nothing_where_something_is_missing(visit: Visit) -> None:
    page = visit("/de/nothing", may_complain=True)
    assert violations(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_runs_over_the_edge_of_a_small_phone_or_at_400_percent(visit: Visit, path: str) -> None:
    page = visit(f"/de/{path}", width=PHONE)  # 1280 pixels at 400 percent are 320
    assert overflow(page) == 0


def test_answers_and_results_do_not_run_over_the_edge_of_a_small_phone(visit: Visit) -> None:
    page = visit(width=PHONE)
    talk(page)
    ask(page, "Donaudampfschifffahrtsgesellschaft" * 12)
    assert overflow(page) == 0
    page.goto(SHEET)
    assert overflow(page) == 0
    for state in (match, fund):
        state(page)
        assert overflow(page) == 0


SHOWS_FOCUS = """() => [null, "::after"].some((part) => {
  const style = getComputedStyle(document.activeElement, part);
  return style.outlineStyle !== "none" || style.boxShadow !== "none";
})"""


@pytest.mark.parametrize("path", ["", "documents", "cluster-finder", "funding-finder"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(visit: Visit, path: str) -> None:
    page = visit(f"/de/{path}")
    controls = "a[href], button, input:not([type=hidden]), select, textarea, summary"
    expected = page.locator(controls).filter(visible=True).count()
    reached = 0
    for _ in range(expected + 20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate(SHOWS_FOCUS), page.evaluate("document.activeElement.outerHTML")
        reached += 1
    assert reached >= expected


def test_with_reduced_motion_nothing_moves(visit: Visit) -> None:
    page = visit(reduced_motion="reduce")
    ask(page, "Was ist InnoFounder?")
    moving = page.evaluate("document.getAnimations().length")
    assert moving == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_with_forced_colours_the_chosen_quotation_still_stands_out(visit: Visit) -> None:
    page = visit(forced_colors="active")
    ask(page, "Was ist InnoFounder?")
    page.locator(".cite").first.click()
    style = page.locator(".citation--chosen").evaluate("node => getComputedStyle(node).outlineStyle")
    assert style == "solid"
