"""The two finders over HTTP, on the whole corpus: contract, bad input, files to take along, and the way from /ask."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdfium2
import pytest
from fastapi.testclient import TestClient

from evals.company_cases import load_funding, load_matching

API = "/api/v1"
WIND = "Wir entwickeln Rotorblatt-Sensorik für Offshore-Windparks, 14 Leute, Harburg, gegründet 2024, Umsatz 300.000 Euro. Wir suchen Partner und Geld für einen Prototyp."  # fmt: skip


def post(client: TestClient, path: str, **body: Any) -> dict[str, Any]:
    answer = client.post(f"{API}/{path}", json=body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def cited(value: Any) -> list[int]:
    """All citation numbers anywhere in a reply."""
    if isinstance(value, dict):
        own = value["citations"] if value.get("citations") and isinstance(value["citations"][0], int) else []
        return own + [n for key, inner in value.items() if key != "citations" for n in cited(inner)]
    return [n for inner in value for n in cited(inner)] if isinstance(value, list) else []


def assert_quotations_are_exact(client: TestClient, reply: dict[str, Any]) -> None:
    numbers = [citation["n"] for citation in reply["citations"]]
    assert numbers == list(range(1, len(numbers) + 1)) and set(cited(reply)) == set(numbers)
    texts: dict[str, str] = {}
    for citation in reply["citations"]:
        document = citation["document_id"]
        if document not in texts:
            texts[document] = client.get(f"{API}/documents/{document}").json()["text"]
        assert texts[document][citation["start"] : citation["end"]] == citation["quote"]
        assert citation["url"] and citation["as_of"]


def test_a_company_gets_clusters_with_reasons_and_money(client: TestClient) -> None:
    reply = post(client, "match", description=WIND)
    assert reply["status"] == "matched" and reply["language"] == "de"
    assert reply["matches"][0]["cluster_id"] == "clusters/erneuerbare-energien-hamburg"
    assert [p["programme_id"] for p in reply["funding"]] and len(reply["matches"]) <= 5
    assert {one["field"] for one in reply["understood"]} >= {"sectors", "employees", "founded", "location", "purpose"}
    assert_quotations_are_exact(client, reply)


def test_a_company_gets_programmes_with_verdicts_and_clusters(client: TestClient) -> None:
    reply = post(client, "funding", description=WIND, on="2026-11-23")
    assert reply["status"] == "found" and reply["on"] == "2026-11-23" and reply["size"]["size"] == "small"
    assert reply["clusters"][0]["cluster_id"] == "clusters/erneuerbare-energien-hamburg"
    verdicts = [p["verdict"] for p in reply["programmes"]]
    assert verdicts == sorted(verdicts, key=["likely", "check", "not_eligible"].index)
    assert_quotations_are_exact(client, reply)


def test_an_english_company_gets_english_words_and_quotations(client: TestClient) -> None:
    reply = post(
        client,
        "funding",
        description="We want to file our first patent, ten people in Hamburg, turnover 1 million euros.",
    )
    assert reply["language"] == "en"
    first = reply["programmes"][0]
    assert (first["programme_id"], first["verdict"]) == ("funding/wipano-patentierung", "likely")
    assert "16,000 euros" in first["amount"]["text"]
    assert {c["language"] for c in reply["citations"]} == {"en"}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("match", {"employees": -1}, "employees"),
        ("match", {"employees": 10**9}, "employees"),
        ("match", {"founded": "2025-13"}, "founded"),
        ("match", {"founded": 3025}, "founded"),
        ("match", {"unknown": 1}, "unknown"),
        ("match", {"description": "x" * 2001}, "description"),
        ("funding", {"turnover_eur": -5}, "turnover_eur"),
        ("funding", {"amount_eur": 0}, "amount_eur"),
        ("funding", {"on": "2026-02-30"}, "on"),
        ("funding", {"in_hamburg": "yes"}, "in_hamburg"),
    ],
)
def test_what_is_out_of_range_is_refused_with_its_field(
    client: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    answer = client.post(f"{API}/{path}", json={"description": "Wir brauen Bier.", **body})
    assert answer.status_code == 422
    assert [problem["field"] for problem in answer.json()["error"]["details"]["problems"]] == [field]


@pytest.mark.parametrize("path", ["match", "funding"])
@pytest.mark.parametrize("description", ["", "hm", "🙂🙂", "Nous fabriquons des bateaux à voile depuis dix ans."])
def test_what_says_nothing_gets_a_question_back(client: TestClient, path: str, description: str) -> None:
    reply = post(client, path, description=description)
    assert reply["status"] == "clarify" and reply["text"] and reply["questions"]
    assert not reply.get("matches") and not reply.get("programmes")


def test_an_offered_answer_is_understood_when_it_comes_back(client: TestClient) -> None:
    asked = post(client, "funding", description="Wir bauen den Prototyp eines Lasersensors.")
    question = next(q for q in asked["questions"] if q["field"] == "in_hamburg")
    assert question["options"] == ["Ja", "Nein"]
    answered = post(client, "funding", description="Wir bauen den Prototyp eines Lasersensors.", in_hamburg=True)
    assert "in_hamburg" not in [q["field"] for q in answered["questions"]]


def test_the_pdf_holds_profile_reasons_programmes_and_sources(client: TestClient) -> None:
    answer = client.post(f"{API}/summary", json={"description": WIND})
    assert answer.headers["content-type"] == "application/pdf"
    assert re.search(r'filename="clusterlotse-\d{4}-\d\d-\d\d\.pdf"', answer.headers["content-disposition"])
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        headings = [mark.get_title() for mark in document.get_toc()]
    text = "\n".join(pages)
    for part in (
        "Erneuerbare Energien Hamburg",
        "Beschäftigte: 14",
        "InnoRampUp",
        "„Ein Start-up muss für InnoRampUp",
        "[1]",
    ):
        assert part in text.replace("\r\n", " "), part
    assert "Quellen" in headings and "Förderprogramme" in headings
    assert client.post(f"{API}/summary", json={"description": WIND}).content == answer.content


def test_the_markdown_summary_cites_every_number_it_lists(client: TestClient) -> None:
    text = client.post(f"{API}/summary?format=markdown", json={"description": WIND}).text
    body, _, sources = text.partition("## Quellen")
    listed = {int(n) for n in re.findall(r"^\[(\d+)\] „", sources, re.MULTILINE)}
    assert listed == {int(n) for n in re.findall(r"\[(\d+)\]", body)} == set(range(1, len(listed) + 1))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Welches Cluster passt zu uns? Wir bauen Sedierungsroboter, 12 Leute, Harburg.", "Am besten passt Life Science Nord."),
        ("Wir nähen Sitzbezüge für Jets, 30 Leute, Hamburg", "Am besten passt Hamburg Aviation."),
        ("Wir wollen mit einer neuartigen App in Hamburg gründen. Gibt es Geld für den Lebensunterhalt?", "Wahrscheinlich kommen in Frage: InnoFounder"),
    ],
)  # fmt: skip
def test_a_company_that_asks_for_itself_is_advised(client: TestClient, question: str, begins: str) -> None:
    reply = post(client, "ask", question=question)
    assert reply["status"] == "answered" and reply["text"].startswith(begins)
    assert reply["claims"]
    for claim in reply["claims"]:
        assert claim["citations"] and reply["text"][claim["start"] : claim["end"]].strip()


@pytest.mark.parametrize("question", ["Wie hoch ist der Zuschuss bei InnoFounder?", "Welche Cluster gibt es in Hamburg?", "Kann ich InnoFounder mit EXIST kombinieren?"])  # fmt: skip
def test_other_questions_are_left_to_the_search(client: TestClient, question: str) -> None:
    answer = client.post(f"{API}/ask?explain=true", json={"question": question}).json()
    assert "company_advice" not in answer["trace"]


def test_companies_are_matched_as_well_as_promised(client: TestClient) -> None:
    cases = load_matching()
    first = third = matchable = none_right = none_wrong = 0
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    for case in cases:
        reply = post(client, "match", description=case.description, **case.profile)
        ids = [match["cluster_id"] for match in reply["matches"]]
        seen[case.id] = (reply["status"], tuple(ids))
        assert not set(ids) & set(case.never), case.id
        if case.best:
            matchable += 1
            first += ids[:1] != [] and ids[0] in case.best
            third += bool(set(ids[:3]) & {*case.best, *case.also})
            none_wrong += reply["status"] == "none_fits"
        elif case.status == ("none_fits",):
            none_right += reply["status"] == "none_fits"
    none = sum(case.status == ("none_fits",) for case in cases)
    assert first / matchable >= 0.85 and third / matchable >= 0.97
    assert none_right / none >= 0.8 and none_wrong / matchable <= 0.05
    pairs = {case.pair: [c for c in cases if c.pair == case.pair] for case in cases if case.pair}
    assert len(pairs) >= 15
    for name, (a, b) in pairs.items():
        assert (seen[a.id] != seen[b.id]) is a.pair_differs, name


def test_no_programme_is_wrongly_called_likely(client: TestClient) -> None:
    expected = found = 0
    for case in load_funding():
        reply = post(client, "funding", description=case.description, on=str(case.day), **case.profile)
        programmes = {programme["programme_id"]: programme for programme in reply["programmes"]}
        for name, verdicts in case.verdicts.items():
            given = programmes[name]["verdict"]
            assert given != "likely" or "likely" in verdicts, f"{case.id}: {name}"
            if verdicts == ("likely",):
                expected += 1
                found += given == "likely"
        for name, forms in case.amounts.items():
            shown = " ".join(part["text"] for part in (programmes[name]["amount"], programmes[name]["rate"]) if part)
            assert any(form in shown for form in forms), f"{case.id}: {name}: {shown}"
    assert expected >= 40 and found / expected >= 0.9
