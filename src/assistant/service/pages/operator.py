"""What the operator of an installation says: imprint, privacy, accessibility, as Markdown files of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from assistant.domain.values import LANGUAGES, Language

OperatorText = Literal["imprint", "privacy", "accessibility"]
NAMES: tuple[OperatorText, ...] = ("imprint", "privacy", "accessibility")
TAGS = {"a", "p", "ul", "ol", "li", "strong", "em", "h2", "h3", "h4", "br", "blockquote", "hr"}


class OperatorTexts:
    """Reads `NAME.LANGUAGE.md` from a folder, once."""

    def __init__(self, folder: Path | None) -> None:
        parser = MarkdownIt("commonmark", {"html": False})
        self._texts: dict[tuple[OperatorText, Language], Markup] = {}
        for name in NAMES if folder else ():
            for language in LANGUAGES:
                path = (folder or Path()) / f"{name}.{language}.md"
                if path.exists():
                    html = parser.render(path.read_text(encoding="utf-8"))
                    self._texts[name, language] = Markup(nh3.clean(html, tags=TAGS))

    def find(self, name: OperatorText, language: Language) -> Markup | None:
        """The text in this language, else in the other, else None."""
        other: Language = "en" if language == "de" else "de"
        return self._texts.get((name, language)) or self._texts.get((name, other))
