"""First step: the question's language, hidden characters, personal data, and the names it holds."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer.draft import Draft, Outcome
from assistant.answer.names import NameIndex
from assistant.answer.personal_data import personal_data_in, without_personal_data
from assistant.answer.texts import text_for
from assistant.domain.answers import Question
from assistant.language.detect import detect_language, language_of
from assistant.language.normalise import clean_question, without_markup
from assistant.language.spelling import Corrected, SpellingCorrector

OTHER_LANGUAGE_CONFIDENCE = 0.97
OTHER_LANGUAGE_MIN_WORDS = 4
"""Below these a guess such as "Dutch" for a few German words is not trusted."""


def begin(question: Question) -> Draft:
    """Make the draft of a question: cleaned text without personal data, and its language."""
    text = without_markup(clean_question(question.text))
    last = question.history[-1].language if question.history else None
    text_language = language_of(text, default=last or question.language or "de")
    language = question.language or text_language
    notices = (text_for("notice_personal", language),) if personal_data_in(text) else ()
    text = without_personal_data(text, text_language)
    draft = Draft(question=question, text=text, language=language, text_language=text_language, notices=notices)
    return draft.noting("understand", language=language, text=text)


class Understand:
    """Turns away what is no question in a language we speak, and finds the names."""

    def __init__(self, names: NameIndex, *, spelling: SpellingCorrector) -> None:
        self._names = names
        self._spelling = spelling

    def __call__(self, draft: Draft) -> Draft:
        """Set `document_ids`, or the outcome where there is nothing to search."""
        if not any(char.isalnum() for char in draft.text):
            return _say(draft, "unreadable")
        named = self._names.find(draft.text)
        guess = detect_language(draft.text)
        if (
            not named.document_ids
            and guess.code not in ("de", "en")
            and guess.confidence >= OTHER_LANGUAGE_CONFIDENCE
            and len(draft.text.split()) >= OTHER_LANGUAGE_MIN_WORDS
        ):
            return _say(draft, "other_language").noting("understand", guessed=guess.code)
        corrected = self._spelling.correct(draft.text, draft.text_language)
        if corrected.text != draft.text:
            draft = self._understood(draft, corrected)
            named = self._names.find(draft.text)
        return replace(draft, document_ids=named.document_ids, name_words=named.words).noting(
            "understand", named=list(named.document_ids), shared_name=named.shared_name, misspelt=named.misspelt
        )

    def _understood(self, draft: Draft, corrected: Corrected) -> Draft:
        if not corrected.changes:
            return replace(draft, text=corrected.text)
        words = ", ".join(f"„{better}“" if draft.language == "de" else f"“{better}”" for _, better in corrected.changes)
        notice = text_for("notice_corrected", draft.language, words=words)
        return replace(draft, text=corrected.text, notices=(*draft.notices, notice)).noting(
            "understand", corrected=[list(change) for change in corrected.changes]
        )


def _say(draft: Draft, key: str) -> Draft:
    message = text_for(key, draft.language)
    return replace(
        draft, outcome=Outcome(status="clarify", reason=text_for("clarify_reason", draft.language), message=message)
    )
