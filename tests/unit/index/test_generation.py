"""Generations: built beside the active one, activated by one pointer, never searched with another embedder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.domain.errors import EmbedderMismatch, IndexMissing, SearchIndexError
from assistant.domain.values import Passage
from assistant.index.embedding import Embedder, load_embedder
from assistant.index.generation import Generations
from assistant.learned.training.omos import page_document

TEXTS = {
    "a": (
        "Förderung für Start-ups",
        "InnoFounder zahlt 2.500 Euro im Monat.",
        "Die Laufzeit beträgt höchstens 18 Monate.",
    ),
    "b": ("Luftfahrtcluster", "Hamburg Aviation hat 184 Mitglieder.", "Der Verein wurde 2011 gegründet."),
}


class CountingEmbedder(Embedder):
    """The built-in embedder, counting what it is asked to embed."""

    def __init__(self) -> None:
        own = load_embedder("builtin", {})
        super().__init__(own.model, fingerprint=own.fingerprint)
        self.embedded = 0

    def embed_passages(self, texts: list[str]) -> NDArray[np.float32]:  # type: ignore[override]
        self.embedded += len(texts)
        return super().embed_passages(texts)


def passages(names: str = "ab") -> list[Passage]:
    return [passage for name in names for passage in page_document(f"uploads/{name}", TEXTS[name], "de").passages]


def build(generations: Generations, embedder: Embedder, names: str = "ab") -> str:
    return generations.build(
        passages(names), snapshot={}, corpus_digest=names, passage_rules="rules", glossary=[], embedder=embedder
    )


@pytest.fixture
def generations(tmp_path: Path) -> Generations:
    return Generations(tmp_path / "index")


def test_a_built_generation_is_searched_only_after_it_was_activated(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    name = build(generations, embedder)
    with pytest.raises(IndexMissing):
        generations.open_active(embedder)
    generations.activate(name)
    opened = generations.open_active(embedder)
    assert opened.name == name
    assert opened.passage_ids == tuple(passage.id for passage in passages())
    best, similarity = opened.vectors.search(embedder.embed_query("Wie lange läuft InnoFounder?"), top_k=2)[0]
    assert best == passages("a")[0].id
    assert 0 < similarity <= 1.0001


def test_rollback_goes_back_and_forth(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    first, second = build(generations, embedder, "a"), build(generations, embedder, "ab")
    generations.activate(first)
    generations.activate(second)
    assert generations.rollback() == first
    assert generations.pointer() == {"active": first, "previous": second}
    assert generations.rollback() == second


def test_there_is_nothing_to_roll_back_to_at_first(generations: Generations) -> None:
    generations.activate(build(generations, load_embedder("builtin", {})))
    with pytest.raises(IndexMissing, match="no previous generation"):
        generations.rollback()


def test_an_unknown_generation_cannot_be_activated(generations: Generations) -> None:
    with pytest.raises(IndexMissing, match="g-nowhere"):
        generations.activate("g-nowhere")


def test_another_embedder_is_refused_with_advice(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    generations.activate(build(generations, embedder))
    other = Embedder(embedder.model, fingerprint="other-1")
    with pytest.raises(EmbedderMismatch, match="assistant index build"):
        generations.open_active(other)


def test_a_generation_of_another_version_is_refused_with_advice(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    name = build(generations, embedder)
    path = generations.folder / name / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "layout": "0"}), encoding="utf-8")
    generations.activate(name)
    with pytest.raises(SearchIndexError, match="another version"):
        generations.open_active(embedder)


def test_unchanged_texts_are_not_embedded_again(generations: Generations) -> None:
    embedder = CountingEmbedder()
    build(generations, embedder, "a")
    assert embedder.embedded == len(passages("a"))
    build(generations, embedder, "ab")
    assert embedder.embedded == len(passages("ab"))


def test_an_unfinished_build_is_ignored_and_swept_away(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    leftover = generations.folder / "g-20260101-000000-unfinished"
    leftover.mkdir(parents=True)
    (leftover / "lexicon.json").write_text("[]", encoding="utf-8")
    (generations.folder / "embeddings").mkdir()
    halves = [generations.folder / ".active.json.77.tmp", generations.folder / "embeddings" / "builtin.77.tmp"]
    for half in halves:
        half.write_bytes(b"{")
    assert generations.names() == []
    build(generations, embedder)
    assert not any(path.exists() for path in (leftover, *halves))


def test_old_generations_go_but_the_active_and_the_previous_one_stay(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    names = [build(generations, embedder, "a") for _ in range(5)]
    generations.activate(names[0])
    generations.activate(names[1])
    generations.remove_old()
    assert names[0] in generations.names()
    assert names[1] in generations.names()
    assert names[2] not in generations.names() or len(generations.names()) <= 5
    assert generations.open_active(embedder).name == names[1]


def test_a_damaged_generation_says_so(generations: Generations) -> None:
    embedder = load_embedder("builtin", {})
    name = build(generations, embedder)
    generations.activate(name)
    (generations.folder / name / "lexicon.json").write_text("{", encoding="utf-8")
    with pytest.raises(SearchIndexError, match="damaged"):
        generations.open_active(embedder)


def test_nothing_to_index_is_an_error(generations: Generations) -> None:
    with pytest.raises(SearchIndexError, match="nothing to index"):
        generations.build(
            [], snapshot={}, corpus_digest="", passage_rules="", glossary=[], embedder=load_embedder("builtin", {})
        )
