"""Scores a run: every scorer over every output. Can be repeated as often as wished without asking anything again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from pydantic import ValidationError

from evals.cases import Case
from evals.company_cases import CompanyCase, FundingCase, MatchingCase
from evals.metrics import REQUIRED
from evals.runs import AnyCase, Output, Run, write_lines
from evals.scorers import funding, matching
from evals.scorers.citations import Texts, score_alce, score_exactness, score_right_citation
from evals.scorers.decisions import score_decision
from evals.scorers.facts import score_facts, score_forbidden, score_overlap
from evals.scorers.figures import score_figures
from evals.scorers.groups import essence, score_pair, score_parity, score_repeats
from evals.scorers.lines import score_lines
from evals.scorers.matching import score_matching
from evals.scorers.rankings import CUTOFFS, DEEP_CUTOFFS, NAMES, score_rankings
from evals.scorers.replies import read_reply
from evals.scorers.score import Score, could_not
from evals.scorers.spans import score_spans
from evals.sets import load_set, present_sets
from evals.suites.suite_cases import LineCase, RankingCase, SpanCase

Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """All judgements on one output, or on a group of cases."""

    set: str
    case: str
    """Id of the case; of a group `group:NAME`, of a pair `pair:NAME`."""
    repeat: int
    scores: tuple[Score, ...]
    error: str | None = None
    """Why there is no output; then nothing could be scored."""

    @property
    def is_group(self) -> bool:
        """Whether several cases are judged at once."""
        return self.case.startswith(("group:", "pair:"))


def score_run(run: Run) -> list[Scored]:
    """Score every output of a run and write `scores.jsonl`."""
    cases = {(case.set, case.id): case for case in run.cases()}
    scored = list(score_outputs(cases, run.outputs(), run.texts()))
    write_lines(run.folder / "scores.jsonl", (asdict(item) for item in scored))
    return scored


def read_scores(run: Run) -> list[Scored]:
    """What `score_run` wrote; scores anew where nothing was written yet."""
    rows = list(run.scores())
    if not rows:
        return score_run(run)
    return [Scored(**{**row, "scores": tuple(Score(**score) for score in row["scores"])}) for row in rows]


def refresh_cases(run: Run) -> int:
    """Let a run's own sets expect what their files say now; a case that asks something else by now stays as it was.

    Returns:
        How many cases expect something else than before.

    Raises:
        CaseFileError: If a file is malformed.
    """
    cases = run.cases()
    present = {case.set for case in cases} & set(present_sets())
    now = {(case.set, case.id): case for name in sorted(present) for case in load_set(name)}
    changed = 0
    for number, case in enumerate(cases):
        newer = now.get((case.set, case.id))
        if newer is not None and newer != case and asks_same(case, newer):
            cases[number] = newer
            changed += 1
    run.save_cases(cases)
    return changed


def asks_same(one: AnyCase, other: AnyCase) -> bool:
    """Whether two cases put the same to the system, whatever they expect."""
    return (one.kind, one.questions, one.day, _profile(one)) == (
        other.kind,
        other.questions,
        other.day,
        _profile(other),
    )


def _profile(case: AnyCase) -> Mapping[str, Any]:
    return case.profile if isinstance(case, CompanyCase) else {}


def score_outputs(
    cases: Mapping[tuple[str, str], AnyCase], outputs: Iterable[Output], texts: Texts
) -> Iterator[Scored]:
    """Score outputs one by one, holding only what groups and rankings need until the end."""
    later = _Later()
    for output in outputs:
        case = cases[output.set, output.case]
        if output.payload is None:
            found: list[Score] = []
        else:
            found = score_case(case, output.payload, texts)
        later.take(case, output, found)
    rankings = later.score_rankings()
    for output, found in later.outputs:
        scores = [*found, *rankings.get(output.key, ())]
        yield Scored(
            set=output.set, case=output.case, repeat=output.repeat, scores=tuple(scores), error=output.error
        )  # fmt: skip
    yield from later.score_groups()


def score_case(case: AnyCase, payload: Mapping[str, Any], texts: Texts) -> list[Score]:
    """All scores of one output that can be made of it alone, ending with `all_right` where the case has that verdict."""
    try:
        match case:
            case Case():
                found = _score_question(case, payload, texts)
            case MatchingCase():
                found = score_matching(case, payload, texts)
            case FundingCase():
                found = funding.score_funding(case, payload, texts)
            case SpanCase():
                reply = read_reply(payload)
                exact = score_exactness(reply.citations, texts)
                found = [*score_spans(case, reply), *([exact] if exact else [])]
            case LineCase():
                return score_lines(case, payload)
            case RankingCase():
                return []
    except (ValidationError, KeyError) as exc:  # an answer of another form than agreed is judged by nobody
        why = f"{exc.errors()[0]['loc']}: {exc.errors()[0]['msg']}" if isinstance(exc, ValidationError) else repr(exc)
        return [could_not("all_right", f"the reply has an unknown form: {why}")]
    return [*found, _all_right(found)]


def _score_question(case: Case, payload: Mapping[str, Any], texts: Texts) -> list[Score]:
    reply = read_reply(payload)
    found = [
        *score_decision(case, reply),
        score_right_citation(case, reply),
        *score_facts(case, reply),
        score_overlap(case, reply),
        score_forbidden(case, reply),
        *score_figures(case, reply),
        score_exactness(reply.citations, texts),
        *score_alce(case, reply),
    ]
    return [score for score in found if score is not None]


def _all_right(scores: Sequence[Score]) -> Score:
    """1 where every required score is 1; not judged where one of them could not be made and none is missed."""
    required = [score for score in scores if score.name in REQUIRED]
    missed = [score.name for score in required if score.is_missed]
    if missed:
        return Score(name="all_right", value=0.0, reason=f"not right: {', '.join(missed)}")
    unknown = [score.name for score in required if score.value is None]
    if unknown:
        return could_not("all_right", f"could not be judged: {', '.join(unknown)}")
    return Score(name="all_right", value=1.0, reason=f"right: {', '.join(score.name for score in required)}")


@dataclass(slots=True)
class _Later:
    """What is judged only once everything has been seen."""

    outputs: list[tuple[Output, list[Score]]] = field(default_factory=list)
    rankings: dict[tuple[str, bool], dict[Key, tuple[Mapping[str, int], list[str]]]] = field(default_factory=dict)
    unranked: dict[Key, list[Score]] = field(default_factory=dict)
    groups: dict[tuple[str, str], list[tuple[Case, Mapping[str, Any] | None, bool | None]]] = field(
        default_factory=dict
    )
    pairs: dict[tuple[str, str], list[tuple[CompanyCase, object | None, bool | None]]] = field(default_factory=dict)
    repeats: dict[tuple[str, str], list[str | None]] = field(default_factory=dict)

    def take(self, case: AnyCase, output: Output, scores: list[Score]) -> None:
        """Remember what is needed of an output, and no more."""
        slim = Output(
            set=output.set, case=output.case, repeat=output.repeat, asked_at=output.asked_at, elapsed_ms=output.elapsed_ms,
            payload=None, error=output.error,
        )  # fmt: skip
        self.outputs.append((slim, scores))
        if output.payload is not None:
            self._take_ranking(case, output.key, output.payload)
        right = next(
            (score.value == 1.0 for score in scores if score.name == "all_right" and score.value is not None), None
        )
        if isinstance(case, Case) and case.group and output.repeat == 0:
            self.groups.setdefault((case.set, case.group), []).append((case, output.payload, right))
        if isinstance(case, CompanyCase) and case.pair and output.repeat == 0:
            self.pairs.setdefault((case.set, case.pair), []).append((case, _signature(case, output.payload), right))
        self.repeats.setdefault((output.set, output.case), []).append(
            None if output.payload is None else essence(output.payload)
        )

    def _take_ranking(self, case: AnyCase, key: Key, payload: Mapping[str, Any]) -> None:
        relevant = _relevant(case)
        if not relevant:
            return
        if isinstance(case, RankingCase):
            self.rankings.setdefault((case.set, True), {})[key] = (relevant, list(payload["ranking"]))
            return
        search = (payload.get("trace") or {}).get("search")
        if search is None:
            why = "the trace is missing" if payload.get("trace") is None else "nothing was searched for this reply"
            self.unranked[key] = [could_not(NAMES.get(name, name), why) for name in CUTOFFS]
            return
        found = [str(hit["document_id"]).removesuffix(".en") for hit in search.get("hits", ())]
        self.rankings.setdefault((case.set, False), {})[key] = (relevant, found)

    def score_rankings(self) -> dict[Key, list[Score]]:
        """Ranking figures by output."""
        found = dict(self.unranked)
        for (_, is_deep), ranked in self.rankings.items():
            names = {f"q{number}": key for number, key in enumerate(ranked)}
            scores = score_rankings(
                {name: ranked[key][0] for name, key in names.items()},
                {name: ranked[key][1] for name, key in names.items()},
                cutoffs=DEEP_CUTOFFS if is_deep else CUTOFFS,
            )
            found.update({key: scores[name] for name, key in names.items()})
        return found

    def score_groups(self) -> Iterator[Scored]:
        """Judgements over several cases."""
        for (set_name, group), variants in self.groups.items():
            yield Scored(set=set_name, case=f"group:{group}", repeat=0, scores=tuple(score_parity(variants)))
        for (set_name, pair), members in self.pairs.items():
            yield Scored(set=set_name, case=f"pair:{pair}", repeat=0, scores=(score_pair(members),))
        for (set_name, case), essences in self.repeats.items():
            stable = score_repeats(essences)
            if stable is not None:
                yield Scored(set=set_name, case=f"group:{case} repeated", repeat=0, scores=(stable,))


def _relevant(case: AnyCase) -> Mapping[str, int]:
    match case:
        case Case() if case.may_answer:
            return dict.fromkeys(case.documents, 1)
        case SpanCase() if case.is_answerable:
            return {case.document: 1}
        case RankingCase():
            return case.relevant
    return {}


def _signature(case: CompanyCase, payload: Mapping[str, Any] | None) -> object | None:
    if payload is None:
        return None
    try:
        return matching.signature(payload) if isinstance(case, MatchingCase) else funding.signature(payload)
    except ValidationError:
        return None
