"""Pairs of lines that may be one pledge after all: kept with the lines, so that a queue need not look for them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pledgebook.domain import Decision, DecisionKind
from pledgebook.reconcile.decided import in_force
from pledgebook.store import Book, LineQuery
from pledgebook.store.rows import packed

# Two pledges may be one where their sums differ by at most one in so many, and their days by at most so many.
_ALIKE, _DAYS = 20, 120
# Of very many alike, only neighbours are held against each other; and so many pairs are kept.
_CROWD, _MOST_PAIRS = 40, 2000
_NAME = "alike"
Pair = tuple[str, str]


def alike(book: Book, decisions: Sequence[Decision]) -> tuple[Pair, ...]:
    """Lines that count with an investor and a country in common, about the same sum and time, by their ids.

    Without those that are related, and those of which somebody has decided something about both; of the others the
    largest.
    """
    kept = book.lines.tally(_NAME, book.stamp())
    if kept is None:
        return tuple(_find(book, decisions))
    parted = _parted(book, decisions)
    return tuple(pair for one, other in json.loads(kept) if (pair := (one, other)) not in parted)


def keep_alike(book: Book, *, stamp: str) -> None:
    """Keeps these pairs for the lines with that stamp."""
    found = list(_find(book, book.decisions()))
    book.lines.put_tallies({_NAME: packed(found)}, stamp)


@dataclass(frozen=True, slots=True)
class _Line:
    cents: int
    id: str
    earliest: str
    latest: str


def _find(book: Book, decisions: Iterable[Decision]) -> Sequence[Pair]:
    counted = LineQuery(counted=True, whole=True)
    lines = {
        name: _Line(cents, name, earliest, latest)
        for name, cents, earliest, latest in book.lines.sums(counted)
        if cents > 0
    }
    countries: dict[str, list[str]] = {}
    for code, name in book.lines.traits(counted, "country")[0]:
        countries.setdefault(name, []).append(code)
    groups: dict[tuple[str, str], list[_Line]] = {}
    for investor, name in book.lines.traits(counted, "investor")[0]:
        if name in lines:
            for code in countries.get(name, ()):
                groups.setdefault((investor, code), []).append(lines[name])
    related = {(name, other) for other, name in book.lines.traits(counted, "relation")[0]}
    found: dict[Pair, int] = {}
    for several in groups.values():
        for one, other in _neighbours(sorted(several, key=lambda it: (it.cents, it.id))):
            if _is_near(one, other) and not related & {(one.id, other.id), (other.id, one.id)}:
                found[min(one.id, other.id), max(one.id, other.id)] = -one.cents
    ordered = sorted(found, key=lambda pair: (found[pair], pair))
    parted = _parted(book, decisions)
    return [pair for pair in ordered if pair not in parted][:_MOST_PAIRS]


def _neighbours(ordered: Sequence[_Line]) -> Iterator[tuple[_Line, _Line]]:
    for n, one in enumerate(ordered):
        for other in ordered[n + 1 : n + 1 + _CROWD]:
            if (other.cents - one.cents) * _ALIKE > other.cents:
                break
            yield one, other


def _is_near(one: _Line, other: _Line) -> bool:
    if not one.earliest or not other.earliest:
        return True
    first, last = sorted((one, other), key=lambda it: it.earliest)
    return (date.fromisoformat(last.earliest) - date.fromisoformat(first.latest)).days <= _DAYS


def _parted(book: Book, decisions: Iterable[Decision]) -> set[Pair]:
    """Pairs of lines of which somebody has decided something about both."""
    wanted = [pair for item in in_force(decisions) if is_about_two(item) for pair in combinations(item.subjects, 2)]
    keys = sorted({"/".join(key) for pair in wanted for key in pair})
    lines: dict[str, set[str]] = {}
    told = LineQuery(traits=(("telling", tuple(keys)),))
    for value, name in book.lines.traits(told, "telling")[0] if keys else ():
        lines.setdefault(value, set()).add(name)
    return {
        (min(one, other), max(one, other))
        for a, b in wanted
        for one in lines.get("/".join(a), ())
        for other in lines.get("/".join(b), ())
        if one != other
    }


def is_about_two(item: Decision) -> bool:
    """Whether a decision is about two things being one or not."""
    return item.kind in (DecisionKind.SAME, DecisionKind.DIFFERENT)
