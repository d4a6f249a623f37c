"""The tables from CLDR are what the tools make of it, byte for byte."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


def test_words_of_languages_are_as_the_tool_writes_them() -> None:
    pytest.importorskip("babel")
    done = subprocess.run(
        [sys.executable, str(TOOLS / "make_cldr.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_names_of_countries_are_as_the_tool_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel")
    monkeypatch.syspath_prepend(str(TOOLS))
    import make_places

    folder = files("pledgebook.lexicon") / "world" / "territories"
    assert {entry.name.removesuffix(".tsv") for entry in folder.iterdir()} == set(make_places.LOCALES)
    for code in make_places.LOCALES:
        lines = folder.joinpath(f"{code}.tsv").read_text(encoding="utf-8").splitlines()
        assert lines[1:] == make_places.territory_rows(code), code
