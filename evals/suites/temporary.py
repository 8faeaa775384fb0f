"""Temporary indexes: the real store, index and pipeline over the texts of an outside suite, gone afterwards."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from assistant import bootstrap
from assistant.config import Settings, load_settings
from assistant.domain.values import Document, Language, Version
from assistant.ingest.compose import Block, compose
from assistant.ingest.passages import cut_passages
from assistant.language.detect import language_of
from assistant.store.documents import Stored
from evals.systems import record_of

SAMPLE_CHARACTERS = 20_000
"""So much text is read to tell the language of a whole suite; single paragraphs are too short for that."""

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done and how much there is."""


class Opened(NamedTuple):
    """A pipeline over a temporary index."""

    settings: Settings
    reading: bootstrap.Reading


@contextmanager
def temporary_index(stored: Sequence[Stored], *, progress: Progress) -> Iterator[Opened]:
    """Store and index documents in a temporary folder; nothing of the project's corpus or glossary is in it.

    Where vectors come from is as the operator set it (`ASSISTANT_EMBEDDER`); database and index are always local.
    """
    with tempfile.TemporaryDirectory(prefix="evals-") as name:
        settings = load_settings(
            data_dir=Path(name), corpus_dir=Path(name) / "none", database_url=None, chroma_url=None
        )  # fmt: skip
        stores = bootstrap.open_stores(settings)
        try:
            for number, item in enumerate(stored, start=1):
                stores.documents.save(item, origin=item.document.id)
                progress("store", number, len(stored))
            bootstrap.build_index(settings, stores.documents, progress=progress)
            reading = bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings))
            try:
                yield Opened(settings, reading)
            finally:
                reading.generation.close()
        finally:
            stores.engine.dispose()


def record_of_suite(opened: Opened, *, reached: str) -> dict[str, Any]:
    """How the manifest names a pipeline over a temporary index, whose own name and folder mean nothing afterwards."""
    record = record_of(opened.settings, opened.reading)
    kept = {name: value for name, value in record.items() if name not in ("index", "settings")}
    hidden = ("ASSISTANT_DATA_DIR", "ASSISTANT_CORPUS_DIR")
    settings = {name: value for name, value in record["settings"].items() if name not in hidden}
    return {**kept, "settings": settings, "reached": reached}


def text_document(document_id: str, title: str, text: str, language: Language) -> Stored:
    """A paragraph or page of plain text as a stored document."""
    blocks = [Block(kind="prose", text=part) for part in text.split("\n") if part.strip()]
    composed = compose(blocks, language)
    document = Document(id=document_id, title=title, kind="page", language=language)
    version = Version(
        id=hashlib.sha256(f"{document_id}\n{composed.text}".encode()).hexdigest(), document_id=document_id, text=composed.text,
        outline=composed.outline, pages=(), sentences=composed.sentences, sources=(), loader="evals/1",
    )  # fmt: skip
    return Stored(document=document, version=version, passages=cut_passages(document, version))


def language_of_all(texts: Iterator[str]) -> Language:
    """The language in which a suite is written."""
    sample = ""
    for text in texts:
        sample += text + "\n"
        if len(sample) > SAMPLE_CHARACTERS:
            break
    return language_of(sample, default="en")
