"""How the finders' questions and results look."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from bots.telegram.finder import Finder, begin
from bots.telegram.finder_views import AT_ONCE, detail_parts, excluded_parts, more_parts, question_part, result_parts
from bots.telegram.parts import Part, keyboard
from bots.telegram.replies import Found, Query, read_clusters, read_programmes, restored_found
from bots.telegram.testing.limits import check_keyboard, check_text

TODAY = date(2026, 11, 23)
ID = "0123456789abcdef"
CITATION = {"n": 1, "title": "Blatt", "quote": "Wortlaut.", "url": "https://www.hamburg.de/x"}


def check(parts: Sequence[Part]) -> str:
    """Telegram must take every part; gives what stands in them."""
    for part in parts:
        check_text(part.text.plain, [entity.to_dict() for entity in part.text.entities()])
        made = keyboard(part.rows)
        check_keyboard(made.to_dict()["inline_keyboard"] if made else [])
    return "\n\n".join(part.text.plain for part in parts)


def labels(parts: Sequence[Part]) -> list[str]:
    return [button.label for part in parts for row in part.rows for button in row]


def programme(number: int, **more: Any) -> dict[str, Any]:
    return {"name": f"Programm {number}", "status": "open", "verdict": "check", "text": "", "criteria": [], **more}


def programmes(*found: dict[str, Any], **more: Any) -> Found:
    return read_programmes({"text": "Zu prüfen.", "programmes": found, "citations": [CITATION], **more}, "de")


def clusters(**more: Any) -> Found:
    criteria = [
        {"verdict": "not_met", "text": "Sitz.", "citations": [1]},
        {"verdict": "open", "text": "Größe.", "citations": []},
        {"verdict": "met", "text": "Branche.", "citations": [1]},
    ]
    match = {"name": "Windcluster", "fit": "strong", "criteria": criteria, "joining": None, "contact": None}
    data = {"status": "matched", "text": "Am besten passt Windcluster.", "matches": [match], "citations": [CITATION]}
    return read_clusters({**data, **more}, "de")


def asking(*options: str) -> Finder:
    finder = begin("cluster", "de").described("Wir bauen Windräder.")
    return finder.asking(Query(field="location", text="Wo?", options=options))


# --- questions -------------------------------------------------------------------------------------------------------


def test_a_question_offers_its_options_and_always_skip_back_result_and_cancel() -> None:
    part = question_part(asking("Hamburg", "O" * 300), None)
    check([part])
    offered = labels([part])
    assert offered[0] == "Hamburg" and len(offered[1]) == 100
    assert offered[2:] == ["Überspringen", "Zurück", "Ergebnis zeigen", "Abbrechen"]


def test_many_options_stand_side_by_side() -> None:
    part = question_part(asking(*(f"Zweck {n}" for n in range(14))), None)
    assert [len(row) for row in part.rows] == [2] * 7 + [2, 2]


def test_nothing_ahead_yet_is_said() -> None:
    part = question_part(asking(), Found(language="de"))
    assert part.text.plain == "Frage 1: Wo?\n\nBisher passt noch nichts sicher."


# --- results ---------------------------------------------------------------------------------------------------------


def test_what_was_understood_stands_below_the_result() -> None:
    understood = [{"field": "employees", "label": "Beschäftigte", "value": "14"}, {"label": "Ort", "value": "Harburg"}]
    text = check(result_parts("cluster", clusters(understood=understood), result_id=ID, today=TODAY))
    assert text.startswith(
        "Am besten passt Windcluster.\n\nVerstanden habe ich: Beschäftigte: 14; Ort: Harburg.\n\n"
        "1. Windcluster (passt gut): Branche. [1]\n\nQuelle:"
    )


def test_what_speaks_against_a_cluster_stands_below_what_speaks_for_it() -> None:
    parts = detail_parts("cluster", clusters(), 0, result_id=ID, today=TODAY)
    assert parts is not None
    assert "Windcluster, passt gut\n• Passt: Branche. [1]\n• Noch offen: Größe.\n• Passt nicht: Sitz. [1]" in check(
        parts
    )


def test_notes_and_the_border_between_two_clusters_are_shown() -> None:
    found = clusters(
        between={"text": "Zwischen Luft und Wind.", "citations": [1]}, notes=[{"text": "Beendet.", "citations": [1]}]
    )
    text = check(result_parts("cluster", found, result_id=ID, today=TODAY))
    assert "Zwischen Luft und Wind. [1]" in text and "Gut zu wissen:\n• Beendet. [1]" in text


def test_the_first_programmes_are_shown_and_the_others_are_one_tap_away() -> None:
    amount = {"text": "Bis 45.000 Euro.", "citations": [1]}
    found = programmes(*(programme(n, amount=amount, text="Offen: der Zweck.") for n in range(1, 13)))
    parts = result_parts("funding", found, result_id=ID, today=TODAY)
    text = check(parts)
    assert "1. Programm 1 (zu prüfen, Anträge möglich): Bis 45.000 Euro. [1] Offen: der Zweck." in text
    assert f"{AT_ONCE}. Programm {AT_ONCE} " in text and f"Programm {AT_ONCE + 1}" not in text
    assert f"{12 - AT_ONCE} weitere zeigen" in labels(parts)
    last = more_parts(found, 10, result_id=ID, today=TODAY)
    assert check(last).startswith("11. Programm 11") and "12. Programm 12: mehr" in labels(last)
    assert not [label for label in labels(last) if "weitere" in label]


def test_what_is_not_possible_is_named_with_the_reason() -> None:
    reason = {"verdict": "not_met", "text": "Beendet.", "citations": [1]}
    found = programmes(programme(1, verdict="not_eligible", status="ended", criteria=[reason]))
    parts = result_parts("funding", found, result_id=ID, today=TODAY)
    assert "Programm 1" not in check(parts) and "1 nicht mögliche zeigen" in labels(parts)
    assert "• Programm 1: Beendet. [1]" in check(excluded_parts(found, result_id=ID, today=TODAY))


def test_a_long_result_keeps_every_limit() -> None:
    criteria = [{"verdict": "met", "text": "Größe 👍 " * 40, "citations": [n]} for n in range(1, 40)]
    citations = [{**CITATION, "n": n, "title": f"Blatt {n}"} for n in range(1, 40)]
    found = programmes(programme(1, criteria=criteria), citations=citations)
    parts = detail_parts("funding", found, 0, result_id=ID, today=TODAY)
    assert parts is not None and len(parts) > 1
    assert check(parts).count("ohne Gewähr") == len(parts)


def test_there_is_no_entry_beyond_the_last() -> None:
    assert detail_parts("funding", programmes(programme(1)), 1, result_id=ID, today=TODAY) is None


def test_a_result_survives_being_stored() -> None:
    amount = {"text": "Bis 45.000 Euro.", "citations": [1]}
    for found in (clusters(notes=[{"text": "N."}]), programmes(programme(1, amount=amount))):
        again = restored_found(json.loads(json.dumps(asdict(found))))
        kind = "cluster" if found.clusters else "funding"
        assert result_parts(kind, again, result_id=ID, today=TODAY) == result_parts(
            kind, found, result_id=ID, today=TODAY
        )
        assert detail_parts(kind, again, 0, result_id=ID, today=TODAY) == detail_parts(
            kind, found, 0, result_id=ID, today=TODAY
        )
