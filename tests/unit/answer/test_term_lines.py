"""Lines by the terms they hold, compared with the plain way of looking."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.answer.term_lines import TermLines, TermNumbers

TERMS = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.lists(TERMS, max_size=4), min_size=1, max_size=6), st.lists(TERMS, max_size=6, unique=True))
def test_hits_are_those_of_a_plain_search(lines: list[list[str]], wanted: list[str]) -> None:
    numbers = TermNumbers()
    TermLines(numbers, [["x", "a"]])  # another text has numbered terms before
    hits = TermLines(numbers, lines).hits(wanted)
    assert hits.shape == (len(lines), max(1, len(wanted)))
    for row, line in enumerate(lines):
        for column, term in enumerate(wanted):
            assert hits[row, column] == float(term in line)


@given(st.lists(st.lists(TERMS, max_size=4), min_size=1, max_size=6), st.lists(st.lists(TERMS, max_size=3), max_size=4))
def test_a_group_is_hit_where_any_of_its_terms_stands(lines: list[list[str]], groups: list[list[str]]) -> None:
    hits = TermLines(TermNumbers(), lines).hits_of_any(groups)
    for row, line in enumerate(lines):
        for column, group in enumerate(groups):
            assert hits[row, column] == float(bool(set(line) & set(group)))
