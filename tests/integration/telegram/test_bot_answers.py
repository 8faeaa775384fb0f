"""Questions and answers in a private chat."""

from __future__ import annotations

import httpx
import pytest

from bots.telegram.testing.bot_api import Sent
from tests.integration.telegram.conftest import Front, Stage

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"
LIST = "Welche Cluster und Netzwerke gibt es in Hamburg?"
AMBIGUOUS = (
    "Wie hoch ist die Förderquote bei PROFI?",
    "Wie hoch ist der Zuschuss bei PROFI?",
    "Wer ist Ansprechpartner beim Hamburg-Kredit?",
    "Wie hoch ist der Hamburg-Kredit?",
)
"""Several offers share the name, so the service asks back, wherever more than one of them has an answer."""
CONSENT = "Wenn Sie fragen, sind Sie einverstanden"


def numbers(message: Sent) -> list[int]:
    return [int(label.split()[1]) for label in message.buttons if label.startswith(("Beleg", "Quotation"))]


def test_an_answer_is_short_first_and_carries_sources_date_and_a_button_for_each_quotation(stage: Stage) -> None:
    (answer,) = stage.person().hears(AMOUNT)
    first, *_ = answer.text.split("\n")
    assert "2.500 Euro" in first and "[1]" in first
    assert "\nQuelle" in answer.text and answer.links
    assert answer.text.endswith("Belegte Auskunft von Clusterlotse, 23. November 2026")
    assert numbers(answer)[0] == 1
    assert {"Hilfreich", "Nicht hilfreich"} <= set(answer.buttons)


def test_a_tap_on_a_quotation_shows_words_document_date_and_official_address(
    stage: Stage, service: httpx.Client
) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    (shown,) = person.taps(answer, "Beleg 1")
    citation = service.post("/ask", json={"question": AMOUNT}).json()["citations"][0]
    assert shown.marked("blockquote") == [citation["quote"]]
    assert citation["title"] in shown.text and citation["publisher"] in shown.text
    assert "Stand" in shown.text or "ohne Datum" in shown.text
    assert citation["url"] in shown.links
    assert shown.reply_to == answer.message_id


def test_a_follow_up_is_understood_and_says_how(stage: Stage) -> None:
    person = stage.person()
    person.hears(AMOUNT)
    (answer,) = person.hears("Und wie lange?")
    assert "18 Monate" in answer.text
    assert "Verstanden als: " in answer.text and "InnoFounder" in answer.text


def test_a_question_with_two_meanings_offers_them_as_buttons(stage: Stage, service: httpx.Client) -> None:
    replies = ((question, service.post("/ask", json={"question": question}).json()) for question in AMBIGUOUS)
    question, reply = next((question, reply) for question, reply in replies if reply["status"] == "clarify")
    person = stage.person()
    (asked,) = person.hears(question)
    assert asked.text.endswith("Rückfrage von Clusterlotse, 23. November 2026")
    assert asked.buttons == reply["options"]
    (answer, *_) = person.taps(asked, asked.buttons[0])
    assert answer.text.startswith(asked.buttons[0]), "the tapped question stands above its answer"


def test_a_suggestion_can_be_tapped(stage: Stage) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    suggestion = next(label for label in answer.buttons if label.endswith("?"))
    (following,) = person.taps(answer, suggestion)
    assert following.text.startswith(suggestion)


@pytest.mark.parametrize(("label", "helpful"), [("Hilfreich", True), ("Nicht hilfreich", False)])
def test_a_judgement_is_passed_on_and_thanked_for(stage: Stage, front: Front, label: str, helpful: bool) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    assert person.told(person.tap(answer, label)) == "Danke für Ihre Rückmeldung."
    assert front.seen[-1][0] == "/api/v1/feedback"


def test_what_no_source_says_is_not_answered_and_a_next_step_named(stage: Stage) -> None:
    (answer,) = stage.person().hears("Wie wird das Wetter morgen?")
    assert answer.text.endswith("Ohne Auskunft, Clusterlotse, 23. November 2026")
    assert not numbers(answer)


def test_a_greeting_is_returned_without_date_and_judgement(stage: Stage) -> None:
    person = stage.person()
    person.hears("/start")
    (answer,) = person.hears("Moin!")
    assert "Clusterlotse, 23." not in answer.text
    assert "Hilfreich" not in answer.buttons


def test_an_english_question_is_answered_in_english_although_telegram_is_set_to_german(stage: Stage) -> None:
    (answer,) = stage.person().hears("How much does InnoFounder pay per person and month?")
    assert "Answer with sources by Clusterlotse, 23 November 2026" in answer.text
    assert "Quotation 1" in answer.buttons


def test_consent_is_asked_for_once_below_the_first_answer(stage: Stage) -> None:
    person = stage.person()
    assert CONSENT in person.hears(AMOUNT)[0].text
    assert CONSENT not in person.hears(AMOUNT)[0].text
    greeted = stage.person()
    greeted.hears("/start")
    assert CONSENT not in greeted.hears(AMOUNT)[0].text


@pytest.mark.parametrize(
    "personal",
    ["max.mustermann@example.org", "0171 2345678", "DE89 3704 0044 0532 0130 00"],
    ids=["mail", "phone", "iban"],
)
def test_personal_data_in_a_question_is_noticed_and_a_hint_given(stage: Stage, personal: str) -> None:
    (answer,) = stage.person().hears(f"{AMOUNT} Meine Daten: {personal}")
    assert "persönliche Angaben" in answer.text
    assert personal not in answer.text


def test_a_long_answer_comes_in_parts_each_with_its_own_sources_and_date(stage: Stage, service: httpx.Client) -> None:
    reply = service.post("/ask", json={"question": LIST}).json()
    parts = stage.person().hears_whole(LIST)
    assert len(parts) > 1
    whole = "\n".join(part.text for part in parts)
    for line in filter(None, reply["text"].split("\n")):
        assert line.removeprefix("- ").strip() in whole
    assert sorted(number for part in parts for number in numbers(part)) == [c["n"] for c in reply["citations"]]
    for position, part in enumerate(parts, start=1):
        assert part.text.startswith(f"Teil {position} von {len(parts)}\n\n")
        assert "\nQuellen:\n" in part.text and part.text.endswith("23. November 2026")
    assert ["Hilfreich" in part.buttons for part in parts] == [False] * (len(parts) - 1) + [True]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("x" * 2001, id="too long for the service"),
        pytest.param("👩🏽‍🔬" * 500, id="emoji only"),
        pytest.param("\u200b\u200b", id="nothing visible"),
        pytest.param("<b>&lt;script&gt;</b> _*[`", id="marks"),
    ],
)
def test_a_strange_question_gets_a_plain_answer(stage: Stage, question: str) -> None:
    (message, *_) = stage.person().hears(question)
    assert message.text.strip()


# --- what is no question ---------------------------------------------------------------------------------------------


def test_pictures_stickers_and_places_are_answered_with_a_hint(stage: Stage) -> None:
    photo = {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]}
    sticker = {
        "sticker": {
            "file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False,
            "is_video": False,
        }
    }  # fmt: skip
    for content in (photo, sticker, {"location": {"latitude": 53.5, "longitude": 10.0}}):
        person = stage.person()
        person.post(content)
        assert person.reads()[0].text == "Ich kann nur Text lesen. Bitte schreiben Sie Ihre Frage."


def test_an_album_is_answered_once(stage: Stage) -> None:
    person = stage.person()
    for _ in range(5):
        person.post(
            {"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "media_group_id": "1"}
        )
    person.hears("/neu", count=2)
    assert len(stage.api.messages_in(person.id)) == 2


def test_the_caption_of_a_picture_is_taken_as_the_question(stage: Stage) -> None:
    person = stage.person()
    person.post({"photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}], "caption": AMOUNT})
    hint, answer = person.reads(2)
    assert hint.text.startswith("Ich habe nur den Text gelesen")
    assert "2.500 Euro" in answer.text


def test_what_the_person_sent_by_inline_mode_is_not_answered(stage: Stage) -> None:
    person = stage.person()
    person.say(
        "Eine Antwort von vorhin",
        via_bot={"id": 4711, "is_bot": True, "first_name": "C", "username": "clusterlotse_bot"},
    )
    (only,) = person.hears("/neu")
    assert only.text.startswith("Neues Gespräch")


# --- edited messages -------------------------------------------------------------------------------------------------


def test_the_last_question_is_answered_anew_when_its_words_change(stage: Stage) -> None:
    person = stage.person()
    number = person.say("Wie lange wird InnoFounder gezahlt?")
    person.reads(1)
    person.edit(number, AMOUNT)
    again = person.reads(2)[1]
    assert "2.500 Euro" in again.text
    assert again.reply_to == number


def test_an_edit_that_changes_no_word_or_an_older_question_is_left_alone(stage: Stage) -> None:
    person = stage.person()
    older = person.say("Wie lange wird InnoFounder gezahlt?")
    person.reads(1)
    newer = person.say(AMOUNT)
    person.reads(2)
    person.edit(older, "Wie hoch?")
    person.edit(newer, AMOUNT)
    assert len(person.hears("/neu", count=1)) == 1
    assert len(stage.api.messages_in(person.id)) == 3


# --- old and foreign buttons -----------------------------------------------------------------------------------------


def test_buttons_of_a_deleted_conversation_say_so(stage: Stage) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    person.hears("/loeschen")
    for label in ("Beleg 1", next(label for label in answer.buttons if label.endswith("?"))):
        assert person.told(person.tap(answer, label)).startswith("Diese Antwort ist nicht mehr gespeichert")


def test_a_button_that_no_version_of_the_bot_made_is_refused(stage: Stage) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    forged = Sent(
        **{name: getattr(answer, name) for name in Sent.__slots__}
        | {"rows": (({"text": "Beleg 1", "callback_data": "zz.top"},),)}
    )
    assert person.told(person.tap(forged, "Beleg 1")) == "Diese Schaltfläche gilt nicht mehr."


def test_a_button_tapped_again_and_again_is_slowed_down(stage: Stage) -> None:
    person = stage.person()
    (answer,) = person.hears(AMOUNT)
    taps = [person.tap(answer, "Hilfreich") for _ in range(20)]
    told = [person.told(tap) for tap in taps]
    assert sum("Danke" in text for text in told) >= 10
    assert any("viele Fragen" in text for text in told)


# --- while an answer is made -----------------------------------------------------------------------------------------


def test_a_slow_answer_shows_what_is_being_done_as_a_draft(stage: Stage, front: Front) -> None:
    person = stage.person()
    front.moods.append("slow")
    (answer,) = person.hears(AMOUNT)
    drafts = [text for chat, text in stage.api.seen.drafts if chat == person.id]
    assert drafts == ["Suche in den Quellen …"], "once, because nothing new was known"
    assert "2.500 Euro" in answer.text


def test_a_quick_answer_comes_without_a_draft(stage: Stage) -> None:
    person = stage.person()
    person.hears(AMOUNT)
    assert not [chat for chat, _ in stage.api.seen.drafts if chat == person.id]


def test_several_questions_are_answered_below_bold_lines_that_repeat_them(stage: Stage) -> None:
    messages = stage.person().hears(f"Guten Tag! {AMOUNT} Wo kann ich meinen Hund anmelden? Danke")
    text = "\n".join(message.text for message in messages)
    assert f"1. {AMOUNT}\n" in text and "\n\n2. Wo kann ich meinen Hund anmelden?\n" in text
    assert "2.500 Euro" in text and "**" not in text
