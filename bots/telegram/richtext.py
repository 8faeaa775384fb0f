"""Text with marked stretches, counted the way Telegram counts.

Messages are sent with explicit entities instead of HTML or Markdown: there is nothing to escape, so no answer can break
a message, and the length that Telegram measures is known before it is sent.
"""

from __future__ import annotations

import bisect
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from telegram import MessageEntity

Kind = Literal["bold", "italic", "text_link", "blockquote", "expandable_blockquote"]
_ZERO_WIDTH_JOINER = "\u200d"
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_REGIONAL_INDICATORS = range(0x1F1E6, 0x1F200)
_INDICATORS = "".join(map(chr, _REGIONAL_INDICATORS))


@dataclass(frozen=True, slots=True)
class Span:
    """One marked stretch, in code points of the text."""

    kind: Kind
    start: int
    end: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text and what is marked in it."""

    plain: str = ""
    spans: tuple[Span, ...] = ()

    def __add__(self, other: Text | str) -> Text:
        if isinstance(other, str):
            return Text(self.plain + other, self.spans)
        shift = len(self.plain)
        moved = (replace(span, start=span.start + shift, end=span.end + shift) for span in other.spans)
        return Text(self.plain + other.plain, (*self.spans, *moved))

    def __bool__(self) -> bool:
        return bool(self.plain)

    @property
    def units(self) -> int:
        """Length in UTF-16 code units, which is what Telegram limits."""
        return utf16_units(self.plain)

    def slice(self, start: int, end: int) -> Text:
        """The stretch between two code points, marks cut to it."""
        spans = (
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in self.spans
            if span.start < end and span.end > start
        )
        return Text(self.plain[start:end], tuple(spans))

    def stripped(self) -> Text:
        """Without white space at both ends, which Telegram would take away."""
        start = len(self.plain) - len(self.plain.lstrip())
        return self.slice(start, max(start, len(self.plain.rstrip())))

    def entities(self) -> list[MessageEntity]:
        """The marks as Telegram wants them, outer ones first."""
        ordered = sorted(self.spans, key=lambda span: (span.start, -span.end))
        offsets = _Offsets(self.plain)
        return [
            MessageEntity(
                type=span.kind,
                offset=offsets[span.start],
                length=offsets[span.end] - offsets[span.start],
                url=span.url,
            )
            for span in ordered
            if self.plain[span.start : span.end].strip()
        ]


class _Offsets:
    """From code points to UTF-16 units."""

    def __init__(self, text: str) -> None:
        self._offsets = [0]
        for char in text:
            self._offsets.append(self._offsets[-1] + (2 if ord(char) > 0xFFFF else 1))

    def __getitem__(self, position: int) -> int:
        return self._offsets[position]


def utf16_units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def plain(text: str) -> Text:
    """Unmarked text."""
    return Text(text)


def bold(text: str) -> Text:
    """Bold text."""
    return _marked(text, "bold")


def italic(text: str) -> Text:
    """Text in italics."""
    return _marked(text, "italic")


def link(label: str, url: str | None) -> Text:
    """A link; only the label, where the address is none on the web."""
    if not is_web_address(url):
        return Text(label)
    return Text(label, (Span("text_link", 0, len(label), url),))


def quotation(text: Text, *, folded: bool = False) -> Text:
    """A block of quoted text; a folded one shows its first lines and opens at a tap."""
    kind: Kind = "expandable_blockquote" if folded else "blockquote"
    return Text(text.plain, (Span(kind, 0, len(text.plain)), *text.spans))


def joined(separator: str, texts: Iterable[Text]) -> Text:
    """Texts in a row; empty ones are left out."""
    result = Text()
    for text in filter(None, texts):
        result = result + (separator if result else "") + text
    return result


def is_web_address(url: str | None) -> bool:
    """Whether Telegram takes it for a link: http or https, and a host with a dot."""
    scheme, _, rest = (url or "").partition("://")
    host = rest.partition("/")[0]
    return scheme.lower() in ("http", "https") and "." in host.strip(".") and not any(c.isspace() for c in url or "")


def pieces(text: Text, *, max_units: int) -> Iterator[Text]:
    """Cut a text that is too long into pieces: behind a line, else a sentence, else a word, else between characters."""
    rest = text
    while rest.units > max_units:
        cut = _cut(rest.plain, max_units)
        yield rest.slice(0, cut).stripped()
        rest = rest.slice(cut, len(rest.plain)).stripped()
    if rest:
        yield rest


def _cut(text: str, max_units: int) -> int:
    """The best place to cut, as a code point, so that what stands before it is not too long."""
    offsets = _Offsets(text)
    last = bisect.bisect_right(range(len(text) + 1), max_units, key=offsets.__getitem__) - 1
    window = text[: last + 1]  # one more, because a space may stand right behind
    for mark in ("\n", ". ", " "):
        found = window.rfind(mark)
        if found > last // 2 or (mark == " " and found > 0):
            return found + len(mark.rstrip(" "))
    cut = last
    while cut > 0 and _is_within_sign(text, cut):
        cut -= 1
    return cut or last


def _is_within_sign(text: str, position: int) -> bool:
    """Whether a reader sees what stands before and behind as one sign."""
    before, after = text[position - 1], text[position]
    if ord(after) in _REGIONAL_INDICATORS:  # two of them are a flag, however many flags stand in a row
        run = len(text[:position]) - len(text[:position].rstrip(_INDICATORS))
        return run % 2 == 1
    return (
        unicodedata.combining(after) > 0
        or ord(after) in _VARIATION_SELECTORS
        or ord(after) in _SKIN_TONES
        or _ZERO_WIDTH_JOINER in (before, after)
    )


def _marked(text: str, kind: Kind) -> Text:
    return Text(text, (Span(kind, 0, len(text)),))
