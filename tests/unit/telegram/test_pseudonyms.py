"""Hashes that stand for people, chats and messages."""

from __future__ import annotations

import ipaddress
from pathlib import Path

from bots.telegram.pseudonyms import KEY_FILE, Pseudonyms, load_key


def test_the_same_number_gives_the_same_hash_and_another_key_another_one() -> None:
    one, other = Pseudonyms(b"k" * 32), Pseudonyms(b"l" * 32)
    assert one.person(4711) == Pseudonyms(b"k" * 32).person(4711) != other.person(4711)


def test_a_person_and_their_private_chat_cannot_be_joined() -> None:
    """Telegram gives both the same number."""
    assert Pseudonyms(b"k").person(4711) != Pseudonyms(b"k").chat(4711)


def test_nothing_of_the_number_is_left() -> None:
    assert "4711" not in Pseudonyms(b"k" * 32).person(4711)


def test_a_message_is_known_again_and_so_is_a_change_of_its_words() -> None:
    names = Pseudonyms(b"k")
    place, wording = names.message(1, 2, "Wie hoch?")
    assert names.message(1, 2, "Wie lange?") == (place, names.message(1, 2, "Wie lange?")[1])
    assert names.message(1, 2, "Wie lange?")[1] != wording
    assert names.message(1, 3, "Wie hoch?")[1] != wording


def test_each_person_is_a_network_of_their_own_that_belongs_to_nobody() -> None:
    names = Pseudonyms(b"k")
    addresses = [ipaddress.IPv6Address(names.address(names.person(number))) for number in range(50)]
    assert all(address in ipaddress.IPv6Network("fd00::/8") for address in addresses)
    assert len({ipaddress.IPv6Network((address, 64), strict=False) for address in addresses}) == 50


def test_the_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    key = load_key(tmp_path / "data", None)
    assert len(key) == 32
    assert load_key(tmp_path / "data", None) == key
    assert (tmp_path / "data" / KEY_FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == [KEY_FILE]


def test_a_key_that_was_given_leaves_no_file(tmp_path: Path) -> None:
    assert load_key(tmp_path, "a key of the operator") == b"a key of the operator"
    assert not list(tmp_path.iterdir())
