"""SQuAD format: paragraphs become documents of a temporary index, and the whole pipeline answers.

Read are SQuAD 1.1 and 2.0 and whatever follows their format (GermanQuAD, XQuAD, MLQA). A question for which `is_impossible` is
set, or which has no answers, must be refused.

Source: Rajpurkar, Zhang, Lopyrev, Liang, EMNLP 2016, doi:10.18653/v1/D16-1264; Rajpurkar, Jia, Liang, ACL 2018,
doi:10.18653/v1/P18-2124.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.domain.answers import Question
from assistant.domain.values import Language
from assistant.service.wire import reply_out
from assistant.store.documents import Stored
from evals.case_files import CaseFileError, read_json
from evals.cases import DAY
from evals.runs import AnyCase, StoredText
from evals.suites.suite import Suite
from evals.suites.suite_cases import SpanCase
from evals.suites.temporary import (
    Opened,
    Progress,
    language_of_all,
    record_of_suite,
    temporary_index,
    text_document,
)
from evals.systems import Answered, CaseFailed, InProcess

NAME = "squad"


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Answer(_Loose):
    text: str


class _Question(_Loose):
    id: str | int
    question: str
    answers: tuple[_Answer, ...] = ()
    is_impossible: bool = False


class _Paragraph(_Loose):
    context: str
    qas: tuple[_Question, ...]


class _Article(_Loose):
    title: str = ""
    paragraphs: tuple[_Paragraph, ...]


class _File(_Loose):
    data: tuple[_Article, ...]


class Paragraph(NamedTuple):
    """A paragraph as a document."""

    document_id: str
    title: str
    text: str


def read_squad(path: Path) -> tuple[list[Paragraph], list[SpanCase]]:
    """The paragraphs and questions of a file; a paragraph that stands twice becomes one document.

    Raises:
        CaseFileError: Naming the file and the field that does not fit.
    """
    try:
        file = _File.model_validate(read_json(path))
    except ValidationError as exc:
        first = exc.errors()[0]
        raise CaseFileError(path, f"{'.'.join(map(str, first['loc'])) or 'as a whole'}: {first['msg']}") from exc
    language = language_of_all(p.context for article in file.data for p in article.paragraphs)
    paragraphs: dict[str, Paragraph] = {}
    cases: list[SpanCase] = []
    ids: set[str] = set()
    for article in file.data:
        for number, paragraph in enumerate(article.paragraphs, start=1):
            if not paragraph.context.strip():
                continue
            fresh = Paragraph(f"{NAME}/{len(paragraphs) + 1}", _title(article.title, number), paragraph.context)
            known = paragraphs.setdefault(paragraph.context, fresh)
            for question in paragraph.qas:
                if not question.question.strip():
                    continue
                cases.append(_case(question, known.document_id, article.title, language, ids))
    if not cases:
        raise CaseFileError(path, "data: holds no question")
    return list(paragraphs.values()), cases


def _title(article: str, number: int) -> str:
    """The article's title with the paragraph's number, so that no two documents have the same name."""
    return f"{article.replace('_', ' ').strip() or 'Text'}, {number}"


def _case(question: _Question, document: str, article: str, language: Language, ids: set[str]) -> SpanCase:
    identity = str(question.id)
    while identity in ids:  # some files give one id to several questions
        identity += "+"
    ids.add(identity)
    texts = () if question.is_impossible else tuple(dict.fromkeys(a.text for a in question.answers if a.text.strip()))
    return SpanCase(
        id=identity, set=NAME, question=question.question, document=document, answers=texts, language=language,
        category="answerable" if texts else "unanswerable",
    )  # fmt: skip


def load_squad(path: Path) -> Suite:
    """Read a file in SQuAD format; raises as `read_squad`."""
    paragraphs, cases = read_squad(path)

    @contextmanager
    def open_system(progress: Progress) -> Iterator[SpanSystem]:
        stored = stored_paragraphs(paragraphs, cases[0].language)
        with temporary_index(stored, progress=progress) as opened:
            yield SpanSystem(opened)

    return Suite(name=NAME, source=path, cases=cases, open=open_system)


def stored_paragraphs(paragraphs: Sequence[Paragraph], language: Language) -> list[Stored]:
    """The paragraphs as documents."""
    return [text_document(p.document_id, p.title, p.text, language) for p in paragraphs]


class SpanSystem:
    """The whole pipeline over the paragraphs; nobody tells it which one a question belongs to."""

    def __init__(self, opened: Opened) -> None:
        reading = opened.reading
        self.record = record_of_suite(opened, reached="temporary index")
        self._inner = InProcess(reading.assistant, reading.library, self.record)
        self._assistant = reading.assistant

    def ask(self, case: AnyCase) -> Answered:
        """Answer a question; its language is found out, as for any other."""
        if not isinstance(case, SpanCase):
            raise CaseFailed(f"{case.kind!r} is no question of this suite")
        reply = self._assistant.answer(Question(text=case.question, conversation_id=case.id, today=DAY))
        payload = reply_out(reply, explain=True).model_dump(mode="json")
        return Answered(payload, round(float(reply.timings_ms["total"]), 2))

    def text(self, document_id: str) -> StoredText | None:
        """The paragraph as it was stored."""
        return self._inner.text(document_id)
