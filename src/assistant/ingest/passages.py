"""Passages: slices of the canonical text that follow headings, lists and rows; neither crumbs nor pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from assistant.domain.values import Document, Passage, Section, Sentence, Version
from assistant.ingest.compose import page_at

PASSAGE_RULES = "passages-1"
TARGET = 700
"""Characters after which a new passage begins at the next sentence."""
SMALLEST = 160
"""A passage below this joins its neighbour under the same parent heading."""
LARGEST = 1400


def cut_passages(document: Document, version: Version) -> tuple[Passage, ...]:
    """Cut a version into passages; every sentence lies in exactly one, and no sentence is split."""
    groups = _merge_small(list(_groups(version)), version.outline)
    passages: list[Passage] = []
    for ordinal, sentences in enumerate(groups):
        start, end = _line_start(version.text, sentences[0].start), sentences[-1].end
        identity = f"{version.id} {start} {end} {PASSAGE_RULES}"
        section = _section_at(version.outline, sentences[0].start)
        blocks = {sentence.block for sentence in sentences}
        passages.append(
            Passage(
                id=hashlib.sha256(identity.encode()).hexdigest()[:32],
                document_id=document.id,
                version_id=version.id,
                ordinal=ordinal,
                start=start,
                end=end,
                text=version.text[start:end],
                heading=section.path if section else (),
                block=blocks.pop() if len(blocks) == 1 else "prose",
                language=document.language,
                kind=document.kind,
                title=document.title,
                page=page_at(version.pages, start),
                sentences=tuple(sentences),
            )
        )
    return tuple(passages)


def _groups(version: Version) -> Iterator[list[Sentence]]:
    """Sentences under one heading, cut where a group would become too long."""
    group: list[Sentence] = []
    for sentence in version.sentences:
        if group:
            section_changed = _section_at(version.outline, group[0].start) != _section_at(
                version.outline, sentence.start
            )
            length = sentence.end - group[0].start
            is_full = group[-1].end - group[0].start >= TARGET or length > LARGEST
            if section_changed or is_full:
                yield group
                group = []
        group.append(sentence)
    if group:
        yield group


def _merge_small(groups: list[list[Sentence]], outline: Sequence[Section]) -> list[list[Sentence]]:
    merged: list[list[Sentence]] = []
    for group in groups:
        if merged and _may_merge(merged[-1], group, outline):
            merged[-1] = merged[-1] + group
        else:
            merged.append(group)
    return merged


def _may_merge(before: list[Sentence], group: list[Sentence], outline: Sequence[Section]) -> bool:
    """Whether a crumb joins its neighbour: the same heading, and together not too long."""
    crumb = min(before[-1].end - before[0].start, group[-1].end - group[0].start) < SMALLEST
    same = _section_at(outline, before[0].start) == _section_at(outline, group[0].start)
    return crumb and same and group[-1].end - before[0].start <= LARGEST


def _section_at(outline: Sequence[Section], offset: int) -> Section | None:
    """The innermost section around an offset."""
    found: Section | None = None
    for section in outline:
        if section.start <= offset < max(section.end, section.start + 1):
            found = section
    return found


def _line_start(text: str, offset: int) -> int:
    """A list item's passage begins with its mark."""
    return offset - 2 if text[max(0, offset - 2) : offset] == "- " else offset
