"""Blocks of HTML: each text once, in order, with nothing glued together."""

from __future__ import annotations

from collections import Counter

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.html_blocks import blocks_of, flatten_tables, text_of


def read(html: str) -> list[tuple[str, str]]:
    return [
        (f"h{block.level}" if block.kind == "heading" else block.kind, block.text)
        for block in blocks_of(lxml.html.fragment_fromstring(html, create_parent="div"))
    ]


def test_nested_items_stand_once_and_below_one_another() -> None:
    html = "<ul><li>Start-ups<ul><li>unter 50 Personen<ol><li>im Vorjahr</li></ol></li></ul></li><li>Vereine</li></ul>"
    assert read(html) == [
        ("list", "Start-ups"),
        ("list", "unter 50 Personen"),
        ("list", "im Vorjahr"),
        ("list", "Vereine"),
    ]


def test_an_item_of_several_paragraphs_is_one_item() -> None:
    assert read("<ul><li><p>Hochschulen</p><p>und Institute</p></li></ul>") == [("list", "Hochschulen und Institute")]


def test_cards_laid_out_as_a_list_keep_their_headings() -> None:
    html = "<ul><li><h3>InnoFounder</h3><p>Für Gründende.</p></li><li><h3>PROFI</h3><p>Für Firmen.</p></li></ul>"
    assert read(html) == [("h3", "InnoFounder"), ("prose", "Für Gründende."), ("h3", "PROFI"), ("prose", "Für Firmen.")]


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        pytest.param("<p>Alter Steinweg 4<br>20459 Hamburg</p>", "Alter Steinweg 4 20459 Hamburg", id="line break"),
        pytest.param("<div>eins<span> zwei</span> drei</div>", "eins zwei drei", id="inline elements"),
        pytest.param("<p>Inno<b>Founder</b></p>", "InnoFounder", id="bold part of a word"),
        pytest.param("<p>2.500<sup>1</sup> Euro</p>", "2.500 Euro", id="mark of a footnote"),
        pytest.param('<p>300.000<sup><a href="#f">12</a></sup> Euro</p>', "300.000 Euro", id="linked footnote"),
        pytest.param("<p>50 m<sup>2</sup> Fläche</p>", "50 m² Fläche", id="exponent"),
        pytest.param("<p>CO<sub>2</sub>-frei</p>", "CO2-frei", id="index"),
        pytest.param("<p>För&shy;derung</p>", "För\u00adderung", id="soft hyphen is left to the canonical text"),
        pytest.param("<pre>eins\n  zwei</pre>", "eins zwei", id="preformatted"),
    ],
)
def test_words_are_neither_glued_nor_parted(html: str, wanted: str) -> None:
    assert [text for _, text in read(html)] == [wanted]


def test_text_beside_blocks_is_kept_in_its_place() -> None:
    assert read("<div>vorn<p>Absatz.</p>hinten</div>") == [("prose", "vorn"), ("prose", "Absatz."), ("prose", "hinten")]


def test_two_line_breaks_part_paragraphs() -> None:
    assert read("<div>Der erste.<br><br>Der zweite.</div>") == [("prose", "Der erste."), ("prose", "Der zweite.")]


def test_a_definition_stands_with_its_term() -> None:
    html = "<dl><dt>Zuwendung</dt><dd>Ein Zuschuss.</dd><dt>KMU</dt><dt>Mittelstand</dt><dd>Klein.</dd><dd>Mittel.</dd></dl>"
    assert read(html) == [("list", "Zuwendung: Ein Zuschuss."), ("list", "KMU, Mittelstand: Klein. Mittel.")]


def test_a_question_with_a_long_answer_becomes_a_heading() -> None:
    html = "<h2>Fragen</h2><dl><dt>Wer?</dt><dd><p>Start-ups.</p><ul><li>jung</li></ul><p>Sonst niemand.</p></dd></dl>"
    assert read(html)[1:] == [("h3", "Wer?"), ("prose", "Start-ups."), ("list", "jung"), ("prose", "Sonst niemand.")]


def test_the_summary_of_details_is_a_heading_below_the_last() -> None:
    html = "<h2>Fragen</h2><details><summary>Wer?</summary><p>Alle.</p></details><details><summary>Wann?</summary>Jetzt.</details>"
    assert read(html) == [("h2", "Fragen"), ("h3", "Wer?"), ("prose", "Alle."), ("h3", "Wann?"), ("prose", "Jetzt.")]


def test_a_short_bold_paragraph_is_a_heading() -> None:
    html = "<h2>Förderung</h2><p><strong>Wie viel?</strong></p><p><b>Achtung:</b> Nur bis Mai.</p><p><b>Frist: 31. Mai.</b></p>"
    assert [kind for kind, _ in read(html)] == ["h2", "h3", "prose", "prose"]


def test_a_table_gives_a_row_each_and_its_caption_before() -> None:
    html = """<table><caption>Förderquoten</caption><thead><tr><th>Größe</th><th>Quote</th></tr></thead>
        <tr><th scope="row">klein</th><td>45&nbsp;%</td></tr><tr><td>mittel</td><td>35 %<br>ab 2025</td></tr></table>"""
    assert read(html) == [
        ("prose", "Förderquoten"),
        ("table", "Größe: klein; Quote: 45 %"),
        ("table", "Größe: mittel; Quote: 35 % ab 2025"),
    ]


def test_bold_cells_name_the_columns_where_no_header_is_marked() -> None:
    html = "<table><tr><td><p><b>Größe</b></p></td><td><p><b>Art</b></p></td></tr><tr><td>klein</td><td>Zuschuss</td></tr></table>"
    assert read(html) == [("table", "Größe: klein; Art: Zuschuss")]


def test_paragraphs_and_items_in_a_cell_are_not_glued() -> None:
    html = "<table><tr><th>Ort</th><th>Was</th></tr><tr><td><p>Steinweg 4</p><p>20459</p></td><td><ul><li>A</li><li>B</li></ul></td></tr></table>"
    assert read(html) == [("table", "Ort: Steinweg 4 20459; Was: A, B")]


@pytest.mark.parametrize(
    "html",
    [
        '<table role="presentation"><tr><td><h2>Ziele</h2><p>Text.</p></td></tr></table>',
        "<table><tr><td><h2>Ziele</h2></td><td><p>Text.</p></td></tr></table>",
        "<table><tr><td><h2>Ziele</h2><table><tr><td>Text.</td></tr></table></td></tr></table>",
    ],
    ids=["marked", "with a heading", "table in a table"],
)
def test_a_table_that_only_lays_out_a_page_is_read_as_a_page(html: str) -> None:
    assert read(html) == [("h2", "Ziele"), ("prose", "Text.")]


def test_flattened_tables_and_definitions_say_the_same() -> None:
    html = "<table><tr><th>A</th><th>B</th></tr><tr><td rowspan=2>x</td><td>1</td></tr><tr><td>2</td></tr></table><dl><dt>T</dt><dd>d</dd></dl>"
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    before = [block.text for block in blocks_of(tree)]
    flatten_tables(tree)
    assert [block.text for block in blocks_of(tree)] == before == ["A: x; B: 1", "A: x; B: 2", "T: d"]


TAGS = [
    "p",
    "div",
    "ul",
    "li",
    "h2",
    "table",
    "tr",
    "td",
    "th",
    "dl",
    "dt",
    "dd",
    "b",
    "br",
    "sup",
    "a",
    "details",
    "summary",
    "caption",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]), st.text("abc &;<>1", max_size=6)
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_tag_soup_loses_no_letter_and_doubles_none(pieces: list[str]) -> None:
    tree = lxml.html.document_fromstring("<body>x" + "".join(pieces))
    found = Counter(char for block in blocks_of(tree) for char in block.text if char.isalpha())
    wanted = Counter(char for char in "".join(tree.itertext()) if char.isalpha())
    if list(tree.iter("th", "td")):  # names of columns stand in each row
        assert found >= wanted
    else:
        assert found == wanted


def test_elements_nested_without_end_do_not_stop_the_reading() -> None:
    tree = lxml.html.document_fromstring("<div>" * 240 + "tief" + "</div>" * 240)
    assert [block.text for block in blocks_of(tree)] == ["tief"] and text_of(tree) == "tief"
