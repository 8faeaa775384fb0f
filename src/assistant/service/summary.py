"""Both results as one document to take along: what it says, whatever file it becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.domain.values import Language
from assistant.service.advice_wire import (
    BackQuestionOut,
    CitedOut,
    ClusterMatchOut,
    CriterionOut,
    FundingOut,
    MatchOut,
    ProgrammeAdviceOut,
    UnderstoodOut,
)
from assistant.service.wire import CitationOut

BlockKind = Literal["title", "heading", "subheading", "text", "item", "source", "small"]
PROGRAMMES_SHOWN = 6
_TEXTS: dict[str, dict[Language, str]] = {
    "title": {"de": "Cluster und Förderung in Hamburg", "en": "Clusters and funding in Hamburg"},
    "made": {"de": "Clusterlotse, Stand {day}. Keine Rechtsberatung; verbindlich ist nur die genannte Stelle.", "en": "Clusterlotse, as of {day}. No legal advice; only the office named is binding."},
    "profile": {"de": "Ihre Angaben, wie sie verstanden wurden", "en": "What you said, as it was understood"},
    "clusters": {"de": "Passende Cluster und Netzwerke", "en": "Clusters and networks that fit"},
    "programmes": {"de": "Förderprogramme", "en": "Funding programmes"},
    "ended": {"de": "Beendet, hier nur zur Abgrenzung: {names}.", "en": "Ended, named only to avoid confusion: {names}."},
    "others": {"de": "Außerdem zu prüfen: {names}.", "en": "Also to be checked: {names}."},
    "questions": {"de": "Offene Fragen", "en": "Open questions"},
    "sources": {"de": "Quellen", "en": "Sources"},
    "rule": {"de": "Wie entschieden wird", "en": "How it is decided"},
    "strong": {"de": "passt gut", "en": "good fit"},
    "possible": {"de": "kommt in Betracht", "en": "possible"},
    "likely": {"de": "wahrscheinlich", "en": "likely"},
    "check": {"de": "zu prüfen", "en": "to be checked"},
    "met": {"de": "erfüllt", "en": "met"},
    "open": {"de": "offen", "en": "open"},
    "not_met": {"de": "nicht erfüllt", "en": "not met"},
    "joining": {"de": "Mitmachen", "en": "Joining"},
    "contact": {"de": "Kontakt", "en": "Contact"},
    "amount": {"de": "Höhe", "en": "Amount"},
    "rate": {"de": "Anteil", "en": "Rate"},
    "duration": {"de": "Dauer", "en": "Duration"},
    "deadline": {"de": "Frist", "en": "Deadline"},
    "apply": {"de": "Nächster Schritt", "en": "Next step"},
    "office": {"de": "Stelle", "en": "Office"},
    "hint": {"de": "Hinweis", "en": "Note"},
    "undated": {"de": "ohne Datum", "en": "undated"},
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph of the document."""

    kind: BlockKind
    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The document."""

    language: Language
    day: date | None
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return self.blocks[0].text


class _Sources:
    """Numbers the sources of both results in the order of their first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int], int] = {}
        self.all: list[CitationOut] = []

    def marks(self, numbers: Iterable[int], citations: Sequence[CitationOut]) -> str:
        """The marks behind a statement, such as ` [3][4]`."""
        found: list[int] = []
        for number in numbers:
            citation = citations[number - 1]
            key = (citation.document_id, citation.start)
            if key not in self._numbers:
                self._numbers[key] = len(self.all) + 1
                self.all.append(citation)
            found.append(self._numbers[key])
        return " " + "".join(f"[{n}]" for n in found) if found else ""


def summarise(match: MatchOut, funding: FundingOut) -> Summary:
    """One document out of both results."""
    writer = _Writer(match.language)
    writer.begin(funding.on)
    writer.profile([*match.understood, *funding.understood], funding)
    writer.clusters(match)
    writer.programmes(funding)
    writer.questions([*match.questions, *funding.questions])
    writer.rules([match.rule, funding.rule])
    return writer.finished(funding.on)


def match_summary(match: MatchOut) -> Summary:
    """The clusters alone."""
    writer = _Writer(match.language)
    writer.profile(match.understood)
    writer.clusters(match)
    writer.questions(match.questions)
    return writer.finished()


def funding_summary(funding: FundingOut) -> Summary:
    """The programmes alone."""
    writer = _Writer(funding.language)
    writer.profile(funding.understood, funding)
    writer.programmes(funding)
    writer.questions(funding.questions)
    return writer.finished(funding.on)


class _Writer:
    """Writes block after block, and at the end the sources in the order of their use."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._sources = _Sources()
        self._blocks: list[Block] = []

    def begin(self, day: date) -> None:
        """Title and date."""
        self._add("title", self._say("title"))
        self._add("small", self._say("made").format(day=_written(day, self._language)))

    def finished(self, day: date | None = None) -> Summary:
        """What was written, with its sources."""
        self._list_sources()
        return Summary(language=self._language, day=day, blocks=tuple(self._blocks))

    def profile(self, understood: Sequence[UnderstoodOut], funding: FundingOut | None = None) -> None:
        """What was understood, with the size class where it was computed."""
        shown = dict.fromkeys((one.label, one.value) for one in understood)
        size = funding.size if funding is not None else None
        if shown or size:
            self._add("heading", self._say("profile"))
        for label, value in shown:
            self._add("item", f"{label}: {value}")
        if funding is not None and size is not None:
            self._cited("item", size, funding.citations)

    def clusters(self, match: MatchOut) -> None:
        """The shortlist, and what is near it."""
        self._add("heading", self._say("clusters"))
        self._add("text", match.text)
        if match.between is not None:
            self._cited("text", match.between, match.citations)
        for one in match.matches:
            self._cluster(one, match.citations)
        for note in match.notes:
            self._cited("item", note, match.citations)
        if match.next_step is not None and not match.matches:
            self._add("item", match.next_step.text, match.next_step.url)

    def programmes(self, funding: FundingOut) -> None:
        """The programmes in question."""
        self._add("heading", self._say("programmes"))
        self._add("text", funding.text)
        possible = [p for p in funding.programmes if p.verdict != "not_eligible"]
        for programme in possible[:PROGRAMMES_SHOWN]:  # of those to be checked only what is not met yet
            self._programme(programme, funding.citations)
        if possible[PROGRAMMES_SHOWN:]:
            others = ", ".join(p.name for p in possible[PROGRAMMES_SHOWN:])
            self._add("text", self._say("others").format(names=others))
        for hint in funding.hints:
            self._cited("item", hint, funding.citations)
        self._look_alikes(possible[:PROGRAMMES_SHOWN])

    def questions(self, questions: Sequence[BackQuestionOut]) -> None:
        """What is still open."""
        texts = dict.fromkeys(question.text for question in questions)
        if texts:
            self._add("heading", self._say("questions"))
        for text in texts:
            self._add("item", text)

    def rules(self, rules: Sequence[str]) -> None:
        """How it is decided."""
        self._add("heading", self._say("rule"))
        for rule in rules:
            self._add("small", rule)

    # --- parts ---

    def _cluster(self, match: ClusterMatchOut, citations: Sequence[CitationOut]) -> None:
        self._add("subheading", f"{match.name} ({self._say(match.fit)})")
        if match.summary is not None:
            self._cited("text", match.summary, citations)
        self._criteria(match.criteria, citations)
        self._labelled("joining", match.joining, citations)
        self._labelled("contact", match.contact, citations, match.contact.url if match.contact else None)

    def _programme(self, programme: ProgrammeAdviceOut, citations: Sequence[CitationOut]) -> None:
        self._add("subheading", f"{programme.name} ({self._say(programme.verdict)})")
        if programme.summary is not None:
            self._cited("text", programme.summary, citations)
        self._add("text", programme.text)
        unsettled = [c for c in programme.criteria if programme.verdict == "likely" or c.verdict != "met"]
        self._criteria(unsettled, citations)
        for key in ("amount", "rate", "duration", "deadline", "apply"):
            self._labelled(key, getattr(programme, key), citations)
        self._labelled("office", programme.office, citations, programme.office.url if programme.office else None)
        for hint in programme.hints:
            self._labelled("hint", hint, citations)

    def _look_alikes(self, shown: Sequence[ProgrammeAdviceOut]) -> None:
        ended = dict.fromkeys(other.name for p in shown for other in p.look_alikes if other.status == "ended")
        if ended:
            self._add("small", self._say("ended").format(names=", ".join(ended)))

    def _criteria(self, criteria: Sequence[CriterionOut], citations: Sequence[CitationOut]) -> None:
        for criterion in criteria:
            marks = self._sources.marks(criterion.citations, citations)
            self._add("item", f"{self._say(criterion.verdict)}: {criterion.text}{marks}")

    def _list_sources(self) -> None:
        if self._sources.all:
            self._add("heading", self._say("sources"))
        quotes = ("„", "“") if self._language == "de" else ("“", "”")
        for number, citation in enumerate(self._sources.all, start=1):
            undated = citation.as_of is None or citation.as_of.startswith("undated")
            dated = self._say("undated") if undated else citation.as_of
            text = f"[{number}] {quotes[0]}{citation.quote}{quotes[1]} {citation.publisher or citation.title}, {dated}"
            self._add("source", text, citation.url)

    # --- blocks ---

    def _labelled(
        self, key: str, cited: CitedOut | None, citations: Sequence[CitationOut], url: str | None = None
    ) -> None:
        if cited is not None:
            marks = self._sources.marks(cited.citations, citations)
            self._add("item", f"{self._say(key)}: {cited.text}{marks}", url)

    def _cited(self, kind: BlockKind, cited: CitedOut, citations: Sequence[CitationOut]) -> None:
        self._add(kind, cited.text + self._sources.marks(cited.citations, citations))

    def _add(self, kind: BlockKind, text: str, url: str | None = None) -> None:
        self._blocks.append(Block(kind=kind, text=text, url=url))

    def _say(self, key: str) -> str:
        return _TEXTS[key][self._language]


def _written(day: date, language: Language) -> str:
    return f"{day.day}.{day.month}.{day.year}" if language == "de" else f"{day.day} {day:%B %Y}"
