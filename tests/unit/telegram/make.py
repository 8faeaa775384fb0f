"""Builds the values that several tests need."""

from __future__ import annotations

from typing import Any

from bots.telegram.replies import Citation, Reply

REPLY_ID = "0b8a3c1e-5f0e-4a57-9a3c-3d2f1c9a7e55"


def make_citation(n: int = 1, **more: Any) -> Citation:
    """A citation of InnoFounder."""
    values: dict[str, Any] = {
        "n": n,
        "title": "InnoFounder",
        "quote": "2.500 Euro je Person und Monat bei Vollzeit.",
        "heading": ("Höhe und Dauer",),
        "url": "https://www.foerderdatenbank.de/innofounder",
        "publisher": "Förderdatenbank des Bundes",
        "authority": "official",
        "as_of": "2025-11",
    }
    return Citation(**{**values, **more})


def make_reply(**more: Any) -> Reply:
    """An answer with one citation."""
    values: dict[str, Any] = {
        "id": REPLY_ID,
        "conversation_id": "c",
        "language": "de",
        "status": "answered",
        "text": "InnoFounder zahlt 2.500 Euro im Monat. [1]",
        "citations": (make_citation(),),
    }
    return Reply(**{**values, **more})
