"""The stream: order of events, going on after a cut, and what comes when answering fails."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.answers import Question, Reply
from assistant.service.app import create_app
from assistant.service.parts import Answers
from tests.integration.test_service_contract import AMOUNT, API, QUESTIONS, UNKNOWN_ID, ask, check_reply

STREAM = f"{API}/ask/stream"
STATUSES = ["rewriting", "searching", "reading", "writing", "checking"]


class Event(NamedTuple):
    """One server-sent event."""

    id: str
    name: str
    data: dict[str, Any]


def read_events(lines: Iterator[str]) -> Iterator[Event]:
    """Events out of the lines of a stream, as soon as each is complete."""
    fields: dict[str, str] = {}
    for line in lines:
        if line.startswith(":"):
            continue
        if line:
            name, _, value = line.partition(": ")
            assert name not in fields, "one line of data per event"
            fields[name] = value
        elif fields:
            yield Event(fields["id"], fields["event"], json.loads(fields["data"]))
            fields = {}


def stream(client: TestClient, question: str, last_event_id: str | None = None, **fields: Any) -> list[Event]:
    """All events of a question that must be served."""
    headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
    answer = client.post(STREAM, json={"question": question, **fields}, headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.headers["X-Accel-Buffering"] == "no"
    return list(read_events(iter(answer.text.split("\r\n"))))


@pytest.mark.parametrize("question", QUESTIONS)
def test_events_come_in_order_and_add_up_to_the_reply(client: TestClient, question: str) -> None:
    events = stream(client, question)
    names = [event.name for event in events]
    statuses = [event.data["status"] for event in events if event.name == "status"]
    assert statuses == [status for status in STATUSES if status in statuses]
    assert statuses[0] == "rewriting"
    assert names.count("done") == 1 and names[-1] == "done"
    assert set(names[: len(statuses)]) == {"status"}
    reply = events[-1].data
    assert "".join(event.data["text"] for event in events if event.name == "text") == reply["text"]
    assert [event.data for event in events if event.name == "citation"] == reply["citations"]
    check_reply(client, reply)


def test_each_event_has_an_id_of_its_own(client: TestClient) -> None:
    events = stream(client, AMOUNT)
    prefix = f"{events[-1].data['conversation_id']}:{events[-1].data['id']}:"
    numbers = [int(event.id.removeprefix(prefix)) for event in events]
    assert numbers == sorted(set(numbers))


def test_the_stream_ends_with_the_same_reply_as_a_plain_question(client: TestClient) -> None:
    done = stream(client, AMOUNT)[-1].data
    plain = ask(client, AMOUNT)
    varying = {"id", "conversation_id", "timings_ms"}
    assert done.keys() == plain.keys()
    assert {name: done[name] for name in done.keys() - varying} == {
        name: plain[name] for name in plain.keys() - varying
    }
    assert client.get(f"{API}/replies/{done['id']}").json()["reply"] == {**done, "conversation_id": ""}


def test_a_conversation_goes_on_in_the_stream(client: TestClient) -> None:
    first = stream(client, AMOUNT)[-1].data
    second = stream(client, "Und wie lange?", conversation_id=first["conversation_id"])[-1].data
    assert "18 Monate" in second["text"]


def test_a_client_that_was_cut_off_anywhere_gets_exactly_the_rest(client: TestClient) -> None:
    events = stream(client, AMOUNT)
    reply = [event for event in events if event.name != "status"]
    for position, event in enumerate(events):
        rest = [later for later in events[position + 1 :] if later.name != "status"]
        assert stream(client, AMOUNT, event.id) == (rest if event in reply else reply)
    turns = client.get(f"{API}/conversations/{events[-1].data['conversation_id']}").json()["turns"]
    assert len(turns) == 1, "asking for the rest is not asking again"


@pytest.mark.parametrize(
    "last_event_id",
    [
        "",
        "x",
        "7",
        ":",
        f"{UNKNOWN_ID}:3",
        f"{UNKNOWN_ID}:{UNKNOWN_ID}:3",
        f"{UNKNOWN_ID}:{UNKNOWN_ID}:²",
        f"{UNKNOWN_ID}:{UNKNOWN_ID}:-1",
        "x" * 3000,
        "' OR 1=1 --:1",
        "\xff:1",
    ],
)
def test_an_event_id_that_is_none_of_ours_starts_anew(client: TestClient, last_event_id: str) -> None:
    answer = client.post(STREAM, json={"question": AMOUNT}, headers={"Last-Event-ID": last_event_id.encode("latin-1")})
    events = list(read_events(iter(answer.text.split("\r\n"))))
    assert [events[0].name, events[-1].name] == ["status", "done"]


def test_whoever_was_given_a_reply_cannot_get_at_its_conversation(client: TestClient) -> None:
    done = stream(client, AMOUNT)[-1].data
    shared = client.get(f"{API}/replies/{done['id']}").json()
    for last_event_id in (f"{done['id']}:1", f"{UNKNOWN_ID}:{done['id']}:1", f":{done['id']}:1"):
        events = stream(client, shared["question"], last_event_id)
        assert events[-1].data["conversation_id"] != done["conversation_id"]
    assert done["conversation_id"] not in str(shared)


def test_an_event_id_of_another_question_does_not_bring_its_answer(client: TestClient) -> None:
    other = stream(client, "Wann wurde Hamburg Aviation gegründet?")
    events = stream(client, AMOUNT, other[-2].id)
    assert "2.500 Euro" in events[-1].data["text"]
    assert events[0].name == "status"


@pytest.mark.parametrize(("body", "status"), [({"question": " "}, 400), ({"question": 1}, 422), ({}, 422)])
def test_what_cannot_be_asked_is_refused_before_the_stream(
    client: TestClient, body: dict[str, Any], status: int
) -> None:
    answer = client.post(STREAM, json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] in ("question_empty", "invalid_body")


# --- over a real connection ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application behind a real socket, at the address given."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", lifespan="on"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


class HeldAnswers:
    """Answers that wait before their last step until they are let go."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.released = threading.Event()

    def answer(self, question: Question, *, on_step: Callable[[str], None] = lambda name: None, **rest: Any) -> Reply:
        """Answer once released."""

        def held(name: str) -> None:
            on_step(name)
            if name == "evidence":
                assert self.released.wait(20)

        return self._answers.answer(question, on_step=held, **rest)


class FailingAnswers:
    """Answers that fail, with words of the question in their message."""

    def answer(self, question: Question, *, on_step: Callable[[str], None] = lambda name: None, **rest: Any) -> Reply:
        """Fail midway."""
        on_step("understand")
        raise ValueError(f"cannot answer {question.text}")


def app_answering_with(settings: Settings, answers: Callable[[Answers], Answers]) -> FastAPI:
    parts = bootstrap.build_parts(settings)
    opened = parts.current()
    other = replace(opened, answers=answers(opened.answers))
    return create_app(replace(parts, current=lambda: other))


def test_a_client_cut_off_while_the_answer_is_made_misses_nothing_and_gets_nothing_twice(settings: Settings) -> None:
    held: list[HeldAnswers] = []

    def hold(answers: Answers) -> Answers:
        held.append(HeldAnswers(answers))
        held[0].released.set()  # for the question that warms the service up
        return held[0]

    body = {"question": AMOUNT}
    with serving(app_answering_with(settings, hold)) as address, httpx.Client(base_url=address, timeout=20) as client:
        held[0].released.clear()
        seen: list[Event] = []
        with client.stream("POST", STREAM, json=body) as answer:
            for event in read_events(answer.iter_lines()):
                seen.append(event)
                if event.data == {"status": "searching"}:
                    break
        with client.stream("POST", STREAM, json=body, headers={"Last-Event-ID": seen[-1].id}) as answer:
            following = read_events(answer.iter_lines())
            seen.append(next(following))
            held[0].released.set()
            seen.extend(following)
        assert [event.data["status"] for event in seen if event.name == "status"] == STATUSES
        reply = seen[-1].data
        assert "".join(event.data["text"] for event in seen if event.name == "text") == reply["text"]
        assert len({event.id for event in seen}) == len(seen)
        assert {event.id.split(":")[1] for event in seen} == {reply["id"]}
        assert len(client.get(f"{API}/conversations/{reply['conversation_id']}").json()["turns"]) == 1


def test_an_answer_that_nobody_waits_for_is_finished_and_kept(settings: Settings) -> None:
    with serving(bootstrap.build_app(settings)) as address, httpx.Client(base_url=address, timeout=20) as client:
        with client.stream("POST", STREAM, json={"question": AMOUNT}) as answer:
            first = next(read_events(answer.iter_lines()))
        reply_id = first.id.split(":")[1]
        for _ in range(200):
            stored = client.get(f"{API}/replies/{reply_id}")
            if stored.status_code == 200:
                break
            time.sleep(0.02)
        assert "2.500 Euro" in stored.json()["reply"]["text"]


def test_a_failure_ends_the_stream_with_an_error_event_and_without_inner_words(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    calls = []

    def fail_after_the_first(answers: Answers) -> Answers:
        class Sometimes:
            def answer(self, question: Question, **rest: Any) -> Reply:
                calls.append(question.text)
                chosen = FailingAnswers() if len(calls) == 2 else answers
                return chosen.answer(question, **rest)

        return Sometimes()

    question = "Was zahlt InnoFounder an Zauberwort4711?"
    with TestClient(app_answering_with(settings, fail_after_the_first)) as client, capture_logs() as logs:
        events = stream(client, question)
        assert [event.name for event in events] == ["status", "error"]
        error = events[-1].data
        assert error["code"] == "internal"
        assert error["retryable"] is True
        assert error["message"] and error["request_id"]
        again = stream(client, question, events[-1].id)
        assert again[-1].name == "done", "who comes back with the error's id is answered anew"
    out, err = capfd.readouterr()
    (failure,) = [entry for entry in logs if entry["event"] == "request failed"]
    assert failure["request_id"] == error["request_id"]
    assert "Zauberwort" not in json.dumps([error, logs]) + out + err
