"""Nothing that a person may write breaks the reading."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.company.places import Gazetteer
from assistant.company.reader import DescriptionReader
from assistant.company.wz import ActivityTable
from assistant.domain.company import Request

READER = DescriptionReader([], table=ActivityTable.load(), gazetteer=Gazetteer.load())
PIECES = st.sampled_from(
    ["wir sind", "vor", "seit", "gegründet", "founded", "in", "im", "Jahren", "years ago", "Leute", "employees", "Umsatz", "turnover", "Mio.", "Euro",
     "Hamburg", "Sitz in", "nicht", "not", "für", "GmbH", "ein Dutzend", "half a million", "1.1.", "31.2.2025", "Februar", "2025-13", "zwischen", "bis", ".", ",", "\n", "?"]
)  # fmt: skip
NUMBERS = st.integers(min_value=0, max_value=10**30).map(str)
DESCRIPTIONS = st.lists(st.one_of(PIECES, NUMBERS, st.text(max_size=8)), max_size=25).map(" ".join)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(description=DESCRIPTIONS)
def test_any_mixture_of_words_and_figures_is_read(description: str) -> None:
    company = READER.read(Request(description=description, on=date(2026, 11, 23)))
    age = company.age_years()
    assert age is None or age.low is None or 0 <= age.low <= 10_000
    assert company.employees is None or company.employees.low is None or company.employees.low >= 0
