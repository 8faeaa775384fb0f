"""POST /match, POST /funding and POST /summary: which cluster fits, which money one can get, and both to take along."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from fastapi import Query as QueryParameter

from assistant.domain.bridge import clusters_for, programmes_for
from assistant.domain.ports import Library
from assistant.domain.quoting import Citations
from assistant.service.advice_wire import (
    CompanyBody,
    FundingBody,
    FundingOut,
    MatchBody,
    MatchOut,
    SummaryBody,
    funding_out,
    match_out,
    request_of,
)
from assistant.service.errors import documented
from assistant.service.limits import RateLimiter
from assistant.service.parts import Advisers, Parts
from assistant.service.summary import summarise
from assistant.service.summary_markdown import as_markdown
from assistant.service.summary_pdf import as_pdf

_FILES = {
    "application/pdf": {"schema": {"type": "string", "format": "binary"}},
    "text/markdown": {"schema": {"type": "string"}},
}


def advising_routes(parts: Parts, limiter: RateLimiter, *, prefix: str) -> APIRouter:
    """The routes that advise companies; nothing they are told is stored."""
    router = APIRouter(prefix=prefix, tags=["advice"])

    @router.post("/match", summary="Which cluster fits a company", responses=documented(400, 413, 422, 429, 503))
    def match(body: MatchBody, request: Request) -> MatchOut:
        """Clusters and networks for a company, each criterion with its verdict and quotation; also the honest "none fits"."""
        limiter.check(request)
        opened = parts.current()
        return match_reply(body, opened.library, opened.advisers, parts.clock.today())

    @router.post("/funding", summary="Which money a company can get", responses=documented(400, 413, 422, 429, 503))
    def funding(body: FundingBody, request: Request) -> FundingOut:
        """Every programme judged by rule on a day, each criterion with its verdict and quotation."""
        limiter.check(request)
        opened = parts.current()
        return funding_reply(body, opened.library, opened.advisers, parts.clock.today())

    @router.post(
        "/summary",
        summary="Both results to take along",
        response_class=Response,
        responses={200: {"description": "The file.", "content": _FILES}, **documented(400, 413, 422, 429, 503)},
    )
    def summary(
        body: SummaryBody,
        request: Request,
        form: Annotated[
            Literal["pdf", "markdown"], QueryParameter(alias="format", description="Kind of file.")
        ] = "pdf",
    ) -> Response:
        """Profile, shortlist with reasons, programmes, open questions and contacts, with sources and dates, as a file."""
        limiter.check(request)
        opened, today = parts.current(), parts.clock.today()
        found = summarise(
            match_reply(body, opened.library, opened.advisers, today),
            funding_reply(body, opened.library, opened.advisers, today),
        )
        if form == "markdown":
            return _file(as_markdown(found).encode(), "text/markdown; charset=utf-8", f"clusterlotse-{found.day}.md")
        return _file(as_pdf(found), "application/pdf", f"clusterlotse-{found.day}.pdf")

    return router


def match_reply(body: CompanyBody, library: Library, advisers: Advisers, today: date) -> MatchOut:
    """The reply to a body of POST /match."""
    request = request_of(body, today)
    company = advisers.understand(request)
    advice = advisers.match(company)
    programmes = programmes_for(advice.matches, advisers.fund(company).programmes) if advice.matches else ()
    citations = Citations(library, request.on)
    return match_out(advice, programmes, advisers.understood(company), advisers.match_rule[advice.language], citations)


def funding_reply(body: CompanyBody, library: Library, advisers: Advisers, today: date) -> FundingOut:
    """The reply to a body of POST /funding."""
    request = request_of(body, today)
    company = advisers.understand(request)
    advice = advisers.fund(company)
    clusters = clusters_for(advisers.match(company).matches) if advice.programmes else ()
    citations = Citations(library, request.on)
    return funding_out(
        advice, clusters, advisers.understood(company), advisers.funding_rule[advice.language], citations
    )


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
