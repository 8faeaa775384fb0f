"""Conversations, single replies and what people thought of them."""

from __future__ import annotations

from fastapi import APIRouter, Response

from assistant.service.errors import ServiceError, documented
from assistant.service.parts import Parts
from assistant.service.wire import (
    ConversationOut,
    FeedbackBody,
    StoredReplyOut,
    is_id,
    shared_reply_out,
    stored_reply_out,
)


def conversation_routes(parts: Parts, *, prefix: str) -> APIRouter:
    """Routes for whoever holds an id; ids cannot be guessed."""
    router = APIRouter(prefix=prefix, tags=["conversations"])

    @router.get("/conversations/{conversation_id}", summary="A conversation", responses=documented(404, 503))
    def conversation(conversation_id: str) -> ConversationOut:
        """Its questions and replies, earliest first."""
        turns = parts.conversations.conversation(conversation_id) if is_id(conversation_id) else []
        if not turns:
            raise ServiceError(404, "not_found")
        return ConversationOut(
            conversation_id=conversation_id,
            turns=[stored_reply_out(turn) for turn in turns],
            retention_days=parts.retention_days,
        )

    @router.delete(
        "/conversations/{conversation_id}",
        status_code=204,
        summary="Delete a conversation",
        responses=documented(404, 413, 503),
    )
    def delete_conversation(conversation_id: str) -> Response:
        """Delete everything stored of it, at once."""
        if not is_id(conversation_id) or not parts.conversations.delete(conversation_id):
            raise ServiceError(404, "not_found")
        return Response(status_code=204)

    @router.get("/replies/{reply_id}", summary="A stored reply", responses=documented(404, 503))
    def reply(reply_id: str) -> StoredReplyOut:
        """A reply with its question, as it was given, but without the id of its conversation."""
        stored = parts.conversations.reply(reply_id) if is_id(reply_id) else None
        if stored is None:
            raise ServiceError(404, "not_found")
        return shared_reply_out(stored)

    @router.post(
        "/feedback", status_code=204, summary="Judge a reply", responses=documented(400, 404, 413, 422, 503)
    )  # fmt: skip
    def feedback(body: FeedbackBody) -> Response:
        """Say whether a reply helped; a second judgement replaces the first."""
        comment = parts.current().mask(body.comment.replace("\0", "")) if body.comment else None
        if not is_id(body.reply_id) or not parts.conversations.add_feedback(
            reply_id=body.reply_id, helpful=body.helpful, comment=comment
        ):
            raise ServiceError(404, "not_found")
        return Response(status_code=204)

    return router
