"""Documents that are made, or broken, to do harm: each is refused or read, and its neighbours are read all the same."""

from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import Finding, ReadDocument
from pledgebook.flow import read

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    import faults_poison

    return faults_poison


@pytest.mark.slow
def test_neighbours_of_poisoned_documents_are_read_unchanged(poison: Any, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(poison._STORY, encoding="utf-8")
    (expected,) = read([str(tmp_path / "a.txt")], reader="rules", workers=1)
    assert isinstance(expected, ReadDocument)
    names = []
    for name, content in poison.documents(is_small=True):
        path = tmp_path / name
        path.write_bytes(content)
        names.append(str(path))
    sources = [word for name in names for word in (str(tmp_path / "a.txt"), name)]
    found = list(read([*sources, str(tmp_path / "a.txt")], reader="rules", workers=1))
    neighbours = [item for item in found if isinstance(item, ReadDocument) and item.document.id == expected.document.id]
    assert len(neighbours) == len(names) + 1
    assert all(item == expected for item in neighbours)
    for item in found:
        if isinstance(item, Finding):
            assert item.message
