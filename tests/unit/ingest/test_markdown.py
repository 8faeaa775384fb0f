"""Ordinary Markdown."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.ingest.markdown import read_markdown


def read(text: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_markdown(text).blocks]


def test_headings_paragraphs_lists_and_tables_are_told_apart() -> None:
    text = """# Förderung

Hamburg fördert *Start-ups*
und [Hochschulen](https://example.org).

## Wer?

- jünger als `zwei` Jahre
  - mit Sitz in Hamburg
- gegründet

  als GmbH

1. Antrag
2. Bescheid

| Größe | Quote |
|-------|------:|
| klein | 45 %  |

> Zitat eines Gründers.
"""
    assert read(text) == [
        ("heading", "Förderung"),
        ("prose", "Hamburg fördert Start-ups und Hochschulen."),
        ("heading", "Wer?"),
        ("list", "jünger als zwei Jahre"),
        ("list", "mit Sitz in Hamburg"),
        ("list", "gegründet als GmbH"),
        ("list", "Antrag"),
        ("list", "Bescheid"),
        ("table", "Größe: klein; Quote: 45 %"),
        ("prose", "Zitat eines Gründers."),
    ]


def test_levels_of_headings_are_kept() -> None:
    blocks = read_markdown("# Eins\n\n### Drei\n\nZwei\n----\n").blocks
    assert [(block.text, block.level) for block in blocks] == [("Eins", 1), ("Drei", 3), ("Zwei", 2)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(
            "Ein <b>fetter</b> Satz.<br>Noch einer.", [("prose", "Ein fetter Satz. Noch einer.")], id="inline"
        ),
        pytest.param("<div><h2>Titel</h2><p>Text.</p></div>", [("heading", "Titel"), ("prose", "Text.")], id="block"),
        pytest.param("<!-- geheim -->\n\nText.", [("prose", "Text.")], id="comment"),
        pytest.param("<details>\n\nText.\n\n</details>", [("prose", "Text.")], id="tags around Markdown"),
    ],
)
def test_html_is_read_as_html(text: str, wanted: list[tuple[str, str]]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("text", "title"),
    [
        pytest.param("# Titel\n\nText.", "Titel", id="first heading"),
        pytest.param(
            '---\ntitle: "Aus dem Kopf"\ndate: 2026\n---\n# Titel\n\nText.', "Aus dem Kopf", id="front matter"
        ),
        pytest.param("---\r\nlayout: page\r\n---\r\nText.", None, id="front matter without title"),
        pytest.param("Nur Text.", None, id="none"),
    ],
)
def test_the_title_is_found(text: str, title: str | None) -> None:
    assert read_markdown(text).title == title


def test_a_front_matter_is_no_text() -> None:
    assert read("---\ntitle: Kopf\n---\n\nText.") == [("prose", "Text.")]


@settings(deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="#-*|`<>[]()\n a1!_", max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    read_markdown(text)
