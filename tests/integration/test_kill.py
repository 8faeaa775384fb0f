"""A process killed at any moment of ingesting or building leaves a whole generation that answers."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.answers import Question
from tests.conftest import CORPUS, TODAY

KILLS = 50
SHEETS = ("funding/innofounder", "funding/innorampup", "clusters/hamburg-aviation")
STATES = ("2.500 Euro", "3.700 Euro")
"""An amount that both sheets state, before and after the change; a reply must never show one of each."""


def write_corpus(folder: Path, state: str) -> None:
    """A small corpus in which two sheets state the same amount."""
    for sheet in SHEETS:
        target = folder / f"{sheet}.de.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (CORPUS / f"{sheet}.de.md").read_text(encoding="utf-8")
        if sheet == "funding/innofounder":
            text = text.replace("2.500 Euro", state).replace("eur: 2500", f"eur: {state.split()[0].replace('.', '')}")
        if sheet == "funding/innorampup":
            text += f"\nDie Probezahlung bei InnoRampUp beträgt {state} im Monat. [1]\n"
        target.write_text(text, encoding="utf-8")


def start(settings: Settings, *arguments: str) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "ASSISTANT_DATA_DIR": str(settings.data_dir),
        "ASSISTANT_CORPUS_DIR": str(settings.corpus_dir),
    }
    command = [sys.executable, "-m", "assistant.cli", *arguments]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def shown_states(settings: Settings) -> list[str]:
    """The amounts that the two sheets show, from one opened generation."""
    stores = bootstrap.open_stores(settings)
    reading = bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings))
    questions = (
        "Wie viel Euro zahlt InnoFounder je Person und Monat?",
        "Wie hoch ist die Probezahlung bei InnoRampUp?",
    )
    found: list[str] = []
    for question in questions:
        reply = reading.assistant.answer(Question(text=question, conversation_id="kill", today=TODAY))
        quotes = " ".join(citation.quote for citation in reply.citations)
        found.append(next((state for state in STATES if state in quotes), reply.text))
        for citation in reply.citations:
            assert reading.library.text(citation.document_id)[citation.start : citation.end] == citation.quote
    reading.generation.close()
    stores.engine.dispose()
    return found


def timed_run(settings: Settings, *arguments: str) -> float:
    """Seconds of a whole run that is not disturbed."""
    begun = time.perf_counter()
    assert start(settings, *arguments).wait(120) == 0
    return time.perf_counter() - begun


@pytest.mark.timeout(900)
def test_a_killed_process_leaves_a_whole_generation(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=corpus, today=TODAY)
    write_corpus(corpus, STATES[0])
    commands = (("index", "build", "--force"), ("ingest", str(corpus)))
    timed_run(settings, *commands[1])
    assert shown_states(settings) == [STATES[0], STATES[0]]
    whole_run_s = min(timed_run(settings, *commands[0]) for _ in range(2))

    chance = random.Random(20261123)
    killed = 0
    for number in range(KILLS):
        write_corpus(corpus, STATES[(number + 1) % 2])
        process = start(settings, *commands[number % 2])
        time.sleep(chance.uniform(0.4, 1.0) * whole_run_s)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait(30)
        first, second = shown_states(settings)
        assert first == second, f"after kill {number} one sheet shows {first!r}, the other {second!r}"
        assert first in STATES
    assert killed >= 0.8 * KILLS

    write_corpus(corpus, STATES[1])
    timed_run(settings, *commands[1])
    assert shown_states(settings) == [STATES[1], STATES[1]]
    leftovers = [path for path in settings.index_dir.glob("g-*") if not (path / "manifest.json").exists()]
    assert leftovers == []
