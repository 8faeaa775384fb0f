"""Marked text is counted and cut the way Telegram counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.richtext import Text, bold, is_web_address, joined, link, pieces, plain, quotation, utf16_units
from bots.telegram.testing.limits import check_text

WRITING = st.text(alphabet="aä ß€.\n👩🏽‍🔬🇩🇪é\u0301𝔸", max_size=120)


def as_sent(text: Text) -> list[dict[str, object]]:
    return [entity.to_dict() for entity in text.entities()]


@pytest.mark.parametrize(
    ("text", "units"), [("", 0), ("Straße", 6), ("👍", 2), ("🇩🇪", 4), ("é", 1), ("e\u0301", 2), ("𝔸b", 3)]
)
def test_length_is_counted_in_utf16_units(text: str, units: int) -> None:
    assert utf16_units(text) == units == len(text.encode("utf-16-le")) // 2


def test_marks_are_placed_behind_emoji_where_telegram_sees_them() -> None:
    text = plain("👍👍 ") + bold("Ja") + ", siehe " + link("hier", "https://www.hamburg.de/x")
    assert as_sent(text) == [
        {"type": "bold", "offset": 5, "length": 2},
        {"type": "text_link", "offset": 15, "length": 4, "url": "https://www.hamburg.de/x"},
    ]


def test_the_outer_mark_comes_first() -> None:
    text = quotation(bold("Frist:") + " offen")
    assert [entity["type"] for entity in as_sent(text)] == ["blockquote", "bold"]


def test_a_mark_over_nothing_is_left_out() -> None:
    assert as_sent(bold("") + " " + bold("  ") + "x") == []


@pytest.mark.parametrize(
    "url", [None, "", "hamburg.de", "mailto:a@b.de", "javascript:alert(1)", "https://localhost/x", "https://a.de/b c"]
)
def test_what_telegram_takes_for_no_address_stays_plain(url: str | None) -> None:
    assert not is_web_address(url)
    assert link("Seite", url) == plain("Seite")


def test_stripping_moves_the_marks_along() -> None:
    assert (plain("  \n") + bold("Ja") + "  ").stripped() == bold("Ja")


def test_empty_texts_leave_no_gap_when_joined() -> None:
    assert joined("\n", (plain("a"), Text(), plain("b"))).plain == "a\nb"


# --- cutting ---------------------------------------------------------------------------------------------------------


def test_a_short_text_stays_whole() -> None:
    assert list(pieces(plain("kurz"), max_units=10)) == [plain("kurz")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Zeile eins\nZeile zwei hier", ["Zeile eins", "Zeile zwei", "hier"], id="behind a line"),
        pytest.param("Erster Satz. Zweiter Satz.", ["Erster Satz.", "Zweiter", "Satz."], id="behind a sentence"),
        pytest.param("Förderung für Gründende", ["Förderung", "für", "Gründende"], id="between words"),
        pytest.param("Ausfallbürgschaftsgeber", ["Ausfallbürgs", "chaftsgeber"], id="within a word that is too long"),
    ],
)
def test_a_text_is_cut_at_the_best_place(text: str, expected: list[str]) -> None:
    assert [piece.plain for piece in pieces(plain(text), max_units=12)] == expected


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param("👩🏽‍🔬", id="woman scientist, joined of three"),
        pytest.param("🇩🇪", id="flag"),
        pytest.param("a\u0308", id="umlaut of two characters"),
        pytest.param("✌️", id="with a variation selector"),
    ],
)
def test_what_a_reader_sees_as_one_sign_is_not_torn(sign: str) -> None:
    for before in range(6):
        cut = [piece.plain for piece in pieces(plain("x" * before + sign * 5), max_units=10)]
        assert "".join(cut) == "x" * before + sign * 5
        assert all(piece.strip("x").replace(sign, "") == "" for piece in cut)


@given(WRITING, st.integers(min_value=8, max_value=40))
def test_pieces_fit_and_lose_nothing(text: str, max_units: int) -> None:
    marked = bold(text[: len(text) // 2]) + text[len(text) // 2 :]
    found = list(pieces(marked.stripped(), max_units=max_units))
    assert all(piece.units <= max_units for piece in found)
    assert "".join("".join(piece.plain.split()) for piece in found) == "".join(text.split())
    for piece in found:
        check_text(piece.plain, as_sent(piece))


@given(WRITING)
def test_entities_always_lie_between_characters(text: str) -> None:
    marked = plain("👍") + bold(text) + quotation(plain(text) + link("x", "https://a.de"))
    check_text(marked.plain, as_sent(marked))
