"""What scorers read of the replies of the two finders; fields of `POST /match` and `POST /funding`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

from assistant.service.wire import CitationOut
from evals.scorers.figures import figures_of
from evals.scorers.score import Score, share


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Stated(_Loose):
    """A text with the numbers of the citations on which it rests."""

    text: str | None = None
    citations: tuple[int, ...] = ()


class Criterion(Stated):
    """One criterion with its verdict."""

    name: str
    verdict: str


class Match(_Loose):
    """A cluster that was found."""

    cluster_id: str
    fit: str
    criteria: tuple[Criterion, ...] = ()
    joining: Stated | None = None
    contact: Stated | None = None


class Matches(_Loose):
    """The reply of `POST /match`."""

    status: Literal["matched", "clarify", "none_fits"]
    matches: tuple[Match, ...] = ()
    citations: tuple[CitationOut, ...] = ()

    @property
    def ids(self) -> list[str]:
        """Ids of the clusters, best first, without language suffix."""
        return [match.cluster_id.removesuffix(".en") for match in self.matches]

    def stated(self) -> Iterator[Stated]:
        """Every text that may hold figures."""
        for match in self.matches:
            yield from match.criteria
            yield from (item for item in (match.joining, match.contact) if item)


class Programme(_Loose):
    """A programme with its verdict."""

    programme_id: str
    status: str
    verdict: str
    criteria: tuple[Criterion, ...] = ()
    amount: Stated | None = None
    rate: Stated | None = None
    deadline: Stated | None = None
    apply: Stated | None = None


class Programmes(_Loose):
    """The reply of `POST /funding`."""

    programmes: tuple[Programme, ...] = ()
    citations: tuple[CitationOut, ...] = ()

    @property
    def verdicts(self) -> dict[str, str]:
        """Verdict of each listed programme, by id without language suffix."""
        return {p.programme_id.removesuffix(".en"): p.verdict for p in self.programmes}

    def stated(self) -> Iterator[Stated]:
        """Every text that may hold figures."""
        for programme in self.programmes:
            yield from programme.criteria
            parts = (programme.amount, programme.rate, programme.deadline, programme.apply)
            yield from (item for item in parts if item)


def score_stated_figures(reply: Matches | Programmes) -> Score | None:
    """Share of the figures in a finder's texts that stand in the quotations to which the text points."""
    quote_of = {citation.n: citation.quote for citation in reply.citations}
    right: list[str] = []
    wrong: list[str] = []
    for stated in reply.stated():
        quoted = figures_of("\n".join(quote_of[n] for n in stated.citations if n in quote_of))
        if not stated.citations:
            continue  # what was understood of the description rests on no source
        for kind, value in sorted(figures_of(stated.text or "")):
            (right if (kind, value) in quoted else wrong).append(f"{value} ({kind})")
    return (
        share("figures_supported", right, wrong, what="figures stand in their quotations") if right or wrong else None
    )
