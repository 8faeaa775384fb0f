"""Keyed hashes that stand for people, chats and messages wherever something is stored."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import os
import secrets
from pathlib import Path

KEY_FILE = "telegram.key"
_KEY_BYTES = 32
_LOCAL_NETWORK = b"\xfd"
"""First byte of the IPv6 addresses that belong to nobody (RFC 4193)."""


class Pseudonyms:
    """Turns Telegram's numbers into hashes that nobody can turn back without the key, not even by trying all numbers."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def person(self, user_id: int) -> str:
        """What stands for a person."""
        return self._hash("person", str(user_id)).hex()

    def chat(self, chat_id: int) -> str:
        """What stands for a chat."""
        return self._hash("chat", str(chat_id)).hex()

    def message(self, chat_id: int, message_id: int, text: str) -> tuple[str, str]:
        """What stands for a message, and for its wording."""
        place = f"{chat_id}/{message_id}"
        return self._hash("message", place).hex(), self._hash("text", f"{place}/{text}").hex()

    def address(self, person: str) -> str:
        """An address that the service can count questions by: one network for each person, inside no real network."""
        return str(ipaddress.IPv6Address(_LOCAL_NETWORK + self._hash("address", person)[:7] + bytes(8)))

    def _hash(self, kind: str, text: str) -> bytes:
        return hmac.digest(self._key, f"{kind}:{text}".encode(), hashlib.sha256)[:16]


def load_key(data_dir: Path, given: str | None) -> bytes:
    """The key given, or the one of the data folder, made at the first call; several processes get the same."""
    if given is not None:
        return given.encode()
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / KEY_FILE
    if not path.exists():
        fresh = path.with_suffix(f".{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        try:
            os.link(fresh, path)  # whole or not at all; another process may have been quicker
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
