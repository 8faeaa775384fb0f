"""The chat as a person uses it: asks, reads, follows a quotation to its place, asks on, chooses, deletes."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.chatting import AMOUNT, ask
from tests.browser.conftest import Visit
from tests.browser.slow_service import SlowService


def stored(page: Page) -> str:
    """The number of the conversation that the tab remembers."""
    return str(page.evaluate("sessionStorage.getItem('clusterlotse-conversation')"))


def test_a_question_is_asked_and_its_quotation_opened_with_the_keyboard_alone(visit: Visit, address: str) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.get_by_role("textbox", name="Ihre Frage")
    expect(field).to_be_focused()
    page.keyboard.type(AMOUNT)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("2.500 Euro je Person und Monat")
    expect(page.locator("#live")).to_contain_text("2.500 Euro")
    expect(field).to_be_focused()
    expect(field).to_have_value("")

    marker = page.get_by_role("link", name="Beleg 1")
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if marker.evaluate("node => node === document.activeElement"):
            break
    quotation = page.locator(".citation__quote").first
    expect(quotation).to_be_hidden()
    page.keyboard.press("Enter")
    expect(quotation).to_be_visible()
    expect(page.locator("summary").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(quotation).to_be_hidden()
    expect(marker).to_be_focused()

    reply = httpx.get(f"{address}/api/v1/conversations/{stored(page)}").json()["turns"][0]["reply"]
    assert page.locator(".citation__quote").all_text_contents() == [c["quote"] for c in reply["citations"]]
    first = page.locator(".citation").first
    expect(first).to_contain_text("Stand")
    expect(first.locator(f"a[href='{reply['citations'][0]['url']}']")).to_have_count(1)


def test_a_quotation_leads_to_its_place_in_the_document_and_back(visit: Visit) -> None:
    page = visit()
    ask(page, AMOUNT)
    page.get_by_role("link", name="Beleg 1").click()
    quote = page.locator(".citation__quote").first.text_content()
    page.get_by_role("link", name="Im Dokument zeigen").first.click()
    page.wait_for_url("**/documents/funding/innofounder?**")
    expect(page.locator("mark")).to_have_text(quote or "")
    expect(page.locator("mark")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".answer")).to_contain_text("2.500 Euro")


def test_an_answer_appears_bit_by_bit_and_never_takes_the_focus_away(visit: Visit, slow: SlowService) -> None:
    page = visit(at=slow.address)
    field = page.get_by_role("textbox", name="Ihre Frage")
    field.fill("Was unterscheidet PROFI Impuls von PROFI Transfer Plus?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn__progress")).to_be_visible()
    slow.let_pass()
    expect(page.locator("#log")).to_have_attribute("aria-busy", "true")
    for _ in range(12):
        if page.locator(".cite").count():
            break
        slow.let_pass()
        page.locator(".turn__progress").wait_for()
    marker = page.locator(".cite").first
    marker.focus()
    words = len(page.locator(".answer").inner_text())
    slow.let_pass(3)
    page.wait_for_function("words => document.querySelector('.answer').innerText.length > words", arg=words)
    expect(marker).to_be_focused()
    expect(page.locator("#live")).not_to_contain_text("PROFI Impuls ist"), "only the whole answer is read out"
    slow.let_pass(200)
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    expect(marker).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Belege")


def test_a_double_click_asks_once(visit: Visit, slow: SlowService) -> None:
    page = visit(at=slow.address)
    page.get_by_role("textbox", name="Ihre Frage").fill(AMOUNT)
    page.get_by_role("button", name="Fragen", exact=True).dblclick()
    slow.let_pass(200)
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    page.get_by_role("button", name="Wer kann InnoFounder beantragen?").dblclick()
    expect(page.locator(".turn[data-status]")).to_have_count(2)
    assert len(slow.questions) == 2


def test_a_slow_answer_is_announced_and_can_be_stopped(visit: Visit, slow: SlowService) -> None:
    page = visit(at=slow.address)
    page.clock.install()
    field = page.get_by_role("textbox", name="Ihre Frage")
    field.fill(AMOUNT)
    page.keyboard.press("Enter")
    expect(page.locator(".turn__progress")).to_be_visible()
    page.clock.run_for(300)
    stop = page.get_by_role("button", name="Antwort anhalten")
    expect(stop).to_be_hidden()
    page.clock.run_for(200)
    expect(stop).to_be_visible()
    page.clock.run_for(5000)
    expect(page.locator("#live")).to_contain_text("dauert länger als üblich")
    stop.click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(field).to_have_value(AMOUNT)
    expect(field).to_be_focused()
    expect(page.locator("#live")).to_contain_text("Angehalten")


def test_shift_and_enter_begin_a_new_line(visit: Visit) -> None:
    page = visit()
    page.get_by_role("textbox", name="Ihre Frage").focus()
    page.keyboard.type("Eins")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("zwei")
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_have_value("Eins\nzwei")
    expect(page.locator(".turn")).to_have_count(0)


# --- conversations ---------------------------------------------------------------------------------------------------


def test_a_conversation_goes_on_survives_a_reload_and_can_be_deleted(visit: Visit, address: str) -> None:
    page = visit()
    expect(page.get_by_role("button", name="Mein Gespräch löschen")).to_be_hidden()
    ask(page, AMOUNT)
    ask(page, "Und wie lange?")
    newest = page.locator(".turn").last
    expect(newest.locator(".turn__understood")).to_contain_text("InnoFounder")
    expect(newest.locator(".answer")).to_contain_text("18 Monate")
    before = page.locator(".answer").all_inner_texts()

    page.reload()
    expect(page.locator(".turn[data-status]")).to_have_count(2)
    assert page.locator(".answer").all_inner_texts() == before

    conversation = stored(page)
    page.get_by_role("button", name="Mein Gespräch löschen").click()
    page.get_by_role("button", name="Behalten").click()
    expect(page.locator(".turn")).to_have_count(2)
    page.get_by_role("button", name="Mein Gespräch löschen").click()
    page.get_by_role("button", name="Löschen", exact=True).click()
    expect(page.locator("#live")).to_have_text("Das Gespräch ist gelöscht.")
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_be_focused()
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
    expect(page.locator(".turn__understood")).to_have_count(0)


def test_an_example_and_a_suggestion_are_asked_with_one_click(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Wie viel zahlt InnoFounder?").click()
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    suggestion = page.locator(".choices button").first
    question = suggestion.text_content() or ""
    suggestion.click()
    expect(page.locator(".turn[data-status]")).to_have_count(2)
    expect(page.locator(".turn__words").last).to_have_text(question)
    expect(page.locator(".turn__question").last).to_be_focused()


def test_where_several_things_may_be_meant_one_is_chosen_by_a_button(visit: Visit, address: str) -> None:
    question = "Wer kann den Hamburg-Kredit beantragen?"
    options = httpx.post(f"{address}/api/v1/ask", json={"question": question}).json()["options"]
    page = visit()
    ask(page, question)
    expect(page.get_by_text("Bitte wählen Sie")).to_be_visible()
    assert page.locator(".choices button").all_text_contents() == options
    page.get_by_role("button", name=options[0]).click()
    expect(page.locator(".turn[data-status]")).to_have_count(2)


def test_not_knowing_looks_like_help(visit: Visit) -> None:
    page = visit()
    ask(page, "Wie wird morgen das Wetter in Barmbek?")
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("data-status", "abstained")
    expect(turn.get_by_text("So geht es weiter")).to_be_visible()
    expect(turn.locator(".kern-alert, .kern-error, [role=alert]")).to_have_count(0)


def test_an_answer_is_copied_with_its_sources_and_passed_on(visit: Visit, address: str) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, AMOUNT)
    page.get_by_role("button", name="Kopieren").click()
    expect(page.locator("#toast")).to_have_text("Antwort und Quellen sind kopiert.")
    text = page.evaluate("navigator.clipboard.readText()")
    reply = httpx.get(f"{address}/api/v1/conversations/{stored(page)}").json()["turns"][0]["reply"]
    assert text.startswith(AMOUNT) and reply["text"] in text
    for citation in reply["citations"]:
        assert citation["quote"] in text and citation["url"] in text

    page.get_by_role("button", name="Teilen").click()
    link = page.locator(".share a")
    expect(link).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link.get_attribute("href")
    friend = visit(link.get_attribute("href") or "")
    expect(friend.locator(".answer")).to_contain_text("2.500 Euro")
    expect(friend.locator(".citation__quote").first).to_be_visible()
    assert stored(page) not in friend.content(), "the key to the conversation is not passed on"


def test_a_judgement_reaches_the_service_with_its_words(visit: Visit) -> None:
    page = visit()
    ask(page, AMOUNT)
    with page.expect_response("**/feedback") as first:
        page.get_by_role("button", name="Nein").click()
    assert first.value.status == 204
    expect(page.locator(".judgement p").first).to_be_focused()
    page.get_by_role("textbox", name="Was hat gefehlt?").fill("Die Frist.")
    with page.expect_request("**/feedback") as second:
        page.get_by_role("button", name="Senden").click()
    assert second.value.post_data_json == {"reply_id": first.value.request.post_data_json["reply_id"], "helpful": False, "comment": "Die Frist."}  # fmt: skip
    expect(page.get_by_text("Danke für Ihre Worte.")).to_be_focused()


def test_paper_shows_every_quotation_and_its_address(visit: Visit, address: str) -> None:
    page = visit()
    ask(page, AMOUNT)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".citation__quote").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_be_hidden()
    expect(page.get_by_text("abgerufen am 23. November 2026")).to_be_visible()


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
    assert re.fullmatch(r"[0-9a-f-]{36}:[0-9a-f-]{36}:\d+", asked[1] or "")
    answer = page.locator(".answer")
    expect(answer).to_contain_text("2.500 Euro je Person und Monat")
    assert answer.inner_text().count("2.500 Euro je Person und Monat") == 1
    assert len(asked) == 2


def test_without_a_network_the_question_is_kept_and_the_person_told(visit: Visit) -> None:
    page = visit(may_complain=True)
    page.context.set_offline(True)
    field = page.get_by_role("textbox", name="Ihre Frage")
    field.fill(AMOUNT)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator("#problem")).to_contain_text("offline")
    expect(field).to_have_value(AMOUNT)
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".turn")).to_have_count(0)
    page.context.set_offline(False)
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    expect(page.locator("#problem")).to_be_hidden()


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_is_shown_in_its_own_words_and_the_question_kept(visit: Visit, status: int) -> None:
    page = visit(may_complain=True)
    error = {"code": "x", "message": "Gerade sind es zu viele.", "request_id": "x", "details": {}}
    page.route("**/ask/stream", lambda route: route.fulfill(status=status, json={"error": error}))
    page.get_by_role("textbox", name="Ihre Frage").fill(AMOUNT)
    page.keyboard.press("Enter")
    expect(page.locator("#problem")).to_contain_text("Gerade sind es zu viele.")
    expect(page.get_by_role("textbox", name="Ihre Frage")).to_have_value(AMOUNT)


def test_an_empty_question_is_not_sent(visit: Visit) -> None:
    page = visit()
    page.get_by_role("button", name="Fragen", exact=True).click()
    expect(page.locator("#problem")).to_have_text("Bitte geben Sie eine Frage ein.")
    expect(page.locator(".turn")).to_have_count(0)


# --- language --------------------------------------------------------------------------------------------------------


def test_the_language_is_switched_and_the_conversation_stays(visit: Visit) -> None:
    page = visit()
    ask(page, AMOUNT)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions on clusters and funding in Hamburg")
    expect(page.locator(".turn[data-status]")).to_have_count(1)
    expect(
        page.get_by_text("quotation, word for word").or_(page.get_by_text("quotations, word for word"))
    ).to_be_visible()
    page.get_by_role("link", name="Deutsch").click()
    expect(page.get_by_role("button", name="Fragen", exact=True)).to_be_visible()


@pytest.mark.parametrize(("locale", "language"), [("de-AT", "de"), ("en-GB", "en"), ("fr-FR", "de")])
def test_the_first_page_is_in_the_language_of_the_browser(visit: Visit, locale: str, language: str) -> None:
    expect(visit("/", locale=locale).locator("html")).to_have_attribute("lang", language)


def test_the_page_says_that_a_machine_answers_and_how_long_it_remembers(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_text("Es antwortet eine Maschine.")).to_be_visible()
    expect(page.get_by_text("werden 30 Tage lang gespeichert")).to_be_visible()
    expect(page.get_by_text("mit einem Menschen sprechen")).to_be_visible()


@pytest.mark.parametrize("with_script", [True, False])
def test_each_question_of_an_enquiry_is_a_heading_and_what_stays_open_leads_on(visit: Visit, with_script: bool) -> None:
    enquiry = f"Guten Tag! {AMOUNT} Wo kann ich meinen Hund anmelden?"
    page = visit() if with_script else visit(java_script_enabled=False)
    if with_script:
        ask(page, enquiry)
    else:
        page.get_by_role("textbox", name="Ihre Frage").fill(enquiry)
        page.get_by_role("button", name="Fragen", exact=True).click()
    headings = page.locator(".answer").get_by_role("heading")
    expect(headings).to_have_text([f"1. {AMOUNT}", "2. Wo kann ich meinen Hund anmelden?"])
    expect(page.locator(".answer")).not_to_contain_text("**")
    expect(page.locator(".answer a[href^='https://www.hamburg.de/']")).to_have_text("hamburg.de")
    expect(page.locator(".next-step")).to_have_count(0)
