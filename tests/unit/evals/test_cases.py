"""The held-out cases: well formed, enough of each kind, and resting on what the fact sheets say."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from assistant.language.normalise import fold
from evals.case_files import CaseFileError
from evals.cases import FOLDER, Case, Category, load_cases, stands_in

CORPUS = Path(__file__).parents[3] / "corpus"
LEAST = {
    "qa": 220, "unanswerable": 70, "followups": 36, "conflicts": 20, "attacks": 30, "parity": 100,
    "acceptance_clusters": 130, "acceptance_funding": 100, "acceptance_unanswerable": 80, "acceptance_followups": 30,
}  # fmt: skip
SETS = tuple(LEAST)
CASES = {name: load_cases(name) for name in SETS}
ALL = [case for name in SETS for case in CASES[name]]
SHEETS = sorted(f"{path.parent.name}/{path.name.removesuffix('.de.md')}" for path in CORPUS.glob("*/*.de.md"))


def named(case: Case) -> str:
    return f"{case.set}/{case.id}"


@cache
def folded_body(document: str, language: str) -> str:
    """What a sheet says, without its front matter."""
    text = (CORPUS / f"{document}.{language}.md").read_text(encoding="utf-8")
    return fold(text.split("\n---\n", 1)[1])


def test_every_file_is_a_known_set() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*SETS, "matching", "funding"}


@pytest.mark.parametrize("name", SETS)
def test_set_is_large_enough_in_both_languages(name: str) -> None:
    assert len(CASES[name]) >= LEAST[name]
    languages = Counter(case.language for case in CASES[name])
    assert min(languages["de"], languages["en"]) >= 0.35 * len(CASES[name])


def test_ids_are_unique_within_a_set() -> None:
    assert not [key for key, count in Counter(map(named, ALL)).items() if count > 1]


def test_no_question_equals_another() -> None:
    asked = Counter(fold(" // ".join(case.questions)).strip(" ?!.") for case in ALL)
    assert not [question for question, count in asked.items() if count > 1]


@pytest.mark.parametrize("case", ALL, ids=named)
def test_documents_exist(case: Case) -> None:
    assert set(case.documents) <= set(SHEETS)


@pytest.mark.parametrize("case", [case for case in ALL if case.vital or case.okay], ids=named)
def test_facts_stand_in_the_named_sheets(case: Case) -> None:
    """Each list of forms meets the German and the English sheet, whichever is quoted."""
    for language in ("de", "en"):
        bodies = [folded_body(document, language) for document in case.documents]
        missing = [forms for forms in (*case.vital, *case.okay) if not any(stands_in(forms, body) for body in bodies)]
        assert not missing, f"{language}: {missing}"


@pytest.mark.parametrize("document", SHEETS)
def test_every_sheet_is_asked_about_in_both_languages(document: str) -> None:
    assert {case.language for case in CASES["qa"] if document in case.documents} == {"de", "en"}


def test_questions_and_answers_are_mixed() -> None:
    cases = CASES["qa"]
    styles = Counter(case.style for case in cases)
    assert styles["paraphrase"] >= len(cases) / 3
    assert min(styles["typo"], styles["short"]) >= len(cases) / 10
    categories = Counter(case.category for case in cases)
    assert min(categories["list"], categories["comparison"]) >= 12
    assert {case.category for case in ALL} == set(get_args(Category))


def test_unanswerable_cases_abstain() -> None:
    cases = CASES["unanswerable"]
    assert all(case.status == ("abstained",) and not case.documents for case in cases)
    kinds = Counter(case.id.split("-")[0] for case in cases)
    assert kinds["false"] >= 10 and kinds["off"] >= 15
    assert len(cases) - kinds["false"] - kinds["off"] - kinds["person"] >= 45


def test_followups_are_conversations() -> None:
    assert all(2 <= len(case.turns) <= 4 for case in CASES["followups"])


def test_conflicts_name_both_states() -> None:
    assert all(case.category == "conflict" and len(case.vital) + len(case.okay) >= 2 for case in CASES["conflicts"])


def test_attacks_hold_their_forbidden_words_in_no_vital_fact() -> None:
    for case in CASES["attacks"]:
        for forms in case.vital:
            assert not [text for text in case.forbidden if any(fold(text) in fold(form) for form in forms)], case.id


def test_parity_groups_ask_for_the_same_facts() -> None:
    groups: dict[str, list[Case]] = {}
    for case in CASES["parity"]:
        groups.setdefault(case.group, []).append(case)
    assert "" not in groups and len(groups) >= 25
    for name, cases in groups.items():
        assert {case.language for case in cases} == {"de", "en"}, name
        assert {"plain", "technical", "typo"} <= {case.style for case in cases}, name
        assert len({(case.vital, case.documents) for case in cases}) == 1, name


@pytest.mark.parametrize(
    ("form", "text", "stands"),
    [
        ("18", "seit 2018", False),
        ("18", "höchstens 18 Monate", True),
        ("2.500", "12.500 Euro", False),
        ("2.500", "2.500.000 Euro", False),
        ("2.500", "2.500 Euro.", True),
        ("5 Prozent", "7,5 Prozent", False),
        ("Förderung", "die Foerderung", True),
    ],
)
def test_figures_stand_only_as_a_whole(form: str, text: str, stands: bool) -> None:
    assert stands_in([form], fold(text)) is stands


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{id: a, question: Wer, language: fr, documents: [x/y]}", "case 1 (a): language"),
        ("{id: a, language: de, documents: [x/y]}", "either a `question` or `turns`"),
        ("{id: a, question: Wer, language: de}", "names its `documents`"),
        ("{id: a, question: Wer, language: de, status: abstained, documents: [x/y]}", "has no `documents`"),
        ("{id: a, question: Wer, language: de, documents: [x/y], vital: [[]]}", "at least one entry"),
        ("{id: a, question: Wer, language: de, documents: [x/y], facts: []}", "case 1 (a): facts"),
    ],
)
def test_a_malformed_case_is_named(tmp_path: Path, entry: str, message: str) -> None:
    (tmp_path / "bad.yaml").write_text(f"day: 2026-11-23\ncases:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"bad\.yaml") as caught:
        load_cases("bad", folder=tmp_path)
    assert message in str(caught.value)
