"""The page for evaluators, where the operator switched it on: runs listed, reports opened, two runs compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Protocol

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from assistant.service.errors import ServiceError
from assistant.service.limits import RateLimiter

RunName = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationPage:
    """A page that holds its own style and script."""

    html: str
    policy: str
    """Content security policy that allows exactly these."""


class EvaluationPages(Protocol):
    """Renders what an evaluator sees; None where a run is not there, or has no report."""

    def runs(self) -> EvaluationPage:
        """The list of runs."""

    def report(self, name: str) -> EvaluationPage | None:
        """A run's report."""

    def comparison(self, first: str, second: str) -> EvaluationPage | None:
        """Two runs side by side."""


def evaluation_routes(pages: EvaluationPages, limiter: RateLimiter) -> APIRouter:
    """The routes below `/evals`."""
    router = APIRouter(prefix="/evals", include_in_schema=False)

    @router.get("")
    def runs() -> Response:
        return _respond(pages.runs())

    @router.get("/compare")
    def compare(request: Request, first: RunName, second: RunName) -> Response:
        limiter.check(request)  # it is computed at every visit
        return _respond(pages.comparison(first, second))

    @router.get("/{name}")
    def report(name: str) -> Response:
        return _respond(pages.report(name))

    return router


def _respond(page: EvaluationPage | None) -> Response:
    if page is None:
        raise ServiceError(404, "not_found")
    headers = {"Content-Security-Policy": f"{page.policy}; frame-ancestors 'none'", "Cache-Control": "no-cache"}
    return HTMLResponse(page.html, headers=headers)
