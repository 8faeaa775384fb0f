"""The model that the environment names, held to the same checks: `ASSISTANT_LLM=… ASSISTANT_LLM_MODEL=… pytest -m live`."""

from __future__ import annotations

import json
import os
import time

import pytest

from assistant import bootstrap
from assistant.answer.enquiry import Enquiries
from assistant.config import Settings, load_settings
from assistant.domain.answers import Question, Reply
from tests.conftest import TODAY
from tests.integration.model_attacks import ATTACKS, Attack
from tests.integration.test_model_attacks import assert_nothing_foreign, is_in_document
from tests.integration.test_model_behaviours import SLACK_S, assert_verified

pytestmark = pytest.mark.live

ENDPOINT = {name: value for name, value in os.environ.items() if name.startswith("ASSISTANT_LLM")}
"""Read before the tests are shielded from the settings of whoever runs them."""
QUESTIONS = (
    "Wie hoch ist der Zuschuss bei InnoFounder?", "Wie lange wird InnoFounder gezahlt?", "Wer kann InnoRampUp beantragen?", "Was ist Hamburg Aviation?",
    "Welche Ziele hat die Hamburger Clusterpolitik?", "Womit lässt sich InnoFounder kombinieren?", "How much does InnoFounder pay?", "Who can apply for InnoRampUp?",
    "What does Life Science Nord offer?", "What is the Food Cluster Hamburg?",
)  # fmt: skip
LEAST_BY_MODEL = 0.7
"""Of the questions; a model that holds to the form reaches it."""


@pytest.fixture(scope="module")
def live_settings(settings: Settings) -> Settings:
    if "ASSISTANT_LLM" not in ENDPOINT:
        pytest.skip("ASSISTANT_LLM names no model")
    values = {name.removeprefix("ASSISTANT_").lower(): value for name, value in ENDPOINT.items()}
    if "llm_options" in values:
        values["llm_options"] = json.loads(values["llm_options"])
    return load_settings(**{**settings.model_dump(exclude_unset=True), **values})


@pytest.fixture(scope="module")
def live(live_settings: Settings) -> Enquiries:
    stores = bootstrap.open_stores(live_settings)
    model = bootstrap.open_model(live_settings, stores.engine)
    embedder = bootstrap.embedder_of(live_settings)
    return bootstrap.open_reading(live_settings, stores.documents, embedder, model=model).assistant


def ask(live: Enquiries, text: str, **fields: object) -> Reply:
    return live.answer(Question(text=text, conversation_id="live", today=TODAY, **fields))  # type: ignore[arg-type]


def test_the_model_writes_most_answers_and_every_one_is_verified_and_in_time(
    live: Enquiries, live_settings: Settings
) -> None:
    by_model = []
    for question in QUESTIONS:
        started = time.monotonic()
        reply = ask(live, question)
        assert time.monotonic() - started < live_settings.llm_timeout_s + SLACK_S
        if reply.claims:
            assert_verified(reply)
        if reply.model is not None and reply.model.sentences:
            by_model.append(question)
        print(f"{question} → {reply.text[:200]!r} {reply.model}")
    assert len(by_model) >= LEAST_BY_MODEL * len(QUESTIONS)


@pytest.mark.parametrize("style", ["plain", "short", "detailed", "letter"])
def test_every_style_is_verified(style: str, live: Enquiries) -> None:
    assert_verified(ask(live, QUESTIONS[1], style=style))


@pytest.mark.parametrize(
    "attack",
    [attack for attack in ATTACKS if not is_in_document(attack) and not attack.turns],
    ids=lambda a: a.text[:40],
)
def test_attacks_in_questions_show_nothing_foreign(attack: Attack, live: Enquiries) -> None:
    assert_nothing_foreign(ask(live, attack.text), attack.payload)
