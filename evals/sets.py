"""The project's own sets of cases."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from evals.case_files import SUFFIXES, CaseFileError, case_path
from evals.cases import FOLDER, load_cases
from evals.company_cases import load_funding, load_matching
from evals.runs import AnyCase

OWN_SETS = (
    "qa", "unanswerable", "followups", "conflicts", "attacks", "parity", "matching", "funding",
    "acceptance_clusters", "acceptance_funding", "acceptance_unanswerable", "acceptance_followups",
)  # fmt: skip
"""The `acceptance_` ones were written by people who knew the sheets alone, after the system was built; nothing was mended on the first three."""
FAST_SETS = ("qa", "unanswerable", "followups", "attacks")
"""Enough to notice that an answer got worse, in well under a minute."""


def present_sets(folder: Path = FOLDER) -> tuple[str, ...]:
    """The own sets whose file is there, in their order, then further ones by name."""
    found = {path.stem for path in folder.iterdir() if path.suffix in SUFFIXES}
    return (*(name for name in OWN_SETS if name in found), *sorted(found - set(OWN_SETS)))


def load_set(name: str, *, folder: Path = FOLDER) -> list[AnyCase]:
    """Read an own set.

    Raises:
        CaseFileError: If there is none of that name, or it is malformed.
    """
    if name not in present_sets(folder):
        there = ", ".join(present_sets(folder))
        raise CaseFileError(folder, f"there is no set {name!r}; there are {there}")
    match name:
        case "matching":
            return [*load_matching(name, folder=folder)]
        case "funding":
            return [*load_funding(name, folder=folder)]
    return [*load_cases(name, folder=folder)]


def source_of(name: str, *, folder: Path = FOLDER) -> str:
    """The file of a set, as the manifest names it."""
    return f"{folder.parent.name}/{folder.name}/{case_path(folder, name).name}"


def digest_of(cases: Sequence[AnyCase]) -> str:
    """SHA-256 over the cases of a set, hexadecimal."""
    return hashlib.sha256("\n".join(case.model_dump_json() for case in cases).encode()).hexdigest()
