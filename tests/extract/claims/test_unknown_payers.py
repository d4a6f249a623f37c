"""Payers whom no list knows, in short texts: by how the text introduces them, and by how its sentences are built."""

from pathlib import Path

import pytest

from documents import document
from pledgebook.extract import extract

LINES = [
    tuple(part.strip() for part in line.split("|", 2))
    for line in (Path(__file__).parents[2] / "corpus" / "payers.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "names", "text"), LINES, ids=[f"{n}-{line[0]}" for n, line in enumerate(LINES)])
def test_who_pays(language: str, names: str, text: str) -> None:
    first = extract(document(text, language=language)).claims[0]
    assert {party.name for party in first.investors} == set(names.split(" + "))
