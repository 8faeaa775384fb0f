"""The finders: described, understood, corrected, compared, taken along."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Visit

WIND = "Wir entwickeln Sensoren für Rotorblätter von Offshore-Windparks, 14 Leute, in Harburg."
HEATING = "Unsere Werkstatt in Altona hat 12 Leute und will die Heizung erneuern, um Energie zu sparen."


def describe(page: Page, text: str) -> None:
    """Enter a description and wait for the result."""
    page.get_by_role("textbox", name="Beschreiben Sie Ihr Unternehmen").fill(text)
    page.get_by_role("button", name="finden").and_(page.locator("button.kern-btn--primary")).click()
    expect(page.locator("#verdict")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_company_finds_its_cluster_with_reasons_and_quotations(visit: Visit, scripts: bool) -> None:
    page = visit("/de/cluster-finder", java_script_enabled=scripts)
    describe(page, WIND)
    first = page.locator(".result").first
    expect(first.locator(".criterion").first).to_contain_text("erfüllt")
    expect(page.locator(".chip", has_text="Beschäftigte")).to_contain_text("14")
    first.locator(".cite").first.click()
    quotation = first.locator(".citation__details[open]")
    expect(quotation.locator(".citation__quote")).to_be_visible()
    quotation.get_by_role("link", name="Im Dokument zeigen").click()
    expect(page.locator("mark").first).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_two_results_are_compared(visit: Visit, scripts: bool) -> None:
    page = visit("/de/cluster-finder", java_script_enabled=scripts)
    describe(page, WIND)
    names = page.locator(".result__name").all_inner_texts()[:2]
    for number in range(2):
        page.locator(".result__compare input").nth(number).check()
        expect(page.locator(".finder__results")).not_to_have_attribute("aria-busy", "true")
    if not scripts:
        page.get_by_role("button", name="Cluster finden").click()
    expect(page.locator(".comparison thead th")).to_have_text(names)
    expect(page.get_by_role("row", name="Standort")).to_contain_text("erfüllt")


def test_the_result_changes_while_answers_come_in_and_the_focus_stays(visit: Visit) -> None:
    page = visit("/de/cluster-finder")
    describe(page, WIND)
    expect(page.locator(".criterion", has_text="Standort").first).to_contain_text("erfüllt")
    page.locator(".chip", has_text="Ort").click()
    place = page.get_by_role("textbox", name="Standort")
    expect(place).to_be_focused()
    expect(place).to_have_value("Harburg")
    place.fill("München")
    expect(page.locator("#verdict")).to_contain_text("außerhalb")
    expect(place).to_be_focused()
    expect(page.locator("#live")).to_contain_text("außerhalb")


def test_a_question_back_is_answered_with_one_click(visit: Visit) -> None:
    page = visit("/de/cluster-finder")
    describe(page, "Wir entwickeln Sensoren für Rotorblätter von Offshore-Windparks.")
    page.get_by_role("group", name="Wo ist Ihr Sitz oder Standort?").get_by_role(
        "button", name="Hamburg", exact=True
    ).click()
    expect(page.locator(".chip", has_text="Ort")).to_contain_text("Hamburg")
    expect(page.get_by_role("group", name="Wo ist Ihr Sitz")).to_have_count(0)
    page.get_by_role("group", name="Was suchen Sie vor allem?").get_by_role("button").first.click()
    expect(page.locator(".finder__checks input:checked")).to_have_count(1)


def test_a_company_sees_what_money_comes_into_question(visit: Visit) -> None:
    page = visit("/de/funding-finder")
    page.locator(".finder__examples button").nth(1).click()
    expect(page.get_by_role("textbox", name="Beschreiben Sie")).to_have_value(HEATING)
    likely = page.get_by_role("region", name="Kommt wahrscheinlich in Frage").locator(".result").first
    expect(likely).to_contain_text("Förderquote")
    likely.get_by_text("Bedingungen und nächster Schritt").click()
    expect(likely.locator(".criterion").first).to_be_visible()
    page.get_by_text("Mehr über Ihr Unternehmen").click()
    page.get_by_label("Sitz oder Betriebsstätte in Hamburg?").select_option("Nein")
    expect(page.locator(".chip", has_text="In Hamburg")).to_contain_text("nein")


def test_both_finders_lead_to_each_other_with_what_was_entered(visit: Visit) -> None:
    page = visit("/de/cluster-finder")
    describe(page, WIND + " Wir wollen einen Prototyp bauen.")
    page.get_by_role("button", name="Förderung mit diesen Angaben prüfen").click()
    page.wait_for_url("**/funding-finder")
    expect(page.locator("#verdict")).to_be_visible()
    expect(page.get_by_role("textbox", name="Beschreiben Sie")).to_have_value(
        WIND + " Wir wollen einen Prototyp bauen."
    )
    page.get_by_role("button", name="Mit diesen Angaben ein Cluster finden").click()
    page.wait_for_url("**/cluster-finder")
    expect(page.locator(".result").first).to_be_visible()


@pytest.mark.parametrize("finder", ["cluster-finder", "funding-finder"])
def test_the_result_is_taken_along_as_a_pdf(visit: Visit, finder: str) -> None:
    page = visit(f"/de/{finder}")
    describe(page, WIND + " Wir wollen einen Prototyp bauen.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Zusammenfassung als PDF").click()
    assert download.value.suggested_filename.endswith(".pdf")
    text = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(download.value.path().read_bytes())).pages)
    assert "Harburg" in text and "Prototyp" in text
    expect(page.locator("#verdict")).to_be_visible()


def test_what_says_nothing_is_asked_back_and_what_cannot_be_read_is_named(visit: Visit) -> None:
    page = visit("/de/cluster-finder", may_complain=True)
    page.get_by_role("button", name="Cluster finden").click()
    expect(page.locator("#description-problem")).to_have_text("Bitte beschreiben Sie Ihr Unternehmen.")
    describe(page, "Guten Tag.")
    expect(page.locator(".result")).to_have_count(0)
    expect(page.locator(".back-question")).not_to_have_count(0)
    page.get_by_text("Mehr über Ihr Unternehmen").click()
    page.get_by_role("textbox", name="Beschäftigte").fill("sehr viele")
    expect(page.locator("#employees-problem")).to_be_visible()
    expect(page.get_by_role("textbox", name="Beschäftigte")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("textbox", name="Beschäftigte").fill("1.200")
    expect(page.locator("#employees-problem")).to_be_hidden()


def test_the_rule_is_printed_on_the_page(visit: Visit) -> None:
    page = visit("/de/cluster-finder")
    expect(page.get_by_text("niemand kann einen Platz kaufen")).to_be_visible()


def test_without_a_network_everything_entered_stays(visit: Visit) -> None:
    page = visit("/de/cluster-finder", may_complain=True)
    page.context.set_offline(True)
    page.get_by_role("textbox", name="Beschreiben Sie").fill(WIND)
    page.get_by_role("button", name="Cluster finden").click()
    expect(page.locator("#live")).to_contain_text("nicht erreichbar")
    expect(page.get_by_role("textbox", name="Beschreiben Sie")).to_have_value(WIND)
