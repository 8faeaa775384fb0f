"""Checks of one fact sheet: its place, dates, sources, sentences, labels and typed values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pydantic import BaseModel

from assistant.ingest import fact_sheet
from assistant.ingest.fact_sheet import Line
from assistant.ingest.sheets import FOLDERS, Finding, Sheet, error, warning
from assistant.language.quantities import quantities

MAX_WORDS = 45
AUTHORITIES = ("official", "organisation", "press", "private")
"""In the order in which sources stand in a sheet."""
_ENDED_WORDS = re.compile(
    r"beendet|eingestellt|ausgelaufen|abgelaufen|geschlossen|vorbei|endete|ended|closed|expired|discontinued|ceased|over\b",
    re.I,
)
_GAPS = re.compile(r"nicht ermittelt|nicht auffindbar|not determined|could not be determined", re.I)
_PRONOUN = re.compile(
    r"^(?:Er|Sie|Es|Ihm|Ihr|Ihnen|Dies|Dazu|Damit|Davon|Dabei|Dafür|Daran|Darin|Darüber|Dort|It|They|He|She|There)\s(?P<rest>.*)"
)
_IMPERSONAL = re.compile(
    r"^(?:Es (?:gibt|gab|geht um|bestehen|besteht)\b|There (?:is|are|was|were)\b|It (?:is|was)\b.*\b(?:that|who|to)\b)"
)
_DEMONSTRATIVE = re.compile(r"^(?:Das|Dieser|Diese|Dieses|Diesem|Diesen|This|That|These|Those)\s(?P<rest>.*)")
_NOUN = re.compile(
    r"^(?:(?!(?:wurden?|werden|waren|hatten?|haben|konnten?|sollten?|sollen|können|müssen|dürfen|wollen|machte)\b)[a-zäöüß-]+(?:e|en|er|es) ){0,2}[A-ZÄÖÜ„\"#\d]"
)
"""A German noun, perhaps behind adjectives; the first capital letter behind a verb would be another one's."""
_ENGLISH_NOUN = re.compile(
    r"^(?!(?:is|are|was|were|has|have|had|means|meant|applies|apply|can|may|must|will|would|does|do|did|also|includes?)\b)[a-z-]+"
)
_NAME_SHAPED = re.compile(r"„[^“”]+[“”]|\"[^\"]+\"|#\w+|\b\w*[a-zäöü][A-ZÄÖÜ]\w*|\b[A-ZÄÖÜ]{3,}|\bHamburg\b")


def check_sheet(sheet: Sheet, *, today: date) -> Iterator[Finding]:
    """Everything that can be said of a sheet without knowing the others."""
    yield from _check_place(sheet, today=today)
    yield from _check_dates(sheet, today=today)
    yield from _check_sources(sheet)
    yield from _check_sentences(sheet)
    yield from _check_labels(sheet)


def _check_place(sheet: Sheet, *, today: date) -> Iterator[Finding]:
    front, path = sheet.front, sheet.path
    expected = f"{path.parent.name}/{path.stem.removesuffix('.' + front.lang)}" + (".en" if front.lang == "en" else "")
    if path.suffixes[-2:] != [f".{front.lang}", ".md"] or front.id != expected:
        yield error(
            path,
            f"id {front.id!r} and language {front.lang!r} do not fit the file's name (expected {expected!r})",
            sheet.line_of("id"),
        )
    if FOLDERS[path.parent.name] != front.kind:
        yield error(path, f"kind {front.kind!r} lies in folder {path.parent.name!r}", sheet.line_of("kind"))
    if front.lang == "de" and front.kind in ("cluster", "network") and front.profile is None:
        yield error(path, "a cluster or network needs a profile")
    if front.lang == "de" and front.kind == "funding" and front.terms is None:
        yield error(path, "a programme needs terms")
    if front.lang == "en" and (front.profile or front.terms):
        part = "profile" if front.profile else "terms"
        yield error(path, "profile and terms stand in the German sheet only", sheet.line_of(part))


def _check_dates(sheet: Sheet, *, today: date) -> Iterator[Finding]:
    front, path = sheet.front, sheet.path
    if front.checked > today:
        yield error(path, f"checked on {front.checked}, which is in the future", sheet.line_of("checked"))
    first, last = fact_sheet.first_day(front.valid_from), fact_sheet.last_day(front.valid_until)
    if first and last and first > last:
        message = f"valid_from {front.valid_from} lies after valid_until {front.valid_until}"
        yield error(path, message, sheet.line_of("valid_from"))
    if last and last < today and front.status in ("open", "calls_only"):
        message = f"valid_until {front.valid_until} is past, but the status is {front.status!r}"
        yield warning(path, message, sheet.line_of("valid_until"))
    if front.status == "ended" and not any(_ENDED_WORDS.search(line.text) for line in sheet.sentences):
        yield error(path, "status is ended, but no sentence says so", sheet.line_of("status"))


def _check_sources(sheet: Sheet) -> Iterator[Finding]:
    sources = sheet.front.sources
    used: set[int] = set()
    for line in sheet.sentences:
        used.update(line.sources)
        for number in line.sources:
            if not 0 <= number < len(sources):
                yield error(sheet.path, f"mark [{number + 1}] has no source", line.number)
    for index, source in enumerate(sources):
        if index not in used:
            message = f"source [{index + 1}] {source.publisher} is never used"
            yield warning(sheet.path, message, sheet.line_of("sources", index))
    ranks = [AUTHORITIES.index(source.authority) for source in sources]
    for index in range(1, len(ranks)):
        if ranks[index] < ranks[index - 1]:
            message = (
                f"source [{index + 1}] is {sources[index].authority!r} and stands behind a {sources[index - 1].authority!r} one; "
                f"the order is {', '.join(AUTHORITIES)}"
            )
            yield error(sheet.path, message, sheet.line_of("sources", index))


def _check_sentences(sheet: Sheet) -> Iterator[Finding]:
    if not sheet.sentences:
        yield error(sheet.path, "the sheet states nothing")
    names = _names_of(sheet)
    seen: dict[str, int] = {}
    for line in sheet.sentences:
        if len(line.text.split()) > MAX_WORDS:
            yield warning(sheet.path, f"sentence of {len(line.text.split())} words, at most {MAX_WORDS}", line.number)
        if line.text[-1:] not in '.!?:…“”"':
            yield error(sheet.path, f"sentence does not end with a full stop: …{line.text[-30:]!r}", line.number)
        if _GAPS.search(line.text):
            yield error(sheet.path, "what was not found stays out", line.number)
        if _is_dangling(line.text, names):
            yield warning(sheet.path, f"cannot be quoted alone, name the subject: {line.text[:40]!r}", line.number)
        if line.text in seen:
            yield error(sheet.path, f"same sentence as line {seen[line.text]}", line.number)
        seen[line.text] = line.number


def _names_of(sheet: Sheet) -> list[str]:
    """The names by which a sentence can name what the sheet is about."""
    facts = sheet.front.profile or sheet.front.terms
    short = (facts.short_name.de, facts.short_name.en) if facts else ()
    return [name for name in (sheet.front.title, *sheet.front.aliases, *short) if len(name) > 2]


def _is_dangling(text: str, names: list[str]) -> bool:
    """Whether a sentence begins with a pronoun, or with "this …" and names nothing: quoted alone, nobody knows what is meant."""
    if _PRONOUN.match(text):
        return not _IMPERSONAL.match(text)
    match = _DEMONSTRATIVE.match(text)
    if match is None:
        return False
    is_english = text.startswith("Th")
    if not (_ENGLISH_NOUN if is_english else _NOUN).match(match["rest"]):
        return True  # "Das gilt …", "This means …"
    return not (_NAME_SHAPED.search(match["rest"]) or any(name in text for name in names))


def _check_labels(sheet: Sheet) -> Iterator[Finding]:
    lines: dict[str, Line] = {}
    for line in sheet.sentences:
        if line.label is None:
            continue
        if line.label in lines:
            yield error(sheet.path, f"label {line.label!r} stands twice", line.number)
        lines[line.label] = line
    part = "profile" if sheet.front.profile else "terms"
    for where, stated in _stated_values(sheet.front.profile or sheet.front.terms, (part,)):
        if stated.sentence not in lines:
            message = f"typed value points at the missing label {stated.sentence!r}"
            yield error(sheet.path, message, sheet.line_of(*where))
            continue
        line = lines[stated.sentence]
        for number in _numbers_of(stated):
            if not _states_number(line.text, number):
                yield error(
                    sheet.path,
                    f"{type(stated).__name__}: {number:g} does not stand in the sentence {stated.sentence!r}",
                    line.number,
                )


def _stated_values(
    facts: object, where: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], fact_sheet.Stated]]:
    """Every typed value, and where in the front matter it stands."""
    if isinstance(facts, fact_sheet.Stated):
        yield where, facts
    if isinstance(facts, BaseModel):
        for name in type(facts).model_fields:
            yield from _stated_values(getattr(facts, name), (*where, name))
    elif isinstance(facts, tuple):
        for number, item in enumerate(facts):
            yield from _stated_values(item, (*where, number))


def _numbers_of(stated: fact_sheet.Stated) -> list[float]:
    """The figures of a typed value that must stand in its sentence."""
    match stated:
        case fact_sheet.Year():
            return [stated.year]
        case fact_sheet.Members():
            return [stated.count]
        case fact_sheet.Limit():
            return [stated.max_eur]
        case fact_sheet.Rate():
            return [p for p in (stated.min_percent, stated.max_percent) if p is not None]
        case fact_sheet.Amount():
            return [stated.eur]
        case fact_sheet.OwnShare():
            return [stated.min_percent]
        case _:
            return []  # staff and age limits are often worded ("weniger als fünf"), so their figure may differ by one


def _states_number(text: str, number: float) -> bool:
    for quantity in quantities(text):
        for token in re.findall(r"\d+(?:\.\d+)?", quantity.value.replace("-", " ")):
            if float(token) == float(number):
                return True
    return bool(re.search(rf"\b{int(number)}\b", text)) if float(number).is_integer() else False
