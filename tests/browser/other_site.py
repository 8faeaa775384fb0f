"""A website of somebody else, on another origin, with a Content Security Policy of its own."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class OtherSite:
    """Serves the one page that a test put there."""

    def __init__(self) -> None:
        self._page = b""
        self._rules = ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://localhost:{self._server.server_port}"

    def show(self, html: str, *, rules: str) -> None:
        """Have this page served from now on."""
        self._page, self._rules = html.encode(), rules

    def __enter__(self) -> OtherSite:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None:
                pass

            def do_GET(self) -> None:
                is_icon = self.path == "/favicon.ico"
                self.send_response(204 if is_icon else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site._rules)
                self.end_headers()
                if not is_icon:
                    self.wfile.write(site._page)

        return Handler
