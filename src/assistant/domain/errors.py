"""Our errors. What a person may meet is an outcome, not an error; these are for operators and callers.

AssistantError
├─ ConfigError                 a setting is missing or contradictory; raised at start
├─ InputError                  cannot be served as asked
├─ CorpusError
│  ├─ SourceUnavailable        an official address does not answer
│  └─ DocumentUnreadable       a file cannot be read; says why
├─ SearchIndexError            the index cannot be built or searched
│  ├─ IndexMissing             there is none, or not that one
│  └─ EmbedderMismatch         it was built with another embedder
└─ ModelError
   ├─ ModelUnavailable         does not answer, or asks to wait
   ├─ ModelTimeout
   ├─ ModelRefused             will not serve this request, however often it is sent
   ├─ ModelBusy                too many are waiting for it
   ├─ ModelBudgetSpent         the day's tokens or money are used up
   └─ ModelOutputInvalid
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

UnreadableReason = Literal["broken", "empty", "encrypted", "scanned_only", "too_large", "unknown_type", "format"]


class AssistantError(Exception):
    """Anything this package raises on purpose."""


class ConfigError(AssistantError):
    """A setting is missing or contradictory."""


class InputError(AssistantError):
    """Cannot be served as asked."""


class CorpusError(AssistantError):
    """A document or its source."""


class SourceUnavailable(CorpusError):
    """An official address does not answer."""

    def __init__(self, url: str, retry_after_s: float | None = None) -> None:
        super().__init__(f"{url} does not answer")
        self.url, self.retry_after_s = url, retry_after_s


class DocumentUnreadable(CorpusError):
    """A file cannot be read."""

    def __init__(self, path: Path, reason: UnreadableReason, detail: str = "") -> None:
        super().__init__(f"{reason.replace('_', ' ')}: {detail}" if detail else reason.replace("_", " "))
        self.path, self.reason, self.detail = path, reason, detail


class SearchIndexError(AssistantError):
    """The index cannot be built or searched."""


class IndexMissing(SearchIndexError):
    """There is no index, or not that one."""


class EmbedderMismatch(SearchIndexError):
    """The index was built with another embedder than the settings name."""

    def __init__(self, *, index: str, setting: str) -> None:
        super().__init__(
            f"the index was built with embedder {index!r}, but the settings name {setting!r}; "
            "run `assistant index build`, or set ASSISTANT_EMBEDDER back"
        )
        self.index, self.setting = index, setting


class ModelError(AssistantError):
    """A language model."""


class ModelUnavailable(ModelError):
    """The model's address does not answer."""

    def __init__(self, retry_after_s: float | None = None) -> None:
        super().__init__("the language model does not answer")
        self.retry_after_s = retry_after_s


class ModelTimeout(ModelError):
    """The model took too long."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__(f"the language model did not answer within {timeout_s:g} s")
        self.timeout_s = timeout_s


class ModelRefused(ModelError):
    """The model's server will not serve a request, however often it is sent."""

    def __init__(self, status: int | None, detail: str) -> None:
        super().__init__(f"the language model's server refuses{f' with status {status}' if status else ''}: {detail}")
        self.status, self.detail = status, detail


class ModelBusy(ModelError):
    """Too many requests are waiting for the model."""


class ModelBudgetSpent(ModelError):
    """The day's tokens or money for the model are used up."""


class ModelOutputInvalid(ModelError):
    """The model's answer is of no known form."""
