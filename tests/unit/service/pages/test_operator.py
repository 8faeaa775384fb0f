"""What the operator says of themselves."""

from __future__ import annotations

from pathlib import Path

from assistant.service.pages.operator import OperatorTexts


def test_a_text_is_shown_in_its_language_or_in_the_other(tmp_path: Path) -> None:
    (tmp_path / "imprint.de.md").write_text("## Anbieter\n\nBehörde", encoding="utf-8")
    (tmp_path / "privacy.de.md").write_text("Deutsch", encoding="utf-8")
    (tmp_path / "privacy.en.md").write_text("English", encoding="utf-8")
    texts = OperatorTexts(tmp_path)
    assert texts.find("imprint", "de") == texts.find("imprint", "en") == "<h2>Anbieter</h2>\n<p>Behörde</p>\n"
    assert texts.find("privacy", "en") == "<p>English</p>\n"
    assert texts.find("accessibility", "de") is None


def test_code_in_a_text_never_reaches_the_page(tmp_path: Path) -> None:
    harm = "<script>alert(1)</script>\n\n[Klick](javascript:alert(1))\n\n![Bild](https://example.org/x.png)"
    (tmp_path / "imprint.de.md").write_text(harm, encoding="utf-8")
    shown = OperatorTexts(tmp_path).find("imprint", "de") or ""
    assert "<script" not in shown and 'href="javascript' not in shown and "<img" not in shown


def test_without_a_folder_there_are_none() -> None:
    assert OperatorTexts(None).find("imprint", "de") is None
