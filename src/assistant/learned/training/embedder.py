"""Trains the built-in embedder: `python -m assistant.learned.training.embedder --data FOLDER [--teacher FOLDER]`.

A table of hashed word features learns, by telling the right partner of a text from the others of its batch, to bring together texts
that belong together: questions and answers, headings and sections, German and English. With a teacher, every text is also drawn to
the place where an English sentence model puts its English meaning. Pages of the development split of OMoS-QA are left out.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from torch import nn
from torch.nn import functional

from assistant.domain.values import LANGUAGES
from assistant.language.words import plain_words
from assistant.learned.embedder import WEIGHTS, word_features
from assistant.learned.training.pairs import (
    Pair,
    corpus_pairs,
    english_of,
    lexicon_pairs,
    load_pages,
    page_ids,
    page_pairs,
    question_pairs,
    sample_pairs,
)

ROOT = Path(__file__).parents[4]
BUCKETS, DIMENSION = 45_000, 256
EPOCHS, BATCH, RATE, TEMPERATURE = 4, 512, 0.05, 0.05
DROPPED = 0.1
"""Share of features left out at each step, so that no text rests on one word."""
TEACHER_WEIGHT = 10.0
SEED = 1
console = Console()

Features = tuple[NDArray[np.int64], NDArray[np.float32]]


class FeatureReader:
    """Turns texts into rows of the table with their shares, each text once."""

    def __init__(self) -> None:
        self._known: dict[str, Features] = {}

    def read(self, text: str) -> Features:
        """Rows int64 (n_features,) and shares float32 (n_features,)."""
        known = self._known.get(text)
        if known is None:
            rows: list[int] = []
            shares: list[float] = []
            for word in plain_words(text) or ["."]:
                own, weights = word_features(word, BUCKETS)
                rows += own
                shares += weights
            known = self._known[text] = (np.array(rows, dtype=np.int64), np.array(shares, dtype=np.float32))
        return known


class TableModel(nn.Module):  # type: ignore[misc]
    """The table and a weight per row."""

    def __init__(self, rarity: NDArray[np.float64]) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.randn(BUCKETS, DIMENSION) * DIMENSION**-0.5)
        self.log_weights = nn.Parameter(torch.tensor(np.log(np.maximum(rarity, 0.3)), dtype=torch.float32))

    def forward(self, features: Sequence[Features], *, dropped: float = 0.0) -> torch.Tensor:
        """Embed texts as (n_texts, dim), rows of length 1."""
        rows = torch.from_numpy(np.concatenate([own for own, _ in features]))
        shares = torch.from_numpy(np.concatenate([own for _, own in features]))
        starts = torch.tensor(np.cumsum([0, *(len(own) for own, _ in features[:-1])]))
        weights = torch.exp(self.log_weights[rows]) * shares
        if dropped:
            weights = weights * (torch.rand_like(weights) > dropped)
        sums = functional.embedding_bag(rows, self.table, starts, mode="sum", per_sample_weights=weights)
        return functional.normalize(sums, dim=1)


def rarity_of(texts: Sequence[str], reader: FeatureReader) -> NDArray[np.float64]:
    """How rare each row is among the texts, ln((n + 1) / (count + 1)), float64 (n_buckets,)."""
    counts = np.zeros(BUCKETS)
    for text in texts:
        counts[np.unique(reader.read(text)[0])] += 1
    return np.asarray(np.log((len(texts) + 1) / (counts + 1)))


def train(pairs: Sequence[Pair], targets: dict[str, NDArray[np.float32]]) -> TableModel:
    """Train on pairs, and on the teacher's places (of length 1) for texts where there are any."""
    reader = FeatureReader()
    texts = list(dict.fromkeys(text for pair in pairs for text in (pair.one, pair.other)))
    model = TableModel(rarity_of(texts, reader))
    optimiser = torch.optim.Adagrad(model.parameters(), lr=RATE)
    shown = list(targets)
    order = list(range(len(pairs)))
    steps = EPOCHS * len(pairs) // BATCH
    started = time.perf_counter()
    position = len(order)
    for step in range(steps):
        if position + BATCH > len(order):
            random.shuffle(order)
            position = 0
        batch = [pairs[i] for i in order[position : position + BATCH]]
        position += BATCH
        loss = _contrast(model, batch, reader)
        if shown:
            sample = random.sample(shown, min(2 * BATCH, len(shown)))
            places = torch.from_numpy(np.stack([targets[text] for text in sample]))
            own = model([reader.read(text) for text in sample], dropped=DROPPED)
            loss = loss + TEACHER_WEIGHT * (1 - (own * places).sum(1)).mean()
        optimiser.zero_grad()
        loss.backward()
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - 0.9 * step / steps)
        optimiser.step()
        if step % 200 == 0:
            console.print(f"step {step} of {steps}, loss {loss.item():.3f}, {time.perf_counter() - started:.0f} s")
    return model


def _contrast(model: TableModel, batch: Sequence[Pair], reader: FeatureReader) -> torch.Tensor:
    ones = model([reader.read(pair.one) for pair in batch], dropped=DROPPED)
    others = model([reader.read(pair.other) for pair in batch], dropped=DROPPED)
    likeness = ones @ others.T / TEMPERATURE
    groups = np.array([hash(pair.group) for pair in batch])
    related = torch.from_numpy((groups[:, None] == groups[None, :]) & ~np.eye(len(batch), dtype=bool))
    likeness = likeness.masked_fill(related, -1e4)
    right = torch.arange(len(batch))
    return functional.cross_entropy(likeness, right) + functional.cross_entropy(likeness.T, right)


def teacher_targets(english: dict[str, str], folder: Path, cache: Path) -> dict[str, NDArray[np.float32]]:
    """The teacher's vectors of the English meanings, brought to our number of dimensions by principal components."""
    from assistant.learned.training.teacher import embed_with_teacher

    texts = list(english)
    vectors = embed_with_teacher([english[text] for text in texts], folder, cache=cache).astype(np.float32)
    sample = vectors[np.random.default_rng(SEED).choice(len(vectors), min(20_000, len(vectors)), replace=False)]
    centre = sample.mean(axis=0)
    _, _, components = np.linalg.svd(sample - centre, full_matrices=False)
    places = (vectors - centre) @ components[:DIMENSION].T
    places /= np.linalg.norm(places, axis=1, keepdims=True) + 1e-9
    return dict(zip(texts, places.astype(np.float32), strict=True))


def save(model: TableModel, path: Path) -> None:
    """Write the table as 8-bit integers with a scale per row."""
    table = model.table.detach().numpy()
    scales = np.maximum(np.abs(table).max(axis=1) / 127, 1e-9).astype(np.float32)
    small = np.clip(np.round(table / scales[:, None]), -127, 127).astype(np.int8)
    weights = torch.exp(model.log_weights).detach().numpy().astype(np.float32)
    fingerprint = hashlib.sha256(small.tobytes() + weights.tobytes()).hexdigest()[:8]
    np.savez_compressed(path, table=small, scales=scales, weights=weights, fingerprint=np.array(fingerprint))
    console.print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {fingerprint}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that holds omos-qa/ and lexicon/")
    parser.add_argument("--teacher", type=Path, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--output", type=Path, default=WEIGHTS)
    options = parser.parse_args(arguments)
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    omos, lexicon, corpus = options.data / "omos-qa", options.data / "lexicon" / "de-en.tsv", ROOT / "corpus"
    held_out = frozenset(page_id for language in LANGUAGES for page_id in page_ids(omos / f"dev.{language}.jsonl"))
    pages = load_pages(omos, without=held_out)
    pairs = [
        *page_pairs(pages), *question_pairs(omos, pages), *lexicon_pairs(lexicon, random.Random(SEED)), *corpus_pairs(corpus), *sample_pairs(corpus),
    ]  # fmt: skip
    targets = {}
    if options.teacher:
        english = english_of(omos, lexicon, corpus, pages)
        targets = teacher_targets(english, options.teacher, options.output.with_name("teacher-vectors.npz"))
    console.print(f"{len(pairs)} pairs, {len(targets)} texts with a teacher's place, {len(held_out)} pages held out")
    save(train(pairs, targets), options.output)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
