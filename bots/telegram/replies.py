"""What the service answers, as far as the bot shows it; unknown fields are left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = ("de", "en")
CLUSTER_FACTS = ("summary", "joining", "contact")
PROGRAMME_FACTS = ("summary", "amount", "rate", "duration", "deadline", "apply", "office")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One quotation with its source."""

    n: int
    title: str
    quote: str
    language: Language = "de"
    heading: Sequence[str] = ()
    page: int | None = None
    url: str | None = None
    publisher: str | None = None
    authority: str | None = None
    as_of: str | None = None
    start_page_only: bool = False
    valid_until: str | None = None
    expired: bool = False
    older_than_a_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """Where to turn."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquiryPart:
    """One of several questions of an enquiry; its answer stands in the reply's text."""

    question: str
    next_step: NextStep | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer, or why there is none."""

    id: str
    conversation_id: str
    language: Language
    status: Literal["answered", "partial", "clarify", "abstained"]
    text: str
    reason: str | None = None
    citations: Sequence[Citation] = ()
    next_step: NextStep | None = None
    suggestions: Sequence[str] = ()
    options: Sequence[str] = ()
    rewritten_question: str | None = None
    parts: Sequence[EnquiryPart] = ()
    notices: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Backed:
    """A statement of a finder with the numbers of its quotations."""

    text: str
    citations: Sequence[int] = ()
    url: str | None = None
    name: str | None = None
    verdict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a finder asks back."""

    field: str
    text: str
    options: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterMatch:
    """One cluster with the reasons for and against it."""

    name: str
    fit: str
    summary: Backed | None = None
    criteria: Sequence[Backed] = ()
    joining: Backed | None = None
    contact: Backed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeMatch:
    """One programme with its verdict."""

    name: str
    verdict: str
    status: str = "unknown"
    text: str = ""
    """The verdict in a sentence."""
    summary: Backed | None = None
    criteria: Sequence[Backed] = ()
    amount: Backed | None = None
    rate: Backed | None = None
    duration: Backed | None = None
    deadline: Backed | None = None
    apply: Backed | None = None
    office: Backed | None = None
    hints: Sequence[Backed] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What the service took from a description."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a finder found: clusters and the money that goes with them, or programmes."""

    language: Language
    status: str | None = None
    text: str = ""
    """The result in a sentence or two."""
    understood: Sequence[Understood] = ()
    between: Backed | None = None
    """Why a company lies between the first two clusters."""
    notes: Sequence[Backed] = ()
    """What is near and not recommended; what holds for several programmes."""
    size: Backed | None = None
    """The size class of the company."""
    clusters: Sequence[ClusterMatch] = ()
    funding: Sequence[Backed] = ()
    programmes: Sequence[ProgrammeMatch] = ()
    queries: Sequence[Query] = ()
    citations: Sequence[Citation] = ()
    next_step: NextStep | None = None


def read_reply(data: Mapping[str, Any]) -> Reply:
    """A reply of `/ask`."""
    return _read(
        Reply,
        data,
        citations=_each(Citation, data.get("citations")),
        next_step=_maybe(NextStep, data.get("next_step")),
        parts=tuple(
            _read(EnquiryPart, part, next_step=_maybe(NextStep, part.get("next_step")))
            for part in data.get("parts") or ()
        ),
    )


def read_clusters(data: Mapping[str, Any], language: Language) -> Found:
    """A reply of `/match`."""
    matches = tuple(
        _read(ClusterMatch, match, criteria=_each(Backed, match.get("criteria")), **_backed(match, CLUSTER_FACTS))
        for match in data["matches"]
    )
    return Found(
        **_common(data, language),
        clusters=matches,
        funding=_each(Backed, data.get("funding")),
        between=_maybe(Backed, data.get("between")),
        notes=_each(Backed, data.get("notes")),
    )


def read_programmes(data: Mapping[str, Any], language: Language) -> Found:
    """A reply of `/funding`."""
    programmes = tuple(
        _read(
            ProgrammeMatch,
            programme,
            criteria=_each(Backed, programme.get("criteria")),
            hints=_each(Backed, programme.get("hints")),
            **_backed(programme, PROGRAMME_FACTS),
        )
        for programme in data["programmes"]
    )
    return Found(
        **_common(data, language),
        programmes=programmes,
        size=_maybe(Backed, data.get("size")),
        notes=_each(Backed, data.get("hints")),
    )


def restored_found(stored: Mapping[str, Any]) -> Found:
    """A result that was kept as JSON."""
    return Found(
        **{
            **stored,
            "understood": _each(Understood, stored["understood"]),
            "between": _maybe(Backed, stored["between"]),
            "notes": _each(Backed, stored["notes"]),
            "size": _maybe(Backed, stored["size"]),
            "clusters": read_clusters({"matches": stored["clusters"]}, stored["language"]).clusters,
            "funding": _each(Backed, stored["funding"]),
            "programmes": read_programmes({"programmes": stored["programmes"]}, stored["language"]).programmes,
            "queries": _each(Query, stored["queries"]),
            "citations": _each(Citation, stored["citations"]),
            "next_step": _maybe(NextStep, stored["next_step"]),
        }
    )


def _common(data: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """What the replies of both finders hold."""
    return {
        "language": data.get("language") or language,
        "status": data.get("status"),
        "text": data.get("text") or "",
        "understood": _each(Understood, data.get("understood")),
        "queries": _each(Query, data.get("questions")),
        "citations": _each(Citation, data.get("citations")),
        "next_step": _maybe(NextStep, data.get("next_step")),
    }


def _backed(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, Backed | None]:
    return {name: _maybe(Backed, data.get(name)) for name in names}


def _read(kind: type[_T], data: Mapping[str, Any], **read: Any) -> _T:
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]  # all of them are dataclasses
    return kind(**{name: value for name, value in data.items() if name in known and name not in read}, **read)


def _each(kind: type[_T], data: Sequence[Mapping[str, Any]] | None) -> tuple[_T, ...]:
    return tuple(_read(kind, item) for item in data or ())


def _maybe(kind: type[_T], data: Mapping[str, Any] | None) -> _T | None:
    return _read(kind, data) if data and data.get("text") else None
