"""Sample questions: each group belongs to just one sentence; the finding names the file and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingest.corpus_check import check_corpus
from tests.conftest import TODAY
from tests.unit.ingest.make import SHEET, SHEET_EN, write_sheets

GOOD = """\
document: funding/probe
questions:
- sentence: "höchstens 150.000 Euro"
  de: ["Wie viel Geld gibt es?"]
  en: ["How much is it?"]
- sentence: "läuft bis zum"
  de: ["Wie lange noch?", "Ende der Laufzeit"]
  en: ["Until when?"]
"""


def check(corpus: Path, text: str) -> list[str]:
    write_sheets(corpus, funding__probe_de=SHEET, funding__probe_en=SHEET_EN)
    (corpus / "questions").mkdir()
    (corpus / "questions/funding-probe.yaml").write_text(text, encoding="utf-8")
    findings = check_corpus(corpus, today=TODAY)
    assert all(finding.level == "error" and finding.path.name == "funding-probe.yaml" for finding in findings)
    return [f"{finding.line}: {finding.message}" for finding in findings]


def test_good_questions_have_no_findings(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("höchstens 150.000", "höchstens 100.000", "3: 'höchstens 100.000 Euro' stands in 0 sentences of funding/probe, not in one", id="changed sentence"),
        pytest.param("läuft bis zum", "Das Probeprogramm", "6: 'Das Probeprogramm' stands in 2 sentences of funding/probe, not in one", id="two sentences"),
        pytest.param("funding/probe", "funding/anderes", "1: document 'funding/anderes' is no German sheet", id="unknown sheet"),
        pytest.param("funding/probe", "funding/probe.en", "1: document 'funding/probe.en' is no German sheet", id="English sheet"),
        pytest.param('["Until when?"]', "[]", "8: questions.1.en: Tuple should have at least 1 item", id="no English question"),
        pytest.param("  en: [\"How much is it?\"]\n", "", "3: questions.0.en: Field required", id="English forgotten"),
        pytest.param("document", "dokument", "1: document: Field required", id="unknown key"),
        pytest.param("questions:", "questions: [", "1: no valid YAML", id="no YAML"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert check(tmp_path, GOOD.replace(old, new, 1))[0].startswith(message)
