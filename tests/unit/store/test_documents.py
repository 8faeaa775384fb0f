"""Documents in SQL: what is stored comes back whole; saving again, changing and removing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from assistant.store.database import open_database
from assistant.store.documents import DocumentStore, Stored, digest_snapshot
from tests.unit.ingest.make import SHEET, SHEET_EN
from tests.unit.store.conftest import Load

CHANGED = SHEET.replace("150.000", "200.000").replace("eur: 150000", "eur: 200000")
ORIGIN = "/amt/probe.de.md"


def current(documents: DocumentStore) -> list[Stored]:
    return documents.load(list(documents.snapshot().values()))


def text_of(documents: DocumentStore) -> str:
    (stored,) = current(documents)
    return stored.version.text


def test_a_version_comes_back_as_it_went_in(documents: DocumentStore, load: Load) -> None:
    sheet = load(SHEET)
    sheet = replace(sheet, version=replace(sheet.version, loaded_at=datetime(2026, 11, 23, 10, 15, tzinfo=UTC)))
    assert documents.save(sheet, origin=ORIGIN) == "added"
    assert current(documents) == [sheet]


def test_what_is_stored_outlives_the_process(engine: Engine, documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    before = current(documents)
    address = engine.url
    engine.dispose()
    again = open_database(address)
    assert current(DocumentStore(again)) == before
    again.dispose()


def test_a_passage_holds_its_sentences_and_their_sources(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    (stored,) = current(documents)
    (passage,) = stored.passages
    text = stored.version.text
    quoted = [(text[s.start : s.end], s.label, s.sources) for s in passage.sentences]
    assert quoted == [
        ("Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen.", "betrag", (0,)),
        ("Das Probeprogramm läuft bis zum 31. Dezember 2027.", None, (0, 1)),
    ]
    assert passage.heading == ("Wie viel Geld es gibt",)
    assert [source.publisher for source in stored.version.sources] == ["Probebank", "Probezeitung"]


def test_saving_the_same_again_changes_nothing(documents: DocumentStore, load: Load) -> None:
    sheet = load(SHEET)
    documents.save(sheet, origin=ORIGIN)
    before = current(documents)
    assert documents.save(sheet, origin=ORIGIN) == "unchanged"
    assert current(documents) == before
    assert len(documents.history("funding/probe")) == 1


def test_a_file_that_moved_is_unchanged_but_known_by_its_new_place(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    assert documents.save(load(SHEET), origin="/amt/neu/probe.de.md") == "unchanged"
    assert documents.origins() == {"funding/probe": "/amt/neu/probe.de.md"}


def test_a_change_makes_a_new_version_and_keeps_the_old_one(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    old = documents.snapshot()["funding/probe"]
    assert documents.save(load(CHANGED), origin=ORIGIN) == "changed"
    assert "200.000 Euro" in text_of(documents)
    (kept,) = documents.load([old])
    assert "150.000 Euro" in kept.version.text
    assert "150.000 Euro" in kept.passages[0].text


def test_an_old_version_keeps_the_front_matter_of_its_time(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    old = documents.snapshot()["funding/probe"]
    documents.save(load(SHEET.replace("status: open", "status: ended")), origin=ORIGIN)
    (kept,) = documents.load([old])
    (now,) = current(documents)
    assert (kept.document.status, now.document.status) == ("open", "ended")


def test_going_back_to_an_old_text_goes_back_to_its_version(documents: DocumentStore, load: Load) -> None:
    for text in (SHEET, CHANGED, SHEET):
        documents.save(load(text), origin=ORIGIN)
    assert "150.000 Euro" in text_of(documents)
    assert len(documents.history("funding/probe")) == 2


def test_a_removed_document_is_no_longer_current_but_its_version_stays(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    documents.save(load(SHEET_EN), origin="/amt/probe.en.md")
    old = documents.snapshot()["funding/probe"]
    assert documents.remove(["funding/probe", "funding/unbekannt"]) == 1
    assert set(documents.snapshot()) == set(documents.origins()) == {"funding/probe.en"}
    assert documents.load([old])[0].document.id == "funding/probe"
    assert documents.remove(["funding/probe"]) == 0


def test_a_removed_document_can_come_back(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    documents.remove(["funding/probe"])
    assert documents.save(load(SHEET), origin=ORIGIN) == "added"
    assert len(current(documents)) == 1
    documents.remove(["funding/probe"])
    assert documents.save(load(CHANGED), origin=ORIGIN) == "added"
    assert "200.000 Euro" in text_of(documents)


def test_a_save_that_fails_half_way_leaves_what_was_there(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    before = current(documents)
    broken = load(CHANGED)
    broken = replace(
        broken, passages=broken.passages * 2
    )  # the same passage twice is refused after the version went in
    with pytest.raises(IntegrityError):
        documents.save(broken, origin=ORIGIN)
    assert current(documents) == before
    assert len(documents.history("funding/probe")) == 1


def test_history_names_the_newest_version_first(documents: DocumentStore, load: Load) -> None:
    first, second = load(SHEET), load(CHANGED.replace("status: open", "status: ended"))
    for day, sheet in ((1, first), (2, second)):
        loaded_at = datetime(2026, 11, day, tzinfo=UTC)
        documents.save(replace(sheet, version=replace(sheet.version, loaded_at=loaded_at)), origin=ORIGIN)
    assert [(row["id"], row["loaded_at"].day, row["status"]) for row in documents.history("funding/probe")] == [
        (second.version.id, 2, "ended"),
        (first.version.id, 1, "open"),
    ]
    assert all(row["loaded_at"].tzinfo for row in documents.history("funding/probe"))
    assert documents.history("funding/unbekannt") == []


def test_loading_is_ordered_and_leaves_out_what_is_unknown(documents: DocumentStore, load: Load) -> None:
    english, german = load(SHEET_EN), load(SHEET)
    documents.save(english, origin="/amt/probe.en.md")
    documents.save(german, origin=ORIGIN)
    loaded = documents.load([english.version.id, "0" * 64, german.version.id])
    assert [stored.document.id for stored in loaded] == ["funding/probe", "funding/probe.en"]
    assert documents.load([]) == []


def test_more_versions_than_one_statement_takes_are_loaded_whole(
    documents: DocumentStore, load: Load, tmp_path: Path
) -> None:
    sheet = load(SHEET)
    for number in range(520):
        document_id, version_id = f"funding/probe-{number:03}", f"{number:064}"
        documents.save(
            Stored(
                document=replace(sheet.document, id=document_id),
                version=replace(sheet.version, id=version_id, document_id=document_id),
                passages=tuple(
                    replace(p, id=f"{number}", document_id=document_id, version_id=version_id) for p in sheet.passages
                ),
            ),
            origin=f"/amt/{number}.md",
        )
    loaded = current(documents)
    assert len(loaded) == 520
    assert all(len(stored.passages) == 1 for stored in loaded)


def test_the_digest_of_a_snapshot_changes_with_every_version(documents: DocumentStore, load: Load) -> None:
    documents.save(load(SHEET), origin=ORIGIN)
    before = documents.snapshot()
    documents.save(load(CHANGED), origin=ORIGIN)
    assert digest_snapshot(before) != digest_snapshot(documents.snapshot())
    assert digest_snapshot({"a": "1", "b": "2"}) == digest_snapshot({"b": "2", "a": "1"})
