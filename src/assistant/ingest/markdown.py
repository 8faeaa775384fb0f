"""Ordinary Markdown: headings, paragraphs, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from assistant.ingest.compose import Block
from assistant.ingest.html import Extracted, table_blocks

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")


def read_markdown(text: str) -> Extracted:
    """Read Markdown into blocks; raw HTML stays text."""
    blocks: list[Block] = []
    _walk(SyntaxTreeNode(_PARSER.parse(text)).children, blocks)
    title = next((block.text for block in blocks if block.kind == "heading"), None)
    return Extracted(title, blocks)


def _walk(nodes: Sequence[SyntaxTreeNode], blocks: list[Block]) -> None:
    for child in nodes:
        match child.type:
            case "heading":
                blocks.append(Block(kind="heading", text=_text(child), level=int(child.tag[1])))
            case "list_item":
                own = [part for part in child.children if part.type not in ("bullet_list", "ordered_list")]
                blocks.append(Block(kind="list", text=" ".join(_text(part) for part in own)))
                _walk([part for part in child.children if part not in own], blocks)
            case "table":
                rows = [
                    [_text(cell) for cell in row.children]
                    for section in child.children
                    for row in section.children
                    if row.type == "tr"
                ]
                blocks.extend(table_blocks(rows, has_header=True))
            case "paragraph" | "code_block" | "fence" | "html_block":
                blocks.append(Block(kind="prose", text=_text(child)))
            case _:
                _walk(child.children, blocks)


def _text(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline", "code_block", "fence", "html_block", "html_inline"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(_text(child) for child in node.children)
