"""Passages: slices of the canonical text that follow headings, lists and rows; neither crumbs nor pages."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from assistant.domain.values import Document, Passage, Section, Sentence, Version
from assistant.ingest.compose import page_at

PASSAGE_RULES = "passages-1"
TARGET = 700
"""Characters after which a new passage begins at the next sentence."""
SMALLEST = 160
"""A passage below this joins its neighbour under the same heading."""
LARGEST = 1400


def cut_passages(document: Document, version: Version) -> tuple[Passage, ...]:
    """Cut a version into passages; every sentence lies in exactly one, and no sentence is split."""
    groups = _merge_small(list(_groups(version)), version)
    passages: list[Passage] = []
    for ordinal, sentences in enumerate(groups):
        start, end = _start(version.text, sentences), sentences[-1].end
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
    section: Section | None = None
    for sentence in version.sentences:
        its_section = _section_at(version.outline, sentence.start)
        if group:
            start = _start(version.text, group)
            is_full = group[-1].end - start >= TARGET or sentence.end - start > LARGEST
            if its_section is not section or is_full:
                yield group
                group = []
        section = its_section
        group.append(sentence)
    if group:
        yield group


def _merge_small(groups: list[list[Sentence]], version: Version) -> list[list[Sentence]]:
    merged: list[list[Sentence]] = []
    for group in groups:
        if merged and _may_merge(merged[-1], group, version):
            merged[-1] = merged[-1] + group
        else:
            merged.append(group)
    return merged


def _may_merge(before: list[Sentence], group: list[Sentence], version: Version) -> bool:
    """Whether a crumb joins its neighbour: the same heading, and together not too long."""
    crumb = min(before[-1].end - before[0].start, group[-1].end - group[0].start) < SMALLEST
    same = _section_at(version.outline, before[0].start) is _section_at(version.outline, group[0].start)
    return crumb and same and group[-1].end - _start(version.text, before) <= LARGEST


def _section_at(outline: Sequence[Section], offset: int) -> Section | None:
    """The innermost section around an offset."""
    position = bisect_right(outline, offset, key=lambda section: section.start) - 1
    while position >= 0 and offset >= max(outline[position].end, outline[position].start + 1):
        position -= 1
    return outline[position] if position >= 0 else None


def _start(text: str, sentences: Sequence[Sentence]) -> int:
    """Where a passage of these sentences begins: a list item's with its mark."""
    first = sentences[0]
    has_mark = first.block == "list" and text[max(0, first.start - 2) : first.start] == "- "
    return first.start - 2 if has_mark else first.start
