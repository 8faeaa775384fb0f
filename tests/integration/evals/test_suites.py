"""Outside suites: read, indexed for the moment, asked through the real pipeline; an evaluator's own table as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from assistant.config import Settings
from evals.case_files import CaseFileError
from evals.planning import Plan, plan_rest, plan_suite
from evals.reporting.files import read_headlines, write_report
from evals.running import ask_all, check_same_system, new_run
from evals.runs import Run
from evals.scoring import score_run
from evals.suites.beir import load_beir
from evals.suites.omos import load_omos
from evals.suites.own_questions import load_own_questions, write_template
from evals.suites.squad import load_squad
from evals.summary import figures_of_run

WORDS = ["Kräne", "Fähren", "Segelboote", "Bagger", "Lokomotiven", "Seilbahnen", "Fahrräder", "Hubschrauber"]


def passage(number: int) -> str:
    return (
        f"Die Werft Nummer {number} baut {WORDS[number]}. Sie beschäftigt {100 + number} Menschen und liegt in Altona."
    )


def squad_file(folder: Path) -> Path:
    paragraphs: list[dict[str, Any]] = [
        {
            "context": passage(number),
            "qas": [{"id": f"q{number}", "question": f"Wie viele Menschen beschäftigt die Werft, die {word} baut?",
                     "answers": [{"text": str(100 + number), "answer_start": 0}]}],
        }
        for number, word in enumerate(WORDS)
    ]  # fmt: skip
    paragraphs[0]["qas"].append(
        {"id": "no", "question": "Wer malte die Mona Lisa?", "answers": [], "is_impossible": True}
    )
    path = folder / "squad.json"
    path.write_text(json.dumps({"data": [{"title": "Werften", "paragraphs": paragraphs}]}), encoding="utf-8")
    return path


def beir_folder(folder: Path) -> Path:
    (folder / "qrels").mkdir()
    rows = [json.dumps({"_id": f"d{n}", "title": f"Werft {n}", "text": passage(n)}) for n in range(len(WORDS))]
    (folder / "corpus.jsonl").write_text("\n".join(rows), encoding="utf-8")
    queries = [json.dumps({"_id": f"q{n}", "text": f"Welche Werft baut {word}?"}) for n, word in enumerate(WORDS)]
    (folder / "queries.jsonl").write_text("\n".join(queries), encoding="utf-8")
    judged = "".join(f"q{n}\td{n}\t1\n" for n in range(len(WORDS)))
    (folder / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", encoding="utf-8")
    return folder


def omos_file(folder: Path) -> Path:
    page = ["Herzlich willkommen!", "Ein Parkausweis kostet 30 Euro im Jahr.", "Das Amt liegt am Markt."]
    rows = [
        {"question": "Wie viel kostet ein Parkausweis im Jahr?", "lines": page, "answer_lines": [1]},
        {"question": "Wer ist Schirmherr des Radrennens?", "lines": page, "answer_lines": []},
    ]
    path = folder / "omos.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def ask(plan: Plan, folder: Path) -> tuple[Run, dict[str, float]]:
    with plan.open(lambda step, done, total: None) as system:
        run = new_run(folder, plan.cases_by_set, plan.sources, system, repeats=1)
        ask_all(run, system)
    figures = figures_of_run({(case.set, case.id): case for case in run.cases()}, score_run(run))
    return run, {figure.metric: figure.interval.value for figure in figures}


def test_squad_goes_through_the_whole_pipeline(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    run, found = ask(plan_suite("squad", squad_file(tmp_path), settings=settings, url=None), tmp_path / "runs")
    assert run.is_complete and found["hit@5"] == 1.0 and found["refuses"] == 1.0
    assert {"answers", "right_citation", "answer_in_quotation", "span_f1", "reply_f1"} <= set(found)
    write_report(run)
    assert set(read_headlines(run)) == {"squad"} and not (run.folder / "summary.json").exists()
    # Another process builds the index anew and may go on with the run.
    with plan_rest(run, settings=settings).open(lambda step, done, total: None) as again:
        check_same_system(run, again)


def test_beir_ranks_documents(tmp_path: Path) -> None:
    plan = plan_suite("beir", beir_folder(tmp_path), settings=Settings(data_dir=tmp_path), url=None)
    _, found = ask(plan, tmp_path / "runs")
    assert found["hit@1"] >= 0.75 and found["recall@100"] == 1.0


def test_omos_chooses_lines_of_the_given_page(tmp_path: Path) -> None:
    plan = plan_suite("omos", omos_file(tmp_path), settings=Settings(data_dir=tmp_path), url=None)
    _, found = ask(plan, tmp_path / "runs")
    assert {"line_f", "written_f", "no_answer_f"} <= set(found) and found["no_answer_recall"] == 1.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"data": [', "squad.json:1"),
        ('{"data": [{"paragraphs": [{"qas": []}]}]}', r"data\.0\.paragraphs\.0\.context"),
        ('{"data": []}', "holds no question"),
    ],
)
def test_a_malformed_squad_file_names_the_field(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "squad.json").write_text(text, encoding="utf-8")
    with pytest.raises(CaseFileError, match=message):
        load_squad(tmp_path / "squad.json")


def test_malformed_beir_files_name_the_line(tmp_path: Path) -> None:
    folder = beir_folder(tmp_path)
    judgements = folder / "qrels" / "test.tsv"
    judgements.write_text("q0\td0\t1\nq1\td99\t1\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"test\.tsv:2: document 'd99'"):
        load_beir(folder)
    (folder / "corpus.jsonl").write_text('{"_id": "d0"}\n', encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"corpus\.jsonl:1: text"):
        load_beir(folder)


def test_an_answer_line_beyond_the_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "omos.jsonl"
    path.write_text('{"question": "Was?", "lines": ["a"], "answer_lines": [3]}\n', encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"omos\.jsonl:1: answer_lines: \[3\] point beyond the 1 lines"):
        load_omos(path)


# --- an evaluator's own table ---


@pytest.mark.parametrize("name", ["questions.xlsx", "questions.csv"])
def test_the_template_is_a_table_that_can_be_asked_at_once(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    amount, duration, unknown = load_own_questions(tmp_path / name).cases
    assert amount.vital == (("2.500", "2,500"),) and amount.documents == ("funding/innofounder",)
    assert duration.language == "en" and unknown.status == ("abstained",)
    with pytest.raises(CaseFileError, match="exists already"):
        write_template(tmp_path / name)


def test_the_template_in_the_repository_is_the_one_that_is_written(tmp_path: Path) -> None:
    write_template(tmp_path / "new.xlsx")
    kept = Path(__file__).parents[3] / "evals" / "template.xlsx"
    for one, other in zip(load_workbook(kept), load_workbook(tmp_path / "new.xlsx"), strict=True):
        assert list(one.values) == list(other.values)


def table(folder: Path, *rows: tuple[Any, ...], encoding: str = "utf-8") -> Path:
    path = folder / "own.csv"
    path.write_bytes("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows).encode(encoding))
    return path


HEAD = ("Frage", "Erwartete Antwort", "Erwartete Quelle", "Beantwortbar", "Sprache")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("", "2.500", "", "ja", ""), r"own\.csv:2: Frage / question: is empty"),
        (("Wer?", "", "", "", ""), r"own\.csv:2: Beantwortbar"),
        (("Wer?", "", "", "vielleicht", ""), "'vielleicht' is neither ja"),
        (("Wer?", "", "", "ja", ""), "say what must be answered"),
        (("Wer?", "", "funding/innofounder", "nein", ""), "that cannot be answered has none"),
        (("Wer?", "ich", "", "ja", "fr"), r"own\.csv:2: language"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(tmp_path: Path, row: tuple[str, ...], message: str) -> None:
    with pytest.raises(CaseFileError, match=message):
        load_own_questions(table(tmp_path, HEAD, row))


def test_tables_of_older_programs_and_english_headings_are_read(tmp_path: Path) -> None:
    (case,) = load_own_questions(
        table(tmp_path, ("question", "expected answer"), ("Wer fördert Gründer?", "IFB"), encoding="cp1252")
    ).cases
    assert case.question == "Wer fördert Gründer?" and case.vital == (("IFB",),)
    book = Workbook()
    book.worksheets[0].append(["Frage", "Antwort", "Beantwortbar"])
    book.worksheets[0].append(["Wie viele?", 18, True])
    book.save(tmp_path / "own.xlsx")
    (case,) = load_own_questions(tmp_path / "own.xlsx").cases
    assert case.vital == (("18",),)


def test_a_long_expected_answer_is_compared_and_an_address_accepted(tmp_path: Path) -> None:
    answer = "Der Zuschuss beträgt monatlich zweitausendfünfhundert Euro je Person"
    (case,) = load_own_questions(table(tmp_path, HEAD, ("Wie viel?", answer, "https://www.ifbhh.de/", "", ""))).cases
    assert case.expected == answer and not case.vital and case.urls == ("ifbhh.de",)
