"""What people may want to know about the service itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from assistant.domain.values import Language
from assistant.service.pages.figures import last_figures
from assistant.service.pages.operator import OperatorTexts
from assistant.service.pages.reference import Reference
from assistant.service.pages.site import Site, language_links
from assistant.service.parts import Parts


def about_routes(
    site: Site, parts: Parts, texts: OperatorTexts, language: Language, describe: Callable[[], dict[str, Any]]
) -> APIRouter:
    """The pages of the footer; `describe` gives the OpenAPI description."""
    router = APIRouter(prefix=f"/{language}", include_in_schema=False)

    def page(name: str, **values: Any) -> Response:
        return site.page(f"{name}.html", language, others=language_links(name), **values)

    @router.get("/how-it-works")
    def how_it_works() -> Response:
        documents = parts.current().library.documents()
        return page("how-it-works", figures=last_figures(parts.evals_dir), documents=len(documents))

    @router.get("/accessibility")
    def accessibility() -> Response:
        return page("accessibility", own=texts.find("accessibility", language))

    @router.get("/privacy")
    def privacy() -> Response:
        return page("privacy", own=texts.find("privacy", language))

    @router.get("/imprint")
    def imprint() -> Response:
        return page("imprint", own=texts.find("imprint", language))

    @router.get("/widget")
    def widget(request: Request) -> Response:
        return page("widget", origin=origin_of(request), origins=list(parts.allowed_origins))

    @router.get("/api")
    def api(request: Request) -> Response:
        return page("api", origin=origin_of(request), reference=Reference.of(describe()))

    return router


def origin_of(request: Request) -> str:
    """The address under which the person reached us, for examples to copy."""
    return f"{request.url.scheme}://{request.url.netloc}"
