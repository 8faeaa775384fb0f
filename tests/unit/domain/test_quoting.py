"""Quotations and their numbers."""

from __future__ import annotations

from datetime import date

from assistant.domain.ports import Library
from assistant.domain.quoting import Citations, edition, is_old, labelled_evidence, status_on

DAY = date(2026, 11, 23)


def test_a_quotation_keeps_its_number(library: Library) -> None:
    first = labelled_evidence(library, "funding/innofounder", "monatsbetrag")
    second = labelled_evidence(library, "funding/innofounder", "dauer")
    assert first is not None and second is not None
    citations = Citations(library, DAY)
    assert [citations.number(e) for e in (first, second, first)] == [1, 2, 1]
    assert citations.numbers([second, first, second]) == (2, 1)
    assert [c.quote for c in citations.all] == [first.text, second.text]


def test_the_most_official_source_leads(library: Library) -> None:
    evidence = labelled_evidence(library, "funding/innofounder", "monatsbetrag")
    assert evidence is not None
    citations = Citations(library, DAY)
    citations.number(evidence)
    assert citations.all[0].authority == "official"


def test_a_sentence_is_quoted_in_the_language_of_the_reply(library: Library) -> None:
    assert edition("funding/innofounder", "en", library) == "funding/innofounder.en"
    assert edition("funding/innofounder.en", "de", library) == "funding/innofounder"


def test_a_programme_ends_on_its_day(library: Library) -> None:
    document = library.document("funding/profi-programm-fuer-innovation")
    assert document is not None
    assert status_on(document, date(2026, 12, 31)) == "open" and status_on(document, date(2027, 1, 1)) == "ended"


def test_a_source_is_old_by_the_last_year_it_names() -> None:
    assert is_old("2023", DAY) and not is_old("2013-2025", DAY) and not is_old("undated", DAY)
