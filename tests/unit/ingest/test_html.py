"""Pages as German authorities publish them: the content comes through, everything around it stays out."""

from __future__ import annotations

import pytest

from assistant.ingest.html import read_html

AROUND = """<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Clusterpolitik - Beispielbehörde</title>
<script>var tracking = "Werbung";</script><style>p {{color: red}}</style></head><body>
<a class="skip-link" href="#inhalt">Zum Inhalt springen</a>
<div id="cookie-banner" class="cookie-consent" role="dialog"><h2>Datenschutz</h2><p>Wir verwenden Cookies.</p><button>Alle annehmen</button></div>
<header><a href="/">Startseite</a><nav><ul><li><a href="/a">Themen</a><ul><li><a href="/b">Wirtschaft</a></li></ul></li></ul></nav></header>
<div class="breadcrumb"><ol><li>Start</li><li>Wirtschaft</li></ol></div>
{main}
<div class="social-share"><a>Teilen</a></div>
<footer><p>© Beispielbehörde</p><ul><li><a>Impressum</a></li></ul></footer></body></html>"""
CONTENT = """<h1>Clusterpolitik in Hamburg</h1>
<p>Der Senat verfolgt seit 2001 eine Clusterpolitik.<br>Sie umfasst acht Cluster.</p>
<h2>Ziele</h2><ul><li>Wachstum</li><li>Vernetzung<ul><li>mit Hochschulen</li></ul></li></ul>
<h2>Förderquoten</h2><table><thead><tr><th>Größe</th><th>Quote</th></tr></thead><tbody><tr><td>klein</td><td>45 %</td></tr></tbody></table>
<h2>Begriffe</h2><dl><dt>Zuwendung</dt><dd>Ein Zuschuss ohne Rückzahlung.</dd></dl>"""
WANTED = [
    ("heading", "Clusterpolitik in Hamburg"),
    ("prose", "Der Senat verfolgt seit 2001 eine Clusterpolitik. Sie umfasst acht Cluster."),
    ("heading", "Ziele"),
    ("list", "Wachstum"),
    ("list", "Vernetzung"),
    ("list", "mit Hochschulen"),
    ("heading", "Förderquoten"),
    ("table", "Größe: klein; Quote: 45 %"),
    ("heading", "Begriffe"),
    ("list", "Zuwendung: Ein Zuschuss ohne Rückzahlung."),
]


def read(html: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_html(html.encode()).blocks]


@pytest.mark.parametrize(
    "main",
    [
        pytest.param(f"<main>{CONTENT}</main>", id="main element"),
        pytest.param(f'<div role="main">{CONTENT}</div>', id="main role"),
        pytest.param(f'<div id="content"><div class="row">{CONTENT}</div></div>', id="content id"),
        pytest.param(f"<article>{CONTENT}</article>", id="article"),
        pytest.param(f'<div class="page">{CONTENT}</div>', id="no mark"),
    ],
)
def test_the_content_comes_through_and_nothing_around_it(main: str) -> None:
    assert read(AROUND.format(main=main)) == WANTED


def test_a_page_of_links_keeps_them() -> None:
    main = '<main><h1>Die Cluster</h1><p>Hamburg hat acht Cluster, die hier stehen.</p><ul><li><a href="/1">Hamburg Aviation</a></li><li><a href="/2">Life Science Nord</a></li></ul></main>'
    assert read(AROUND.format(main=main))[2:] == [("list", "Hamburg Aviation"), ("list", "Life Science Nord")]


def test_a_page_that_is_one_table_stays_a_table() -> None:
    page = "<html><body><h1>Quoten</h1><table><tr><th>Größe</th><th>Quote</th></tr><tr><td>klein</td><td>45 %</td></tr></table></body></html>"
    assert read(page) == [("heading", "Quoten"), ("table", "Größe: klein; Quote: 45 %")]


def test_an_accordion_keeps_the_words_on_its_buttons_and_its_closed_panels() -> None:
    main = """<main><h2>Häufige Fragen zur Förderung</h2>
        <h3><button aria-expanded="false">Wie lange?</button></h3><div hidden><p>Höchstens 18 Monate.</p></div>
        <button aria-controls="p2">Wie viel?</button><div id="p2" aria-hidden="true">150.000 Euro.</div>
        <button aria-expanded="false">Mehr anzeigen</button><button>Drucken</button></main>"""
    assert read(AROUND.format(main=main)) == [
        ("heading", "Häufige Fragen zur Förderung"),
        ("heading", "Wie lange?"),
        ("prose", "Höchstens 18 Monate."),
        ("heading", "Wie viel?"),
        ("prose", "150.000 Euro."),
    ]


def test_a_box_with_a_hint_stays_and_a_box_of_links_goes() -> None:
    main = """<main><p>Das Programm fördert Start-ups in Hamburg.</p>
        <aside><h3>Wichtig</h3><p>Der Antrag ist vor Beginn zu stellen.</p></aside>
        <aside><h3>Mehr</h3><ul><li><a>Anderes Programm der Bank</a></li></ul></aside></main>"""
    assert [text for _, text in read(AROUND.format(main=main))] == [
        "Das Programm fördert Start-ups in Hamburg.",
        "Wichtig",
        "Der Antrag ist vor Beginn zu stellen.",
    ]


def test_a_table_of_contents_and_ways_back_to_the_top_go() -> None:
    main = """<main><ul><li><a href="#ziele">Ziele</a></li></ul><h2 id="ziele"><a href="#ziele">Ziele der Politik</a></h2>
        <p>Sie stärkt <a href="#kmu">kleine Unternehmen</a> in der Stadt.</p><p><a href="#top">Nach oben</a></p></main>"""
    assert [text for _, text in read(AROUND.format(main=main))] == [
        "Ziele der Politik",
        "Sie stärkt kleine Unternehmen in der Stadt.",
    ]


def test_words_for_screen_readers_only_go() -> None:
    main = '<main><p>Zur <a href="/x">Richtlinie<span class="visually-hidden"> (öffnet neues Fenster)</span></a> der Behörde für alle.</p></main>'
    assert read(AROUND.format(main=main)) == [("prose", "Zur Richtlinie der Behörde für alle.")]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        pytest.param('<meta charset="utf-8">', "utf-8", id="named utf-8"),
        pytest.param('<meta charset="iso-8859-1">', "iso-8859-1", id="named latin-1"),
        pytest.param('<meta charset="iso-8859-1">', "utf-8", id="named wrongly"),
        pytest.param('<meta charset="utf-8">', "cp1252", id="not what it says"),
        pytest.param(
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">', "cp1252", id="old way"
        ),
        pytest.param('<meta charset="nonsense">', "cp1252", id="unknown name"),
        pytest.param("", "utf-16", id="byte order mark"),
        pytest.param("", "cp1252", id="not named"),
    ],
)
def test_umlauts_survive_any_encoding(head: str, encoding: str) -> None:
    page = f"<html><head>{head}<title>Ü</title></head><body><main><p>Förderung für Gründer: größere Zuschüsse ab sofort.</p></main></body></html>"
    assert read_html(page.encode(encoding)).blocks[0].text == "Förderung für Gründer: größere Zuschüsse ab sofort."


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        pytest.param("<title>Seite - Behörde</title><main><h1>Antragsfrist</h1><p>Sie endet am 30. November 2026.</p></main>", "Antragsfrist", id="main heading"),
        pytest.param('<meta property="og:title" content="Frist"><title>T</title><main><p>Sie endet am 30. November 2026 um 12 Uhr.</p></main>', "Frist", id="title for sharing"),
        pytest.param("<title>Antragsfrist</title><main><p>Sie endet am 30. November 2026 um 12 Uhr.</p></main>", "Antragsfrist", id="title of the page"),
    ],
)  # fmt: skip
def test_a_page_has_the_title_a_reader_would_give_it(html: str, wanted: str) -> None:
    assert read_html(html.encode()).title == wanted


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html></html>", id="no body"),
        pytest.param(b"<html><body><nav>Start</nav><script>x</script></body></html>", id="navigation only"),
        pytest.param(
            b'<body><main><div id="app"></div></main><noscript>JavaScript!</noscript></body>', id="filled by a script"
        ),
        pytest.param(b"<!-- comment -->", id="comment"),
    ],
)
def test_a_page_without_content_gives_no_blocks(html: bytes) -> None:
    assert read_html(html).blocks == []


@pytest.mark.parametrize("hidden", ["\x00", "\x1b", "&#11;", "&#x1b;", "&#xFFFE;", "&#xD800;", "&#9999999;"])
def test_characters_that_no_page_may_hold_do_not_stop_the_reading(hidden: str) -> None:
    main = f"<main><p>Der Zuschuss <button>Info</button>{hidden} beträgt 45 Prozent der Kosten.</p></main>"
    (found,) = read(AROUND.format(main=main))
    assert found[1].startswith("Der Zuschuss") and found[1].endswith("beträgt 45 Prozent der Kosten.")
