"""What people do on the page with questions."""

from __future__ import annotations

from playwright.sync_api import Page, expect

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"


def ask(page: Page, question: str) -> None:
    """Type a question and wait for its whole answer."""
    before = page.locator(".turn[data-status]").count()
    page.get_by_role("textbox", name="Frage").or_(page.get_by_role("textbox", name="question")).fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".turn[data-status]")).to_have_count(before + 1)


def overflow(page: Page) -> int:
    """How many pixels the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
