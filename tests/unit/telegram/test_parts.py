"""Long texts become messages that are complete in themselves."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.telegram.parts import Block, Button, Layout, Part, Rows, in_rows, keyboard, lay_out, numbers_in
from bots.telegram.richtext import Text, bold, italic, plain
from bots.telegram.testing.limits import check_keyboard, check_text


def foot(numbers: Sequence[int]) -> Text:
    lines = "\n".join(f"Quelle {n}" for n in numbers)
    return plain(f"{lines}\n\n" if lines else "") + italic("23. November 2026")


LAYOUT = Layout(foot, lambda numbers: (), lambda n, all_parts: f"Teil {n} von {all_parts}")


def check(parts: Sequence[Part]) -> None:
    """Telegram must take every part."""
    for part in parts:
        check_text(part.text.plain, [entity.to_dict() for entity in part.text.entities()])


def test_a_short_answer_is_one_message_without_a_part_number() -> None:
    (part,) = lay_out([Block(plain("Ja [1]."))], LAYOUT)
    assert part.text.plain == "Ja [1].\n\nQuelle 1\n\n23. November 2026"


def test_lines_stand_close_and_paragraphs_apart() -> None:
    blocks = [Block(plain("Es gibt:")), Block(plain("• eins"), is_close=True), Block(plain("Ende"))]
    assert lay_out(blocks, LAYOUT)[0].text.plain.startswith("Es gibt:\n• eins\n\nEnde")


def test_a_long_answer_is_split_between_paragraphs_and_each_part_has_its_own_sources_and_the_date() -> None:
    blocks = [Block(plain(f"{'Satz. ' * 200}[{n}]")) for n in range(1, 8)]
    parts = lay_out(blocks, LAYOUT)
    assert len(parts) > 1
    for position, part in enumerate(parts, start=1):
        text = part.text.plain
        assert text.startswith(f"Teil {position} von {len(parts)}\n\n")
        assert text.endswith("23. November 2026")
        body, _, sources = text.partition("\n\nQuelle")
        assert [f"[{n}]" in body for n in range(1, 8)] == [f" {n}\n" in sources for n in range(1, 8)]
    assert "".join(part.text.plain for part in parts).count("Satz.") == 7 * 200
    check(parts)


def test_buttons_of_quotations_stand_below_the_part_that_cites_them_and_the_others_below_the_last() -> None:
    layout = Layout(
        foot, lambda numbers: tuple((Button(f"Beleg {n}", url="https://a.de"),) for n in numbers), LAYOUT.part_label
    )
    blocks = [Block(plain("x" * 3000 + " [1]")), Block(plain("y" * 3000 + " [2]"))]
    first, last = lay_out(blocks, layout, last_rows=((Button("Hilfreich", url="https://b.de"),),))
    assert [row[0].label for row in first.rows] == ["Beleg 1"]
    assert [row[0].label for row in last.rows] == ["Beleg 2", "Hilfreich"]


def test_a_heading_is_not_left_behind_alone() -> None:
    blocks = [
        Block(plain("x" * 3900)),
        Block(bold("Förderung:"), is_heading=True),
        Block(plain("y" * 300), is_close=True),
    ]
    first, second = lay_out(blocks, LAYOUT)
    assert "Förderung:" not in first.text.plain
    assert "Förderung:\n" + "y" * 300 in second.text.plain


def test_a_single_line_longer_than_a_message_is_torn_without_loss() -> None:
    emoji = "👍" * 5000
    parts = lay_out([Block(plain(emoji))], LAYOUT)
    assert sum(part.text.plain.count("👍") for part in parts) == 5000
    check(parts)


def test_more_marks_than_telegram_shows_go_into_further_messages() -> None:
    parts = lay_out([Block(bold("a") + " b", is_close=True)] * 250, LAYOUT)
    assert sum(part.text.plain.count("a b") for part in parts) == 250
    check(parts)


def test_nothing_makes_one_message_of_its_foot() -> None:
    assert [part.text.plain for part in lay_out([], LAYOUT)] == ["23. November 2026"]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.text(alphabet="aä. 👍\n[1]", min_size=1, max_size=3000), st.booleans()), max_size=8))
def test_any_blocks_fit_and_lose_nothing(written: list[tuple[str, bool]]) -> None:
    blocks = [Block(plain(text).stripped(), is_heading=is_heading) for text, is_heading in written]
    parts = lay_out(blocks, LAYOUT)
    check(parts)
    shown = "".join(part.text.plain for part in parts)
    for char in "ä👍":
        assert shown.count(char) == sum(text.count(char) for text, _ in written)


@pytest.mark.parametrize(
    ("text", "numbers"), [("", []), ("Ja [1][3].", [1, 3]), ("[2] und [1] und [2]", [2, 1]), ("[x] [12345]", [])]
)
def test_numbers_of_citations_are_found_in_order(text: str, numbers: list[int]) -> None:
    assert numbers_in(text) == numbers


def test_a_keyboard_leaves_out_what_telegram_would_refuse() -> None:
    rows: Rows = ((Button("Intranet", url="http://intranet/x"),), (Button("Seite", url="https://www.hamburg.de"),))
    made = keyboard(rows)
    assert made is not None
    check_keyboard(made.to_dict()["inline_keyboard"])
    assert [button.text for row in made.inline_keyboard for button in row] == ["Seite"]
    assert keyboard(rows[:1]) is None


def test_buttons_stand_in_rows_of_at_most_eight() -> None:
    rows = in_rows([Button(str(n), url="https://a.de") for n in range(20)], per_row=30)
    assert [len(row) for row in rows] == [8, 8, 4]
