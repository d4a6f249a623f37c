"""The article in a web page."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import cast

from lxml import etree

from pledgebook.clean.article import Article
from pledgebook.clean.html.blocks import HEADINGS, blocks_of
from pledgebook.clean.html.head import body_of, changes_of, days_of, language_of, records_of, title_of
from pledgebook.clean.html.node import Node, parse
from pledgebook.clean.html.prune import prune

_BLANK = re.compile(r"[\s|]+")
_STAMP = re.compile(r"(?=(?:\D*\d){3})[^!?]{3,32}$")
_DATED = re.compile(r"(?=.{4,120}$)[^.!?]*(?<!\d)\d{1,2}\D(?:.*\D)?\d\d")
_LEAST_MAIN = 100
_PROSE = 60
_BYLINE = 200
_NEAR = 8
_MAX_BLOCKS = 20_000
_Block = tuple[str, str]


def read_article(source: str) -> Article:
    """The article of an HTML page. Never fails: a page without an article gives what text it has.

    >>> read_article("<html lang=nl><h1>Kop</h1><p>Een alinea.</p><nav>Menu</nav></html>").lines
    ('Kop', 'Een alinea.')
    """
    tree, is_cut = parse(source)
    if tree is None:
        return Article(is_cut=is_cut)
    records = records_of(tree)
    title, days, changed = title_of(tree, records), days_of(tree, records), changes_of(tree, records)
    body = tree.find("body")
    root = tree if body is None else body
    prune(root)
    blocks = blocks_of(root)
    main = _main_text(root) if len(blocks) <= _MAX_BLOCKS else ""
    title = _title_among(blocks, title)
    lines, headings, byline = _choose(blocks, main, title)
    written = body_of(records)
    if sum(map(len, written)) > 2 * sum(map(len, lines)):
        # Pages that draw their article with a script keep its text in their JSON-LD.
        lines = [title, *written] if title else list(written)
        headings = {0} if title else set()
    return Article(title, tuple(lines), frozenset(headings), language_of(tree), days, changed, byline, is_cut)


def _main_text(root: Node) -> str:
    """The article's text as trafilatura has it, "" where it has none."""
    extract, options = _extractor()
    try:
        found = extract(etree.tostring(root, encoding="unicode", method="html"), options=options)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return ""
    return found or ""


@cache
def _extractor() -> tuple[Callable[..., str | None], object]:
    """What extracts, and its options: their making takes half as long as a short page."""
    import trafilatura  # noqa: PLC0415 - half a second, which plain text need not wait for
    from trafilatura.settings import Extractor  # noqa: PLC0415 - the same

    build = cast("Callable[..., object]", Extractor)
    extract = cast("Callable[..., str | None]", trafilatura.extract)
    return extract, build(comments=False, tables=True, recall=True)


def _plain(text: str) -> str:
    return _BLANK.sub("", text).casefold()


def _title_among(blocks: Sequence[_Block], title: str | None) -> str | None:
    """The heading above the first paragraph, where it says what the title says in other words; else the title."""
    if title is None or any(_plain(text) == _plain(title) for _, text in blocks):
        return title
    first = next((n for n, (tag, text) in enumerate(blocks) if tag not in HEADINGS and len(text) > _PROSE), 0)
    above = [text for tag, text in blocks[:first] if tag in HEADINGS]
    wanted = set(title.casefold().split())
    said = [text for text in above if 2 * len(wanted.intersection(text.casefold().split())) >= len(wanted)]
    return said[-1] if said else title


def _choose(blocks: Sequence[_Block], main: str, title: str | None) -> tuple[list[str], set[int], str]:
    """The lines of the article, which of them are headings, and the text beside it where a byline may stand."""
    plain_main = _plain(main)
    exact = {_plain(part) for line in main.splitlines() for part in (line, line.removeprefix("- "), *line.split("|"))}
    trusted = len(plain_main) >= _LEAST_MAIN
    plain = [_plain(text) for _, text in blocks]
    inside = [not trusted or words in exact or (len(words) >= _PROSE // 2 and words in plain_main) for words in plain]
    for rows in _tables(blocks):
        if any(inside[n] for n in rows):
            inside[rows.start : rows.stop] = [True] * len(rows)
    named = _plain(title) if title else None
    prose = [n for n, (tag, text) in enumerate(blocks) if inside[n] and tag not in HEADINGS and len(text) > _PROSE]
    first, last = (prose[0], prose[-1]) if prose else (0, len(blocks) - 1)
    found = next((n for n in range(first, -1, -1) if plain[n : n + 1] == [named]), None)
    # What stands above the title is no article; without one the page is believed from its top.
    begin, top = (0, first) if found is None else (found, found)
    lines: list[str] = []
    headings: set[int] = set()
    beside: list[tuple[int, str]] = []
    for n, (tag, text) in enumerate(blocks):
        is_title = plain[n] == named and text not in lines
        if is_title or (tag in HEADINGS and (first <= n <= last or inside[n])):
            headings.add(len(lines))
            lines.append(text)
        elif (
            (inside[n] and n >= begin)
            or (first <= n <= last and _STAMP.match(text))
            or (top < n < first and _DATED.match(text))
        ):
            lines.append(text)
        elif len(text) <= _BYLINE and top - _NEAR <= n <= last + _NEAR // 2:
            beside.append((n, text))
    # What stands below the title is likelier its byline than what stands above, which may be of the whole paper.
    return lines, headings, "\n".join(text for _, text in sorted(beside, key=lambda item: (item[0] < top, item[0])))


def _tables(blocks: Sequence[_Block]) -> Iterator[range]:
    """Runs of rows: a table is kept as a whole, or not at all."""
    start = 0
    for tag, run in groupby(tag for tag, _ in blocks):
        end = start + sum(1 for _ in run)
        if tag == "tr":
            yield range(start, end)
        start = end
