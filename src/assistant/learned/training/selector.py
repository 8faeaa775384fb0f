"""Trains the line selector and the gate: `python -m assistant.learned.training.selector --data FOLDER`.

Learned from: the project's own judged questions (`questions/`), and the training split and the machine-made questions of OMoS-QA
(Integreat, CC BY 4.0). Its development split is only reported, never learned from; pages of that split are left out of the
machine-made questions as well. Everything is cross-fitted: the gate sees probabilities of lines that the selector did not learn from.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from catboost import CatBoostClassifier
from numpy.typing import NDArray
from rich.console import Console

from assistant.answer.gate_features import GATE_FEATURES
from assistant.answer.line_features import FEATURES
from assistant.learned.models import FOLDER
from assistant.learned.training.examples import FOLDS, Example, own_examples, page_examples, rows_of
from assistant.learned.training.omos import load_questions, page_documents
from assistant.learned.training.questions import load_judged_questions
from assistant.learned.trees import ObliviousTrees

ROOT = Path(__file__).parents[4]
WEIGHTS = {"own": 1.0, "gold": 1.0, "silver": 0.1}
OTHER_LINES = 30
"""Lines of documents other than the right one that are learned from, the likeliest looking ones first."""
console = Console()


class SelectorSettings(NamedTuple):
    """How the trees are grown; chosen by cross-fitted figures on the training questions."""

    trees: int = 500
    depth: int = 5
    rate: float = 0.05
    leaf_l2: float = 5.0
    columns: float = 0.3


def fit(
    rows: NDArray[np.float32],
    labels: NDArray[np.float32],
    weights: NDArray[np.float32],
    settings: SelectorSettings,
    *,
    seed: int = 1,
) -> CatBoostClassifier:
    """Grow trees on rows, float32 (n, n_columns), with labels 0 or 1."""
    model = CatBoostClassifier(
        iterations=settings.trees, depth=settings.depth, learning_rate=settings.rate, l2_leaf_reg=settings.leaf_l2, rsm=settings.columns,
        bootstrap_type="Bernoulli", subsample=0.7, random_seed=seed, thread_count=2, verbose=0, allow_writing_files=False,
    )  # fmt: skip
    model.fit(rows, labels, sample_weight=weights)
    return model


def as_trees(model: CatBoostClassifier, names: Sequence[str]) -> ObliviousTrees:
    """The model in the form that ships."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        model.save_model(file.name, format="json")
        return ObliviousTrees.from_catboost_json(json.loads(Path(file.name).read_text(encoding="utf-8")), names)


def training_rows(examples: Sequence[Example]) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Features, labels and weights of the lines of answerable questions."""
    rows: list[NDArray[np.float32]] = []
    labels: list[NDArray[np.float32]] = []
    weights: list[NDArray[np.float32]] = []
    gap = FEATURES.index("gap")
    for example, _, features, values in rows_of([e for e in examples if e.answerable]):
        keep = np.ones(len(values), dtype=bool)
        if not values.any() and len(values) > OTHER_LINES:
            keep = np.zeros(len(values), dtype=bool)
            keep[np.argsort(features[:, gap], kind="stable")[:OTHER_LINES]] = True
        rows.append(features[keep])
        labels.append(values[keep])
        weights.append(np.full(int(keep.sum()), WEIGHTS[example.origin], dtype=np.float32))
    return np.concatenate(rows), np.concatenate(labels), np.concatenate(weights)


def judge(examples: Sequence[Example], model: Callable[[NDArray[np.float32]], NDArray[np.float32]]) -> None:
    """Write the model's probabilities into the readings."""
    for example in examples:
        example.set_probabilities([model(reading.features) for reading in example.readings])


def cross_fit_selector(
    examples: Sequence[Example], reported: Sequence[Example], settings: SelectorSettings
) -> CatBoostClassifier:
    """Judge every example by a model that did not learn from its document; `reported` by the final model, which is returned."""
    for fold in range(FOLDS):
        model = fit(*training_rows([e for e in examples if e.fold != fold]), settings)
        judge([e for e in examples if e.fold == fold], lambda rows, m=model: m.predict_proba(rows)[:, 1])  # type: ignore[misc]
    final = fit(*training_rows(examples), settings)
    judge(reported, lambda rows: final.predict_proba(rows)[:, 1])
    return final


# --- figures ---------------------------------------------------------------------------------------------------------


class Selection(NamedTuple):
    """Precision and recall per answerable question, averaged, with F of the two means; scored as OMoS-QA does."""

    precision: float
    recall: float
    f: float


def score_selection(chosen: Sequence[set[int]], right: Sequence[set[int]]) -> Selection:
    """Score questions whose `right` set is not empty; an empty choice has precision 1."""
    pairs = [(c, r) for c, r in zip(chosen, right, strict=True) if r]
    precision = float(np.mean([len(c & r) / len(c) if c else 1.0 for c, r in pairs]))
    recall = float(np.mean([len(c & r) / len(r) for c, r in pairs]))
    return Selection(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def score_refusals(chosen: Sequence[set[int]], right: Sequence[set[int]]) -> Selection:
    """Score the decision to choose nothing."""
    refused = [not c for c in chosen]
    unanswerable = [not r for r in right]
    both = sum(a and b for a, b in zip(refused, unanswerable, strict=True))
    precision = both / max(1, sum(refused))
    recall = both / max(1, sum(unanswerable))
    return Selection(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def choose(example: Example, *, floor: float, share: float) -> set[int]:
    """Numbers of the chosen lines of the first reading."""
    values = example.readings[0].probabilities
    least = max(floor, share * float(values.max()))
    return {i for i in range(len(values)) if values[i] >= least and values[i] > 0}


def right_lines(example: Example) -> set[int]:
    """Numbers of the right lines of the first reading."""
    return {int(i) for i in np.flatnonzero(example.labels[0] == 1.0)}


def best_points(examples: Sequence[Example]) -> tuple[float, float, Selection]:
    """Floor and share that give the highest F on these examples."""
    found: list[tuple[float, float, float, Selection]] = []
    for floor in (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
        for share in np.arange(0.25, 0.9, 0.05):
            score = score_selection(
                [choose(e, floor=floor, share=float(share)) for e in examples], [right_lines(e) for e in examples]
            )
            found.append((score.f, floor, float(share), score))
    _, floor, share, score = max(found)
    return floor, share, score


def first_line_right(examples: Sequence[Example]) -> float:
    """Share of answerable questions whose likeliest line is right."""
    hits = []
    for example in examples:
        if example.answerable:
            tops = [
                (float(r.probabilities.max()), i, int(r.probabilities.argmax())) for i, r in enumerate(example.readings)
            ]
            _, reading, line = max(tops)
            hits.append(example.labels[reading][line] == 1.0)
    return float(np.mean(hits))


def gate_table(examples: Sequence[Example]) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.int64]]:
    """Gate features, whether answered rightly is possible, and folds."""
    rows = np.stack([e.gate_features() for e in examples])
    return rows, np.array([e.answerable for e in examples], dtype=np.float32), np.array([e.fold for e in examples])


def fit_gate(
    rows: NDArray[np.float32], labels: NDArray[np.float32], weights: NDArray[np.float32], *, seed: int = 1
) -> CatBoostClassifier:
    """Grow the gate's trees."""
    model = CatBoostClassifier(
        iterations=300, depth=4, learning_rate=0.04, l2_leaf_reg=8, rsm=0.4, bootstrap_type="Bernoulli", subsample=0.8, random_seed=seed,
        thread_count=2, verbose=0, allow_writing_files=False,
    )  # fmt: skip
    model.fit(rows, labels, sample_weight=weights)
    return model


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, print figures, write the files that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds omos-qa/")
    parser.add_argument("--save", action="store_true", help="write the trained files into the package")
    options = parser.parse_args(arguments)
    omos = options.data / "omos-qa"
    gold = [q for language in ("de", "en") for q in load_questions(omos / f"train.{language}.jsonl", language)]
    dev = [q for language in ("de", "en") for q in load_questions(omos / f"dev.{language}.jsonl", language)]
    held_out = {q.page_id for q in dev}
    silver = [
        q for language in ("de", "en") for q in load_questions(omos / f"silver.{language}.jsonl", language)
        if q.page_id not in held_out and q.origin == "with_evidence" and q.answer_lines
    ]  # fmt: skip
    background = page_documents([*gold, *silver, *dev])
    with tempfile.TemporaryDirectory() as folder:
        own = own_examples(load_judged_questions(), data=Path(folder), corpus=ROOT / "corpus")
    examples = [
        *own,
        *page_examples(gold, "gold", background=background),
        *page_examples(silver, "silver", background=background),
    ]
    reported = page_examples(dev, "dev", background=background)
    selector = cross_fit_selector(examples, reported, SelectorSettings())
    points = report_selector(examples, reported)
    gate, threshold = report_gate(examples, reported, points)
    if options.save:
        as_trees(selector, FEATURES).save(FOLDER / "selector.npz")
        as_trees(gate, GATE_FEATURES).save(FOLDER / "gate.npz")
        written = {"answer": round(threshold, 3), "line": round(points[0], 3), "share_of_best": round(points[1], 3)}
        (FOLDER / "operating_points.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return 0


def report_selector(examples: Sequence[Example], reported: Sequence[Example]) -> tuple[float, float]:
    """Print the selector's figures; returns floor and share of the best line."""
    gold = [e for e in examples if e.origin == "gold"]
    floor, share, score = best_points([e for e in gold if e.answerable])
    console.print(f"pages, cross-fitted: floor {floor:.2f} share {share:.2f} {score}")
    for language in ("de", "en"):
        chosen = [e for e in reported if e.language == language]
        score = score_selection([choose(e, floor=floor, share=share) for e in chosen], [right_lines(e) for e in chosen])
        console.print(f"pages, dev {language}: {score}, first line right {first_line_right(chosen):.3f}")
    own = [e for e in examples if e.origin == "own"]
    for language in ("de", "en"):
        chosen = [e for e in own if e.language == language]
        console.print(f"sheets, cross-fitted {language}: first line right {first_line_right(chosen):.3f}")
    return floor, share


def report_gate(
    examples: Sequence[Example], reported: Sequence[Example], points: tuple[float, float]
) -> tuple[CatBoostClassifier, float]:
    """Cross-fit the gate, print its figures; returns the final gate and its operating point."""
    learned = [e for e in examples if e.origin in ("own", "gold")]
    rows, labels, folds = gate_table(learned)
    weights = np.ones(len(learned), dtype=np.float32)
    probabilities = np.zeros(len(learned))
    for fold in range(FOLDS):
        model = fit_gate(rows[folds != fold], labels[folds != fold], weights[folds != fold])
        probabilities[folds == fold] = model.predict_proba(rows[folds == fold])[:, 1]
    final = fit_gate(rows, labels, weights)
    reported_p = final.predict_proba(np.stack([e.gate_features() for e in reported]))[:, 1]
    for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
        line: dict[str, Any] = {}
        for language in ("de", "en"):
            own = [
                (e, p)
                for e, p in zip(learned, probabilities, strict=True)
                if e.origin == "own" and e.language == language
            ]
            line[f"own {language} answered/refused"] = (
                round(float(np.mean([p >= threshold for e, p in own if e.answerable])), 3),
                round(float(np.mean([p < threshold for e, p in own if not e.answerable])), 3),
            )
            pages = [(e, p) for e, p in zip(reported, reported_p, strict=True) if e.language == language]
            chosen = [choose(e, floor=points[0], share=points[1]) if p >= threshold else set() for e, p in pages]
            right = [right_lines(e) for e, _ in pages]
            line[f"dev {language} F"] = round(score_selection(chosen, right).f, 3)
            line[f"dev {language} no-answer F"] = round(score_refusals(chosen, right).f, 3)
        console.print(f"gate {threshold}: {line}")
    return final, 0.6


if __name__ == "__main__":
    raise SystemExit(main())
