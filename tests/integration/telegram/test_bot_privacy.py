"""What is stored of people, and that they can see and delete it."""

from __future__ import annotations

import sqlite3
import stat

import httpx

from bots.telegram.pseudonyms import KEY_FILE, Pseudonyms, load_key
from bots.telegram.store import FILE
from bots.telegram.testing.people import Person
from tests.integration.telegram.conftest import Front, OwnStage, Stage

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"


def stored_bytes(stage: Stage) -> bytes:
    """Everything in the bot's folder, as it lies on the disk."""
    return b"".join(path.read_bytes() for path in stage.settings.data_dir.iterdir())


def conversations(stage: Stage) -> list[str]:
    with sqlite3.connect(stage.settings.data_dir / FILE) as db:
        found = [row[0] for row in db.execute("SELECT id FROM conversation")]
    db.close()
    return found


def rows_of(stage: Stage, person: Person) -> int:
    """How many rows are tied to a person; whom a hash stands for is known only to who holds the key."""
    name = Pseudonyms(load_key(stage.settings.data_dir, None)).person(person.id)
    with sqlite3.connect(stage.settings.data_dir / FILE) as db:
        count = sum(
            db.execute(f"SELECT count(*) FROM {table} WHERE person = ?", (name,)).fetchone()[0]
            for table in ("person", "talk", "conversation", "shelf")
        )
    db.close()
    return int(count)


def test_neither_numbers_nor_names_nor_questions_lie_in_the_bots_folder(stage: Stage) -> None:
    person = stage.person(first_name="Wilhelmine")
    person.hears(AMOUNT)
    everything = stored_bytes(stage)
    assert str(person.id).encode() not in everything
    assert b"Wilhelmine" not in everything
    assert b"InnoFounder" not in everything


def test_privacy_lists_what_is_stored_and_offers_to_delete_it(stage: Stage) -> None:
    person = stage.person()
    person.hears(AMOUNT)
    person.hears("/cluster")
    (message,) = person.hears("/daten")
    assert "ein Gespräch mit Fragen und Antworten" in message.text
    assert "eine angefangene Suche mit Ihrer Beschreibung" in message.text
    assert "30 Tage" in message.text
    (deleted,) = person.taps(message, "Alles löschen")
    assert deleted.text.startswith("Alles über Sie ist gelöscht.")
    assert person.hears("/daten")[0].text.startswith("Über Sie ist nichts gespeichert.")


def test_delete_removes_everything_here_and_at_the_service(stage: Stage, service: httpx.Client) -> None:
    person = stage.person()
    before = set(conversations(stage))
    person.hears(AMOUNT)
    (conversation,) = set(conversations(stage)) - before
    assert service.get(f"/conversations/{conversation}").status_code == 200
    assert rows_of(stage, person) > 0
    (deleted,) = person.hears("/loeschen")
    assert deleted.text.startswith("Alles über Sie ist gelöscht.")
    assert service.get(f"/conversations/{conversation}").status_code == 404
    assert rows_of(stage, person) == 0
    assert conversation.encode() not in stored_bytes(stage)


def test_what_the_service_could_not_delete_is_made_up_for_at_the_next_start(
    own_stage: OwnStage, front: Front, service: httpx.Client
) -> None:
    with own_stage() as stage:
        person = stage.person()
        person.hears(AMOUNT)
        (conversation,) = conversations(stage)
        front.moods.append("down")
        (message,) = person.hears("/loeschen")
        assert message.text.startswith(
            "Hier ist alles über Sie gelöscht. Beim Auskunftsdienst sind Ihre Gespräche noch"
        )
        assert rows_of(stage, person) == 0
    with own_stage() as stage:
        stage.api.wait_for(lambda: not conversations(stage))
    assert service.get(f"/conversations/{conversation}").status_code == 404


def test_blocking_the_bot_deletes_what_it_knows(stage: Stage) -> None:
    person = stage.person()
    person.hears(AMOUNT)
    assert rows_of(stage, person) > 0
    person.block()
    stage.api.wait_for(lambda: rows_of(stage, person) == 0)


def test_the_key_of_the_hashes_is_for_its_owner_only(stage: Stage) -> None:
    mode = (stage.settings.data_dir / KEY_FILE).stat().st_mode
    assert not mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_the_service_counts_people_by_hashes_too(stage: Stage, front: Front) -> None:
    one, other = stage.person(), stage.person()
    one.hears(AMOUNT)
    first = front.seen[-1][1]["x-forwarded-for"]
    other.hears(AMOUNT)
    second = front.seen[-1][1]["x-forwarded-for"]
    assert first != second
    assert str(one.id) not in first and first.startswith("fd")
