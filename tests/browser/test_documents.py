"""The documents: found, read, quoted words highlighted."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit


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
        page.goto(f"/documents/{citation['document_id']}#p={citation['start']}-{citation['end']}")
        page.wait_for_url("**p=*#p")
        assert "".join(page.locator("mark").all_text_contents()) == citation["quote"]


def test_another_passage_of_the_same_document_moves_the_highlight(visit: Visit, address: str) -> None:
    sentences = httpx.get(f"{address}/api/v1/documents/funding/innofounder").json()["sentences"]
    page = visit(f"/documents/funding/innofounder#p={sentences[0]['start']}-{sentences[0]['end']}")
    page.wait_for_url("**p=*#p")
    first = page.locator("mark").text_content()
    page.evaluate(f"location.hash = 'p={sentences[9]['start']}-{sentences[9]['end']}'")
    expect(page.locator("mark")).not_to_have_text(first or "")
    expect(page.locator("mark")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_count(1)


def test_a_document_shows_its_whole_text_sources_and_versions(visit: Visit, address: str) -> None:
    document = httpx.get(f"{address}/api/v1/documents/clusters/hamburg-aviation").json()
    page = visit("/documents/clusters/hamburg-aviation")
    expect(page.locator("mark")).to_have_count(0)
    expect(page.locator(".sources li")).to_have_count(len(document["sources"]))
    expect(page.locator(".versions li")).to_have_count(len(document["versions"]))
    page.evaluate("for (const node of document.querySelectorAll('.source-mark')) node.remove()")
    shown = page.locator(".sheet__body").inner_text()
    canonical = re.sub(r"^- ", "", document["text"], flags=re.MULTILINE)
    assert "".join(canonical.split()) in "".join(shown.split())
    outline = page.get_by_role("navigation", name="Auf dieser Seite")
    outline.get_by_role("link").nth(1).click()
    expect(page.locator(":target")).to_be_in_viewport()
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/documents/clusters/hamburg-aviation.en")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_documents_are_listed_in_the_language_of_the_page_and_narrowed_down(visit: Visit, address: str) -> None:
    page = visit("/de/documents")
    total = httpx.get(f"{address}/api/v1/documents?language=de").json()["total"]
    expect(page.locator(".found__title")).to_have_count(total)
    page.get_by_label("Art").select_option("Cluster")
    page.get_by_label("Status heute").select_option("Beendet")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator(".found__title")).to_have_text([re.compile("^Gesundheitswirtschaft Hamburg")])
    page.get_by_label("Sprache des Dokuments").select_option("Deutsch und Englisch")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator(".found__title")).to_have_count(2)


def test_words_are_searched_and_lead_to_their_passage(visit: Visit) -> None:
    page = visit("/de/documents")
    page.get_by_label("Suchwörter").fill("Sedierung Wasserstoff Elektrolyse")
    page.keyboard.press("Enter")
    page.locator(".found__passage a").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_label("Suchwörter")).to_have_value("Sedierung Wasserstoff Elektrolyse")


def test_a_search_that_finds_nothing_says_how_to_go_on(visit: Visit) -> None:
    page = visit("/de/documents?q=Wasserstoff&kind=policy&status=ended")
    expect(page.get_by_text("0 Dokumente")).to_be_visible()
    page.get_by_role("link", name="Alle Dokumente anzeigen").click()
    expect(page.locator(".found__title").first).to_be_visible()


def test_what_is_not_there_is_said_to_be_missing(visit: Visit) -> None:
    page = visit("/documents/funding/nothing", may_complain=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Unter dieser Adresse gibt es nichts.")
    expect(page.get_by_role("link", name="Die Dokumente durchsuchen")).to_be_visible()


def test_a_quotation_of_a_version_that_is_gone_is_not_highlighted_elsewhere(visit: Visit) -> None:
    page = visit("/documents/funding/innofounder?v=000000000000&p=0-40#p")
    expect(page.get_by_text("nicht mehr gespeichert")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)
