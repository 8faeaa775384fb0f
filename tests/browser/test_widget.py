"""The chat on the page of somebody else."""

from __future__ import annotations

import gzip
import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.chatting import AMOUNT
from tests.browser.conftest import WEB, Visit
from tests.browser.other_site import OtherSite

MAX_BYTES = 40_000


def host_page(address: str, *, language: str = "de", attributes: str = "", body: str = "") -> str:
    """A page with the widget, and with styles that would spoil it if they reached it."""
    return (
        f"<!doctype html><html lang={language}><title>Betrieb</title><link rel=icon href=data:,>"
        "<style>* { color: rgb(255, 0, 0) !important; } button { display: none; } main { height: 2000px }</style>"
        f'<main><h1>Unser Betrieb</h1>{body}</main><script src="{address}/widget.js" defer {attributes}></script>'
    )


def rules(address: str) -> str:
    """A Content Security Policy as the page on the widget asks for it; `style-src` is for the page's own style."""
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {address}; connect-src {address}"


@pytest.fixture
def host(visit: Visit, other_site: OtherSite, address: str):  # type: ignore[no-untyped-def]
    def open_host(*, language: str = "de", attributes: str = "", body: str = "", **options: object) -> Page:
        other_site.show(host_page(address, language=language, attributes=attributes, body=body), rules=rules(address))
        return visit("/", at=other_site.address, **options)

    return open_host


def test_a_question_is_asked_on_another_site_and_leaves_no_cookie(host, address: str) -> None:  # type: ignore[no-untyped-def]
    page = host()
    launcher = page.get_by_role("button", name="Fragen zu Clustern und Förderung?")
    launcher.click()
    field = page.get_by_role("textbox", name="Ihre Frage")
    expect(field).to_be_focused()
    field.fill(AMOUNT)
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("2.500 Euro")
    page.get_by_role("link", name="Beleg 1").click()
    expect(page.locator(".citation__quote").first).to_be_visible()
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Im Dokument zeigen").first.click()
    expect(popup.value.locator("mark")).to_be_visible()
    assert popup.value.url.startswith(address)
    assert page.context.cookies() == []

    page.reload()
    launcher.click()
    expect(page.locator(".answer")).to_contain_text("2.500 Euro")
    page.get_by_role("button", name="Mein Gespräch löschen").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    expect(field).to_be_hidden()


def test_it_speaks_the_language_of_the_page_unless_told_otherwise(host) -> None:  # type: ignore[no-untyped-def]
    expect(host(language="en-GB").get_by_role("button", name="Questions on clusters and funding?")).to_be_visible()
    page = host(language="en", attributes='data-language=de data-label="Fragen Sie!"')
    expect(page.get_by_role("button", name="Fragen Sie!")).to_be_visible()


def test_it_stands_inside_the_page_where_that_is_wished(host) -> None:  # type: ignore[no-untyped-def]
    page = host(attributes="data-target=#chat", body="<div id=chat></div>")
    expect(page.locator("#chat").get_by_role("textbox", name="Ihre Frage")).to_be_visible()


def test_wished_colours_are_used_and_made_readable(host) -> None:  # type: ignore[no-untyped-def]
    page = host(attributes="data-accent=#ffee00 data-background=#ffffff data-text=#222222")
    colours = page.get_by_role("button").evaluate(
        "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    )
    text, ground = ([int(value) for value in re.findall(r"\d+", colour)[:3]] for colour in colours)
    assert ground != [255, 238, 0], "yellow on white cannot be read"
    assert ground[0] > ground[2] + 60, "it is still a yellow"
    assert text in ([0, 0, 0], [255, 255, 255])


def test_it_fills_a_small_phone(host) -> None:  # type: ignore[no-untyped-def]
    page = host(width=320)
    page.get_by_role("button", name="Fragen zu Clustern und Förderung?").click()
    box = page.get_by_role("dialog", name="Clusterlotse").bounding_box()
    assert box is not None and (box["x"], box["width"]) == (0, 320)


def test_a_site_that_was_not_allowed_gets_no_answer(visit: Visit, other_site: OtherSite, address: str) -> None:
    foreign = other_site.address.replace("localhost", "127.0.0.1")
    other_site.show(host_page(address), rules=rules(address))
    page = visit("/", at=foreign, may_complain=True)
    expect(page.get_by_role("heading", name="Unser Betrieb")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_only_allowed_sites_may_frame_the_pages(address: str, other_site: OtherSite) -> None:
    policy = httpx.get(f"{address}/de/").headers["content-security-policy"]
    assert f"frame-ancestors 'self' {other_site.address}" in policy


def test_everything_it_loads_is_small(address: str) -> None:
    script = (WEB / "dist" / "widget.js").read_bytes()
    texts = httpx.get(f"{address}/widget/de.json").content
    assert len(gzip.compress(script)) + len(gzip.compress(texts)) < MAX_BYTES
