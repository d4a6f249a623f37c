import io
from itertools import pairwise

import pytest

from pledgebook.show.cli.table import table_text
from pledgebook.show.sheet import Column, Sheet

COLUMNS = (Column("who", grows=True), Column("day"), Column("amount", is_figure=True))
ROWS = (
    ("Amazon", "2024-05-13", "1.2 bn EUR"),
    ("東京電力 and the Government of Japan", "2024-05-13 to 2024-05-19", "about 3 bn JPY"),
)


def drawn(width: int, monkeypatch: pytest.MonkeyPatch, *, rows: tuple[tuple[str, ...], ...] = ROWS) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    return "".join(table_text(Sheet("Pledges", COLUMNS, rows, ("A note.",)), io.StringIO())).splitlines()


def test_a_table_as_wide_as_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(100, monkeypatch) == [
        "Pledges",
        "who                                    day                                amount",
        "────────────────────────────────────────────────────────────────────────────────",
        "Amazon                                 2024-05-13                     1.2 bn EUR",
        "東京電力 and the Government of Japan   2024-05-13 to 2024-05-19   about 3 bn JPY",
        "A note.",
    ]


def test_words_give_way_and_figures_never(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(40, monkeypatch)[1:6] == [
        "who          day                  amount",
        "────────────────────────────────────────",
        "Amazon       2024-05-13       1.2 bn EUR",
        "東京電力     2024-05-13   about 3 bn JPY",
        "and the      to",
    ]
    for width in range(1, 120):
        assert any(line.endswith("about 3 bn JPY") for line in drawn(width, monkeypatch))
    widths = [max(map(len, drawn(width, monkeypatch)[2:3])) for width in range(20, 120)]
    assert all(one <= other for one, other in pairwise(widths))


def test_no_rows_and_words_that_would_move_the_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(60, monkeypatch, rows=())[1] == "who   day   amount"
    assert "\x1b" not in "".join(drawn(60, monkeypatch, rows=(("A\x1b[31mcme", "", ""),)))


def test_the_heading_is_bold_on_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    screen.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1mwho" in "".join(table_text(Sheet("", COLUMNS, ROWS), screen))
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in "".join(table_text(Sheet("", COLUMNS, ROWS), screen))
