"""What the bot remembers, in one SQLite file that several processes on a machine share.

People and chats appear only as keyed hashes. Questions and answers are not here: the service keeps them, the bot keeps
the ids under which to find and delete them. Each call takes well below a millisecond, so none leaves the event loop.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

FILE = "telegram.db"
UPDATES_KEPT_S = 3 * 24 * 3600.0
"""Telegram delivers an update for at most a day."""
DIALOGUE_KEPT_S = 24 * 3600.0
"""A finder that nobody goes on with is forgotten, because what a company wrote about itself stands in it."""
_BUSY_S = 10
_SCHEMA = """
CREATE TABLE IF NOT EXISTS person (
    person TEXT PRIMARY KEY, language TEXT, greeted INTEGER NOT NULL DEFAULT 0, used_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS talk (
    person TEXT NOT NULL, chat TEXT NOT NULL, state TEXT NOT NULL, used_at REAL NOT NULL, PRIMARY KEY (person, chat));
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, to_erase INTEGER NOT NULL DEFAULT 0, used_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS shelf (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, result TEXT NOT NULL, used_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS handled (update_id INTEGER PRIMARY KEY, used_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS slot (scope TEXT PRIMARY KEY, free_at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS turn (
    update_id INTEGER PRIMARY KEY, chat TEXT NOT NULL, holder TEXT NOT NULL, running INTEGER NOT NULL DEFAULT 0,
    until REAL NOT NULL);
CREATE INDEX IF NOT EXISTS talk_person ON talk (person);
CREATE INDEX IF NOT EXISTS conversation_person ON conversation (person);
CREATE INDEX IF NOT EXISTS shelf_person ON shelf (person);
CREATE INDEX IF NOT EXISTS turn_chat ON turn (chat, update_id);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Where one person stands in one chat."""

    conversation_id: str | None = None
    reply_id: str | None = None
    """The last answer, for /quellen."""
    question: str | None = None
    """Hash of the message that was answered last; editing it asks anew."""
    wording: str | None = None
    """Hash of its words."""
    dialogue: Mapping[str, Any] | None = None
    """The finder that is going on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What is remembered of a person in all chats."""

    language: str | None = None
    """As chosen with /sprache; None takes the language of each question."""
    greeted: bool = False
    """Has read how the bot treats what it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """How much is stored of a person."""

    conversations: int
    dialogues: int
    results: int
    language: str | None
    last_used: float | None
    """Seconds since the epoch."""


class Store:
    """The bot's memory."""

    def __init__(self, data_dir: Path, *, now: Callable[[], float] = time.time) -> None:
        data_dir.mkdir(parents=True, exist_ok=True)
        self._now = now
        self._db = sqlite3.connect(data_dir / FILE, timeout=_BUSY_S, isolation_level=None)
        self._db.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; " + _SCHEMA
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    # --- people and where they stand ---------------------------------------------------------------------------------

    def person(self, person: str) -> Person:
        """What is remembered; nothing of someone unknown."""
        row = self._row("SELECT language, greeted FROM person WHERE person = ?", person)
        return Person(language=row[0], greeted=bool(row[1])) if row else Person()

    def save_person(self, person: str, known: Person) -> None:
        """Remember."""
        self._run(
            "INSERT INTO person VALUES (?, ?, ?, ?) ON CONFLICT (person) DO UPDATE "
            "SET language = excluded.language, greeted = excluded.greeted, used_at = excluded.used_at",
            person, known.language, known.greeted, self._now(),
        )  # fmt: skip

    def talk(self, person: str, chat: str) -> Talk:
        """Where the person stands; at the beginning in an unknown chat."""
        row = self._row("SELECT state, used_at FROM talk WHERE person = ? AND chat = ?", person, chat)
        if row is None:
            return Talk()
        talk = Talk(**json.loads(row[0]))
        return replace(talk, dialogue=None) if row[1] < self._now() - DIALOGUE_KEPT_S else talk

    def save_talk(self, person: str, chat: str, talk: Talk) -> None:
        """Remember where the person stands, and under which id the service keeps the conversation."""
        now = self._now()
        with self._transaction():
            self._run(
                "INSERT INTO talk VALUES (?, ?, ?, ?) ON CONFLICT (person, chat) DO UPDATE "
                "SET state = excluded.state, used_at = excluded.used_at",
                person, chat, json.dumps(asdict(talk)), now,
            )  # fmt: skip
            if talk.conversation_id:
                self._run(
                    "INSERT INTO conversation (id, person, used_at) VALUES (?, ?, ?) "
                    "ON CONFLICT (id) DO UPDATE SET used_at = excluded.used_at",
                    talk.conversation_id, person, now,
                )  # fmt: skip
            self._run("UPDATE person SET used_at = ? WHERE person = ?", now, person)

    def put_on_shelf(self, result_id: str, person: str, result: Mapping[str, Any]) -> None:
        """Keep the quotations of a finder's result for the buttons below it."""
        self._run(
            "INSERT OR REPLACE INTO shelf VALUES (?, ?, ?, ?)", result_id, person, json.dumps(result), self._now()
        )

    def from_shelf(self, result_id: str) -> Mapping[str, Any] | None:
        """What was kept, or None."""
        row = self._row("SELECT result FROM shelf WHERE id = ?", result_id)
        found: Mapping[str, Any] | None = json.loads(row[0]) if row else None
        return found

    def holdings(self, person: str) -> Holdings:
        """How much is stored of a person."""
        known = self._row("SELECT language, used_at FROM person WHERE person = ?", person) or (None, None)
        count = "SELECT count(*) FROM {} WHERE person = ?"
        talks = self._db.execute("SELECT state, used_at FROM talk WHERE person = ?", (person,)).fetchall()
        return Holdings(
            conversations=self._count("SELECT count(*) FROM conversation WHERE person = ? AND NOT to_erase", person),
            dialogues=sum(1 for state, _ in talks if json.loads(state)["dialogue"]),
            results=self._count(count.format("shelf"), person),
            language=known[0],
            last_used=max((used_at for used_at in (known[1], *(row[1] for row in talks)) if used_at), default=None),
        )

    # --- forgetting --------------------------------------------------------------------------------------------------

    def forget(self, person: str) -> list[str]:
        """Delete everything of a person and return the ids of the conversations that the service has to delete.

        The ids stay, tied to nobody, until `erased` says that the service did.
        """
        with self._transaction():
            rows = self._db.execute("SELECT id FROM conversation WHERE person = ?", (person,)).fetchall()
            for table in ("person", "talk", "shelf"):
                self._run(f"DELETE FROM {table} WHERE person = ?", person)
            self._run("UPDATE conversation SET to_erase = 1, person = '' WHERE person = ?", person)
        self._empty_log()
        return [row[0] for row in rows]

    def to_erase(self) -> list[str]:
        """Conversations that their people have deleted and the service still keeps."""
        return [row[0] for row in self._db.execute("SELECT id FROM conversation WHERE to_erase ORDER BY id")]

    def erased(self, conversation_id: str) -> None:
        """The service has deleted it."""
        self._run("DELETE FROM conversation WHERE id = ?", conversation_id)
        self._empty_log()

    def delete_older_than(self, age_s: float) -> None:
        """Delete what nobody used for longer; what only serves the running of the bot goes earlier."""
        now = self._now()
        with self._transaction():
            for table in ("person", "talk", "shelf", "conversation"):
                self._run(f"DELETE FROM {table} WHERE used_at < ?", now - age_s)
            idle = self._db.execute(
                "SELECT person, chat, state FROM talk WHERE used_at < ? AND state ->> 'dialogue' IS NOT NULL",
                (now - DIALOGUE_KEPT_S,),
            ).fetchall()
            for person, chat, state in idle:
                talk = {**json.loads(state), "dialogue": None}
                self._run(
                    "UPDATE talk SET state = ? WHERE person = ? AND chat = ?", json.dumps(talk), person, chat
                )  # fmt: skip
            self._run("DELETE FROM handled WHERE used_at < ?", now - UPDATES_KEPT_S)
            self._run("DELETE FROM slot WHERE free_at < ?", now)
            self._run("DELETE FROM turn WHERE until < ?", now)
        self._empty_log()

    # --- once, in order, not too fast --------------------------------------------------------------------------------

    def claim(self, update_id: int) -> bool:
        """Whether nobody has handled this update yet; whoever gets True handles it."""
        return self._run("INSERT OR IGNORE INTO handled VALUES (?, ?)", update_id, self._now()) == 1

    def line_up(self, update_id: int, chat: str, holder: str, seconds: float) -> None:
        """Let an update wait among those of its chat, in whichever process they are."""
        self._run(
            "INSERT OR REPLACE INTO turn (update_id, chat, holder, until) VALUES (?, ?, ?, ?)",
            update_id, chat, holder, self._now() + seconds,
        )  # fmt: skip

    def take_turn(self, update_id: int, chat: str) -> bool:
        """Whether it is this update's turn: none of its chat is being handled, and none with a lower number waits."""
        before = self._row(
            "SELECT 1 FROM turn WHERE chat = ? AND update_id != ? AND until >= ? AND (running OR update_id < ?)",
            chat, update_id, self._now(), update_id,
        )  # fmt: skip
        if before:  # asked often; only who may be next writes
            return False
        return (
            self._run(
                "UPDATE turn SET running = 1 WHERE update_id = ? AND NOT EXISTS (SELECT 1 FROM turn AS other WHERE "
                "other.chat = ? AND other.update_id != ? AND other.until >= ? AND (other.running OR other.update_id < ?))",
                update_id, chat, update_id, self._now(), update_id,
            )
            == 1
        )  # fmt: skip

    def keep_turns(self, holder: str, seconds: float) -> None:
        """Say that a process is still there, for all of its updates; those of one that died lose their turn."""
        self._run("UPDATE turn SET until = ? WHERE holder = ?", self._now() + seconds, holder)

    def end_turn(self, update_id: int) -> None:
        """The update was handled."""
        self._run("DELETE FROM turn WHERE update_id = ?", update_id)

    def take_slot(self, scope: str, *, interval_s: float, burst: int = 1) -> float:
        """Take the next free slot of a scope and return the seconds until it begins.

        Slots lie `interval_s` apart; after a pause up to `burst` are free at once. So at most `burst + t / interval_s`
        begin within any `t` seconds (the generic cell rate algorithm, ITU-T I.371).
        """
        with self._transaction():
            now = self._now()
            free_at = max(self._free_at(scope), now)
            self._set_free_at(scope, free_at + interval_s)
        return max(0.0, free_at - (burst - 1) * interval_s - now)

    def try_slot(self, scope: str, *, interval_s: float, burst: int) -> float:
        """As `take_slot`, but takes only a slot that is free now; otherwise returns the seconds until one will be."""
        with self._transaction():
            now = self._now()
            free_at = max(self._free_at(scope), now)
            wait_s = max(0.0, free_at - (burst - 1) * interval_s - now)
            if not wait_s:
                self._set_free_at(scope, free_at + interval_s)
        return wait_s

    def hold(self, scope: str, seconds: float) -> None:
        """No slot of the scope begins before that time is over."""
        with self._transaction():
            self._set_free_at(scope, max(self._free_at(scope), self._now() + seconds))

    def _free_at(self, scope: str) -> float:
        row = self._row("SELECT free_at FROM slot WHERE scope = ?", scope)
        return float(row[0]) if row else 0.0

    def _set_free_at(self, scope: str, free_at: float) -> None:
        self._run("INSERT OR REPLACE INTO slot VALUES (?, ?)", scope, free_at)

    # --- SQL ---------------------------------------------------------------------------------------------------------

    def _run(self, statement: str, *values: Any) -> int:
        with closing(self._db.execute(statement, values)) as cursor:
            return cursor.rowcount

    def _row(self, statement: str, *values: Any) -> tuple[Any, ...] | None:
        with closing(self._db.execute(statement, values)) as cursor:
            row: tuple[Any, ...] | None = cursor.fetchone()
            return row

    def _count(self, statement: str, *values: Any) -> int:
        row = self._row(statement, *values)
        assert row is not None, "count(*) always gives a row"
        return int(row[0])

    def _empty_log(self) -> None:
        """Bring deletions to the file itself; until then what was deleted still stands there or in the log."""
        self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    def _transaction(self) -> _Transaction:
        return _Transaction(self._db)


class _Transaction:
    """Writes from the first statement on, so that two processes never both read before either writes."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._db.execute("ROLLBACK" if kind else "COMMIT")
