"""Renders pages: templates, texts and built files of one folder, and what every page must know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from babel.numbers import format_percent
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from assistant.domain.values import LANGUAGES, Language
from assistant.service.pages.answer_text import answer_blocks
from assistant.service.pages.assets import Assets
from assistant.service.pages.dates import LOCALES, is_dated, write_as_of, write_day
from assistant.service.pages.quoted import numbers_in
from assistant.service.pages.texts import Texts
from assistant.service.wire import CitationOut


class Site:
    """The pages of one installation."""

    def __init__(self, web_dir: Path, facts: Mapping[str, Any]) -> None:
        """Read templates, catalogues and built files; `facts` are known to every template.

        Raises:
            FileNotFoundError: If the files were not built.
        """
        self.assets = Assets(web_dir / "dist")
        self._texts = Texts(web_dir / "locale")
        self._environments = {language: self._environment(web_dir, language, facts) for language in LANGUAGES}

    def page(
        self,
        template: str,
        language: Language,
        *,
        status_code: int = 200,
        others: Mapping[Language, str] | None = None,
        is_private: bool = False,
        **values: Any,
    ) -> HTMLResponse:
        """A page; `others` are the addresses of the same page by language, `is_private` one that no cache may keep."""
        html = self._environments[language].get_template(template).render(others=others or {}, **values)
        headers = {"Content-Language": language, "Cache-Control": "no-store" if is_private else "no-cache"}
        return HTMLResponse(html, status_code=status_code, headers=headers)

    def style_names(self, language: Language) -> dict[str, str]:
        """What the ways in which a language model may word an answer are called, by style."""
        names: dict[str, str] = self._environments[language].get_template("_styles.html").module.names  # type: ignore[attr-defined]
        return names

    def script_texts(self, language: Language) -> dict[str, str | list[str]]:
        """What the scripts say in a language."""
        return self._texts.of_scripts(language)

    def _environment(self, web_dir: Path, language: Language, facts: Mapping[str, Any]) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(web_dir / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        translations = self._texts.translations(language)
        environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        script_texts = self._texts.of_scripts(language)

        def day(value: date) -> str:
            return write_day(value, language)

        def as_of(text: str | None) -> str:
            return write_as_of(text, language, undated=translations.gettext("undated"))

        def percent(share: float) -> str:
            return format_percent(share, "0.#\u00a0%" if language == "de" else "0.#%", LOCALES[language])

        environment.filters |= {
            "day": day,
            "as_of": as_of,
            "percent": percent,
            "without_scheme": _without_scheme,
            "host": lambda address: _without_scheme(address).partition("/")[0],
            "marked_code": marked_code,
        }
        environment.globals |= {
            "language": language,
            "asset": self.assets.address,
            "script_texts": script_texts,
            "answer_blocks": answer_blocks,
            "titles_of": lambda citations: {citation.n: citation.title for citation in citations},
            "steps_of": lambda parts: {part.next_step.text: part.next_step.url for part in parts if part.next_step},
            "numbers_in": numbers_in,
            "passage_address": passage_address,
            "document_address": document_address,
            **facts,
        }
        environment.tests |= {"web_address": _is_web_address, "dated": is_dated}
        return environment


def document_address(document_id: str, **parameters: str) -> str:
    """Where a document is shown."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f"/documents/{quote(document_id)}{query}"


def passage_address(citation: CitationOut) -> str:
    """Where the quoted words stand highlighted, in the very version that was quoted."""
    span = f"{citation.start}-{citation.end}"
    return f"{document_address(citation.document_id, v=citation.version_id[:12], p=span)}#p"


def marked_code(text: str) -> Markup:
    """Words between backticks as code; everything else as it stands."""
    parts = (
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(text.split("`"))
    )
    return Markup("").join(parts)


def language_links(path: str) -> dict[Language, str]:
    """The same page in each language, by its path below the language."""
    return {language: f"/{language}/{path}" for language in LANGUAGES}


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, not a program."""
    return "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/")


def _is_web_address(address: str | None) -> bool:
    return urlsplit(address or "").scheme in ("http", "https")


def _without_scheme(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removeprefix("www.")
