"""Keeping the lines of the ledger in a book: only what differs is written."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pledgebook.store.engine import Engine, Row, chunks, insert, marks
from pledgebook.store.lines import LINE_COLUMNS, UNNAMED, Line, Paper, digest_changed, digest_of
from pledgebook.store.rows import packed

# So many changed lines are written in one transaction; more in several, so that other writers get their turn.
_AT_ONCE = 4000
_PAPERS_AT_ONCE = 20_000


def stamp_of(engine: Engine) -> str:
    """What the lines follow from; empty where there are none, or not all of them."""
    found = engine.rows("SELECT value FROM ledger WHERE name = 'stamp'")
    return str(found[0][0]) if found else ""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What has to be done to have other lines: `before` is what the book said of those that it had."""

    before: list[Row]
    old: list[int]
    new: list[tuple[int, Line, str]]
    old_papers: list[str]
    new_papers: list[Paper]
    facts: dict[str, str]

    @property
    def is_little(self) -> bool:
        return len(self.new) + len(self.old) + len(self.new_papers) + len(self.old_papers) <= _AT_ONCE


def put(
    engine: Engine,
    lines: Sequence[Line],
    *,
    stamp: str,
    is_current: Callable[[], bool],
    skeleton: Callable[[str], str],
    among: Sequence[str] | None = None,
    papers: Sequence[Paper] | None = None,
    progress: Callable[[str, int], None] | None = None,
) -> bool:
    """Whether the book's lines are `lines` now, or with `among` those of these ids; without `papers` these stay.

    Only what differs is written: whole or not at all where it is little, else step by step under an empty stamp, so
    that nobody takes a part for the whole. `is_current` is asked whether it is still worth it. Nobody else can have
    changed the lines in between: each step leaves a mark, and the next one looks for it.
    """
    plan = _plan(engine, lines, stamp, among, papers)
    if not plan.is_little and engine.dialect != "postgres":
        return _put_in_steps(engine, plan, is_current, skeleton, progress)
    with engine.writing():
        if not is_current() or _facts(engine) != plan.before:
            return False
        _change(engine, plan.old, plan.new, skeleton)
        _change_papers(engine, plan.old_papers, plan.new_papers)
        _finish(engine, plan.facts)
    return True


def _plan(
    engine: Engine, lines: Sequence[Line], stamp: str, among: Sequence[str] | None, papers: Sequence[Paper] | None
) -> _Plan:
    with engine.reading():
        before = _facts(engine)
        known = _known(engine, None if among is None else sorted({*among, *(line.id for line in lines)}))
        following = int(engine.rows("SELECT coalesce(max(no), 0) FROM lines")[0][0])
        had = (
            {str(name): str(key) for name, key in engine.each("SELECT id, key FROM papers")}
            if papers is not None
            else {}
        )
    gone = set(known)
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
    said = {str(name): str(value) for name, value in before}
    if among is None:
        facts = {"stamp": stamp, "sum": digest_of(keys), "count": str(len(lines))}
    else:
        gone_keys = [key for _, key in known.values()]
        count = int(said["count"]) - len(known) + len(lines)
        facts = {"stamp": stamp, "sum": digest_changed(said["sum"], gone=gone_keys, come=keys), "count": str(count)}
    if papers is None:
        facts["papers"] = said.get("papers", digest_of(()))
        return _Plan(before, old, new, [], [], facts)
    fresh = {paper.id: (paper, paper.key) for paper in papers}
    facts["papers"] = digest_of(key for _, key in fresh.values())
    come = [paper for paper, key in fresh.values() if had.get(paper.id) != key]
    left = sorted(name for name, key in had.items() if name not in fresh or fresh[name][1] != key)
    return _Plan(before, old, new, left, come, facts)


def _known(engine: Engine, names: Sequence[str] | None) -> dict[str, tuple[int, str]]:
    if names is None:
        return {str(name): (int(no), str(key)) for name, no, key in engine.each("SELECT id, no, key FROM lines")}
    found: dict[str, tuple[int, str]] = {}
    for few in chunks(names):
        rows = engine.rows(f"SELECT id, no, key FROM lines WHERE id IN ({marks(len(few))})", few)  # noqa: S608 - our own names
        found |= {str(name): (int(no), str(key)) for name, no, key in rows}
    return found


def _put_in_steps(
    engine: Engine,
    plan: _Plan,
    is_current: Callable[[], bool],
    skeleton: Callable[[str], str],
    progress: Callable[[str, int], None] | None,
) -> bool:
    marked = plan.before
    # Old lines go first: a line that is written again keeps its number.
    steps: list[Callable[[], None]] = [
        *(_step(_change, engine, plan.old[at : at + _AT_ONCE], (), None) for at in range(0, len(plan.old), _AT_ONCE)),
        *(_step(_change, engine, (), plan.new[at : at + _AT_ONCE], None) for at in range(0, len(plan.new), _AT_ONCE)),
        _step(_change_papers, engine, plan.old_papers, ()),
        *(
            _step(_change_papers, engine, (), plan.new_papers[at : at + _PAPERS_AT_ONCE])
            for at in range(0, len(plan.new_papers), _PAPERS_AT_ONCE)
        ),
    ]
    for number, step in enumerate(steps):
        with engine.writing():
            if not is_current() or _facts(engine) != marked:
                return False
            step()
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


def _step(work: Callable[..., None], *values: object) -> Callable[[], None]:
    return lambda: work(*values)


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
