"""Blocks of PDF pages: running lines out, headings and paragraphs told apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.compose import one_line
from assistant.ingest.pdf_layout import blocks_of_pages, without_running_lines
from assistant.ingest.pdf_lines import PdfLine, Piece

WIDE = 460.0
WORDS = ["Zuwendungszweck", "Gegenstand", "Verfahren", "Inkrafttreten"]


def line(
    top: float, text: str, *, left: float = 72, size: float = 10, bold: bool = False, right: float | None = None
) -> PdfLine:
    return PdfLine((Piece(text, left, right or left + 5 * len(text)),), top, size, bold)


def paragraph(top: float, *texts: str, step: float = 13, **options: float) -> list[PdfLine]:
    """Lines of justified text: all but the last reach the right edge."""
    right = [WIDE + 72] * (len(texts) - 1) + [None]
    return [line(top + step * n, text, right=right[n], **options) for n, text in enumerate(texts)]  # type: ignore[arg-type]


FILLER = paragraph(300, "Die Behörde begleitet die Clusterorganisationen", "fachlich und finanziell in allen Fragen.")


def read(*pages: list[PdfLine]) -> list[tuple[str, str]]:
    return [
        (f"h{block.level}" if block.kind == "heading" else block.kind, " ".join(block.text.split()))
        for block in blocks_of_pages(pages)
    ]


def texts_of(pages: list[list[PdfLine]]) -> list[list[str]]:
    return [[line.text for line in lines] for lines in without_running_lines(pages)]


def test_headers_and_footers_with_their_page_numbers_go() -> None:
    pages = [
        [line(40, "Förderrichtlinie Cluster"), line(300, text), line(800, f"Seite {n} von 4")]
        for n, text in enumerate(WORDS, start=1)
    ]
    assert texts_of(pages) == [[text] for text in WORDS]


def test_a_header_that_differs_on_left_and_right_pages_goes() -> None:
    pages = [
        [line(40, "Richtlinie" if n % 2 else "Beispielbehörde"), line(300, text)] for n, text in enumerate(WORDS * 2)
    ]
    pages[3][1], pages[7][1] = line(300, "Zweck"), line(300, "Anlage")
    assert all(len(texts) == 1 for texts in texts_of(pages))


def test_page_numbers_go_that_do_not_begin_at_one() -> None:
    pages = [[line(300, text), line(800, f"– {n + 16} –")] for n, text in enumerate(WORDS)]
    assert texts_of(pages) == [[text] for text in WORDS]


def test_a_number_beside_the_name_of_the_chapter_marks_the_line_as_running() -> None:
    pages = [
        [PdfLine((Piece(f"Kapitel {text}", 72, 200), Piece(str(n), 500, 510)), 40, 8, False), line(300, text)]
        for n, text in enumerate(WORDS, start=1)
    ]
    assert texts_of(pages) == [[text] for text in WORDS]


@pytest.mark.parametrize("number", ["1", "- 1 -", "Seite 1", "Seite 1 von 1", "Page 1 of 1", "1/1", "iii"])
def test_the_page_number_of_a_single_page_goes(number: str) -> None:
    assert texts_of([[line(300, "Inhalt."), line(800, number)]]) == [["Inhalt."]]


@pytest.mark.parametrize("text", ["§ 3", "Artikel 2 von 9", "150.000 Euro", "2027"])
def test_what_only_looks_like_a_page_number_stays(text: str) -> None:
    assert texts_of([[line(300, "Inhalt."), line(800, text)]]) == [["Inhalt.", text]]


def test_headings_that_count_up_with_the_pages_stay() -> None:
    pages = [[line(40, f"§ {n}"), line(300, "abc"[n - 1] * 9)] for n in range(1, 4)]
    assert texts_of(pages) == [["§ 1", "a" * 9], ["§ 2", "b" * 9], ["§ 3", "c" * 9]]


def test_words_that_repeat_in_the_middle_of_pages_stay() -> None:
    pages = [[*(line(100 + 20 * k, f"Zeile {k} auf {n}x") for k in range(3)), line(400, "Weiteres folgt."), *(line(600 + 20 * k, f"Ende {k} auf {n}x") for k in range(3))] for n in range(1, 5)]  # fmt: skip
    assert all("Weiteres folgt." in texts for texts in texts_of(pages))


def test_a_gap_parts_paragraphs_and_line_breaks_do_not() -> None:
    lines = [
        *paragraph(100, "Der Senat verfolgt seit 2001 eine Politik der", "Cluster in der Stadt."),
        *paragraph(132, "Sie umfasst acht Cluster, die von Vereinen", "getragen werden."),
    ]
    assert read(lines) == [
        ("prose", "Der Senat verfolgt seit 2001 eine Politik der Cluster in der Stadt."),
        ("prose", "Sie umfasst acht Cluster, die von Vereinen getragen werden."),
    ]


def test_paragraphs_without_a_gap_are_parted_where_a_line_ends_early() -> None:
    lines = [
        *paragraph(100, "Der Senat verfolgt seit 2001 eine Politik der", "Cluster."),
        *paragraph(126, "Danach folgt ein neuer Absatz ohne Abstand zum", "vorigen."),
    ]
    assert [text[:6] for _, text in read(lines)] == ["Der Se", "Danach"]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param("Die Förderung der Inno-", "vation endet.", "Die Förderung der Innovation endet.", id="word"),
        pytest.param("Forschungs-", "und Entwicklungskosten zählen.", "Forschungs- und Entwicklungskosten zählen.", id="hyphen that stays"),
    ],
)  # fmt: skip
def test_a_word_cut_at_a_line_end_is_whole_again(one: str, other: str, wanted: str) -> None:
    (block,) = blocks_of_pages([paragraph(100, one, other)])
    assert one_line(block.text) == wanted


def test_headings_are_known_by_their_letters_and_ranked_by_size() -> None:
    lines = [
        line(60, "Förderrichtlinie des Landes", size=18, bold=True),
        line(100, "Zuwendungszweck", size=14, bold=True),
        *paragraph(120, "Die Behörde fördert Vorhaben in der Stadt, die", "allen nützen."),
        line(160, "Gegenstand", bold=True),
        *paragraph(180, "Gefördert werden Vorhaben von Unternehmen der", "Stadt."),
    ]
    assert [kind for kind, _ in read(lines)] == ["h1", "h2", "prose", "h3", "prose"]


def test_numbered_headings_are_ranked_by_their_number() -> None:
    lines = [
        line(60, "Förderrichtlinie", size=18),
        line(100, "1 Zuwendungszweck", size=12, bold=True),
        line(125, "1.1 Gegenstand der Förderung", size=12, bold=True),
        *FILLER,
    ]
    assert [kind for kind, _ in read(lines)][:3] == ["h1", "h2", "h3"]


def test_a_plain_numbered_line_is_a_heading_only_where_it_stands_apart() -> None:
    lines = [
        *paragraph(60, "Die Laufzeit beträgt höchstens", "24 Monate und wird nach Bewilligung"),
        *paragraph(110, "3.2 Höhe der Zuwendung"),
        *paragraph(140, "Der Zuschuss beträgt höchstens", "50 Prozent der Kosten."),
    ]
    assert [kind for kind, _ in read(lines)] == ["prose", "h3", "prose"]


def test_a_heading_of_two_lines_is_one_heading() -> None:
    lines = [line(60, "Richtlinie zur Förderung von", size=16), line(80, "Clusterprojekten", size=16), *FILLER]
    assert read(lines)[0] == ("h1", "Richtlinie zur Förderung von Clusterprojekten")


def test_a_bold_sentence_and_large_print_of_a_whole_paragraph_are_no_headings() -> None:
    lines = [
        line(60, "Der Antrag ist vor Beginn zu stellen.", bold=True),
        *[line(100 + 18 * n, f"Zeile {n} eines groß gedruckten Absatzes", size=14) for n in range(6)],
        *FILLER, *paragraph(400, *["Text der Richtlinie in der üblichen Größe und Breite."] * 12),
    ]  # fmt: skip
    assert {kind for kind, _ in read(lines)} == {"prose"}


def test_a_table_of_contents_goes() -> None:
    lines = [line(60 + 15 * n, f"{n} Abschnitt ........................ {n + 3}") for n in range(1, 6)]
    assert read([*lines, *FILLER]) == [("prose", "Die Behörde begleitet die Clusterorganisationen fachlich und finanziell in allen Fragen.")]  # fmt: skip


def test_items_keep_their_wrapped_lines() -> None:
    lines = [
        line(100, "• Personal, das am Vorhaben mitarbeitet und im Antrag", right=WIDE + 72),
        line(113, "mit Namen genannt ist,", left=86),
        line(126, "• Reisekosten"),
        line(139, "a) Sonstiges"),
    ]
    assert read(lines) == [
        ("list", "Personal, das am Vorhaben mitarbeitet und im Antrag mit Namen genannt ist,"),
        ("list", "Reisekosten"),
        ("list", "a) Sonstiges"),
    ]


def test_a_paragraph_goes_on_over_a_page_and_past_a_footnote() -> None:
    pages = [
        [
            *paragraph(100, *["Text der Richtlinie in der üblichen Größe und Breite"] * 9),
            line(600, "1 Stand: Januar.", size=7),
        ],
        paragraph(60, "mit einem Ende auf der zweiten Seite."),
    ]
    blocks = read(*pages)
    assert blocks[0][1].endswith("Breite mit einem Ende auf der zweiten Seite.")
    assert [text for _, text in blocks[1:]] == ["1 Stand: Januar."]


def test_a_sentence_that_ended_does_not_go_on_over_the_page() -> None:
    assert len(read([line(100, "Der Satz ist zu Ende.")], [line(60, "Ein neuer beginnt.")])) == 2


LINES = st.builds(
    PdfLine,
    pieces=st.lists(
        st.builds(Piece, text=st.text("aB 1?-•", min_size=1, max_size=20).filter(str.strip), left=st.floats(0, 500), right=st.floats(0, 600)),
        min_size=1, max_size=3,
    ).map(tuple),
    top=st.floats(-50, 900), size=st.sampled_from([7.0, 10.0, 14.0]), is_bold=st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.lists(LINES, max_size=12), max_size=4))
def test_any_arrangement_can_be_read_and_only_running_lines_are_lost(pages: list[list[PdfLine]]) -> None:
    kept = without_running_lines(pages)
    found = "".join(block.text for block in blocks_of_pages(pages))
    flowing = "".join(line.text for lines in kept for line in lines if len(line.pieces) == 1)
    assert all(found.count(letter) >= flowing.count(letter) for letter in "aB")  # the name of an empty column may go
