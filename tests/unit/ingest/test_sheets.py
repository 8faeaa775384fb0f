"""Fact sheets as the checks see them, and where in them something stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingest.sheets import error, line_in_yaml, read_sheet, sheet_paths
from tests.unit.ingest.make import SHEET, write_sheets


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("status",), "status: open"),
        (("sources", 1), "- {url: \"https://example.org/b\""),
        (("terms", "amounts", 0, "eur"), "  - {what: max_grant"),
        (("terms", "level"), "  level: hamburg"),
        (("terms", "nothing"), "terms:"),
        (("nothing",), "---"),
    ],
    ids=str,
)  # fmt: skip
def test_a_part_of_the_front_matter_is_found_on_its_line(
    tmp_path: Path, keys: tuple[str | int, ...], text: str
) -> None:
    write_sheets(tmp_path, funding__probe_de=SHEET)
    sheet = read_sheet(tmp_path / "funding" / "probe.de.md")
    assert SHEET.splitlines()[sheet.line_of(*keys) - 1].startswith(text)


def test_broken_yaml_has_a_first_line() -> None:
    assert line_in_yaml("a: [", ("a",)) == 1


def test_sheets_are_looked_for_in_the_folders_of_the_corpus_only(tmp_path: Path) -> None:
    write_sheets(tmp_path, funding__b_de=SHEET, clusters__a_de=SHEET, elsewhere__c_de=SHEET)
    assert [str(path.relative_to(tmp_path)) for path in sheet_paths(tmp_path)] == [
        "clusters/a.de.md",
        "funding/b.de.md",
    ]


def test_a_finding_reads_like_a_compilers() -> None:
    assert str(error(Path("a.md"), "wrong", 3)) == "a.md:3: error: wrong"
