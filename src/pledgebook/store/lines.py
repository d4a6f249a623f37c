"""The lines of the ledger in a book: kept to be found quickly, made again when what they follow from changes."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pledgebook.store.engine import Cell, Engine, Row, chunks, insert, marks
from pledgebook.store.rows import key_of

SORTS = {"id": "id", "announced": "earliest", "amount": "cents", "who": "who", "stage": "stage", "sources": "voices"}
UNKNOWN_CENTS = -1
# So many changed lines are written in one transaction; more in several, so that other writers get their turn.
_AT_ONCE = 4000
# A trait of so many lines is common; of so few values at once it is worth asking.
_COMMON_LINES = 3000
_FEW_VALUES = 4
_LINE = (
    "no", "id", "key", "pledge", "counted", "stage", "earliest", "latest", "voices", "documents", "cents", "conflicts",
    "who",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger as a book keeps it.

    `body` is the line, in which claims stand by their ids, `claims` are these in full, `record` is the JSON that
    people get, `converted` the part of it that depends on a currency. Days are ISO 8601, "" where none is known;
    `cents` is what the line stands for in hundredths of one currency, -1 where that is not known. `traits` are
    (kind, value): what the line is found by.
    """

    id: str
    pledge: str
    counted: bool
    stage: str
    earliest: str
    latest: str
    voices: int
    documents: int
    cents: int
    conflicts: int
    who: str
    body: str
    claims: str
    record: str
    converted: str
    traits: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The hash of all of it."""
        figures = map(str, (int(self.counted), self.voices, self.documents, self.cents, self.conflicts))
        return key_of(
            self.id, self.pledge, self.stage, self.earliest, self.latest, self.who, *figures, self.body, self.claims,
            self.record, self.converted, *(part for trait in sorted(set(self.traits)) for part in trait),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineQuery:
    """Which lines, in which order. What is None or empty lets every line pass.

    `traits` are (kind, values): a line must have one of the values of every kind. `since` and `until` are days in ISO
    8601, both included: what was, or may have been, announced in them. `sort` is one of SORTS; what is not known
    comes first, or last where `descending`.
    """

    traits: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ids: tuple[str, ...] | None = None
    prefix: str = ""
    pledges: tuple[str, ...] | None = None
    stage: str | None = None
    since: str | None = None
    until: str | None = None
    min_sources: int = 0
    counted: bool = False
    sort: str = "id"
    descending: bool = False
    offset: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that was found."""

    id: str
    body: str
    claims: str
    record: str
    converted: str
    counted: bool


def find(engine: Engine, query: LineQuery) -> Iterator[LineRow]:
    """The lines of a query, in its order."""
    where, values = _conditions(engine, query)
    way = "DESC" if query.descending else "ASC"
    column = SORTS[query.sort]
    order = f"{column} {way}" if column == "id" else f"{column} {way}, id ASC"
    # Both databases take a limit of this size for none.
    last = [2**62 if query.limit is None else query.limit, query.offset]
    numbers = [
        str(no)
        for (no,) in engine.rows(f"SELECT no FROM lines{where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, *last])  # noqa: S608 - our own names
    ]
    for few in chunks(numbers):
        found = {
            str(no): LineRow(str(name), str(body), str(claims), str(record), str(converted), bool(counted))
            for no, name, body, claims, record, converted, counted in engine.each(
                "SELECT l.no, l.id, b.body, b.claims, b.record, b.converted, l.counted FROM lines l JOIN line_bodies b"  # noqa: S608 - our own names
                f" ON b.no = l.no WHERE l.no IN ({marks(len(few))})",
                [int(no) for no in few],
            )
        }
        yield from (found[no] for no in few)


def count(engine: Engine, query: LineQuery) -> tuple[int, int]:
    """How many lines a query finds, its limit left aside, and how many of them count."""
    where, values = _conditions(engine, query)
    ((lines, counted),) = engine.rows(f"SELECT count(*), coalesce(sum(counted), 0) FROM lines{where}", values)  # noqa: S608 - our own names
    return int(lines), int(counted)


def _conditions(engine: Engine, query: LineQuery) -> tuple[str, list[Cell]]:
    tests: list[tuple[bool, str, Sequence[Cell]]] = [
        (query.ids is not None, _one_of("id", query.ids), query.ids or ()),
        (query.pledges is not None, _one_of("pledge", query.pledges), query.pledges or ()),
        (bool(query.prefix), "id >= ? AND id < ?", (query.prefix, query.prefix + "\U0010ffff")),
        (query.stage is not None, "stage = ?", (query.stage,)),
        (query.since is not None, "earliest <> '' AND latest >= ?", (query.since,)),
        (query.until is not None, "earliest <> '' AND earliest <= ?", (query.until,)),
        (query.min_sources > 0, "voices >= ?", (query.min_sources,)),
        (query.counted, "counted = 1", ()),
    ]
    for kind, allowed in query.traits:
        one_of = _one_of("value", allowed)
        # What few lines have is looked up; what many have is asked of each line, in the order in which they are wanted.
        among = f"no IN (SELECT line FROM traits WHERE kind = ? AND {one_of})"  # noqa: S608 - our own names
        if allowed and query.limit is not None and _is_common(engine, kind, allowed):
            among = f"EXISTS (SELECT 1 FROM traits t WHERE t.kind = ? AND {one_of} AND t.line = lines.no)"  # noqa: S608 - our own names
        tests.append((True, among, (kind, *allowed)))
    asked = [(test, values) for is_asked, test, values in tests if is_asked]
    where = " AND ".join(test for test, _ in asked)
    return (f" WHERE {where}" if where else ""), [value for _, values in asked for value in values]


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


def stamp_of(engine: Engine) -> str:
    """What the lines follow from; empty where there are none, or not all of them."""
    found = engine.rows("SELECT value FROM ledger WHERE name = 'stamp'")
    return str(found[0][0]) if found else ""


def forget(engine: Engine) -> None:
    """Drops the lines, within a transaction."""
    for table in ("traits", "line_bodies", "lines", "names", "tallies", "ledger"):
        engine.run(f"DELETE FROM {table}")  # noqa: S608 - our own names


def digest_of(keys: Iterable[str]) -> str:
    """One value for all keys, in whatever order."""
    return f"{sum(int(key, 16) for key in keys) % 2**256:064x}"


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done to have other lines: `before` is what the book said of those that it had."""

    before: list[Row]
    old: list[int]
    new: list[tuple[int, Line, str]]
    facts: dict[str, str]


def put(
    engine: Engine,
    lines: Sequence[Line],
    *,
    stamp: str,
    is_current: Callable[[], bool],
    skeleton: Callable[[str], str],
    progress: Callable[[str, int], None] | None = None,
) -> bool:
    """Whether the book's lines are `lines` now.

    Only what differs is written: whole or not at all where it is little, else step by step under an empty stamp, so
    that nobody takes a part for the whole. `is_current` is asked whether it is still worth it. Nobody else can have
    changed the lines in between: each step leaves a mark, and the next one looks for it.
    """
    plan = _plan(engine, lines, stamp)
    is_little = len(plan.new) + len(plan.old) <= _AT_ONCE or engine.dialect == "postgres"
    if not is_little:
        return _put_in_steps(engine, plan, is_current, skeleton, progress)
    with engine.writing():
        if not is_current() or _facts(engine) != plan.before:
            return False
        _change(engine, plan.old, plan.new, skeleton)
        _finish(engine, plan.facts)
    return True


def _plan(engine: Engine, lines: Sequence[Line], stamp: str) -> _Plan:
    with engine.reading():
        before = _facts(engine)
        known = {str(name): (int(no), str(key)) for name, no, key in engine.each("SELECT id, no, key FROM lines")}
    gone = set(known)
    following = max((no for no, _ in known.values()), default=0)
    new, old, keys = [], [], []
    for line in lines:
        key = line.key
        keys.append(key)
        gone.discard(line.id)
        number, present = known.get(line.id, (0, ""))
        if present == key:
            continue
        if number:
            old.append(number)
        else:
            following += 1
            number = following
        new.append((number, line, key))
    old += sorted(known[name][0] for name in gone)
    return _Plan(before, old, new, {"stamp": stamp, "sum": digest_of(keys), "count": str(len(lines))})


def _put_in_steps(
    engine: Engine,
    plan: _Plan,
    is_current: Callable[[], bool],
    skeleton: Callable[[str], str],
    progress: Callable[[str, int], None] | None,
) -> bool:
    marked = plan.before
    # Old lines go first: a line that is written again keeps its number.
    steps: list[tuple[Sequence[int], Sequence[tuple[int, Line, str]]]] = [
        *((plan.old[start : start + _AT_ONCE], ()) for start in range(0, len(plan.old), _AT_ONCE)),
        *(((), plan.new[start : start + _AT_ONCE]) for start in range(0, len(plan.new), _AT_ONCE)),
    ]
    for number, (old, new) in enumerate(steps):
        with engine.writing():
            if not is_current() or _facts(engine) != marked:
                return False
            _change(engine, old, new, None)
            engine.run("DELETE FROM ledger")
            insert(engine, "ledger", ("name", "value"), [("step", f"{os.getpid()} {number} {plan.facts['sum']}")])
            marked = _facts(engine)
        if progress is not None:
            progress("steps of writing the lines", number + 1)
    with engine.writing():
        if not is_current() or _facts(engine) != marked:
            return False
        _name_all(engine, skeleton)
        _finish(engine, plan.facts)
    return True


def _facts(engine: Engine) -> list[Row]:
    return engine.rows("SELECT name, value FROM ledger ORDER BY name")


def _finish(engine: Engine, facts: dict[str, str]) -> None:
    engine.run("DELETE FROM ledger")
    engine.run("DELETE FROM tallies")
    insert(engine, "ledger", ("name", "value"), list(facts.items()))


def _change(
    engine: Engine,
    old: Sequence[int],
    new: Sequence[tuple[int, Line, str]],
    skeleton: Callable[[str], str] | None,
) -> None:
    touched: set[tuple[str, str]] = set()
    if skeleton is not None:
        for few in chunks([str(no) for no in old]):
            touched.update(
                engine.rows(
                    f"SELECT DISTINCT kind, value FROM traits WHERE line IN ({marks(len(few))})",  # noqa: S608 - our own names
                    [int(no) for no in few],
                )
            )
    for table, column in (("traits", "line"), ("line_bodies", "no"), ("lines", "no")):
        if old:
            engine.run_many(f"DELETE FROM {table} WHERE {column} = ?", [(no,) for no in old])  # noqa: S608 - our own names
    insert(
        engine,
        "lines",
        _LINE,
        [
            (
                no, line.id, key, line.pledge, int(line.counted), line.stage, line.earliest, line.latest, line.voices,
                line.documents, line.cents, line.conflicts, line.who,
            )
            for no, line, key in new
        ],
    )  # fmt: skip
    insert(
        engine,
        "line_bodies",
        ("no", "body", "claims", "record", "converted"),
        [(no, line.body, line.claims, line.record, line.converted) for no, line, _ in new],
    )
    traits = sorted((*trait, no) for no, line, _ in new for trait in set(line.traits))
    insert(engine, "traits", ("kind", "value", "line"), traits)
    if skeleton is not None:
        touched.update((kind, value) for kind, value, _ in traits)
        for kind, value in sorted(touched):
            engine.run("DELETE FROM names WHERE kind = ? AND value = ?", (kind, value))
            lines = int(engine.rows("SELECT count(*) FROM traits WHERE kind = ? AND value = ?", (kind, value))[0][0])
            if lines:
                insert(engine, "names", ("kind", "value", "skeleton", "lines"), [(kind, value, skeleton(value), lines)])


def _name_all(engine: Engine, skeleton: Callable[[str], str]) -> None:
    engine.run("DELETE FROM names")
    found = engine.rows("SELECT kind, value, count(*) FROM traits GROUP BY kind, value")
    insert(
        engine,
        "names",
        ("kind", "value", "skeleton", "lines"),
        [(kind, value, skeleton(str(value)), lines) for kind, value, lines in found],
    )
