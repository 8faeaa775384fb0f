"""Reports that stand on their own, and the page at `/evals` that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import bootstrap
from assistant.config import Settings
from evals.reporting.files import read_headlines, write_report
from evals.running import ask_all, new_run
from evals.runs import AnyCase, Run, StoredText
from evals.scoring import score_run
from evals.systems import Answered
from tests.unit.evals.make import TEXT, make_case, make_payload

CASES = [make_case(id=f"c{n}", language="de" if n % 2 else "en") for n in range(6)]
TRACE = {
    "gate": {"probability": 0.8, "threshold": 0.4},
    "search": {"hits": [{"rank": 1, "document_id": "funding/innofounder", "heading": ["Höhe"], "dense_rank": 1, "lexical_rank": 2, "fused": 0.9}]},
}  # fmt: skip


class Speaker:
    """Answers every case alike, with words that a careless page would run."""

    record: dict[str, Any] = {"reached": "a test", "index": "g-1", "corpus_digest": "d"}  # noqa: RUF012

    def ask(self, case: AnyCase) -> Answered:
        payload = make_payload(trace=TRACE)
        payload["citations"][0]["title"] = "<script>alert(1)</script>"
        payload["citations"][0]["url"] = "javascript:alert(1)"
        return Answered(payload, 3.0)

    def text(self, document_id: str) -> StoredText | None:
        return StoredText("v1", TEXT)


def make_run(folder: Path) -> Run:
    run = new_run(folder, {"qa": CASES}, {"qa": "evals/cases/qa.yaml"}, Speaker(), repeats=1)
    ask_all(run, Speaker())
    score_run(run)
    write_report(run)
    return run


def test_a_report_needs_nothing_from_outside_and_runs_nothing_foreign(tmp_path: Path) -> None:
    page = (make_run(tmp_path).folder / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"""<(?:link|img|iframe)\b|\bsrc=|@import|url\(""", page)
    assert "default-src &#39;none&#39;" in page and "sha256-" in page
    assert "<script>alert" not in page and 'href="javascript:' not in page


def test_a_report_shows_question_reply_quotation_ranking_and_verdict_in_both_languages(tmp_path: Path) -> None:
    run = make_run(tmp_path)
    page = (run.folder / "report.html").read_text(encoding="utf-8")
    for shown in (
        "Wie viel zahlt InnoFounder?",
        "2.500 Euro",
        "Gefundene Textstellen",
        "Passages found",
        "nDCG@10",
        "95-%-Bereich",
    ):
        assert shown in page, shown
    assert page.count('<details class="case"') == 6 and page.count("<svg") > 5
    assert "Alles richtig" in (run.folder / "report.md").read_text(encoding="utf-8")
    assert "All right" in (run.folder / "report.en.md").read_text(encoding="utf-8")
    assert read_headlines(run) == {"qa": 1.0} and (run.folder / "summary.json").exists()


@pytest.fixture(scope="module")
def visited(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, list[str]]]:
    """The service with the page switched on, over the session's corpus, and the names of two runs."""
    on = settings.model_copy(update={"evals_page": True})
    names = [make_run(on.evals_dir).name for _ in range(2)]
    with TestClient(bootstrap.build_app(on)) as client:
        yield client, names


def test_runs_are_listed_opened_and_compared(visited: tuple[TestClient, list[str]]) -> None:
    client, (first, second) = visited
    listed = client.get("/evals")
    assert listed.status_code == 200 and first in listed.text and f'href="/evals/{second}"' in listed.text
    opened = client.get(f"/evals/{first}")
    assert "Wie viel zahlt InnoFounder?" in opened.text
    compared = client.get("/evals/compare", params={"first": first, "second": second})
    assert compared.status_code == 200 and "Vergleich zweier Läufe" in compared.text
    for response in (listed, opened, compared):
        policy = response.headers["content-security-policy"]
        assert "script-src 'sha256-" in policy and "unsafe-inline" not in policy


@pytest.mark.parametrize(
    "path", ["/evals/none", "/evals/..%2f..%2fassistant.db", "/evals/compare?first=none&second=none"]
)
def test_what_is_no_run_is_not_found(visited: tuple[TestClient, list[str]], path: str) -> None:
    assert visited[0].get(path).status_code == 404


def test_without_the_setting_there_is_no_such_page(client: TestClient) -> None:
    assert client.get("/evals").status_code == 404
