"""What a person meets where a language model words the answers: they may be stopped on the way, and their style is chosen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.chatting import AMOUNT, ask, overflow
from tests.browser.conftest import PATIENCE_MS, Visit
from tests.browser.test_accessibility import violations
from tests.model_server.server import ModelServer

PAUSE_S = 0.15
"""Between two pieces of an answer: it is seen while it is written."""
STYLES = [
    "Standard", "Einfache Sprache: kurze Sätze", "Kurz: ein bis zwei Sätze", "Ausführlich: Bedingungen, Fristen",
    "Brief: für ein Schreiben",
]  # fmt: skip


@pytest.fixture
def slowly(model: ModelServer) -> Iterator[None]:
    """The model takes its time."""
    model.pause_s = PAUSE_S
    yield
    model.pause_s = 0.0


def ask_and_read(page: Page) -> None:
    """Ask, and wait for the first words of an answer that goes on."""
    page.get_by_role("textbox", name="Ihre Frage").fill(AMOUNT)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("2.500 Euro")


def stored_turns(page: Page) -> list[Any]:
    """What the service keeps of the conversation in this tab, once there is anything."""
    kept = page.evaluate("sessionStorage.getItem('clusterlotse-conversation')")
    until = time.monotonic() + PATIENCE_MS / 1000
    while not (found := page.request.get(f"/api/v1/conversations/{kept}")).ok:
        assert time.monotonic() < until, found.text()
        page.wait_for_timeout(50)
    return list(found.json()["turns"])


# --- stopping --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("way", ["button", "keyboard", "escape"])
def test_what_was_shown_stays_when_an_answer_is_stopped(visit: Visit, worded_address: str, way: str) -> None:
    page = visit(at=worded_address)
    ask_and_read(page)
    stop = page.get_by_role("button", name="Antwort anhalten")
    expect(stop).to_be_in_viewport()
    with page.expect_request(lambda request: request.method == "DELETE") as ended:
        if way == "button":
            stop.click()
        elif way == "keyboard":
            page.locator(".turn__question").focus()
            page.keyboard.press("Tab")
            expect(stop).to_be_focused()
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Escape")
    assert "/api/v1/ask/stream/" in ended.value.url
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("data-status", "stopped")
    expect(turn.get_by_text("Sie haben diese Antwort angehalten.")).to_be_visible()
    expect(turn.locator(".answer")).to_contain_text("2.500 Euro")
    expect(turn.get_by_role("link", name="Beleg 1")).to_be_visible()
    expect(stop).to_have_count(0)
    expect(page.locator("#live")).to_contain_text("Angehalten")
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_be_focused()
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_have_value("")
    (stored,) = stored_turns(page)
    assert stored["reply"]["model"]["fallback"] == "cancelled", "the model is not left writing for nobody"


@pytest.mark.usefixtures("slowly")
def test_the_conversation_goes_on_after_a_stop(visit: Visit, worded_address: str, model: ModelServer) -> None:
    page = visit(at=worded_address)
    ask_and_read(page)
    page.keyboard.press("Escape")
    expect(page.locator(".turn[data-status=stopped]")).to_have_count(1)
    model.pause_s = 0.0
    assert len(stored_turns(page)) == 1
    ask(page, "Und wie lange?")
    expect(page.locator(".turn__understood")).to_contain_text("InnoFounder")
    assert len(stored_turns(page)) == 2


@pytest.mark.usefixtures("slowly")
def test_escape_closes_an_open_quotation_before_it_stops_the_answer(visit: Visit, worded_address: str) -> None:
    page = visit(at=worded_address)
    ask_and_read(page)
    page.locator(".citation__head").first.click()
    page.keyboard.press("Escape")
    expect(page.locator(".citation__quote").first).to_be_hidden()
    expect(page.locator("#log")).to_have_attribute("aria-busy", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".turn")).to_have_attribute("data-status", "stopped")


@pytest.mark.usefixtures("slowly")
def test_a_new_conversation_during_an_answer_begins_empty(visit: Visit, worded_address: str) -> None:
    page = visit(at=worded_address)
    ask_and_read(page)
    page.get_by_role("button", name="Neues Gespräch").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_have_value("")
    expect(page.locator("#log")).to_have_attribute("aria-busy", "false")
    expect(page.locator("#live")).to_have_text("Ein neues Gespräch beginnt.")


@pytest.mark.usefixtures("slowly")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_an_answer_is_written_and_when_it_is_stopped(
    visit: Visit, worded_address: str, scheme: str
) -> None:
    page = visit(at=worded_address, color_scheme=scheme, width=320)
    ask_and_read(page)
    expect(page.get_by_role("button", name="Antwort anhalten")).to_be_visible()
    assert overflow(page) == 0
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".turn")).to_have_attribute("data-status", "stopped")
    assert overflow(page) == 0
    assert violations(page) == []


# --- style -----------------------------------------------------------------------------------------------------------


def test_the_kind_of_answer_reaches_the_model_and_is_kept_for_the_visit(
    visit: Visit, worded_address: str, model: ModelServer
) -> None:
    page = visit(at=worded_address)
    choice = page.get_by_role("combobox", name="Art der Antwort")
    assert choice.locator("option").all_text_contents() == STYLES
    expect(choice).to_have_accessible_description(
        "Ändert nur die Wortwahl: Jeder Satz ist auch dann mit einem Zitat belegt."
    )
    ask(page, AMOUNT)
    assert "Klar und sachlich" in model.last.system
    choice.select_option("Einfache Sprache: kurze Sätze")
    page.reload()
    expect(choice).to_have_value("plain")
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    ask(page, "Wer kann InnoFounder beantragen?")
    assert "Einfache Sprache" in model.last.system
    page.goto("/en/")
    expect(page.get_by_role("combobox", name="Kind of answer")).to_have_value("plain")


def test_without_scripts_the_kind_of_answer_stays_with_the_conversation(
    visit: Visit, worded_address: str, model: ModelServer
) -> None:
    page = visit(at=worded_address, java_script_enabled=False)
    page.get_by_role("combobox", name="Art der Antwort").select_option("letter")
    page.get_by_role("textbox", name="Ihre Frage").fill(AMOUNT)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator(".answer")).to_contain_text("2.500 Euro")
    assert "Behördenschreibens" in model.last.system
    expect(page.get_by_role("combobox", name="Art der Antwort")).to_have_value("letter")


def test_a_style_that_does_not_exist_is_the_usual_one(worded_address: str, model: ModelServer) -> None:
    form = {"question": AMOUNT, "style": "rude"}
    assert httpx.post(f"{worded_address}/de/", data=form, follow_redirects=True).status_code == 200
    assert "Klar und sachlich" in model.last.system


def test_without_a_model_there_is_no_choice_that_changes_nothing(visit: Visit, address: str) -> None:
    expect(visit().get_by_role("combobox")).to_have_count(0)
    assert httpx.get(f"{address}/widget/de.json").json()["styles"] == {}


# --- the widget ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("slowly")
def test_the_widget_stops_an_answer_and_stays_open(visit: Visit, worded_address: str, model: ModelServer) -> None:
    page = visit("/de/widget", at=worded_address)
    page.get_by_role("button", name="Fragen zu Clustern und Förderung?").click()
    page.get_by_role("combobox", name="Art der Antwort").select_option("Kurz: ein bis zwei Sätze")
    ask_and_read(page)
    assert "höchstens zwei Sätze" in model.last.system
    page.get_by_role("button", name="Antwort anhalten").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".turn")).to_have_attribute("data-status", "stopped")
    field = page.get_by_role("textbox", name="Ihre Frage")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()
