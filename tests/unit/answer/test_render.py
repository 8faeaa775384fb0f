"""The reply as it travels: numbered citations, offsets of claims, lists, and hints on age and end."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer.draft import Draft, Outcome, Statement
from assistant.answer.names import NameIndex
from assistant.answer.render import Render
from assistant.domain.answers import NextStep, Reason, Reply
from assistant.store.library import StoredLibrary
from tests.unit.answer.make import decided, drafted, evidence_of, library_of, quoting
from tests.unit.ingest.make import SHEET, SHEET_EN

DOCUMENT = "funding/probe"
AMOUNT, END = "150.000", "31. Dezember 2027"


def render(library: StoredLibrary, draft: Draft) -> Reply:
    return Render(library, NameIndex(library))(draft, index="g-1")


@pytest.fixture(scope="module")
def probe() -> StoredLibrary:
    return library_of(SHEET, SHEET_EN)


# --- text and citations ----------------------------------------------------------------------------------------------


def test_citations_are_numbered_in_the_order_of_their_use(probe: StoredLibrary) -> None:
    amount, end = (evidence_of(probe, DOCUMENT, piece) for piece in (AMOUNT, END))
    reply = render(probe, decided(quoting(end), quoting(amount), quoting(end)))
    assert reply.text == (
        "Das Probeprogramm läuft bis zum 31. Dezember 2027. [1] "
        "Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen. [2] "
        "Das Probeprogramm läuft bis zum 31. Dezember 2027. [1]"
    )
    assert [(c.n, c.quote) for c in reply.citations] == [(1, end.text), (2, amount.text)]
    assert [claim.citations for claim in reply.claims] == [(1,), (2,), (1,)]


def test_a_claim_may_rest_on_several_quotations(probe: StoredLibrary) -> None:
    amount, end = (evidence_of(probe, DOCUMENT, piece) for piece in (AMOUNT, END))
    reply = render(probe, decided(quoting(amount, end, amount)))
    assert reply.text == "Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen. [1][2]"
    assert reply.claims[0].citations == (1, 2)


def test_a_claim_is_the_slice_of_the_text_and_a_quote_that_of_the_document(probe: StoredLibrary) -> None:
    statements = [quoting(evidence_of(probe, DOCUMENT, piece)) for piece in (AMOUNT, END)]
    reply = render(probe, decided(*statements, message="Dazu steht hier:"))
    assert [reply.text[claim.start : claim.end] for claim in reply.claims] == [s.text for s in statements]
    assert all(claim.check == "quoted" for claim in reply.claims)
    for citation in reply.citations:
        assert probe.text(citation.document_id)[citation.start : citation.end] == citation.quote
        assert citation.version_id == probe.version_id(citation.document_id)


def test_a_citation_names_where_the_words_stand(probe: StoredLibrary) -> None:
    (citation,) = render(probe, decided(quoting(evidence_of(probe, DOCUMENT, AMOUNT)))).citations
    assert (citation.title, citation.kind, citation.language) == ("Probeprogramm", "funding", "de")
    assert citation.heading == ("Wie viel Geld es gibt",)
    assert (citation.url, citation.publisher, citation.authority, citation.as_of) == (
        "https://example.org/a",
        "Probebank",
        "official",
        "2024",
    )


def test_the_most_official_source_of_a_sentence_is_shown() -> None:
    library = library_of(SHEET.replace("[1][2]", "[2][1]"))
    (citation,) = render(library, decided(quoting(evidence_of(library, DOCUMENT, END)))).citations
    assert citation.publisher == "Probebank"


def test_among_equals_a_page_of_its_own_is_shown_rather_than_a_start_page() -> None:
    sheet = SHEET.replace("press}", "official}")
    sheet = sheet.replace(
        'as_of: "2024", authority: official}', 'as_of: "2024", authority: official, start_page_only: true}', 1
    )
    library = library_of(sheet)
    (citation,) = render(library, decided(quoting(evidence_of(library, DOCUMENT, END)))).citations
    assert (citation.publisher, citation.start_page_only) == ("Probezeitung", False)


# --- shapes ----------------------------------------------------------------------------------------------------------


def heading(text: str) -> Statement:
    return Statement(text=text, shape="heading")


def test_lists_are_written_as_lists(probe: StoredLibrary) -> None:
    amount, end = (evidence_of(probe, DOCUMENT, piece) for piece in (AMOUNT, END))
    reply = render(
        probe,
        decided(
            heading("Beträge:"),
            quoting(amount, shape="item"),
            quoting(end, shape="item"),
            heading("Ende:"),
            quoting(end, shape="item"),
        ),
    )
    assert reply.text.split("\n") == [
        "Beträge:",
        "- Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen. [1]",
        "- Das Probeprogramm läuft bis zum 31. Dezember 2027. [2]",
        "",
        "Ende:",
        "- Das Probeprogramm läuft bis zum 31. Dezember 2027. [2]",
    ]
    assert len(reply.claims) == 3


def test_items_below_a_lead_sentence_begin_after_a_blank_line(probe: StoredLibrary) -> None:
    amount, end = (evidence_of(probe, DOCUMENT, piece) for piece in (AMOUNT, END))
    reply = render(probe, decided(quoting(amount, shape="lead"), quoting(end, shape="item")))
    assert reply.text.split("\n") == [f"{amount.text} [1]", "", f"- {end.text} [2]"]


def test_an_abstention_carries_its_reason_and_a_next_step_and_nothing_else(probe: StoredLibrary) -> None:
    step = NextStep(text="Fragen Sie die Probebank.", url="https://example.org/a")
    outcome = Outcome(status="abstained", reason=Reason.NO_MATCH, message="Dazu steht hier nichts.", next_step=step)
    reply = render(probe, drafted("Und das Wetter?", outcome=outcome))
    assert (reply.status, reply.reason, reply.text) == ("abstained", "no_match", "Dazu steht hier nichts.")
    assert reply.next_step == step
    assert (reply.claims, reply.citations, reply.notices, reply.suggestions) == ((), (), (), ())
    assert reply.index == "g-1"


# --- hints -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "notices"),
    [
        pytest.param(date(2025, 6, 1), [], id="long before the end"),
        pytest.param(date(2027, 10, 1), [], id="more than ninety days before"),
        pytest.param(date(2027, 10, 2), ["Die Angaben zu Probeprogramm gelten nach der Quelle bis 31.12.2027."], id="soon"),
        pytest.param(date(2027, 12, 31), ["Die Angaben zu Probeprogramm gelten nach der Quelle bis 31.12.2027."], id="last day"),
        pytest.param(date(2028, 1, 1), ["Probeprogramm ist beendet."], id="first day after"),
    ],
)  # fmt: skip
def test_the_day_decides_whether_a_programme_has_ended(today: date, notices: list[str]) -> None:
    library = library_of(SHEET.replace('as_of: "2024"', 'as_of: "undatiert"'))
    reply = render(library, decided(quoting(evidence_of(library, DOCUMENT, AMOUNT)), today=today))
    assert list(reply.notices) == notices
    assert reply.citations[0].expired is (today > date(2027, 12, 31))
    assert reply.citations[0].valid_until == date(2027, 12, 31)


def test_an_english_hint_writes_the_date_in_english() -> None:
    library = library_of(
        SHEET.replace('as_of: "2024"', 'as_of: "undatiert"'), SHEET_EN.replace('as_of: "2024"', 'as_of: "undated"')
    )
    draft = decided(
        quoting(evidence_of(library, "funding/probe.en", "150,000")),
        question="How much does the trial programme pay?",
        today=date(2027, 10, 2),
    )
    assert list(render(library, draft).notices) == [
        "According to the source, the details on Trial programme apply until 31 December 2027."
    ]


def test_what_is_recorded_as_ended_is_called_ended_on_any_day() -> None:
    library = library_of(SHEET.replace("status: open", "status: ended"))
    reply = render(library, decided(quoting(evidence_of(library, DOCUMENT, AMOUNT)), today=date(2025, 1, 1)))
    assert "Probeprogramm ist beendet." in reply.notices


@pytest.mark.parametrize(
    ("as_of", "is_old"),
    [("2024", True), ("2024-11", True), ("2025", False), ("2023 bis 2026", False), ("undatiert", False)],
)
def test_a_source_more_than_a_year_old_is_said_to_be_old(as_of: str, is_old: bool) -> None:
    library = library_of(SHEET.replace('as_of: "2024"', f'as_of: "{as_of}"'))
    reply = render(library, decided(quoting(evidence_of(library, DOCUMENT, AMOUNT)), today=date(2026, 11, 23)))
    assert any("älter als ein Jahr" in notice for notice in reply.notices) is is_old
    assert reply.citations[0].older_than_a_year is is_old


def test_a_private_source_is_named_as_not_official() -> None:
    sheet = SHEET.replace("authority: official", "authority: private")
    library = library_of(sheet)
    reply = render(library, decided(quoting(evidence_of(library, DOCUMENT, AMOUNT))))
    assert any("nicht auf eine amtliche Quelle" in notice for notice in reply.notices)
    assert reply.citations[0].authority == "private"


def test_a_quotation_in_the_other_language_is_announced(probe: StoredLibrary) -> None:
    german = quoting(evidence_of(probe, DOCUMENT, AMOUNT))
    reply = render(probe, decided(german, question="How much does the trial programme pay?"))
    assert reply.language == "en"
    assert any("German only" in notice for notice in reply.notices)


# --- what to ask next ------------------------------------------------------------------------------------------------


def test_suggestions_ask_for_what_the_sheet_states_and_was_not_asked(library: StoredLibrary) -> None:
    founder = quoting(evidence_of(library, "funding/innofounder", "2.500 Euro je Person und Monat"))
    reply = render(library, decided(founder, question="Wie hoch ist der Zuschuss bei InnoFounder?"))
    assert list(reply.suggestions) == [
        "Wer kann InnoFounder beantragen?",
        "Womit lässt sich InnoFounder kombinieren?",
        "Wer ist bei InnoFounder die Anlaufstelle?",
    ]


def test_suggestions_are_in_the_language_of_the_reply(library: StoredLibrary) -> None:
    members = quoting(evidence_of(library, "clusters/food-cluster-hamburg.en", "around 160 members"))
    reply = render(library, decided(members, question="How many members does the food cluster have?"))
    assert 1 <= len(reply.suggestions) <= 3
    assert all("Food Cluster" in suggestion for suggestion in reply.suggestions)
    assert not any("members" in suggestion for suggestion in reply.suggestions)
