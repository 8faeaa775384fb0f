"""What the sheets of a corpus say of one another, and the project's own corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.ingest.corpus_check import check_corpus, main, sheet_paths
from assistant.ingest.sheets import Finding
from tests.conftest import CORPUS, TODAY
from tests.unit.ingest.make import SHEET, SHEET_EN, write_sheets


def check(corpus: Path, **sheets: str) -> list[Finding]:
    write_sheets(corpus, **sheets)
    return check_corpus(corpus, today=TODAY)


def only(findings: list[Finding], message: str) -> Finding:
    (found,) = [finding for finding in findings if message in finding.message]
    return found


def test_the_projects_own_corpus_has_no_errors() -> None:
    assert len(sheet_paths(CORPUS)) > 100
    assert [str(finding) for finding in check_corpus(CORPUS, today=TODAY) if finding.level == "error"] == []


def test_a_good_corpus_has_no_findings(tmp_path: Path) -> None:
    assert check(tmp_path, funding__probe_de=SHEET, funding__probe_en=SHEET_EN) == []


def test_the_examples_of_the_documentation_pass(tmp_path: Path) -> None:
    text = (CORPUS.parent / "docs" / "corpus-format.md").read_text(encoding="utf-8")
    sheet, glossary, questions = re.findall(r"```(?:markdown|yaml)\n(.*?)```", text, re.DOTALL)
    (tmp_path / "glossary.yaml").write_text(glossary, encoding="utf-8")
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions/funding-beispiel.yaml").write_text(questions, encoding="utf-8")
    assert [finding.message for finding in check(tmp_path, funding__beispiel_de=sheet)] == [
        "its English sheet is missing"
    ]


def test_a_corpus_without_sheets_is_an_error(tmp_path: Path) -> None:
    assert [finding.message for finding in check_corpus(tmp_path, today=TODAY)] == ["no fact sheet found"]


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        pytest.param("2027. [1][2]", "2027.", "without a source mark", "- Probeprogramm runs", id="sentence without mark"),
        pytest.param("status: open", "status: maybe", "front matter status", "status: maybe", id="wrong entry"),
        pytest.param("authority: press", "authority: hearsay", "sources.1.authority", "- {url: \"https://example.org/b", id="wrong entry in a list"),
        pytest.param("lang: en", "lang: [en", "no valid YAML", "", id="no YAML"),
        pytest.param("translation_of: funding/probe", "translation_of: funding/other", "is no German sheet", "translation_of:", id="no original"),
        pytest.param("status: open", "status: unknown", "status differs from the German sheet", "status:", id="status"),
        pytest.param("valid_until: 2027-12-31", "valid_until: 2027-12-30", "valid_until differs", "valid_until:", id="date"),
        pytest.param("https://example.org/b", "https://example.org/c", "list of sources differs", "sources:", id="sources"),
        pytest.param("[1][2]", "[1]", "marks or label differ from line", "- Probeprogramm runs", id="marks"),
        pytest.param("{#betrag}", "{#amount}", "marks or label differ from line", "Probeprogramm pays", id="labels"),
        pytest.param("150,000", "15,000", "figures differ from German line", "Probeprogramm pays", id="amount"),
        pytest.param("31 December", "30 December", "figures differ from German line", "- Probeprogramm runs", id="day"),
        pytest.param("## How", "### How", "headings do not follow", "---", id="headings"),
        pytest.param("- Probeprogramm runs until 31 December 2027. [1][2]\n", "", "1 sentences, the German sheet has 2", "---", id="sentence missing"),
    ],
)  # fmt: skip
def test_a_translation_that_drifted_apart_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, message: str, line: str
) -> None:
    english = SHEET_EN.replace(old, new, 1)
    assert english != SHEET_EN
    finding = only(check(tmp_path, funding__probe_de=SHEET, funding__probe_en=english), message)
    assert finding.level == "error" and finding.path.name == "probe.en.md"
    assert english.splitlines()[finding.line - 1].startswith(line)


def test_one_address_has_one_authority_in_all_sheets(tmp_path: Path) -> None:
    other = SHEET.replace("funding/probe", "funding/zwei").replace("authority: official", "authority: organisation")
    english = SHEET_EN.replace("funding/probe", "funding/zwei").replace(
        "authority: official", "authority: organisation"
    )
    findings = check(
        tmp_path, funding__probe_de=SHEET, funding__probe_en=SHEET_EN, funding__zwei_de=other, funding__zwei_en=english
    )
    assert {finding.path.name for finding in findings} == {"zwei.de.md", "zwei.en.md"}
    finding = findings[0]
    assert finding.level == "error" and "is 'organisation' here, but 'official' in" in finding.message
    assert "https://example.org/a" in other.splitlines()[finding.line - 1]


def test_the_english_sheet_of_a_hamburg_programme_must_exist(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, funding__probe_de=SHEET)
    assert (finding.level, finding.message) == ("error", "its English sheet is missing")
    assert SHEET.splitlines()[finding.line - 1] == "id: funding/probe"


def test_a_federal_programme_may_stand_in_german_only(tmp_path: Path) -> None:
    assert check(tmp_path, funding__probe_de=SHEET.replace("level: hamburg", "level: federal")) == []


def test_a_policy_sheet_must_stand_in_english(tmp_path: Path) -> None:
    policy = SHEET.split("terms:")[0].replace("funding/probe", "policy/probe").replace("kind: funding", "kind: policy")
    text = f"{policy}---\nDas Probeprogramm läuft bis 2027. [1][2]\n"
    assert [finding.message for finding in check(tmp_path, policy__probe_de=text)] == ["its English sheet is missing"]


@pytest.mark.parametrize(
    "entry",
    ["look_alikes: [funding/nix]", "clusters: [clusters/nix]", "combination: [{with: funding/nix, allowed: true, sentence: betrag}]"],
    ids=["look-alike", "cluster", "combination"],
)  # fmt: skip
def test_a_reference_to_nothing_is_found_on_its_line(tmp_path: Path, entry: str) -> None:
    text = SHEET.replace("  form: [grant]\n", f"  form: [grant]\n  {entry}\n")
    finding = only(check(tmp_path, funding__probe_de=text, funding__probe_en=SHEET_EN), "which does not exist")
    assert finding.level == "error" and "/nix" in text.splitlines()[finding.line - 1]


def test_an_id_used_twice_is_found(tmp_path: Path) -> None:
    findings = check(tmp_path, funding__probe_de=SHEET, funding__zwei_de=SHEET, funding__probe_en=SHEET_EN)
    assert only(findings, "is also used by").path.name == "zwei.de.md"


def test_a_sheet_in_another_encoding_is_found(tmp_path: Path) -> None:
    write_sheets(tmp_path, funding__probe_de=SHEET)
    (tmp_path / "funding/probe.de.md").write_bytes(SHEET.encode("cp1252"))
    finding = only(check_corpus(tmp_path, today=TODAY), "not written in UTF-8")
    assert "höchstens" in SHEET.splitlines()[finding.line - 1]


def test_the_glossary_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_text("- {kind: synonym, de: [Zuschuss]}\n", encoding="utf-8")
    findings = check(tmp_path, funding__probe_de=SHEET, funding__probe_en=SHEET_EN)
    assert [finding.path.name for finding in findings] == ["glossary.yaml"]


def test_the_command_prints_what_it_finds_and_fails_on_errors_only(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_sheets(tmp_path, funding__probe_de=SHEET)
    assert main([str(tmp_path)]) == 1
    assert "probe.de.md:2: error: its English sheet is missing" in capsys.readouterr().out
    write_sheets(tmp_path, funding__probe_en=SHEET_EN)
    assert main([str(tmp_path)]) == 0
