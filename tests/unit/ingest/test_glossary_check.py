"""The glossary: each rule with an entry that breaks it; the finding names the entry and its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ingest.glossary_check import check_glossary

GOOD = """\
# Wörter, die füreinander stehen
entries:
- {kind: pair, de: [Zuschuss, Zuwendung], en: [grant]}
- {kind: abbreviation, de: [KMU, kleine und mittlere Unternehmen], en: [SME], weight: 0.5}
"""


def check(folder: Path, text: str) -> list[str]:
    path = folder / "glossary.yaml"
    path.write_text(text, encoding="utf-8")
    findings = check_glossary(path)
    assert all(finding.level == "error" for finding in findings)
    return [f"{finding.line}: {finding.message}" for finding in findings]


def test_a_good_glossary_has_no_findings(tmp_path: Path) -> None:
    assert check(tmp_path, GOOD) == []


def test_a_list_without_a_key_is_a_glossary_too(tmp_path: Path) -> None:
    assert check(tmp_path, "- {kind: former_name, de: [BWI, BWAI]}\n") == []


def test_there_need_be_none(tmp_path: Path) -> None:
    assert check_glossary(tmp_path / "glossary.yaml") == []


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        pytest.param("{kind: word, de: [a1, b1]}", "5: entry 3 (a1): kind: Input should be", id="kind"),
        pytest.param("{de: [a1, b1]}", "5: entry 3 (a1): kind: Field required", id="no kind"),
        pytest.param("{kind: pair, de: [a1], en: [b1], fr: [c1]}", "5: entry 3 (a1): fr: Extra inputs", id="unknown key"),
        pytest.param("{kind: pair, de: [a1], en: [b1], weight: 0.05}", "5: entry 3 (a1): weight: Input should be greater", id="weight too small"),
        pytest.param("{kind: pair, de: [a1], en: [b1], weight: 1.5}", "5: entry 3 (a1): weight: Input should be less", id="weight too large"),
        pytest.param("{kind: pair, de: [a1], en: [no]}", "5: entry 3 (a1): en.0: Input should be a valid string", id="a word that YAML takes for false"),
        pytest.param("{kind: pair, de: Zuschuss}", "5: entry 3 (Z): de: Input should be a valid tuple", id="no list"),
        pytest.param("{kind: synonym, de: [Fördergeld, Foerdergeld]}", "5: entry 3 (Fördergeld): 'Foerdergeld' stands twice in de", id="twice in two spellings"),
        pytest.param("{kind: synonym, de: [eins zwei drei vier fünf sechs, b1]}", "5: entry 3 (eins zwei drei vier fünf sechs): 'eins zwei drei vier fünf sechs' has 6 words, at most 5", id="too many words"),
        pytest.param("{kind: synonym, de: [allein]}", "5: entry 3 (allein): a single term stands for nothing else", id="single term"),
        pytest.param("only words", "5: entry 3: : Input should be", id="no entry"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_named_with_its_line(tmp_path: Path, entry: str, message: str) -> None:
    (found,) = check(tmp_path, f"{GOOD}- {entry}\n")
    assert found.startswith(message)


def test_the_same_word_in_both_languages_is_no_repetition(tmp_path: Path) -> None:
    assert check(tmp_path, "- {kind: pair, de: [Cluster, Branchennetz], en: [cluster]}\n") == []


def test_a_term_in_three_entries_is_named_with_all_of_them(tmp_path: Path) -> None:
    entries = "".join(f"- {{kind: synonym, de: [Förderung, wort{n}]}}\n" for n in range(3))
    assert check(tmp_path, entries) == ["3: entry 3 (Förderung): 'foerderung' stands in 3 entries (1, 2, 3), at most 2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "1: no valid YAML"),
        ("a: 2026-99-99", "1: no valid YAML"),
        ("word", "1: expected a list of entries"),
        ("terms: []", "1: expected a list of entries"),
    ],
    ids=["no YAML", "no date", "no list", "another key"],
)
def test_what_is_no_glossary_is_said_to_be_none(tmp_path: Path, text: str, message: str) -> None:
    (found,) = check(tmp_path, text)
    assert found.startswith(message)
