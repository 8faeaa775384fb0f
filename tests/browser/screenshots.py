"""Takes a picture of every page and state, German and English, on a desk and on a phone: `python -m tests.browser.screenshots FOLDER`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

import httpx
from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.config import load_settings
from tests.browser.chatting import ask
from tests.browser.conftest import ARGUMENTS, CHROMIUM, served
from tests.model_server.server import running_model_server

Tongue = Literal["de", "en"]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
PAUSE_S = 0.25
"""Between two pieces of what a language model writes, so that its answer can be caught on the way."""
QUESTIONS: dict[str, dict[Tongue, str]] = {
    "amount": {"de": "Wie viel Euro zahlt InnoFounder je Person und Monat?", "en": "How much does InnoFounder pay per person and month?"},
    "follow_up": {"de": "Und wie lange?", "en": "And for how long?"},
    "unclear": {"de": "Wer kann den Hamburg-Kredit beantragen?", "en": "Who can apply for EXIST?"},
    "unknown": {"de": "Wie wird morgen das Wetter in Barmbek?", "en": "What will the weather be like in Barmbek tomorrow?"},
    "letter": {
        "de": "Sehr geehrte Damen und Herren,\n\nwir möchten in Hamburg gründen. Wie viel Euro zahlt InnoFounder je Person und Monat? Und wie lange? "
        "Wer ist für die Clusterpolitik zuständig? Wo kann ich meinen Hund anmelden?",
        "en": "Dear Sir or Madam,\n\nwe want to found a company in Hamburg. How much does InnoFounder pay per person and month? And for how long? "
        "Who is responsible for cluster policy? Where can I register my dog?",
    },
}  # fmt: skip


class State(NamedTuple):
    """A page, and what is done on it before the picture is taken."""

    path: str
    act: Callable[[Page, Tongue], None] = lambda page, language: None
    is_whole: bool = False
    """The whole page, not only what a screen shows at first."""
    scheme: Literal["light", "dark"] = "light"


def answered(page: Page, language: Tongue) -> None:
    """An answer with its quotation open."""
    ask(page, QUESTIONS["amount"][language])
    page.locator(".cite").first.click()


def follow_up(page: Page, language: Tongue) -> None:
    """A second question that needs the first."""
    ask(page, QUESTIONS["amount"][language])
    ask(page, QUESTIONS["follow_up"][language])


def enquiry(page: Page, language: Tongue) -> None:
    """A letter with several questions."""
    ask(page, QUESTIONS["letter"][language])


def clarify(page: Page, language: Tongue) -> None:
    """Several things may be meant."""
    ask(page, QUESTIONS["unclear"][language])


def abstain(page: Page, language: Tongue) -> None:
    """No source says it."""
    ask(page, QUESTIONS["unknown"][language])


def writing(page: Page, language: Tongue) -> None:
    """An answer that a language model is still wording."""
    page.locator("#style").select_option("plain")
    page.locator("#question").fill(QUESTIONS["amount"][language])
    page.keyboard.press("Enter")
    expect(page.locator(".turn__progress button")).to_be_visible()
    expect(page.locator(".citation")).to_have_count(1)


def confirm(page: Page, language: Tongue) -> None:
    """The question before a conversation is deleted."""
    answered(page, language)
    page.locator("#delete").click()


def found(page: Page, language: Tongue) -> None:
    """The result of an example in a finder."""
    page.locator(".finder__examples button").first.click()
    expect(page.locator("#verdict")).to_be_visible()


def compared(page: Page, language: Tongue) -> None:
    """Two clusters side by side."""
    found(page, language)
    for number in range(2):
        page.locator(".result__compare input").nth(number).check()
        expect(page.locator(".finder__results")).not_to_have_attribute("aria-busy", "true")
    page.locator("#comparison-title").evaluate("node => node.scrollIntoView()")


def searched(page: Page, language: Tongue) -> None:
    """What a word is found in."""
    page.locator("input[name=q]").fill({"de": "Wasserstoff", "en": "hydrogen"}[language])
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")


def open_widget(page: Page, language: Tongue) -> None:
    """The widget, asked a question."""
    page.get_by_role("button", expanded=False).and_(page.locator(".launcher")).click()
    field = page.locator(".panel").get_by_role("textbox")
    field.fill(QUESTIONS["amount"][language])
    field.press("Enter")
    expect(page.locator(".turn[data-status]")).to_have_count(1)


STATES = {
    "chat": State(""),
    "chat-dark": State("", scheme="dark"),
    "answer": State("", answered),
    "answer-dark": State("", answered, scheme="dark"),
    "follow-up": State("", follow_up, is_whole=True),
    "enquiry": State("", enquiry, is_whole=True),
    "clarify": State("", clarify),
    "abstain": State("", abstain),
    "delete": State("", confirm),
    "cluster-finder": State("cluster-finder"),
    "cluster-result": State("cluster-finder", found),
    "cluster-comparison": State("cluster-finder", compared),
    "funding-finder": State("funding-finder"),
    "funding-result": State("funding-finder", found),
    "documents": State("documents"),
    "search": State("documents", searched),
    "widget": State("widget", open_widget),
    "how-it-works": State("how-it-works"),
    "accessibility": State("accessibility"),
    "privacy": State("privacy"),
    "imprint": State("imprint"),
    "api": State("api"),
}
WORDED_STATES = {"writing": State("", writing)}
"""With a language model."""
SHEETS: dict[Tongue, str] = {"de": "funding/innofounder", "en": "funding/innofounder.en"}


def sentence_of(address: str, document_id: str) -> str:
    """The address of a sentence in a document, to be shown highlighted."""
    sentence = httpx.get(f"{address}/api/v1/documents/{document_id}").json()["sentences"][5]
    return f"/documents/{document_id}?p={sentence['start']}-{sentence['end']}#p"


def main(folder: Path) -> None:
    """Take all pictures of the service over the configured data folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.jpg"):
        old.unlink()
    data_dir = load_settings().data_dir
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with served(data_dir) as address:
            for language, sheet in SHEETS.items():
                states = {**STATES, "document": State(sentence_of(address, sheet))}
                take(browser, address, language, states, folder)
        with (
            running_model_server() as model,
            served(data_dir, ASSISTANT_LLM=model.url, ASSISTANT_LLM_MODEL="good") as address,
        ):
            model.pause_s = PAUSE_S
            for language in SHEETS:
                take(browser, address, language, WORDED_STATES, folder)
        browser.close()


def take(browser: Browser, address: str, language: Tongue, states: Mapping[str, State], folder: Path) -> None:
    """Take a picture of each state in each size."""
    for size, (width, height) in SIZES.items():
        for name, state in states.items():
            context = browser.new_context(
                base_url=address, locale=language, color_scheme=state.scheme, reduced_motion="reduce",
                viewport={"width": width, "height": height},
            )  # fmt: skip
            page = context.new_page()
            page.goto(state.path if state.path.startswith("/") else f"/{language}/{state.path}")
            state.act(page, language)
            page.mouse.move(0, 0)  # nothing is pointed at
            page.screenshot(
                path=folder / f"{name}-{language}-{size}.jpg", type="jpeg", quality=75, full_page=state.is_whole
            )
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
