"""Groups and inline mode: silent unless addressed, and nothing of one person shown to another."""

from __future__ import annotations

import httpx
import pytest

from bots.telegram.testing.bot_api import Sent
from bots.telegram.testing.people import Person, membership
from tests.integration.telegram.conftest import Front, Stage

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"
FOLLOW_UP = "Und wie lange?"
MENTION = "@clusterlotse_bot"


def hears(person: Person, group: int, text: str, **more: object) -> Sent:
    """What the bot says in the group after somebody wrote there."""
    before = len(person.api.messages_in(group))
    person.say(text, chat_id=group, **more)
    return person.reads(before + 1, chat_id=group)[before]


@pytest.fixture
def alone(service: httpx.Client) -> str:
    """What the follow-up is answered where nothing was said before."""
    text: str = service.post("/ask", json={"question": FOLLOW_UP}).json()["text"]
    return text.split("\n")[0]


def test_the_bot_is_silent_until_it_is_mentioned(stage: Stage) -> None:
    person, group = stage.person(), stage.group()
    for text in (
        "Wie hoch ist der Zuschuss?",
        "clusterlotse_bot ist nett",
        "a@clusterlotse_bot.de",
        "@clusterlotse_bot2 hallo",
    ):
        person.say(text, chat_id=group)
    person.post({"sticker": {"file_id": "f", "file_unique_id": "u", "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}, chat_id=group)  # fmt: skip
    answer = hears(person, group, f"{MENTION} {AMOUNT}")
    assert "2.500 Euro" in answer.text
    assert len(stage.api.messages_in(group)) == 1


@pytest.mark.parametrize("text", [f"{MENTION}, {AMOUNT}", f"{AMOUNT} @ClusterLotse_Bot", f"Hallo {MENTION}: {AMOUNT}"])
def test_an_answer_replies_to_the_question_and_carries_no_judgement(stage: Stage, text: str) -> None:
    person, group = stage.person(), stage.group()
    number = person.say(text, chat_id=group)
    (answer,) = person.reads(1, chat_id=group)
    assert answer.reply_to == number
    assert "2.500 Euro" in answer.text and "Beleg 1" in answer.buttons
    assert "Hilfreich" not in answer.buttons
    assert answer.text.endswith("Belegte Auskunft von Clusterlotse, 23. November 2026")


def test_answering_the_bot_addresses_it(stage: Stage) -> None:
    person, group = stage.person(), stage.group()
    answer = hears(person, group, f"{MENTION} {AMOUNT}")
    following = hears(person, group, FOLLOW_UP, reply_to=answer)
    assert "Verstanden als: " in following.text


def test_one_persons_conversation_is_not_anothers(stage: Stage, alone: str) -> None:
    one, other, group = stage.person(), stage.person(), stage.group()
    answer = hears(one, group, f"{MENTION} {AMOUNT}")
    foreign = hears(other, group, FOLLOW_UP, reply_to=answer)
    assert foreign.text.startswith(alone) and "Verstanden als" not in foreign.text
    assert hears(other, group, "/quellen@clusterlotse_bot").text != hears(one, group, "/quellen@clusterlotse_bot").text
    assert "Verstanden als: " in hears(one, group, f"{MENTION} {FOLLOW_UP}").text


def test_a_persons_private_chat_and_group_are_two_conversations(stage: Stage, alone: str) -> None:
    person, group = stage.person(), stage.group()
    person.hears(AMOUNT)
    assert hears(person, group, f"{MENTION} {FOLLOW_UP}").text.startswith(alone)


def test_another_person_who_taps_asks_in_their_own_name(stage: Stage) -> None:
    one, other, group = stage.person(), stage.person(), stage.group()
    answer = hears(one, group, f"{MENTION} {AMOUNT}")
    other.tap(answer, next(label for label in answer.buttons if label.endswith("?")))
    one.reads(2, chat_id=group)
    assert "Verstanden als: " in hears(one, group, f"{MENTION} {FOLLOW_UP}").text
    assert other.hears("/daten")[0].text.startswith("Über Sie ist gespeichert: ein Gespräch")


def test_nothing_is_remembered_of_anonymous_administrators(stage: Stage, alone: str) -> None:
    """All of a group's anonymous administrators write under one identity."""
    group = stage.group()
    anyone = Person(api=stage.api, id=1087968824)
    sender = {"id": group, "type": "supergroup", "title": "Gruppe"}
    hears(anyone, group, f"{MENTION} {AMOUNT}", sender_chat=sender)
    assert hears(anyone, group, f"{MENTION} {FOLLOW_UP}", sender_chat=sender).text.startswith(alone)


@pytest.mark.parametrize("command", ["/cluster", "/foerderung", "/daten", "/sprache", "/start"])
def test_what_is_personal_is_sent_to_the_private_chat(stage: Stage, command: str) -> None:
    message = hears(stage.person(), stage.group(), f"{command}@clusterlotse_bot")
    assert message.text.startswith("Das geht nur im Einzelchat")
    assert message.links[0].startswith("https://t.me/clusterlotse_bot")


def test_the_link_to_the_private_chat_begins_the_finder(stage: Stage) -> None:
    assert stage.person().hears("/start cluster")[0].text.startswith("Was macht Ihr Unternehmen?")
    assert stage.person().hears("/start funding")[0].text.startswith("Wofür suchen Sie Geld?")


def test_a_command_for_another_bot_is_none_of_ours(stage: Stage) -> None:
    person, group = stage.person(), stage.group()
    person.say("/help@other_bot", chat_id=group)
    person.say("/unbekannt", chat_id=group)
    assert hears(person, group, "/hilfe").text.startswith("Schreiben Sie einfach Ihre Frage")
    assert len(stage.api.messages_in(group)) == 1


def test_a_mention_alone_is_asked_what_it_wants(stage: Stage) -> None:
    assert hears(stage.person(), stage.group(), MENTION).text.startswith("Was möchten Sie wissen?")


def test_the_bot_introduces_itself_when_it_joins(stage: Stage) -> None:
    person, group = stage.person(), stage.group()
    stage.api.deliver(membership(person.user, group, "left", "member"))
    (message,) = person.reads(1, chat_id=group)
    assert "Ich schweige, bis man mich mit @clusterlotse_bot erwähnt" in message.text


def test_a_slow_answer_in_a_group_shows_typing_and_no_draft(stage: Stage, front: Front) -> None:
    person, group = stage.person(), stage.group()
    front.moods.append("slow")
    hears(person, group, f"{MENTION} {AMOUNT}")
    assert (group, "typing") in stage.api.seen.actions
    assert not [chat for chat, _ in stage.api.seen.drafts if chat == group]


def test_answers_stay_in_their_topic(stage: Stage) -> None:
    answer = hears(stage.person(), stage.group(), f"{MENTION} {AMOUNT}", message_thread_id=77, is_topic_message=True)
    assert answer.thread_id == 77


def test_a_channels_posts_are_left_alone(stage: Stage) -> None:
    channel = {"id": -5, "type": "channel", "title": "Kanal"}
    stage.api.deliver({"channel_post": {"message_id": 1, "date": 1, "chat": channel, "text": f"{MENTION} {AMOUNT}"}})
    person = stage.person()
    person.hears("/neu")
    assert not stage.api.messages_in(-5)


# --- inline ----------------------------------------------------------------------------------------------------------


def offered(stage: Stage, query: str) -> dict[str, object]:
    stage.api.wait_for(lambda: query in stage.api.seen.inline_answers)
    return stage.api.seen.inline_answers[query]


def test_inline_offers_three_answers_the_best_first_each_with_sources_and_date(
    stage: Stage, service: httpx.Client
) -> None:
    answer = offered(stage, stage.person().ask_inline(AMOUNT))
    results = answer["results"]
    assert isinstance(results, list) and len(results) == 3
    expected = service.post("/ask", json={"question": AMOUNT}).json()
    assert results[0]["title"] == AMOUNT
    assert expected["text"] in results[0]["input_message_content"]["message_text"]
    for result in results:
        text = result["input_message_content"]["message_text"]
        assert "\nQuelle" in text and "23. November 2026" in text
    assert answer["button"] == {"text": "Im Chat fragen", "start_parameter": "inline"}


def test_only_the_newest_of_a_persons_inline_queries_is_answered(stage: Stage) -> None:
    person = stage.person()
    queries = [person.ask_inline(AMOUNT[:length]) for length in (8, 16, 24, len(AMOUNT))]
    offered(stage, queries[-1])
    assert [query in stage.api.seen.inline_answers for query in queries] == [False, False, False, True]


def test_a_query_of_two_letters_offers_only_the_way_to_the_chat(stage: Stage) -> None:
    assert offered(stage, stage.person().ask_inline("Wi"))["results"] == []


def test_inline_questions_leave_no_conversation_behind(stage: Stage, front: Front) -> None:
    person = stage.person()
    before = len(front.seen)
    offered(stage, person.ask_inline(AMOUNT))
    paths = [path for path, _ in front.seen[before:]]
    assert sum("/ask" in path for path in paths) == sum("/conversations/" in path for path in paths) > 0
    assert person.hears("/daten")[0].text.startswith("Über Sie ist nichts gespeichert.")


def test_inline_without_the_service_offers_the_way_to_the_chat(stage: Stage, front: Front) -> None:
    front.moods.append("down")
    answer = offered(stage, stage.person().ask_inline("Wie lange wird InnoFounder gezahlt?"))
    assert (answer["results"], answer["cache_time"]) == ([], 0)
