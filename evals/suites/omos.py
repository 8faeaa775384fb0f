"""OMoS-QA: which lines of a given municipal page answer a question, or that none does.

JSON lines with `question`, `lines` (the page, one entry per line) and `answer_lines` (positions, empty where the page does not
answer). The page is given, so nothing is searched: the pipeline's own line reader, judgement of lines, gate and operating points
decide. Two choices are reported: all lines that reach the operating point, and those the writer would quote within its limit.

Source: Kleinle, Prange, Friedrich, "OMoS-QA: A Dataset for Cross-Lingual Extractive Question Answering in a German Migration
Context", KONVENS 2024.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer.draft import Draft
from assistant.answer.gate_features import measure_gate
from assistant.answer.question_type import asks_for_list
from assistant.answer.understand import begin
from assistant.answer.write import MAX_LIST_SENTENCES, MAX_SENTENCES, choose_sentences
from assistant.domain.answers import Evidence, Question
from assistant.domain.values import Language
from assistant.language.detect import language_of
from assistant.learned.models import load_gate, load_operating_points, load_selector
from assistant.learned.training.omos import PageQuestion, page_documents
from evals.case_files import CaseFileError, read_cases
from evals.cases import DAY
from evals.runs import AnyCase, StoredText
from evals.suites.suite import Suite
from evals.suites.suite_cases import LineCase
from evals.suites.temporary import Opened, Progress, record_of_suite, temporary_index
from evals.systems import Answered, CaseFailed

NAME = "omos"


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int | None = None
    question: str = Field(min_length=1)
    lines: tuple[str, ...] = Field(min_length=1)
    answer_lines: tuple[int, ...] | None = ()
    language: Language | None = None
    page_id: str | int | None = None


def load_omos(path: Path) -> Suite:
    """Read a file of JSON lines.

    Raises:
        CaseFileError: Naming file, line and field of what does not fit.
    """
    questions: dict[str, PageQuestion] = {}
    cases: list[LineCase] = []
    for raw in read_cases(path):
        try:
            row = _Row.model_validate(raw.data)
        except ValidationError as exc:
            first = exc.errors()[0]
            raise CaseFileError(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}", line=raw.line) from exc
        beyond = [i for i in row.answer_lines or () if not 0 <= i < len(row.lines)]
        if beyond:
            raise CaseFileError(
                path, f"answer_lines: {beyond} point beyond the {len(row.lines)} lines of the page", line=raw.line
            )
        if not any(line.strip() for line in row.lines):
            continue
        identity = f"{raw.line if row.id is None else row.id}"
        if identity in questions:
            identity = f"{identity}-{raw.line}"
        questions[identity] = question = _page_question(row, identity)
        cases.append(
            LineCase(
                id=identity, set=NAME, question=row.question, document=question.document_id, lines=question.lines,
                answer_lines=tuple(sorted(question.answer_lines)), language=question.language,
                category="answerable" if question.answer_lines else "unanswerable",
            )
        )  # fmt: skip
    if not cases:
        raise CaseFileError(path, "holds no question")

    @contextmanager
    def open_system(progress: Progress) -> Iterator[LineSystem]:
        with temporary_index(page_documents(questions.values()), progress=progress) as opened:
            yield LineSystem(opened)

    return Suite(name=NAME, source=path, cases=cases, open=open_system)


def _page_question(row: _Row, identity: str) -> PageQuestion:
    lines = tuple(" ".join(line.split()) for line in row.lines)
    return PageQuestion(
        id=identity,
        question=row.question,
        language=row.language or language_of(f"{row.question}\n" + "\n".join(lines[:20])),
        lines=lines,
        answer_lines=frozenset(i for i in row.answer_lines or () if lines[i]),
        page_id=str(identity if row.page_id is None else row.page_id),
        origin="gold",
    )


class LineSystem:
    """What the pipeline does with a document once it has been found: read, judge, gate, choose."""

    def __init__(self, opened: Opened) -> None:
        self._reading = opened.reading
        self._selector, self._gate, self._points = load_selector(), load_gate(), load_operating_points()
        self.record = record_of_suite(opened, reached="given page")

    def ask(self, case: AnyCase) -> Answered:
        """Choose lines of the page; none where the gate stays shut."""
        if not isinstance(case, LineCase):
            raise CaseFailed(f"{case.kind!r} is no question of this suite")
        started = time.perf_counter()
        asked = Question(text=case.question, conversation_id=case.id, language=case.language, today=DAY)
        draft = self._judge(begin(asked), case.document)
        probability = float(self._gate.probabilities(measure_gate(draft)[None, :])[0])
        is_open = probability >= self._points.answer
        selected = self._selected(draft) if is_open else []
        written = self._written(draft) if is_open else []
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        filled = [i for i, line in enumerate(case.lines) if line]
        starts = [sentence.start for passage in self._passages(case) for sentence in passage.sentences]
        position = dict(zip(starts, filled, strict=True))
        return Answered(
            {
                "selected": sorted(position[start] for start in selected),
                "written": sorted(position[start] for start in written),
                "probability": round(probability, 4),
                "threshold": self._points.answer,
            },
            elapsed,
        )

    def _passages(self, case: LineCase) -> Sequence[Any]:
        return self._reading.library.passages(case.document)

    def _judge(self, draft: Draft, document_id: str) -> Draft:
        """The draft with the page read and every line judged, as `SelectEvidence` does it after a search."""
        evidence = self._reading.evidence
        reading = evidence.read_document(draft, document_id)
        judged = self._selector.probabilities(reading.features)
        reading.probabilities[:] = np.where(reading.lines.quotable, judged, 0.0)
        return replace(evidence.measure_question(draft), readings=(reading,))

    def _evidence(self, draft: Draft) -> list[Evidence]:
        """Lines that may be quoted, best first."""
        (reading,) = draft.readings
        found = [
            Evidence(passage=place[0], sentence=place[1], text=text, sources=(), score=float(probability))
            for place, text, probability in zip(
                reading.lines.places, reading.lines.texts, reading.probabilities, strict=True
            )
            if place is not None
        ]
        return sorted(found, key=lambda e: (-e.score, e.sentence.start))

    def _floor(self, evidence: Sequence[Evidence]) -> float:
        return max(self._points.line, self._points.share_of_best * evidence[0].score)

    def _selected(self, draft: Draft) -> list[int]:
        """Starts of all lines at or above the operating point."""
        evidence = self._evidence(draft)
        return [e.sentence.start for e in evidence if e.score > 0 and e.score >= self._floor(evidence)]

    def _written(self, draft: Draft) -> list[int]:
        """Starts of the lines that the writer would quote."""
        evidence = self._evidence(draft)
        limit = MAX_LIST_SENTENCES if asks_for_list(draft.text) else MAX_SENTENCES
        chosen = choose_sentences(evidence, limit=limit, floor=self._floor(evidence))
        return [e.sentence.start for e in chosen]

    def text(self, document_id: str) -> StoredText | None:
        """Nothing is quoted."""
        return None
