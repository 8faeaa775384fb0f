"""How replies and quotations look in a chat: pure functions from what the service answered to messages.

First the answer, then hints, then sources and date; lists as lines, because tables cannot be read aloud.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import urlsplit

from bots.telegram.callbacks import Action, Callback
from bots.telegram.parts import Block, Button, Layout, Part, Rows, in_rows, lay_out
from bots.telegram.replies import Citation, Language, NextStep, Reply
from bots.telegram.richtext import Text, bold, italic, joined, link, plain, quotation
from bots.telegram.texts import say, written_day, written_month

SOURCES_IN_SIGHT = 3
"""With more sources than this their list is folded up; a tap opens it."""
LONGEST_NAME = 160
"""Titles and publishers are shortened beyond this, so that a line of sources always fits."""
LONGEST_LABEL = 100
"""Telegram shows fewer characters still; the whole question stands above the answer to it."""
_HEADING = re.compile(r"\*\*([^*]+)\*\*")
_LIST_ITEM = re.compile(r"\s*[-*•]\s+")
_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_MONTH = re.compile(r"\b(\d{4})-(\d{2})\b(?!-)")


def answer_parts(
    reply: Reply,
    *,
    today: date,
    asked: str | None = None,
    consent: str | None = None,
    with_judgement: bool = True,
) -> list[Part]:
    """A reply as messages.

    Args:
        reply: What the service answered.
        today: The date shown.
        asked: The question, where the person tapped it and has not written it.
        consent: What a person is told once, at the first answer.
        with_judgement: Whether to offer "helpful" and "not helpful".
    """
    blocks = [Block(bold(asked), is_heading=True)] if asked else []
    blocks += body_blocks(reply.text, steps=[part.next_step for part in reply.parts if part.next_step])
    blocks += [Block(italic(notice)) for notice in reply.notices if notice]
    if reply.rewritten_question:
        blocks.append(Block(italic(say("understood", reply.language, question=reply.rewritten_question))))
    if reply.next_step and not reply.parts:  # those of an enquiry stand below their questions
        blocks.append(next_step_block(reply.next_step, reply.language))
    if consent:
        blocks.append(Block(italic(consent)))
    layout = layout_for(
        reply.citations,
        reply.language,
        closing=closing_line(reply, today),
        callback=lambda n: Callback("quote", reply.id, str(n)),
    )
    return lay_out(blocks, layout, last_rows=_rows_below(reply, with_judgement=with_judgement))


def next_step_block(step: NextStep, language: Language) -> Block:
    """Where to turn."""
    return Block(bold(say("next_step", language)) + " " + link(step.text, step.url))


def closing_line(reply: Reply, today: date) -> str:
    """Status and date, so that a forwarded answer says what it is and how old."""
    if reply.status == "answered" and not reply.citations:
        return ""  # a greeting states nothing
    return say(reply.status, reply.language, day=written_day(today, reply.language))


def body_blocks(text: str, *, steps: Sequence[NextStep] = ()) -> list[Block]:
    """The text of a reply in paragraphs and lines; list items get a bullet, headings and lines above a list stand out, steps become links."""
    lines = text.split("\n")
    step_of = {step.text: step for step in steps}
    blocks: list[Block] = []
    is_close = False
    for position, line in enumerate(lines):
        if not line.strip():
            is_close = False
            continue
        item, heading = _LIST_ITEM.match(line), _HEADING.fullmatch(line)
        following = lines[position + 1] if position + 1 < len(lines) else ""
        is_heading = bool(heading) or (not item and line.rstrip().endswith(":") and bool(_LIST_ITEM.match(following)))
        if heading:
            shown = bold(heading[1])
        elif item:
            shown = plain(f"• {line[item.end() :]}")
        elif line in step_of:
            shown = link(line, step_of[line].url)
        else:
            shown = bold(line.rstrip()) if is_heading else plain(line)
        blocks.append(Block(shown.stripped(), is_close=is_close, is_heading=is_heading))
        is_close = True
    return blocks


def layout_for(
    citations: Sequence[Citation],
    language: Language,
    *,
    closing: str,
    callback: Callable[[int], Callback],
) -> Layout:
    """Sources, date and buttons below each part."""
    by_number = {citation.n: citation for citation in citations}

    def foot(numbers: Sequence[int]) -> Text:
        shown = [by_number[n] for n in numbers if n in by_number]
        return joined("\n\n", (source_lines(shown, language), italic(closing) if closing else plain("")))

    def buttons(numbers: Sequence[int]) -> Rows:
        shown = sorted(n for n in numbers if n in by_number)
        return in_rows(
            [Button(say("quotation", language, n=n), callback(n)) for n in shown], per_row=3 if len(shown) < 10 else 4
        )

    return Layout(foot, buttons, lambda n, all_parts: say("part", language, n=n, all=all_parts))


def source_lines(citations: Sequence[Citation], language: Language) -> Text:
    """Each source once, with the numbers that lead to it."""
    numbers: dict[tuple[str | None, ...], list[int]] = {}
    for citation in citations:
        key = (citation.title, citation.publisher, citation.as_of, citation.url)
        numbers.setdefault(key, []).append(citation.n)
    lines = []
    for (title, publisher, as_of, url), found in numbers.items():
        marks = "".join(f"[{n}]" for n in sorted(found))
        rest = ", ".join(filter(None, (shortened(publisher or ""), written_as_of(as_of, language))))
        lines.append(plain(f"{marks} ") + link(shortened(title or ""), url) + f", {rest}")
    if not lines:
        return Text()
    head = bold(say("source" if len(lines) == 1 else "sources", language) + ":")
    return head + "\n" + _folded(joined("\n", lines), folded=len(lines) > SOURCES_IN_SIGHT)


def _folded(lines: Text, *, folded: bool) -> Text:
    return quotation(lines, folded=True) if folded else lines


def _rows_below(reply: Reply, *, with_judgement: bool) -> Rows:
    """What to ask next, one button a line because questions are long, then the judgement."""
    questions = reply.options or reply.suggestions
    action: Action = "option" if reply.options else "suggest"
    rows: Rows = tuple(
        (Button(shortened(question, LONGEST_LABEL), Callback(action, reply.id, str(index))),)
        for index, question in enumerate(questions)
    )
    if with_judgement and (reply.citations or reply.status == "abstained"):
        good = Button(say("helpful", reply.language), Callback("good", reply.id))
        bad = Button(say("not_helpful", reply.language), Callback("bad", reply.id))
        rows += ((good, bad),)
    return rows


# --- quotations ------------------------------------------------------------------------------------------------------


def quotation_parts(citation: Citation, language: Language) -> list[Part]:
    """One quotation with everything needed to check it."""
    blocks = quotation_blocks(citation, language, label=say("quotation", language, n=citation.n))
    rows: Rows = ((Button(say("official_page", language), url=citation.url),),) if citation.url else ()
    return lay_out(blocks, _plain_layout(language), last_rows=rows)


def _plain_layout(language: Language, closing: str = "") -> Layout:
    """Nothing below but a closing line."""
    return Layout(
        lambda numbers: italic(closing) if closing else Text(),
        lambda numbers: (),
        lambda n, all_parts: say("part", language, n=n, all=all_parts),
    )


def quotation_blocks(citation: Citation, language: Language, *, label: str) -> list[Block]:
    """A quotation, where it stands, who published it and when."""
    page = say("page", language, page=citation.page) if citation.page else ""
    heading = " › ".join(citation.heading)
    place = ", ".join(filter(None, (quoted(heading, language) if heading else "", page)))
    published = ", ".join(
        filter(
            None,
            (
                say("published_by", language, publisher=shortened(citation.publisher)) if citation.publisher else "",
                written_as_of(citation.as_of, language),
            ),
        )
    )
    hints = (
        say("ended", language) if citation.expired else "",
        say("valid_until", language, day=written_as_date(citation.valid_until, language))
        if citation.valid_until and not citation.expired
        else "",
        say("older", language) if citation.older_than_a_year else "",
        say("not_official", language) if citation.authority in ("press", "private") else "",
        say("start_page_only", language) if citation.start_page_only else "",
        say("in_german" if citation.language == "de" else "in_english", language)
        if citation.language != language
        else "",
    )
    about = joined(
        "\n",
        (
            bold(shortened(citation.title)) + (f", {place}" if place else ""),
            plain(published),
            plain(say("address", language) + " ") + link(host_of(citation.url), citation.url)
            if citation.url
            else Text(),
            italic(" ".join(filter(None, hints))),
        ),
    )
    return [
        Block(bold(label), is_heading=True),
        Block(quotation(plain(citation.quote.strip())), is_close=True),
        Block(about, is_close=True),
    ]


def all_quotations(reply: Reply, *, today: date) -> list[Part]:
    """Every quotation of a reply, word for word."""
    language = reply.language
    blocks = [Block(bold(say("sources_head", language)), is_heading=True)]
    for citation in reply.citations:
        blocks += quotation_blocks(citation, language, label=say("quotation", language, n=citation.n))
    return lay_out(blocks, _plain_layout(language, closing_line(reply, today)))


# --- dates and names -------------------------------------------------------------------------------------------------


def written_as_of(as_of: str | None, language: Language) -> str:
    """For which time a source speaks, in words."""
    recorded = (as_of or "").strip() or "undated"
    if recorded.startswith("undated"):
        return say("undated", language) + written_as_date(recorded.removeprefix("undated"), language)
    return say("as_of", language, when=written_as_date(recorded, language))


def written_as_date(text: str | None, language: Language) -> str:
    """Dates within a text as they are read aloud."""

    def day(match: re.Match[str]) -> str:
        try:
            return written_day(date(int(match[1]), int(match[2]), int(match[3])), language)
        except ValueError:
            return match[0]

    def month(match: re.Match[str]) -> str:
        return written_month(int(match[1]), int(match[2]), language) if 1 <= int(match[2]) <= 12 else match[0]

    return _MONTH.sub(month, _DAY.sub(day, text or ""))


def host_of(url: str) -> str:
    """Who is behind an address; whole addresses are no pleasure to hear."""
    return urlsplit(url).hostname or url


def quoted(text: str, language: Language) -> str:
    """In quotation marks."""
    return f"„{text}“" if language == "de" else f"“{text}”"


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    """A name that is not too long for its line."""
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"
