"""Last step: the reply as it travels, with numbered citations, offsets of claims, notices and suggestions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.names import NameIndex
from assistant.answer.question_type import asked_fields
from assistant.answer.texts import text_for
from assistant.answer.verify import check_statement
from assistant.domain.answers import Citation, Claim, Reply
from assistant.domain.ports import Library
from assistant.domain.quoting import Citations, is_expired, is_old
from assistant.domain.values import Language

ENDS_SOON_DAYS = 90

_SUGGESTIONS: dict[str, tuple[tuple[str, dict[Language, str]], ...]] = {
    "funding": (
        ("amounts", {"de": "Was zahlt {name}?", "en": "What does {name} pay?"}),
        ("applicants", {"de": "Wer kann {name} beantragen?", "en": "Who can apply for {name}?"}),
        ("deadlines", {"de": "Bis wann kann man {name} beantragen?", "en": "By when must one apply for {name}?"}),
        ("combination", {"de": "Womit lässt sich {name} kombinieren?", "en": "What can {name} be combined with?"}),
        ("contact", {"de": "Wer ist bei {name} die Anlaufstelle?", "en": "Who is the contact for {name}?"}),
    ),
    "cluster": (
        ("services", {"de": "Was bietet {name} an?", "en": "What does {name} offer?"}),
        ("members", {"de": "Wie viele Mitglieder hat {name}?", "en": "How many members does {name} have?"}),
        ("joining", {"de": "Wie kann man bei {name} mitmachen?", "en": "How can one join {name}?"}),
        ("founded", {"de": "Wann wurde {name} gegründet?", "en": "When was {name} founded?"}),
        ("contact", {"de": "Wie erreicht man {name}?", "en": "How can {name} be reached?"}),
    ),
}
_SUGGESTIONS["network"] = _SUGGESTIONS["cluster"]


class Render:
    """Turns a decided draft into a `Reply`."""

    def __init__(self, library: Library, names: NameIndex) -> None:
        self._library = library
        self._names = names

    def __call__(self, draft: Draft, *, index: str) -> Reply:
        """Render the outcome; the draft must have one."""
        outcome = draft.outcome
        assert outcome is not None, "a draft is rendered only once it is decided"
        quoted = Citations(self._library, draft.question.today)
        text, claims = self._compose(outcome, quoted)
        citations = quoted.all
        return Reply(
            id=draft.question.reply_id or str(uuid.uuid4()),
            conversation_id=draft.question.conversation_id,
            language=draft.language,
            status=outcome.status,
            reason=str(outcome.reason) if outcome.reason else None,
            text=text,
            claims=tuple(claims),
            citations=citations,
            next_step=outcome.next_step,
            suggestions=(outcome.suggestions or self._suggest(draft, citations))[:3],
            options=outcome.options,
            rewritten_question=draft.rewritten,
            notices=(*draft.notices, *self._notices(draft, citations)),
            written_by=draft.model.name if draft.model is not None and draft.model.sentences else "extractive",
            model=draft.model,
            index=index,
            trace=draft.trace,
        )

    def _compose(self, outcome: Outcome, citations: Citations) -> tuple[str, list[Claim]]:
        """Text with [n] markers, and where each claim stands in it."""
        text = outcome.message
        claims: list[Claim] = []
        previous = None
        for statement in outcome.statements:
            text += _joint(previous, statement, text)
            start = len(text)
            text += statement.text
            if statement.evidence:
                check = check_statement(statement, self._library)
                assert check is not None, "verified statements hold"
                numbers = citations.numbers(statement.evidence)
                claims.append(Claim(start=start, end=len(text), citations=numbers, check=check))
                text += " " + "".join(f"[{n}]" for n in numbers)
            previous = statement
        return text, claims

    def _notices(self, draft: Draft, citations: Sequence[Citation]) -> list[str]:
        """Hints on age, end and origin; each once, the weightiest first."""
        language, today = draft.language, draft.question.today
        if not citations:
            return []
        notices: list[str] = []
        understood = draft.trace.get("understand", {})
        if understood.get("misspelt") and draft.document_ids:
            notices.append(
                text_for("notice_misspelt", language, name=self._names.short_name(draft.document_ids[0], language))
            )
        lead = self._library.document(citations[0].document_id)
        if lead is not None and len({c.document_id for c in citations}) <= 3:
            name = self._names.short_name(lead.id, language)
            if is_expired(lead, today):
                notices.append(text_for("notice_ended", language, name=name))
            elif lead.kind == "funding" and lead.valid_until and (lead.valid_until - today).days <= ENDS_SOON_DAYS:
                notices.append(
                    text_for("notice_ends_soon", language, name=name, date=_write_date(lead.valid_until, language))
                )
        if citations[0].authority == "private":
            notices.append(text_for("notice_not_official", language))
        if any(citation.language != language for citation in citations):
            notices.append(text_for("notice_german_only" if language == "en" else "notice_english_only", language))
        if is_old(citations[0].as_of, today):
            notices.append(text_for("notice_old", language))
        return notices

    def _suggest(self, draft: Draft, citations: Sequence[Citation]) -> tuple[str, ...]:
        """Follow-up questions on the leading document that its recorded values answer."""
        if not citations:
            return ()
        document_id = citations[0].document_id
        facts = self._library.facts(document_id)
        document = self._library.document(document_id)
        if document is None or len({c.document_id for c in citations}) > 4:
            return ()
        asked = set(asked_fields(draft.text))
        name = self._names.short_name(document_id, draft.language)
        keys = {"contact": ("office", "contact")}
        return tuple(
            texts[draft.language].format(name=name)
            for field, texts in _SUGGESTIONS.get(document.kind, ())
            if field not in asked and any(facts.get(key) for key in keys.get(field, (field,)))
        )


def _joint(previous: Statement | None, statement: Statement, text: str) -> str:
    """What stands between two pieces of an answer."""
    item = "- " if statement.shape == "item" else ""
    if previous is None:
        return ("\n\n" if text else "") + item
    if statement.shape == "heading":
        return "\n\n"
    if statement.shape == "item":
        return "\n- " if previous.shape in ("item", "heading") else "\n\n- "
    return " "


def _write_date(day: date, language: Language) -> str:
    if language == "de":
        return f"{day.day}.{day.month}.{day.year}"
    return f"{day.day} {day:%B %Y}"
