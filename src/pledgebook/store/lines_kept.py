"""Keeping the lines of the ledger in a book: only what differs is written."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from pledgebook.store.engine import Engine, Row, chunks, insert, marks
from pledgebook.store.lines import LINE_COLUMNS, UNNAMED, Among, Digest, Line, Paper, line_parts, paper_parts
from pledgebook.store.rows import packed
from pledgebook.store.spool import Spool

_T = TypeVar("_T")
# A line with its number and its key.
_Numbered = tuple[int, Line, str]

# So many changed lines are written in one transaction; more in several, so that other writers get their turn.
_AT_ONCE = 4000
_PAPERS_AT_ONCE = 20_000
# How often the lines were written, in what a book says of itself: no writing is taken for another.
_WRITINGS = "writings"


def stamp_of(engine: Engine) -> str:
    """What the lines follow from; empty where there are none, or not all of them."""
    return _fact(engine, "stamp")


def sum_of(engine: Engine) -> str:
    """The digest of all lines."""
    return _fact(engine, "sum")


def writing_of(engine: Engine) -> str:
    """What tells this writing of the lines from every other, which may number them anew; empty where there are none."""
    stamp = stamp_of(engine)
    if not stamp:
        return ""
    found = engine.rows("SELECT value FROM meta WHERE name = ?", (_WRITINGS,))
    return packed([stamp, sum_of(engine), str(found[0][0]) if found else ""])


def _fact(engine: Engine, name: str) -> str:
    found = engine.rows("SELECT value FROM ledger WHERE name = ?", (name,))
    return str(found[0][0]) if found else ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done to have other lines: `before` is what the book said of those that it had."""

    before: list[Row]
    old: list[int]
    new: Spool[_Numbered]
    old_papers: list[str]
    new_papers: Spool[Paper]
    facts: dict[str, str]

    @property
    def is_little(self) -> bool:
        return len(self.new) + len(self.old) + len(self.new_papers) + len(self.old_papers) <= _AT_ONCE


def put(
    engine: Engine,
    lines: Iterable[Line],
    *,
    stamp: str,
    is_current: Callable[[], bool],
    skeleton: Callable[[str], str],
    among: Among | None = None,
    papers: Iterable[Paper] = (),
    progress: Callable[[str, int], None] | None = None,
) -> bool:
    """Whether the book's lines and documents are `lines` and `papers` now, or with `among` those of these ids.

    Lines are taken one at a time, and what is new waits in a file where it is much. Only what differs is written:
    whole or not at all where it is little, else step by step under an empty stamp, so that nobody takes a part for the
    whole. `is_current` is asked whether it is still worth it. Nobody else can have changed the lines in between: each
    step leaves a mark, and the next one looks for it.
    """
    plan = _plan(engine, lines, stamp, among, papers)
    if plan is None:
        return False
    if not plan.is_little and engine.dialect != "postgres":
        return _put_in_steps(engine, plan, is_current, skeleton, progress)
    with engine.writing():
        if not is_current() or _facts(engine) != plan.before:
            return False
        _change(engine, plan.old, (), skeleton)
        for few in _batches(plan.new, _AT_ONCE):
            _change(engine, (), few, skeleton)
        _change_papers(engine, plan.old_papers, ())
        for some in _batches(plan.new_papers, _PAPERS_AT_ONCE):
            _change_papers(engine, (), some)
        _finish(engine, plan)
    return True


def _plan(
    engine: Engine, lines: Iterable[Line], stamp: str, among: Among | None, papers: Iterable[Paper]
) -> _Plan | None:
    with engine.reading():
        before = _facts(engine)
        known = _known(engine, None if among is None else sorted(among.lines))
        had = _known_papers(engine, None if among is None else sorted(among.papers))
        following = int(engine.rows("SELECT coalesce(max(no), 0) FROM lines")[0][0])
    said = {str(name): str(value) for name, value in before}
    if among is not None and said.get("stamp") != among.since:
        return None
    sums, count, paper_sums = Digest(), 0, Digest()
    if among is not None:
        sums, paper_sums = Digest(said["sum"]), Digest(said["papers"])
        count = int(said["count"]) - len(known)
        for _, key in known.values():
            sums.take(key)
        for key in had.values():
            paper_sums.take(key)
    old: list[int] = []
    new = Spool(_packed, _unpacked)
    for line in lines:
        key = line.key
        sums.add(key)
        count += 1
        number, present = known.pop(line.id, (0, ""))
        if present == key:
            continue
        if number:
            old.append(number)
        else:
            following += 1
            number = following
        new.append((number, line, key))
    old += sorted(number for number, _ in known.values())
    old_papers: list[str] = []
    new_papers = Spool(paper_parts, Paper.of)
    for paper in papers:
        key, present = paper.key, had.pop(paper.id, "")
        paper_sums.add(key)
        if present != key:
            new_papers.append(paper)
            old_papers += [paper.id] if present else []
    facts = {"stamp": stamp, "sum": sums.value, "count": str(count), "papers": paper_sums.value}
    return _Plan(before, old, new, old_papers + sorted(had), new_papers, facts)


def _packed(item: _Numbered) -> object:
    number, line, key = item
    return [number, key, line_parts(line)]


def _unpacked(raw: list[Any]) -> _Numbered:
    number, key, parts = raw
    return number, Line.of(parts), key


def _batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some


def _known(engine: Engine, names: Sequence[str] | None) -> dict[str, tuple[int, str]]:
    if names is None:
        return {str(name): (int(no), str(key)) for name, no, key in engine.each("SELECT id, no, key FROM lines")}
    found: dict[str, tuple[int, str]] = {}
    for few in chunks(names):
        rows = engine.rows(f"SELECT id, no, key FROM lines WHERE id IN ({marks(len(few))})", few)  # noqa: S608 - our own names
        found |= {str(name): (int(no), str(key)) for name, no, key in rows}
    return found


def _known_papers(engine: Engine, names: Sequence[str] | None) -> dict[str, str]:
    if names is None:
        return {str(name): str(key) for name, key in engine.each("SELECT id, key FROM papers")}
    found: dict[str, str] = {}
    for few in chunks(names):
        rows = engine.rows(f"SELECT id, key FROM papers WHERE id IN ({marks(len(few))})", few)  # noqa: S608 - our own names
        found |= {str(name): str(key) for name, key in rows}
    return found


def _put_in_steps(
    engine: Engine,
    plan: _Plan,
    is_current: Callable[[], bool],
    skeleton: Callable[[str], str],
    progress: Callable[[str, int], None] | None,
) -> bool:
    marked = plan.before
    for number, step in enumerate(_steps(engine, plan), 1):
        with engine.writing():
            if not is_current() or _facts(engine) != marked:
                return False
            step()
            engine.run("DELETE FROM ledger")
            insert(engine, "ledger", ("name", "value"), [("step", f"{os.getpid()} {number} {plan.facts['sum']}")])
            marked = _facts(engine)
        if progress is not None:
            progress("steps of writing the lines", number)
    with engine.writing():
        if not is_current() or _facts(engine) != marked:
            return False
        _name_all(engine, skeleton)
        _finish(engine, plan)
    return True


def _steps(engine: Engine, plan: _Plan) -> Iterator[Callable[[], None]]:
    """Old lines go first: a line that is written again keeps its number."""
    for old in _batches(plan.old, _AT_ONCE):
        yield partial(_change, engine, old, (), None)
    for new in _batches(plan.new, _AT_ONCE):
        yield partial(_change, engine, (), new, None)
    for gone in _batches(plan.old_papers, _PAPERS_AT_ONCE):
        yield partial(_change_papers, engine, gone, ())
    for come in _batches(plan.new_papers, _PAPERS_AT_ONCE):
        yield partial(_change_papers, engine, (), come)


def _facts(engine: Engine) -> list[Row]:
    return engine.rows("SELECT name, value FROM ledger ORDER BY name")


def _finish(engine: Engine, plan: _Plan) -> None:
    engine.run("DELETE FROM ledger")
    if ("sum", plan.facts["sum"]) not in plan.before:
        engine.run("DELETE FROM tallies")
    insert(engine, "ledger", ("name", "value"), list(plan.facts.items()))
    found = engine.rows("SELECT value FROM meta WHERE name = ?", (_WRITINGS,))
    engine.run("DELETE FROM meta WHERE name = ?", (_WRITINGS,))
    insert(engine, "meta", ("name", "value"), [(_WRITINGS, str(int(found[0][0]) + 1 if found else 1))])


def _change(
    engine: Engine,
    old: Sequence[int],
    new: Sequence[_Numbered],
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
    for table, column in (
        ("traits", "line"), ("line_bodies", "no"), ("line_figures", "no"), ("line_words", "no"), ("events", "line"),
        ("lines", "no"),
    ):  # fmt: skip
        if old:
            engine.run_many(f"DELETE FROM {table} WHERE {column} = ?", [(no,) for no in old])  # noqa: S608 - our own names
    insert(
        engine,
        "lines",
        LINE_COLUMNS,
        [
            (
                no, line.id, key, line.pledge, int(line.counted), line.stage, line.earliest, line.latest, line.voices,
                line.documents, line.cents, line.conflicts, line.who, line.country, line.ends, line.heard, line.flags,
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
    insert(engine, "line_figures", ("no", "body"), [(no, line.figure) for no, line, _ in new])
    insert(engine, "line_words", ("no", "words"), [(no, line.words) for no, line, _ in new])
    insert(
        engine,
        "events",
        ("day", "pledge", "kind", "other", "note", "line"),
        [(it.day, it.pledge, it.kind, it.other, it.note, no) for no, line, _ in new for it in line.events],
    )
    traits = sorted((*trait, no) for no, line, _ in new for trait in set(line.traits))
    insert(engine, "traits", ("kind", "value", "line"), traits)
    if skeleton is not None:
        touched.update((kind, value) for kind, value, _ in traits)
        _name(engine, sorted(pair for pair in touched if pair[0] not in UNNAMED), skeleton)


def _name(engine: Engine, touched: Sequence[tuple[str, str]], skeleton: Callable[[str], str]) -> None:
    for kind, value in touched:
        engine.run("DELETE FROM names WHERE kind = ? AND value = ?", (kind, value))
        lines = int(engine.rows("SELECT count(*) FROM traits WHERE kind = ? AND value = ?", (kind, value))[0][0])
        if lines:
            insert(engine, "names", ("kind", "value", "skeleton", "lines"), [(kind, value, skeleton(value), lines)])


def _name_all(engine: Engine, skeleton: Callable[[str], str]) -> None:
    engine.run("DELETE FROM names")
    found = engine.rows(
        f"SELECT kind, value, count(*) FROM traits WHERE kind NOT IN ({marks(len(UNNAMED))}) GROUP BY kind, value",  # noqa: S608 - our own names
        UNNAMED,
    )
    insert(
        engine,
        "names",
        ("kind", "value", "skeleton", "lines"),
        [(kind, value, skeleton(str(value)), lines) for kind, value, lines in found],
    )


def _change_papers(engine: Engine, old: Sequence[str], new: Sequence[Paper]) -> None:
    if old:
        engine.run_many("DELETE FROM papers WHERE id = ?", [(name,) for name in old])
    insert(
        engine,
        "papers",
        ("id", "key", "source", "sources", "title", "language", "earliest", "latest", "basis", "claims"),
        [
            (
                it.id, it.key, it.source, packed(list(it.sources)), it.title, it.language, it.earliest, it.latest,
                it.basis, it.claims,
            )
            for it in new
        ],
    )  # fmt: skip
