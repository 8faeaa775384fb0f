"""Was it right to answer, to refuse, to ask back, and was the right reason given?"""

from __future__ import annotations

from assistant.service.wire import ReplyOut
from evals.cases import Case
from evals.scorers.replies import is_answered, outcome
from evals.scorers.score import Score


def score_decision(case: Case, reply: ReplyOut) -> list[Score]:
    """`status`, `reason`, and the two ways in which an abstention can be wrong.

    `answers` judges only cases that the corpus answers and that must not be refused: 0 where the reply abstains. `refuses` judges
    only cases that it does not answer: 0 where the reply answers all the same. Asking back counts as neither.
    """
    got = outcome(reply)
    expected = " or ".join(case.status)
    scores = [
        Score(name="status", value=float(reply.status in case.status), reason=f"{got}; expected {expected}"),
    ]
    if case.reasons and reply.status == "abstained":
        wanted = " or ".join(case.reasons)
        right = float(reply.reason in case.reasons)
        scores.append(Score(name="reason", value=right, reason=f"{reply.reason}; expected {wanted}"))
    if case.may_answer and not case.may_refuse:
        scores.append(Score(name="answers", value=float(reply.status != "abstained"), reason=got))
    elif not case.may_answer and case.may_refuse:
        answered = is_answered(reply) and bool(reply.citations or reply.claims)
        scores.append(Score(name="refuses", value=float(not answered), reason=reply.text[:160] if answered else got))
    return scores
