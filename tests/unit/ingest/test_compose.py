"""The canonical text: everything in it is a slice, and nothing of a block is lost or stands twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.values import Language
from assistant.ingest.compose import MAX_SENTENCE, Block, Part, compose, one_line, page_at

WORDS = st.text(max_size=60) | st.text(alphabet="aÄb1. -\n\u00ad;?!)(", max_size=60)
PARTS = st.builds(Part, text=WORDS, sources=st.just((0,)), label=st.none())
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(["heading", "prose", "list", "table"]),
    text=WORDS
    | st.just("Der Zuschuss beträgt 50 Prozent. Er endet 2027.")
    | st.just("wort " * 500)
    | st.just("x" * 2500),
    level=st.integers(1, 6),
    page=st.none() | st.integers(1, 5),
    parts=st.just(()) | st.lists(PARTS, max_size=3).map(tuple),
)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=12), st.sampled_from(["de", "en"]))
def test_sentences_are_slices_in_order_that_do_not_overlap(blocks: list[Block], language: Language) -> None:
    composed = compose(blocks, language)
    position = 0
    for sentence in composed.sentences:
        assert position <= sentence.start < sentence.end <= len(composed.text)
        quoted = composed.text[sentence.start : sentence.end]
        assert quoted == quoted.strip() and "\n" not in quoted
        position = sentence.end


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=12), st.sampled_from(["de", "en"]))
def test_all_text_is_a_heading_or_lies_in_a_sentence(blocks: list[Block], language: Language) -> None:
    composed = compose(blocks, language)
    covered = set()
    for item in composed.sentences:
        covered.update(range(item.start, item.end))
    for section in composed.outline:
        covered.update(range(section.start, section.start + len(section.title)))
        assert composed.text[section.start :].startswith(section.title)
        assert section.path[-1] == section.title
    left = "".join(char for place, char in enumerate(composed.text) if place not in covered)
    assert not left.replace("- ", "").strip()


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=12))
def test_sections_hold_the_sections_of_lower_levels(blocks: list[Block]) -> None:
    outline = compose(blocks, "de").outline
    for number, section in enumerate(outline):
        inside = [other for other in outline[number + 1 :] if other.start < section.end]
        assert all(other.level > section.level and other.end <= section.end for other in inside)


@given(WORDS)
def test_a_line_has_no_breaks_and_stays_as_it_is(text: str) -> None:
    line = one_line(text)
    assert "\n" not in line and line == line.strip()
    assert one_line(line) == line


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Luftfahrt-\nCluster", "Luftfahrt-Cluster", id="compound cut at its own hyphen"),
        pytest.param("2021-\n2027", "2021-2027", id="range of years"),
        pytest.param("Inno-\nvation", "Innovation", id="word cut at a line end"),
        pytest.param("Forschungs-\nund Entwicklung", "Forschungs- und Entwicklung", id="hyphen that stands for a word"),
        pytest.param("Hamburg –\nder Norden", "Hamburg – der Norden", id="dash"),
        pytest.param("ab\ud800c", "ab\ufffdc", id="half a character"),
    ],
)
def test_lines_are_joined_as_a_reader_would(text: str, wanted: str) -> None:
    assert one_line(text) == wanted


def test_items_and_rows_stand_close_and_other_blocks_apart() -> None:
    blocks = [
        Block(kind="heading", text="Wer?", level=2),
        Block(kind="list", text="Start-ups"),
        Block(kind="list", text="Hochschulen"),
        Block(kind="prose", text="Das gilt seit 2021."),
    ]
    assert compose(blocks, "de").text == "Wer?\n\n- Start-ups\n- Hochschulen\n\nDas gilt seit 2021."


def test_the_mark_of_an_item_is_no_part_of_its_sentence() -> None:
    composed = compose([Block(kind="list", text="Start-ups")], "de")
    assert [composed.text[s.start : s.end] for s in composed.sentences] == ["Start-ups"]


@pytest.mark.parametrize("number", ["1.", "(2)", "a)", "12)", "iv)"])
def test_a_number_in_front_belongs_to_the_first_sentence(number: str) -> None:
    composed = compose([Block(kind="prose", text=f"{number} Der Antrag ist zu stellen. Die Frist endet 2027.")], "de")
    assert [composed.text[s.start : s.end] for s in composed.sentences] == [
        f"{number} Der Antrag ist zu stellen.",
        "Die Frist endet 2027.",
    ]


def test_a_table_row_is_one_sentence_whatever_stands_in_it() -> None:
    composed = compose([Block(kind="table", text="Programm: ZIM. Quote: 45 %; Frist: 31. Mai. Danach nicht.")], "de")
    assert len(composed.sentences) == 1


def test_text_without_full_stops_is_cut_between_words() -> None:
    composed = compose([Block(kind="prose", text="wort " * 1000)], "de")
    quoted = [composed.text[s.start : s.end] for s in composed.sentences]
    assert len(quoted) > 1 and all(len(text) <= MAX_SENTENCE for text in quoted)
    assert " ".join(quoted) == composed.text


def test_known_sentences_keep_their_sources_and_labels() -> None:
    parts = (Part(text="Ein Satz. Noch einer.", sources=(1, 0), label="betrag"), Part(text="Zweiter.", sources=(2,)))
    composed = compose([Block(kind="prose", parts=parts)], "de")
    assert [(composed.text[s.start : s.end], s.sources, s.label) for s in composed.sentences] == [
        ("Ein Satz. Noch einer.", (1, 0), "betrag"),
        ("Zweiter.", (2,), None),
    ]


def test_an_offset_knows_its_page() -> None:
    composed = compose([Block(kind="prose", text=f"Seite {page}.", page=page) for page in (1, 1, 3)], "de")
    assert [page_at(composed.pages, sentence.start) for sentence in composed.sentences] == [1, 1, 3]
    assert [composed.text[page.start : page.end] for page in composed.pages] == ["Seite 1.\n\nSeite 1.", "Seite 3."]


def test_a_document_without_pages_has_none() -> None:
    composed = compose([Block(kind="prose", text="Ein Satz.")], "de")
    assert composed.pages == () and page_at(composed.pages, 0) is None
