"""How replies and quotations look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from bots.telegram.parts import Part, keyboard
from bots.telegram.replies import EnquiryPart, NextStep
from bots.telegram.testing.limits import check_keyboard, check_text
from bots.telegram.views import (
    all_quotations,
    answer_parts,
    quotation_parts,
    written_as_of,
)
from tests.unit.telegram.make import make_citation, make_reply

TODAY = date(2026, 11, 23)


def check(parts: Sequence[Part]) -> None:
    for part in parts:
        check_text(part.text.plain, [entity.to_dict() for entity in part.text.entities()])
        made = keyboard(part.rows)
        check_keyboard(made.to_dict()["inline_keyboard"] if made else [])


def shown(**more: Any) -> str:
    (part,) = answer_parts(make_reply(**more), today=TODAY)
    check([part])
    return part.text.plain


def labels(part: Part) -> list[str]:
    return [button.label for row in part.rows for button in row]


def test_an_answer_stands_first_then_its_source_and_the_date() -> None:
    assert shown() == (
        "InnoFounder zahlt 2.500 Euro im Monat. [1]\n\n"
        "Quelle:\n[1] InnoFounder, Förderdatenbank des Bundes, Stand November 2025\n\n"
        "Belegte Auskunft von Clusterlotse, 23. November 2026"
    )


def test_an_english_answer_is_english_throughout() -> None:
    text = shown(language="en", text="InnoFounder pays 2,500 euros. [1]", citations=(make_citation(language="en"),))
    assert text.endswith(
        "Source:\n[1] InnoFounder, Förderdatenbank des Bundes, as of November 2025\n\n"
        "Answer with sources by Clusterlotse, 23 November 2026"
    )


def test_each_citation_has_a_button_and_each_source_one_line() -> None:
    citations = (make_citation(1), make_citation(2, quote="Anderes."), make_citation(3, title="Calls for Transfer"))
    (part,) = answer_parts(make_reply(text="A [1]. B [2]. C [3].", citations=citations), today=TODAY)
    assert labels(part)[:3] == ["Beleg 1", "Beleg 2", "Beleg 3"]
    assert "[1][2] InnoFounder," in part.text.plain and "[3] Calls for Transfer," in part.text.plain


def test_many_sources_are_folded_up() -> None:
    citations = tuple(make_citation(n, title=f"Blatt {n}") for n in range(1, 6))
    (part,) = answer_parts(make_reply(text="A [1][2][3][4][5].", citations=citations), today=TODAY)
    (folded,) = [span for span in part.text.spans if span.kind == "expandable_blockquote"]
    assert part.text.plain[folded.start : folded.end].count("Blatt") == 5


def test_markdown_lists_become_lines_and_nothing_else_is_taken_for_a_mark() -> None:
    text = shown(text="Es gibt:\n- *Wind* [1]\n- <b>Luft</b> & Co_x [1]\n\nMehr nicht.")
    assert text.startswith("Es gibt:\n• *Wind* [1]\n• <b>Luft</b> & Co_x [1]\n\nMehr nicht.\n\nQuelle")


@pytest.mark.parametrize(
    ("status", "closing"),
    [
        ("answered", "Belegte Auskunft von Clusterlotse"),
        ("partial", "Teilweise belegte Auskunft von Clusterlotse"),
        ("clarify", "Rückfrage von Clusterlotse"),
        ("abstained", "Ohne Auskunft, Clusterlotse"),
    ],
)
def test_the_last_line_says_what_kind_of_reply_it_is(status: str, closing: str) -> None:
    assert shown(status=status).endswith(f"{closing}, 23. November 2026")


def test_a_greeting_carries_no_date_and_no_judgement() -> None:
    (part,) = answer_parts(make_reply(text="Guten Tag!", citations=(), suggestions=("Was?",)), today=TODAY)
    assert part.text.plain == "Guten Tag!"
    assert labels(part) == ["Was?"]


def test_hints_the_question_as_understood_and_the_next_step_follow_the_answer() -> None:
    text = shown(
        status="partial",
        notices=("InnoFounder ist beendet.", ""),
        rewritten_question="Wie lange läuft InnoFounder?",
        next_step=NextStep(text="Zur IFB Hamburg", url="https://www.ifbhh.de"),
    )
    assert text.startswith(
        "InnoFounder zahlt 2.500 Euro im Monat. [1]\n\nInnoFounder ist beendet.\n\n"
        "Verstanden als: Wie lange läuft InnoFounder?\n\nNächster Schritt: Zur IFB Hamburg\n\nQuelle"
    )


def test_options_are_offered_instead_of_suggestions() -> None:
    reply = make_reply(status="clarify", text="Welches?", citations=(), options=("A?", "B?"), suggestions=("C?",))
    (part,) = answer_parts(reply, today=TODAY)
    assert labels(part) == ["A?", "B?"]


def test_a_tapped_question_stands_above_its_answer_and_consent_below() -> None:
    (part,) = answer_parts(make_reply(), today=TODAY, asked="Wie hoch?", consent="Gespeichert wird …")
    assert part.text.plain.startswith("Wie hoch?\n\nInnoFounder")
    assert "\n\nGespeichert wird …\n\nQuelle" in part.text.plain


def test_a_long_answer_loses_no_citation() -> None:
    numbers = range(1, 60)
    citations = tuple(make_citation(n, title=f"Blatt {n}", quote="„Äö👍“ " * 40) for n in numbers)
    text = "\n".join(f"- {'Größe 👍 ' * 30}[{n}]" for n in numbers)
    parts = answer_parts(make_reply(text=text, citations=citations), today=TODAY)
    check(parts)
    buttons = [label for part in parts for label in labels(part) if label.startswith("Beleg")]
    assert buttons == [f"Beleg {n}" for n in numbers]
    for part in parts:
        for label in labels(part):
            if label.startswith("Beleg"):
                assert f"[{label.split()[1]}] Blatt {label.split()[1]}," in part.text.plain
    whole = all_quotations(make_reply(text=text, citations=citations), today=TODAY)
    check(whole)
    joined = "\n".join(part.text.plain for part in whole)
    assert all(f"Beleg {n}\n" in joined for n in numbers)


def test_overlong_names_are_shortened_and_addresses_telegram_refuses_left_out() -> None:
    citation = make_citation(title="T" * 900, publisher="P" * 900, url="http://intranet/seite")
    parts = answer_parts(make_reply(citations=(citation,)), today=TODAY)
    check(parts)
    assert not parts[0].text.entities()[-1].url
    check(quotation_parts(citation, "de"))


# --- quotations ------------------------------------------------------------------------------------------------------


def test_a_quotation_shows_words_place_publisher_date_and_address() -> None:
    (part,) = quotation_parts(make_citation(page=3), "de")
    check([part])
    assert part.text.plain == (
        "Beleg 1\n2.500 Euro je Person und Monat bei Vollzeit.\n"
        "InnoFounder, „Höhe und Dauer“, Seite 3\n"
        "Herausgeber: Förderdatenbank des Bundes, Stand November 2025\n"
        "Adresse: www.foerderdatenbank.de"
    )
    assert [(button.label, button.url) for row in part.rows for button in row] == [
        ("Zur Quelle im Netz", "https://www.foerderdatenbank.de/innofounder")
    ]


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"expired": True, "valid_until": "2024-12-31"}, "Dieses Angebot ist beendet."),
        ({"valid_until": "2027-12-31"}, "Gilt nach der Quelle bis 31. Dezember 2027."),
        ({"older_than_a_year": True}, "Die Quelle ist älter als ein Jahr."),
        ({"authority": "press"}, "Dies ist keine amtliche Quelle."),
        ({"authority": "private"}, "Dies ist keine amtliche Quelle."),
        ({"start_page_only": True}, "Von der Quelle ist nur die Startseite bekannt."),
        ({"language": "en"}, "Die Quelle ist auf Englisch."),
    ],
)
def test_what_weakens_a_source_is_said(more: dict[str, Any], hint: str) -> None:
    (part,) = quotation_parts(make_citation(**more), "de")
    assert part.text.plain.endswith(f"\n{hint}")


@pytest.mark.parametrize(
    ("as_of", "german", "english"),
    [
        (None, "ohne Datum", "undated"),
        ("undated", "ohne Datum", "undated"),
        ("undated (seen 2026-11-20)", "ohne Datum (seen 20. November 2026)", "undated (seen 20 November 2026)"),
        ("2024-03-01", "Stand 1. März 2024", "as of 1 March 2024"),
        ("2025-11", "Stand November 2025", "as of November 2025"),
        ("2025", "Stand 2025", "as of 2025"),
        ("2025-13-45", "Stand 2025-13-45", "as of 2025-13-45"),
    ],
)
def test_the_age_of_a_source_is_written_in_words(as_of: str | None, german: str, english: str) -> None:
    assert (written_as_of(as_of, "de"), written_as_of(as_of, "en")) == (german, english)


def test_the_questions_of_an_enquiry_stand_out_and_their_next_steps_are_links() -> None:
    step = NextStep(text="Fragen Sie die IFB.", url="https://www.ifbhh.de/")
    reply = make_reply(
        text="**1. Was zahlt InnoFounder?**\n2.500 Euro. [1]\n\n**2. Wie ist das Wetter?**\nDazu steht hier nichts.\nFragen Sie die IFB.",
        parts=(
            EnquiryPart(question="Was zahlt InnoFounder?"),
            EnquiryPart(question="Wie ist das Wetter?", next_step=step),
        ),
        next_step=step,
    )
    (part,) = answer_parts(reply, today=TODAY)
    check([part])
    assert part.text.plain.startswith(
        "1. Was zahlt InnoFounder?\n2.500 Euro. [1]\n\n2. Wie ist das Wetter?\nDazu steht hier nichts.\nFragen Sie die IFB.\n\nQuelle:"
    )
    bold = [part.text.plain[span.start : span.end] for span in part.text.spans if span.kind == "bold"]
    assert bold[:2] == ["1. Was zahlt InnoFounder?", "2. Wie ist das Wetter?"]
    assert next(span.url for span in part.text.spans if span.kind == "text_link") == "https://www.ifbhh.de/"
