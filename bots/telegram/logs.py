"""The libraries' log lines: through the same logger as ours, never with the token, never with anybody's words."""

from __future__ import annotations

import logging

import structlog

_log = structlog.get_logger("clusterlotse.telegram.library")


class Redacting(logging.Handler):
    """Passes lines on with the token blackened, and of exceptions only the kind: their messages may quote updates."""

    def __init__(self, token: str) -> None:
        super().__init__(logging.WARNING)
        self._token = token

    def emit(self, record: logging.LogRecord) -> None:
        """Pass one line on."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        line = record.getMessage().replace(self._token, "[token]")
        _log.log(record.levelno, line, logger=record.name, **({"error": error} if error else {}))


def redact_library_logs(token: str) -> None:
    """Route what the libraries log. httpx writes every address it calls, and Telegram's hold the token, so it is quiet."""
    for name in ("telegram", "httpx", "httpcore", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers = [Redacting(token)]
        logger.propagate = False
        logger.setLevel(logging.WARNING)
