"""Answer spans in the sense of SQuAD, for a pipeline that answers with whole sentences.

It never names a span. So three things are measured: whether a quotation holds the expected words at all; the best span that a
reader could take out of the quotations (an upper bound, `span_exact` and `span_f1`); and the whole reply against the expected words
(`reply_f1`, low by design, since a sentence is longer than a span).

Source: Rajpurkar et al., EMNLP 2016, doi:10.18653/v1/D16-1264; words are compared without case, punctuation and articles, German
ones included as in MLQA (Lewis et al., ACL 2020, doi:10.18653/v1/2020.acl-main.653).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.language.normalise import fold
from assistant.service.wire import ReplyOut
from evals.scorers.replies import cited_documents, is_answered, outcome
from evals.scorers.score import Score
from evals.suites.suite_cases import SpanCase

_ARTICLES = frozenset("a an the der die das den dem des ein eine einen einem eines einer".split())
_WORD = re.compile(r"\w+")
_MARKERS = re.compile(r"\[\d+\]")


def score_spans(case: SpanCase, reply: ReplyOut) -> list[Score]:
    """All scores of one question."""
    answered = is_answered(reply)
    if not case.is_answerable:
        return [
            Score(name="refuses", value=float(not answered), reason=reply.text[:160] if answered else outcome(reply))
        ]
    scores = [Score(name="answers", value=float(reply.status != "abstained"), reason=outcome(reply))]
    names = ("right_citation", "answer_in_quotation", "span_exact", "span_f1", "reply_f1")
    if not answered:
        return [*scores, *(Score(name=name, value=0.0, reason="not answered") for name in names)]
    cited = cited_documents(reply.citations)
    quotes = [words_of(citation.quote) for citation in reply.citations]
    golds = [gold for gold in (words_of(answer) for answer in case.answers) if gold]
    if not golds:
        return [*scores, *(Score(name=name, value=None, reason="the expected answer holds no word") for name in names)]
    held = any(_holds(quote, gold) for quote in quotes for gold in golds)
    best = max((best_span_f1(quote, gold) for quote in quotes for gold in golds), default=0.0)
    whole = max(token_f1(words_of(_MARKERS.sub(" ", reply.text)), gold) for gold in golds)
    wanted = " or ".join(case.answers[:3])
    return [
        *scores,
        Score(name="right_citation", value=float(case.document in cited), reason=f"cites {', '.join(cited)}; expected {case.document}"),
        Score(name="answer_in_quotation", value=float(held), reason=f"expected {wanted!r}"),
        Score(name="span_exact", value=float(best == 1.0), reason=f"best span in the quotations for {wanted!r}"),
        Score(name="span_f1", value=best, reason=f"best span in the quotations for {wanted!r}"),
        Score(name="reply_f1", value=whole, reason="whole reply"),
    ]  # fmt: skip


def words_of(text: str) -> list[str]:
    """Words for comparison: folded, without punctuation and articles."""
    return [word for word in _WORD.findall(fold(text)) if word not in _ARTICLES]


def token_f1(given: Sequence[str], gold: Sequence[str]) -> float:
    """Harmonic mean of the shares of shared words in both; 1 where both are empty."""
    if not given or not gold:
        return float(not given and not gold)
    shared = sum((Counter(given) & Counter(gold)).values())
    return 2 * shared / (len(given) + len(gold))


def best_span_f1(words: Sequence[str], gold: Sequence[str]) -> float:
    """Highest `token_f1` of any run of words."""
    best = 0.0
    wanted = Counter(gold)
    for start in range(len(words)):
        if words[start] not in wanted:
            continue  # a run that begins with a foreign word is beaten by the run without it
        left, shared = dict(wanted), 0
        for length, word in enumerate(words[start:], start=1):
            if left.get(word, 0) > 0:
                left[word] -= 1
                shared += 1
                best = max(best, 2 * shared / (length + len(gold)))
    return best


def _holds(words: Sequence[str], gold: Sequence[str]) -> bool:
    size = len(gold)
    return any(list(words[i : i + size]) == list(gold) for i in range(len(words) - size + 1))
