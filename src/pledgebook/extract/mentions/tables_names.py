"""Names in tables: a column of names needs nothing else to tell that they are names."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pledgebook.domain import Mention, MentionKind, Party, Span
from pledgebook.extract.mentions.organisations import PLACES_TOO
from pledgebook.extract.mentions.organisations_context import CAPITALS, kind_of
from pledgebook.extract.mentions.tables import TAIL, Row, Table
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import PhraseMatcher, is_unspaced
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import load_name_types

_LISTED = re.compile(r"\s*[,;/+、，；]\s*|\s+[^\W\d_]{1,4}\s+")
_SHORTEST_NAME, _MOST_NAME_WORDS, _MOST_HEAD_WORDS = 3, 7, 3
_LOOSE = frozenset((CAPITALS, "type", "subject", "apposition", "named before", "listed together"))


def read_rows(
    text: str,
    language: Language,
    tables: Iterable[Table],
    organisations: Sequence[Mention],
    places: Sequence[Mention],
) -> tuple[list[Row], list[Mention]]:
    """The rows of all tables in order, and the organisations once all names in the columns that name bodies are.

    A column names bodies where its head says so, or where most of its cells hold one that is known by itself. In the
    columns beside it that tell where, nothing is one by its capitals.
    """
    rows, found = [], list(organisations)
    for number, table in enumerate(tables):
        who, label = _headed_column(text, table, language)
        who = _who_column(table, found) if who < 0 else who
        told = [cells[who] if who >= 0 else None for cells in table.rows]
        rows += [
            Row(cells, table.head, cell, number, label == "given") for cells, cell in zip(table.rows, told, strict=True)
        ]
        if who < 0:
            continue
        where = [n for n in range(len(table.rows[0])) if n != who and _held(table, n, places) * 2 >= len(table.rows)]
        cells = [row[n] for row in table.rows for n in where]
        found = [m for m in found if m.reason not in _LOOSE or not any(cell.overlaps(m.span) for cell in cells)]
        for part in (part for row in table.rows for part in _names_of(text, row[who], language)):
            is_told = any(part.overlaps(m.span) and m.reason != CAPITALS for m in found)
            if not is_told and _is_name(part.of(text)):
                found = [*(m for m in found if not part.overlaps(m.span)), _named(text, part)]
    return rows, sorted(found, key=lambda mention: mention.span)


@cache
def _heads(code: str) -> PhraseMatcher:
    return PhraseMatcher(load_language(code).columns)


def _headed_column(text: str, table: Table, language: Language) -> tuple[int, str]:
    """The first column whose head says that it names who invests or is given money, and which; -1 where none does."""
    for column, head in enumerate(table.head):
        words = TAIL.sub("", head.of(text))
        found = [m.label for m in _heads(language.code).find(words) if m.span.start == 0]
        if len(words.split()) <= _MOST_HEAD_WORDS and found:
            return column, found[0]
    return -1, ""


def _who_column(table: Table, organisations: Sequence[Mention]) -> int:
    """The column of which most cells name a body, the first of the best; -1 where none does."""
    sure = [m for m in organisations if m.reason != CAPITALS and m.reason not in PLACES_TOO]
    counts = [(_held(table, n, sure), -n) for n in range(len(table.rows[0]))]
    most, column = max(counts)
    return -column if most * 2 >= len(table.rows) and most > 1 else -1


def _held(table: Table, column: int, mentions: Sequence[Mention]) -> int:
    """How many cells of a column hold one of the mentions."""
    return sum(any(row[column].overlaps(mention.span) for mention in mentions) for row in table.rows)


def _names_of(text: str, cell: Span, language: Language) -> Iterator[Span]:
    """The parts of a cell that may be names: "Acme, Bolt and Cray (2025)" holds three."""
    end = cell.start + len(TAIL.sub("", cell.of(text)))
    start = cell.start
    for mark in [*_LISTED.finditer(text, cell.start, end), None]:
        if mark is not None and mark.group().strip(" ,;/+、，；") not in {"", *language.money.range_and}:
            continue
        stop = mark.start() if mark is not None else end
        if stop - start >= _SHORTEST_NAME:
            yield Span(start, stop)
        start = mark.end() if mark is not None else end


def _is_name(words: str) -> bool:
    name = TAIL.sub("", words)
    is_cased = bool(name) and not is_unspaced(name[0]) and name[0].lower() != name[0].upper()
    few = 0 < len(name.split()) <= _MOST_NAME_WORDS and not any(char.isdigit() for char in name[:1])
    return few and name[0].isalpha() and (not is_cased or name[0].isupper())


def _named(text: str, cell: Span) -> Mention:
    name = TAIL.sub("", cell.of(text))
    party = Party(name, kind_of({skeleton(word) for word in name.split()}, load_name_types()))
    span = Span(cell.start, cell.start + len(name))
    return Mention(MentionKind.ORGANISATION, span, party=party, score=0.6, reason="column")
