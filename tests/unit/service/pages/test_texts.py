"""German and English are complete: everything templates and scripts say is in the catalogue, translated, and nothing else."""

from __future__ import annotations

import re

from bots.web.texts import WEB, current, extracted

_PLACES = re.compile(r"%\(\w+\)s")


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def test_the_catalogue_holds_exactly_what_the_pages_say() -> None:
    said = {message.id: sorted(file for file, _ in message.locations) for message in extracted() if message.id}
    held = {message.id: sorted(file for file, _ in message.locations) for message in current() if message.id}
    assert len(said) > 150
    assert held == said, "`make texts` brings it up to date"


def test_every_text_is_translated_with_the_same_gaps() -> None:
    for message in current():
        for source, translation in zip(forms(message.id), forms(message.string), strict=True):
            if message.id:
                assert translation.strip(), source
                assert set(_PLACES.findall(translation)) == set(_PLACES.findall(source)), source


def test_no_words_stand_in_the_templates_outside_the_catalogue() -> None:
    templates = sorted((WEB / "templates").glob("*.html"))
    assert len(templates) > 10
    for path in templates:
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        if path.name == "api.html":
            continue  # the description of the interface is in English everywhere
        words = re.findall(
            r">[^<>]*?([A-Za-zäöü]{3,}[^<>]*)<", re.sub(r"<(script|code|pre).*?</\1>", "", text, flags=re.DOTALL)
        )
        assert [word.strip() for word in words if "Clusterlotse" not in word and "=" not in word] == [], path.name
