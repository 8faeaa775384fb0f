"""A malformed case file names file, line, case and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.case_files import CaseFileError
from evals.cases import load_cases
from evals.company_cases import load_funding, load_matching
from evals.sets import digest_of, load_set, present_sets

GOOD = "  - {id: a, question: Wer?, language: de, documents: [x/y]}\n"


def write(folder: Path, text: str, name: str = "bad.yaml") -> None:
    (folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("day: [\n", 2, "no YAML"),
        ("- a\n- b\n", 1, "a list `cases`"),
        (f"cases:\n{GOOD}  - just words\n", 3, "case 2: holds no fields"),
        (f"cases:\n{GOOD}{GOOD}", 3, "id: stands already in line 2"),
        ("cases:\n  - id: a\n    question: Wer?\n    language: de\n    status: maybe\n", 5, "status.0"),
        ("day: never\ncases:\n" + GOOD, 3, "day"),
        ("cases:\n  - {question: Wer?, language: de, documents: [x/y]}\n", 2, "without id"),
    ],
    ids=["no yaml", "no cases", "no mapping", "twice", "field", "shared field", "no id"],
)
def test_yaml(tmp_path: Path, text: str, line: int, message: str) -> None:
    write(tmp_path, text)
    with pytest.raises(CaseFileError) as caught:
        load_cases("bad", folder=tmp_path)
    assert caught.value.line == line and str(caught.value).startswith(f"{tmp_path / 'bad.yaml'}:{line}: ")
    assert message in str(caught.value)


def test_json_lines(tmp_path: Path) -> None:
    row = '{"id": "a", "question": "Wer?", "language": "de", "documents": ["x/y"]}'
    write(tmp_path, f"{row}\n\n{row[:-1]}\n", "bad.jsonl")
    with pytest.raises(CaseFileError, match=r"bad\.jsonl:3: no JSON"):
        load_cases("bad", folder=tmp_path)
    write(tmp_path, f"{row}\n", "good.jsonl")
    (case,) = load_cases("good", folder=tmp_path)
    assert case.key == "good/a"


def test_a_set_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    write(tmp_path, f"cases:\n{GOOD}", "own.yaml")
    with pytest.raises(CaseFileError, match="no set 'qq'; there are own"):
        load_set("qq", folder=tmp_path)
    assert present_sets(tmp_path) == ("own",)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: a, description: Wir, status: matched}", "`best` names"),
        ("{id: a, description: Wir, status: none_fits, best: [x]}", "`best` names"),
        ("{id: a, description: Wir, best: [x], never: [x]}", "`never` names"),
        ("{id: a, description: Wir, best: [x], fit: strong}", "fit"),
    ],
)
def test_companies_to_be_matched(tmp_path: Path, entry: str, message: str) -> None:
    write(tmp_path, f"cases:\n  - {entry}\n")
    with pytest.raises(CaseFileError, match=r"bad\.yaml:2: case 1 \(a\)") as caught:
        load_matching("bad", folder=tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: a, description: Wir, verdicts: {}}", "`verdicts` names"),
        ("{id: a, description: Wir, verdicts: {x: perhaps}}", "verdicts"),
        ("{id: a, description: Wir, verdicts: {x: likely}, likely_only: [y]}", "`likely_only` leaves out x"),
    ],
)
def test_companies_that_look_for_money(tmp_path: Path, entry: str, message: str) -> None:
    write(tmp_path, f"cases:\n  - {entry}\n")
    with pytest.raises(CaseFileError) as caught:
        load_funding("bad", folder=tmp_path)
    assert message in str(caught.value)


def test_the_digest_changes_with_any_expectation(tmp_path: Path) -> None:
    write(tmp_path, f"cases:\n{GOOD}", "s.yaml")
    before = digest_of(load_set("s", folder=tmp_path))
    write(tmp_path, f"cases:\n{GOOD.replace('x/y', 'x/z')}", "s.yaml")
    assert digest_of(load_set("s", folder=tmp_path)) != before
