"""A process killed at any moment of ingesting or building leaves a whole generation that answers."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import signal
import sys
import threading
import time
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import pytest

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.answers import Question
from tests.conftest import CORPUS, TODAY

KILLS = 50
SHEETS = {
    "funding/innofounder": "InnoFounder zahlt {} je Person und Monat, wenn die Person in Vollzeit arbeitet.",
    "funding/innorampup": "InnoRampUp zahlt im Versuch {} im Monat.",
}
"""Two sheets, and the sentence in which each states the same amount; nothing must ever show two different ones."""


def amount(number: int) -> str:
    """The amount after so many changes."""
    return f"2.{500 + number} Euro"


def write_corpus(folder: Path, number: int) -> None:
    for document_id, sentence in SHEETS.items():
        target = folder / f"{document_id}.de.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (CORPUS / f"{document_id}.de.md").read_text(encoding="utf-8")
        changed = text.replace(sentence.format(amount(0)), sentence.format(amount(number)))
        if sentence.format(amount(number)) not in changed:
            changed += f"\n{sentence.format(amount(number))} [1]\n"
        target.write_text(changed, encoding="utf-8")


# --- the command in a process of its own -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def processes() -> ForkServerContext:
    """Starts processes that have the libraries loaded, so that a kill meets the work and not the imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["assistant.cli", "assistant.bootstrap"])
    return context


def run_command(settings: dict[str, str], arguments: tuple[str, ...]) -> None:
    """What the process does: the command line, silently."""
    from tqdm import tqdm

    from assistant import cli

    tqdm.set_lock(threading.RLock())  # its own would be a semaphore that a killed process leaves to the system
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, sys.stdout.fileno())
    os.dup2(silence, sys.stderr.fileno())
    os.environ.update(settings)
    sys.argv = ["assistant", *arguments]
    cli.app()


def start(processes: ForkServerContext, settings: Settings, *arguments: str) -> ForkServerProcess:
    environment = {
        "ASSISTANT_DATA_DIR": str(settings.data_dir),
        "ASSISTANT_CORPUS_DIR": str(settings.corpus_dir),
        "ASSISTANT_TODAY": TODAY.isoformat(),
    }
    process = processes.Process(target=run_command, args=(environment, arguments))
    process.start()
    return process


def run_whole(processes: ForkServerContext, settings: Settings, *arguments: str) -> float:
    """Seconds of a run that nobody disturbs."""
    begun = time.perf_counter()
    process = start(processes, settings, *arguments)
    process.join(120)
    assert process.exitcode == 0
    return time.perf_counter() - begun


def kill_at(process: ForkServerProcess, moment_s: float) -> bool:
    """Kill a process after a time; whether it was still at work."""
    process.join(moment_s)
    was_running = process.exitcode is None
    process.kill()
    process.join(30)
    return was_running and process.exitcode == -signal.SIGKILL


# --- what the service would show -------------------------------------------------------------------------------------


def shown_amount(settings: Settings) -> str:
    """The amount that all parts of the active generation agree on."""
    stores = bootstrap.open_stores(settings)
    reading = bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings))
    library, generation = reading.library, reading.generation
    assert {document.id for document in library.documents()} == set(SHEETS)
    assert generation.vectors.count() == len(generation.passage_ids) == generation.manifest.passages
    stated = {
        re.search(re.escape(sentence).replace(re.escape("{}"), r"(2\.\d+ Euro)"), library.text(document_id))[1]  # type: ignore[index]
        for document_id, sentence in SHEETS.items()
    }
    assert len(stated) == 1, f"the two sheets show {sorted(stated)}"
    (shown,) = stated
    question = "Wie viel Euro zahlt InnoFounder je Person und Monat?"
    reply = reading.assistant.answer(Question(text=question, conversation_id="kill", today=TODAY))
    assert reply.status == "answered"
    assert shown in reply.text
    for citation in reply.citations:
        assert library.text(citation.document_id)[citation.start : citation.end] == citation.quote
    generation.close()
    stores.engine.dispose()
    return shown


@pytest.mark.timeout(600)
def test_a_killed_process_leaves_a_whole_generation(tmp_path: Path, processes: ForkServerContext) -> None:
    corpus = tmp_path / "corpus"
    settings = Settings(data_dir=tmp_path / "data", corpus_dir=corpus, today=TODAY)
    ingest, store, build = ("ingest", str(corpus)), ("ingest", "--no-index", str(corpus)), ("index", "build", "--force")
    write_corpus(corpus, 0)
    lasting_s = {command: run_whole(processes, settings, *command) for command in (ingest, build)}
    assert shown_amount(settings) == amount(0)

    chance = random.Random(20261123)
    killed = dict.fromkeys(lasting_s, 0)
    shown = [amount(0)]
    for number in range(1, 3 * KILLS):
        if min(killed.values()) >= KILLS // 2:
            break
        write_corpus(corpus, number)
        for command in (ingest, build):
            begun = time.perf_counter()
            if kill_at(start(processes, settings, *command), chance.uniform(0.1, 1.1) * lasting_s[command]):
                killed[command] += 1
                lasting_s[command] *= 1.05  # the machine may have become busier; a whole run tells the true time again
            else:
                lasting_s[command] = time.perf_counter() - begun
            shown.append(shown_amount(settings))
            assert shown[-1] in (shown[-2], amount(number)), "what was there before, or the change as a whole"
            run_whole(processes, settings, *store)  # what the next build is made of is whole again
    assert min(killed.values()) >= KILLS // 2
    assert len(set(shown)) > 2, "changes came through in between"

    write_corpus(corpus, 0)
    run_whole(processes, settings, *ingest)
    assert shown_amount(settings) == amount(0)
    left = {path.name for path in settings.index_dir.iterdir()} - {"active.json", "embeddings"}
    assert left == set(bootstrap.open_generations(settings).names()), "unfinished builds are swept away"
    assert list(settings.index_dir.rglob("*.tmp")) == []
