"""Trains the choice of documents, the choice of lines and the gate: `python -m assistant.learned.training.engine --data FOLDER --save`.

Learned from: the project's own judged questions (`questions/`), questions for recorded values and sample questions of single sentences, the
judged questions over corpora from which their answers were taken
out, traps made from what sheets lack, and the training split and machine-made questions of OMoS-QA (Integreat, CC BY 4.0). The
development split of OMoS-QA is only reported, never learned from; its pages are left out of the machine-made questions as well.
Everything is cross-fitted: each model sees probabilities for questions that the one before it did not learn from.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import structlog
from numpy.typing import NDArray
from rich.console import Console

from assistant.answer.document_features import DOCUMENT_FEATURES
from assistant.answer.evidence import document_rows, write_document_probabilities
from assistant.answer.gate_features import GATE_FEATURES
from assistant.answer.line_features import FEATURES
from assistant.domain.values import LANGUAGES
from assistant.learned.embedder import StaticEmbedder
from assistant.learned.models import FOLDER
from assistant.learned.question_neighbours import QuestionNeighbours
from assistant.learned.training.examples import FOLDS, Example, own_examples, page_examples, removed_examples
from assistant.learned.training.figures import (
    best_points,
    choose_lines,
    first_line_right,
    leads_right,
    right_document_first,
    right_lines,
    score_refusals,
    score_selection,
)
from assistant.learned.training.grow import GrowSettings, Table, grow
from assistant.learned.training.omos import PageQuestion, load_questions, page_documents
from assistant.learned.training.questions import JudgedQuestion, load_judged_questions, sampled_questions
from assistant.learned.training.recorded import recorded_questions
from assistant.learned.training.unanswerable import trap_questions
from assistant.learned.training.wording import dressed, train_wording
from assistant.learned.trees import ObliviousTrees
from assistant.learned.wording import WordingJudge

ROOT = Path(__file__).parents[4]
DOCUMENTS = GrowSettings(trees=300, depth=5, rate=0.06, leaf_l2=8.0, rows=0.8)
LINES = GrowSettings(trees=600, depth=6, rate=0.05)
GATE = GrowSettings(trees=600, depth=6, rate=0.03, leaf_l2=8.0, rows=0.8)
FIELD = GrowSettings(trees=150, depth=4, rate=0.06, leaf_l2=8.0, rows=0.8)
LINE_WEIGHTS = {"own": 1.0, "sample": 0.3, "recorded": 0.3, "gold": 2.0, "silver": 0.2}
GATE_WEIGHTS = {"own": 1.0, "sample": 0.25, "recorded": 0.4, "gold": 1.0, "removed": 0.2, "trap": 0.2, "off": 0.3}
"""How much a question counts by where it comes from; people's own near misses count most."""
OTHER_LINES = 20
"""Lines of a document without a right one that are learned from, the likeliest looking ones first."""
TRAPS_PER_SHEET = 5
SAMPLES = 1500
"""Sample questions of the corpus that are learned from, each hidden from itself."""
RECORDED = 1500
"""Questions for recorded values that are learned from."""
SHEET_POINTS = {"line_on_sheets": 0.1, "share_on_sheets": 0.2}
"""Chosen on cross-fitted figures of the judged questions: 0.76 of the right sentences are quoted, 0.64 of the quoted ones are right."""
ANSWER_POINT = 0.45
"""Where the gate opens; chosen on cross-fitted figures of the judged questions."""
console = Console(soft_wrap=True)

Judge = Callable[[NDArray[np.float32]], NDArray[np.float32]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Gather, train, print figures, write the files that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds omos-qa/")
    parser.add_argument("--save", action="store_true", help="write the trained files into the package")
    options = parser.parse_args(arguments)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    learned, reported = gather_examples(options.data / "omos-qa")
    documents = cross_fit_documents(learned)
    lines = cross_fit_lines(learned, reported)
    floor, share = report_lines(learned, reported)
    wording = cross_fit_wording(learned, reported)
    gate = cross_fit_gate(learned, reported, floor=floor, share=share)
    field = train_field(learned)
    if options.save:
        field.save(FOLDER / "field.npz")
        documents.save(FOLDER / "documents.npz")
        lines.save(FOLDER / "selector.npz")
        gate.save(FOLDER / "gate.npz")
        wording.classifier.save(FOLDER / "wording.npz")
        wording.neighbours.save(FOLDER / "question_neighbours.npz")
        points = {"answer": ANSWER_POINT, "line": round(floor, 3), "share_of_best": round(share, 3), **SHEET_POINTS}
        (FOLDER / "operating_points.json").write_text(json.dumps(points, indent=1) + "\n", encoding="utf-8")
    return 0


# --- examples --------------------------------------------------------------------------------------------------------


def gather_examples(omos: Path) -> tuple[list[Example], list[Example]]:
    """Examples to learn from, and those only reported."""
    gold, dev, silver = (
        [q for language in LANGUAGES for q in load_questions(omos / f"{name}.{language}.jsonl", language)]
        for name in ("train", "dev", "silver")
    )
    held_out = {q.page_id for q in dev}
    silver = [q for q in silver if q.page_id not in held_out and q.origin == "with_evidence" and q.answer_lines]
    background = page_documents([*gold, *silver, *dev])
    judged = load_judged_questions()
    samples = sampled_questions(ROOT / "corpus", random.Random(1), count=SAMPLES)
    values = recorded_questions(ROOT / "corpus", random.Random(1), count=RECORDED)
    traps = list(trap_questions(ROOT / "corpus", random.Random(1), per_sheet=TRAPS_PER_SHEET))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus, data = ROOT / "corpus", folder / "data"
        own = own_examples([q for q in judged if q.document != "none"], data=data, corpus=corpus, origin="own")
        sampled = own_examples(samples, data=data, corpus=corpus, origin="sample")
        recorded = own_examples(values, data=data, corpus=corpus, origin="recorded")
        trapped = own_examples(traps, data=data, corpus=corpus, origin="trap")
        elsewhere = [q for q in judged if q.document == "none"]
        off = own_examples([*elsewhere, *_as_elsewhere(gold)], data=data, corpus=corpus, origin="off")
        removed = removed_examples([q for q in judged if q.evidence], folder=folder, corpus=corpus)
    learned = [*own, *sampled, *recorded, *trapped, *off, *removed]
    learned += page_examples(gold, "gold", background=background)
    learned += page_examples(silver, "silver", background=background)
    return learned, page_examples(dev, "dev", background=background)


def _as_elsewhere(questions: Sequence[PageQuestion]) -> list[JudgedQuestion]:
    """Questions to municipal offices, which no sheet of ours answers."""
    return [JudgedQuestion(text=q.question, language=q.language, document="none", evidence=()) for q in questions]


# --- documents -------------------------------------------------------------------------------------------------------


def cross_fit_documents(examples: Sequence[Example]) -> ObliviousTrees:
    """Write into every searched example how likely each of its documents is; returns the final model.

    Sample questions are not learned from: their documents are likened to the samples themselves.
    """
    searched = [e for e in examples if e.origin not in ("gold", "silver") and e.readings]
    rows = {id(e): document_rows(e.readings) for e in searched}
    for fold in range(FOLDS):
        model = grow(_documents_table([e for e in searched if e.fold != fold], rows), DOCUMENT_FEATURES, DOCUMENTS)
        for example in searched:
            if example.fold == fold:
                write_document_probabilities(example.readings, model.probabilities(rows[id(example)]))
    own = [e for e in searched if e.origin == "own"]
    for language in LANGUAGES:
        first = right_document_first([e for e in own if e.language == language], FEATURES.index("document"))
        console.print(f"sheets {language}: right document first {first:.3f}")
    return grow(_documents_table(searched, rows), DOCUMENT_FEATURES, DOCUMENTS)


def _documents_table(examples: Sequence[Example], rows: dict[int, NDArray[np.float32]]) -> Table:
    """Documents of answerable questions; right where they hold a right line."""
    chosen = [e for e in examples if e.answerable and e.origin != "sample"]
    labels = [float((labels == 1.0).any()) for e in chosen for labels in e.labels]
    table = np.concatenate([rows[id(e)] for e in chosen])
    return Table(table, np.array(labels, dtype=np.float32), np.ones(len(labels), dtype=np.float32))


# --- lines -----------------------------------------------------------------------------------------------------------


def cross_fit_lines(examples: Sequence[Example], reported: Sequence[Example]) -> ObliviousTrees:
    """Judge every line of every example; `reported` by the final model, which is returned."""
    for fold in range(FOLDS):
        model = grow(_lines_table([e for e in examples if e.fold != fold]), FEATURES, LINES)
        _judge([e for e in examples if e.fold == fold], model.probabilities)
    final = grow(_lines_table(examples), FEATURES, LINES)
    _judge(reported, final.probabilities)
    return final


def _judge(examples: Sequence[Example], judge: Judge) -> None:
    for example in examples:
        example.set_probabilities([judge(reading.features) for reading in example.readings])


def _lines_table(examples: Sequence[Example]) -> Table:
    """Lines of answerable questions."""
    gap = FEATURES.index("gap")
    rows: list[NDArray[np.float32]] = []
    labels: list[NDArray[np.float32]] = []
    weights: list[NDArray[np.float32]] = []
    for example in examples:
        if not example.answerable or example.origin not in LINE_WEIGHTS:
            continue
        for reading, own in zip(example.readings, example.labels, strict=True):
            known = np.flatnonzero(own >= 0)
            if not own[known].any():
                known = known[np.argsort(reading.features[known, gap], kind="stable")[:OTHER_LINES]]
            rows.append(reading.features[known])
            labels.append(own[known])
            weights.append(np.full(len(known), LINE_WEIGHTS[example.origin], dtype=np.float32))
    return Table(np.concatenate(rows), np.concatenate(labels), np.concatenate(weights))


def report_lines(learned: Sequence[Example], reported: Sequence[Example]) -> tuple[float, float]:
    """Print figures of the choice of lines; returns the best floor and share of the best line."""
    gold = [e for e in learned if e.origin == "gold" and e.answerable]
    floor, share = best_points(gold)
    score = score_selection([choose_lines(e, floor=floor, share=share) for e in gold], [right_lines(e) for e in gold])
    console.print(f"pages, cross-fitted: floor {floor:.2f} share {share:.2f}: {score}")
    for language in LANGUAGES:
        dev = [e for e in reported if e.language == language]
        score = score_selection([choose_lines(e, floor=floor, share=share) for e in dev], [right_lines(e) for e in dev])
        console.print(f"pages, dev {language}: {score}, first line right {first_line_right(dev):.3f}")
    for language in LANGUAGES:
        own = [e for e in learned if e.origin == "own" and e.language == language]
        console.print(f"sheets, cross-fitted {language}: first line right {first_line_right(own):.3f}")
    return floor, share


# --- wording ---------------------------------------------------------------------------------------------------------


def cross_fit_wording(learned: Sequence[Example], reported: Sequence[Example]) -> WordingJudge:
    """Judge the wording of every question by those on other documents; returns the final model.

    Learned from judged questions and those for recorded values: among the judged ones near misses are as common as what they miss, and alone
    they would teach that the plainest questions of all ("How much is the grant?") are seldom answered.
    """
    own = [e for e in learned if e.origin in ("own", "recorded")]
    models = [_train_wording([e for e in own if e.fold != fold]) for fold in range(FOLDS)]
    final = _train_wording(own)
    for example in learned:
        example.set_wording(models[example.fold](example.nameless))
    for example in reported:
        example.set_wording(final(example.nameless))
    told = [(example.draft.wording.log_odds > 0) == example.answerable for example in own if example.origin == "own"]
    console.print(f"wording alone: {np.mean(told):.3f} told rightly")
    return final


def _train_wording(examples: Sequence[Example]) -> WordingJudge:
    """Learn the words from each question as it stands and once as somebody asks it who says more than the question; keep all by meaning."""
    chance = random.Random(1)
    texts = [e.nameless for e in examples] + [dressed(e.nameless, e.language, chance) for e in examples]
    answered = np.array([e.answerable for e in examples] * 2, dtype=np.float32)
    embedder = StaticEmbedder.load()
    neighbours = QuestionNeighbours.of(
        embedder.embed([e.nameless for e in examples]),
        [e.answerable for e in examples],
        fingerprint=embedder.fingerprint,
    )
    return WordingJudge(
        classifier=train_wording(texts, {"answered": answered}), neighbours=neighbours, embedder=embedder
    )


# --- gate ------------------------------------------------------------------------------------------------------------


def cross_fit_gate(
    learned: Sequence[Example], reported: Sequence[Example], *, floor: float, share: float
) -> ObliviousTrees:
    """Cross-fit the gate and print its figures at several points; returns the final model."""
    examples = [e for e in learned if e.origin in GATE_WEIGHTS and e.readings]
    rows = np.stack([e.gate_features() for e in examples])
    labels = np.array([e.answerable for e in examples], dtype=np.float32)
    weights = np.array([GATE_WEIGHTS[e.origin] for e in examples], dtype=np.float32)
    folds = np.array([e.fold for e in examples])
    probabilities = np.zeros(len(examples))
    for fold in range(FOLDS):
        inside = folds == fold
        model = grow(Table(rows[~inside], labels[~inside], weights[~inside]), GATE_FEATURES, GATE)
        probabilities[inside] = model.probabilities(rows[inside])
    final = grow(Table(rows, labels, weights), GATE_FEATURES, GATE)
    outside = final.probabilities(np.stack([e.gate_features() for e in reported]))
    origins = np.array([e.origin for e in examples])
    leading = np.array([leads_right(e) for e in examples])
    for point in (0.3, 0.4, ANSWER_POINT, 0.5, 0.55, 0.6, 0.7):
        opened = probabilities >= point
        own = origins == "own"
        answerable = labels > 0
        line = f"gate {point}: sheets answered {opened[own & answerable].mean():.3f}"
        line += f" (led by a wrong line {(opened & ~leading)[own & answerable].mean():.3f}), refused {(~opened)[own & ~answerable].mean():.3f}"
        for origin in ("removed", "trap", "off"):
            line += f", {origin} {(~opened)[origins == origin].mean():.3f}"
        for language in LANGUAGES:
            dev = [(e, p) for e, p in zip(reported, outside, strict=True) if e.language == language]
            chosen = [choose_lines(e, floor=floor, share=share) if p >= point else set() for e, p in dev]
            right = [right_lines(e) for e, _ in dev]
            line += f"; dev {language} F {score_selection(chosen, right).f:.3f} no-answer F {score_refusals(chosen, right).f:.3f}"
        console.print(line)
    return final


def train_field(learned: Sequence[Example]) -> ObliviousTrees:
    """Tell questions of the field, answered or not, from all others; prints the cross-fitted share that is told rightly."""
    examples = [
        e for e in learned if e.origin in ("own", "sample", "recorded", "removed", "trap", "off") and e.readings
    ]
    rows = np.stack([e.gate_features() for e in examples])
    labels = np.array([e.origin != "off" for e in examples], dtype=np.float32)
    folds = np.array([e.fold for e in examples])
    weights = np.ones(len(labels), dtype=np.float32)
    right = np.zeros(len(labels))
    for fold in range(FOLDS):
        inside = folds == fold
        model = grow(Table(rows[~inside], labels[~inside], weights[~inside]), GATE_FEATURES, FIELD)
        right[inside] = (model.probabilities(rows[inside]) >= 0.5) == (labels[inside] > 0)
    console.print(f"field: of it {right[labels > 0].mean():.3f}, others {right[labels == 0].mean():.3f} told rightly")
    return grow(Table(rows, labels, weights), GATE_FEATURES, FIELD)


if __name__ == "__main__":
    raise SystemExit(main())
