"""The summary as Markdown."""

from __future__ import annotations

import re

from assistant.service.summary import Block, Summary

_SPECIAL = re.compile(r"([\\`*_#<>|])")
_MARKS = {"title": "# ", "heading": "## ", "subheading": "### ", "item": "- "}


def as_markdown(summary: Summary) -> str:
    """The summary as a Markdown file; list items of one list follow one another without a gap."""
    lines: list[str] = []
    previous: Block | None = None
    for block in summary.blocks:
        is_list = block.kind == "item" and previous is not None and previous.kind == "item"
        if lines and not is_list:
            lines.append("")
        lines.append(_MARKS.get(block.kind, "") + _escaped(block.text) + (f" <{block.url}>" if block.url else ""))
        previous = block
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
