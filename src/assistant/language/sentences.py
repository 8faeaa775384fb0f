"""Sentences with exact offsets; German administrative abbreviations and ordinals do not end one."""

from __future__ import annotations

import re

import sentencex

from assistant.domain.values import Language, Span

_ABBREVIATIONS = ["Art", "Abs", "Nr", "Nrn", "Ziff", "Kap", "Buchst", "lit", "Anl", "Anh", "Tz", "Rn", "Rz", "Bd", "Aufl", "Hrsg", "S", "f", "ff", "Mio", "Mrd", "Tsd", "z", "B", "u", "a", "d", "h", "i", "H", "v", "i", "V", "m", "i", "S", "d", "o", "g", "s", "o", "u", "U", "vgl", "ca", "bzw", "ggf", "evtl", "inkl", "exkl", "zzgl", "einschl", "sog", "usw", "etc", "gem", "lt", "max", "min", "mind", "insb", "insbes", "allg", "Dr", "Prof", "Dipl", "Ing", "Str", "St", "Tel", "Fax", "e", "V", "Co", "Inc", "Ltd", "Jan", "Feb", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Okt", "Nov", "Dez", "bzgl", "betr", "entspr", "ehem", "geb", "Jg", "Jh", "n", "Chr", "No", "vs", "e", "g", "i", "e", "approx", "Fig", "Sec", "para", "resp", "incl", "est", "Mr", "Mrs", "Ms", "Jr", "Sr"]  # fmt: skip
_ENDS_IN_ABBREVIATION = re.compile(
    rf"(?:^|[\s(\[„\"/])(?:{'|'.join(sorted(set(_ABBREVIATIONS), key=len, reverse=True))})\.\s*$"
)
_ENDS_IN_ORDINAL = re.compile(r"(?:^|[\s(\[„\"–-])\d{1,2}\.\s*$")
_ENDS_IN_YEAR_OR_AMOUNT = re.compile(r"\d{3,}\.\s*$")
_STARTS_LOWER = re.compile(r"^\s*[a-zäöüß]")
_STARTS_AFTER_ORDINAL = re.compile(
    r"^\s*(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|Bundesliga|Änderung\w*|Auflage|Fassung|Ausgabe|Aufruf\w*|Call|Runde|"
    r"Quartal|Halbjahr|Phase|Förderperiode|Nachtrag|Sitzung|Abschnitt|Kapitel|Teil|[A-ZÄÖÜ]\w+(?:ung|tag|jahr|gesetz|verordnung|richtlinie|s?phase|runde|aufruf)\b|\d)"
)
_LEGAL = re.compile(r"^\s*(?:\d|Abs|Satz|Nr|Art|§|[IVX]+\b)")


def sentence_spans(text: str, language: Language) -> list[Span]:
    """The sentences of a text: in order, not overlapping, blanks around them left out.

    A line break with a blank line always ends a sentence.
    """
    spans: list[Span] = []
    for start, end in _paragraphs(text):
        spans.extend(_in_paragraph(text, start, end, language))
    return spans


def _paragraphs(text: str) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    position = 0
    for match in re.finditer(r"\n[ \t]*\n\s*", text):
        bounds.append((position, match.start()))
        position = match.end()
    bounds.append((position, len(text)))
    return [(start, end) for start, end in bounds if text[start:end].strip()]


def _in_paragraph(text: str, start: int, end: int, language: Language) -> list[Span]:
    paragraph = text[start:end]
    pieces: list[tuple[int, int]] = []
    position = 0
    for piece in sentencex.segment(language, paragraph.replace("\n", " ")):
        found = paragraph.replace("\n", " ").find(piece, position)
        if found < 0:
            continue
        if pieces and not _is_end(paragraph[pieces[-1][0] : pieces[-1][1]], paragraph[found:]):
            pieces[-1] = (pieces[-1][0], found + len(piece))
        else:
            pieces.append((found, found + len(piece)))
        position = found + len(piece)
    if pieces:  # whatever the splitter left out belongs to its neighbours
        pieces[-1] = (pieces[-1][0], len(paragraph))
        pieces[0] = (0, pieces[0][1])
        pieces = [(a, pieces[i + 1][0] if i + 1 < len(pieces) else b) for i, (a, b) in enumerate(pieces)]
    else:
        pieces = [(0, len(paragraph))]
    return [span for a, b in pieces if (span := _trim(text, start + a, start + b)) is not None]


def _is_end(before: str, after: str) -> bool:
    """Whether a sentence really ends between two pieces."""
    if _ENDS_IN_ABBREVIATION.search(before):
        last = before.rstrip().rsplit(None, 1)[-1]
        if (
            last in ("e.V.", "V.", "etc.", "usw.", "Co.", "ff.")
            and re.match(r"^\s*[A-ZÄÖÜ]", after)
            and not _LEGAL.match(after)
        ):
            return last in ("etc.", "usw.")
        return False
    if _ENDS_IN_ORDINAL.search(before):
        return not (_STARTS_AFTER_ORDINAL.match(after) or _STARTS_LOWER.match(after))
    return not (_STARTS_LOWER.match(after) and before.rstrip().endswith("."))


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start=start, end=end) if end > start else None
