"""Canonical text, folding for comparison, and cleaning of questions."""

from __future__ import annotations

import re
import unicodedata

_REPAIRS = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\uf001": "fi", "\uf002": "fl", "\ue0f1": "fi", "\uf0b7": "•", "\uf0a7": "•", "\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u2009": " ",
}  # fmt: skip
"""Ligatures, private-use glyphs that PDF fonts put in their place, and fixed blanks."""
_REPAIR = re.compile("|".join(map(re.escape, _REPAIRS)))
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Control, soft-hyphen, zero-width, direction and tag characters: invisible, and able to split words or hide text."""
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐]\n[ \t]*(?=[a-zäöüß])")
_LINE_HYPHEN_KEPT = re.compile(r"\b(und|oder|bzw|and|or)\b", re.IGNORECASE)
_FOLDS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "œ": "oe"}
_PUNCTUATION = {
    **dict.fromkeys("‐‑‒–—―−", "-"), **dict.fromkeys("„“”«»‟〝〞＂", '"'), **dict.fromkeys("‚‘’‛‹›`´", "'"), "…": "...", "•": "-",
}  # fmt: skip


def canonical_text(raw: str) -> str:
    """The one form of a text into which all offsets point: NFC, repaired, without hidden characters; idempotent."""
    text = _once(raw)
    while (again := _once(text)) != text:  # a repair can uncover another, such as a hyphen behind a hidden character
        text = again
    return text


def _once(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    text = _REPAIR.sub(lambda m: _REPAIRS[m[0]], text)
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", text))
    text = _LINE_HYPHEN.sub(_join_line, text)
    text = re.sub(r"[ \t]+\n", "\n", text.replace("\t", " "))
    text = re.sub(r"\n{3,}", "\n\n", text)
    return text.strip()


def _join_line(match: re.Match[str]) -> str:
    """Join a word cut at a line end, but keep the hyphen of "Forschungs-\\nund Entwicklung"."""
    return "-\n" if _LINE_HYPHEN_KEPT.match(match.string, match.end()) else ""


def fold(text: str) -> str:
    """The text for comparing: NFKC, lower case, ä as ae and ß as ss, plain quotes, dashes and single blanks."""
    try:
        return _BLANKS.sub(" ", text.translate(_FOLDED_CHARS))
    except _CombiningMark:  # rare; such a mark belongs to the character before it
        return fold_with_offsets(text)[0]


class _CombiningMark(Exception):
    """A text holds characters that cannot be folded one by one."""


class _FoldedChars(dict[int, str]):
    """Folded form of each character by its code point, worked out at its first use."""

    def __missing__(self, code: int) -> str:
        if unicodedata.combining(chr(code)):
            raise _CombiningMark
        self[code] = folded = _fold_cluster(chr(code))
        return folded


_FOLDED_CHARS = _FoldedChars()
_BLANKS = re.compile(" {2,}")


def fold_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the offset of the character it came from."""
    folded: list[str] = []
    offsets: list[int] = []
    position, length = 0, len(text)
    while position < length:
        end = position + 1
        while end < length and unicodedata.combining(text[end]):
            end += 1
        for char in _fold_cluster(text[position:end]):
            if char == " " and folded and folded[-1] == " ":
                continue
            folded.append(char)
            offsets.append(position)
        position = end
    return "".join(folded), offsets


_CLUSTERS: dict[str, str] = {}


def _fold_cluster(cluster: str) -> str:
    known = _CLUSTERS.get(cluster)
    if known is None:
        known = ""
        for char in unicodedata.normalize("NFKC", cluster).casefold():
            for part in _FOLDS.get(char) or _PUNCTUATION.get(char, char):
                plain = unicodedata.normalize("NFD", part)
                kept = "".join(c for c in plain if not unicodedata.combining(c))
                known += " " if kept.isspace() else ("" if _HIDDEN.match(kept) else kept)
        if len(_CLUSTERS) < 4096:
            _CLUSTERS[cluster] = known
    return known


_MARKUP = re.compile(
    r"<(script|style)\b[^<>]*>.*?</\1\s*>|</?[a-z!][^<>]*>|\$?\{\{?[^{}]*\}?\}|<%[^<>]*%>", re.IGNORECASE | re.DOTALL
)


def without_markup(text: str) -> str:
    """A question without HTML tags, scripts and template expressions, which are no words of it; unchanged if nothing else is left."""
    plain = re.sub(r"\s+", " ", _MARKUP.sub(" ", text)).strip()
    return plain if any(char.isalnum() for char in plain) else text


def clean_question(text: str) -> str:
    """A question without hidden characters, on one line, in NFC."""
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", _REPAIR.sub(lambda m: _REPAIRS[m[0]], text)))
    return re.sub(r"\s+", " ", text).strip()
