"""A model's answer is read however it is written and wherever it breaks off."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.contract import AnswerReader, Quoted, WrittenSentence

FIRST = WrittenSentence(text="Es gibt 2.500 Euro.", quotes=(Quoted(label="S1", words="zahlt 2.500 Euro"),))
SECOND = WrittenSentence(
    text="Und zwar 18 Monate lang.", quotes=(Quoted(label="S2", words="18 Monate"), Quoted(label="S3", words="lang"))
)
TAGGED = (
    '<answer status="partial">\n<sentence>Es gibt 2.500 Euro. <quote passage="S1">zahlt 2.500 Euro</quote></sentence>\n'
    '<sentence>Und zwar 18 Monate lang. <quote passage="S2">18 Monate</quote><quote passage="S3">lang</quote></sentence>\n</answer>'
)
JSON = json.dumps(
    {
        "status": "partial",
        "sentences": [
            {"text": s.text, "quotes": [{"passage": q.label, "words": q.words} for q in s.quotes]}
            for s in (FIRST, SECOND)
        ],
    },
    indent=1,
)


def read(text: str, *, pieces: int = 7) -> tuple[AnswerReader, list[WrittenSentence]]:
    reader = AnswerReader()
    found = [
        sentence for start in range(0, len(text), pieces) for sentence in reader.feed(text[start : start + pieces])
    ]
    return reader, found


@pytest.mark.parametrize("pieces", [1, 3, 50, 5000])
@pytest.mark.parametrize(
    "text",
    [
        TAGGED, JSON, f"```json\n{JSON}\n```", f"Gern! Hier ist sie:\n\n{TAGGED}\n\nHoffentlich hilft das.",
        f"<think>Was ist <sentence>hier</sentence> gefragt? {{\"a\": 1}}</think>\n{TAGGED}", f"<THINK>…</THINK>{JSON}",
        TAGGED.replace("S1", "[s1]").replace('"S2"', "2").replace('"S3"', "'Quelle S3'"), TAGGED.replace("sentence", "Sentence").replace("quote", "QUOTE"),
        TAGGED.replace("</sentence>\n<sentence>", "\n<sentence>"), TAGGED.replace("Und zwar", "<b>Und</b> zwar"), TAGGED.replace("zahlt", "zahlt\n  "),
    ],
    ids=["tags", "json", "fenced", "polite", "thoughts", "loud thoughts", "labels", "case", "unclosed", "markup", "line breaks"],
)  # fmt: skip
def test_both_forms_are_read_in_whatever_dress_and_pieces(text: str, pieces: int) -> None:
    reader, found = read(text, pieces=pieces)
    assert found == [FIRST, SECOND]
    assert (reader.completeness, reader.has_ended, reader.is_cut) == ("partial", True, False)


def test_a_sentence_is_given_as_soon_as_it_is_complete() -> None:
    reader = AnswerReader()
    head, tail = TAGGED.split("</sentence>", 1)
    assert reader.feed(head) == []
    assert reader.feed("</sentence>") == [FIRST]
    assert reader.feed(tail) == [SECOND]


@pytest.mark.parametrize("text", [TAGGED, JSON], ids=["tags", "json"])
def test_an_answer_that_breaks_off_gives_what_is_whole_and_says_so(text: str) -> None:
    reader, found = read(text[: text.index("Monate lang") + 3])
    assert found == [FIRST]
    assert reader.is_cut and not reader.has_ended


def test_what_follows_the_end_is_not_read() -> None:
    _, found = read(TAGGED + TAGGED.replace("2.500", "9.999"))
    assert found == [FIRST, SECOND]


@pytest.mark.parametrize(
    "text", ["", "Das weiß ich nicht.", "Der Zuschuss beträgt 4.000 Euro [1].", "<b>Nein</b>", "{}"]
)
def test_prose_is_not_an_answer(text: str) -> None:
    reader, found = read(text)
    assert found == [] and not reader.is_readable


def test_an_answer_may_be_only_the_list_of_sentences() -> None:
    _, found = read(json.dumps(json.loads(JSON)["sentences"]))
    assert found == [FIRST, SECOND]


@pytest.mark.parametrize(
    "item",
    ['{"text": 5, "quotes": []}', '{"text": "", "quotes": []}', '{"quotes": []}', '{"text": "a" "quotes"}', '{"text": null}'],
)  # fmt: skip
def test_an_item_of_another_form_is_passed_over(item: str) -> None:
    good = json.dumps({"text": "Ein Satz.", "quotes": [{"passage": "S1", "words": "Satz"}]})
    _, found = read(f'{{"status": "complete", "sentences": [{item}, {good}]}}')
    assert [sentence.text for sentence in found] == ["Ein Satz."]


def test_quotes_of_another_form_count_as_none() -> None:
    _, found = read('{"sentences": [{"text": "Ein Satz.", "quotes": "S1"}, {"text": "Noch einer.", "quotes": ["S1"]}]}')
    assert [sentence.quotes for sentence in found] == [(), ()]


@given(st.text(alphabet='<>/{}[]",:\\ sentencquowrS1-\n', max_size=400), st.integers(1, 40))
def test_no_text_breaks_the_reader(text: str, pieces: int) -> None:
    read(text, pieces=pieces)


@pytest.mark.parametrize(
    "text",
    [
        "<sentence>" * 10_000, "<think>" * 15_000, '{"a":' * 20_000, "[{" * 50_000, "<quote " * 15_000, '<sentence>a<quote passage="S1">' * 3_000,
        "<answer><sentence" + " " * 100_000, '{"sentences": [{"text": "' + "\\" * 100_000, "<" * 100_000, '{"sentences": [' + '{"text":"a"},' * 8_000,
    ],
    ids=range(10),
)  # fmt: skip
def test_the_time_grows_no_faster_than_the_text(text: str) -> None:
    started = time.process_time()
    read(text, pieces=20)
    assert time.process_time() - started < 3.0
