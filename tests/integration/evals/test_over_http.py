"""A service that is asked over HTTP: absent, ill, dying half-way, wanting to be asked later."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.config import Settings
from evals.case_files import CaseFileError
from evals.commands import app
from evals.judge import JudgeSettings, JudgeUnavailable, judge_figures, judge_run
from evals.planning import plan_sets
from evals.running import ask_all, new_run
from evals.runs import find_run
from evals.systems import OverHttp, SystemGone
from tests.unit.evals.make import TEXT, make_case, make_payload

Answer = Callable[[str, str, dict[str, Any]], tuple[int, str, dict[str, str]]]
READY = json.dumps({"index": "g-1", "corpus": "d", "version": "1"})


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server at a free port that answers as told: method, path and body in, status, body and headers out."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _respond(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, text, headers = answer(self.command, self.path, json.loads(body) if body else {})
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(text.encode()))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = _respond

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def service(ask: Answer) -> Answer:
    """A service that is ready and holds InnoFounder's sheet; `ask` answers questions."""

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, str, dict[str, str]]:
        if path == "/health/ready":
            return 200, READY, {}
        if path.startswith("/api/v1/programmes"):
            return 200, '{"on": "2026-11-23"}', {}
        if path.startswith("/api/v1/documents/funding/innofounder"):
            return 200, json.dumps({"version_id": "v1", "text": TEXT}), {}
        if method == "POST":
            return ask(method, path, body)
        return 404, "{}", {}

    return answer


def good(method: str, path: str, body: dict[str, Any]) -> tuple[int, str, dict[str, str]]:
    return 200, json.dumps(make_payload(conversation_id="c1")), {}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.systems.FIRST_WAIT_S", 0.001)
    monkeypatch.setattr("evals.systems.LONGEST_WAIT_S", 0.01)


def invoke(*arguments: str, env: dict[str, str] | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments), env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.split())


def test_nobody_at_the_address(tmp_path: Path) -> None:
    code, said = invoke("run", "qa", "--url", "http://127.0.0.1:9", "--output", str(tmp_path))
    assert code == 1 and "http://127.0.0.1:9 does not answer" in said
    assert not list(tmp_path.iterdir())


def test_a_service_that_is_not_ready(tmp_path: Path) -> None:
    with (
        serving(lambda *_: (503, '{"reason": "no index"}', {})) as url,
        pytest.raises(SystemGone, match="is not ready"),
    ):
        OverHttp(url)


def test_a_whole_run_over_http_is_scored_and_reported(tmp_path: Path) -> None:
    seen: list[dict[str, Any]] = []

    def ask(method: str, path: str, body: dict[str, Any]) -> tuple[int, str, dict[str, str]]:
        seen.append(body)
        return good(method, path, body)

    with serving(service(ask)) as url:
        code, said = invoke("run", "followups", "--url", url, "--output", str(tmp_path))
    assert code == 0 and "50 of 50 cases asked" in said
    run = find_run("latest", tmp_path)
    assert run.manifest.system["today"] == "2026-11-23" and run.texts()["funding/innofounder"][0].text == TEXT
    assert {"report.html", "report.json", "report.md", "report.en.md", "scores.jsonl"} <= {
        p.name for p in run.folder.iterdir()
    }
    # A conversation goes on with the id that the service gave out.
    assert seen[0]["conversation_id"] is None and seen[1]["conversation_id"] == "c1"


def test_a_service_that_dies_half_way_is_told_and_the_run_goes_on_later(tmp_path: Path) -> None:
    asked = []

    def dying(method: str, path: str, body: dict[str, Any]) -> tuple[int, str, dict[str, str]]:
        asked.append(body)
        return good(method, path, body) if len(asked) <= 20 else (500, '{"error": {}}', {})

    answer = [dying]
    with serving(service(lambda *request: answer[0](*request))) as url:
        code, said = invoke("run", "attacks", "--url", url, "--output", str(tmp_path))
        assert code == 1 and "Stopped: 5 cases failed one after another" in said and "--resume" in said
        run = find_run("latest", tmp_path)
        assert sum(output.error is None for output in run.outputs()) == 20
        answer[0] = good
        code, said = invoke("run", "--resume", run.name, "--output", str(tmp_path))
    assert code == 0 and "47 of 47 cases asked" in said


def test_a_service_that_wants_to_be_asked_later_is_asked_again(tmp_path: Path) -> None:
    refusals = iter([429, 503])

    def busy(method: str, path: str, body: dict[str, Any]) -> tuple[int, str, dict[str, str]]:
        status = next(refusals, 200)
        return (status, "{}", {"Retry-After": "0"}) if status != 200 else good(method, path, body)

    with serving(service(busy)) as url, closing(OverHttp(url)) as system:
        assert system.ask(make_case()).payload["status"] == "answered"


def test_an_answer_that_is_no_json_is_a_failed_case(tmp_path: Path) -> None:
    with serving(service(lambda *_: (200, "<html>", {}))) as url, closing(OverHttp(url)) as system:
        run = new_run(tmp_path, {"qa": [make_case()]}, {"qa": "x"}, system, repeats=1)
        ask_all(run, system)
    assert [output.error for output in run.outputs()] == ["the service answered no JSON: '<html>'"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nonsense"], "there is no set 'nonsense'"),
        (["run", "squad"], "squad needs --path"),
        (["run", "qa", "--path", "README.md"], "--path belongs to a suite"),
        (["run", "qa", "--url", "http://x", "--in-process"], "exclude each other"),
        (["run", "--resume", "none"], "there is no run 'none'"),
        (["run", "own", "--path", "README.md"], "no column is named Frage"),
        (["compare"], "there is no previous one"),
        (["template", "table.ods"], "ends in .xlsx or .csv"),
    ],
)
def test_wrong_arguments_are_explained(tmp_path: Path, arguments: list[str], message: str) -> None:
    code, said = invoke(*arguments, env={"ASSISTANT_DATA_DIR": str(tmp_path)})
    assert code == 2 and message in said


def test_a_malformed_set_stops_before_anything_is_asked(tmp_path: Path) -> None:
    (tmp_path / "qa.yaml").write_text("cases:\n  - {id: a, question: Wer?, language: fr}\n", encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"qa\.yaml:2: case 1 \(a\): language"):
        plan_sets(["qa"], settings=Settings(data_dir=tmp_path), url=None, folder=tmp_path)


# --- a model as judge ---


def judging(contents: Iterator[str]) -> Answer:
    """An OpenAI-compatible address that says one thing after another."""

    def answer(method: str, path: str, body: dict[str, Any]) -> tuple[int, str, dict[str, str]]:
        assert path == "/v1/chat/completions" and body["temperature"] == 0
        return 200, json.dumps({"choices": [{"message": {"content": next(contents)}}]}), {}

    return answer


VERDICT = '{"supported": [true], "nuggets": ["partial_support"], "answers": true}'


def one_case_run(folder: Path) -> Any:
    with serving(service(good)) as url, closing(OverHttp(url)) as system:
        run = new_run(folder, {"qa": [make_case(), make_case(id="b")]}, {"qa": "x"}, system, repeats=1)
        ask_all(run, system)
    return run


def test_two_passes_of_a_judge_and_how_far_they_agree(tmp_path: Path) -> None:
    run = one_case_run(tmp_path)
    other = VERDICT.replace("true}", "false}")
    with serving(judging(iter([VERDICT, other, f"Gern: {VERDICT}", VERDICT]))) as url:
        counts = judge_run(run, JudgeSettings(url=f"{url}/v1", model="m"))
    assert counts == {"judged": 4, "could_not": 0}
    found = {figure.metric: figure for figure in judge_figures(list(run.judgements()))}
    assert (found["judge_answers"].value, found["judge_answers"].agreement) == (0.75, 0.5)
    assert (found["judge_nuggets"].value, found["judge_nuggets"].agreement) == (0.5, 1.0)


def test_a_judge_that_returns_rubbish_is_counted_and_never_scored(tmp_path: Path) -> None:
    run = one_case_run(tmp_path)
    rubbish = [
        "no idea",
        '{"supported": [true, true], "nuggets": [], "answers": true}',
        '{"supported": "yes"}',
        "{}",
    ] * 2
    with serving(judging(iter(rubbish))) as url:
        code, said = invoke("judge", run.name, "--url", f"{url}/v1", "--model", "m", "--output", str(tmp_path))
    assert code == 1 and "0 judgements, 4 could not be made" in said
    reasons = {row["reason"] for row in run.judgements()}
    assert any("2 and 0 judgements for 1 statements and 1 facts" in reason for reason in reasons)
    assert judge_figures(list(run.judgements())) == []


def test_a_judge_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(JudgeUnavailable, match="does not answer"):
        judge_run(one_case_run(tmp_path), JudgeSettings(url="http://127.0.0.1:9/v1", model="m"))
