"""Ingesting a folder of good and bad files: run once, again, and after changes."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from assistant import bootstrap, building
from assistant.building import Ingested
from assistant.config import Settings
from assistant.store.documents import DocumentStore
from tests.conftest import TODAY
from tests.unit.ingest.make import FILLER, SHEET, SHEET_EN, drawn_pdf, paragraphs, pdf_of, word_document, write_sheets

PAGE = f"<html><body><nav>Start</nav><main><h1>Clusterpolitik</h1><p>{FILLER}</p></main></body></html>"
PDF = pdf_of(paragraphs(FILLER))
WORD = word_document(FILLER)
GOOD = {
    "funding/probe.de.md": "funding/probe",
    "funding/probe.en.md": "funding/probe.en",
    "seiten/clusterpolitik.html": "uploads/seiten/clusterpolitik-html",
    "richtlinie.pdf": "uploads/richtlinie-pdf",
    "merkblatt.docx": "uploads/merkblatt-docx",
    "notiz.md": "uploads/notiz-md",
    "hinweis.txt": "uploads/hinweis-txt",
}
BAD = {
    "leer.txt": "empty",
    "kaputt.pdf": "broken: its end is missing",
    "gesperrt.pdf": "encrypted: a password is needed",
    "scan.pdf": "scanned only: its pages hold images but no text; run text recognition first",
    "gross.txt": "too large: 300,000 bytes, at most 200,000",
    "funding/falsch.de.md": "format: line 24: sentence without a source mark",
    "tabelle.docx": "broken: no readable Word document",
}


def black_page(canvas: Canvas) -> None:
    canvas.rect(50, 50, 400, 600, fill=1)


def write_good(folder: Path) -> None:
    write_sheets(folder, funding__probe_de=SHEET, funding__probe_en=SHEET_EN)
    (folder / "seiten").mkdir(exist_ok=True)
    (folder / "seiten/clusterpolitik.html").write_text(PAGE, encoding="utf-8")
    (folder / "richtlinie.pdf").write_bytes(PDF)
    (folder / "merkblatt.docx").write_bytes(WORD)
    (folder / "notiz.md").write_text(f"# Notiz\n\n{FILLER}", encoding="utf-8")
    (folder / "hinweis.txt").write_text(FILLER, encoding="utf-8")


def write_bad(folder: Path) -> None:
    (folder / "leer.txt").write_text(" \n", encoding="utf-8")
    (folder / "kaputt.pdf").write_bytes(PDF[:700])
    (folder / "gesperrt.pdf").write_bytes(pdf_of(paragraphs(FILLER), password="geheim"))
    (folder / "scan.pdf").write_bytes(drawn_pdf(black_page))
    (folder / "gross.txt").write_text("x" * 300_000, encoding="utf-8")
    (folder / "funding/falsch.de.md").write_text(SHEET.replace(" [1][2]", ""), encoding="utf-8")
    (folder / "tabelle.docx").write_bytes(b"PK\x03\x04 abgeschnitten")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one good file of each type."""
    folder = tmp_path / "amt"
    folder.mkdir()
    write_good(folder)
    return folder


@pytest.fixture
def documents(tmp_path: Path) -> DocumentStore:
    """An empty store."""
    return bootstrap.open_stores(Settings(data_dir=tmp_path / "data", today=TODAY)).documents


def ingest(documents: DocumentStore, *paths: Path) -> list[Ingested]:
    return building.ingest_files(paths, documents, max_bytes=200_000)


def changes(results: list[Ingested]) -> Counter[str]:
    return Counter(result.change for result in results)


def test_every_type_is_stored_under_its_own_id(folder: Path, documents: DocumentStore) -> None:
    results = ingest(documents, folder)
    assert {str(r.path.relative_to(folder)): (r.change, r.document_id) for r in results} == {
        name: ("added", document_id) for name, document_id in GOOD.items()
    }
    stored = documents.load(list(documents.snapshot().values()))
    assert {item.document.id for item in stored} == set(GOOD.values())
    for item in stored:
        assert item.passages
        for passage in item.passages:
            assert passage.text == item.version.text[passage.start : passage.end]


def test_bad_files_are_reported_by_name_and_reason_and_the_rest_goes_in(folder: Path, documents: DocumentStore) -> None:
    write_bad(folder)
    reported: list[Ingested] = []
    results = building.ingest_files([folder], documents, max_bytes=200_000, report=reported.append)
    assert reported == results
    failed = {str(r.path.relative_to(folder)): r.reason for r in results if r.change == "failed"}
    assert set(failed) == set(BAD)
    assert all(failed[name].startswith(reason) for name, reason in BAD.items())
    assert set(documents.snapshot()) == set(GOOD.values())


def test_running_again_touches_nothing(folder: Path, documents: DocumentStore) -> None:
    write_bad(folder)
    ingest(documents, folder)
    before = documents.snapshot()
    results = ingest(documents, folder)
    assert changes(results) == {"unchanged": len(GOOD), "failed": len(BAD)}
    assert documents.snapshot() == before
    assert all(len(documents.history(document_id)) == 1 for document_id in before)


def test_only_the_changed_file_gets_a_new_version_and_the_old_one_stays(folder: Path, documents: DocumentStore) -> None:
    ingest(documents, folder)
    before = documents.snapshot()
    (folder / "hinweis.txt").write_text(f"{FILLER} Das ist neu.", encoding="utf-8")
    results = ingest(documents, folder)
    assert {r.document_id for r in results if r.change == "changed"} == {"uploads/hinweis-txt"}
    after = documents.snapshot()
    assert {key for key in after if after[key] != before[key]} == {"uploads/hinweis-txt"}
    assert len(documents.history("uploads/hinweis-txt")) == 2
    (old,) = documents.load([before["uploads/hinweis-txt"]])
    assert "neu" not in old.version.text


def test_a_file_that_goes_back_to_its_old_text_goes_back_to_its_old_version(
    folder: Path, documents: DocumentStore
) -> None:
    ingest(documents, folder)
    before = documents.snapshot()
    (folder / "hinweis.txt").write_text("Etwas anderes steht hier.", encoding="utf-8")
    ingest(documents, folder)
    write_good(folder)
    ingest(documents, folder)
    assert documents.snapshot()["uploads/hinweis-txt"] == before["uploads/hinweis-txt"]


def test_removed_files_are_marked_removed_and_come_back_when_they_return(
    folder: Path, documents: DocumentStore
) -> None:
    ingest(documents, folder)
    (folder / "notiz.md").unlink()
    shutil.rmtree(folder / "seiten")
    results = ingest(documents, folder)
    gone = {"uploads/notiz-md", "uploads/seiten/clusterpolitik-html"}
    assert {r.document_id for r in results if r.change == "removed"} == gone
    assert set(documents.snapshot()) == set(GOOD.values()) - gone
    assert all(documents.history(document_id) for document_id in gone)
    write_good(folder)
    assert {r.document_id for r in ingest(documents, folder) if r.change == "added"} == gone


def test_nothing_is_removed_while_a_file_fails(folder: Path, documents: DocumentStore) -> None:
    ingest(documents, folder)
    (folder / "notiz.md").unlink()
    (folder / "richtlinie.pdf").write_bytes(b"%PDF-1.7 halb hochgeladen")
    results = ingest(documents, folder)
    assert changes(results) == {"unchanged": len(GOOD) - 2, "failed": 1}
    assert set(documents.snapshot()) == set(GOOD.values()), "the old state of the broken file goes on answering"
    write_good(folder)
    (folder / "notiz.md").unlink()
    assert changes(ingest(documents, folder)) == {"unchanged": len(GOOD) - 1, "removed": 1}


def test_another_folder_does_not_remove_the_first(folder: Path, documents: DocumentStore, tmp_path: Path) -> None:
    ingest(documents, folder)
    (tmp_path / "zweites").mkdir()
    (tmp_path / "zweites/anderes.txt").write_text(FILLER, encoding="utf-8")
    ingest(documents, tmp_path / "zweites")
    ingest(documents, folder / "hinweis.txt")
    assert set(documents.snapshot()) == {*GOOD.values(), "uploads/anderes-txt"}


def test_hidden_files_and_unknown_types_in_a_folder_are_passed_over(folder: Path, documents: DocumentStore) -> None:
    (folder / ".entwurf.md").write_text("# Entwurf\n\nText.", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git/notes.txt").write_text("Text.", encoding="utf-8")
    (folder / "bild.png").write_bytes(b"\x89PNG")
    assert changes(ingest(documents, folder)) == {"added": len(GOOD)}


def test_a_file_named_on_the_command_line_is_not_passed_over(folder: Path, documents: DocumentStore) -> None:
    (folder / "bild.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (result,) = ingest(documents, folder / "bild.png")
    assert result.change == "failed" and result.reason.startswith("unknown type")
