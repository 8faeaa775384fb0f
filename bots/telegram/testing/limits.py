"""What Telegram refuses, as its Bot API documentation states it (core.telegram.org/bots/api, November 2026)."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TEXT_UNITS = 4096
ENTITIES = 100
BUTTONS = 100
BUTTONS_PER_ROW = 8
CALLBACK_BYTES = 64
ALERT_CHARS = 200
ENTITY_TYPES = {"bold", "italic", "text_link", "blockquote", "expandable_blockquote", "code", "underline"}
_QUOTES = {"blockquote", "expandable_blockquote"}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ADDRESS = re.compile(r"(https?://[^\s/]+\.[^\s/]+(/\S*)?|tg://\S+)", re.IGNORECASE)


class Refusal(Exception):
    """An answer of Telegram that is none."""

    def __init__(self, code: int, description: str, retry_after_s: int | None = None) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after_s = code, description, retry_after_s


def check_text(text: str, entities: Sequence[Mapping[str, Any]], *, may_be_empty: bool = False) -> None:
    """Length in UTF-16 units, and where entities may lie."""
    units = text.encode("utf-16-le")
    length = len(units) // 2
    if not text.strip() and not may_be_empty:
        raise Refusal(400, "Bad Request: message text is empty")
    if length > TEXT_UNITS:
        raise Refusal(400, f"Bad Request: message is too long ({length} units)")
    if len(entities) > ENTITIES:
        raise Refusal(400, f"Bad Request: {len(entities)} entities; those beyond {ENTITIES} would be dropped")
    for entity in entities:
        _check_entity(entity, units, length)
    _check_nesting(entities)


def _check_entity(entity: Mapping[str, Any], units: bytes, length: int) -> None:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if entity["type"] not in ENTITY_TYPES:
        raise Refusal(400, f"Bad Request: unknown entity {entity['type']}")
    if not 0 <= start < end <= length:
        raise Refusal(400, "Bad Request: entity beyond the text")
    for edge in (start, end):
        if edge < length and 0xDC00 <= int.from_bytes(units[2 * edge : 2 * edge + 2], "little") <= 0xDFFF:
            raise Refusal(400, "Bad Request: entity begins or ends within a character")
    if entity["type"] == "text_link" and not _ADDRESS.fullmatch(entity.get("url") or ""):
        raise Refusal(400, f"Bad Request: wrong address {entity.get('url')!r}")


def _check_nesting(entities: Sequence[Mapping[str, Any]]) -> None:
    spans = [(entity["offset"], entity["offset"] + entity["length"], entity["type"]) for entity in entities]
    for index, (start, end, kind) in enumerate(spans):
        for other_start, other_end, other_kind in spans[index + 1 :]:
            overlap = other_start < end and start < other_end
            nested = (start <= other_start and other_end <= end) or (other_start <= start and end <= other_end)
            if overlap and not nested:
                raise Refusal(400, "Bad Request: entities overlap without nesting")
            if overlap and kind in _QUOTES and other_kind in _QUOTES:
                raise Refusal(400, "Bad Request: a quotation within a quotation")


def check_keyboard(rows: Sequence[Sequence[Mapping[str, Any]]]) -> None:
    """Number, labels and contents of buttons."""
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS or any(len(row) > BUTTONS_PER_ROW for row in rows):
        raise Refusal(400, "Bad Request: too many buttons")
    for button in buttons:
        actions = [name for name in button if name not in ("text", "style", "icon_custom_emoji_id")]
        if not button.get("text", "").strip() or len(actions) != 1:
            raise Refusal(400, f"Bad Request: text buttons are unallowed in the inline keyboard ({button})")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= CALLBACK_BYTES:
            raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        if "url" in button and not _ADDRESS.fullmatch(button["url"]):
            raise Refusal(400, "Bad Request: BUTTON_URL_INVALID")


def check_commands(commands: Sequence[Mapping[str, str]]) -> None:
    """Names and descriptions of commands."""
    if len(commands) > 100:
        raise Refusal(400, "Bad Request: too many commands")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]) or not 1 <= len(command["description"]) <= 256:
            raise Refusal(400, f"Bad Request: BOT_COMMAND_INVALID ({command})")


def check_inline_results(results: Sequence[Mapping[str, Any]], button: Mapping[str, Any] | None) -> None:
    """What may be offered inline."""
    ids = [result["id"] for result in results]
    if len(results) > 50 or len(set(ids)) != len(ids) or not all(1 <= len(id.encode()) <= 64 for id in ids):
        raise Refusal(400, "Bad Request: RESULT_ID_INVALID")
    if button and not _PARAMETER.fullmatch(button.get("start_parameter") or ""):
        raise Refusal(400, "Bad Request: START_PARAM_INVALID")
    for result in results:
        content = result["input_message_content"]
        check_text(content["message_text"], content.get("entities", []))
        check_keyboard(result.get("reply_markup", {}).get("inline_keyboard", []))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How much Telegram takes; Telegram's own numbers unless a test is in a hurry."""

    per_second: int = 30
    chat_interval_s: float = 1.0
    group_per_minute: int = 20
    minute_s: float = 60.0
    draft_interval_s: float = 0.9


class RateCheck:
    """Refuses what comes too fast, over moving windows."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._all: deque[float] = deque()
        self._last: dict[tuple[str, int], float] = defaultdict(lambda: -1e9)
        self._groups: dict[int, deque[float]] = defaultdict(deque)

    def count(self, chat_id: int, now: float, *, is_draft: bool, is_message: bool) -> None:
        """Count one request into a chat."""
        rates = self._rates
        if _count(self._all, now, 1.0) > rates.per_second:
            raise Refusal(429, "Too Many Requests: in all chats together", 1)
        if is_draft and self._too_soon(("draft", chat_id), now, rates.draft_interval_s):
            raise Refusal(429, "Too Many Requests: drafts", 1)
        if is_message:
            if self._too_soon(("message", chat_id), now, rates.chat_interval_s):
                raise Refusal(429, "Too Many Requests: in one chat", 1)
            if chat_id < 0 and _count(self._groups[chat_id], now, rates.minute_s) > rates.group_per_minute:
                raise Refusal(429, "Too Many Requests: in one group", 5)

    def _too_soon(self, key: tuple[str, int], now: float, interval_s: float) -> bool:
        is_soon = now - self._last[key] < interval_s
        self._last[key] = now
        return is_soon


def _count(times: deque[float], now: float, window_s: float) -> int:
    times.append(now)
    while times[0] <= now - window_s:
        times.popleft()
    return len(times)
