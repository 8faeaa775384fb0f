"""A canonical text is cut into what is read, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.domain.values import Span, Version
from assistant.ingest.files import load_path
from assistant.service.pages.reader import Group, Run, outline, parse_span, read
from tests.conftest import CORPUS


@pytest.fixture(params=["funding/innofounder.de.md", "clusters/hamburg-aviation.en.md"])
def version(request: pytest.FixtureRequest) -> Version:
    return load_path(CORPUS / request.param, corpus_root=CORPUS, max_bytes=10**6).version


def runs(groups: Sequence[Group]) -> list[Run]:
    return [run for group in groups for block in group.blocks for run in block.runs]


def test_every_word_is_read_once_and_in_order(version: Version) -> None:
    shown = "".join(run.text for run in runs(read(version)))
    canonical = "".join(line.removeprefix("- ") for line in version.text.split("\n"))
    assert "".join(shown.split()) == "".join(canonical.split())


def test_exactly_the_span_is_marked_wherever_it_begins(version: Version) -> None:
    for start in range(0, len(version.text) - 90, 61):
        marked = read(version, Span(start=start, end=start + 90))
        words = "".join(run.text for run in runs(marked) if run.is_marked)
        expected = version.text[start : start + 90].replace("\n- ", "\n")
        assert "".join(words.split()).removeprefix("-") == "".join(expected.split()).removeprefix("-")


def test_every_sentence_carries_the_numbers_of_its_sources(version: Version) -> None:
    shown = [number for run in runs(read(version)) for number in run.sources]
    assert shown == [source + 1 for sentence in version.sentences for source in sentence.sources]


def test_the_outline_names_every_heading(version: Version) -> None:
    assert [block.text for block in outline(read(version))] == [section.title for section in version.outline]


@pytest.mark.parametrize(
    "text",
    [None, "", "5", "-5", "5-", "9-3", "3-3", "0-101", "a-b", "١-٢", "1-2-3", "0x1-5", "1" * 30 + "-" + "2" * 30],
)
def test_what_is_no_span_of_the_text_marks_nothing(text: str | None) -> None:
    assert parse_span(text, 100) is None
    assert parse_span("0-100", 100) == Span(start=0, end=100)
