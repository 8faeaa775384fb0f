"""Plain text: lines joined to paragraphs, items and headings apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ingest.plain import decode, is_contents_line, read_plain, starts_item


def read(text: str) -> list[tuple[str, str]]:
    return [(block.kind, " ".join(block.text.split())) for block in read_plain(text).blocks]


def test_wrapped_lines_are_one_paragraph_and_blank_lines_part_two() -> None:
    assert read("Der Senat verfolgt\neine Clusterpolitik.\n\nSie umfasst acht\nCluster.") == [
        ("prose", "Der Senat verfolgt eine Clusterpolitik."),
        ("prose", "Sie umfasst acht Cluster."),
    ]


def test_items_of_any_bullet_stand_alone_with_their_wrapped_lines() -> None:
    assert read("Gefördert werden:\n- Start-ups, die jünger\n  als zwei Jahre sind\n• Hochschulen\n* Verbände") == [
        ("prose", "Gefördert werden:"),
        ("list", "Start-ups, die jünger als zwei Jahre sind"),
        ("list", "Hochschulen"),
        ("list", "Verbände"),
    ]


def test_enumerators_are_kept_for_people_cite_them() -> None:
    assert read("(1) Der Antrag ist zu stellen.\n(2) Die Behörde entscheidet über:\na) Personal;\nb) Reisen.") == [
        ("prose", "(1) Der Antrag ist zu stellen."),
        ("prose", "(2) Die Behörde entscheidet über:"),
        ("list", "a) Personal;"),
        ("list", "b) Reisen."),
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "1 Zuwendungszweck",
        "2.1 Gegenstand der Förderung",
        "§ 5 Verfahren",
        "3. Höhe der Zuwendung",
        "Artikel 12 Beihilfen",
    ],
)
def test_a_numbered_line_that_stands_alone_is_a_heading(heading: str) -> None:
    assert read(f"Ein Satz davor.\n\n{heading}\n\nEin Satz danach.")[1] == ("heading", heading)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("Die Laufzeit beträgt höchstens\n24 Monate und endet danach.", 1, id="months"),
        pytest.param("Gefördert werden bis zu\n50 Prozent der Kosten\nfür Personal.", 1, id="percent"),
        pytest.param("Die Frist endet am\n1. Januar 2027 um Mitternacht.", 1, id="date"),
        pytest.param("Die Quote nach\n3.1 Allgemeine Regeln gilt\nfür alle.", 1, id="within a sentence"),
        pytest.param("1. Antrag stellen\n2. Bescheid abwarten\n3. Beginnen", 3, id="numbered items"),
    ],
)
def test_a_line_that_begins_with_a_figure_is_no_heading(text: str, wanted: int) -> None:
    blocks = read(text)
    assert len(blocks) == wanted and "heading" not in {kind for kind, _ in blocks}


def test_the_depth_of_a_number_gives_the_level() -> None:
    blocks = read_plain("1 Zweck\n\n1.1 Ziel\n\n1.1.1 Teilziel\n\n§ 2 Höhe\n\nText.").blocks
    assert [block.level for block in blocks if block.kind == "heading"] == [2, 3, 4, 2]


def test_an_underlined_line_is_a_heading_and_the_line_below_it_goes() -> None:
    assert read("Wer wird gefördert\n==================\nStart-ups.") == [
        ("heading", "Wer wird gefördert"),
        ("prose", "Start-ups."),
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("1 Zweck .............. 3", True),
        ("2.1 Gegenstand . . . . . . 12", True),
        ("Er zögerte ... 3 Jahre", False),
        ("Der Betrag ist 3.000.000", False),
    ],
)
def test_lines_of_a_table_of_contents_are_known(line: str, wanted: bool) -> None:
    assert is_contents_line(line) is wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("a) Personal", True), ("12) Reise", True), ("3. Antrag", True), ("(iv) Sonstiges", True),
        ("3. Januar 2027", False), ("Haus) mit", False), ("2027 beginnt", False),
    ],
)  # fmt: skip
def test_enumerators_are_known_and_dates_are_none(line: str, wanted: bool) -> None:
    assert starts_item(line) is wanted


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_survive_any_encoding(encoding: str) -> None:
    assert decode("Förderung größer – „ja“".encode(encoding)) == "Förderung größer – „ja“"


def test_the_first_line_is_the_title() -> None:
    assert read_plain("\n\nMerkblatt zur Förderung\n\nText.").title == "Merkblatt zur Förderung"


@given(st.binary(max_size=200) | st.text(alphabet="-*1.)(a§ A\n=", max_size=100).map(str.encode))
def test_any_bytes_can_be_read_as_text(raw: bytes) -> None:
    read_plain(decode(raw))
