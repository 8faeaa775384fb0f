"""The systems that can be asked: the pipeline in this process, and a service over HTTP."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, NamedTuple, Protocol

import httpx

from assistant import bootstrap
from assistant.config import Settings, describe_settings
from assistant.domain.answers import Question, Reply, Turn
from assistant.learned.models import load_operating_points
from assistant.service.wire import reply_out
from evals.cases import Case
from evals.company_cases import FundingCase, MatchingCase
from evals.runs import AnyCase, StoredText

API = "/api/v1"
IN_PROCESS = "in process"
TRIES = 4
"""How often a request is sent that the service did not take."""
FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 30.0


class Answered(NamedTuple):
    """What a system said, and how long the last reply took."""

    payload: dict[str, Any]
    elapsed_ms: float


class CaseFailed(Exception):
    """The system failed at this case; others may still be asked."""


class SystemGone(Exception):
    """The system does not answer at all; asking on makes no sense."""


class System(Protocol):
    """What is evaluated."""

    @property
    def record(self) -> dict[str, Any]:
        """How the manifest names it: `reached`, `version`, `index`, `corpus_digest`, `settings` and the like."""

    def ask(self, case: AnyCase) -> Answered:
        """Answer a case.

        Raises:
            CaseFailed: If this case could not be answered.
            SystemGone: If none can be.
        """

    def text(self, document_id: str) -> StoredText | None:
        """A document's canonical text as the system holds it now; None where it cannot be had."""


class Answers(Protocol):
    """Answers questions; the assistant, or a damaged one."""

    def answer(self, question: Question) -> Reply:
        """Answer."""


class TextLibrary(Protocol):
    """Texts of documents."""

    def document(self, document_id: str) -> object | None:
        """The document, or None."""

    def text(self, document_id: str) -> str:
        """Its canonical text."""

    def version_id(self, document_id: str) -> str:
        """Which version is held."""


# --- in this process -------------------------------------------------------------------------------------------------


class InProcess:
    """The pipeline as the service builds it, asked without a network; each case sets its own day."""

    def __init__(
        self, answers: Answers, library: TextLibrary, record: dict[str, Any], *, settings: Settings | None = None
    ) -> None:
        """Ask `answers`; `settings` are needed for the finders, which are reached through the service's own routes."""
        self._answers = answers
        self._library = library
        self._settings = settings
        self._services: dict[date, Any] = {}
        self.record = record

    def ask(self, case: AnyCase) -> Answered:
        """Answer a question, a conversation, or a company's description."""
        match case:
            case Case():
                return self._converse(case)
            case MatchingCase() | FundingCase():
                return self._find(case)
        raise CaseFailed(f"a case of kind {case.kind!r} needs an index of its own")

    def _converse(self, case: Case) -> Answered:
        history: list[Turn] = []
        for text in case.questions:
            question = Question(text=text, conversation_id=case.id, history=tuple(history), today=case.day)
            started = time.perf_counter()
            reply = self._answers.answer(question)
            elapsed = _milliseconds(started)
            cited = tuple(dict.fromkeys(c.document_id.removesuffix(".en") for c in reply.citations))
            asked = reply.rewritten_question or text
            history.append(Turn(question=asked, language=reply.language, document_ids=cited, options=reply.options))
        return Answered(reply_out(reply, explain=True).model_dump(mode="json"), elapsed)

    def _find(self, case: MatchingCase | FundingCase) -> Answered:
        service = self._service_of(case.day)
        started = time.perf_counter()
        response = service.post(f"{API}{_route(case)}", json=_body(case))
        elapsed = _milliseconds(started)
        if response.status_code != 200:
            raise CaseFailed(_refusal(response.status_code, response.text))
        return Answered(response.json(), elapsed)

    def _service_of(self, day: date) -> Any:
        """The service in this process, on a day."""
        from fastapi.testclient import TestClient

        if self._settings is None:
            raise CaseFailed("this system has no finders")
        if day not in self._services:
            settings = self._settings.model_copy(update={"rate_limit": "1000000/minute", "today": day})
            self._services[day] = TestClient(bootstrap.build_app(settings), raise_server_exceptions=False)
            for thread in threading.enumerate():
                if thread.name == "warm-up":
                    thread.join()  # or the first times would be measured while it reads every document beside them
        return self._services[day]

    def text(self, document_id: str) -> StoredText | None:
        """The document's text in the opened index generation."""
        if self._library.document(document_id) is None:
            return None
        return StoredText(self._library.version_id(document_id), self._library.text(document_id))


def open_in_process(settings: Settings) -> InProcess:
    """The pipeline over the active index generation.

    Raises:
        SearchIndexError: If there is none that can be opened.
    """
    stores = bootstrap.open_stores(settings)
    model = bootstrap.open_model(settings, stores.engine)
    reading = bootstrap.open_reading(settings, stores.documents, bootstrap.embedder_of(settings), model=model)
    return InProcess(reading.assistant, reading.library, record_of(settings, reading), settings=settings)


def record_of(settings: Settings, reading: bootstrap.Reading) -> dict[str, Any]:
    """How the manifest names a pipeline that was opened in this process; secrets are masked."""
    manifest = reading.generation.manifest
    return {
        "reached": IN_PROCESS,
        "index": manifest.name,
        "corpus_digest": manifest.corpus_digest,
        "documents": len(manifest.snapshot),
        "passages": manifest.passages,
        "embedder": manifest.embedder,
        "analyser": manifest.analyser,
        "passage_rules": manifest.passage_rules,
        "operating_points": asdict(load_operating_points()),
        "settings": {name: value for name, value, _ in describe_settings(settings)},
    }


# --- over HTTP -------------------------------------------------------------------------------------------------------


class OverHttp:
    """A running service; what it answers for today, it decides itself."""

    def __init__(self, url: str, *, timeout_s: float = 60.0) -> None:
        """Connect.

        Raises:
            SystemGone: If the service does not answer, or is not ready.
        """
        self.url = url.rstrip("/")
        self._client = httpx.Client(base_url=self.url, timeout=timeout_s)
        try:
            self.record = self._describe()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the connections back."""
        self._client.close()

    def _describe(self) -> dict[str, Any]:
        ready = self._send("GET", "/health/ready")
        if ready.status_code != 200:
            raise SystemGone(f"{self.url} is not ready: {ready.text[:200]}")
        state = _json_of(ready)
        day = self._send("GET", f"{API}/programmes")
        today = _json_of(day).get("on") if day.status_code == 200 else None
        return {
            "reached": self.url,
            "index": state.get("index"),
            "corpus_digest": state.get("corpus"),
            "version": state.get("version"),
            "today": today,
        }

    def ask(self, case: AnyCase) -> Answered:
        """Answer a question, a conversation, or a company's description."""
        match case:
            case Case():
                conversation: str | None = None
                for text in case.questions:
                    body = {"question": text, "conversation_id": conversation}
                    answered = self._post("/ask?explain=true", body)
                    conversation = answered.payload.get("conversation_id")
                return answered
            case MatchingCase() | FundingCase():
                return self._post(_route(case), _body(case))
        raise CaseFailed(f"a case of kind {case.kind!r} cannot be asked over HTTP")

    def text(self, document_id: str) -> StoredText | None:
        """The document's text as the service holds it now."""
        response = self._send("GET", f"{API}/documents/{document_id}")
        if response.status_code != 200:
            return None
        document = _json_of(response)
        return StoredText(document["version_id"], document["text"])

    def _post(self, route: str, body: Mapping[str, Any]) -> Answered:
        response = self._send("POST", f"{API}{route}", json=body)
        if response.status_code != 200:
            raise CaseFailed(_refusal(response.status_code, response.text))
        return Answered(_json_of(response), round(response.elapsed.total_seconds() * 1000, 2))

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request, again where the service was not there or asked to wait."""
        wait = FIRST_WAIT_S
        for number in range(1, TRIES + 1):
            try:
                response = self._client.request(method, path, **options)
            except (httpx.TransportError, httpx.InvalidURL) as exc:
                if number == TRIES or isinstance(exc, httpx.InvalidURL | httpx.UnsupportedProtocol):
                    raise SystemGone(f"{self.url} does not answer: {type(exc).__name__} {exc}".strip()) from exc
            else:
                if response.status_code not in (429, 503) or number == TRIES:
                    return response
                wait = _seconds(response.headers.get("retry-after"), default=wait)
            time.sleep(min(wait, LONGEST_WAIT_S))
            wait *= 2
        raise AssertionError("the last try returns or raises")


def _route(case: MatchingCase | FundingCase) -> str:
    return "/match" if isinstance(case, MatchingCase) else "/funding"


def _body(case: MatchingCase | FundingCase) -> dict[str, Any]:
    body: dict[str, Any] = {"description": case.description, **case.profile}
    if isinstance(case, FundingCase):
        body.setdefault("on", case.day.isoformat())
    return body


def _refusal(status: int, body: str) -> str:
    return f"the service answered {status}: {' '.join(body.split())[:200]}"


def _json_of(response: httpx.Response) -> dict[str, Any]:
    try:
        data = response.json()
    except ValueError as exc:
        raise CaseFailed(f"the service answered no JSON: {response.text[:200]!r}") from exc
    if not isinstance(data, dict):
        raise CaseFailed(f"the service answered no object: {response.text[:200]!r}")
    return data


def _seconds(text: str | None, *, default: float) -> float:
    try:
        return max(0.0, float(text or ""))
    except ValueError:
        return default


def _milliseconds(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 2)
