"""BEIR format: a folder with a corpus, queries and judgements; only the search is measured.

`corpus.jsonl` with `_id`, `title`, `text`; `queries.jsonl` with `_id`, `text`; `qrels/test.tsv` (where there is none, `dev.tsv` or
`train.tsv`) with the columns query, document and grade. The question goes through the same understanding as any other (spelling, names, language), then the search returns its
first hundred passages; a document stands where its best passage stands.

Source: Thakur, Reimers, Rücklé, Srivastava, Gurevych, NeurIPS 2021 Datasets and Benchmarks, arXiv:2104.08663.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant import bootstrap
from assistant.answer.search import Search
from assistant.answer.understand import Understand, begin
from assistant.domain.answers import Hit, Query, Question
from assistant.retrieve.hybrid import HybridRetriever
from evals.case_files import CaseFileError, read_cases
from evals.cases import DAY
from evals.runs import AnyCase, StoredText
from evals.suites.suite import Suite
from evals.suites.suite_cases import RankingCase
from evals.suites.temporary import (
    Opened,
    Progress,
    language_of_all,
    record_of_suite,
    temporary_index,
    text_document,
)
from evals.systems import Answered, CaseFailed

NAME = "beir"
SPLITS = ("test", "dev", "train")
DEPTH = 100
"""How many passages are asked for; BEIR reports recall@100."""


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str = Field(alias="_id")
    title: str = ""
    text: str


def load_beir(path: Path) -> Suite:
    """Read a folder in BEIR format.

    Raises:
        CaseFileError: Naming file, line and field of what does not fit.
    """
    corpus = _read_rows(path / "corpus.jsonl")
    queries = _read_rows(path / "queries.jsonl")
    relevant = _read_judgements(_judgements_of(path), queries=queries, corpus=corpus)
    language = language_of_all(row.text for row in corpus.values())
    cases = [
        RankingCase(id=query, set=NAME, question=queries[query].text, relevant=grades, language=language)
        for query, grades in relevant.items()
    ]

    @contextmanager
    def open_system(progress: Progress) -> Iterator[RankingSystem]:
        names = {f"{NAME}/{number}": row.id for number, row in enumerate(corpus.values(), start=1)}
        stored = [
            text_document(i, corpus[own].title or own, corpus[own].text or corpus[own].title, language)
            for i, own in names.items()
        ]
        with temporary_index([item for item in stored if item.passages], progress=progress) as opened:
            yield RankingSystem(opened, names)

    return Suite(name=NAME, source=path, cases=cases, open=open_system)


def _judgements_of(path: Path) -> Path:
    files = [path / "qrels" / f"{split}.tsv" for split in SPLITS]
    return next((file for file in files if file.exists()), files[0])


def _read_rows(path: Path) -> dict[str, _Row]:
    found: dict[str, _Row] = {}
    for raw in read_cases(path):
        try:
            row = _Row.model_validate(raw.data)
        except ValidationError as exc:
            first = exc.errors()[0]
            raise CaseFileError(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", line=raw.line) from exc
        found[row.id] = row
    return found


def _read_judgements(path: Path, *, queries: dict[str, _Row], corpus: dict[str, _Row]) -> dict[str, dict[str, int]]:
    """Grades above zero by query, in the order of the file; queries without any are left out."""
    found: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for line, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
                if not row or (line == 1 and not row[-1].strip().lstrip("-").isdigit()):
                    continue
                if len(row) != 3 or not row[2].strip().lstrip("-").isdigit():
                    raise CaseFileError(path, f"query, document and grade are expected, not {row!r:.60}", line=line)
                query, document, grade = row[0], row[1], int(row[2])
                if query not in queries:
                    raise CaseFileError(path, f"query {query!r} does not stand in queries.jsonl", line=line)
                if document not in corpus:
                    raise CaseFileError(path, f"document {document!r} does not stand in corpus.jsonl", line=line)
                if grade > 0:
                    found.setdefault(query, {})[document] = grade
    except (OSError, UnicodeDecodeError) as exc:
        raise CaseFileError(path, f"cannot be read: {exc}") from exc
    if not found:
        raise CaseFileError(path, "holds no judgement above zero")
    return found


class _Deep:
    """The retriever, asked for more than the pipeline ever reads."""

    def __init__(self, retriever: HybridRetriever) -> None:
        self._retriever = retriever
        self.generation = retriever.generation

    def retrieve(self, query: Query, *, top_k: int) -> list[Hit]:
        return self._retriever.retrieve(query, top_k=max(top_k, DEPTH))


class RankingSystem:
    """The pipeline up to and with the search."""

    def __init__(self, opened: Opened, names: Mapping[str, str]) -> None:
        """Rank the documents of a temporary index; `names` gives each one's id in the suite."""
        reading = opened.reading
        self._names = names
        self._understand = Understand(reading.names, spelling=bootstrap.build_spelling(reading.generation))
        self._search = Search(_Deep(reading.retriever))
        self.record = record_of_suite(opened, reached="temporary index")

    def ask(self, case: AnyCase) -> Answered:
        """Rank documents for a query; one that the pipeline would not search for gets an empty ranking."""
        if not isinstance(case, RankingCase):
            raise CaseFailed(f"{case.kind!r} is no query of this suite")
        started = time.perf_counter()
        draft = self._understand(begin(Question(text=case.question, conversation_id=case.id, today=DAY)))
        if draft.outcome is None:
            draft = self._search(draft)
        ranking = list(dict.fromkeys(self._names[hit.passage.document_id] for hit in draft.hits))
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        return Answered({"ranking": ranking, "searched": draft.text}, elapsed)

    def text(self, document_id: str) -> StoredText | None:
        """Nothing is quoted."""
        return None
