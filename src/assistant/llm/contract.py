"""What a model's answer consists of, and a reader that takes it piece by piece, in tags or JSON, whole or broken off.

Every character is looked at a fixed number of times, however broken the answer is.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any, Literal, Protocol

Completeness = Literal["complete", "partial", "none"]

MAX_SENTENCES = 16
MAX_ELEMENT = 4_000
"""Characters of one sentence with its quotations; a longer one is not read."""

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "status": {"type": "string", "enum": ["complete", "partial", "none"]},
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "quotes": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"passage": {"type": "string"}, "words": {"type": "string"}},
                            "required": ["passage", "words"],
                            "additionalProperties": False,
                        },
                    },
                },
                "required": ["text", "quotes"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["status", "sentences"],
    "additionalProperties": False,
}
"""JSON schema of an answer; only what every server's schema mode understands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A quotation as the model gives it."""

    label: str
    """Of the passage, such as `S1`, whether there is such a passage or not."""
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSentence:
    """A sentence as the model gives it; nothing of it has been checked."""

    text: str
    quotes: tuple[Quoted, ...]


class AnswerReader:
    """Reads an answer as it comes."""

    def __init__(self) -> None:
        self._text = ""
        self._form: _Form | None = None
        self._looked = 0
        """Up to here nothing was found that is looked for."""
        self._thoughts_end: re.Pattern[str] | None = None
        self._count = 0

    @property
    def completeness(self) -> Completeness | None:
        """What the model says of its answer; None as long as it has said nothing."""
        return self._form.completeness if self._form else None

    @property
    def is_readable(self) -> bool:
        """Whether the answer has one of the two forms, as far as can be seen by now."""
        return self._form is not None

    @property
    def has_ended(self) -> bool:
        """Whether the answer was brought to its end; what follows is not read."""
        return self._form is not None and self._form.has_ended

    @property
    def is_cut(self) -> bool:
        """Whether the answer, if nothing more comes, breaks off within itself."""
        return self._form is not None and not self._form.has_ended and self._form.is_open

    def feed(self, text: str) -> list[WrittenSentence]:
        """Take a piece; give the sentences that it completes."""
        self._text += text
        if self._form is None:
            start = self._find_start()
            if start is None:
                return []
            self._form = _Json(self._text[start:]) if self._text[start] in "{[" else _Tags(self._text[start:])
        else:
            self._form.add(text)
        found = self._form.read()[: MAX_SENTENCES - self._count]
        self._count += len(found)
        return found

    def _find_start(self) -> int | None:
        """Where the answer begins, behind thoughts and phrases of courtesy; None while it has not."""
        while True:
            wanted = self._thoughts_end or _BEGINNING
            match = wanted.search(self._text, self._looked)
            if match is None:
                self._looked = max(self._looked, len(self._text) - LONGEST_TAG)
                return None
            if self._thoughts_end is not None:
                self._thoughts_end = None
            elif match[0].lower() in _THOUGHTS:
                self._thoughts_end = re.compile("</" + match[0][1:], re.IGNORECASE)
            else:
                return match.start()
            self._looked = match.end()


_THOUGHTS = frozenset({"<think>", "<thinking>", "<reasoning>"})
_BEGINNING = re.compile(r"<think>|<thinking>|<reasoning>|<answer\b|<sentence\b|\{\s*\"|\[\s*\{", re.IGNORECASE)
_STATUS = re.compile(r"[\"']?status[\"']?\s{0,3}[:=]\s{0,3}[\"']?(complete|partial|none)\b", re.IGNORECASE)
LONGEST_TAG = len("</reasoning>")
_STATUS_WITHIN = 200
"""Characters before or after the sentences within which the status is looked for."""


class _Form(Protocol):
    completeness: Completeness | None
    has_ended: bool

    @property
    def is_open(self) -> bool: ...

    def add(self, text: str) -> None: ...

    def read(self) -> list[WrittenSentence]: ...


def _status_in(text: str) -> Completeness | None:
    match = _STATUS.search(text)
    if match is None:
        return None
    said = match[1].lower()
    return "complete" if said == "complete" else "partial" if said == "partial" else "none"


class _Tags:
    """`<answer status="…"><sentence>Text <quote passage="S1">words</quote></sentence>…</answer>`."""

    def __init__(self, text: str) -> None:
        self.completeness: Completeness | None = None
        self.has_ended = False
        self._text = text
        self._position = 0
        """Everything before is read."""
        self._looked = 0
        """Up to here no further tag was found."""

    @property
    def is_open(self) -> bool:
        """Whether a sentence is begun; many models forget the last tag, which does no harm."""
        return "<" in self._text[self._position :]

    def add(self, text: str) -> None:
        self._text += text

    def read(self) -> list[WrittenSentence]:
        found: list[WrittenSentence] = []
        if self.completeness is None:
            self.completeness = _status_in(self._text[:_STATUS_WITHIN])
        while not self.has_ended:
            match = _TAG.search(self._text, max(self._position, self._looked))
            if match is None:
                self._looked = max(self._looked, len(self._text) - len("</sentence"))
                break
            tag = match[0].lower()
            if tag == "<sentence":
                if self._text.find(">", match.end(), match.end() + 50) < 0 and match.end() + 50 > len(self._text):
                    self._looked = match.start()
                    break
                # A sentence that was not closed ends where the next one begins.
                found += self._sentence_before(match.start())
                self._position = match.start()
                self._looked = match.end()
            else:
                found += self._sentence_before(match.start())
                self._position = self._looked = match.end()
                self.has_ended = tag == "</answer"
        return found

    def _sentence_before(self, end: int) -> list[WrittenSentence]:
        element = self._text[self._position : end]
        if not element.lower().startswith("<sentence") or len(element) > MAX_ELEMENT:
            return []
        head, *quotes = re.split(r"<quote\b", element[element.find(">") + 1 :], flags=re.IGNORECASE)
        words: list[Quoted] = []
        rest = head
        for quote in quotes:
            opening, _, inner = quote.partition(">")
            inside, _, after = re.sub("</quote", "</quote", inner, flags=re.IGNORECASE).partition("</quote")
            words.append(Quoted(label=_label(opening), words=_plain(inside)))
            rest += after.partition(">")[2]
        text = _plain(re.sub(r"<[^<>]{0,60}>", " ", rest))
        return [WrittenSentence(text=text, quotes=tuple(words))] if text else []


_TAG = re.compile(r"<sentence\b|</sentence\b|</answer\b", re.IGNORECASE)


class _Json:
    """An object of `SCHEMA`, or only its list of sentences."""

    def __init__(self, text: str) -> None:
        self.completeness: Completeness | None = None
        self.has_ended = False
        self._text = text
        self._position = 0
        self._open: list[str] = []
        self._in_string = False
        self._is_escaped = False
        self._item_start = 0
        self._last_item_end = 0

    @property
    def is_open(self) -> bool:
        """Whether a bracket is not closed."""
        return bool(self._open)

    def add(self, text: str) -> None:
        self._text += text

    def read(self) -> list[WrittenSentence]:
        found: list[WrittenSentence] = []
        text = self._text
        while self._position < len(text) and not self.has_ended:
            char = text[self._position]
            self._position += 1
            if self._in_string:
                if self._is_escaped:
                    self._is_escaped = False
                elif char == "\\":
                    self._is_escaped = True
                elif char == '"':
                    self._in_string = False
            elif char == '"':
                self._in_string = True
            elif char in "{[":
                self._open.append(char)
                if char == "{" and self._is_item():
                    self._item_start = self._position - 1
            elif char in "}]" and self._open:
                if char == "}" and self._is_item():
                    self._last_item_end = self._position
                    found += _item(text[self._item_start : self._position])
                self._open.pop()
                self.has_ended = not self._open
        if self.completeness is None:
            head = text[:_STATUS_WITHIN].partition('"sentences"')[0]
            tail = text[self._last_item_end :][:_STATUS_WITHIN] if self.has_ended else ""
            self.completeness = _status_in(head) or _status_in(tail)
        return found

    def _is_item(self) -> bool:
        """Whether the innermost open object is one of the list of sentences."""
        return self._open in (["{", "[", "{"], ["[", "{"])


def _item(text: str) -> list[WrittenSentence]:
    if len(text) > MAX_ELEMENT:
        return []
    try:
        item = json.loads(text, strict=False)
    except ValueError:
        return []
    said = item.get("text")
    if not isinstance(said, str) or not said.strip():
        return []
    quotes = item.get("quotes")
    words = [
        Quoted(label=_label(str(quote.get("passage", ""))), words=_plain(str(quote.get("words", ""))))
        for quote in (quotes if isinstance(quotes, list) else [])
        if isinstance(quote, dict)
    ]
    return [WrittenSentence(text=_plain(said), quotes=tuple(words))]


def _label(text: str) -> str:
    """`S3` for whatever way a model writes it: `s3`, `[S3]`, `passage="3"`."""
    match = re.search(r"\d{1,3}", text)
    return f"S{int(match[0])}" if match else ""


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())
