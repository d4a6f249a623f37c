"""What older releases of Python 3.11 do not do right."""

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
POSSESSIVE_GROUP = re.compile(r"(?<!\\)\)[*+?]\+")


def test_no_group_is_possessive() -> None:
    """Before 3.11.5 `(?:ab)*+` loses its place where a part of the group fails; `(?>(?:ab)*)` does not."""
    files = sorted(SOURCE.rglob("*.py"))
    assert len(files) > 100
    assert [str(file) for file in files if POSSESSIVE_GROUP.search(file.read_text(encoding="utf-8"))] == []
