"""The page as a person uses it: asks, reads, follows a quotation to its place, asks on, deletes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"
PHONE = 320


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole answer."""
    before = page.locator(".turn[data-status]").count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn[data-status]")).to_have_count(before + 1)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_question_is_asked_and_its_quotation_opened_with_the_keyboard_alone(visit: Visit, address: str) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zur Frage springen")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(AMOUNT)
    page.keyboard.press("Enter")
    answer = page.locator(".turn .answer")
    expect(answer).to_contain_text("2.500 Euro je Person und Monat")
    expect(page.get_by_role("status")).to_have_text("Antwort ist da.")
    expect(page.get_by_role("textbox")).to_have_value("")
    expect(page.get_by_role("heading", name=AMOUNT)).to_be_visible()

    first = page.get_by_role("button", name="Beleg 1")
    for _ in range(30):
        page.keyboard.press("Tab")
        if first.evaluate("node => node === document.activeElement"):
            break
    expect(page.locator(".quotations blockquote").first).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".quotations blockquote").first).to_be_visible()
    conversation = page.evaluate("sessionStorage.getItem('conversation')")
    reply = httpx.get(f"{address}/api/v1/conversations/{conversation}").json()["turns"][0]["reply"]
    assert page.locator(".quotations blockquote").all_text_contents() == [c["quote"] for c in reply["citations"]]
    source = page.locator(".quotations li").first.get_by_role("link").first
    expect(source).to_have_attribute("href", reply["citations"][0]["url"])
    expect(page.locator(".quotations li").first).to_contain_text("Stand")


def test_shift_and_enter_begin_a_new_line(visit: Visit) -> None:
    page = visit()
    page.get_by_role("textbox").focus()
    page.keyboard.type("Eins")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("zwei")
    expect(page.get_by_role("textbox")).to_have_value("Eins\nzwei")
    expect(page.locator(".turn")).to_have_count(0)


def test_a_quotation_leads_to_its_place_in_the_document(visit: Visit) -> None:
    page = visit()
    ask(page, AMOUNT)
    page.get_by_role("button", name="Beleg 1").click()
    quote = page.locator(".quotations blockquote").first.text_content()
    page.locator(".quotations li").first.get_by_role("link", name="Im Faktenblatt zeigen").click()
    page.wait_for_url(re.compile("/documents/funding/innofounder#q="))
    marked = page.locator("mark")
    expect(marked).to_have_text(quote or "")
    expect(marked).to_be_in_viewport()
    expect(page.get_by_role("heading", level=1)).to_have_text("InnoFounder")
    page.get_by_role("link", name="Zurück zu den Fragen").click()
    expect(page.locator(".turn .answer")).to_contain_text("2.500 Euro"), "the conversation is still there"


@pytest.mark.parametrize(
    "question",
    [
        "Welche Cluster gibt es in Hamburg?",
        "What is the difference between PROFI Impuls and PROFI Transfer Plus?",
        "Wie erreicht man Hamburg Aviation?",
    ],
)
def test_exactly_the_quoted_words_are_highlighted(visit: Visit, address: str, question: str) -> None:
    reply = httpx.post(f"{address}/api/v1/ask", json={"question": question}).json()
    page = visit()
    assert reply["citations"]
    for citation in reply["citations"][:6]:
        page.goto("about:blank")  # another place in the same document would not load it anew
        page.goto(f"/documents/{citation['document_id']}#q={citation['start']}-{citation['end']}")
        page.locator("mark").first.wait_for()
        assert "".join(page.locator("mark").all_text_contents()) == citation["quote"]


def test_another_quotation_of_the_same_document_moves_the_highlight(visit: Visit, address: str) -> None:
    sentences = httpx.get(f"{address}/api/v1/documents/funding/innofounder").json()["sentences"]
    page = visit(f"/documents/funding/innofounder#q={sentences[0]['start']}-{sentences[0]['end']}")
    first = page.locator("mark").text_content()
    page.evaluate(f"location.hash = 'q={sentences[9]['start']}-{sentences[9]['end']}'")
    expect(page.locator("mark")).not_to_have_text(first or "")
    expect(page.locator("mark")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_count(1)


def test_a_fact_sheet_shows_its_whole_text_and_sources(visit: Visit, address: str) -> None:
    document = httpx.get(f"{address}/api/v1/documents/clusters/hamburg-aviation").json()
    page = visit("/documents/clusters/hamburg-aviation")
    expect(page.get_by_role("heading", name="Quellen")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
    page.evaluate("for (const node of document.querySelectorAll('#sheet sup, #sheet .meta')) node.remove()")
    shown = page.locator("#sheet").inner_text()
    canonical = re.sub(r"^- ", "", document["text"], flags=re.MULTILINE)
    assert "".join(canonical.split()) in "".join(shown.split())
    assert page.locator("#sheet ol li").count() == len(document["sources"])
    page.goto("/documents/clusters/hamburg-aviation")
    page.get_by_role("link", name="English version").click()
    page.wait_for_url("**/documents/clusters/hamburg-aviation.en")
    expect(page.locator("#sheet")).to_have_attribute("lang", "en")


def test_all_fact_sheets_are_listed_in_the_language_of_the_page(visit: Visit, address: str) -> None:
    page = visit()
    page.get_by_role("link", name="Alle Faktenblätter").click()
    total = httpx.get(f"{address}/api/v1/documents?language=de").json()["total"]
    expect(page.locator("#sheet li a")).to_have_count(total)
    page.get_by_role("link", name="InnoFounder", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("InnoFounder")


def test_an_unknown_fact_sheet_is_said_to_be_missing(visit: Visit) -> None:
    page = visit("/documents/funding/nothing", may_complain=True)
    expect(page.get_by_role("status")).to_have_text("Dieses Faktenblatt gibt es nicht.")


# --- conversations ---------------------------------------------------------------------------------------------------


def test_a_conversation_goes_on_survives_a_reload_and_can_be_deleted(visit: Visit, address: str) -> None:
    page = visit()
    expect(page.get_by_role("button", name="Gespräch löschen")).to_be_hidden()
    ask(page, AMOUNT)
    ask(page, "Und wie lange?")
    newest = page.locator(".turn").first
    expect(newest.locator(".rewritten")).to_contain_text("InnoFounder")
    expect(newest.locator(".answer")).to_contain_text("18 Monate")
    before = page.locator(".turn .answer").all_inner_texts()

    page.reload()
    expect(page.locator(".turn[data-status]")).to_have_count(2)
    assert page.locator(".turn .answer").all_inner_texts() == before

    conversation = page.evaluate("sessionStorage.getItem('conversation')")
    page.get_by_role("button", name="Gespräch löschen").click()
    expect(page.get_by_role("status")).to_have_text("Das Gespräch ist gelöscht.")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_be_focused()
    assert httpx.get(f"{address}/api/v1/conversations/{conversation}").status_code == 404
    page.reload()
    expect(page.get_by_role("heading", name="Zum Beispiel")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_a_new_conversation_forgets_the_old_one(visit: Visit) -> None:
    page = visit()
    ask(page, AMOUNT)
    page.get_by_role("button", name="Neues Gespräch").click()
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "Und wie lange?")
    expect(page.locator(".turn .rewritten")).to_be_hidden()


def test_an_example_and_a_suggestion_are_asked_with_one_click(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Wie hoch ist der Zuschuss bei InnoFounder?").click()
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    suggestion = page.locator(".suggestions button").first
    question = suggestion.text_content() or ""
    suggestion.click()
    expect(page.locator(".turn[data-status]")).to_have_count(2)
    expect(page.locator(".turn .asked").first).to_have_text(question)


def test_what_a_person_types_is_shown_as_text(visit: Visit) -> None:
    page = visit()
    markup = '<img src="/x" onerror="document.title=1"><b>Hallo</b>'
    ask(page, markup)
    expect(page.locator(".turn .asked")).to_have_text(markup)
    assert page.locator(".turn img, .turn b").count() == 0


# --- when something is wrong -----------------------------------------------------------------------------------------


def test_an_answer_that_is_cut_off_goes_on_where_it_was(visit: Visit) -> None:
    page = visit()
    asked: list[str | None] = []

    def cut_the_first(route: Route) -> None:
        asked.append(route.request.headers.get("last-event-id"))
        if len(asked) > 1:
            route.continue_()
            return
        whole = route.fetch()
        events = whole.text().split("\r\n\r\n")
        route.fulfill(response=whole, body="\r\n\r\n".join(events[:7]) + "\r\n\r\nid: cut")

    page.route("**/ask/stream", cut_the_first)
    ask(page, AMOUNT)
    assert asked[0] is None
    assert re.fullmatch(r"[0-9a-f-]{36}:\d+", asked[1] or "")
    answer = page.locator(".turn .answer")
    expect(answer).to_contain_text("2.500 Euro je Person und Monat")
    assert answer.inner_text().count("2.500 Euro je Person und Monat") == 1
    assert len(asked) == 2


def test_without_the_service_the_question_is_kept_and_the_person_told(visit: Visit) -> None:
    page = visit(may_complain=True)
    page.route("**/ask/stream", lambda route: route.abort())
    page.get_by_role("textbox").fill(AMOUNT)
    page.get_by_role("button", name="Fragen").click()
    expect(page.get_by_role("status")).to_contain_text("nicht erreichbar")
    expect(page.get_by_role("textbox")).to_have_value(AMOUNT)
    expect(page.locator(".turn")).to_have_count(0)
    page.unroute_all()
    page.get_by_role("button", name="Fragen").click()
    expect(page.locator(".turn[data-status]")).to_have_count(1)


@pytest.mark.parametrize(
    ("status", "message", "shown"),
    [(429, "Too many.", "Zu viele Fragen auf einmal"), (503, "Gerade nicht.", "Gerade nicht.")],
)
def test_a_refusal_is_shown_and_the_question_kept(visit: Visit, status: int, message: str, shown: str) -> None:
    page = visit(may_complain=True)
    error = {"code": "x", "message": message, "request_id": "x", "details": {}}
    page.route("**/ask/stream", lambda route: route.fulfill(status=status, json={"error": error}))
    page.get_by_role("textbox").fill(AMOUNT)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(shown)
    expect(page.get_by_role("textbox")).to_have_value(AMOUNT)


# --- language and looks ----------------------------------------------------------------------------------------------


def test_the_page_changes_its_language_and_remembers_it(visit: Visit) -> None:
    page = visit()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    ask(page, AMOUNT)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions on clusters and funding in Hamburg")
    expect(page.get_by_text("Quotations word for word")).to_be_visible()
    expect(page.get_by_role("button", name="Quotation 1")).to_be_visible()
    expect(page.get_by_role("button", name="English")).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("button", name="Fragen")).to_be_visible()


@pytest.mark.parametrize(("locale", "language"), [("de-AT", "de"), ("en-GB", "en"), ("fr-FR", "en")])
def test_the_page_begins_in_the_language_of_the_browser(visit: Visit, locale: str, language: str) -> None:
    expect(visit(locale=locale).locator("html")).to_have_attribute("lang", language)


def test_every_text_exists_in_both_languages(visit: Visit) -> None:
    page = visit()
    texts: dict[str, dict[str, Any]] = page.evaluate("TEXTS")
    assert texts["de"].keys() == texts["en"].keys()
    used = set(page.locator("[data-text]").evaluate_all("nodes => nodes.map(node => node.dataset.text)"))
    used |= {key for path in Path("bots/web").glob("*.js") for key in re.findall(r'\bt\("(\w+)"\)', path.read_text())}
    assert len(used) > 30
    assert used <= texts["de"].keys()


def test_the_page_says_how_long_conversations_are_kept(visit: Visit, address: str) -> None:
    days = httpx.get(f"{address}/api/v1/service").json()["retention_days"]
    expect(visit().locator("footer")).to_contain_text(f"{days} Tage lang gespeichert")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_over_the_edge_of_a_small_phone(visit: Visit, scheme: str) -> None:
    page = visit(width=PHONE, color_scheme=scheme)
    assert overflow(page) == 0
    ask(page, "Was unterscheidet PROFI Impuls von PROFI Transfer Plus?")
    ask(page, "Donaudampfschifffahrtsgesellschaft" * 12)
    for summary in page.locator(".quotations:not([hidden]) summary").all():
        summary.click()
    assert overflow(page) == 0
    page.get_by_role("button", name="English").click()
    assert overflow(page) == 0
    for path in ("/documents/clusters/erneuerbare-energien-hamburg", "/document.html"):
        page.goto(path)
        page.locator("#sheet h2").first.wait_for()
        assert overflow(page) == 0


CONTRAST = """nodes => {
  const channel = (value) => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const colour = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const found = colour(getComputedStyle(node).backgroundColor);
      if (found.length < 4 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  return nodes.filter((node) => node.checkVisibility() && node.textContent.trim()).map((node) => {
    const [light, dark] = [luminance(colour(getComputedStyle(node).color)), luminance(ground(node))].sort((a, b) => b - a);
    return [node.textContent.trim().slice(0, 40), (light + 0.05) / (dark + 0.05)];
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(visit: Visit, scheme: str) -> None:
    page = visit(color_scheme=scheme)
    ask(page, "Was ist InnoFounder?")
    ask(page, "Wie wird das Wetter?")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, re.findall(r"\d+", ground)[:3])) < 200) == (scheme == "dark")
    page.locator(".quotations:not([hidden]) summary").first.click()
    texts = "h1, h2, p, li, a, button, label, summary, blockquote, textarea, mark, sup, .badge, .number, span"
    measured = page.locator(texts).evaluate_all(CONTRAST)
    page.goto("/documents/funding/innofounder#q=0-60")
    page.locator("mark").first.wait_for()
    measured += page.locator(texts).evaluate_all(CONTRAST)
    assert len(measured) > 60
    assert [found for found in measured if found[1] < 4.5] == []
