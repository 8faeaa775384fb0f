"""The pages as plain HTTP: what is offered works, what is sent fits its rules."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant import bootstrap
from assistant.config import Settings

PAGE = {"Accept": "text/html"}


@pytest.fixture(autouse=True)
def _built(settings: Settings) -> None:
    if not (settings.web_dir / "dist" / "manifest.json").exists():
        pytest.fail("the pages are not built; `make page` builds them")


def values(html: str, kind: str) -> list[str]:
    return [unescape(value) for value in re.findall(rf'<button[^>]*name="{kind}" value="([^"]*)"', html)]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_example_on_the_first_page_is_answered(client: TestClient, language: str) -> None:
    examples = values(client.get(f"/{language}/").text, "chosen")
    assert len(examples) == 4
    for question in examples:
        reply = client.post("/api/v1/ask", json={"question": question}).json()
        assert (reply["status"], reply["language"]) == ("answered", language), question


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("finder", ["cluster-finder", "funding-finder"])
def test_every_example_of_a_finder_has_a_result(client: TestClient, finder: str, language: str) -> None:
    examples = values(client.get(f"/{language}/{finder}").text, "example")
    assert len(examples) == 3
    for example in examples:
        html = client.post(f"/{language}/{finder}", data={"example": example}).text
        assert 'class="result"' in html, example


def test_every_link_of_the_first_page_leads_somewhere(client: TestClient) -> None:
    links = set(re.findall(r'href="(/[^"]*)"', client.get("/de/").text))
    assert len(links) > 12
    for link in links:
        assert client.get(link, headers=PAGE).status_code == 200, link


def test_built_files_are_kept_for_ever_and_sent_compressed(client: TestClient) -> None:
    style = re.search(r'href="(/assets/site[^"]*)"', client.get("/de/").text)
    assert style
    sent = client.get(style[1], headers={"Accept-Encoding": "gzip"})
    assert sent.headers["content-encoding"] == "gzip" and "immutable" in sent.headers["cache-control"]
    again = client.get(style[1], headers={"If-None-Match": sent.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/assets/../config.py").status_code == 404
    assert client.get("/assets/nothing.js").status_code == 404


def test_conversations_and_results_are_kept_by_no_cache(client: TestClient) -> None:
    asked = client.post("/de/", data={"question": "Was ist InnoFounder?"})
    assert asked.status_code == 200 and "/de/conversations/" in str(asked.url)
    assert asked.headers["cache-control"] == "no-store"
    found = client.post("/de/cluster-finder", data={"description": "Wir bauen Schiffe in Hamburg."})
    assert found.headers["cache-control"] == "no-store"


def test_a_program_gets_an_error_object_and_a_person_a_page(client: TestClient) -> None:
    page = client.get("/en/nothing", headers=PAGE)
    assert page.status_code == 404 and "<h1" in page.text and page.headers["content-language"] == "en"
    assert client.get("/api/v1/nothing", headers=PAGE).json()["error"]["code"] == "not_found"
    assert client.get("/nothing").json()["error"]["code"] == "not_found"


@pytest.mark.parametrize("size", [2001, 40_000])
def test_a_question_that_is_too_long_is_refused_with_a_sentence(client: TestClient, size: int) -> None:
    answer = client.post("/de/", data={"question": "ä" * size}, headers=PAGE)
    assert answer.status_code in (400, 413) and "<h1" in answer.text


def test_figures_and_the_operators_words_stand_on_the_pages(
    settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    (tmp_path / "imprint.de.md").write_text("Behörde **Muster**", encoding="utf-8")
    run = settings.evals_dir / "29991122-100000"  # newer than any run that other tests leave
    run.mkdir(parents=True)
    request.addfinalizer(lambda: shutil.rmtree(run))
    (run / "summary.json").write_text(json.dumps({"qa": {"exact_quotation": 1.0, "facts": 0.987}}), encoding="utf-8")
    own = settings.model_copy(update={"operator_dir": tmp_path, "contact": "Telefon 115"})
    with TestClient(bootstrap.build_app(own)) as client:
        works = client.get("/de/how-it-works").text
        assert "22. November 2999" in works and "98,7\u00a0%" in works
        assert "98.7%" in client.get("/en/how-it-works").text
        imprint = client.get("/de/imprint").text
        assert "<strong>Muster</strong>" in imprint and "Telefon 115" in imprint


def test_the_widget_brings_its_texts_in_its_language(client: TestClient) -> None:
    german = client.get("/widget/de.json").json()["texts"]
    assert german["Ask"] == "Fragen"
    assert client.get("/widget/en.json").json()["texts"] == {}
    assert client.get("/widget/fr.json").status_code == 422
    assert client.get("/widget.js").headers["cross-origin-resource-policy"] == "cross-origin"
