"""Tables of the SQL store, the truth from which every index is built.

A version row is immutable and holds the document's front matter of its time, so an older index generation keeps
answering from the state it was built from.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("origin", Text, nullable=False),
    Column("current_version_id", String(64), nullable=True),
    Column("removed_at", DateTime(timezone=True), nullable=True),
)

versions = Table(
    "versions",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("document_id", String(200), ForeignKey("documents.id"), nullable=False, index=True),
    Column("document", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("outline", JSON, nullable=False),
    Column("pages", JSON, nullable=False),
    Column("sentences", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("loader", String(40), nullable=False),
    Column("loaded_at", DateTime(timezone=True), nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version_id", String(64), ForeignKey("versions.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("heading", JSON, nullable=False),
    Column("block", String(10), nullable=False),
    Column("page", Integer, nullable=True),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("used_at", DateTime(timezone=True), nullable=False, index=True),
)

replies = Table(
    "replies",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("conversation_id", String(36), ForeignKey("conversations.id"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("question", Text, nullable=False),
    Column("turn", JSON, nullable=False),
    Column("reply", JSON, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("reply_id", String(36), ForeignKey("replies.id"), nullable=False, index=True),
    Column("helpful", Boolean, nullable=False),
    Column("comment", Text, nullable=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

model_usage = Table(
    "model_usage",
    metadata,
    Column("day", Date, primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("input_tokens", BigInteger, nullable=False),
    Column("output_tokens", BigInteger, nullable=False),
    Column("cost_nano", BigInteger, nullable=False),
)
