"""Fifth step: asks the retriever."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.draft import Draft
from assistant.domain.answers import Query
from assistant.domain.ports import Retriever

TOP_K = 24


class Search:
    """Finds the passages that may answer the question."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever = retriever

    def __call__(self, draft: Draft) -> Draft:
        """Set `query` and `hits`."""
        query = Query(
            text=draft.text,
            language=draft.text_language,
            kinds=draft.question.kinds,
            document_ids=draft.document_ids,
            name_words=draft.name_words,
        )
        hits = tuple(self._retriever.retrieve(query, top_k=TOP_K))
        seen = [
            {
                "passage_id": hit.passage.id, "document_id": hit.passage.document_id, "heading": list(hit.passage.heading),
                "rank": hit.rank, "dense_rank": hit.scores.dense_rank, "lexical_rank": hit.scores.lexical_rank,
                "fused": round(hit.scores.fused, 4),
            }
            for hit in hits[:10]
        ]  # fmt: skip
        return replace(draft, query=query, hits=hits).noting("search", hits=seen, query=query.text)
