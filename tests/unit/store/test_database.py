"""The database: made from nothing, upgraded without loss, readable while another process writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import IntegrityError

from assistant.domain.answers import Turn
from assistant.store.conversations import ConversationStore
from assistant.store.database import MIGRATIONS, open_database, upgrade_schema
from assistant.store.documents import DocumentStore
from assistant.store.schema import metadata
from tests.unit.ingest.make import SHEET
from tests.unit.store.conftest import Load


def revisions() -> list[str]:
    """All migrations, the first one first."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    found = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    return found[::-1]


def migrate(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_make_just_the_tables_that_the_code_knows(engine: Engine) -> None:
    assert tables(engine) == set(metadata.tables)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_folder_of_the_database_is_made_where_it_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "neu" / "daten" / "assistant.db"
    open_database(f"sqlite:///{path}").dispose()
    assert path.exists()


def test_every_migration_leads_on_and_loses_nothing(tmp_path: Path, load: Load) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'alt.db'}", upgrade=False)
    first, *later = revisions()
    migrate(engine, first)
    DocumentStore(engine).save(load(SHEET), origin="/amt/probe.de.md")
    ConversationStore(engine).add(
        conversation_id="c", reply_id="r", question="Wie lange?", reply={"text": "18 Monate"},
        turn=Turn(question="Wie lange?", language="de", document_ids=()),
    )  # fmt: skip
    for revision in later:
        migrate(engine, revision)
    upgrade_schema(engine)
    documents = DocumentStore(engine)
    (stored,) = documents.load(list(documents.snapshot().values()))
    assert stored.document.id == "funding/probe"
    assert stored.passages[0].sentences
    assert len(ConversationStore(engine).history("c")) == 1
    assert tables(engine) == set(metadata.tables)
    engine.dispose()


def test_opening_again_keeps_what_is_there(tmp_path: Path, load: Load) -> None:
    address = f"sqlite:///{tmp_path / 'assistant.db'}"
    for change in ("added", "unchanged"):
        engine = open_database(address)
        assert DocumentStore(engine).save(load(SHEET), origin="/amt/probe.de.md") == change
        engine.dispose()


def test_reading_and_writing_do_not_wait_for_one_another(engine: Engine, load: Load) -> None:
    documents = DocumentStore(engine)
    documents.save(load(SHEET), origin="/amt/probe.de.md")
    other = open_database(engine.url, upgrade=False)
    with engine.connect() as reading:
        reading.exec_driver_sql("BEGIN")
        current = text("SELECT count(*) FROM documents WHERE removed_at IS NULL")
        assert reading.execute(current).scalar_one() == 1
        with other.begin() as writing:
            writing.execute(text("UPDATE documents SET removed_at = CURRENT_TIMESTAMP"))
            assert set(documents.snapshot()) == {"funding/probe"}
        assert reading.execute(current).scalar_one() == 1, "a reader keeps the state with which it began"
        reading.rollback()
    assert documents.snapshot() == {}
    other.dispose()


def test_a_passage_without_its_version_is_refused(engine: Engine) -> None:
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(
            text(
                "INSERT INTO passages (id, version_id, ordinal, start, \"end\", heading, block) VALUES ('p', 'v', 0, 0, 1, '[]', 'prose')"
            )
        )
