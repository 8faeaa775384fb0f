"""Starting, stopping, several processes behind a webhook, and the command line."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from bots.telegram.running import TokenRefused, run
from bots.telegram.settings import Webhook
from bots.telegram.testing.bot_api import TOKEN, BotApi, Trouble
from bots.telegram.testing.people import Person
from bots.telegram.webhook import MAX_BODY_BYTES, SECRET_HEADER
from tests.integration.telegram.conftest import HURRIED_RATES, Front, OwnStage, bot_settings, running

AMOUNT = "Wie viel Euro zahlt InnoFounder je Person und Monat?"
SECRET = "a-secret-of-the-webhook"


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@contextlib.contextmanager
def behind_webhook(service_url: str, data_dir: Path, *, processes: int = 1) -> Iterator[tuple[BotApi, list[str]]]:
    """So many bots behind one Telegram, and the address of each; Telegram calls them in turn."""
    api = BotApi(HURRIED_RATES)
    with api.serving(), contextlib.ExitStack() as stack:
        addresses = []
        for _ in range(processes):
            port = free_port()
            addresses.append(f"http://127.0.0.1:{port}/hook")
            webhook = Webhook(url=addresses[-1], secret=SECRET, port=port)
            stack.enter_context(running(bot_settings(api, service_url, data_dir, webhook=webhook)))
        yield api, addresses


# --- webhook ---------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_behind_a_webhook(service_url: str, tmp_path: Path) -> None:
    with behind_webhook(service_url, tmp_path) as (api, _):
        person = Person(api=api, id=200_001)
        assert "2.500 Euro" in person.hears(AMOUNT)[0].text
        assert set(api.seen.webhook_statuses) == {200}
        assert not api.seen.refusals


def test_whoever_does_not_know_the_secret_is_refused_and_learns_nothing(service_url: str, tmp_path: Path) -> None:
    update = {"update_id": 5, "message": {**Person(api=BotApi(), id=200_002).envelope(1), "text": "/neu"}}
    with behind_webhook(service_url, tmp_path) as (api, (address,)):
        for headers in ({}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: SECRET + "x"}, {SECRET_HEADER: "ü"}):
            raw = {name: value.encode() for name, value in headers.items()}
            answer = httpx.post(address, json=update, headers=raw)
            assert (answer.status_code, answer.text) == (403, "forbidden")
        assert httpx.post(address, json=update, headers={SECRET_HEADER: SECRET}).status_code == 200
        Person(api=api, id=200_002).reads(1)
        assert len(api.messages_in(200_002)) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b"{", 400, id="no JSON"),
        pytest.param(b"[]", 400, id="a list"),
        pytest.param(b'{"message": {}}', 400, id="without a number"),
        pytest.param(b'{"update_id": 9, "message": {"date": "x"}}', 200, id="an update from another time"),
        pytest.param(b" " * (MAX_BODY_BYTES + 1), 413, id="too large"),
    ],
)
def test_what_is_no_update_does_no_harm(service_url: str, tmp_path: Path, body: bytes, status: int) -> None:
    with behind_webhook(service_url, tmp_path) as (api, (address,)):
        assert httpx.post(address, content=body, headers={SECRET_HEADER: SECRET}).status_code == status
        assert Person(api=api, id=200_003).hears("/neu")


def test_two_processes_share_the_work_and_answer_each_update_once_and_in_order(
    service_url: str, tmp_path: Path, front: Front
) -> None:
    with behind_webhook(service_url, tmp_path, processes=2) as (api, addresses):
        person = Person(api=api, id=200_004)
        front.moods.append("slow")
        updates = [
            {"update_id": 900 + n, "message": {**person.envelope(n), "text": text}}
            for n, text in enumerate((AMOUNT, "Und wie lange?", "/neu"), start=1)
        ]
        for number, update in enumerate(updates):
            for address in (addresses[number % 2], addresses[(number + 1) % 2]):  # Telegram delivers again in doubt
                assert httpx.post(address, json=update, headers={SECRET_HEADER: SECRET}).status_code == 200
        first, second, third = person.reads(3)
        assert "2.500 Euro" in first.text and "18 Monate" in second.text and third.text.startswith("Neues")
        person.hears("/hilfe")
        assert len(api.messages_in(person.id)) == 4
        assert not api.seen.refusals


def test_a_load_balancer_can_ask_whether_the_bot_is_alive(service_url: str, tmp_path: Path) -> None:
    with behind_webhook(service_url, tmp_path) as (_, (address,)):
        assert httpx.get(address.replace("/hook", "/health/live")).text == "live"
        assert httpx.get(address).status_code == 405


# --- start and stop --------------------------------------------------------------------------------------------------


def test_a_wrong_token_is_named_without_being_shown(service_url: str, tmp_path: Path) -> None:
    api = BotApi()
    with api.serving():
        settings = bot_settings(api, service_url, tmp_path, token="1234:wrong")
        with pytest.raises(TokenRefused) as refused:
            asyncio.run(run(settings))
    assert "wrong" not in str(refused.value)


def test_the_bot_waits_until_telegram_can_be_reached(service_url: str, tmp_path: Path) -> None:
    api = BotApi(HURRIED_RATES)
    api.trouble("getMe", Trouble(status=502), Trouble(status=429, retry_after_s=1))
    with api.serving(), running(bot_settings(api, service_url, tmp_path)):
        assert Person(api=api, id=200_006).hears("/neu")


def test_what_was_begun_is_finished_before_the_bot_stops(own_stage: OwnStage, front: Front) -> None:
    with own_stage() as stage:
        person = stage.person()
        front.moods.append("slow")
        person.say(AMOUNT)
        stage.api.wait_for(lambda: stage.api.seen.drafts)
    assert "2.500 Euro" in stage.api.messages_in(person.id)[0].text


def test_what_came_while_the_bot_was_away_is_answered_and_nothing_twice(service_url: str, tmp_path: Path) -> None:
    api = BotApi(HURRIED_RATES)
    person = Person(api=api, id=200_005)
    with api.serving():
        settings = bot_settings(api, service_url, tmp_path)
        with running(settings):
            person.hears("/neu")
        person.say("/hilfe")
        with running(settings):
            person.reads(2)
            person.hears("/daten")
    assert [message.text.split()[0] for message in api.messages_in(person.id)] == ["Neues", "Schreiben", "Über"]


def test_commands_that_are_in_place_are_not_sent_again(service_url: str, tmp_path: Path) -> None:
    api = BotApi(HURRIED_RATES)
    with api.serving():
        settings = bot_settings(api, service_url, tmp_path)
        for _ in range(2):
            with running(settings):
                pass
    assert api.count("setMyCommands") == 4
    assert api.count("setMyDescription") == api.count("setMyShortDescription") == 2


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_names_the_setting_that_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["telegram"])
    assert result.exit_code == 1
    assert "ASSISTANT_TELEGRAM_TOKEN" in result.output


def test_the_token_is_refused_in_the_settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "assistant.toml").write_text(f'telegram_token = "{TOKEN}"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["telegram"])
    assert result.exit_code == 1
    assert "ASSISTANT_TELEGRAM_TOKEN" in result.output and TOKEN not in result.output


@pytest.mark.parametrize(
    ("url", "secret", "problem"),
    [
        ("http://bot.example.org/hook", SECRET, "https addresses only"),
        ("https://bot.example.org/hook", None, "telegram_webhook_secret"),
        ("https://bot.example.org/hook", "short", "telegram_webhook_secret"),
    ],
)
def test_a_webhook_without_https_or_secret_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, secret: str | None, problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ASSISTANT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("ASSISTANT_TELEGRAM_WEBHOOK_URL", url)
    if secret:
        monkeypatch.setenv("ASSISTANT_TELEGRAM_WEBHOOK_SECRET", secret)
    result = CliRunner().invoke(app, ["telegram"])
    assert result.exit_code == 1
    assert problem in result.output
    assert not secret or secret not in result.output


def test_the_command_says_that_telegram_refused_the_token(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    api = BotApi()
    with api.serving():
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("ASSISTANT_TELEGRAM_TOKEN", "1234:wrong")
        monkeypatch.setenv("ASSISTANT_TELEGRAM_API_URL", api.url)
        result = CliRunner().invoke(app, ["telegram"])
    assert result.exit_code == 1
    assert "ASSISTANT_TELEGRAM_TOKEN" in result.output and "1234" not in result.output
