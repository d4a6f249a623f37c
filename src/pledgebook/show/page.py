"""A self-contained page: what it needs is in it, and it asks nobody for anything."""

from collections.abc import Iterable, Iterator
from html import escape

from pledgebook.show.sheet import Sheet
from pledgebook.show.text import plain

_BASE = """
:root { --ink: #1a1a1a; --paper: #fff; --dim: #6b6b6b; --line: #ddd; --mark: #fff1a8; --marked: #ffd166 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8e8; --paper: #16181c; --dim: #9a9a9a; --line: #333; --mark: #5a4a00; --marked: #7a5200 }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
body { margin: 2rem auto; padding: 0 1rem; max-width: 80rem }
table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem; display: block; overflow-x: auto }
th, td { text-align: start; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid var(--line) }
td.figure { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap }
.about { color: var(--dim); font-size: .9rem }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, style: str, body: Iterable[str]) -> Iterator[str]:
    """The pieces of an HTML page around `body`, which has to be HTML already. Its policy forbids every request."""
    yield "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name=viewport content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)} · Pledgebook</title>\n<style>{_BASE}{style}</style>\n</head>\n<body>\n"
    yield f"<h1>{escape(title)}</h1>\n"
    yield from body
    yield "</body>\n</html>\n"


def sheet_page(sheet: Sheet) -> Iterator[str]:
    """A table as a page."""
    yield from page(sheet.title, "", _table(sheet))


def _table(sheet: Sheet) -> Iterator[str]:
    heads = "".join(f"<th>{escape(column.name)}" for column in sheet.columns)
    yield f"<table><thead><tr>{heads}</thead>\n<tbody>\n"
    for row in sheet.rows:
        cells = (
            f"<td{' class=figure' if column.is_figure else ''}>{escape(plain(words))}"
            for column, words in zip(sheet.columns, row, strict=True)
        )
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody></table>\n"
    for note in sheet.notes:
        yield f"<p class=about>{escape(plain(note))}</p>\n"
