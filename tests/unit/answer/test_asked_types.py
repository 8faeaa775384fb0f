"""Kinds of information: what a question asks for and whether a line holds it."""

from __future__ import annotations

import pytest

from assistant.answer.asked_types import ASKED_TYPES, lacks_indispensable, types_asked, types_held

NAMES = [kind.name for kind in ASKED_TYPES]


def named(flags: object) -> set[str]:
    return {name for name, flag in zip(NAMES, flags, strict=True) if flag}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Wie lautet die Telefonnummer von EEHH?", "phone"),
        ("Who is the managing director?", "leader"),
        ("Bis wann muss ich den Antrag stellen?", "date"),
        ("Wie lange läuft das?", "duration"),
        ("How much does it pay?", "money"),
        ("Wie hoch ist der Zinssatz?", "interest"),
        ("Wo sitzt das Cluster?", "place"),
        ("Gibt es das noch?", "state"),
        ("Wie viele Anträge wurden abgelehnt?", "demand"),
        ("Warum wurde es eingestellt?", "reason"),
    ],
)
def test_what_is_asked(question: str, wanted: str) -> None:
    assert wanted in named(types_asked(question))


@pytest.mark.parametrize(
    ("line", "held", "missing"),
    [
        ("Rufen Sie 040 1234567 an.", "phone", "email"),
        ("Der Zuschuss beträgt 2.500 Euro.", "money", "phone"),
        ("Er wird höchstens 18 Monate gezahlt.", "duration", "money"),
        ("Die Frist endete am 30. November 2026.", "date", "money"),
        ("Melanie Leonhard ist Senatorin.", "leader", "money"),
    ],
)
def test_what_a_line_holds(line: str, held: str, missing: str) -> None:
    assert held in named(types_held(line))
    assert missing not in named(types_held(line))


def test_an_open_question_asks_for_no_kind() -> None:
    assert named(types_asked("Erzähl mir etwas über Hamburg Aviation")) == set()


@pytest.mark.parametrize(
    ("question", "line", "missing"),
    [
        ("Wie lautet die Telefonnummer von ARIC?", "ARIC hat seinen Sitz in Hamburg.", "phone"),
        ("Wie lautet die Telefonnummer von ARIC?", "Erreichbar ist ARIC unter 040 123456.", None),
        ("Which call is open?", "The call closes on 30 November 2026.", None),
        ("Wie sind die Öffnungszeiten?", "SPACE öffnete am 4. September 2023.", "hours"),
        ("How many members does it have?", "It has twelve members.", None),
        ("Wie viele Anträge wurden abgelehnt?", "Die Förderung ist ein Zuschuss.", "demand"),
    ],
)
def test_what_an_answer_cannot_do_without(question: str, line: str, missing: str | None) -> None:
    assert lacks_indispensable(question, [line]) == missing
