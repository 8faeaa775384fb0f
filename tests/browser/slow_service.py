"""A connection to the service that lets through the events of an answer one at a time, when the test says so."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

HANDED_ON = {"content-type", "location", "content-language", "content-security-policy", "cache-control"}


class SlowService:
    """A proxy; everything but `/ask/stream` passes at once."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.questions: list[bytes] = []
        """Bodies of the streams that were asked for."""
        self._passes = threading.Semaphore(0)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def let_pass(self, events: int = 1) -> None:
        """Let that many further events through."""
        self._passes.release(events)

    def wait_for_pass(self) -> bool:
        """Wait until an event may pass; False when the test is over."""
        return self._passes.acquire(timeout=30)

    def __enter__(self) -> SlowService:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.let_pass(1000)
        self._server.shutdown()
        self._server.server_close()


def _handler(slow: SlowService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            self._hand_on()

        def do_POST(self) -> None:
            self._hand_on()

        def do_DELETE(self) -> None:
            self._hand_on()

        def _hand_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {
                name: value for name, value in self.headers.items() if name.lower() not in ("host", "accept-encoding")
            }
            answer = httpx.request(
                self.command, slow.service + self.path, content=body, headers=headers, timeout=30,
                follow_redirects=False,
            )  # fmt: skip
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name in HANDED_ON:
                    self.send_header(name, value)
            self.send_header("Connection", "close")
            self.end_headers()
            if not self.path.endswith("/ask/stream"):
                self.wfile.write(answer.content)
                return
            slow.questions.append(body)
            for event in answer.text.replace("\r\n", "\n").split("\n\n"):
                if not event or not slow.wait_for_pass():
                    continue
                try:
                    self.wfile.write(f"{event}\n\n".encode())
                    self.wfile.flush()
                except OSError:  # the person went away
                    return

    return Handler
