"""Opens the database and brings its schema up to date."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_TIMEOUT_S = 30.0


def open_database(url: str | URL, *, upgrade: bool = True) -> Engine:
    """Connect to `url`, creating an SQLite file's folder and upgrading the schema where asked.

    SQLite runs in write-ahead mode: readers go on while one process writes, and a killed writer leaves the last
    committed state.
    """
    address = make_url(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    if is_sqlite and address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_S} if is_sqlite else {})
    if is_sqlite:
        event.listen(engine, "connect", _configure_sqlite)
    if upgrade:
        upgrade_schema(engine)
    return engine


def _configure_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def upgrade_schema(engine: Engine) -> None:
    """Apply the migrations that are missing."""
    if _applied_revision(engine) == _latest_revision():
        return
    from alembic import command  # a fifth of a second that a start can do without
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _applied_revision(engine: Engine) -> str | None:
    """The revision of the schema; None where there is none yet."""
    try:
        with engine.connect() as connection:
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except DBAPIError:
        return None


def _latest_revision() -> str:
    """The last migration's; their files are numbered."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("*.py")).split("_")[0]
