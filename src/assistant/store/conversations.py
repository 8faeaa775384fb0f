"""Conversations, replies and feedback in SQL; nothing that identifies a person is kept."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, delete, func, insert, select, update

from assistant.domain.answers import Turn
from assistant.store.schema import conversations, feedback, replies

MAX_TURNS = 8
"""How many earlier turns a question can refer to."""


class ConversationStore:
    """Keeps what was asked and answered until it is deleted or its time is over."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def history(self, conversation_id: str) -> tuple[Turn, ...]:
        """The last turns of a conversation, earliest first; empty when it is unknown."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(replies.c.turn)
                .where(replies.c.conversation_id == conversation_id)
                .order_by(replies.c.ordinal.desc())
                .limit(MAX_TURNS)
            ).all()
        return tuple(
            Turn(
                question=row.turn["question"],
                language=row.turn["language"],
                document_ids=tuple(row.turn["document_ids"]),
                options=tuple(row.turn["options"]),
            )
            for row in reversed(rows)
        )

    def add(self, *, conversation_id: str, reply_id: str, question: str, turn: Turn, reply: Mapping[str, Any]) -> None:
        """Store a reply as the newest of its conversation, which begins with it where needed."""
        now = datetime.now(UTC)
        with self._engine.begin() as connection:
            known = connection.execute(
                update(conversations).where(conversations.c.id == conversation_id).values(used_at=now)
            ).rowcount
            if not known:
                connection.execute(insert(conversations).values(id=conversation_id, created_at=now, used_at=now))
            count = connection.execute(
                select(func.coalesce(func.max(replies.c.ordinal), 0)).where(
                    replies.c.conversation_id == conversation_id
                )
            ).scalar_one()
            connection.execute(
                insert(replies).values(
                    id=reply_id, conversation_id=conversation_id, ordinal=count + 1, created_at=now, question=question,
                    turn=asdict(turn), reply=dict(reply),
                )
            )  # fmt: skip

    def exists(self, conversation_id: str) -> bool:
        """Whether the conversation is stored."""
        with self._engine.connect() as connection:
            return (
                connection.execute(select(conversations.c.id).where(conversations.c.id == conversation_id)).first()
                is not None
            )

    def reply(self, reply_id: str) -> dict[str, Any] | None:
        """A stored reply with its question, or None."""
        with self._engine.connect() as connection:
            row = connection.execute(
                select(replies.c.reply, replies.c.question).where(replies.c.id == reply_id)
            ).first()
        return None if row is None else {"question": row.question, "reply": row.reply}

    def conversation(self, conversation_id: str) -> list[dict[str, Any]]:
        """All questions and replies of a conversation, earliest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(replies.c.question, replies.c.reply)
                .where(replies.c.conversation_id == conversation_id)
                .order_by(replies.c.ordinal)
            ).all()
        return [{"question": row.question, "reply": row.reply} for row in rows]

    def delete(self, conversation_id: str) -> bool:
        """Delete a conversation with its replies and feedback; False when it was unknown."""
        return self._delete_where(conversations.c.id == conversation_id) > 0

    def delete_older_than(self, age: timedelta) -> int:
        """Delete conversations unused for longer than `age`; returns how many."""
        return self._delete_where(conversations.c.used_at < datetime.now(UTC) - age)

    def _delete_where(self, condition: Any) -> int:
        with self._engine.begin() as connection:
            ids = [row[0] for row in connection.execute(select(conversations.c.id).where(condition))]
            if not ids:
                return 0
            reply_ids = select(replies.c.id).where(replies.c.conversation_id.in_(ids))
            connection.execute(delete(feedback).where(feedback.c.reply_id.in_(reply_ids)))
            connection.execute(delete(replies).where(replies.c.conversation_id.in_(ids)))
            connection.execute(delete(conversations).where(conversations.c.id.in_(ids)))
            return len(ids)

    def add_feedback(self, *, reply_id: str, helpful: bool, comment: str | None) -> bool:
        """Store a judgement of a reply, replacing an earlier one; False when the reply is unknown."""
        with self._engine.begin() as connection:
            if connection.execute(select(replies.c.id).where(replies.c.id == reply_id)).first() is None:
                return False
            connection.execute(delete(feedback).where(feedback.c.reply_id == reply_id))
            connection.execute(
                insert(feedback).values(
                    id=str(uuid.uuid4()),
                    reply_id=reply_id,
                    helpful=helpful,
                    comment=comment,
                    created_at=datetime.now(UTC),
                )
            )
            return True
