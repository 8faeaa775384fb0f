"""Passages: whole sentences under one heading, neither crumbs nor pages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.values import Document, Passage, Version
from assistant.ingest.compose import Block, compose
from assistant.ingest.passages import LARGEST, SMALLEST, cut_passages
from tests.unit.ingest.test_compose import BLOCKS

DOCUMENT = Document(id="uploads/probe-txt", title="Probe", kind="upload", language="de")


def passages_of(blocks: list[Block], version_id: str = "v1") -> tuple[Version, tuple[Passage, ...]]:
    composed = compose(blocks, "de")
    version = Version(
        id=version_id, document_id=DOCUMENT.id, text=composed.text, outline=composed.outline, pages=composed.pages,
        sentences=composed.sentences, sources=(), loader="probe/1",
    )  # fmt: skip
    return version, cut_passages(DOCUMENT, version)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=15))
def test_every_sentence_lies_in_exactly_one_passage(blocks: list[Block]) -> None:
    version, passages = passages_of(blocks)
    assert [sentence for passage in passages for sentence in passage.sentences] == list(version.sentences)
    for passage in passages:
        assert passage.text == version.text[passage.start : passage.end]
        assert all(passage.start <= s.start and s.end <= passage.end for s in passage.sentences)


@settings(deadline=None)
@given(st.lists(BLOCKS, max_size=15))
def test_passages_are_in_order_and_no_larger_than_allowed(blocks: list[Block]) -> None:
    _, passages = passages_of(blocks)
    position = 0
    for number, passage in enumerate(passages):
        assert passage.ordinal == number and position <= passage.start < passage.end
        assert len(passage.text) <= LARGEST or len(passage.sentences) == 1
        position = passage.end
    assert len({passage.id for passage in passages}) == len(passages)


def test_a_passage_stays_under_its_heading_and_carries_the_path() -> None:
    blocks = [
        Block(kind="heading", text="Förderung", level=1),
        Block(kind="heading", text="Wer?", level=2),
        Block(kind="prose", text="Start-ups werden gefördert."),
        Block(kind="heading", text="Wie viel?", level=2),
        Block(kind="prose", text="Es gibt 150.000 Euro."),
    ]
    _, passages = passages_of(blocks)
    assert [(passage.heading, passage.text) for passage in passages] == [
        (("Förderung", "Wer?"), "Start-ups werden gefördert."),
        (("Förderung", "Wie viel?"), "Es gibt 150.000 Euro."),
    ]


def test_a_long_section_is_cut_between_sentences_and_leaves_no_crumb() -> None:
    sentence = "Die Behörde begleitet die Clusterorganisationen in Hamburg fachlich und finanziell. "
    _, passages = passages_of([Block(kind="prose", text=sentence * 26)])
    assert len(passages) > 1
    assert all(SMALLEST <= len(passage.text) <= LARGEST for passage in passages)
    assert all(passage.text.endswith("finanziell.") for passage in passages)


def test_a_cut_list_goes_on_with_the_mark_of_its_item() -> None:
    _, passages = passages_of([Block(kind="list", text=f"Punkt {number}: " + "x " * 120) for number in range(12)])
    assert len(passages) > 1
    assert all(passage.text.startswith("- Punkt") and passage.block == "list" for passage in passages)


def test_a_passage_knows_the_page_it_begins_on() -> None:
    blocks = [
        Block(kind="heading", text="Wer?", level=1, page=3),
        Block(kind="prose", text="Start-ups.", page=3),
        Block(kind="heading", text="Wann?", level=1, page=4),
        Block(kind="prose", text="Sofort.", page=4),
    ]
    assert [passage.page for passage in passages_of(blocks)[1]] == [3, 4]


def test_the_id_changes_with_the_version_and_not_with_another_run() -> None:
    blocks = [Block(kind="prose", text="Ein Satz.")]
    assert passages_of(blocks)[1][0].id == passages_of(blocks)[1][0].id != passages_of(blocks, "v2")[1][0].id
