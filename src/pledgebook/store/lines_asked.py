"""Finding lines of the ledger in a book, and what goes with them."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from pledgebook.store.engine import Cell, Engine, Row, chunks, marks
from pledgebook.store.lines import (
    PARTS,
    SORTS,
    UNKNOWN,
    Event,
    LineQuery,
    LineRow,
    Paper,
    PaperQuery,
    Share,
)

# A trait of so many lines is common; of so few values at once it is worth asking.
_COMMON_LINES = 3000
_FEW_VALUES = 4
_AT_ONCE = 500
_FIRST = 30
_NUMBERS = frozenset({"voices", "cents"})
# Both databases take a limit of this size for none.
_NO_LIMIT = 2**62
_LAST = "\U0010ffff"
_Test = tuple[str, Sequence[Cell]]


def find(engine: Engine, query: LineQuery, parts: Collection[str] = PARTS) -> Iterator[LineRow]:
    """The lines of a query, in its order."""
    yield from rows_of(engine, numbers(engine, query), parts, sort=query.sort)


def numbers(engine: Engine, query: LineQuery) -> list[int]:
    """The numbers of the lines of a query, in its order."""
    column = SORTS[query.sort]
    unknown = UNKNOWN.get(column)
    if unknown is None or query.descending:
        return _numbers(engine, query, _after(column, query))
    # What is not known sorts first by itself, and is wanted last.
    found: list[int] = []
    if query.after is None or query.after[0] != unknown:
        found = _numbers(engine, query, [(f"{column} <> ?", (unknown,)), *_after(column, query)])
    limit = None if query.limit is None else query.limit - len(found)
    if limit == 0:
        return found
    skipped = 0
    if query.offset and not found:
        skipped = _count(engine, query, [(f"{column} <> ?", (unknown,))])
    last = replace(query, offset=max(0, query.offset - skipped) if not found else 0, limit=limit)
    tests: list[_Test] = [(f"{column} = ?", (unknown,))]
    if query.after is not None and query.after[0] == unknown:
        tests.append(("id > ?", (query.after[1],)))
    return found + _numbers(engine, last, tests)


def rows_of(
    engine: Engine, nos: Sequence[int], parts: Collection[str] = PARTS, *, sort: str = "id"
) -> Iterator[LineRow]:
    """The lines with these numbers, in their order; those that are gone are left out."""
    wanted = [part for part in PARTS if part in parts]
    columns = "".join(f", b.{part}" for part in wanted)
    for few in chunks(list(map(str, nos))):
        found = {}
        for no, name, counted, flags, ends, heard, at, *texts in engine.each(
            f"SELECT l.no, l.id, l.counted, l.flags, l.ends, l.heard, l.{SORTS[sort]}{columns} FROM lines l"  # noqa: S608 - our own names
            f" JOIN line_bodies b ON b.no = l.no WHERE l.no IN ({marks(len(few))})",
            [int(no) for no in few],
        ):
            said = dict(zip(wanted, map(str, texts), strict=True))
            place = at if isinstance(at, int) else str(at)
            found[str(no)] = LineRow(str(name), bool(counted), str(flags), str(ends), str(heard), place, **said)
        yield from (found[no] for no in few if no in found)


def count(engine: Engine, query: LineQuery) -> int:
    """How many lines a query finds, its page left aside."""
    # All are wanted: looking up what many lines have is faster than asking it of each.
    return _count(engine, replace(query, limit=None), [])


def figures(engine: Engine, query: LineQuery) -> list[str]:
    """What totals need of the lines of a query, in no order."""
    where, values = _where(engine, query, [])
    if not where:
        return [str(body) for (body,) in engine.rows("SELECT body FROM line_figures")]
    return [
        str(body)
        for (body,) in engine.rows(
            f"SELECT f.body FROM lines JOIN line_figures f ON f.no = lines.no{where}",  # noqa: S608 - our own names
            values,
        )
    ]


def shares(engine: Engine, query: LineQuery, day: str) -> list[Share]:
    """The money of the lines of a query by stage, by whether they count, and whether their term has ended by `day`."""
    where, values = _where(engine, query, [("cents >= 0", ())])
    found = engine.rows(
        "SELECT stage, counted, CASE WHEN ends <> '' AND ends < ? THEN 1 ELSE 0 END AS ended, sum(cents), count(*)"  # noqa: S608 - our own names
        f" FROM lines{where} GROUP BY stage, counted, ended ORDER BY stage, counted, ended",
        [day, *values],
    )
    return [
        Share(str(stage), bool(counted), bool(ended), int(cents), int(lines))
        for stage, counted, ended, cents, lines in found
    ]


def events(
    engine: Engine,
    query: LineQuery,
    *,
    since: str = "",
    offset: int = 0,
    limit: int | None = None,
    lines: int | None = None,
) -> list[Event]:
    """What became known of the pledges of a query since a day, the latest first.

    `lines` is how many lines the query has, where that is known.
    """
    told, values = _told(engine, query, since, is_page=limit is not None, lines=lines)
    found = engine.rows(
        f"SELECT day, pledge, kind, other, note {told} ORDER BY day DESC, pledge, kind, other, note LIMIT ? OFFSET ?",
        [*values, _NO_LIMIT if limit is None else limit, offset],
    )
    return [Event(*map(str, row)) for row in found]


def count_events(engine: Engine, query: LineQuery, *, since: str = "") -> int:
    """How much became known of the pledges of a query since a day."""
    told, values = _told(engine, query, since, is_page=False)
    return int(engine.rows(f"SELECT count(*) {told}", values)[0][0])


def _told(
    engine: Engine, query: LineQuery, since: str, *, is_page: bool, lines: int | None = None
) -> tuple[str, list[Cell]]:
    where, values = _where(engine, replace(query, limit=None), [])
    told = "FROM events WHERE day >= ?"
    if where and is_page and (count(engine, query) if lines is None else lines) > _COMMON_LINES:
        # Of many pledges the latest changes are soon found among those that there are.
        told += f" AND EXISTS (SELECT 1 FROM lines{where} AND lines.pledge = events.pledge)"  # noqa: S608 - our own names
    elif where:
        told += f" AND pledge IN (SELECT pledge FROM lines{where})"  # noqa: S608 - our own names
    return told, [since, *values]


def traits(
    engine: Engine, query: LineQuery, kind: str, *, prefix: str = "", offset: int = 0, limit: int | None = None
) -> tuple[list[tuple[str, str]], int]:
    """The values of a kind that the lines of a query have, each with the id of its line, by value; and how many."""
    tests: list[_Test] = [("t.value >= ? AND t.value < ?", (prefix, prefix + _LAST))] if prefix else []
    where, values = _where(engine, replace(query, limit=0), tests)
    told = f"FROM traits t JOIN lines ON lines.no = t.line AND t.kind = ?{where}"
    # By the ids of lines and not by their numbers, which tell in which order they came.
    order = "ORDER BY t.value, lines.id"
    last = [_NO_LIMIT if limit is None else limit, offset]
    found = engine.rows(f"SELECT t.value, lines.id {told} {order} LIMIT ? OFFSET ?", [kind, *values, *last])
    total = len(found)
    if limit is not None:
        ((total,),) = engine.rows(f"SELECT count(*) {told}", [kind, *values])
    return [(str(value), str(name)) for value, name in found], int(total)


def values(engine: Engine, nos: Sequence[int], kind: str, limit: int) -> list[str]:
    """The first values of a kind that lines with these numbers have, in their order."""
    if len(nos) <= _COMMON_LINES:
        some: set[str] = set()
        for few in chunks(list(map(str, nos))):
            found = engine.rows(
                f"SELECT DISTINCT value FROM traits WHERE line IN ({marks(len(few))}) AND {_without_index('kind')} = ?",  # noqa: S608 - our own names
                [*map(int, few), kind],
            )
            some.update(str(value) for (value,) in found)
        return sorted(some)[:limit]
    # Of many lines the first values are soon found among those that there are.
    wanted, values_, last, size = set(nos), list[str](), ("", -1), _FIRST
    while len(values_) < limit:
        rows = engine.rows(
            "SELECT value, line FROM traits WHERE kind = ? AND (value, line) > (?, ?) ORDER BY value, line LIMIT ?",
            (kind, *last, size),
        )
        if not rows:
            break
        for value, line in rows:
            if line in wanted and values_[-1:] != [value]:
                values_.append(str(value))
        end, line = str(rows[-1][0]), int(rows[-1][1])
        # The other lines of a value that was found need not be looked at.
        last, size = (end, _NO_LIMIT if values_[-1:] == [end] else line), min(4 * size, _AT_ONCE)
    return values_[:limit]


def sums(engine: Engine, query: LineQuery) -> list[tuple[str, int, str, str]]:
    """Of the lines of a query the id, the sum in cents, and the first and last day of the announcement."""
    where, values = _where(engine, query, [])
    rows = engine.rows(f"SELECT id, cents, earliest, latest FROM lines{where} ORDER BY id", values)  # noqa: S608 - our own names
    return [(str(name), int(cents), str(earliest), str(latest)) for name, cents, earliest, latest in rows]


def told_in(engine: Engine, documents: Sequence[str]) -> dict[str, list[str]]:
    """The ids of the lines that each document tells of, by id."""
    found: dict[str, list[str]] = {}
    for name in documents:
        rows = engine.rows(
            "SELECT l.id FROM traits t JOIN lines l ON l.no = t.line"
            " WHERE t.kind = 'document' AND t.value = ? ORDER BY l.id",
            (name,),
        )
        found[name] = [str(line) for (line,) in rows]
    return found


def named(engine: Engine, kind: str, part: str) -> tuple[str, ...]:
    """The values of a kind of trait whose skeleton has `part` in it, by value."""
    test = f"{_place(engine, 'skeleton')} > 0"
    found = engine.rows(f"SELECT value FROM names WHERE kind = ? AND {test} ORDER BY value", (kind, part))  # noqa: S608 - our own names
    return tuple(str(value) for (value,) in found)


def tellings(engine: Engine, name: str) -> list[str]:
    """The tellings (document/claim) that are called so, or whose claim is."""
    exact = engine.rows("SELECT DISTINCT value FROM traits WHERE kind = 'telling' AND value = ?", (name,))
    found = exact or engine.rows(
        "SELECT DISTINCT value FROM traits WHERE kind = 'telling' AND substr(value, length(value) - ?) = ?"
        " ORDER BY value",
        (len(name), f"/{name}"),
    )
    return [str(value) for (value,) in found]


def papers(engine: Engine, query: PaperQuery) -> tuple[list[Paper], int]:
    """Documents without their texts, the latest first, and how many there are in all."""
    tests: list[_Test] = []
    if query.language is not None:
        short = query.language.split("-")[0].lower()
        tests.append(("(language = ? OR language LIKE ?)", (short, f"{short}-%")))
    if query.source is not None:
        tests.append((f"{_place(engine, 'lower(source)')} > 0", (query.source.lower(),)))
    if query.with_claims:
        tests.append(("claims > 0", ()))
    where = " WHERE " + " AND ".join(test for test, _ in tests) if tests else ""
    values = [value for _, several in tests for value in several]
    ((total,),) = engine.rows(f"SELECT count(*) FROM papers{where}", values)  # noqa: S608 - our own names
    found = engine.rows(
        "SELECT id, source, sources, title, language, earliest, latest, basis, claims FROM papers"  # noqa: S608 - our own names
        f"{where} ORDER BY latest DESC, id LIMIT ? OFFSET ?",
        [*values, _NO_LIMIT if query.limit is None else query.limit, query.offset],
    )
    return [_paper(row) for row in found], int(total)


def papers_of(engine: Engine, names: Sequence[str]) -> list[Paper]:
    """The documents with these ids, in their order; those that are not there are left out."""
    found: dict[str, Paper] = {}
    for few in chunks(names):
        rows = engine.rows(
            "SELECT id, source, sources, title, language, earliest, latest, basis, claims FROM papers"  # noqa: S608 - our own names
            f" WHERE id IN ({marks(len(few))})",
            few,
        )
        found |= {str(row[0]): _paper(row) for row in rows}
    return [found[name] for name in names if name in found]


def _paper(row: Row) -> Paper:
    name, source, sources, title, language, earliest, latest, basis, claims = row
    several = tuple(map(str, json.loads(str(sources))))
    return Paper(
        str(name), str(source), several, str(title), str(language), str(earliest), str(latest), str(basis), int(claims)
    )


def _after(column: str, query: LineQuery) -> list[_Test]:
    if query.after is None:
        return []
    value, name = query.after
    if column == "id":
        return [(f"id {'<' if query.descending else '>'} ?", (name,))]
    if query.descending:
        return [(f"{column} <= ? AND ({column} < ? OR id < ?)", (value, value, name))]
    return [(f"{column} >= ? AND ({column} > ? OR id > ?)", (value, value, name))]


def _numbers(engine: Engine, query: LineQuery, more: Sequence[_Test]) -> list[int]:
    where, values = _where(engine, query, more)
    way, column = "DESC" if query.descending else "ASC", SORTS[query.sort]
    if any(not is_common for _, _, is_common in _ranges(engine, query)):
        column = _without_index(column)  # few lines are found, and sorted
    # Ties go the same way: then an index gives the order, and nothing is sorted.
    order = f"{column} {way}" if column == "id" else f"{column} {way}, id {way}"
    last = [_NO_LIMIT if query.limit is None else query.limit, query.offset]
    found = engine.rows(f"SELECT no FROM lines{where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, *last])  # noqa: S608 - our own names
    return [int(no) for (no,) in found]


def _count(engine: Engine, query: LineQuery, more: Sequence[_Test]) -> int:
    where, values = _where(engine, query, more)
    return int(engine.rows(f"SELECT count(*) FROM lines{where}", values)[0][0])  # noqa: S608 - our own names


def _where(engine: Engine, query: LineQuery, more: Sequence[_Test]) -> tuple[str, list[Cell]]:
    tests: list[tuple[bool, str, Sequence[Cell]]] = [
        (query.ids is not None, _one_of("id", query.ids), query.ids or ()),
        (query.pledges is not None, _one_of("pledge", query.pledges), query.pledges or ()),
        (bool(query.prefix), "id >= ? AND id < ?", (query.prefix, query.prefix + _LAST)),
        (query.since is not None or query.until is not None, "earliest <> ''", ()),
        *((True, test, values) for test, values, _ in _ranges(engine, query)),
        (query.counted, "counted = 1", ()),
        (query.conflicting, "lines.no IN (SELECT line FROM traits WHERE kind = 'conflict')", ()),
        (query.whole, "id = pledge", ()),
    ]
    if query.words:
        each = " AND ".join(f"{_place(engine, 'words')} > 0" for _ in query.words)
        tests.append((True, f"lines.no IN (SELECT no FROM line_words WHERE {each})", query.words))  # noqa: S608 - our own names
    for kind, allowed in query.traits:
        one_of = _one_of("value", allowed)
        # What few lines have is looked up; what many have is asked of each line, in the order in which they are wanted.
        among = f"lines.no IN (SELECT line FROM traits WHERE kind = ? AND {one_of})"  # noqa: S608 - our own names
        if allowed and query.limit is not None and _is_common(engine, kind, allowed):
            among = f"EXISTS (SELECT 1 FROM traits t WHERE t.kind = ? AND {one_of} AND t.line = lines.no)"  # noqa: S608 - our own names
        tests.append((True, among, (kind, *allowed)))
    asked = [(test, values) for is_asked, test, values in tests if is_asked]
    asked += more
    where = " AND ".join(test for test, _ in asked)
    return (f" WHERE {where}" if where else ""), [value for _, values in asked for value in values]


def _ranges(engine: Engine, query: LineQuery) -> Iterator[tuple[str, Sequence[Cell], bool]]:
    """What a column has to be, and whether that is common. What few lines are is looked up by an index.

    What many are is asked of each line, in the order in which a page of them is wanted: the database would look all of
    them up, and sort them.
    """
    for column, test, value in (
        ("stage", "= ?", query.stage),
        ("latest", ">= ?", query.since),
        ("earliest", "<= ?", query.until),
        ("voices", ">= ?", query.min_sources or None),
    ):
        if value is None:
            continue
        is_common = query.limit is not None and _is_many(engine, f"{column} {test}", value)
        yield f"{_without_index(column) if is_common else column} {test}", (value,), is_common


def _without_index(column: str) -> str:
    """The column as an expression, which has no index."""
    return f"{column} + 0" if column in _NUMBERS else f"{column} || ''"


def _is_many(engine: Engine, test: str, value: Cell) -> bool:
    some = f"SELECT 1 FROM lines WHERE {test} LIMIT {_COMMON_LINES + 1}"  # noqa: S608 - our own names
    return int(engine.rows(f"SELECT count(*) FROM ({some}) many", (value,))[0][0]) > _COMMON_LINES  # noqa: S608 - likewise


def _place(engine: Engine, column: str) -> str:
    return f"strpos({column}, ?)" if engine.dialect == "postgres" else f"instr({column}, ?)"


def _is_common(engine: Engine, kind: str, values: Sequence[str]) -> bool:
    if len(values) > _FEW_VALUES:
        return False
    found = engine.rows(
        f"SELECT coalesce(sum(lines), 0) FROM names WHERE kind = ? AND {_one_of('value', values)}",  # noqa: S608 - our own names
        (kind, *values),
    )
    return int(found[0][0]) > _COMMON_LINES


def _one_of(column: str, values: Sequence[str] | None) -> str:
    return f"{column} IN ({marks(len(values))})" if values else "1 = 0"
