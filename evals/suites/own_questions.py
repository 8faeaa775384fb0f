"""An evaluator's own questions in a spreadsheet, CSV or XLSX, asked of the deployed pipeline.

One row is one question. The columns may be named in German or English, in any order:

| column | meaning |
|---|---|
| Frage / question | as a person would write it |
| Erwartete Antwort / expected answer | key facts, separated by `;`, other accepted wordings of one fact by `|`; a longer text is likened to the reply |
| Erwartete Quelle / expected source | document ids or official addresses, separated by `;` or line breaks; one of them must be cited |
| Beantwortbar / answerable | ja or nein, yes or no; empty means yes where an answer or source is given |
| Sprache / language | de or en; empty: found out |
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from assistant.language.detect import language_of
from evals.case_files import CaseFileError
from evals.cases import Case, plain_address
from evals.suites.suite import Suite

NAME = "own"
LONGEST_FACT_WORDS = 6
"""A piece of an expected answer up to this length must stand in the reply word for word; a longer one is likened to it."""
_COLUMNS = {
    "question": ("frage", "question"),
    "answer": ("erwartete antwort", "antwort", "expected answer", "answer"),
    "source": ("erwartete quelle", "quelle", "expected source", "source"),
    "answerable": ("beantwortbar", "answerable"),
    "language": ("sprache", "language"),
}
_YES = frozenset({"ja", "j", "yes", "y", "wahr", "true", "1", "x"})
_NO = frozenset({"nein", "n", "no", "falsch", "false", "0"})
_HEADINGS = ("Frage", "Erwartete Antwort", "Erwartete Quelle", "Beantwortbar", "Sprache")
_EXAMPLES = (
    ("Wie viel zahlt InnoFounder im Monat?", "2.500 | 2,500", "funding/innofounder", "ja", "de"),
    ("For how long is InnoFounder paid?", "18 months | 18 Monate", "funding/innofounder", "yes", "en"),
    ("Wie viele Teams hat InnoFounder bisher gefördert?", "", "", "nein", "de"),
)
_NOTES = (
    ("Spalte / column", "Deutsch", "English"),
    ("Frage / question", "So, wie ein Mensch sie schreiben würde. Eine Zeile je Frage.", "As a person would write it. One row per question."),
    (
        "Erwartete Antwort / expected answer",
        "Die Angaben, die in der Antwort oder ihren Zitaten stehen müssen. Mehrere trennt ein Semikolon, andere Schreibweisen derselben Angabe ein "
        f"senkrechter Strich: 2.500 | 2,500; 18 Monate. Ein Stück von mehr als {LONGEST_FACT_WORDS} Wörtern wird mit der Antwort verglichen, nicht wörtlich gesucht.",
        "What must stand in the reply or its quotations. Several facts are separated by a semicolon, other wordings of the same fact by a vertical bar: "
        f"2.500 | 2,500; 18 Monate. A piece of more than {LONGEST_FACT_WORDS} words is compared with the reply instead of being searched word for word.",
    ),
    (
        "Erwartete Quelle / expected source",
        "Die Kennung des Dokuments (funding/innofounder) oder die amtliche Adresse (https://…). Mehrere trennt ein Semikolon; eine davon muss zitiert werden.",
        "The document's id (funding/innofounder) or the official address (https://…). Several are separated by a semicolon; one of them must be cited.",
    ),
    (
        "Beantwortbar / answerable",
        "ja oder nein. „nein“ heißt: Die Texte geben es nicht her, und der Assistent soll das sagen. Leer heißt ja, wenn Antwort oder Quelle angegeben ist.",
        "yes or no. “no” means that the texts do not say it, and the assistant must say so. Empty means yes where an answer or a source is given.",
    ),
    ("Sprache / language", "de oder en; leer: wird erkannt.", "de or en; empty: found out."),
)  # fmt: skip


class _Row(NamedTuple):
    line: int
    cells: dict[str, str]


def load_own_questions(path: Path) -> Suite:
    """Read a spreadsheet of questions.

    Raises:
        CaseFileError: Naming file, row and column of what does not fit.
    """
    cases = [_case(path, row) for row in _rows(path)]
    if not cases:
        raise CaseFileError(path, "holds no question")
    return Suite(name=NAME, source=path, cases=cases, open=None)


def _case(path: Path, row: _Row) -> Case:
    cells = row.cells
    question, answer, source = cells.get("question", ""), cells.get("answer", ""), cells.get("source", "")
    if not question:
        raise CaseFileError(path, "Frage / question: is empty", line=row.line)
    facts = [piece.strip() for piece in answer.split(";") if piece.strip()]
    answerable = _answerable(path, row, is_given=bool(facts or source))
    if not answerable and source:
        raise CaseFileError(
            path, "Erwartete Quelle / expected source: a question that cannot be answered has none", line=row.line
        )
    language = cells.get("language", "").lower() or language_of(question)
    sources = [piece.strip() for piece in re.split(r"[;\n]", source) if piece.strip()]
    short = [piece for piece in facts if len(piece.split()) <= LONGEST_FACT_WORDS or "|" in piece]
    try:
        return Case(
            id=f"row-{row.line}",
            set=NAME,
            question=question,
            language=language,  # type: ignore[arg-type]
            status=("answered", "partial") if answerable else ("abstained",),
            documents=tuple(piece.removesuffix(".en") for piece in sources if not _is_address(piece)),
            urls=tuple(plain_address(piece) for piece in sources if _is_address(piece)),
            vital=tuple(tuple(form.strip() for form in piece.split("|") if form.strip()) for piece in short)
            if answerable
            else (),
            expected="; ".join(piece for piece in facts if piece not in short) if answerable else "",
        )
    except ValidationError as exc:
        first = exc.errors()[0]
        where = ".".join(map(str, first["loc"]))
        message = f"{where}: {first['msg']}" if where else first["msg"].removeprefix("Value error, ")
        raise CaseFileError(path, message, line=row.line) from exc


def _answerable(path: Path, row: _Row, *, is_given: bool) -> bool:
    said = row.cells.get("answerable", "").lower()
    if said in _YES:
        if not is_given:
            message = "Erwartete Antwort / expected answer: say what must be answered, or where it stands"
            raise CaseFileError(path, message, line=row.line)
        return True
    if said in _NO:
        return False
    if said or not is_given:
        raise CaseFileError(
            path, f"Beantwortbar / answerable: {said!r} is neither ja (yes) nor nein (no)", line=row.line
        )
    return True


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://", "www."))


# --- reading ---------------------------------------------------------------------------------------------------------


def _rows(path: Path) -> Iterator[_Row]:
    table = _read_xlsx(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _read_csv(path)
    names: list[str | None] | None = None
    for line, values in enumerate(table, start=1):
        if not any(values):
            continue
        if names is None:
            names = [_column(value) for value in values]
            if "question" not in names:
                raise CaseFileError(
                    path, f"no column is named Frage or question; found {', '.join(filter(None, values))}", line=line
                )
            continue
        yield _Row(line, {name: value for name, value in zip(names, values, strict=False) if name and value})


def _column(heading: str) -> str | None:
    plain = " ".join(heading.lower().replace("_", " ").split())
    return next((name for name, known in _COLUMNS.items() if plain in known), None)


def _read_csv(path: Path) -> Iterator[list[str]]:
    try:
        raw = path.read_bytes()
    except OSError as exc:
        raise CaseFileError(path, f"cannot be read: {exc}") from exc
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # what older spreadsheet programs write
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        yield [_clean(cell) for cell in row]


def _read_xlsx(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as exc:
        raise CaseFileError(path, f"cannot be read as a spreadsheet: {exc}") from exc
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_clean(_cell(value)) for value in row]
    finally:
        book.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _clean(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


# --- the template ----------------------------------------------------------------------------------------------------


def write_template(path: Path) -> None:
    """Write an empty table with examples, as CSV or XLSX after the file's ending.

    Raises:
        CaseFileError: If the ending is another, or the file exists already.
    """
    if path.exists():
        raise CaseFileError(path, "exists already; choose another name")
    match path.suffix.lower():
        case ".csv":
            with path.open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file, delimiter=";").writerows([_HEADINGS, *_EXAMPLES])
        case ".xlsx":
            _write_xlsx(path)
        case _:
            raise CaseFileError(path, "a template ends in .xlsx or .csv")


def _write_xlsx(path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Fragen"
    _fill(sheet, [_HEADINGS, *_EXAMPLES], widths=(60, 40, 40, 14, 10))
    for column, choices in (("D", "ja,nein,yes,no"), ("E", "de,en")):
        rule = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{column}2:{column}2000")
    _fill(book.create_sheet("Hinweise – Notes"), _NOTES, widths=(36, 70, 70))
    book.save(path)


def _fill(sheet: Any, rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for row in rows:
        sheet.append(list(row))
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
