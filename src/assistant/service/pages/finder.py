"""The two finders: a company describes itself, sees what was understood, and gets a shortlist with reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.domain.values import Language
from assistant.service.advice_wire import CompanyBody, FundingBody, FundingOut, MatchBody, MatchOut, SummaryBody
from assistant.service.advising import funding_reply, match_reply
from assistant.service.limits import RateLimiter
from assistant.service.pages.comparison import Result, compare
from assistant.service.pages.finder_form import FinderForm, read_form, read_request
from assistant.service.pages.site import Site, language_links
from assistant.service.parts import Open, Parts
from assistant.service.summary import summarise
from assistant.service.summary_pdf import as_pdf

MAX_FIELDS = 200
COMPARED = 2
CLUSTERS, FUNDING = "cluster-finder", "funding-finder"
Body = TypeVar("Body", bound=CompanyBody)


def finder_routes(site: Site, parts: Parts, limiter: RateLimiter, language: Language) -> APIRouter:
    """Both finders in one language; what people enter is examined and forgotten."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)

    def page(name: str, form: FinderForm, opened: Open, *, status: int = 200, **values: Any) -> Response:
        advisers = opened.advisers
        rules = {CLUSTERS: advisers.match_rule, FUNDING: advisers.funding_rule}
        choices = {
            field: [(key, called[language]) for key, called in names.items()] for field, names in advisers.names.items()
        }
        return site.page(
            f"{name}.html", language, status_code=status, others=language_links(name), form=form, choices=choices,
            rule=rules[name][language], is_private=bool(form.values), **{"result": None, "compared": None, **values},
        )  # fmt: skip

    async def entered(request: Request, body: type[Body]) -> tuple[Open, Body | None, FinderForm]:
        text = (await request.body()).decode("utf-8", "replace")
        values = parse_qs(text, max_num_fields=MAX_FIELDS)
        opened = await run_in_threadpool(parts.current)
        form = read_form(values, opened.advisers.names)
        if form.one("description").strip():
            await run_in_threadpool(limiter.check, request)
        return opened, *read_request(form, body, language)

    async def answered(
        name: str,
        request: Request,
        body: type[Body],
        ask: Callable[[Body, Open], Any],
        results: Callable[[Any], Mapping[str, Result]],
    ) -> Response:
        opened, wanted, form = await entered(request, body)
        if wanted is None:
            return page(name, form, opened, status=422)
        result = await run_in_threadpool(ask, wanted, opened)
        found = results(result)
        chosen = [found[key] for key in form.many("compare") if key in found][:COMPARED]
        return page(name, form, opened, result=result, compared=compare(chosen) if len(chosen) == COMPARED else None)

    async def summary(name: str, request: Request) -> Response:
        opened, wanted, form = await entered(request, SummaryBody)
        if wanted is None:
            return page(name, form, opened, status=422)

        def make() -> tuple[bytes, str]:
            found = summarise(ask_match(wanted, opened), ask_funding(wanted, opened))
            return as_pdf(found), f"clusterlotse-{found.day}.pdf"

        content, file = await run_in_threadpool(make)
        headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
        return Response(content, media_type="application/pdf", headers=headers)

    def ask_match(body: CompanyBody, opened: Open) -> MatchOut:
        return match_reply(body, opened.library, opened.advisers, parts.clock.today())

    def ask_funding(body: CompanyBody, opened: Open) -> FundingOut:
        return funding_reply(body, opened.library, opened.advisers, parts.clock.today())

    @router.get(f"/{CLUSTERS}")
    def clusters_empty() -> Response:
        return page(CLUSTERS, FinderForm(), parts.current())

    @router.post(f"/{CLUSTERS}")
    async def clusters(request: Request) -> Response:
        return await answered(
            CLUSTERS,
            request,
            MatchBody,
            ask_match,
            lambda result: {match.cluster_id: match for match in result.matches},
        )

    @router.get(f"/{FUNDING}")
    def funding_empty() -> Response:
        return page(FUNDING, FinderForm(), parts.current())

    @router.post(f"/{FUNDING}")
    async def funding(request: Request) -> Response:
        return await answered(
            FUNDING,
            request,
            FundingBody,
            ask_funding,
            lambda result: {one.programme_id: one for one in result.programmes},
        )

    @router.post(f"/{CLUSTERS}/summary.pdf")
    async def clusters_summary(request: Request) -> Response:
        return await summary(CLUSTERS, request)

    @router.post(f"/{FUNDING}/summary.pdf")
    async def funding_summary(request: Request) -> Response:
        return await summary(FUNDING, request)

    return router
