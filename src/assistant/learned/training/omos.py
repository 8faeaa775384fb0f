"""Municipal pages of the Integreat QA dataset (OMoS-QA) as documents whose every line is a sentence."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain.values import Document, Language, Version
from assistant.ingest.compose import Block, Part, compose
from assistant.ingest.passages import cut_passages
from assistant.store.documents import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuestion:
    """A question on one page; `answer_lines` are positions in `lines`, empty where the page does not answer."""

    id: str
    question: str
    language: Language
    lines: tuple[str, ...]
    answer_lines: frozenset[int]
    page_id: str
    origin: str

    @property
    def document_id(self) -> str:
        """Id of the page as a document; the same lines give the same id."""
        digest = hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:10]
        return f"omos/{self.page_id}-{self.language}-{digest}"


def load_questions(path: Path, language: Language) -> list[PageQuestion]:
    """Read a file of JSON lines; rows without lines are left out, and positions beyond the page ignored."""
    found: list[PageQuestion] = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row: dict[str, Any] = json.loads(text)
        lines = tuple(" ".join(line.split()) for line in row["lines"])
        answer = frozenset(i for i in row["answer_lines"] or () if i < len(lines) and lines[i])
        if any(lines):
            found.append(
                PageQuestion(
                    id=f"{path.stem}-{row.get('id', number)}",
                    question=row["question"],
                    language=language,
                    lines=lines,
                    answer_lines=answer,
                    page_id=str(row["page_id"]),
                    origin=str(row.get("origin", "gold")),
                )
            )
    return found


def page_document(document_id: str, lines: Sequence[str], language: Language) -> Stored:
    """A page as a stored document; empty lines are left out, so sentence k is the k-th line that is not empty."""
    blocks = [Block(kind="prose", parts=(Part(text=line),)) for line in lines if line]
    composed = compose(blocks, language)
    title = next((line for line in lines if line), document_id)[:200]
    document = Document(id=document_id, title=title, kind="page", language=language, status="unknown")
    version = Version(
        id=hashlib.sha256(f"{document_id}\n{composed.text}".encode()).hexdigest(), document_id=document_id, text=composed.text,
        outline=composed.outline, pages=(), sentences=composed.sentences, sources=(), loader="omos/1",
    )  # fmt: skip
    return Stored(document=document, version=version, passages=cut_passages(document, version))


def page_documents(questions: Iterable[PageQuestion]) -> list[Stored]:
    """The pages of the questions, each once, ordered by id."""
    pages = {question.document_id: question for question in questions}
    return [page_document(i, pages[i].lines, pages[i].language) for i in sorted(pages)]


def answer_starts(question: PageQuestion, page: Stored) -> frozenset[int]:
    """Starts, in the page's canonical text, of the lines that answer."""
    filled = [i for i, line in enumerate(question.lines) if line]
    return frozenset(
        sentence.start for i, sentence in zip(filled, page.version.sentences, strict=True) if i in question.answer_lines
    )
