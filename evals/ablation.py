"""What each part of the answer engine brings: `python -m evals.ablation`.

The same cases are answered by the same pipeline with parts left out, from words alone to everything. What is left out is
replaced by the plainest thing that does its work: a document counts as much as its best passage, a line as much as it shares
with the question, and without the gate every question is answered.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant import bootstrap
from assistant.answer.document_features import DOCUMENT_FEATURES
from assistant.answer.line_features import FEATURES
from assistant.bootstrap import Judgements
from assistant.config import Settings, load_settings
from assistant.domain.answers import Question, Reply, Turn
from assistant.domain.values import Language
from assistant.index.embedding import Embedder
from assistant.index.samples import Likeness, SampleIndex
from assistant.language.normalise import fold
from evals.cases import Case, load_cases, stands_in
from evals.intervals import mean_interval

SETS = ("qa", "unanswerable")
LEXICAL_COLUMNS = ("cover", "cover_grams", "cover_near")
SEMANTIC_COLUMNS = ("soft", "similar")
Floats = NDArray[np.float32]
Answer = Callable[[Question], Reply]
console = Console()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One row of the table; each has everything that the one before it has."""

    name: str
    embedder: bool = True
    samples: bool = True
    documents: bool = True
    lines: bool = True
    gate: bool = True
    reranker: bool = False


RUNGS = (
    Rung(name="words alone", embedder=False, samples=False, documents=False, lines=False, gate=False),
    Rung(name="+ embedder", samples=False, documents=False, lines=False, gate=False),
    Rung(name="+ sample questions", documents=False, lines=False, gate=False),
    Rung(name="+ choice of documents", lines=False, gate=False),
    Rung(name="+ choice of lines", gate=False),
    Rung(name="+ gate", ),
)  # fmt: skip
RERANKED = Rung(name="+ cross-encoder", reranker=True)
"""Climbed where the settings name a cross-encoder."""


class _WithoutMeaning(Embedder):
    """Finds no passage like any other."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder.model, fingerprint=embedder.fingerprint)

    def embed_query(self, text: str) -> Floats:
        """A vector of zeros, whose similarity to everything is 0."""
        return np.zeros_like(super().embed_query(text))


class _WithoutLikeness(SampleIndex):
    """Finds no sample question like any other."""

    def __init__(self, samples: SampleIndex) -> None:
        self.sentences = samples.sentences

    def liken(self, text: str, language: Language, *, name_words: frozenset[str] = frozenset()) -> Likeness:
        """Zeros."""
        zeros = np.zeros(len(self.sentences), dtype=np.float32)
        return Likeness(zeros, zeros, zeros, zeros)


def open_rung(rung: Rung, settings: Settings) -> Answer:
    """The pipeline with what the rung has."""
    if not rung.reranker:
        settings = settings.model_copy(update={"reranker": None})
    stores = bootstrap.open_stores(settings)
    embedder = bootstrap.embedder_of(settings)
    opened = bootstrap.open_searchable(
        settings, stores.documents, embedder if rung.embedder else _WithoutMeaning(embedder)
    )
    if not rung.samples:
        opened.generation.samples = _WithoutLikeness(opened.generation.samples)
    judgements = bootstrap.load_judgements()
    columns = LEXICAL_COLUMNS + (SEMANTIC_COLUMNS if rung.embedder else ())
    if not rung.documents:
        judgements = replace(judgements, documents=_column(DOCUMENT_FEATURES, "document_score"))
    if not rung.lines:
        judgements = replace(
            judgements, lines=_shared_words(columns), points=replace(judgements.points, line=0.0, share_of_best=0.8)
        )
    if not rung.gate:
        judgements = _always_answering(judgements)
    return bootstrap.assemble_reading(settings, opened, judgements).assistant.answer


def _always_answering(judgements: Judgements) -> Judgements:
    return replace(judgements, answered=lambda features: 1.0, in_field=lambda features: 1.0)


def _column(names: Sequence[str], name: str) -> Callable[[Floats], Floats]:
    column = names.index(name)
    return lambda rows: np.clip(rows[:, column], 0.0, 1.0)


def _shared_words(names: Sequence[str]) -> Callable[[Floats], Floats]:
    """How likely the document is, times what the line shares with the question."""
    columns = [FEATURES.index(name) for name in names]
    document = FEATURES.index("document")
    return lambda rows: np.clip(rows[:, document] * rows[:, columns].mean(axis=1), 0.0, 1.0)


# --- figures ---------------------------------------------------------------------------------------------------------


def judge(case: Case, reply: Reply) -> dict[str, float]:
    """What is counted of one reply; a figure that does not apply to the case is left out."""
    answered = reply.status in ("answered", "partial")
    if not case.may_answer:
        return {"unanswerable refused": float(not answered)}
    held = fold(" ".join([reply.text, *(c.quote for c in reply.citations)]))
    cited = {c.document_id.removesuffix(".en") for c in reply.citations}
    return {
        "answerable refused": float(not answered),
        "right document": float(bool(cited & set(case.documents))),
        "all vital facts": float(answered and all(stands_in(forms, held) for forms in case.vital)),
        **({"sentences": float(len(reply.claims))} if answered else {}),
    }


def ask(answer: Answer, case: Case) -> Reply:
    """The reply to the last turn of a case."""
    history: list[Turn] = []
    for text in case.questions:
        reply = answer(Question(text=text, conversation_id=case.id, history=tuple(history), today=case.day))
        ids = tuple(dict.fromkeys(c.document_id.removesuffix(".en") for c in reply.citations))
        history.append(Turn(question=reply.rewritten_question or text, language=reply.language, document_ids=ids))
    return reply


def main(arguments: Sequence[str] | None = None) -> int:
    """Climb the ladder, print the table with bootstrap intervals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", default=SETS, help=f"sets of cases, by default {' '.join(SETS)}")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args(arguments)
    cases = [case for name in options.sets or SETS for case in load_cases(name)]
    settings = load_settings()
    rows: list[dict[str, Any]] = []
    for rung in (*RUNGS, RERANKED) if settings.reranker else RUNGS:
        answer = open_rung(rung, settings)
        values: dict[str, list[float]] = {}
        for case in track(cases, description=rung.name, console=Console(stderr=True)):
            for name, value in judge(case, ask(answer, case)).items():
                values.setdefault(name, []).append(value)
        rows.append({"rung": rung.name, **{name: mean_interval(own) for name, own in values.items()}})
    names = [name for name in rows[0] if name != "rung"]
    table = Table("", *names, title=f"{len(cases)} cases; 95 % bootstrap intervals")
    for row in rows:
        table.add_row(row["rung"], *(f"{row[n].value:.2f} [{row[n].low:.2f}, {row[n].high:.2f}]" for n in names))
    console.print(table)
    if options.json:
        figures = [{"rung": row["rung"], **{name: row[name]._asdict() for name in names}} for row in rows]
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
