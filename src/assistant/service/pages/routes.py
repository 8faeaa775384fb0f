"""All pages: which address shows what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from assistant.domain.values import LANGUAGES, Language
from assistant.service.asking import AskMetrics
from assistant.service.errors import MESSAGES, ServiceError, preferred_language, request_id_of, retry_headers
from assistant.service.limits import RateLimiter
from assistant.service.pages.about import about_routes
from assistant.service.pages.assets import FOREVER
from assistant.service.pages.chat import chat_routes, reply_routes
from assistant.service.pages.documents import document_list_routes, document_routes
from assistant.service.pages.finder import finder_routes
from assistant.service.pages.operator import OperatorTexts
from assistant.service.pages.site import Site
from assistant.service.parts import Parts
from assistant.service.wire import MAX_QUESTION

REVALIDATED = "no-cache"


def open_site(parts: Parts) -> Site:
    """The pages, with what every one of them must know.

    Raises:
        FileNotFoundError: If their files were not built.
    """
    return Site(
        parts.web_dir,
        {
            "version": parts.version,
            "contact": parts.contact,
            "retention_days": parts.retention_days,
            "max_question": MAX_QUESTION,
            "model_name": parts.model_name,
            "today": parts.clock.today,
        },
    )


def include_pages(app: FastAPI, site: Site, parts: Parts, limiter: RateLimiter, metrics: AskMetrics) -> None:
    """Add every page to the application."""
    texts = OperatorTexts(parts.operator_dir)
    for language in LANGUAGES:
        app.include_router(chat_routes(site, parts, limiter, metrics, language))
        app.include_router(finder_routes(site, parts, limiter, language))
        app.include_router(document_list_routes(site, parts, limiter, language))
        app.include_router(about_routes(site, parts, texts, language, app.openapi))
    app.include_router(reply_routes(site, parts))
    app.include_router(document_routes(site, parts))
    app.include_router(_file_routes(site, parts))
    app.include_router(_entry_routes())


def error_page(site: Site, error: ServiceError, request: Request) -> Response:
    """What a person sees where a program gets an error object."""
    language = _language_of(request)
    response = site.page(
        "error.html", language, status_code=error.status, code=error.code, message=MESSAGES[error.code][language],
        request_id=request_id_of(request),
    )  # fmt: skip
    response.headers.update(retry_headers(error))
    return response


def _language_of(request: Request) -> Language:
    first = request.url.path.split("/")[1]
    return next((language for language in LANGUAGES if language == first), preferred_language(request))


def _entry_routes() -> APIRouter:
    """Addresses without a language lead to those in the language that the browser prefers."""
    router = APIRouter(include_in_schema=False)

    def lead_to(path: str) -> Callable[[Request], Response]:
        def lead(request: Request) -> Response:
            address = f"/{preferred_language(request)}/{path}"
            return RedirectResponse(address, status_code=307, headers={"Vary": "Accept-Language"})

        return lead

    router.add_api_route("/", lead_to(""), name="entry")
    for path in ("documents", "cluster-finder", "funding-finder", "api"):
        router.add_api_route(f"/{path}", lead_to(path), name=f"{path}_entry")
    return router


def _file_routes(site: Site, parts: Parts) -> APIRouter:
    """Scripts, styles, fonts, the widget and its texts."""
    router = APIRouter(include_in_schema=False)

    @router.get("/assets/{file}")
    def asset(file: str, request: Request) -> Response:
        found = site.assets.find(file)
        if found is None:
            raise ServiceError(404, "not_found")
        return found.response(request, cache=FOREVER)

    @router.get("/widget.js")
    def widget(request: Request) -> Response:
        found = site.assets.find("widget.js")
        if found is None:
            raise ServiceError(404, "not_found")
        response = found.response(request, cache=REVALIDATED)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    @router.get("/widget/{language}.json")
    def widget_texts(language: Language) -> Response:
        styles = site.style_names(language) if parts.model_name else {}
        texts: dict[str, Any] = {"texts": site.script_texts(language), "max_question": MAX_QUESTION, "styles": styles}
        return JSONResponse(texts, headers={"Cache-Control": REVALIDATED})

    return router
