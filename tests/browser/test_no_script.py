"""Without JavaScript everything works as plain pages and forms."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.chatting import AMOUNT
from tests.browser.conftest import Visit


def test_a_conversation_is_led_judged_and_deleted(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    page.get_by_role("textbox", name="Ihre Frage").fill(AMOUNT)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator(".answer")).to_contain_text("2.500 Euro")
    page.get_by_role("link", name="Beleg 1").click()
    expect(page.locator(".citation__quote").first).to_be_visible()

    page.get_by_role("textbox", name="Ihre Frage").fill("Und wie lange?")
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn__understood")).to_contain_text("InnoFounder")
    page.reload()
    expect(page.locator(".turn")).to_have_count(2), "loading again does not ask again"

    page.locator(".choices button").last.click()
    expect(page.locator(".turn")).to_have_count(3)
    page.get_by_role("button", name="Ja").last.click()
    expect(page.get_by_text("Danke.")).to_be_visible()
    page.get_by_role("link", name="Adresse dieser Antwort").first.click()
    expect(page.locator(".answer")).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="Mein Gespräch löschen").click()
    expect(page.get_by_text("Das Gespräch ist gelöscht.")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_an_empty_question_is_refused_with_a_sentence(visit: Visit) -> None:
    page = visit(java_script_enabled=False, may_complain=True)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator("#problem")).to_be_visible()
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_have_attribute("aria-invalid", "true")


def test_nothing_that_needs_scripts_is_offered(visit: Visit) -> None:
    page = visit(java_script_enabled=False)
    for name in ("Neues Gespräch", "Kopieren"):
        expect(page.get_by_role("button", name=name)).to_be_hidden()


def test_a_conversation_that_began_without_scripts_goes_on_with_them(visit: Visit) -> None:
    plain = visit(java_script_enabled=False)
    plain.get_by_role("textbox", name="Ihre Frage").fill(AMOUNT)
    plain.get_by_role("button", name="Fragen", exact=True).click()
    page = visit(plain.url)
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    page.get_by_role("textbox", name="Ihre Frage").fill("Und wie lange?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn__understood")).to_contain_text("InnoFounder")
