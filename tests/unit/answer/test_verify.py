"""No claim without its quotation: what was altered, misplaced or made up is dropped, and the status follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer.draft import Outcome, Statement
from assistant.answer.texts import text_for
from assistant.answer.verify import Verify, check_statement, figures_hold
from assistant.domain.answers import Evidence, Reason
from assistant.domain.values import Sentence
from assistant.store.library import StoredLibrary
from tests.unit.answer.make import decided, drafted, evidence_of, library_of, quoting
from tests.unit.ingest.make import SHEET, SHEET_EN


@pytest.fixture(scope="module")
def probe() -> StoredLibrary:
    return library_of(SHEET, SHEET_EN)


@pytest.fixture
def amount(probe: StoredLibrary) -> Evidence:
    """Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen."""
    return evidence_of(probe, "funding/probe", "150.000")


@pytest.fixture
def end(probe: StoredLibrary) -> Evidence:
    """Das Probeprogramm läuft bis zum 31. Dezember 2027."""
    return evidence_of(probe, "funding/probe", "2027")


def moved(evidence: Evidence, by: int) -> Evidence:
    sentence = evidence.sentence
    return replace(evidence, sentence=replace(sentence, start=sentence.start + by, end=sentence.end + by))


# --- one statement ---------------------------------------------------------------------------------------------------


def test_the_exact_words_hold_as_a_quotation(probe: StoredLibrary, amount: Evidence) -> None:
    assert check_statement(quoting(amount), probe) == "quoted"


@pytest.mark.parametrize(
    "text", ["zahlt höchstens 150.000 Euro je Unternehmen", "das Probeprogramm zahlt höchstens 150.000 Euro"]
)
def test_a_part_of_the_words_is_a_quotation_too(probe: StoredLibrary, amount: Evidence, text: str) -> None:
    assert check_statement(quoting(amount, text=text), probe) == "quoted"


@pytest.mark.parametrize(
    "text",
    [
        "Das Probeprogramm zahlt bis zu 150 000 EUR.",
        "The trial programme pays up to EUR 150,000.",
        "Es gibt höchstens 0,15 Mio. Euro.",
    ],
)
def test_other_words_with_the_same_figures_are_supported(probe: StoredLibrary, amount: Evidence, text: str) -> None:
    assert check_statement(quoting(amount, text=text), probe) == "supported"


def altered(old: str, new: str) -> object:
    return pytest.param(old, new, id=new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        altered("150.000 Euro", "160.000 Euro"),
        altered("höchstens", "mindestens"),
        altered("Unternehmen.", "Unternehmen"),
        altered("Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen.", ""),
    ],
)
def test_an_altered_quotation_is_refused(probe: StoredLibrary, amount: Evidence, old: str, new: str) -> None:
    assert old in amount.text
    assert (
        check_statement(quoting(replace(amount, text=amount.text.replace(old, new)), text=amount.text), probe) is None
    )


@pytest.mark.parametrize("by", [-1, 1, 5000])
def test_a_quotation_that_stands_elsewhere_is_refused(probe: StoredLibrary, amount: Evidence, by: int) -> None:
    assert check_statement(quoting(moved(amount, by)), probe) is None


def test_a_quotation_from_another_document_is_refused(probe: StoredLibrary, amount: Evidence) -> None:
    for document_id in ("funding/probe.en", "funding/unbekannt"):
        elsewhere = replace(amount, passage=replace(amount.passage, document_id=document_id))
        assert check_statement(quoting(elsewhere), probe) is None


def test_one_false_quotation_among_true_ones_spoils_the_statement(
    probe: StoredLibrary, amount: Evidence, end: Evidence
) -> None:
    assert check_statement(quoting(amount, end), probe) == "quoted"
    assert check_statement(quoting(amount, moved(end, 1)), probe) is None


def test_a_statement_without_evidence_is_refused(probe: StoredLibrary) -> None:
    assert (
        check_statement(Statement(text="Das Probeprogramm zahlt höchstens 150.000 Euro je Unternehmen."), probe) is None
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Das Probeprogramm zahlt bis zu 200.000 Euro.", id="amount"),
        pytest.param("Das Probeprogramm zahlt 150.000 Euro und damit 80 Prozent.", id="rate"),
        pytest.param("Das Probeprogramm zahlt 150.000 Euro bis zum 31. Dezember 2027.", id="date"),
        pytest.param("Seit 2024 zahlt das Probeprogramm 150.000 Euro.", id="year"),
        pytest.param("Das Probeprogramm zahlt 18 Monate lang 150.000 Euro.", id="duration"),
        pytest.param("Nach § 3 zahlt das Probeprogramm 150.000 Euro.", id="section"),
        pytest.param("Fragen Sie info@example.org nach den 150.000 Euro.", id="e-mail"),
        pytest.param("Mehr zu den 150.000 Euro steht auf www.example.org.", id="address"),
        pytest.param("Rufen Sie wegen der 150.000 Euro 040 123456 an.", id="telephone"),
    ],
)
def test_a_figure_that_the_evidence_does_not_state_is_refused(
    probe: StoredLibrary, amount: Evidence, text: str
) -> None:
    assert check_statement(quoting(amount, text=text), probe) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hamburg Aviation hat 999 Mitglieder.", id="plain number"),
        pytest.param("Hamburg Aviation hat 184 Mitglieder, davon 20 neue.", id="one number more"),
    ],
)
def test_a_statement_that_the_evidence_does_not_make_is_refused(text: str) -> None:
    library = library_of(
        SHEET.replace("Das Probeprogramm läuft bis zum 31. Dezember 2027.", "Hamburg Aviation hat 184 Mitglieder.")
    )
    evidence = evidence_of(library, "funding/probe", "184")
    assert check_statement(quoting(evidence, text=text), library) is None


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Es läuft bis 2027.", "supported"),
        ("Es läuft bis Dezember 2027.", "supported"),
        ("Es läuft bis 2028.", None),
        ("Es läuft bis Mai 2027.", None),
    ],
)
def test_a_date_supports_its_month_and_year(probe: StoredLibrary, end: Evidence, text: str, check: str | None) -> None:
    assert check_statement(quoting(end, text=text), probe) == check


def test_figures_hold_across_languages_and_spellings() -> None:
    assert figures_hold("By 3 May 2027 at most EUR 1.5 million", "Bis zum 3. Mai 2027 höchstens 1,5 Mio. Euro")
    assert not figures_hold("By 5 March 2027", "Bis zum 3. Mai 2027")


# --- a whole answer --------------------------------------------------------------------------------------------------


def test_what_does_not_hold_is_dropped_and_the_rest_stays(
    probe: StoredLibrary, amount: Evidence, end: Evidence
) -> None:
    wrong = quoting(end, text="Das Probeprogramm läuft bis zum 31. Dezember 2029.")
    draft = Verify(probe)(decided(quoting(amount), wrong))
    assert draft.outcome is not None
    assert draft.outcome.status == "answered"
    assert [statement.text for statement in draft.outcome.statements] == [amount.text]
    assert draft.trace["verify"] == {"checked": 2, "dropped": [wrong.text]}


def test_an_answer_that_loses_every_claim_becomes_an_abstention(probe: StoredLibrary, amount: Evidence) -> None:
    draft = Verify(probe)(decided(Statement(text="Programme:", shape="heading"), quoting(moved(amount, 1))))
    assert draft.outcome == Outcome(status="abstained", reason=Reason.NO_MATCH, message=text_for("no_match", "de"))


def test_a_heading_below_which_nothing_holds_goes_too(probe: StoredLibrary, amount: Evidence, end: Evidence) -> None:
    kept, empty = Statement(text="Beträge:", shape="heading"), Statement(text="Fristen:", shape="heading")
    draft = Verify(probe)(decided(kept, quoting(amount, shape="item"), empty, quoting(moved(end, 1), shape="item")))
    assert draft.outcome is not None
    assert [statement.text for statement in draft.outcome.statements] == ["Beträge:", amount.text]


def test_a_reply_without_claims_passes_unchanged(probe: StoredLibrary) -> None:
    draft = drafted("Hallo", outcome=Outcome(status="answered", message="Guten Tag!"))
    assert Verify(probe)(draft) == draft


def test_every_sentence_of_the_corpus_holds_word_for_word(library: StoredLibrary) -> None:
    checked = 0
    for document in library.documents():
        text = library.text(document.id)
        for passage in library.passages(document.id):
            for sentence in passage.sentences:
                evidence = Evidence(
                    passage=passage, sentence=sentence, text=text[sentence.start : sentence.end], sources=()
                )
                assert check_statement(quoting(evidence), library) == "quoted"
                shifted = replace(
                    evidence, sentence=Sentence(start=sentence.start, end=sentence.end - 1, block="prose")
                )
                assert check_statement(quoting(shifted), library) is None
                checked += 1
    assert checked > 3000
