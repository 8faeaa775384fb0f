"""A broken file is reported once, by us."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from assistant.domain.errors import DocumentUnreadable
from assistant.ingest.files import load_path
from assistant.ingest.quiet import quiet
from tests.unit.ingest.make import FILLER, paragraphs, pdf_of


def test_a_librarys_messages_are_held_back_and_come_again_afterwards(caplog: pytest.LogCaptureFixture) -> None:
    with quiet("somelib"):
        logging.getLogger("somelib.part").error("während")
    logging.getLogger("somelib.part").error("danach")
    assert [record.message for record in caplog.records] == ["danach"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf_of(paragraphs(FILLER)).replace(b"/Kids", b"/Kinds")),
        ("a.pdf", pdf_of(paragraphs(FILLER)).replace(b"/Filter", b"/Folter")),
        ("a.html", b"<html><body><div></div></body></html>"),
    ],
    ids=["pdf without pages", "pdf with unknown filters", "empty page"],
)
def test_a_broken_file_leaves_no_messages_of_libraries(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentUnreadable):
        load_path(tmp_path / name, corpus_root=None, max_bytes=10**6)
    assert caplog.records == []
