"""Who of several parties pays: the small texts of every language come out right at least as often as they did."""

import json
from pathlib import Path

import pytest

from parties import FOLDER, Told, read_small, small_texts

FILES = sorted(FOLDER.rglob("*.txt"))
FLOORS = json.loads((FOLDER / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER).with_suffix("")))
def test_texts_with_several_parties_stay_right(path: Path) -> None:
    wrong = [text.construction for text, missed, beyond in read_small(path) if missed or beyond]
    right = len(small_texts(path)) - len(wrong)
    assert right >= FLOORS[str(path.relative_to(FOLDER))], f"wrong: {', '.join(wrong)}"


def test_every_file_has_a_floor() -> None:
    assert sorted(FLOORS) == sorted(str(path.relative_to(FOLDER)) for path in FILES)


def test_each_text_tells_something() -> None:
    for path in FILES:
        for text in small_texts(path):
            assert text.told, f"{path}: {text.construction}"
            assert len(text.text.split("\n")) > 1, f"{path}: {text.construction}"


def test_a_line_is_read() -> None:
    told = Told.of("City of Graz, Acme/Acme AG | - | AT | 3000000 EUR | new")
    assert told.investors == (("graz",), ("acme", "acme ag")) or told.investors[0] == ("graz",)
    assert (told.recipient, told.destinations, told.unit) == ((), frozenset({"AT"}), "EUR")
