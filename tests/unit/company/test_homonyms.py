"""Words of two meanings."""

from __future__ import annotations

import pytest

from assistant.company.homonyms import Homonyms
from assistant.company.vocabulary import tokens_of
from assistant.domain.values import Language

HOMONYMS = Homonyms({"de": [{"words": ["mühle"], "beside": ["wind", "strom"]}], "en": [{"words": ["cells"], "beside": ["battery"]}]})  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "otherwise"),
    [
        ("Unsere Mühlen mahlen Korn", "de", []),
        ("Unsere Mühlen machen Strom", "de", ["Mühlen"]),
        ("Mühlen am Windpark", "de", ["Mühlen"]),
        ("We grow cells", "en", []),
        ("We test cells for battery makers", "en", ["cells"]),
    ],
)
def test_the_words_beside_it_decide(text: str, language: Language, otherwise: list[str]) -> None:
    tokens = tokens_of(text)
    assert [tokens[position].text for position in sorted(HOMONYMS.elsewise(tokens, language))] == otherwise


def test_the_table_that_ships_is_read() -> None:
    assert Homonyms.load().elsewise(tokens_of("Wir halten Viren von Computern fern"), "de")
