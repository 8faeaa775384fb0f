"""What a word says of a company."""

from __future__ import annotations

import pytest

from assistant.company.roles import roles_of
from assistant.company.vocabulary import tokens_of
from assistant.domain.company import Role


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("Wir bauen Geräte, mit denen Chirurgen Knochen richten.", "Chirurgen", "customer"),
        ("Wir machen Becher, in die Imbisse ihr Essen füllen.", "Imbisse", "customer"),
        ("Wir schreiben Software, damit Reedereien sparen.", "Reedereien", "customer"),
        ("Mit Lastenrädern bringen wir Pakete.", "Lastenrädern", "plain"),
        ("Wir bringen Pakete mit Lastenrädern.", "Lastenrädern", "means"),
        ("Reedereien kaufen bei uns Pumpen.", "Reedereien", "customer"),
        ("Reedereien kaufen bei uns Pumpen.", "Pumpen", "plain"),
        ("Reedereien betreiben Schiffe.", "Reedereien", "plain"),
        ("Shipyards rent our divers.", "Shipyards", "customer"),
        ("Damit Frachter sparen, bauen wir Propeller.", "Frachter", "customer"),
        ("We make jam, found in four hundred shops.", "shops", "customer"),
        ("We run shops.", "shops", "plain"),
        ("Ich bin gelernte Tischlerin, heute filme ich.", "Tischlerin", None),
        ("Mein Opa war Bäcker und wir bauen Boote.", "Boote", "plain"),
        ("Wir waschen für Hotels.", "Hotels", "customer"),
        ("Wir sind eine Werft.", "Werft", "identity"),
        ("Wir bauen keine Boote.", "Boote", None),
    ],
)
def test_roles(text: str, word: str, role: Role | None) -> None:
    tokens = tokens_of(text)
    position = next(i for i, token in enumerate(tokens) if token.text == word)
    assert roles_of(tokens, text)[position] == role
