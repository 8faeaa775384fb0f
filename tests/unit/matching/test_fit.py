"""How words of a description weigh for a sector, on three organisations made up for the test."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.company.places import Gazetteer
from assistant.company.reader import DescriptionReader
from assistant.company.vocabulary import term_key
from assistant.company.wz import ActivityTable, Entry
from assistant.domain.company import Company, Request
from assistant.domain.values import Kind
from assistant.matching.fit import FitRule, SectorFit
from assistant.matching.organisations import Field, Organisation, Outside

DAY = date(2026, 11, 23)
WORDS = {
    "wind": ["Windrad", "Rotorblatt", "Turm", "Offshore"],
    "ship": ["Schiff", "Werft", "Offshore"],
    "code": ["Programm"],
}
TABLE = ActivityTable(
    {"62": {"de": "IT", "en": "IT"}, "96": {"de": "Dienste", "en": "services"}},
    [
        Entry(code="62.0", kind="generic", names={"de": "Software", "en": "software"}, words={"de": ("App",), "en": ("app",)}),
        Entry(code="96.0", kind="own", names={"de": "Friseure", "en": "hairdressing"}, words={"de": ("Friseur",), "en": ("barber",)}),
    ],
)  # fmt: skip


def organisation(
    name: str, *, wz: tuple[str, ...] = (), outside: tuple[Outside, ...] = (), kind: Kind = "cluster"
) -> Organisation:
    keys = frozenset(term_key(word, "de") for word in WORDS[name])
    shared = frozenset([term_key("Turm", "de")])
    field = Field(names={"de": name, "en": name}, telling=keys - shared, shared=keys & shared, wz=wz, sentence="feld")
    return Organisation(
        id=name, kind=kind, is_active=True, names={"de": name, "en": name}, fields=(field,), steps={}, goals={}, groups={}, areas=(),
        outside=outside, joining=None, contact=None, part_of=None, successor=None, successor_sentence=None, secured_until=None,
        secured_sentence=None,
    )  # fmt: skip


SHIPS_ELSEWHERE = Outside(frozenset([term_key("Werft", "de")]), "ship", "werften")
ORGANISATIONS = (
    organisation("wind", outside=(SHIPS_ELSEWHERE,)),
    organisation("ship"),
    organisation("code", wz=("62",), kind="network"),
)
RULE = FitRule(ORGANISATIONS, TABLE)
READER = DescriptionReader(
    [("de", word) for words in WORDS.values() for word in words], table=TABLE, gazetteer=Gazetteer.load()
)


def company(text: str) -> Company:
    return READER.read(Request(description=text, language="de", on=DAY))


def fits(text: str) -> dict[str, SectorFit]:
    return {o.id: RULE.fit(company(text), o) for o in ORGANISATIONS}


def test_a_word_of_one_sector_counts_for_that_sector_alone() -> None:
    found = fits("Wir bauen Windräder.")
    assert found["wind"].words == ("Windräder",) and found["ship"].score == 0


def test_the_score_combines_words_as_independent_signs() -> None:
    # plain words weigh 0.95: 1 - (1 - 0.9 * 0.95) ** 2
    assert fits("Wir bauen jedes Windrad und jedes Rotorblatt.")["wind"].score == pytest.approx(
        1 - (1 - 0.9 * 0.95) ** 2, abs=1e-3
    )


def test_a_word_that_two_share_counts_less_for_each() -> None:
    found = fits("Wir arbeiten im Bereich Offshore.")
    assert 0 < found["wind"].score < fits("Wir bauen Windräder.")["wind"].score
    assert found["wind"].score == found["ship"].score


def test_a_word_of_many_sectors_counts_only_beside_a_telling_one() -> None:
    assert fits("Wir bauen einen Turm.")["wind"].score == 0
    assert fits("Wir bauen Windräder und Türme.")["wind"].score > fits("Wir bauen Windräder.")["wind"].score


def test_whom_a_company_serves_counts_less_than_what_it_does() -> None:
    assert fits("Wir kochen für Werften.")["ship"].score < fits("Wir betreiben eine Werft.")["ship"].score


def test_what_an_organisation_leaves_to_another_costs_it_its_fit() -> None:
    # "Offshore" alone would fit both alike; the yard decides.
    found = fits("Wir sind eine Werft für Offshore.")
    assert found["wind"].score < found["ship"].score


def test_a_network_for_an_activity_of_all_branches_is_recognised() -> None:
    assert RULE.across == {"code"}


def test_a_trade_of_its_own_is_told_from_customers() -> None:
    assert RULE.elsewhere(company("Wir sind Friseure.")).own > 0.8
    assert RULE.elsewhere(company("Wir bauen Windräder für Friseure.")).own == 0
