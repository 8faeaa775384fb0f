"""From files to an active index: what `assistant ingest` and `assistant index build` do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import yaml

from assistant.domain.errors import DocumentUnreadable
from assistant.domain.values import LANGUAGES
from assistant.index.embedding import Embedder
from assistant.index.generation import Generations, Progress
from assistant.index.samples import SampleQuestion
from assistant.ingest.files import LoadedDocument, load_path
from assistant.ingest.passages import PASSAGE_RULES
from assistant.language.analysis import Analyser
from assistant.language.compounds import CompoundLexicon
from assistant.language.instructions import informs
from assistant.language.names import telling_words
from assistant.store.documents import Change, DocumentStore, Stored, digest_snapshot

log = structlog.get_logger("assistant")
INGESTED_SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What became of one file."""

    path: Path
    change: Change | str
    """added, changed, unchanged, removed or failed."""
    reason: str = ""
    document_id: str = ""
    orders: tuple[str, ...] = ()
    """Of a new text: title and sentences that give orders to a machine or hide text. What stands beside them is never used in answers."""


def files_below(paths: Iterable[Path]) -> list[Path]:
    """All files of a known type below the paths, each once, sorted; named files whatever their type."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if (
                    file.is_file()
                    and file.suffix.lower() in INGESTED_SUFFIXES
                    and not any(p.startswith(".") for p in file.parts[-2:])
                ):
                    found.setdefault(file)
        else:
            found.setdefault(path)
    return list(found)


def ingest_files(
    paths: Sequence[Path],
    documents: DocumentStore,
    *,
    max_bytes: int,
    report: Callable[[Ingested], None] = lambda result: None,
) -> list[Ingested]:
    """Store every file below `paths`; then mark as removed what vanished from the folders among them.

    A file that cannot be read is reported and the rest goes in. Nothing is removed when any file of a folder failed, so a
    half-read folder never loses documents.
    """
    results: list[Ingested] = []
    for path in files_below(paths):
        root = next((folder for folder in paths if folder.is_dir() and path.is_relative_to(folder)), None)
        try:
            loaded = load_path(path, corpus_root=root, max_bytes=max_bytes)
            stored = Stored(document=loaded.document, version=loaded.version, passages=loaded.passages)
            change: Change = documents.save(stored, origin=str(path.resolve()))
            orders = () if change == "unchanged" else orders_in(loaded)
            result = Ingested(path=path, change=change, document_id=loaded.document.id, orders=orders)
        except DocumentUnreadable as exc:
            result = Ingested(path=path, change="failed", reason=str(exc))
        results.append(result)
        report(result)
    if not any(result.change == "failed" for result in results):
        results.extend(_remove_vanished(paths, results, documents, report))
    return results


def orders_in(loaded: LoadedDocument) -> tuple[str, ...]:
    """Title and sentences of a document that do not inform."""
    text = loaded.version.text
    sentences = (text[sentence.start : sentence.end] for sentence in loaded.version.sentences)
    return tuple(candidate for candidate in (loaded.document.title, *sentences) if not informs(candidate))


def _remove_vanished(
    paths: Sequence[Path], results: Sequence[Ingested], documents: DocumentStore, report: Callable[[Ingested], None]
) -> list[Ingested]:
    folders = [path.resolve() for path in paths if path.is_dir()]
    present = {result.document_id for result in results}
    gone = {
        document_id: Path(origin)
        for document_id, origin in documents.origins().items()
        if document_id not in present and any(Path(origin).is_relative_to(folder) for folder in folders)
    }
    documents.remove(gone)
    removed = [Ingested(path=path, change="removed", document_id=document_id) for document_id, path in gone.items()]
    for result in removed:
        report(result)
    return removed


def build_index(
    corpus: Path,
    documents: DocumentStore,
    generations: Generations,
    embedder: Embedder,
    *,
    force: bool = False,
    progress: Progress,
) -> tuple[str, bool]:
    """Build and activate a generation of all current documents, unless the active one is just that.

    Returns:
        The active generation's name, and whether it is new.
    """
    snapshot = documents.snapshot()
    glossary, written = read_glossary(corpus), read_sample_files(corpus)
    digest = digest_snapshot({**snapshot, "glossary": _digest(glossary), "questions": _digest(written)})
    active = generations.pointer()["active"]
    rules = Analyser(CompoundLexicon.from_words({})).fingerprint.split("+")[0]
    if (
        not force
        and active
        and generations.is_current(
            active, corpus_digest=digest, passage_rules=PASSAGE_RULES, embedder=embedder, analyser_rules=rules
        )
    ):
        return active, False
    stored = documents.load(list(snapshot.values()))
    name = generations.build(
        [passage for item in stored for passage in item.passages],
        snapshot=snapshot,
        corpus_digest=digest,
        passage_rules=PASSAGE_RULES,
        glossary=glossary,
        samples=place_samples(written, stored),
        name_words={item.document.id: name_words_of(item) for item in stored},
        embedder=embedder,
        progress=progress,
    )
    generations.activate(name)
    generations.remove_old()
    return name, True


def read_glossary(corpus: Path) -> list[dict[str, Any]]:
    """The glossary's entries; empty when the corpus has none."""
    path = corpus / "glossary.yaml"
    if not path.exists():
        return []
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return list(data["entries"] if isinstance(data, dict) else data)


def name_words_of(item: Stored) -> frozenset[str]:
    """Folded words by which a document is named."""
    short = item.version.facts.get("short_name", {})
    return telling_words([item.document.title, *item.document.aliases, *short.values()])


def read_sample_files(corpus: Path) -> list[dict[str, Any]]:
    """The files of sample questions below a corpus folder, in order of their names."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return [
        yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
        for path in sorted((corpus / "questions").glob("*.yaml"))
    ]


def place_samples(written: Iterable[dict[str, Any]], stored: Sequence[Stored]) -> list[SampleQuestion]:
    """Sample questions with the sentence they belong to, in the document of each one's own language.

    A sentence is named by a piece of its German text; sentence k of the English sheet is its translation. What belongs to no
    stored sentence is left out and logged; `assistant corpus check` names it.
    """
    by_id = {item.document.id: item for item in stored}
    found: list[SampleQuestion] = []
    for file in written:
        german = by_id.get(file["document"])
        if german is None:
            continue
        editions = {"de": german, "en": by_id.get(f"{file['document']}.en")}
        texts = [german.version.text[s.start : s.end] for s in german.version.sentences]
        for entry in file["questions"]:
            numbers = [i for i, text in enumerate(texts) if entry["sentence"] in text]
            if len(numbers) != 1:
                log.warning(
                    "sample questions without their sentence", document=file["document"], sentence=entry["sentence"]
                )
                continue
            for language in LANGUAGES:
                edition = editions[language]
                if edition is not None and len(edition.version.sentences) == len(texts):
                    start = edition.version.sentences[numbers[0]].start
                    found.extend(
                        SampleQuestion(document_id=edition.document.id, start=start, language=language, text=question)
                        for question in entry[language]
                    )
    return found


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
