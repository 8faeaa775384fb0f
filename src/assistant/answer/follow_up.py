"""Second step: makes a follow-up question self-contained from the conversation."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from assistant.answer.draft import Draft
from assistant.answer.names import NameIndex
from assistant.domain.answers import Turn
from assistant.domain.values import Language
from assistant.language.normalise import fold

SHORT_QUESTION_WORDS = 7
_OPENING = re.compile(
    r"^(und|aber|oder|also|dann|ok|okay|ach|and|but|or|so|then|what about|how about|wie sieht es|nein|no|ja|yes)\b"
)
_POINTING = re.compile(
    r"\b(er|sie|es|ihn|ihm|ihr|ihre|ihren|dessen|deren|dort|da|dafuer|davon|dazu|damit|dabei|daran|daraus|darin|diese[rsmn]?|jene[rsmn]?|"
    r"das (programm|cluster|netzwerk|geld|foerderprogramm|angebot)|der (verein|zuschuss|kredit)|die (foerderung|initiative|gesellschaft)|"
    r"it|its|they|them|their|that|this|these|those|there|the (programme|program|cluster|network|grant|loan|scheme))\b"
)
_CORRECTION = re.compile(r"\b(nein|no|nicht|sondern|meinte|gemeint|i meant|rather|instead|lieber)\b")
_OTHER_ONE = re.compile(r"\b(de[rmn]|die|das) andere[nrs]?\b|\bthe other( one)?\b|\b(zweite[rns]?|second)\b")
_IN_GERMAN = re.compile(r"\b(auf|in) deutsch\b|\bin german\b")
_IN_ENGLISH = re.compile(r"\b(auf|in) englisch\b|\bin english\b")
_SEARCH_WORDS = re.compile(r"\w{4,}")


class Rewritten(NamedTuple):
    """A question made self-contained."""

    text: str
    language: Language
    document_ids: tuple[str, ...]


class FollowUp:
    """Carries subject and topic over the turns of a conversation."""

    def __init__(self, names: NameIndex) -> None:
        self._names = names

    def __call__(self, draft: Draft) -> Draft:
        """Rewrite the question where it leans on an earlier one; otherwise leave it."""
        if not draft.question.history:
            return draft
        last = draft.question.history[-1]
        rewritten = self._rewrite(draft, last)
        if rewritten is None:
            return draft
        text, language, document_ids = rewritten
        words = self._names.find(text).words
        return replace(
            draft, text=text, rewritten=text, language=language, document_ids=document_ids, name_words=words
        ).noting("follow_up", rewritten=text, from_question=last.question)

    def _rewrite(self, draft: Draft, last: Turn) -> Rewritten | None:
        folded = fold(draft.text)
        words = folded.split()
        wanted: tuple[tuple[re.Pattern[str], Language], ...] = ((_IN_ENGLISH, "en"), (_IN_GERMAN, "de"))
        for pattern, language in wanted:
            if pattern.search(folded) and len(words) <= SHORT_QUESTION_WORDS:
                return Rewritten(
                    last.question, language, self._names.find(last.question).document_ids or last.document_ids[:1]
                )
        named = draft.document_ids
        if named:
            option = self._chosen_option(draft, last)
            if option:
                return self._with_name(last.question, option, draft)
            leans = (
                bool(_OPENING.search(folded) or _CORRECTION.search(folded)) and len(words) <= SHORT_QUESTION_WORDS + 2
            )
            if leans and not _asks_something(folded, self._names.find(draft.text).words):
                return self._with_name(last.question, named[0], draft)
            return None
        if _OTHER_ONE.search(folded):
            other = self._other(draft, last)
            if other:
                return self._about(draft, (other,))
        if (
            last.document_ids
            and (_OPENING.search(folded) or _POINTING.search(folded))
            and len(words) <= 2 * SHORT_QUESTION_WORDS
        ):
            return self._about(draft, last.document_ids[:1])
        if last.document_ids and len(words) <= 4:
            return self._about(draft, last.document_ids[:1])
        return None

    def _chosen_option(self, draft: Draft, last: Turn) -> str | None:
        """The document chosen from the options of a clarifying reply."""
        if not last.options:
            return None
        return draft.document_ids[0] if len(draft.text.split()) <= SHORT_QUESTION_WORDS else None

    def _with_name(self, question: str, document_id: str, draft: Draft) -> Rewritten:
        """The earlier question asked of another subject."""
        name = self._names.short_name(document_id, draft.language)
        earlier = self._names.find(question)
        text = question
        for old in (*earlier.document_ids, *([earlier.shared_name] if earlier.shared_name else [])):
            spelling = old if old == earlier.shared_name else None
            for candidate in filter(
                None, (spelling, self._names.short_name(old, "de"), self._names.short_name(old, "en"))
            ):
                text, count = re.subn(re.escape(candidate), name, text, count=1, flags=re.IGNORECASE)
                if count:
                    return Rewritten(text, draft.language, (document_id,))
        text = re.sub(r"\s*[?!.]*$", "", text)
        return Rewritten(f"{name}: {text}?", draft.language, (document_id,))

    def _about(self, draft: Draft, document_ids: tuple[str, ...]) -> Rewritten:
        """This question asked of the earlier subject."""
        name = self._names.short_name(document_ids[0], draft.language)
        return Rewritten(f"{name}: {draft.text}", draft.language, document_ids)

    def _other(self, draft: Draft, last: Turn) -> str | None:
        seen: dict[str, None] = {}
        for turn in reversed(draft.question.history):
            for document_id in (*self._names.find(turn.question).document_ids, *turn.document_ids):
                seen.setdefault(document_id)
        current = self._names.find(last.question).document_ids[:1] or last.document_ids[:1]
        return next((document_id for document_id in seen if document_id not in current), None)


def _asks_something(folded: str, name_words: frozenset[str]) -> bool:
    """Whether anything but a name and filling words is left of the question."""
    filling = {
        "und", "oder", "aber", "fuer", "bei", "beim", "von", "vom", "mit", "zum", "zur", "der", "die", "das", "den", "dem", "nein", "nicht", "ich", "meinte",
        "meine", "sondern", "ist", "es", "sieht", "wie", "was", "aus", "in", "im", "and", "or", "but", "for", "with", "about", "what", "how", "the", "no", "not",
        "i", "meant", "mean", "rather", "of", "gemeint", "war", "doch", "ach", "so", "also", "denn", "then", "ja", "yes", "bitte", "please", "programm", "cluster",
    }  # fmt: skip
    return any(word not in filling and word not in name_words for word in re.findall(r"[a-z0-9]+", folded))
