"""Whatever a document or a person writes is shown as text; the rules of the pages allow nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from assistant import bootstrap, building
from assistant.config import Settings
from tests.browser.chatting import ask, overflow
from tests.browser.conftest import Visit, served
from tests.conftest import CORPUS

LONG = "Kraftfahrzeughaftpflichtversicherung" * 20
HOSTILE = f"""# Werft Nord <script>document.title = "taken"</script>

Die Werft Nord bietet Praktika für <img src=x onerror="document.title='taken'"> Lernende in Wilhelmsburg an.

Die Werft Nord erreicht man über [diesen Link](javascript:document.title='taken') oder <a href="javascript:alert(1)">jenen</a>.

Die Werft Nord schreibt \u202erückwärts\u202c und sehr lange Wörter: {LONG}.

{{{{ 7 * 7 }}}} und {{% raw %}} stehen in den Texten der Werft Nord.
"""


@pytest.fixture(scope="module")
def hostile_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that knows a document of somebody who means harm."""
    folder = tmp_path_factory.mktemp("uploads")
    (folder / "werft <nord>.md").write_text(HOSTILE, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("hostile"))
    stores = bootstrap.open_stores(settings)
    building.ingest_files([folder, CORPUS / "policy"], stores.documents, max_bytes=10**6)
    bootstrap.build_index(settings, stores.documents, progress=lambda step, done, total: None)
    with served(Path(settings.data_dir)) as address:
        yield address


def test_a_hostile_document_is_shown_harmlessly(visit: Visit, hostile_address: str) -> None:
    listed = httpx.get(f"{hostile_address}/api/v1/documents?q=Werft").json()["documents"]
    page = visit("/de/documents?edition=all", at=hostile_address, width=320)
    expect(page.get_by_text("Werft Nord").first).to_be_visible()
    for document in listed:
        page.goto(f"/documents/{document['id']}")
        assert overflow(page) == 0
        assert page.title() != "taken"
        assert page.locator("a[href^='javascript' i], main img, main script").count() == 0
        assert "49" not in page.locator(".sheet__body").inner_text()
    assert listed


def test_an_answer_from_a_hostile_document_is_shown_harmlessly(visit: Visit, hostile_address: str) -> None:
    page = visit(at=hostile_address, width=320)
    for question in (
        "Was bietet die Werft Nord an?",
        "Wie erreicht man die Werft Nord?",
        "Was schreibt die Werft Nord?",
    ):
        ask(page, question)
    assert page.title() != "taken"
    assert page.locator(".turn a[href^='javascript' i], .turn img, .turn script").count() == 0
    assert overflow(page) == 0


def test_what_a_person_types_is_shown_as_text(visit: Visit) -> None:
    page = visit()
    markup = '<img src="/x" onerror="document.title=1"><b>Hallo</b>'
    ask(page, markup)
    expect(page.locator(".turn__words")).to_have_text(markup)
    page.reload()
    expect(page.locator(".turn__words")).to_have_text(markup)
    assert page.locator(".turn img, .turn b").count() == 0
    plain = visit(java_script_enabled=False)
    plain.get_by_role("textbox", name="Ihre Frage").fill(markup)
    plain.get_by_role("button", name="Fragen", exact=True).click()
    expect(plain.locator(".turn__words")).to_have_text(markup)


@pytest.mark.parametrize(
    "path", ["/de/", "/en/documents", "/documents/funding/innofounder", "/de/widget", "/de/cluster-finder", "/x"]
)
def test_the_rules_allow_no_code_in_the_page_and_no_other_server(address: str, path: str) -> None:
    headers = httpx.get(address + path, headers={"Accept": "text/html"}).headers
    rules = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"] and "http" not in rules["connect-src"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers
