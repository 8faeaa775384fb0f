"""The table of `docs/architecture.md`: which package may import which."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "assistant"
BOTS = Path(__file__).parents[2] / "bots"
ALLOWED = {
    "domain": set(),
    "language": {"domain"},
    "learned": {"domain", "language"},
    "ingest": {"domain", "language"},
    "store": {"domain", "language"},
    "index": {"domain", "language", "learned"},
    "retrieve": {"domain", "language", "index", "learned"},
    "answer": {"domain", "language", "learned"},
    "company": {"domain", "language"},
    "matching": {"domain", "language", "company"},
    "funding": {"domain", "language", "company"},
    "desk": {"domain", "language"},
    "llm": {"domain", "language", "answer"},
    "service": {"domain"},
}
EVERYTHING = {"bootstrap", "building", "cli"}
PACKAGES = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


def imported_packages(path: Path) -> set[str]:
    """Names below `assistant` that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found.update(name.split(".")[1] for name in names if name.startswith("assistant."))
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_imports_only_what_the_table_allows(package: str) -> None:
    files = sorted((SOURCE / package).rglob("*.py"))
    assert files, f"no file found in {package}"
    for path in files:
        if "training" in path.parts:
            continue  # run by hand to make the weights; never imported by the product
        extra = imported_packages(path) - ALLOWED[package] - {package}
        assert not extra, f"{path.relative_to(SOURCE)} imports {sorted(extra)}"


def test_every_package_stands_in_the_table() -> None:
    modules = {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}
    assert PACKAGES and set(PACKAGES) <= set(ALLOWED)
    assert modules <= EVERYTHING | {"config"}


def test_nothing_in_the_product_imports_the_training() -> None:
    files = [path for path in SOURCE.rglob("*.py") if "training" not in path.parts]
    assert files
    for path in files:
        assert "learned.training" not in path.read_text(encoding="utf-8"), path


def test_the_bots_know_only_the_service() -> None:
    files = sorted(BOTS.rglob("*.py"))
    for path in files:
        assert not imported_packages(path), f"{path} must speak to the service over HTTP"
