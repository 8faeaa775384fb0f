"""A step beside the search: a company that describes itself is advised by the finders instead of being answered from passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.domain.advice import Cited, ClusterMatch, FundingAdvice, MatchAdvice, ProgrammeAdvice
from assistant.domain.answers import Reason
from assistant.domain.company import Company, Request
from assistant.domain.values import Language
from assistant.language.analysis import STOP_WORDS
from assistant.language.normalise import fold
from assistant.language.words import plain_words

Wanted = Literal["cluster", "funding"]
MOST_CLUSTERS = 3
MOST_PROGRAMMES = 4
TELLING_FACTS = 3
"""Whoever says so much of the company is advised even without a purpose, and asked for it."""
CRITERIA_SHOWN = ("sector", "region", "goals")
_SELF = re.compile(r"\b(?:wir|uns|unser\w*|ich|mich|mir|mein\w*|we|us|our|i|my|me)\b")
_CLUSTER = re.compile(
    r"\b(?:welche[rsnm]?|in welche[ms]?|zu welchem|gibt es|which|what|is there|are there)\b[^.?!]{0,40}\b(?:cluster\w*|netzwerk\w*|network\w*)\b[^.?!]{0,60}\b(?:pass\w*|richtig\w*|zustaendig\w*|gehoer\w*|geeignet\w*|fits?|suits?|suitable|right|join|belong\w*)\b"
    r"|\b(?:pass\w*|gehoer\w*|fit\w*|belong\w*|join)\b[^.?!]{0,40}\b(?:cluster\w*|netzwerk\w*|network\w*)\b|\b(?:suchen|finden|look\w* for|find)\b[^.?!]{0,30}\b(?:passende\w*|right|suitable)\b[^.?!]{0,20}\b(?:cluster|netzwerk|network)\w*"
)
_FUNDING = re.compile(
    r"\b(?:gibt es|bekomm\w*|krieg\w*|erhalt\w*|welche\w*|finden|suchen|brauch\w*|was fuer|is there|are there|which|what|can we get|could we get|do we get|looking for|need|eligible)\b[^.?!]{0,80}\b(?:geld|foerder\w*|zuschuss\w*|zuschuesse\w*|kredit\w*|darlehen|finanzierung\w*|money|funding|grants?|loans?|subsid\w*)\b"
    r"|\b(?:geld|foerder\w*|zuschuss|zuschuesse|money|funding|grants?)\b[^.?!]{0,30}\b(?:fuer uns|fuer mich|fuer unser\w*|fuer mein\w*|for us|for me|for our|for my)\b"
)
_TELLING = re.compile(
    r"\b(?:wir|ich|we|i)\b[^.?!]{0,40}\b(?:sind|bin|bau\w*|entwickel\w*|entwickl\w*|produzier\w*|herstell\w*|stellen|verkauf\w*|betreib\w*|programmier\w*|mach\w*|fertig\w*|gruend\w*|arbeit\w*|are|am|build|develop|make|produce|sell|run|manufacture|brew|design|offer|create)\b"
)
_OPENING = re.compile(r"(?:wir|ich|unser\w*|mein\w*|we|i|our|my)\b")
_ENQUIRING = re.compile(
    r"\b(?:wissen|frage\w*|erklaer\w*|sagen|nennen|erfahren|verstehe\w*|interessier\w*|know|wonder\w*|question\w*|tell|explain\w*|understand|interested|ring|call|anruf\w*|kontakt\w*|sprechen|contact|speak|du|dich|dir|dein\w*|you|your)\b"
)
"""Words of someone who wants to be told something or speaks to the assistant, rather than tells of a company."""
_ASKING = re.compile(
    r"\b(?:was (?:soll|muss|kann|darf|koenn|mach)\w*|wie (?:viel|hoch|lange|kann|muss|komm|bekomm)\w*|wer|wen|wem|wann|warum|wieso|weshalb|what|why|how (?:much|many|long|do|can|to)|when (?:do|can|is|will)|which \w+ \w+ (?:i|we))\b"
)
"""Words of a question whose mark was left out."""
_SEEKING = re.compile(r"\b(?:such\w*|brauch\w*|will|wollen|moecht\w*|need|wants?|looking for|would like)\b")
_DETAIL = re.compile(
    r"\b(?:wie (?:lange|hoch|viel\w*|oft)|was muss|wann|bis wann|an welche[mn]|auf welche[smn]|(?:on|by|until|into|to) which|how (?:long|much|many|often)|when|what (?:do|must|should)|which (?:website|page|form))\b"
)
"""A question for one fact of a programme, which the search answers."""
_ADVICE_WORD = re.compile(
    r"cluster\w*|netzwerk\w*|networks?|foerder\w*|geld\w*|zuschuss|zuschuesse|kredite?|programm\w*|funding|fund|money|grants?|programmes?|hamburg\w*|unternehmen|firma|betrieb|start|ups?|startups?"
    r"|company|business|firm|gruend\w*|pass\w*|richtig\w*|geeignet\w*|beste\w*|fits?|suits?|suitable|right|best|join|belong|gehoer\w*|plan\w*|bitte|please|gibt|gaebe|bekomm\w*|krieg\w*|erhalten|get|beitreten"
)
_TEXTS: dict[str, dict[Language, str]] = {
    "strong": {"de": "passt gut", "en": "good fit"},
    "possible": {"de": "kommt in Betracht", "en": "possible"},
    "likely": {"de": "wahrscheinlich", "en": "likely"},
    "check": {"de": "zu prüfen", "en": "to be checked"},
    "rest": {
        "de": "Entschieden haben feste Regeln über die erfassten Angaben; nicht geprüft ist, was Sie nicht genannt haben.",
        "en": "Fixed rules over what is on record decided this; what you did not mention was not examined.",
    },
}


class AdviseCompany:
    """Recognises a company that describes itself and asks which cluster fits, or which money it can get."""

    def __init__(
        self,
        understand: Callable[[Request], Company],
        match: Callable[[Company], MatchAdvice],
        fund: Callable[[Company], FundingAdvice],
    ) -> None:
        self._understand = understand
        self._match = match
        self._fund = fund

    def __call__(self, draft: Draft) -> Draft:
        """Set the outcome where a company asks for itself; leave every other question, and all that name a document, alone."""
        background = draft.question.background
        wanted = None if draft.document_ids or draft.question.kinds else wanted_by(draft.text, background)
        if wanted is None:
            return draft
        description = f"{background} {draft.text}".strip()
        company = self._understand(Request(description=description, language=draft.language, on=draft.question.today))
        if not _is_described(company, wanted) and not asks_for_advice_alone(draft.text):
            return draft
        outcome = _of_funding(self._fund(company)) if wanted == "funding" else _of_match(self._match(company))
        return replace(draft, outcome=outcome).noting("company_advice", wanted=wanted, status=outcome.status)


def wanted_by(text: str, background: str = "") -> Wanted | None:
    """What a company wants that speaks of itself, in the text or in what was said around it; None where nobody does."""
    folded = fold(text)
    if not _SELF.search(folded) and not _SELF.search(fold(background)):
        return None
    if _CLUSTER.search(folded):
        return "cluster"
    if _FUNDING.search(folded):
        return None if _DETAIL.search(folded) else "funding"
    tells = _TELLING.search(folded) or (_OPENING.match(folded) and not _SEEKING.search(folded))
    asks = "?" in text or _ENQUIRING.search(folded) or _ASKING.search(folded)
    return "cluster" if tells and not asks else None


def asks_for_advice_alone(text: str) -> bool:
    """Whether a text that asks for advice says nothing else, so that the asker has to be asked for the company."""
    return all(_ADVICE_WORD.fullmatch(word) or word in STOP_WORDS for word in plain_words(text))


def _is_described(company: Company, wanted: Wanted) -> bool:
    """Whether the text says enough of the company to be advice's matter rather than the search's."""
    if company.unclear in ("contradiction", "several_companies"):
        return True
    if company.unclear is not None:
        return False
    known = [company.employees, company.founded, company.turnover_eur, company.place, company.amount_eur]
    facts = bool(company.words) + sum(value is not None for value in known)
    if wanted == "funding":
        return (bool(company.purposes) and facts + bool(company.traits) >= 1) or facts >= TELLING_FACTS
    return bool(company.words)


# --- clusters --------------------------------------------------------------------------------------------------------


def _of_match(advice: MatchAdvice) -> Outcome:
    if advice.status == "clarify":
        return Outcome(status="clarify", reason="company", message=advice.text)
    statements = [piece for match in advice.matches[:MOST_CLUSTERS] for piece in _cluster(match, advice.language)]
    if advice.between is not None:
        statements.insert(0, _statement(advice.between, "lead"))
    statements += [_statement(note, "item") for note in advice.notes if note.evidence]
    if advice.status == "none_fits":
        return Outcome(
            status="abstained" if not statements else "answered",
            reason=Reason.NO_MATCH if not statements else None,
            message=advice.text,
            statements=tuple(statements),
            next_step=advice.next_step,
        )
    message = f"{advice.text} {_TEXTS['rest'][advice.language]}"
    return Outcome(status="answered", message=message, statements=tuple(statements))


def _cluster(match: ClusterMatch, language: Language) -> Iterator[Statement]:
    yield Statement(text=f"{match.name} ({_TEXTS[match.fit][language]}):", shape="heading")
    for criterion in match.criteria:
        if criterion.name in CRITERIA_SHOWN and criterion.evidence:
            yield Statement(text=criterion.text, evidence=criterion.evidence, shape="item")
    if match.contact is not None:
        yield Statement(text=match.contact.text, evidence=match.contact.evidence, shape="item")


# --- funding ---------------------------------------------------------------------------------------------------------


def _of_funding(advice: FundingAdvice) -> Outcome:
    if advice.status == "clarify":
        return Outcome(status="clarify", reason="company", message=advice.text)
    possible = [p for p in advice.programmes if p.verdict != "not_eligible" and p.purpose_fit > 0]
    statements = [piece for p in possible[:MOST_PROGRAMMES] for piece in _programme(p, advice.language)]
    if not statements:
        return Outcome(status="abstained", reason=Reason.NO_MATCH, message=advice.text)
    message = f"{advice.text} {_TEXTS['rest'][advice.language]}"
    return Outcome(status="answered", message=message, statements=tuple(statements))


def _programme(programme: ProgrammeAdvice, language: Language) -> Iterator[Statement]:
    verdict = _TEXTS[programme.verdict][language]
    settle = f"; {_small(programme.text.rstrip('.'))}" if programme.verdict == "check" else ""
    yield Statement(text=f"{programme.name} ({verdict}{settle}):", shape="heading")
    for cited in (programme.summary, programme.amount, programme.rate, programme.deadline):
        if cited is not None and cited.evidence:
            yield _statement(cited, "item")


def _statement(cited: Cited, shape: Literal["lead", "item"]) -> Statement:
    return Statement(text=cited.text, evidence=cited.evidence, shape=shape)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
