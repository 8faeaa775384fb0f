"""Lays a long text out as messages that keep every limit of Telegram, each of them complete in itself.

A message may be forwarded alone. So each part carries the sources and the date of what stands in it, and the buttons of
its own quotations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardMarkupLimit, MessageLimit

from bots.telegram.callbacks import Callback
from bots.telegram.richtext import Text, is_web_address, italic, joined, pieces, plain

MAX_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)
MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
MAX_NUMBERS = 60
"""Quotations in one message; leaves room for the other buttons."""
_MARKER = re.compile(r"\[(\d{1,4})\]")


@dataclass(frozen=True, slots=True)
class Button:
    """One button: either does something in the bot or opens an address."""

    label: str
    callback: Callback | None = None
    url: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One message."""

    text: Text
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a line; never torn unless it is longer than a message."""

    text: Text
    is_close: bool = False
    """Stands directly below the block before, without a blank line."""
    is_heading: bool = False
    """Stays with the block that follows."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What every part gets besides its blocks."""

    foot: Callable[[Sequence[int]], Text]
    """The lines below, for the numbers of the quotations in this part."""
    buttons: Callable[[Sequence[int]], Rows]
    """The buttons of these quotations."""
    part_label: Callable[[int, int], str]
    """How part n of m is called."""


def numbers_in(text: str) -> list[int]:
    """Numbers of the citations marked in a text, each once, in order."""
    return list(dict.fromkeys(int(match[1]) for match in _MARKER.finditer(text)))


def lay_out(blocks: Sequence[Block], layout: Layout, *, last_rows: Rows = ()) -> list[Part]:
    """Fill messages block by block; `last_rows` stand below the last one."""
    groups = _groups(blocks, layout)
    parts = []
    for position, group in enumerate(groups, start=1):
        label = layout.part_label(position, len(groups)) if len(groups) > 1 else ""
        numbers = _numbers(group)
        rows = layout.buttons(numbers) + (last_rows if position == len(groups) else ())
        parts.append(Part(_compose(group, layout.foot(numbers), label), rows))
    return parts


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram wants them; addresses that it would refuse are left out."""
    made = [
        [
            InlineKeyboardButton(button.label, url=button.url)
            if button.url
            else InlineKeyboardButton(button.label, callback_data=button.callback.encode() if button.callback else "")
            for button in row
            if button.callback or is_web_address(button.url)
        ]
        for row in rows
    ]
    made = [row for row in made if row]
    return InlineKeyboardMarkup(made) if made else None


def in_rows(buttons: Sequence[Button], *, per_row: int) -> Rows:
    """Buttons side by side, at most `per_row` of them."""
    per_row = min(per_row, int(InlineKeyboardMarkupLimit.BUTTONS_PER_ROW))
    return tuple(tuple(buttons[start : start + per_row]) for start in range(0, len(buttons), per_row))


def _groups(blocks: Sequence[Block], layout: Layout) -> list[list[Block]]:
    groups: list[list[Block]] = [[]]
    for block in blocks:
        if not block.text:
            continue
        for piece in [block] if _fits([block], layout) else _torn(block, layout):
            current = groups[-1]
            if current and not _fits([*current, piece], layout):
                headings: list[Block] = []
                while len(current) > 1 and current[-1].is_heading:
                    headings.insert(0, current.pop())
                if headings and not _fits([*headings, piece], layout):
                    groups.append(headings)
                    headings = []
                groups.append(headings)
            groups[-1].append(piece)
    return groups


def _torn(block: Block, layout: Layout) -> list[Block]:
    """A block that is longer than a message, in as few pieces as fit."""
    share = 1.0
    while True:
        torn = [
            replace(block, text=piece, is_close=block.is_close and position == 0, is_heading=False)
            for position, piece in enumerate(pieces(block.text, max_units=int(MAX_UNITS * share)))
        ]
        if all(_fits([piece], layout) for piece in torn):
            return torn
        share *= 0.8


def _fits(group: Sequence[Block], layout: Layout) -> bool:
    numbers = _numbers(group)
    text = _compose(group, layout.foot(numbers), layout.part_label(88, 88))
    return text.units <= MAX_UNITS and len(text.spans) <= MAX_ENTITIES and len(numbers) <= MAX_NUMBERS


def _numbers(group: Sequence[Block]) -> list[int]:
    return list(dict.fromkeys(number for block in group for number in numbers_in(block.text.plain)))


def _compose(group: Sequence[Block], foot: Text, label: str) -> Text:
    body = Text()
    for block in group:
        body = body + (("\n" if block.is_close else "\n\n") if body else "") + block.text
    return joined("\n\n", (italic(label) if label else plain(""), body, foot)).stripped()
