"""A self-contained page: what it needs is in it, and it asks nobody for anything."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from pledgebook.show.sheet import Column, Sheet
from pledgebook.show.text import plain

# The colours and letters of the web app's style.css, whose fonts would be files.
_BASE = """
:root {
  --ink: #1d2128; --paper: #fbfaf7; --card: #fff; --dim: #5a606a; --line: #e4e0d6; --soft: #f2efe8; --accent: #0f5c69;
  --bad: #a23c12; --mark: #ffe08a; --marked: #ffc95c;
  --serif: "Source Serif 4", Georgia, "Times New Roman", serif;
  --sans: "Source Sans 3", "Segoe UI", system-ui, -apple-system, "Noto Sans", sans-serif;
}
@media (prefers-color-scheme: dark) { :root {
  --ink: #e8e5de; --paper: #13171a; --card: #1a1f23; --dim: #a3a9b1; --line: #2e353b; --soft: #20262b;
  --accent: #86ccd5; --bad: #f0956b; --mark: #5a4711; --marked: #7a5200;
} }
* { box-sizing: border-box }
body { font: 400 1rem/1.5 var(--sans); color: var(--ink); background: var(--paper); overflow-wrap: break-word }
body { margin: 2rem auto 4rem; padding: 0 1rem; max-width: 78rem }
h1, h2, h3, h4 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance }
a { color: var(--accent); text-underline-offset: .18em }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
.scroll { overflow-x: auto; margin: 1rem 0 }
table { border-collapse: collapse; font-size: .9375rem; overflow-wrap: normal }
caption { text-align: start; font: 600 1.125rem/1.3 var(--serif); padding: .25rem .6rem .25rem 0 }
th, td { text-align: start; vertical-align: top; padding: .25rem .6rem; border-bottom: 1px solid var(--line) }
th { font-weight: 600 }
tbody th { font-weight: 400 }
thead th { vertical-align: bottom; color: var(--dim) }
th:first-child { padding-inline-start: 0 }
.figure { text-align: end; font-variant-numeric: tabular-nums lining-nums; white-space: nowrap }
th.figure { white-space: normal }
.about { color: var(--dim); font-size: .9375rem }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(title: str, style: str, body: Iterable[str]) -> Iterator[str]:
    """The pieces of an HTML page around `body`, which has to be HTML already. Its policy forbids every request."""
    yield "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n"
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name=viewport content="width=device-width, initial-scale=1">\n'
    yield f"<title>{escape(title)} · Pledgebook</title>\n<style>{_BASE}{style}</style>\n</head>\n<body>\n"
    yield f"<main>\n<h1>{escape(title)}</h1>\n"
    yield from body
    yield "</main>\n</body>\n</html>\n"


def sheet_page(sheet: Sheet) -> Iterator[str]:
    """A table as a page."""
    yield from page(sheet.title, "", sheet_table(sheet, caption=False))


def sheet_table(sheet: Sheet, *, caption: bool = True, links: Mapping[str, str] | None = None) -> Iterator[str]:
    """A table in HTML, under its title unless that stands elsewhere; `links` are by the words of a row's first cell."""
    heads = "".join(f"<th scope=col{_figure(column)}>{escape(column.name)}" for column in sheet.columns)
    title = escape(plain(sheet.title))
    yield f'<div class=scroll tabindex=0 role=region aria-label="{title}"><table>'
    yield f"<caption>{title}</caption>\n" if caption else "\n"
    yield f"<thead><tr>{heads}</thead>\n<tbody>\n"
    for row in sheet.rows:
        head, link = escape(plain(row[0])), (links or {}).get(row[0])
        cells = [f'<th scope=row><a href="{escape(link)}">{head}</a>' if link else f"<th scope=row>{head}"]
        cells += [
            f"<td{_figure(column)}>{escape(plain(words))}"
            for column, words in zip(sheet.columns[1:], row[1:], strict=True)
        ]
        yield f"<tr>{''.join(cells)}</tr>\n"
    yield "</tbody></table></div>\n"
    for note in sheet.notes:
        yield f"<p class=about>{escape(plain(note))}</p>\n"


def _figure(column: Column) -> str:
    return " class=figure" if column.is_figure else ""
