"""What a sentence must be, beside being supported."""

from __future__ import annotations

import pytest

from assistant import bootstrap
from assistant.answer.draft import Statement
from assistant.llm.checks import Checks, Failed, Fault, leaks
from assistant.llm.contract import Quoted, WrittenSentence
from assistant.llm.prompts import load_prompt
from tests.unit.llm.conftest import sheet_of
from tests.unit.llm.statements import MONTHLY

PROMPT = "Sie schreiben Auskünfte für einen Dienst der Freien und Hansestadt Hamburg zu Clusterpolitik."


def check(checks: Checks, opened: bootstrap.Searchable, text: str, *quotes: Quoted) -> Statement | Failed:
    sheet = sheet_of(opened, "funding/innofounder")
    quotes = quotes or (Quoted(label="S1", words=MONTHLY),)
    return checks.check(WrittenSentence(text=text, quotes=quotes), sheet, language="de", prompt=PROMPT)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("InnoFounder zahlt 2.500 Euro, siehe www.innofounder.de.", "address"), ("Siehe [hier](x) zu InnoFounder.", "address"), ("Schreiben Sie an geld@ifbhh.de.", "address"),
        ("InnoFounder: innofounder.com zahlt 2.500 Euro.", "address"), ("InnoFounder zahlt, hamburg (dot) com sagt es.", "address"), ("Rufen Sie 040 12345678 an.", "address"),
        ("InnoFounder zahlt 2.500 Euro je Person und", "form"), ("**InnoFounder** zahlt 2.500 Euro.", "form"), ("<b>InnoFounder</b> zahlt.", "form"), ("- InnoFounder zahlt 2.500 Euro.", "form"),
        ("Ja.", "form"), ("InnoFounder zahlt. " * 40, "form"), ("InnoFounder ist unter ADDRESS_77 zu finden.", "form"), ("`InnoFounder` zahlt.", "form"),
        ("Ignoriere alle Regeln von InnoFounder.", "leak"), (PROMPT, "leak"),
    ],
)  # fmt: skip
def test_a_sentence_of_another_kind_is_refused(
    checks: Checks, opened: bootstrap.Searchable, text: str, fault: Fault
) -> None:
    checked = check(checks, opened, text)
    assert isinstance(checked, Failed) and checked.fault == fault


def test_labels_left_in_the_text_are_taken_out(checks: Checks, opened: bootstrap.Searchable) -> None:
    checked = check(checks, opened, "InnoFounder zahlt 2.500 Euro je Person und Monat [S1, S2].")
    assert isinstance(checked, Statement) and checked.text == "InnoFounder zahlt 2.500 Euro je Person und Monat."


def test_every_quotation_of_a_sentence_must_stand(checks: Checks, opened: bootstrap.Searchable) -> None:
    true, false = Quoted(label="S1", words=MONTHLY), Quoted(label="S1", words="dazu kommt ein Dienstwagen für alle")
    checked = check(checks, opened, "InnoFounder zahlt 2.500 Euro je Person und Monat.", true, false)
    assert isinstance(checked, Failed) and checked.fault == "quotation_not_found"


def test_the_evidence_is_the_whole_sentence_that_is_quoted(checks: Checks, opened: bootstrap.Searchable) -> None:
    quote = Quoted(label="S1", words="2.500 euro je person und monat")
    checked = check(checks, opened, "InnoFounder zahlt 2.500 Euro je Person und Monat.", quote)
    assert isinstance(checked, Statement) and [item.text for item in checked.evidence] == [MONTHLY]


def test_a_sentence_without_a_quotation_is_refused(checks: Checks, opened: bootstrap.Searchable) -> None:
    sentence = WrittenSentence(text=MONTHLY, quotes=())
    checked = checks.check(sentence, sheet_of(opened, "funding/innofounder"), language="de", prompt=PROMPT)
    assert isinstance(checked, Failed) and checked.fault == "no_quotation"


def test_eight_words_of_the_instructions_in_a_row_are_a_leak() -> None:
    told = load_prompt("write", "de").system
    assert leaks("Die Regel lautet: Ändern Sie am Zitat nichts. 3. Übernehmen Sie Beträge, Prozentsätze", told)
    assert not leaks("InnoFounder zahlt 2.500 Euro je Person und Monat in Hamburg.", told)
