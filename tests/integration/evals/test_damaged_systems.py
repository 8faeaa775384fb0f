"""A deliberately damaged system is caught by the scorer meant for it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import bootstrap
from assistant.config import Settings
from assistant.domain.answers import Hit, Query, Question, Reply
from evals.cases import load_cases
from evals.running import ask_all, new_run
from evals.runs import AnyCase, Run
from evals.scoring import score_run
from evals.sets import load_set
from evals.summary import figures_of_run
from evals.systems import Answered, Answers, InProcess, System, open_in_process


def figures(folder: Path, system: System, cases: Sequence[AnyCase]) -> Mapping[str, float]:
    """Ask, score, and give each figure by name."""
    run = new_run(folder, {cases[0].set: cases}, {cases[0].set: "evals/cases"}, system, repeats=1)
    ask_all(run, system)
    assert Run.open(run.folder).is_complete
    found = figures_of_run({(case.set, case.id): case for case in cases}, score_run(run))
    return {figure.metric: figure.interval.value for figure in found}


def in_process(reading: bootstrap.Reading, answers: Answers) -> InProcess:
    return InProcess(answers, reading.library, {"reached": "a test"})


class RandomPages:
    """A retriever that returns passages nobody looked for."""

    def __init__(self, opened: bootstrap.Searchable) -> None:
        library = opened.library
        self._passages = [p for document in library.documents() for p in library.passages(document.id)]
        self._chance = random.Random(5)
        self._scores = opened.retriever.retrieve(Query(text="InnoFounder", language="de"), top_k=1)[0].scores
        self.generation, self.glossary = opened.generation, opened.retriever.glossary

    def retrieve(self, query: Query, *, top_k: int) -> list[Hit]:
        chosen = self._chance.sample(self._passages, top_k)
        return [Hit(passage=passage, rank=rank, scores=self._scores) for rank, passage in enumerate(chosen, start=1)]


class OneCharacterOff:
    """A writer whose first quotation has another last character than the document."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers

    def answer(self, question: Question) -> Reply:
        reply = self._answers.answer(question)
        if not reply.citations:
            return reply
        first, *rest = reply.citations
        return replace(reply, citations=(replace(first, quote=first.quote[:-1] + "…"), *rest))


@pytest.fixture(scope="module")
def opened(settings: Settings) -> bootstrap.Searchable:
    stores = bootstrap.open_stores(settings)
    return bootstrap.open_searchable(settings, stores.documents, bootstrap.embedder_of(settings))


@pytest.fixture(scope="module")
def answerable() -> Sequence[AnyCase]:
    return load_cases("qa")[:14]


def test_a_retriever_that_returns_random_passages(
    tmp_path: Path,
    settings: Settings,
    opened: bootstrap.Searchable,
    reading: bootstrap.Reading,
    answerable: Sequence[AnyCase],
) -> None:
    sound = figures(tmp_path, in_process(reading, reading.assistant), answerable)
    blind = replace(opened, retriever=RandomPages(opened))
    damaged = bootstrap.assemble_reading(settings, blind, bootstrap.load_judgements())
    found = figures(tmp_path, in_process(damaged, damaged.assistant), answerable)
    assert sound["recall@5"] > 0.85 and found["recall@5"] < 0.3
    assert found["ndcg@10"] < sound["ndcg@10"] - 0.5


def test_a_writer_that_always_answers(
    tmp_path: Path, settings: Settings, opened: bootstrap.Searchable, reading: bootstrap.Reading
) -> None:
    cases = load_cases("unanswerable")[:14]
    sound = figures(tmp_path, in_process(reading, reading.assistant), cases)
    sure = replace(bootstrap.load_judgements(), answered=lambda features: 1.0, in_field=lambda features: 1.0)
    damaged = bootstrap.assemble_reading(settings, opened, sure)
    found = figures(tmp_path, in_process(damaged, damaged.assistant), cases)
    assert found["refuses"] < 0.2 < sound["refuses"] - 0.2


def test_a_quotation_altered_by_one_character(
    tmp_path: Path, reading: bootstrap.Reading, answerable: Sequence[AnyCase]
) -> None:
    sound = figures(tmp_path, in_process(reading, reading.assistant), answerable)
    found = figures(tmp_path, in_process(reading, OneCharacterOff(reading.assistant)), answerable)
    # One of two or three quotations of each reply is damaged.
    assert sound["exact_quotation"] == 1.0 and found["exact_quotation"] < 0.7


class OtherAmounts:
    """A funding finder in whose replies every amount of one programme begins with another digit."""

    def __init__(self, system: InProcess, programme: str) -> None:
        self._system, self._programme = system, programme
        self.record = system.record
        self.text = system.text

    def ask(self, case: AnyCase) -> Answered:
        answered = self._system.ask(case)
        for programme in answered.payload["programmes"]:
            for part in ("amount", "rate"):
                if programme["programme_id"] == self._programme and programme[part]:
                    programme[part]["text"] = (
                        programme[part]["text"].replace("2.500", "3.500").replace("75.000", "95.000")
                    )
        return answered


def test_a_changed_amount_of_a_programme(tmp_path: Path, settings: Settings) -> None:
    programme = "funding/innofounder"
    cases = [case for case in load_set("funding") if programme in case.amounts and case.language == "de"][:5]
    assert cases
    system = open_in_process(settings)
    sound = figures(tmp_path, system, cases)
    found = figures(tmp_path, OtherAmounts(system, programme), cases)
    assert (sound["amounts"], sound["figures_supported"]) == (1.0, 1.0)
    assert found["amounts"] < 1.0 and found["figures_supported"] < 1.0
