"""Does the reply hold what it must, nothing that it must not, and how much of what would be good?"""

from __future__ import annotations

from assistant.service.wire import ReplyOut
from evals.cases import Case, stands_in
from evals.scorers.replies import is_answered, said
from evals.scorers.score import Score, share
from evals.scorers.words import telling_stems


def score_facts(case: Case, reply: ReplyOut) -> list[Score]:
    """`facts` (all vital ones stand), `vital_recall` and `nugget_recall` (vital and okay ones, each counting the same).

    A fact stands where one of its accepted forms stands in the reply's text or in its quotations, spelling and case aside.

    Source: Pradeep, Thakur, Upadhyay, Campos, Craswell, Lin, "Initial Nugget Evaluation Results for the TREC 2024 RAG Track",
    arXiv:2411.09607: V strict and A strict, with accepted forms in place of a judging model.
    """
    if not case.vital or not case.may_answer:
        return []
    if not is_answered(reply):
        names = () if case.may_refuse else ("facts", "vital_recall", "nugget_recall")
        return [Score(name=name, value=0.0, reason="not answered") for name in names]
    held = said(reply)
    found, missing = ([forms for forms in case.vital if stands_in(forms, held) is there] for there in (True, False))
    extra, left_out = ([forms for forms in case.okay if stands_in(forms, held) is there] for there in (True, False))
    named_missing = [" or ".join(forms) for forms in missing]
    all_there = "all vital facts stand" if not missing else f"missing {'; '.join(named_missing)}"
    return [
        Score(name="facts", value=float(not missing), reason=all_there),
        share("vital_recall", found, named_missing, what="vital facts"),
        share("nugget_recall", [*found, *extra], [" or ".join(forms) for forms in (*missing, *left_out)], what="facts"),
    ]


def score_forbidden(case: Case, reply: ReplyOut) -> Score | None:
    """Whether nothing stands in the reply or its quotations that must not be said."""
    if not case.forbidden:
        return None
    held = said(reply)
    found = [text for text in case.forbidden if stands_in([text], held)]
    reason = f"says {', '.join(map(repr, found))}" if found else f"none of {len(case.forbidden)} forbidden texts"
    return Score(name="unsaid", value=float(not found), reason=reason)


def score_overlap(case: Case, reply: ReplyOut) -> Score | None:
    """Share of the telling words of a model answer that stand in the reply or its quotations; words, not meaning."""
    if not case.expected:
        return None
    if not is_answered(reply):
        return Score(name="answer_overlap", value=0.0, reason="not answered")
    wanted = telling_stems(case.expected, case.language)
    if not wanted:
        return Score(name="answer_overlap", value=None, reason="the model answer holds no telling word")
    held = telling_stems("\n".join([reply.text, *(c.quote for c in reply.citations)]), case.language)
    return share(
        "answer_overlap", sorted(wanted & held), sorted(wanted - held), what="telling words of the model answer"
    )
