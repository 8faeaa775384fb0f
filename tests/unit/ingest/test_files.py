"""From a file to a document: the right loader, a stable identity, and a reason for what cannot be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.files import LoadedDocument, load_path, slug_of
from assistant.ingest.sheets import sheet_paths
from tests.conftest import CORPUS
from tests.unit.ingest.make import FILLER, SHEET, paragraphs, pdf_of, word_document

MAX_BYTES = 1_000_000
WORD = word_document(FILLER)


def load(folder: Path, name: str, data: bytes | str, *, max_bytes: int = MAX_BYTES) -> LoadedDocument:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return load_path(path, corpus_root=folder, max_bytes=max_bytes)


def quoted(loaded: LoadedDocument) -> list[str]:
    return [loaded.version.text[s.start : s.end] for s in loaded.version.sentences]


@pytest.mark.parametrize(
    ("name", "data", "kind", "loader"),
    [
        pytest.param("a.pdf", pdf_of(paragraphs(FILLER)), "upload", "pdf", id="pdf"),
        pytest.param("a.PDF", pdf_of(paragraphs(FILLER)), "upload", "pdf", id="pdf in capitals"),
        pytest.param("a.txt", pdf_of(paragraphs(FILLER)), "upload", "pdf", id="pdf with a wrong ending"),
        pytest.param("a.docx", WORD, "upload", "docx", id="word"),
        pytest.param("a.html", f"<main><p>{FILLER}</p></main>", "page", "html", id="html"),
        pytest.param("a", f"<!DOCTYPE html><main><p>{FILLER}</p></main>", "page", "html", id="html without ending"),
        pytest.param("a.md", f"# Titel\n\n{FILLER}", "upload", "markdown", id="markdown"),
        pytest.param("a.txt", FILLER, "upload", "plain", id="text"),
        pytest.param("a.txt", FILLER.encode("utf-16"), "upload", "plain", id="text in wide characters"),
    ],
)
def test_each_type_finds_its_loader_and_gives_the_same_text(
    tmp_path: Path, name: str, data: bytes | str, kind: str, loader: str
) -> None:
    loaded = load(tmp_path, name, data)
    assert (loaded.document.kind, loaded.version.loader.split("/")[0]) == (kind, loader)
    assert (loaded.document.language, loaded.document.status) == ("de", "unknown")
    assert " ".join(quoted(loaded)) == FILLER
    assert [s for passage in loaded.passages for s in passage.sentences] == list(loaded.version.sentences)


@pytest.mark.parametrize(
    ("name", "data", "reason", "detail"),
    [
        pytest.param("a.txt", b"", "empty", "", id="no bytes"),
        pytest.param("a.txt", b" \n\t ", "empty", "", id="blanks"),
        pytest.param("a.html", b"<html><body><nav>Start</nav></body></html>", "empty", "no text", id="navigation only"),
        pytest.param("a.md", b"# Nur ein Titel", "empty", "no text", id="heading only"),
        pytest.param("a.txt", b"x" * (MAX_BYTES + 1), "too_large", "1,000,001 bytes, at most 1,000,000", id="large"),
        pytest.param("a.pdf", b"kein PDF", "broken", "no readable PDF", id="no pdf"),
        pytest.param("a.docx", b"kein Word", "broken", "no readable Word", id="no word"),
        pytest.param("a.pdf", pdf_of(paragraphs(FILLER), password="geheim"), "encrypted", "password", id="locked"),
        pytest.param("a.txt", b"MZ\x90\0\3\0\0\0", "unknown_type", "binary file with the ending .txt", id="program"),
        pytest.param("a.csv", b"a;b\n1;2", "unknown_type", "the ending .csv", id="ending"),
        pytest.param("a.md", SHEET.replace(" [1][2]", ""), "format", "line 24", id="sheet without marks"),
        pytest.param("a.md", SHEET.replace("[1][2]", "[1][7]"), "format", r"line 24: mark [7] has no source", id="sheet with a mark too many"),
        pytest.param("a.md", SHEET.replace("status: open", "status: maybe"), "format", "front matter: status", id="sheet with a wrong entry"),
        pytest.param("a.md", SHEET.replace("2024-01-01", "2024-13-01"), "format", "YAML", id="sheet with a day no calendar has"),
        pytest.param("a.md", SHEET.split("## Wie")[0], "empty", "", id="sheet that states nothing"),
    ],
)  # fmt: skip
def test_an_unreadable_file_is_reported_with_its_reason(
    tmp_path: Path, name: str, data: bytes | str, reason: str, detail: str
) -> None:
    with pytest.raises(DocumentUnreadable) as caught:
        load(tmp_path, name, data)
    assert (caught.value.reason, caught.value.path) == (reason, tmp_path / name)
    assert detail in caught.value.detail


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DocumentUnreadable, match="No such file"):
        load_path(tmp_path / "nix.pdf", corpus_root=None, max_bytes=MAX_BYTES)


def test_a_fact_sheet_becomes_a_document_with_sources_labels_and_facts(tmp_path: Path) -> None:
    loaded = load(tmp_path, "probe.de.md", SHEET)
    document, version = loaded.document, loaded.version
    assert (document.id, document.kind, document.status) == ("funding/probe", "funding", "open")
    assert (document.valid_from, document.valid_until) == (date(2024, 1, 1), date(2027, 12, 31))
    assert quoted(loaded) == [
        "Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen.",
        "Das Probeprogramm läuft bis zum 31. Dezember 2027.",
    ]
    assert [(s.label, [version.sources[n].publisher for n in s.sources]) for s in version.sentences] == [
        ("betrag", ["Probebank"]),
        (None, ["Probebank", "Probezeitung"]),
    ]
    assert version.facts["amounts"][0]["eur"] == 150000
    assert "[1]" not in version.text and "{#" not in version.text


@pytest.mark.parametrize(
    "data",
    [SHEET.encode("utf-8-sig"), SHEET.replace("\n", "\r\n").encode()],
    ids=["byte order mark", "line ends of Windows"],
)
def test_a_fact_sheet_from_another_editor_is_still_one(tmp_path: Path, data: bytes) -> None:
    loaded = load(tmp_path, "probe.de.md", data)
    assert loaded.document.id == "funding/probe" and len(loaded.version.sources) == 2


def test_every_sheet_of_the_corpus_loads() -> None:
    paths = sheet_paths(CORPUS)
    assert paths
    for path in paths:
        loaded = load_path(path, corpus_root=CORPUS, max_bytes=MAX_BYTES)
        assert loaded.passages and all(sentence.sources for sentence in loaded.version.sentences)


def test_the_title_heads_the_document_and_is_not_repeated_in_the_path(tmp_path: Path) -> None:
    loaded = load(tmp_path, "a.md", "# Merkblatt\n\nVorwort.\n\n## Wer?\n\nStart-ups.\n\n### Wo?\n\nIn Hamburg.")
    assert loaded.document.title == "Merkblatt"
    assert [passage.heading for passage in loaded.passages] == [(), ("Wer?",), ("Wer?", "Wo?")]
    assert loaded.version.text.startswith("Merkblatt")


def test_a_heading_that_is_not_above_all_others_stays_in_the_path(tmp_path: Path) -> None:
    loaded = load(tmp_path, "a.md", "# Eins\n\nText.\n\n# Zwei\n\nText.")
    assert [passage.heading for passage in loaded.passages] == [("Eins",), ("Zwei",)]


def test_a_file_without_title_is_called_by_its_name(tmp_path: Path) -> None:
    assert load(tmp_path, "Antrag.html", f"<main><p>{FILLER}</p></main>").document.title == "Antrag"


def test_english_text_is_known_as_english(tmp_path: Path) -> None:
    text = "The grant is paid to companies in the city. It ends in May and cannot be extended by the authority."
    assert load(tmp_path, "a.txt", text).document.language == "en"


def test_the_same_bytes_are_the_same_version_and_others_another(tmp_path: Path) -> None:
    one, again = load(tmp_path, "a.txt", FILLER), load(tmp_path, "a.txt", FILLER)
    changed, other = load(tmp_path, "a.txt", FILLER + " Neu."), load(tmp_path, "b.txt", FILLER)
    assert one.version.id == again.version.id and one.passages == again.passages
    assert len({one.version.id, changed.version.id, other.version.id}) == 3
    assert one.document.id == changed.document.id != other.document.id


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        ("/in/richtlinie.pdf", "uploads/richtlinie-pdf"),
        ("/in/ifb/richtlinie.pdf", "uploads/ifb/richtlinie-pdf"),
        ("/elsewhere/richtlinie.pdf", "uploads/richtlinie-pdf"),
    ],
)
def test_an_upload_is_known_by_its_path_below_the_folder(path: str, slug: str) -> None:
    assert slug_of(Path(path), Path("/in")) == slug


def test_files_of_similar_names_are_kept_apart() -> None:
    names = [
        "Bericht 2024.pdf",
        "bericht-2024.pdf",
        "Bericht_2024.pdf",
        "bericht.2024.pdf",
        "Förder.md",
        "foerder.md",
        "报告.pdf",
        "通知.pdf",
    ]
    assert len({slug_of(Path("/in") / name, Path("/in")) for name in names}) == len(names)


HEADS = st.sampled_from(
    [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"---\nkind: a\nsources: b\n", b"<html>",
     b"\xff\xfe", SHEET.encode(), pdf_of(paragraphs(FILLER))[:900], WORD[:2500], b"# \xc3\xa4\n|a|b|\n|-|-|\n"]
)  # fmt: skip
SUFFIXES = st.sampled_from([".md", ".markdown", ".html", ".htm", ".pdf", ".docx", ".txt", "", ".xyz", ".PDF"])


@settings(deadline=None)
@given(HEADS, st.binary(max_size=300) | st.text(max_size=150).map(str.encode), SUFFIXES)
def test_any_bytes_with_any_ending_load_or_say_why_not(
    tmp_path_factory: pytest.TempPathFactory, head: bytes, rest: bytes, suffix: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(head + rest)
    try:
        loaded = load_path(path, corpus_root=None, max_bytes=MAX_BYTES)
    except DocumentUnreadable as unreadable:
        assert unreadable.path == path and str(unreadable)
        return
    assert loaded.passages and loaded.document.title
    assert all(quote.strip() for quote in quoted(loaded))
    loaded.version.text.encode("utf-8")
