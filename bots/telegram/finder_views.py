"""How the finders' questions and results look in a chat: pure functions.

A result is short first: what fits, why in one line each. The reasons of each, with everything that is known of it, are
one tap away, and so is every quotation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bots.telegram.callbacks import Callback
from bots.telegram.finder import Finder, Kind
from bots.telegram.parts import Block, Button, Layout, Part, Rows, in_rows, lay_out
from bots.telegram.replies import CLUSTER_FACTS, PROGRAMME_FACTS, Backed, ClusterMatch, Found, Language, ProgrammeMatch
from bots.telegram.richtext import Text, bold, italic, joined, link, plain
from bots.telegram.texts import say, written_day
from bots.telegram.views import LONGEST_LABEL, layout_for, next_step_block, shortened

AT_ONCE = 5
"""So many entries stand in one message; the next ones come at a tap."""
RELATED = 3
ONE_A_ROW = 8
"""Options beyond this stand two a row, or a phone shows nothing else."""
NAMED_AHEAD = 2
_VERDICTS = ("met", "open", "not_met")


# --- questions -------------------------------------------------------------------------------------------------------


def question_part(finder: Finder, found: Found | None, *, hint: str = "") -> Part:
    """What is asked now, with what leads so far."""
    language = finder.language
    cancel = Button(say("cancel", language), _step(finder, "x"))
    if finder.asked is None:
        key = "describe_cluster" if finder.kind == "cluster" else "describe_funding"
        return Part(joined("\n\n", (plain(hint), plain(say(key, language)))), ((cancel,),))
    text = joined(
        "\n\n",
        (
            plain(hint),
            bold(say("question_head", language, n=len(finder.given) + 1) + ": " + finder.asked.text),
            italic(ahead_line(found, language)) if found else Text(),
        ),
    )
    options = [
        Button(shortened(option, LONGEST_LABEL), _step(finder, f"o{index}"))
        for index, option in enumerate(finder.asked.options)
    ]
    rows: Rows = (
        *in_rows(options, per_row=1 if len(options) <= ONE_A_ROW else 2),
        (Button(say("skip", language), _step(finder, "s")), Button(say("back", language), _step(finder, "b"))),
        (Button(say("show_result", language), _step(finder, "r")), cancel),
    )
    return Part(text, rows)


def ahead_line(found: Found, language: Language) -> str:
    """The best so far, so that people see what their answers change."""
    if found.status == "clarify":
        return found.text
    names = [match.name for match in found.clusters] or [programme.name for programme in possible(found)]
    if not names:
        return say("ahead_none", language)
    return say("ahead", language, names=", ".join(names[:NAMED_AHEAD]))


def _step(finder: Finder, action: str) -> Callback:
    return Callback("step", finder.step, action)


# --- results ---------------------------------------------------------------------------------------------------------


def possible(found: Found) -> list[ProgrammeMatch]:
    """Programmes that are not ruled out, best first."""
    return [programme for programme in found.programmes if programme.verdict != "not_eligible"]


def result_parts(kind: Kind, found: Found, *, result_id: str, today: date) -> list[Part]:
    """What was found, best first, in a line or two each."""
    language = found.language
    blocks = [Block(bold(found.text))] if found.text else []
    if found.understood:
        values = "; ".join(f"{understood.label}: {understood.value}" for understood in found.understood)
        blocks.append(Block(italic(say("understood_as", language, values=values))))
    if found.size:
        blocks.append(Block(cited(found.size)))
    blocks += _cluster_blocks(found) if kind == "cluster" else _programme_blocks(possible(found)[:AT_ONCE], 0, language)
    if found.notes:
        blocks.append(Block(bold(say("notes_head", language) + ":"), is_heading=True))
        blocks += [Block(plain("• ") + cited(note), is_close=True) for note in found.notes]
    if found.next_step:
        blocks.append(next_step_block(found.next_step, language))
    other = "funding" if kind == "cluster" else "cluster"
    names = [match.name for match in found.clusters] if kind == "cluster" else _names(found, 0)
    rows: Rows = (
        *_detail_rows(names, 0, result_id, language),
        *_onward_rows(kind, found, AT_ONCE, result_id),
        (Button(say(f"find_{other}", language), Callback("find", other)),),
    )
    return lay_out(blocks, _layout(found, result_id, today), last_rows=rows)


def more_parts(found: Found, offset: int, *, result_id: str, today: date) -> list[Part]:
    """The programmes from a position on."""
    language = found.language
    shown = possible(found)[offset : offset + AT_ONCE]
    rows: Rows = (
        *_detail_rows(_names(found, offset), offset, result_id, language),
        *_onward_rows("funding", found, offset + AT_ONCE, result_id),
    )
    return lay_out(_programme_blocks(shown, offset, language), _layout(found, result_id, today), last_rows=rows)


def excluded_parts(found: Found, *, result_id: str, today: date) -> list[Part]:
    """The programmes that are ruled out, each with what rules it out."""
    excluded = [programme for programme in found.programmes if programme.verdict == "not_eligible"]
    blocks = [Block(bold(say("not_eligible_head", found.language) + ":"), is_heading=True)]
    blocks += [Block(_why_not(programme), is_close=True) for programme in excluded]
    return lay_out(blocks, _layout(found, result_id, today))


def detail_parts(kind: Kind, found: Found, position: int, *, result_id: str, today: date) -> list[Part] | None:
    """Everything about one entry; None when there is no such entry."""
    language = found.language
    entries: Sequence[ClusterMatch | ProgrammeMatch] = found.clusters if kind == "cluster" else possible(found)
    if position >= len(entries):
        return None
    entry = entries[position]
    blocks = [Block(bold(f"{entry.name}, {_state(entry, language)}"), is_heading=True)]
    if entry.summary:
        blocks.append(Block(cited(entry.summary), is_close=True))
    blocks += criteria_lines(entry.criteria, language)
    names = CLUSTER_FACTS if isinstance(entry, ClusterMatch) else PROGRAMME_FACTS
    for name in names[1:]:
        fact: Backed | None = getattr(entry, name)
        if fact:
            blocks.append(Block(plain(f"• {say(name, language)}: ") + cited(fact), is_close=True))
    if isinstance(entry, ProgrammeMatch):
        blocks += [Block(plain(f"• {say('mind', language)}: ") + cited(hint), is_close=True) for hint in entry.hints]
    return lay_out(blocks, _layout(found, result_id, today))


def _cluster_blocks(found: Found) -> list[Block]:
    language = found.language
    blocks = [Block(_entry(number, match, language)) for number, match in enumerate(found.clusters, start=1)]
    if found.between:
        blocks.append(Block(cited(found.between)))
    if found.funding:
        blocks.append(Block(bold(say("funding_head", language) + ":"), is_heading=True))
    for backed in found.funding[:RELATED]:
        verdict = say(f"verdict_{backed.verdict}", language)
        blocks.append(Block(plain("• ") + bold(f"{backed.name} ({verdict}):") + " " + cited(backed), is_close=True))
    return blocks


def _programme_blocks(programmes: Sequence[ProgrammeMatch], offset: int, language: Language) -> list[Block]:
    return [Block(_entry(number, programme, language)) for number, programme in enumerate(programmes, start=offset + 1)]


def _entry(number: int, entry: ClusterMatch | ProgrammeMatch, language: Language) -> Text:
    """One entry: name and verdict, what it is or gives, and what is still open."""
    head = bold(f"{number}. {entry.name}") + f" ({_state(entry, language)}): "
    if isinstance(entry, ClusterMatch):
        reason = next((c for c in entry.criteria if c.verdict == "met" and c.citations), None) or entry.summary
        return head + (cited(reason) if reason else Text())
    gives = entry.amount or entry.rate or entry.summary
    return head + joined(" ", (cited(gives) if gives else Text(), plain(entry.text)))


def _state(entry: ClusterMatch | ProgrammeMatch, language: Language) -> str:
    if isinstance(entry, ClusterMatch):
        return say(f"fit_{entry.fit}", language)
    return f"{say(f'verdict_{entry.verdict}', language)}, {say(f'status_{entry.status}', language)}"


def _why_not(programme: ProgrammeMatch) -> Text:
    reason = next((criterion for criterion in programme.criteria if criterion.verdict == "not_met"), None)
    text = plain("• ") + bold(programme.name)
    return text + ": " + cited(reason) if reason else text


def criteria_lines(criteria: Sequence[Backed], language: Language) -> list[Block]:
    """One line a criterion, its verdict as a word first; what speaks against stands last."""
    ordered = sorted(criteria, key=lambda c: _VERDICTS.index(c.verdict) if c.verdict in _VERDICTS else 1)
    return [
        Block(plain(f"• {say(criterion.verdict or 'open', language)}: ") + cited(criterion), is_close=True)
        for criterion in ordered
    ]


def cited(backed: Backed) -> Text:
    """A statement with the numbers of its quotations."""
    marks = "".join(f"[{n}]" for n in backed.citations)
    text = link(backed.text, backed.url)
    return text + f" {marks}" if marks else text


# --- buttons ---------------------------------------------------------------------------------------------------------


def _names(found: Found, offset: int) -> list[str]:
    return [programme.name for programme in possible(found)[offset : offset + AT_ONCE]]


def _detail_rows(names: Sequence[str], offset: int, result_id: str, language: Language) -> Rows:
    return tuple(
        (
            Button(
                shortened(say("details", language, n=position + 1, name=name), LONGEST_LABEL),
                Callback("result", result_id, f"d{position}"),
            ),
        )
        for position, name in enumerate(names, start=offset)
    )


def _onward_rows(kind: Kind, found: Found, offset: int, result_id: str) -> Rows:
    """What else there is to see of a result."""
    if kind == "cluster":
        return ()
    language = found.language
    rest = len(possible(found)) - offset
    excluded = len(found.programmes) - len(possible(found))
    rows: Rows = ()
    if rest > 0:
        rows += ((Button(say("show_more", language, n=rest), Callback("result", result_id, f"m{offset}")),),)
    if excluded:
        rows += ((Button(say("show_excluded", language, n=excluded), Callback("result", result_id, "x")),),)
    return rows


def _layout(found: Found, result_id: str, today: date) -> Layout:
    return layout_for(
        found.citations,
        found.language,
        closing=say("result_foot", found.language, day=written_day(today, found.language)),
        callback=lambda n: Callback("shelf", result_id, str(n)),
    )
