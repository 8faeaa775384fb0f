"""Sample questions: people's ways of asking lead to the sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.index.samples import SampleIndex, SampleQuestion
from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon
from assistant.learned.embedder import StaticEmbedder

SAMPLES = [
    SampleQuestion(document_id="funding/x", start=0, language="de", text="Wie lange kriege ich das Geld von InnoX?"),
    SampleQuestion(document_id="funding/x", start=0, language="de", text="Laufzeit"),
    SampleQuestion(document_id="funding/x", start=80, language="de", text="Wer darf InnoX beantragen?"),
    SampleQuestion(document_id="funding/x.en", start=0, language="en", text="How long will I get paid?"),
]


@pytest.fixture
def index() -> SampleIndex:
    analyser = Analyser(CompoundLexicon.from_words({}))
    names = {"funding/x": frozenset({"innox"})}
    return SampleIndex.build(SAMPLES, name_words=names, analyser=analyser, embedder=StaticEmbedder.load())


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("Für wie lange gibt es Geld?", "de", ("funding/x", 0)),
        ("laufzeit?", "de", ("funding/x", 0)),
        ("Wer kann den Antrag stellen?", "de", ("funding/x", 80)),
        ("For how long do I get paid?", "en", ("funding/x.en", 0)),
    ],
)
def test_a_question_is_most_like_its_sentence(index: SampleIndex, question: str, language: str, wanted: object) -> None:
    likeness = index.liken(question, language)  # type: ignore[arg-type]
    best = int(likeness.whole.argmax())
    assert list(index.sentences)[best] == wanted


def test_the_subjects_name_does_not_count(index: SampleIndex) -> None:
    plain = index.liken("Wie lange?", "de")
    named = index.liken("Wie lange InnoX?", "de", name_words=frozenset({"innox"}))
    assert np.allclose(plain.whole, named.whole, atol=1e-6)


def test_the_same_question_is_wholly_alike(index: SampleIndex) -> None:
    likeness = index.liken("Wer darf InnoX beantragen?", "de", name_words=frozenset({"innox"}))
    assert likeness.whole.max() == pytest.approx(1.0, abs=1e-3)


def test_a_saved_index_likens_the_same(index: SampleIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = SampleIndex.load(tmp_path, Analyser(CompoundLexicon.from_words({})), StaticEmbedder.load())
    assert loaded.sentences == index.sentences
    one, other = (i.liken("Wie lange läuft das?", "de").whole for i in (index, loaded))
    assert np.allclose(one, other, atol=2e-3)


def test_without_samples_nothing_is_alike(tmp_path: Path) -> None:
    analyser = Analyser(CompoundLexicon.from_words({}))
    empty = SampleIndex.build([], name_words={}, analyser=analyser, embedder=StaticEmbedder.load())
    empty.save(tmp_path)
    loaded = SampleIndex.load(tmp_path, analyser, StaticEmbedder.load())
    assert loaded.liken("Wie lange?", "de").whole.shape == (0,)
