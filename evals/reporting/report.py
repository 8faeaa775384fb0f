"""Everything a report shows, gathered from a run; how it looks is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from evals.cases import Case
from evals.company_cases import CompanyCase, FundingCase, MatchingCase
from evals.judge import JudgeFigure, judge_figures
from evals.runs import AnyCase, Output, Run
from evals.scorers.score import Score
from evals.scoring import Scored, read_scores
from evals.suites.suite_cases import LineCase, RankingCase, SpanCase
from evals.summary import (
    Figure,
    Latency,
    Part,
    Reliability,
    figures_of_run,
    latencies,
    outcome_counts,
    parts_of_run,
    reliability,
)

SHOWN = 1000
"""Cases that a report shows in full, those that are not right first; all scores stand in `scores.jsonl`."""
QUOTATIONS = 20
"""Quotations of one reply that a report shows; the funding finder cites every programme it lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A citation as shown."""

    n: int
    title: str
    document_id: str
    quote: str
    url: str | None
    publisher: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One hit of the search."""

    rank: int
    document_id: str
    heading: str
    dense_rank: int | None
    lexical_rank: int | None
    fused: float | None
    is_relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCase:
    """A case with all that can be said of it."""

    set: str
    id: str
    language: str
    category: str
    style: str
    questions: tuple[str, ...]
    expected: tuple[tuple[str, str], ...]
    """What a good reply holds: name of the expectation (a key of `texts`) and text."""
    status: str
    """Of the reply; `failed` where there is none."""
    reason: str
    text: str
    rewritten: str
    next_step: str
    quotations: tuple[Quotation, ...]
    left_out: int
    """Quotations beyond those shown."""
    ranking: tuple[Ranked, ...]
    gate: tuple[float, float] | None
    """Probability and threshold."""
    scores: tuple[Score, ...]
    elapsed_ms: float
    error: str | None

    @property
    def missed(self) -> tuple[str, ...]:
        """Names of the scores that are not fully right."""
        return tuple(score.name for score in self.scores if score.is_missed)

    @property
    def verdict(self) -> str:
        """right, wrong or unknown."""
        value = next((score.value for score in self.scores if score.name == "all_right"), None)
        if value is None:
            judged = [score for score in self.scores if score.value is not None]
            value = None if self.error or not judged else float(not self.missed)
        return "unknown" if value is None else "right" if value == 1.0 else "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a report shows."""

    name: str
    started_at: str
    made_at: str
    system: Mapping[str, Any]
    machine: Mapping[str, Any]
    sets: Mapping[str, Mapping[str, Any]]
    repeats: int
    planned: int
    answered: int
    """Outputs that are there."""
    failed: int
    """Outputs that the system failed to give."""
    stopped: str | None
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    outcomes: Mapping[str, Mapping[str, int]]
    reliability: Reliability | None
    latencies: tuple[Latency, ...]
    totals_ms: tuple[float, ...] = field(repr=False)
    """Time of every reply, sorted."""
    judge: tuple[JudgeFigure, ...]
    cases: tuple[ShownCase, ...] = field(repr=False)
    case_count: int
    """How many there are; more than are shown where there are many."""

    @property
    def missing(self) -> int:
        """Outputs that were never asked for."""
        return self.planned - self.answered - self.failed


def build_report(run: Run) -> Report:
    """Gather a report; scores the run first where that was not done yet."""
    cases = {(case.set, case.id): case for case in run.cases()}
    scored = read_scores(run)
    figures = figures_of_run(cases, scored)
    chosen = _choose(scored)
    seen = _Seen()
    shown: dict[tuple[str, str], ShownCase] = {}
    for output in run.outputs():
        case = cases[output.set, output.case]
        seen.take(case, output)
        item = chosen.get((output.set, output.case))
        if item is not None and output.repeat == 0:
            shown[output.set, output.case] = _show(case, output, item)
    judged = [row for row in run.judgements() if (row["set"], row["case"]) in cases]
    return Report(
        name=run.name,
        started_at=run.manifest.started_at,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        system=run.manifest.system,
        machine=run.manifest.machine,
        sets=run.manifest.sets,
        repeats=run.manifest.repeats,
        planned=run.manifest.planned,
        answered=seen.answered,
        failed=seen.failed,
        stopped=run.manifest.stopped,
        figures=tuple(figures),
        parts=tuple(parts_of_run(cases, scored, figures)),
        outcomes={name: outcome_counts(statuses) for name, statuses in seen.statuses.items()},
        reliability=reliability(seen.judged, threshold=seen.threshold),
        latencies=tuple(latencies(seen.times)),
        totals_ms=tuple(sorted(seen.times.get("asked", ()))),
        judge=tuple(judge_figures(judged)),
        cases=tuple(shown[key] for key in cases if key in shown),
        case_count=len(cases),
    )


def _choose(scored: Sequence[Scored]) -> dict[tuple[str, str], Scored]:
    """The outputs to show: all, or of many those that are not right, then others."""
    single = [item for item in scored if not item.is_group and item.repeat == 0]
    if len(single) > SHOWN:
        single = sorted(single, key=lambda item: not (item.error or any(score.is_missed for score in item.scores)))[
            :SHOWN
        ]
    return {(item.set, item.case): item for item in single}


class _Seen:
    """What is counted over all outputs."""

    def __init__(self) -> None:
        self.answered = 0
        self.failed = 0
        self.statuses: dict[str, list[str]] = {}
        self.times: dict[str, list[float]] = {}
        self.judged: list[tuple[float, bool]] = []
        self.threshold: float | None = None

    def take(self, case: AnyCase, output: Output) -> None:
        if output.payload is None:
            self.failed += 1
            self.statuses.setdefault(output.set, []).append("failed")
            return
        self.answered += 1
        self.statuses.setdefault(output.set, []).append(_status(output.payload))
        self.times.setdefault("asked", []).append(output.elapsed_ms)
        for part, time_ms in (output.payload.get("timings_ms") or {}).items():
            self.times.setdefault(part, []).append(float(time_ms))
        gate = _gate(output.payload)
        if gate is not None and _is_judgeable(case):
            self.judged.append((gate[0], bool(getattr(case, "is_answerable", False))))
            self.threshold = gate[1]


def _is_judgeable(case: AnyCase) -> bool:
    """Whether it is known if the question can be answered; attacks may be answered or refused, which says nothing."""
    return (isinstance(case, Case) and case.may_answer != case.may_refuse) or isinstance(case, SpanCase | LineCase)


def _status(payload: Mapping[str, Any]) -> str:
    if "selected" in payload:
        return "answered" if payload["selected"] else "abstained"
    return str(payload.get("status", "answered"))


def _gate(payload: Mapping[str, Any]) -> tuple[float, float] | None:
    gate = payload if "threshold" in payload else (payload.get("trace") or {}).get("gate") or {}
    if gate.get("probability") is None or gate.get("threshold") is None:
        return None
    return float(gate["probability"]), float(gate["threshold"])


# --- one case --------------------------------------------------------------------------------------------------------


def _show(case: AnyCase, output: Output, item: Scored) -> ShownCase:
    payload = output.payload or {}
    citations = payload.get("citations") or ()
    step = payload.get("next_step") or {}
    return ShownCase(
        set=case.set,
        id=case.id,
        language=case.language,
        category=str(getattr(case, "category", "")),
        style=str(getattr(case, "style", "")),
        questions=case.questions,
        expected=tuple(_expected(case)),
        status=_status(payload) if payload else "failed",
        reason=str(payload.get("reason") or ""),
        text=_text(case, payload),
        rewritten=str(payload.get("rewritten_question") or ""),
        next_step=" ".join(str(step[name]) for name in ("text", "url") if step.get(name)),
        quotations=tuple(_quotation(citation) for citation in citations[:QUOTATIONS]),
        left_out=max(0, len(citations) - QUOTATIONS),
        ranking=tuple(_ranking(case, payload)),
        gate=_gate(payload),
        scores=item.scores,
        elapsed_ms=output.elapsed_ms,
        error=output.error,
    )


def _expected(case: AnyCase) -> list[tuple[str, str]]:
    match case:
        case Case():
            found = [
                ("expected_status", " / ".join([*case.status, *case.reasons])),
                ("expected_sources", ", ".join([*case.documents, *case.urls])),
                *(("vital", " | ".join(forms)) for forms in case.vital),
                *(("okay", " | ".join(forms)) for forms in case.okay),
                ("expected_answer", case.expected),
                ("forbidden", ", ".join(case.forbidden)),
            ]
        case MatchingCase():
            found = [
                ("expected_status", " / ".join(case.status)),
                ("expected_first", ", ".join(case.best)),
                ("expected_also", ", ".join(case.also)),
                ("forbidden", ", ".join(case.never)),
            ]
        case FundingCase():
            found = [("verdict", f"{programme}: {' / '.join(v)}") for programme, v in case.verdicts.items()]
        case SpanCase():
            found = [("expected_answer", " | ".join(case.answers) or "–"), ("expected_sources", case.document)]
        case LineCase():
            found = [("expected_lines", "\n".join(case.lines[i] for i in case.answer_lines) or "–")]
        case RankingCase():
            found = [("expected_sources", ", ".join(case.relevant))]
    return [(name, text) for name, text in found if text]


def _text(case: AnyCase, payload: Mapping[str, Any]) -> str:
    if isinstance(case, LineCase):
        return "\n".join(case.lines[i] for i in payload.get("selected") or ())
    if isinstance(case, CompanyCase):
        matches = [f"{m.get('cluster_id')} ({m.get('fit')})" for m in payload.get("matches") or ()]
        programmes = [f"{p.get('programme_id')}: {p.get('verdict')}" for p in payload.get("programmes") or ()]
        return "\n".join([*matches, *programmes])
    return str(payload.get("text") or "")


def _quotation(citation: Mapping[str, Any]) -> Quotation:
    heading = [str(citation.get("title") or ""), *map(str, citation.get("heading") or ())]
    return Quotation(
        n=int(citation.get("n") or 0),
        title=" › ".join(heading),
        document_id=str(citation.get("document_id") or ""),
        quote=str(citation.get("quote") or ""),
        url=citation.get("url"),
        publisher=citation.get("publisher"),
        as_of=citation.get("as_of"),
    )


def _ranking(case: AnyCase, payload: Mapping[str, Any]) -> list[Ranked]:
    relevant = {*getattr(case, "documents", ()), getattr(case, "document", ""), *getattr(case, "relevant", ())}
    hits = ((payload.get("trace") or {}).get("search") or {}).get("hits") or [
        {"rank": rank, "document_id": document} for rank, document in enumerate((payload.get("ranking") or ())[:10], start=1)
    ]  # fmt: skip
    return [
        Ranked(
            rank=int(hit["rank"]),
            document_id=str(hit["document_id"]),
            heading=" › ".join(map(str, hit.get("heading") or ())),
            dense_rank=hit.get("dense_rank"),
            lexical_rank=hit.get("lexical_rank"),
            fused=hit.get("fused"),
            is_relevant=str(hit["document_id"]).removesuffix(".en") in relevant,
        )
        for hit in hits
    ]
