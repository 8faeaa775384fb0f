"""Brings the German catalogue up to date with what templates and scripts say; new texts stay empty until someone translates them."""

from __future__ import annotations

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

WEB = Path(__file__).parent
CATALOGUE = WEB / "locale" / "de" / "LC_MESSAGES" / "web.po"
METHODS = [("templates/**.html", "jinja2"), ("scripts/**.js", "javascript")]
OPTIONS = {
    "templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"},
    "scripts/**.js": {"parse_template_string": "true"},
}
KEYWORDS = {"_": None, "ngettext": (1, 2), "t": None, "tn": (1, 2)}


def extracted() -> Catalog:
    """Everything that templates and scripts say, with the files it stands in."""
    catalogue = Catalog(locale="de")
    found = extract_from_dir(WEB, METHODS, OPTIONS, keywords=KEYWORDS)
    for file, _, words, _, _ in found:
        if file.startswith(("templates/", "scripts/")):
            catalogue.add(words, locations=[(file, 0)])
    return catalogue


def current() -> Catalog:
    """The catalogue as it lies there."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="de")


def main() -> None:
    """Add what is new, drop what is gone, and say what waits for its translation."""
    catalogue = current()
    catalogue.update(extracted(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    body = io.BytesIO()
    write_po(body, catalogue, width=0, sort_by_file=True, omit_header=True, include_lineno=False)
    header = CATALOGUE.read_text(encoding="utf-8").split("\n\n", 1)[0]
    CATALOGUE.write_text(f"{header}\n\n{body.getvalue().decode().lstrip()}", encoding="utf-8")
    for message in catalogue:
        if message.id and not all([message.string] if isinstance(message.string, str) else message.string or [""]):
            print(f"not translated: {message.id!r}")


if __name__ == "__main__":
    main()
