"""What the pages say, from the gettext catalogues; the English words are the keys, so English needs no catalogue."""

from __future__ import annotations

import gettext
import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from assistant.domain.values import LANGUAGES, Language

SOURCE_LANGUAGE: Language = "en"


class Texts:
    """The catalogues of all languages."""

    def __init__(self, folder: Path) -> None:
        """Read `folder/LANGUAGE/LC_MESSAGES/web.po` for every language but the one the keys are written in."""
        self._catalogues = {
            language: _read(folder / language / "LC_MESSAGES" / "web.po", language)
            for language in LANGUAGES
            if language != SOURCE_LANGUAGE
        }

    def translations(self, language: Language) -> gettext.NullTranslations:
        """For the templates."""
        catalogue = self._catalogues.get(language)
        if catalogue is None:
            return gettext.NullTranslations()
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        return gettext.GNUTranslations(compiled)

    def of_scripts(self, language: Language) -> dict[str, str | list[str]]:
        """What the scripts say: the text for each key, or its two forms for one and for several."""
        catalogue = self._catalogues.get(language)
        if catalogue is None:
            return {}
        found: dict[str, str | list[str]] = {}
        for message in catalogue:
            if any(file.endswith(".js") for file, _ in message.locations):
                key = message.id if isinstance(message.id, str) else message.id[0]
                found[key] = message.string if isinstance(message.string, str) else list(message.string or ())
        return found


def _read(path: Path, language: Language) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)
