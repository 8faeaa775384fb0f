"""The document to take along."""

from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest

from assistant.domain.ports import Library
from assistant.service.advice_wire import SummaryBody
from assistant.service.advising import funding_reply, match_reply
from assistant.service.parts import Advisers
from assistant.service.summary import Block, Summary, summarise
from assistant.service.summary_markdown import as_markdown
from assistant.service.summary_pdf import as_pdf

DAY = date(2026, 11, 23)


def summary_of(description: str, library: Library, advisers: Advisers) -> Summary:
    body = SummaryBody(description=description)
    return summarise(match_reply(body, library, advisers, DAY), funding_reply(body, library, advisers, DAY))


@pytest.mark.parametrize(
    ("description", "headings"),
    [
        ("Wir brauen Bier in Hamburg, zwölf Leute.", ["Ihre Angaben, wie sie verstanden wurden", "Passende Cluster und Netzwerke", "Förderprogramme", "Offene Fragen", "Wie entschieden wird", "Quellen"]),
        ("We brew beer in Hamburg, twelve people.", ["What you said, as it was understood", "Clusters and networks that fit", "Funding programmes", "Open questions", "How it is decided", "Sources"]),
    ],
)  # fmt: skip
def test_it_holds_all_parts_in_the_language_of_the_description(
    description: str, headings: list[str], library: Library, advisers: Advisers
) -> None:
    summary = summary_of(description, library, advisers)
    assert [block.text for block in summary.blocks if block.kind == "heading"] == headings
    assert summary.day == DAY


def test_a_description_that_says_nothing_still_makes_a_document(library: Library, advisers: Advisers) -> None:
    summary = summary_of("hm", library, advisers)
    assert as_pdf(summary).startswith(b"%PDF") and "## Offene Fragen" in as_markdown(summary)


def test_markdown_cannot_be_broken_by_what_was_written() -> None:
    block = Block(kind="item", text="Ort: # *Hamburg* <script> [1]")
    text = as_markdown(Summary(language="de", day=DAY, blocks=(block,)))
    assert text == "- Ort: \\# \\*Hamburg\\* \\<script\\> [1]\n"


def test_the_pdf_shows_markup_and_foreign_letters_as_text() -> None:
    blocks = (
        Block(kind="title", text="Titel"),
        Block(kind="text", text="<b>Größe</b> & „Zitat“ – 漢字 €"),
        Block(kind="item", text="Kontakt", url="https://example.org/?a=1&b=2"),
    )
    with pypdfium2.PdfDocument(io.BytesIO(as_pdf(Summary(language="de", day=DAY, blocks=blocks)))) as document:
        text = document[0].get_textpage().get_text_range()
        assert document.get_metadata_value("Title") == "Titel"
    assert "<b>Größe</b> & „Zitat“ – ?? €" in text and "https://example.org/?a=1&b=2" in text
