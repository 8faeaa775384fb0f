"""The finders as dialogues: one question at a time, skip and back, and a result with its quotations."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from bots.telegram.finder import NUMBERS
from bots.telegram.finder_views import AT_ONCE
from bots.telegram.testing.bot_api import Sent
from bots.telegram.testing.people import Person
from tests.integration.telegram.conftest import Front, OwnStage, Stage

WIND = "Erneuerbare Energien Hamburg"
WIND_COMPANY = "Wir bauen Sensoren für Windräder."
HAIRDRESSER = "Wir schneiden Haare in Altona."
APP = "Wir entwickeln eine App und brauchen Geld."
END = "Ergebnis von Clusterlotse, 23. November 2026, ohne Gewähr"


def begin(person: Person, command: str = "/cluster", description: str = WIND_COMPANY) -> Sent:
    """The first question after the description."""
    person.hears(command)
    (question,) = person.hears(description)
    return question


def button(message: Sent, start: str) -> str:
    return next(label for label in message.buttons if label.startswith(start))


def results(person: Person, label: str, message: Sent) -> list[Sent]:
    """All parts of the result that a button brings."""
    before = len(person.api.messages_in(person.id))
    person.tap(message, label)
    return person.reads_whole(before)


@pytest.fixture
def first(service: httpx.Client) -> dict[str, Any]:
    """What the service asks first about the company, and which options it offers."""
    question: dict[str, Any] = match(service)["questions"][0]
    assert question["options"]
    return question


def match(service: httpx.Client, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = service.post("/match", json={"description": WIND_COMPANY, "language": "de", **more}).json()
    return found


# --- the dialogue ----------------------------------------------------------------------------------------------------


def test_the_finder_asks_one_question_at_a_time_and_shows_what_leads(stage: Stage, first: dict[str, Any]) -> None:
    person = stage.person()
    (start,) = person.hears("/cluster")
    assert start.text.startswith("Was macht Ihr Unternehmen?") and start.buttons == ["Abbrechen"]
    (question,) = person.hears(WIND_COMPANY)
    assert question.text.startswith(f"Frage 1: {first['text']}\n\nBisher vorn: {WIND}")
    assert question.buttons == [*first["options"], "Überspringen", "Zurück", "Ergebnis zeigen", "Abbrechen"]
    (following, *_) = person.taps(question, first["options"][0])
    if "Frage 2" in following.text:
        assert following.text.startswith(f"Ihre Antwort: {first['options'][0]}\n\nFrage 2: ")
        following = results(person, "Ergebnis zeigen", following)[0]
    assert f"1. {WIND} (passt gut): " in following.text
    assert "Verstanden habe ich: " in following.text
    assert following.text.endswith(END)


def test_what_was_answered_changes_the_result(stage: Stage, first: dict[str, Any], service: httpx.Client) -> None:
    assert first["field"] == "location", "the place decides, so it is asked for first"
    person = stage.person()
    begin(person)
    (result, *_) = person.hears("München")
    elsewhere = match(service, location="München")
    assert elsewhere["status"] == "none_fits"
    assert result.text.startswith(elsewhere["text"])


def test_one_step_back_takes_the_answer_back(stage: Stage, first: dict[str, Any]) -> None:
    person = stage.person()
    (following,) = person.taps(begin(person), first["options"][0])
    (question,) = person.taps(following, "Zurück")
    assert question.text.startswith(f"Frage 1: {first['text']}")
    assert question.buttons[0] == first["options"][0]
    (description,) = person.taps(question, "Zurück")
    assert description.text.startswith("Was macht Ihr Unternehmen?")
    (question,) = person.hears(WIND_COMPANY)
    assert question.text.startswith("Frage 1")


def test_an_answer_can_be_written_instead_of_tapped(stage: Stage) -> None:
    person = stage.person()
    begin(person)
    (following,) = person.hears("Harburg")
    (result, *_) = results(person, "Ergebnis zeigen", following)
    assert "Harburg" in result.text


def test_where_a_number_is_wanted_it_is_asked_for_until_one_comes(stage: Stage, service: httpx.Client) -> None:
    description = "Wir bauen seit 2010 Maschinen in Hamburg und brauchen Geld für Forschung und Entwicklung."
    wanted = service.post("/funding", json={"description": description}).json()["questions"][0]
    assert wanted["field"] in NUMBERS
    person = stage.person()
    assert wanted["text"] in begin(person, "/foerderung", description).text
    (again,) = person.hears("ein paar")
    assert again.text == f"Bitte schreiben Sie eine Zahl, zum Beispiel 14.\n\nFrage 1: {wanted['text']}"
    (following, *_) = person.hears("wir sind 14")
    assert wanted["text"] not in following.text


def test_a_question_in_between_is_answered_and_the_finder_goes_on(stage: Stage, first: dict[str, Any]) -> None:
    person = stage.person()
    begin(person)
    answer, question = person.hears("Wie viel Euro zahlt InnoFounder je Person und Monat?", count=2)
    assert "2.500 Euro" in answer.text
    assert question.text == f"Frage 1: {first['text']}"
    (following, *_) = person.taps(question, first["options"][0])
    assert WIND in following.text


def test_cancelling_ends_the_finder(stage: Stage) -> None:
    person = stage.person()
    (cancelled,) = person.taps(begin(person), "Abbrechen")
    assert cancelled.text.startswith("Abgebrochen.")
    (answer,) = person.hears("Moin!")
    assert not answer.text.startswith("Frage")


def test_buttons_of_an_earlier_question_are_no_longer_valid(stage: Stage, first: dict[str, Any]) -> None:
    person = stage.person()
    question = begin(person)
    person.taps(question, first["options"][0])
    assert person.told(person.tap(question, "Überspringen")) == "Diese Schaltfläche gilt nicht mehr."


def test_a_description_that_says_nothing_is_asked_about(stage: Stage, service: httpx.Client) -> None:
    unclear = match(service, description="Hallo")
    assert unclear["status"] == "clarify"
    person = stage.person()
    question = begin(person, description="Hallo")
    assert unclear["questions"][0]["text"] in question.text
    (following,) = person.hears(WIND_COMPANY)
    assert WIND in following.text


def test_the_finders_speak_english(stage: Stage) -> None:
    person = stage.person(language_code="en")
    place = begin(person, "/cluster", "We build sensors for wind turbines.")
    assert place.buttons[-4:] == ["Skip", "Back", "Show the result", "Cancel"]
    result = results(person, "Show the result", place)
    assert result[-1].text.endswith("Result by Clusterlotse, 23 November 2026, not binding")


@pytest.mark.parametrize("mood", ["down", "busy"])
def test_a_failing_service_loses_no_answer(own_stage: OwnStage, front: Front, first: dict[str, Any], mood: str) -> None:
    with own_stage() as stage:
        person = stage.person()
        question = begin(person)
        front.moods.append(mood)
        (message, *_) = person.taps(question, first["options"][0])
        if mood == "down":
            assert message.text.startswith("Der Auskunftsdienst ist gerade nicht erreichbar.")
            (message, *_) = person.taps(message, "Noch einmal")
        assert WIND in message.text


# --- results ---------------------------------------------------------------------------------------------------------


def test_a_result_is_short_and_its_reasons_are_one_tap_away(stage: Stage, service: httpx.Client) -> None:
    person = stage.person()
    (result, *_) = results(person, "Ergebnis zeigen", begin(person))
    found = match(service)
    best = found["matches"][0]
    assert result.text.startswith(found["text"])
    (details,) = results(person, button(result, f"1. {WIND}"), result)
    assert details.text.startswith(f"{WIND}, passt gut\n")
    for criterion in best["criteria"]:
        word = {"met": "Passt", "open": "Noch offen", "not_met": "Passt nicht"}[criterion["verdict"]]
        assert f"• {word}: {criterion['text']}" in details.text
    assert f"• Kontakt: {best['contact']['text']}" in details.text
    assert best["contact"]["url"] in details.links


def test_every_reason_has_its_quotation_one_tap_away(stage: Stage, service: httpx.Client) -> None:
    person = stage.person()
    (result, *_) = results(person, "Ergebnis zeigen", begin(person))
    label = button(result, "Beleg ")
    citation = next(c for c in match(service)["citations"] if label == f"Beleg {c['n']}")
    (quotation,) = person.taps(result, label)
    assert quotation.marked("blockquote") == [citation["quote"].strip()]
    assert citation["url"] in quotation.links


def test_nothing_fits_is_said_with_where_to_turn(stage: Stage, service: httpx.Client) -> None:
    person = stage.person()
    person.hears("/cluster")
    (result,) = person.hears(HAIRDRESSER)
    found = match(service, description=HAIRDRESSER)
    assert found["status"] == "none_fits"
    assert result.text.startswith(found["text"])
    assert f"Nächster Schritt: {found['next_step']['text']}" in result.text


def test_the_funding_result_names_the_first_programmes_and_keeps_the_rest_within_reach(
    stage: Stage, service: httpx.Client
) -> None:
    person = stage.person()
    found = service.post("/funding", json={"description": APP, "language": "de"}).json()
    possible = [p for p in found["programmes"] if p["verdict"] != "not_eligible"]
    excluded = [p for p in found["programmes"] if p["verdict"] == "not_eligible"]
    result = results(person, "Ergebnis zeigen", begin(person, "/foerderung", APP))
    assert len(result) == 1, "short first"
    assert result[0].text.startswith(found["text"])
    shown, message = [], result[-1]
    while True:
        shown += [label.partition(". ")[2] for label in message.buttons if label.endswith(": mehr")]
        more = [label for label in message.buttons if label.endswith(" weitere zeigen")]
        if not more:
            break
        message = results(person, more[0], message)[-1]
    assert shown == [f"{p['name']}: mehr" for p in possible]
    assert len(possible) > AT_ONCE
    ruled_out = results(person, f"{len(excluded)} nicht mögliche zeigen", result[-1])
    whole = "\n".join(part.text for part in ruled_out)
    for programme in excluded:
        assert f"• {programme['name']}: " in whole


def test_a_programme_shows_amount_deadline_office_and_every_criterion(stage: Stage, service: httpx.Client) -> None:
    person = stage.person()
    (result,) = results(person, "Ergebnis zeigen", begin(person, "/foerderung", APP))
    label = button(result, "2. ")
    found = service.post("/funding", json={"description": APP, "language": "de"}).json()
    programme = next(p for p in found["programmes"] if label == f"2. {p['name']}: mehr")
    whole = "\n".join(part.text for part in results(person, label, result))
    for key, name in (
        ("amount", "Betrag"),
        ("rate", "Anteil"),
        ("deadline", "Frist"),
        ("apply", "Antrag"),
        ("office", "Anlaufstelle"),
    ):
        if programme[key]:
            assert f"• {name}: {programme[key]['text']}" in whole
    for criterion in programme["criteria"]:
        assert criterion["text"] in whole


def test_one_finder_leads_to_the_other(stage: Stage) -> None:
    person = stage.person()
    result = results(person, "Ergebnis zeigen", begin(person))[-1]
    (start,) = person.taps(result, "Förderung finden")
    assert start.text.startswith("Wofür suchen Sie Geld?")


def test_buttons_of_a_deleted_result_say_so(stage: Stage) -> None:
    person = stage.person()
    result = results(person, "Ergebnis zeigen", begin(person))[-1]
    person.hears("/loeschen")
    for start in ("1. ", "Beleg "):
        assert person.told(person.tap(result, button(result, start))).startswith("Diese Antwort ist nicht mehr")


def test_one_persons_result_is_not_opened_by_another_without_the_message(stage: Stage) -> None:
    """The number of a result cannot be guessed; a button with a made-up one opens nothing."""
    person, other = stage.person(), stage.person()
    result = results(person, "Ergebnis zeigen", begin(person))[-1]
    forged = tuple(
        tuple({**b, "callback_data": b["callback_data"][:2] + "0" * 16 + b["callback_data"][18:]} for b in row)
        for row in result.rows
        if row[0]["text"].startswith("1. ")
    )
    fake = Sent(**{name: getattr(result, name) for name in Sent.__slots__} | {"rows": forged})
    assert other.told(other.tap(fake, "1. ")).startswith("Diese Antwort ist nicht mehr")
