"""Index generations: everything searched together, built beside the active one and activated by one pointer change.

Layout below the index folder::

    active.json                  {"active": NAME, "previous": NAME or null}, replaced atomically
    embeddings/FINGERPRINT.npz   vectors by text digest, so that unchanged texts are not embedded again
    g-20261123-101500-1a2b3c4d/  one generation
        manifest.json            written last; a folder without it is an unfinished build and is ignored
        lexical/  chroma/  lexicon.json  words.json  glossary.json  passages.json  samples.json  samples.npz  documents-*.npz

A process that is killed at any moment leaves the old pointer or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.domain.errors import EmbedderMismatch, IndexMissing, SearchIndexError
from assistant.domain.values import LANGUAGES, Passage
from assistant.index.document_terms import WholeDocuments
from assistant.index.embedding import Embedder
from assistant.index.lexical import FIELDS, LexicalIndex
from assistant.index.samples import SampleIndex, SampleQuestion
from assistant.index.vectors import VectorIndex
from assistant.language.analysis import AnalysedText, Analyser
from assistant.language.compounds import CompoundLexicon
from assistant.learned.embedder import StaticEmbedder

KEEP_GENERATIONS = 3
_LETTERS = re.compile(r"[^\W\d_]{3,}")
PROBES = 20
LAYOUT = "4"
"""Of the files below; raised when they change."""

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done and how much there is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation was built from and with."""

    name: str
    created_at: str
    layout: str
    """Of the files, with the fingerprint of the built-in embedder that the sample questions were embedded with."""
    embedder: str
    dimension: int
    analyser: str
    passage_rules: str
    corpus_digest: str
    snapshot: dict[str, str]
    """Version id by document id."""
    passages: int


class Generation:
    """An opened generation."""

    def __init__(
        self,
        *,
        manifest: Manifest,
        folder: Path,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        analyser: Analyser,
        glossary: Sequence[Mapping[str, Any]],
        samples: SampleIndex,
        whole_documents: WholeDocuments,
        words: Mapping[str, int],
        passage_ids: Sequence[str],
    ) -> None:
        self.manifest = manifest
        self.folder = folder
        self.vectors = vectors
        self.lexical = lexical
        self.analyser = analyser
        self.glossary = glossary
        self.samples = samples
        self.whole_documents = whole_documents
        self.words = words
        """How often each word occurs, as it is written; what typing errors are corrected towards."""
        self.passage_ids = tuple(passage_ids)
        """In the order of the lexical arrays."""

    @property
    def name(self) -> str:
        """Such as `g-20261123-101500-1a2b3c4d`."""
        return self.manifest.name

    def close(self) -> None:
        """Let go of the files."""
        self.vectors.close()


def current_layout() -> str:
    """Of the generations that this version of the program builds and opens."""
    return f"{LAYOUT}+{StaticEmbedder.load().fingerprint}"


def indexed_text(passage: Passage) -> str:
    """What is embedded and analysed for a passage: where it stands, then its text."""
    return "\n".join([passage.title, " › ".join(passage.heading), passage.text])


class Generations:
    """The index folder: builds, opens, activates and removes generations. One process builds at a time."""

    def __init__(self, folder: Path, *, server_url: str | None = None) -> None:
        self.folder = folder
        self._server_url = server_url

    # --- reading ---

    def names(self) -> list[str]:
        """Whole generations, oldest first."""
        return sorted(path.parent.name for path in self.folder.glob("g-*/manifest.json"))

    def manifest(self, name: str) -> Manifest:
        """The manifest of a generation.

        Raises:
            IndexMissing: If there is no whole generation of that name.
        """
        try:
            return Manifest(**json.loads((self.folder / name / "manifest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as exc:
            raise IndexMissing(
                f"there is no whole generation {name!r}; `assistant index list` shows which there are"
            ) from exc

    def pointer(self) -> dict[str, str | None]:
        """Names of the active and the previous generation."""
        try:
            data = json.loads((self.folder / "active.json").read_text(encoding="utf-8"))
            return {"active": data.get("active"), "previous": data.get("previous")}
        except (OSError, ValueError):
            return {"active": None, "previous": None}

    def pointer_stamp(self) -> tuple[int, int]:
        """Changes when the pointer is replaced; cheap enough to ask at every question."""
        try:
            status = (self.folder / "active.json").stat()
        except OSError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    def open_active(self, embedder: Embedder) -> Generation:
        """Open the active generation.

        Raises:
            IndexMissing: If none was ever activated.
            EmbedderMismatch: If it was built with another embedder.
        """
        name = self.pointer()["active"]
        if name is None:
            raise IndexMissing("no index is active; `assistant ingest corpus` builds one")
        return self.open(name, embedder)

    def open(self, name: str, embedder: Embedder) -> Generation:
        """Open a generation by name; raises as `open_active`."""
        manifest = self.manifest(name)
        if manifest.embedder != embedder.fingerprint:
            raise EmbedderMismatch(index=manifest.embedder, setting=embedder.fingerprint)
        if manifest.layout != current_layout():
            raise SearchIndexError(
                f"generation {name!r} was built by another version of the program; `assistant index build` makes a new one"
            )
        folder = self.folder / name
        try:
            lexicon = CompoundLexicon.from_json((folder / "lexicon.json").read_text(encoding="utf-8"))
            passage_ids = json.loads((folder / "passages.json").read_text(encoding="utf-8"))
            glossary = json.loads((folder / "glossary.json").read_text(encoding="utf-8"))
            words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
            lexical = LexicalIndex.load(folder / "lexical", len(passage_ids))
            analyser = Analyser(lexicon)
            samples = SampleIndex.load(folder, analyser, StaticEmbedder.load())
            whole_documents = WholeDocuments.load(folder, analyser)
        except (OSError, ValueError) as exc:
            raise SearchIndexError(
                f"generation {name!r} is damaged: {exc}; build a new one with `assistant index build`"
            ) from exc
        vectors = VectorIndex.open(name, folder=folder / "chroma", server_url=self._server_url)
        return Generation(
            manifest=manifest, folder=folder, vectors=vectors, lexical=lexical, analyser=analyser, glossary=glossary, samples=samples,
            whole_documents=whole_documents, words=words, passage_ids=passage_ids,
        )  # fmt: skip

    # --- building ---

    def build(
        self,
        passages: Sequence[Passage],
        *,
        snapshot: Mapping[str, str],
        corpus_digest: str,
        passage_rules: str,
        glossary: Sequence[Mapping[str, Any]],
        samples: Sequence[SampleQuestion] = (),
        name_words: Mapping[str, frozenset[str]] | None = None,
        embedder: Embedder,
        progress: Progress = lambda step, done, total: None,
    ) -> str:
        """Build a generation beside the active one, check it, and return its name; it is not active yet.

        Raises:
            SearchIndexError: If there is nothing to index, or the finished index fails its check.
        """
        if not passages:
            raise SearchIndexError("there is nothing to index: no document is stored")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._remove_unfinished()
        lexicon = CompoundLexicon.from_words(_count_words(passages))
        analyser = Analyser(lexicon)
        created = datetime.now(UTC)
        digest = hashlib.sha256(
            f"{embedder.fingerprint}{analyser.fingerprint}{passage_rules}{corpus_digest}".encode()
        ).hexdigest()
        name = self._free_name(f"g-{created:%Y%m%d-%H%M%S}-{digest[:8]}")
        folder = self.folder / name
        (folder / "lexical").mkdir(parents=True)

        analysed = _analyse(passages, analyser, progress)
        LexicalIndex.build({name: [getattr(terms, name) for terms in analysed] for name in FIELDS}).save(
            folder / "lexical"
        )
        vectors = self._embed(passages, embedder, progress)
        store = VectorIndex.create(name, folder=folder / "chroma", server_url=self._server_url)
        done = 0

        def report(count: int) -> None:
            nonlocal done
            done += count
            progress("store vectors", done, len(passages))

        store.add(passages, vectors, progress=report)
        _check_vectors(store, passages, vectors)
        store.close()
        names = dict(name_words or {})
        SampleIndex.build(samples, name_words=names, analyser=analyser, embedder=StaticEmbedder.load()).save(folder)
        texts = [(passage.document_id, terms) for passage, terms in zip(passages, analysed, strict=True)]
        WholeDocuments.build(texts, samples, name_words=names, analyser=analyser).save(folder)
        _write(folder / "lexicon.json", lexicon.to_json())
        _write(folder / "words.json", json.dumps(_written_words(passages, samples, glossary), ensure_ascii=False))
        _write(folder / "passages.json", json.dumps([passage.id for passage in passages]))
        _write(folder / "glossary.json", json.dumps(list(glossary), ensure_ascii=False))
        manifest = Manifest(
            name=name,
            created_at=created.isoformat(),
            layout=current_layout(),
            embedder=embedder.fingerprint,
            dimension=int(vectors.shape[1]),
            analyser=analyser.fingerprint,
            passage_rules=passage_rules,
            corpus_digest=corpus_digest,
            snapshot=dict(snapshot),
            passages=len(passages),
        )
        _write(folder / "manifest.json", json.dumps(asdict(manifest), indent=1))
        return name

    def is_current(
        self, name: str | None, *, corpus_digest: str, passage_rules: str, embedder: Embedder, analyser_rules: str
    ) -> bool:
        """Whether a generation was built from just this corpus with just these rules."""
        if name is None:
            return False
        try:
            manifest = self.manifest(name)
        except IndexMissing:
            return False
        return (
            manifest.layout == current_layout()
            and manifest.corpus_digest == corpus_digest
            and manifest.passage_rules == passage_rules
            and manifest.embedder == embedder.fingerprint
            and manifest.analyser.split("+")[0] == analyser_rules
        )

    def activate(self, name: str) -> None:
        """Make a whole generation the active one; the one active so far becomes the previous one.

        Raises:
            IndexMissing: If there is no whole generation of that name.
        """
        self.manifest(name)
        active = self.pointer()["active"]
        if active == name:
            return
        _write(self.folder / "active.json", json.dumps({"active": name, "previous": active}))

    def rollback(self) -> str:
        """Activate the previous generation and return its name.

        Raises:
            IndexMissing: If there is none.
        """
        previous = self.pointer()["previous"]
        if previous is None:
            raise IndexMissing("there is no previous generation to go back to")
        self.activate(previous)
        return previous

    def remove_old(self) -> list[str]:
        """Remove generations beyond the newest few; the active and the previous one always stay."""
        kept = set(self.names()[-KEEP_GENERATIONS:]) | {name for name in self.pointer().values() if name}
        gone = [name for name in self.names() if name not in kept]
        for name in gone:
            if self._server_url:
                VectorIndex.open(name, folder=self.folder / name / "chroma", server_url=self._server_url).drop(name)
            shutil.rmtree(self.folder / name, ignore_errors=True)
        return gone

    def _remove_unfinished(self) -> None:
        """Sweep away what killed builds have left."""
        for path in self.folder.glob("g-*"):
            if path.is_dir() and not (path / "manifest.json").exists():
                shutil.rmtree(path, ignore_errors=True)
        for path in (*self.folder.glob(".*.tmp"), *self.folder.glob("embeddings/*.tmp")):
            path.unlink(missing_ok=True)

    def _free_name(self, wanted: str) -> str:
        name, number = wanted, 1
        while (self.folder / name).exists():
            number += 1
            name = f"{wanted}-{number}"
        return name

    def _embed(self, passages: Sequence[Passage], embedder: Embedder, progress: Progress) -> NDArray[np.float32]:
        """Vectors of all passages, from the cache where a text was embedded before."""
        path = self.folder / "embeddings" / f"{embedder.fingerprint}.npz"
        texts = [indexed_text(passage) for passage in passages]
        digests = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        known = _read_vectors(path)
        missing = [i for i, digest in enumerate(digests) if digest not in known]
        for start in range(0, len(missing), 256):
            batch = missing[start : start + 256]
            for i, vector in zip(batch, embedder.embed_passages([texts[i] for i in batch]), strict=True):
                known[digests[i]] = vector
            progress("embed", min(start + 256, len(missing)), len(missing))
        vectors = np.stack([known[digest] for digest in digests]).astype(np.float32)
        if missing:
            path.parent.mkdir(exist_ok=True)
            temporary = path.with_suffix(f".{os.getpid()}.tmp")
            with temporary.open("wb") as file:
                np.savez(file, digests=np.array(digests), vectors=vectors)
            temporary.replace(path)
        return vectors


def _count_words(passages: Sequence[Passage]) -> dict[str, int]:
    """How often each German word occurs, folded; only German makes compounds."""
    plain = Analyser(CompoundLexicon.from_words({}))
    counts: dict[str, int] = {}
    for passage in passages:
        if passage.language == "de":
            for word in plain.words(indexed_text(passage)):
                counts[word] = counts.get(word, 0) + 1
    return counts


def _written_words(
    passages: Sequence[Passage], samples: Sequence[SampleQuestion], glossary: Sequence[Mapping[str, Any]]
) -> dict[str, int]:
    """Every word of the indexed texts as it is written, with its count."""
    counts: Counter[str] = Counter()
    for passage in passages:
        counts.update(_LETTERS.findall(indexed_text(passage)))
    for sample in samples:
        counts.update(_LETTERS.findall(sample.text))
    for entry in glossary:
        for language in LANGUAGES:
            for term in entry.get(language, ()):
                counts.update(_LETTERS.findall(str(term)))
    return dict(counts)


def _analyse(passages: Sequence[Passage], analyser: Analyser, progress: Progress) -> list[AnalysedText]:
    analysed: list[AnalysedText] = []
    for number, passage in enumerate(passages, start=1):
        analysed.append(analyser.terms(indexed_text(passage), passage.language))
        progress("analyse", number, len(passages))
    return analysed


def _read_vectors(path: Path) -> dict[str, NDArray[np.float32]]:
    try:
        with np.load(path, allow_pickle=False) as data:
            return dict(zip(data["digests"].tolist(), data["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _check_vectors(store: VectorIndex, passages: Sequence[Passage], vectors: NDArray[np.float32]) -> None:
    """Every passage is counted, and a sample is found by its own vector."""
    if store.count() != len(passages):
        raise SearchIndexError(f"the vector index holds {store.count()} of {len(passages)} passages")
    step = max(1, len(passages) // PROBES)
    for i in range(0, len(passages), step):
        best = store.search(vectors[i], top_k=5)
        if not any(similarity > 0.999 for _, similarity in best):
            raise SearchIndexError(f"passage {passages[i].id} is not found by its own vector")


def _write(path: Path, text: str) -> None:
    """Replace a file in one step: whoever reads sees the old content or the new."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
