"""What buttons carry."""

from __future__ import annotations

import uuid

import pytest

from bots.telegram.callbacks import MAX_BYTES, Callback, lengthen, read_callback, shorten

REPLY_ID = "0b8a3c1e-5f0e-4a57-9a3c-3d2f1c9a7e55"


@pytest.mark.parametrize(
    "callback",
    [
        Callback("quote", REPLY_ID, "12"),
        Callback("suggest", REPLY_ID, "2"),
        Callback("good", REPLY_ID),
        Callback("retry"),
        Callback("language", "auto"),
        Callback("step", "a1b2c33", "o4"),
        Callback("shelf", "0123456789abcdef", "7"),
    ],
    ids=lambda callback: callback.action,
)
def test_a_button_means_again_what_it_was_made_for(callback: Callback) -> None:
    data = callback.encode()
    assert len(data.encode()) <= MAX_BYTES
    assert read_callback(data) == callback


def test_what_does_not_fit_is_refused_when_the_button_is_made() -> None:
    with pytest.raises(ValueError, match="longer than 64 bytes"):
        Callback("starter", "x" * 64).encode()


@pytest.mark.parametrize("data", ["", "z.x.y", "c", "c.!!!.1", "c.zu-kurz.1", "c.äöü.1", "unfug"])
def test_what_no_button_of_ours_carries_is_told_apart(data: str) -> None:
    assert read_callback(data) is None


def test_ids_become_short_and_long_again() -> None:
    for _ in range(100):
        reply_id = str(uuid.uuid4())
        assert len(shorten(reply_id)) == 22
        assert lengthen(shorten(reply_id)) == reply_id
