"""What a text asks: questions that want an answer, and what is said around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.enquiry_text import divide, wants_an_answer
from assistant.domain.values import Language

LETTER = """Betreff: InnoFounder?

Sehr geehrte Damen und Herren,

wir sind ein junges Unternehmen aus Harburg mit 14 Beschäftigten.
Können Sie uns weiterhelfen? Unsere Fragen:
1. Welches Cluster passt zu uns?
2) Gibt es einen Zuschuss, z. B. nach Nr. 3 der
Richtlinie?
- Bis wann?
- Welches Cluster passt zu uns?

Mit freundlichen Grüßen
Max Mustermann
Tel. 040 1234567
max@firma.de, Steuernummer:
12 345 67890"""


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        pytest.param("Was ist InnoFounder? Wie lange läuft es?", ("Was ist InnoFounder?", "Wie lange läuft es?"), id="plain"),
        pytest.param("Gibt es das noch? Und bis wann?", ("Gibt es das noch?", "Und bis wann?"), id="follow-up"),
        pytest.param("Hallo, können Sie mir helfen? Was zahlt InnoFounder? Danke!", ("Was zahlt InnoFounder?",), id="politeness"),
        pytest.param("Guten Tag! Darf ich Sie etwas fragen? Was zahlt PROFI?", ("Was zahlt PROFI?",), id="asking to ask"),
        pytest.param("Hi, how are you? Could you please help me with this? What is ZIM?", ("What is ZIM?",), id="English politeness"),
        pytest.param("Können Sie mir helfen, ein Cluster zu finden?", ("Können Sie mir helfen, ein Cluster zu finden?",), id="help with something"),
        pytest.param("Wie? Was? Und warum?", (), id="fragments"),
        pytest.param("Was zahlt InnoFounder? Kosten? Laufzeit?", ("Was zahlt InnoFounder?", "Kosten?", "Laufzeit?"), id="bare nouns"),
        pytest.param("Was ist ZIM? Was ist ZIM??", ("Was ist ZIM?",), id="twice"),
        pytest.param("Sehr geehrte Frau Dr. Berg, was zahlt PROFI?", ("Was zahlt PROFI?",), id="salutation"),
        pytest.param("Was zahlt PROFI nach Nr. 3? Siehe https://a.example/?b=c und sag es.", ("Was zahlt PROFI nach Nr. 3?",), id="address"),
        pytest.param("Was ist <b>ZIM</b>? <script>wirklich? echt?</script> Und PROFI?", ("Was ist ZIM?", "Und PROFI?"), id="markup"),
        pytest.param("?!?! ... ???", (), id="marks"),
    ],
)  # fmt: skip
def test_the_questions_of_a_text(text: str, questions: tuple[str, ...]) -> None:
    assert divide(text, "de").questions == questions


def test_a_letter_is_taken_apart_without_its_personal_data() -> None:
    divided = divide(LETTER, "de")
    assert divided.questions == (
        "Welches Cluster passt zu uns?",
        "Gibt es einen Zuschuss, z. B. nach Nr. 3 der Richtlinie?",
        "Bis wann?",
    )
    said = " ".join(piece.text for piece in divided.pieces)
    assert not any(secret in said for secret in ("1234567", "max@firma.de", "67890"))
    assert "14 Beschäftigten" in divided.around("Bis wann?", is_about_the_writer=lambda text: False)


def test_other_questions_on_the_writers_belong_to_what_is_said_around_one() -> None:
    divided = divide("Wir bauen Drohnen. Was passt zu uns? Was zahlt ZIM? Gibt es Geld für uns?", "de")
    around = divided.around("Gibt es Geld für uns?", is_about_the_writer=lambda text: "uns" in text)
    assert around == "Wir bauen Drohnen. Was passt zu uns?"


@given(
    st.text(alphabet=st.sampled_from("Was ist? InnoFounder.\n-1)„“<b>[1]*:,!äß\u200b"), max_size=120),
    st.sampled_from(("de", "en")),
)
def test_whatever_is_written_a_question_is_one_line_and_wants_an_answer(text: str, language: Language) -> None:
    for question in divide(text, language).questions:
        assert question.endswith("?") and "\n" not in question and wants_an_answer(question)
