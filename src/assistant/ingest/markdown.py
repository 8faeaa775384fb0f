"""Ordinary Markdown: headings, paragraphs, lists and tables; HTML in it is read as HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence

import lxml.html
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from assistant.ingest.compose import Block, Extracted
from assistant.ingest.html_blocks import blocks_of
from assistant.ingest.tables import Cell, table_blocks

_PARSER = MarkdownIt("commonmark").enable("table")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_TITLE = re.compile(r"^title:[ \t]*[\"']?(?P<title>[^\"'\n]+)", re.MULTILINE)


def read_markdown(text: str) -> Extracted:
    """Read Markdown into blocks; of a front matter, only the title is taken."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    named = _TITLE.search(front["yaml"]) if front else None
    blocks: list[Block] = []
    _walk(SyntaxTreeNode(_PARSER.parse(text[front.end() :] if front else text)).children, blocks)
    first = next((block.text for block in blocks if block.kind == "heading"), None)
    return Extracted(named["title"].strip() if named else first, blocks)


def _walk(nodes: Sequence[SyntaxTreeNode], blocks: list[Block]) -> None:
    for child in nodes:
        match child.type:
            case "heading":
                blocks.append(Block(kind="heading", text=_text(child), level=int(child.tag[1])))
            case "list_item":
                own = [part for part in child.children if part.type == "paragraph"]
                blocks.append(Block(kind="list", text=" ".join(_text(part) for part in own)))
                _walk([part for part in child.children if part not in own], blocks)
            case "table":
                rows = [
                    [Cell(_text(cell)) for cell in row.children]
                    for section in child.children
                    for row in section.children
                    if row.type == "tr"
                ]
                blocks.extend(table_blocks(rows, header_rows=1))
            case "html_block":
                blocks.extend(_read_html(child.content))
            case "paragraph" | "code_block" | "fence":
                blocks.append(Block(kind="prose", text=_text(child)))
            case _:
                _walk(child.children, blocks)


def _read_html(content: str) -> list[Block]:
    try:
        return blocks_of(lxml.html.fragment_fromstring(content, create_parent="div"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []  # a comment or a closing tag alone


def _text(node: SyntaxTreeNode) -> str:
    if node.type in ("text", "code_inline", "code_block", "fence"):
        return node.content
    if node.type in ("softbreak", "hardbreak"):
        return " "
    if node.type == "html_inline":
        return " " if node.content.lower().startswith("<br") else ""
    return "".join(_text(child) for child in node.children)
