"""HTML: the main part of a page with its headings, lists and tables; navigation, banners and scripts stay out.

A page that marks its main part (`<main>`, `role="main"`, `id="content"`), as accessible pages of authorities do, is read
from that mark; for any other page trafilatura finds the main text.
"""

from __future__ import annotations

import codecs
import copy
import re
from typing import Any

import lxml.html
from lxml import etree
from trafilatura import extract

from assistant.ingest.compose import Extracted
from assistant.ingest.html_blocks import HEADINGS, blocks_of, flatten_tables, text_of
from assistant.ingest.plain import decode
from assistant.ingest.quiet import quiet

SMALLEST_MAIN = 40
"""Characters; an emptier main part is filled by scripts, and the whole page is looked at."""
_MAIN = (
    "//main | //*[@role='main']",
    "//*[@id='main' or @id='content' or @id='main-content' or @id='maincontent' or @id='inhalt']",
    "//article[count(//article) = 1]",
)
_NOISE = "//nav | //script | //style | //noscript | //template | //svg | //iframe | //object | //canvas | //select | //input | //textarea | //option | //datalist | //audio | //video | //head/title | //meta | //link | //base | //dialog | //map | //math/annotation"
_NOISE_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar tablist toolbar tooltip".split()
)
_NOISE_NAMES = re.compile(
    r"(?:^|[-_ ])(?:cookies?|consent|breadcrumbs?|skip-?(?:link|nav|to)\w*|sprungmarken?|social|share|sharing|teilen|newsletter|pagination|pager)(?:$|[-_ ])",
    re.IGNORECASE,
)
_SCREEN_READER = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text)?|aural|invisible)(?:$|\s)", re.I
)
_TOGGLE_NOISE = re.compile(
    r"^(?:mehr|weniger|menü|menu|schließen|close|suche|search|filter|alle|zurück|weiter)\b", re.I
)
_BACK_LINK = re.compile(r"^(?:[↩↑⇧^]+|(?:zurück )?nach oben|seitenanfang|zum seitenanfang|back to top)$", re.I)
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that lxml reads and then refuses to move."""
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read_html(raw: bytes) -> Extracted:
    """Extract the main content of a page; no blocks when there is none."""
    tree = _parse(_decode(raw))
    if tree is None:
        return Extracted(None, [])
    title = _title_of(tree)
    _clean(tree)
    main = _main_part(tree)
    if main is None:
        for element in tree.xpath("(//body/header | //body/*/header)[not(.//h1)] | //body/footer | //body/*/footer"):
            _drop(element)
        main = _ask_trafilatura(tree)
    blocks = blocks_of(main)
    own = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), None)
    return Extracted(own or title, blocks)


def _decode(raw: bytes) -> str:
    """As UTF-8 where it is that, otherwise as the page says of itself; pages name the wrong encoding often enough."""
    named = _CHARSET.search(raw[:4096])
    if named and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:
            name = named[1].decode("ascii")
            try:
                codec = codecs.lookup("cp1252" if name.lower() in ("iso-8859-1", "latin1", "utf-8") else name)
                return str(codec.decode(raw, "replace")[0])
            except (LookupError, TypeError, ValueError):
                pass
    return decode(raw)


def _parse(text: str) -> Any:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    data = _NO_XML.sub("", _REFERENCE.sub(_legal_reference, text)).encode("utf-8")
    try:
        return lxml.html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def _legal_reference(match: re.Match[str]) -> str:
    """A numeric reference as it stands, or a blank for one to a character that no page may hold."""
    code = int(match[1][1:], 16) if match[1][0] in "xX" else int(match[1])
    return " " if code < 0x110000 and _NO_XML.match(chr(code)) else match[0]


def _title_of(tree: Any) -> str | None:
    candidates = [
        *tree.xpath("//meta[@property='og:title']/@content"),
        *(text_of(title) for title in tree.xpath("//head/title")),
        *(text_of(heading) for heading in tree.xpath("//h1")),
    ]
    return next((" ".join(str(text).split()) for text in candidates if str(text).strip()), None)


def _clean(tree: Any) -> None:
    """Take out what is no content, and turn the buttons of accordions into headings."""
    for element in tree.xpath(_NOISE):
        _drop(element)
    for button in tree.xpath("//button"):
        inside = next((a for a in button.iterancestors() if a.tag in HEADINGS or a.tag == "summary"), None)
        if inside is not None:
            button.drop_tag()
        elif button.get("aria-controls") or button.get("aria-expanded"):
            text = text_of(button)
            if text and not _TOGGLE_NOISE.match(text):
                button.tag = "summary"
            else:
                _drop(button)
        else:
            _drop(button)
    whole = len(text_of(tree))
    for element in tree.xpath("//*[@role or @class or @id]"):
        if element.tag in ("html", "body", "main") or not _is_noise(element):
            continue
        if 2 * len(text_of(element)) <= whole or element.get("role") in ("dialog", "alertdialog"):
            _drop(element)
    for element in tree.xpath("//aside"):
        if 2 * sum(len(text_of(link)) for link in element.iter("a")) >= len(text_of(element)):
            _drop(element)
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        _drop_page_link(link)


def _is_noise(element: Any) -> bool:
    if element.get("role") in _NOISE_ROLES:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if element.tag in HEADINGS or not (_NOISE_NAMES.search(names) or _SCREEN_READER.search(names)):
        return False
    return not element.xpath("boolean(.//h1 | .//main)")


def _drop_page_link(link: Any) -> None:
    """Take out a table of contents and ways back to the top; a heading or a word in a sentence stays."""
    text = text_of(link)
    parent = link.getparent()
    if _BACK_LINK.match(text):
        _drop(link)
    elif parent is not None and parent.tag in ("li", "p") and text_of(parent) == text:
        _drop(parent)


def _drop(element: Any) -> None:
    """Take an element out, but not the text behind it; once is enough."""
    if element.getparent() is not None:
        element.drop_tree()


def _main_part(tree: Any) -> Any:
    for path in _MAIN:
        found = max(tree.xpath(path), key=lambda element: len(text_of(element)), default=None)
        if found is not None and len(text_of(found)) >= SMALLEST_MAIN:
            for footer in found.xpath(".//footer"):
                _drop(footer)
            return found
    return None


def _ask_trafilatura(tree: Any) -> Any:
    """The main part as trafilatura sees it, or the whole page where it loses the page's structure."""
    flat = copy.deepcopy(tree)
    flatten_tables(flat)
    with quiet("trafilatura"):
        html = extract(
            flat, output_format="html", include_tables=True, include_comments=False, include_links=False, favor_recall=True, fast=True
        )  # fmt: skip
    body = tree.find("body") if tree.find("body") is not None else tree
    found = _parse(html) if html else None
    if found is None or (len(blocks_of(found)) == 1 < len(blocks_of(body))):
        return body
    return found
