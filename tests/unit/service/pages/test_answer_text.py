"""The text of a reply as blocks: paragraphs, lists, numbers of citations."""

from __future__ import annotations

from assistant.service.pages.answer_text import AnswerBlock, Piece, answer_blocks


def words_of(block: AnswerBlock) -> list[str]:
    return ["".join(piece.words + piece.last_word for piece in line) for line in block.lines]


def test_paragraphs_and_lists_are_told_apart() -> None:
    blocks = answer_blocks("Zwei:\n- eins [1]\n- zwei [2]\n\nSchluss.", {1, 2})
    assert [(block.is_list, words_of(block)) for block in blocks] == [
        (False, ["Zwei:"]), (True, ["eins", "zwei"]), (False, ["Schluss."]),
    ]  # fmt: skip


def test_numbers_belong_to_the_words_before_them_and_stay_beside_the_last() -> None:
    (block,) = answer_blocks("Er zahlt 2.500 Euro. [1][2] Das gilt. [3]", {1, 2, 3})
    assert block.lines == (
        (
            Piece(words="Er zahlt 2.500 ", last_word="Euro.", numbers=(1, 2)),
            Piece(words=" Das ", last_word="gilt.", numbers=(3,)),
        ),
    )


def test_a_number_without_a_citation_is_part_of_the_words() -> None:
    (block,) = answer_blocks("Siehe [7] dort.", {1})
    assert block.lines == ((Piece(words="Siehe [7] dort."),),)


def test_a_very_long_word_may_be_broken() -> None:
    (block,) = answer_blocks("W" * 50 + " [1]", {1})
    assert len(block.lines[0][0].last_word) == 20


def test_headings_and_next_steps_of_an_enquiry() -> None:
    text = "**1. Was gilt [7]?**\nNichts.\nFragen Sie nach.\n\n**2. Und dann?**\nEs **gilt** das. [1]"
    blocks = answer_blocks(text, {1}, {"Fragen Sie nach.": "https://ifb.example/a"})
    assert [(block.is_heading, words_of(block)) for block in blocks] == [
        (True, ["1. Was gilt [7]?"]), (False, ["Nichts."]), (False, ["Fragen Sie nach. "]), (True, ["2. Und dann?"]),
        (False, ["Es **gilt** das."]),
    ]  # fmt: skip
    assert blocks[2].lines[0][-1].url == "https://ifb.example/a"
