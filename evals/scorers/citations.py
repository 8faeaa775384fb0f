"""Do the citations hold: the right source, word for word, and enough of it for what is said?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain.values import Language
from assistant.language.normalise import fold
from assistant.service.wire import CitationOut, ReplyOut
from evals.cases import Case, plain_address
from evals.runs import StoredText
from evals.scorers.figures import figures_of
from evals.scorers.replies import Statement, cited_documents, is_answered, statements
from evals.scorers.score import Score, could_not, share
from evals.scorers.words import telling_stems

SUPPORTED_SHARE = 0.8
"""A statement that is not quoted word for word is supported by quotations that hold this share of its telling words and every
figure of it; a stand-in for the entailment model of the paper, to be read as its upper bound."""

Texts = Mapping[str, Sequence[StoredText]]


def score_right_citation(case: Case, reply: ReplyOut) -> Score | None:
    """Whether one of the documents or addresses that ought to be cited is cited; 0 for a reply that does not answer."""
    if not case.names_sources or not case.may_answer:
        return None
    if not is_answered(reply):
        return None if case.may_refuse else Score(name="right_citation", value=0.0, reason="not answered")
    documents = cited_documents(reply.citations)
    addresses = {plain_address(c.url) for c in reply.citations if c.url}
    is_right = bool(set(documents) & set(case.documents) or addresses & {plain_address(url) for url in case.urls})
    wanted = ", ".join([*case.documents, *case.urls])
    reason = f"cites {', '.join(documents) or 'nothing'}; expected {wanted}"
    return Score(name="right_citation", value=float(is_right), reason=reason)


def score_exactness(citations: Sequence[CitationOut], texts: Texts) -> Score | None:
    """Share of quotations that are the exact slice of the document's text to which they point."""
    if not citations:
        return None
    name = "exact_quotation"
    right: list[int] = []
    wrong: list[str] = []
    for citation in citations:
        versions = texts.get(citation.document_id, ())
        text = next((v.text for v in versions if v.version_id == citation.version_id), None)
        if text is None:
            why = "is there in another version only" if versions else "is not there"
            return could_not(name, f"the text of {citation.document_id} {why}")
        if text[citation.start : citation.end] == citation.quote and citation.quote:
            right.append(citation.n)
        else:
            wrong.append(f"[{citation.n}] {citation.quote[:80]!r}")
    return share(name, right, wrong, what="quotations exact")


def score_alce(case: Case, reply: ReplyOut) -> list[Score]:
    """Citation recall and precision of a reply that answers.

    recall = share of statements that their quotations, taken together, support; an uncited one is not supported.
    precision = share of citations that are needed: the statement is supported, and the citation either supports it alone or
    the others do not.

    Source: Gao, Yen, Yu, Chen, EMNLP 2023, doi:10.18653/v1/2023.emnlp-main.398 (ALCE).
    """
    if not is_answered(reply) or not (case.names_sources or reply.claims):
        return []
    found = statements(reply)
    if not found:
        return [could_not(name, "the reply says nothing") for name in ("citation_recall", "citation_precision")]
    language = reply.language
    supported = [statement for statement in found if supports(statement.quotes, statement.text, language)]
    unsupported = [repr(s.text[:80]) for s in found if s not in supported]
    scores = [share("citation_recall", supported, unsupported, what="statements supported by their quotations")]
    needed: list[str] = []
    idle: list[str] = []
    for statement in found:
        for number, quote in enumerate(statement.quotes):
            is_needed = statement in supported and _is_needed(statement, number, language)
            (needed if is_needed else idle).append(repr(quote[:80]))
    if needed or idle:
        scores.append(share("citation_precision", needed, idle, what="citations needed"))
    else:
        scores.append(could_not("citation_precision", "there is no citation"))
    return scores


def _is_needed(statement: Statement, number: int, language: Language) -> bool:
    others = statement.quotes[:number] + statement.quotes[number + 1 :]
    alone = supports((statement.quotes[number],), statement.text, language)
    return alone or not supports(others, statement.text, language)


def supports(quotes: Sequence[str], text: str, language: Language) -> bool:
    """Whether quotations support a statement: they hold it word for word, or its figures and nearly all its telling words."""
    if not quotes:
        return False
    quoted = "\n".join(quotes)
    if fold(text).strip(" .") in fold(quoted):
        return True
    if figures_of(text) - figures_of(quoted):
        return False
    words = telling_stems(text, language)
    return bool(words) and len(words & telling_stems(quoted, language)) / len(words) >= SUPPORTED_SHARE
