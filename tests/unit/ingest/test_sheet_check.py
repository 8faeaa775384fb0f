"""Each rule for a single fact sheet, with a sheet that breaks it; the finding names the line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.ingest.sheet_check import check_sheet
from assistant.ingest.sheets import Finding, read_sheet
from tests.conftest import TODAY
from tests.unit.ingest.make import SHEET

LAST = "Das Probeprogramm läuft bis zum 31. Dezember 2027. [1][2]"
SOURCE_A = '- {url: "https://example.org/a", publisher: Probebank, as_of: "2024", authority: official}\n'
SOURCE_B = '- {url: "https://example.org/b", publisher: Probezeitung, as_of: "2024", authority: press}\n'


def check(folder: Path, text: str, *, name: str = "funding/probe.de.md", today: date = TODAY) -> list[Finding]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return list(check_sheet(read_sheet(path), today=today))


def with_sentence(sentence: str) -> str:
    return f"{SHEET}{sentence} [1]\n"


def test_a_good_sheet_has_no_findings(tmp_path: Path) -> None:
    assert check(tmp_path, SHEET) == []


@pytest.mark.parametrize(
    ("old", "new", "level", "message", "line"),
    [
        pytest.param("id: funding/probe", "id: funding/other", "error", "do not fit the file's name", "id:", id="name"),
        pytest.param("kind: funding", "kind: policy", "error", "lies in folder 'funding'", "kind:", id="folder"),
        pytest.param("checked: 2026-11-01", "checked: 2027-01-01", "error", "in the future", "checked:", id="checked in the future"),
        pytest.param("valid_from: 2024-01-01", "valid_from: 2028", "error", "lies after", "valid_from:", id="ends before it begins"),
        pytest.param("valid_until: 2027-12-31", "valid_until: 2026-10", "warning", "is past", "valid_until:", id="past but open"),
        pytest.param("status: open", "status: ended", "error", "no sentence says so", "status:", id="ended without saying so"),
        pytest.param(SOURCE_A + SOURCE_B, SOURCE_B + SOURCE_A, "error", "stands behind a 'press' one", "- {url: \"https://example.org/a", id="official source behind press"),
        pytest.param("authority: official", "authority: private", "error", "the order is official, organisation, press, private", "- {url: \"https://example.org/b", id="press behind private"),
        pytest.param("[1][2]", "[1]", "warning", "source [2] Probezeitung is never used", "- {url: \"https://example.org/b", id="unused source"),
        pytest.param("[1][2]", "[1][2][3]", "error", "mark [3] has no source", "- Das Probeprogramm läuft", id="mark without source"),
        pytest.param("2027. [1][2]", "2027 [1][2]", "error", "does not end with a full stop", "- Das Probeprogramm läuft", id="no full stop"),
        pytest.param("läuft bis", "läuft, wenn nicht ermittelt, bis", "error", "stays out", "- Das Probeprogramm läuft", id="gap"),
        pytest.param("sentence: betrag", "sentence: hoehe", "error", "missing label 'hoehe'", "  - {what: max_grant", id="missing label"),
        pytest.param("150.000 Euro", "140.000 Euro", "error", "Amount: 150000 does not stand in the sentence 'betrag'", "Das Probeprogramm zahlt", id="amount not stated"),
        pytest.param("[1][2]", "[1][2] {#betrag}", "error", "label 'betrag' stands twice", "- Das Probeprogramm läuft", id="label twice"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_found_on_its_line(
    tmp_path: Path, old: str, new: str, level: str, message: str, line: str
) -> None:
    text = SHEET.replace(old, new, 1)
    assert text != SHEET
    findings = [finding for finding in check(tmp_path, text) if message in finding.message]
    assert [finding.level for finding in findings] == [level]
    assert text.splitlines()[findings[0].line - 1].startswith(line)


def test_the_same_sentence_twice_is_found(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, f"{SHEET}{LAST}\n")
    assert "same sentence as line" in finding.message and finding.line == len(SHEET.splitlines()) + 1


def test_a_sentence_too_long_to_follow_is_a_warning(tmp_path: Path) -> None:
    (finding,) = check(tmp_path, with_sentence("Das Probeprogramm " + "und so weiter " * 15 + "endet."))
    assert finding.level == "warning" and "sentence of 48 words" in finding.message


def test_a_sheet_that_states_nothing_is_an_error(tmp_path: Path) -> None:
    head = SHEET.split("terms:")[0] + "---\n\n## Titel\n"
    assert "the sheet states nothing" in [finding.message for finding in check(tmp_path, head)]


def test_a_cluster_without_profile_and_a_programme_without_terms_are_errors(tmp_path: Path) -> None:
    bare = SHEET.split("terms:")[0] + "---\n" + LAST + "\n"
    assert [f.message for f in check(tmp_path, bare)] == ["a programme needs terms"]
    cluster = bare.replace("funding/probe", "clusters/probe").replace("kind: funding", "kind: cluster")
    messages = [f.message for f in check(tmp_path, cluster, name="clusters/probe.de.md")]
    assert messages == ["a cluster or network needs a profile"]


def test_typed_values_in_the_english_sheet_are_an_error(tmp_path: Path) -> None:
    english = SHEET.replace("id: funding/probe", "id: funding/probe.en").replace("lang: de", "lang: en")
    findings = check(tmp_path, english, name="funding/probe.en.md")
    assert [f.message for f in findings] == ["profile and terms stand in the German sheet only"]
    assert english.splitlines()[findings[0].line - 1] == "terms:"


def test_a_label_that_no_typed_value_uses_is_fine(tmp_path: Path) -> None:
    assert check(tmp_path, SHEET.replace("[1][2]", "[1][2] {#laufzeit}")) == []


def test_a_programme_that_ends_today_is_not_yet_past(tmp_path: Path) -> None:
    text = SHEET.replace("valid_until: 2027-12-31", f"valid_until: {TODAY}")
    assert check(tmp_path, text) == []
    assert len(check(tmp_path, text, today=date(2026, 11, 24))) == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Er zahlt höchstens 50 Prozent.",
        "Sie endet im Mai.",
        "Es zahlt 50 Prozent.",
        "Dies ist ausgeschlossen.",
        "Das gilt auch für Start-ups in Hamburg.",
        "Das wurde für Hamburg beschlossen.",
        "Dazu gehören Messen.",
        "Das Programm zahlt 50 Prozent.",
        "Dieser Zuschuss endet im Mai.",
        "It pays 50 percent.",
        "This means that Probeprogramm ends.",
        "These grants end in May.",
        "They end in May.",
    ],
)
def test_a_sentence_that_names_nothing_cannot_be_quoted_alone(tmp_path: Path, sentence: str) -> None:
    (finding,) = check(tmp_path, with_sentence(sentence))
    assert finding.level == "warning" and finding.message.startswith("cannot be quoted alone")
    assert finding.line == len(SHEET.splitlines()) + 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Geld aus dem Probeprogramm deckt den Lebensunterhalt.",
        "Das Budget von #UpdateHamburg war 2022 erschöpft.",
        "Das alte Doppelprogramm „Digital“ ist beendet.",
        "Das Fördergebiet von InnoFounder ist die Stadt.",
        "Das Angebot muss sich für InnoFounder deutlich abheben.",
        "Dieser Zuschuss des Programms PROFI endet im Mai.",
        "Es gibt acht Cluster in der Stadt.",
        "Die Behörde entscheidet über den Antrag.",
        "There are eight clusters in the city.",
        "This grant of InnoFounder ends in May.",
    ],
)
def test_a_sentence_that_names_its_subject_can_be_quoted_alone(tmp_path: Path, sentence: str) -> None:
    assert check(tmp_path, with_sentence(sentence)) == []
