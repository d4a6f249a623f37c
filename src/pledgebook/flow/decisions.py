"""What a reviewer says about pledges and claims, kept in a book: the one way for commands, pages and programs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from pledgebook.domain import Decision, DecisionKind, Pledge, Telling, UsageError, content_id
from pledgebook.flow.lines import Lines
from pledgebook.flow.moments import moment
from pledgebook.ledger.ports import Rates
from pledgebook.reconcile.decided import in_force
from pledgebook.reconcile.marks import bind, mark_of
from pledgebook.reconcile.written import HOW_WRITTEN, READERS, empty_of, read_written
from pledgebook.store import Book

Key = tuple[str, str]
_FEWEST = {DecisionKind.SAME: 2, DecisionKind.DIFFERENT: 2, DecisionKind.SET: 1, DecisionKind.REJECT: 1}


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about a pledge, and the one that took it back, None where it stands."""

    decision: Decision
    undone_by: Decision | None = None


def decide(
    book: Book,
    kind: DecisionKind | str,
    names: Sequence[str],
    *,
    by: str,
    why: str,
    at: datetime,
    rates: Rates,
    field: str | None = None,
    value: str | None = None,
    fresh: bool = True,
) -> Decision:
    """The decision that `by` took about the things called `names`, now kept in the book.

    `names` are ids of pledges, or of claims (`document/claim`, or the claim's id where only one document has it); an
    unambiguous beginning of a pledge's id will do. A pledge stands for all its claims, less those that are named
    beside it: `different` of a pledge and one of its claims takes that claim out. `set` gives `field` the `value`,
    None for "not known". `undo` takes the id of a decision. Without `fresh` the names are those of a ledger that may
    have fallen behind. Raises UsageError for what can't be decided.
    """
    chosen = _kind(kind)
    if not by.strip() or not why.strip():
        raise UsageError(f"decide {chosen}", "no name or no reason", "Give both: --by NAME --why TEXT.")
    if chosen is DecisionKind.UNDO:
        decision = _undo(book, names, by=by.strip(), why=why.strip(), at=at)
    else:
        _check_value(chosen, field, value)
        with moment(book, rates=rates, fresh=fresh) as kept:
            sides = _sides(Lines(kept, has_converted=False), names, chosen)
        decision = _decision(
            chosen, [telling for side in sides for telling in side], by=by.strip(), why=why.strip(), at=at,
            field=field, value=value, numbers=[n for n, side in enumerate(sides) for _ in side],
        )  # fmt: skip
    book.decide(decision)
    return decision


def rulings(pledge: Pledge, decisions: Iterable[Decision]) -> tuple[Ruling, ...]:
    """What people decided about the claims of a pledge, oldest first, also what was taken back."""
    known = sorted(decisions, key=lambda item: (item.at, item.id))
    standing = {item.id for item in in_force(known)}
    undone_by = {item.undoes: item for item in known if item.kind is DecisionKind.UNDO}
    mine = {telling.key for telling in pledge.tellings}
    found = []
    for item in known:
        if item.kind is DecisionKind.UNDO:
            continue
        (bound,) = bind([item], pledge.tellings).decisions
        if not mine.isdisjoint(bound.subjects):
            found.append(Ruling(item, None if item.id in standing else undone_by.get(item.id)))
    return tuple(found)


def _kind(kind: DecisionKind | str) -> DecisionKind:
    try:
        return DecisionKind(kind)
    except ValueError:
        raise UsageError("decide", repr(str(kind)), f"Use one of {', '.join(DecisionKind)}.") from None


def _check_value(kind: DecisionKind, field: str | None, value: str | None) -> None:
    if kind is not DecisionKind.SET:
        if field is not None or value is not None:
            raise UsageError(f"decide {kind}", "a value", "Only `decide set` takes a field and its value.")
        return
    if field is None or field not in READERS:
        raise UsageError("decide set", f"the field {field!r}", f"Use one of {', '.join(READERS)}.")
    try:
        if value is None:
            empty_of(field)
        else:
            read_written(field, value)
    except ValueError:
        raise UsageError(f"decide set {field}", repr(value), f"Write {HOW_WRITTEN[field]}.") from None


def _sides(lines: Lines, names: Sequence[str], kind: DecisionKind) -> list[tuple[Telling, ...]]:
    """The claims behind each name; a claim that is named itself belongs to no pledge that is named beside it."""
    found = [_named(name, lines) for name in dict.fromkeys(name.strip() for name in names)]
    alone = {item.key for item in found if isinstance(item, Telling)}
    sides = [
        (item,) if isinstance(item, Telling) else tuple(it for it in item.tellings if it.key not in alone)
        for item in found
    ]
    sides = [side for side in dict.fromkeys(sides) if side]
    if len(sides) < _FEWEST[kind]:
        seen = f"{len(sides)} of the {_FEWEST[kind]} pledges or claims that it takes"
        raise UsageError(f"decide {kind}", seen, "Name two that differ.")
    return sides


def _named(name: str, lines: Lines) -> Pledge | Telling:
    pledges = [line.pledge for line in lines.about("telling", lines.book.lines.tellings(name))]
    claims = {
        it.key: it
        for pledge in pledges
        for it in pledge.tellings
        if name in (it.claim.id, f"{it.document}/{it.claim.id}")
    }
    if len(claims) == 1:
        return next(iter(claims.values()))
    if claims:
        raise UsageError("decide", f"{name!r}, which {len(claims)} documents have", "Write it as document/claim.")
    try:
        found = lines.line(name)
    except UsageError:
        raise UsageError("decide", f"{name!r}, with which several ids begin", "Give more of the id.") from None
    if found is None:
        raise UsageError("decide", f"no pledge or claim {name!r} in the book", "`pledgebook list` names them all.")
    return found.pledge


def _begins(pledge_id: str, name: str) -> bool:
    return bool(name) and (pledge_id.startswith(name) or pledge_id.partition("-")[2].startswith(name))


def _undo(book: Book, names: Sequence[str], *, by: str, why: str, at: datetime) -> Decision:
    known = book.decisions()
    if len(names) != 1:
        raise UsageError("decide undo", f"{len(names)} decisions", "Name one by its id.")
    wanted = names[0].strip()
    found = [item for item in known if item.id == wanted] or [item for item in known if _begins(item.id, wanted)]
    if len(found) != 1:
        seen = f"{wanted!r}, with which {len(found)} decisions begin" if found else f"no decision {wanted!r}"
        raise UsageError("decide undo", seen, "`pledgebook show` tells the decisions about a pledge.")
    (target,) = found
    if target.id in _taken_back(known):
        raise UsageError("decide undo", f"{target.id}, which was undone before", "Undo the undoing, or decide anew.")
    return _decision(DecisionKind.UNDO, (), by=by, why=why, at=at, undoes=target.id)


def _taken_back(known: Sequence[Decision]) -> Iterator[str]:
    off: set[str] = set()
    for item in sorted(known, key=lambda item: (item.at, item.id), reverse=True):
        if item.kind is DecisionKind.UNDO and item.id not in off and item.undoes is not None:
            off.add(item.undoes)
    yield from off


def _decision(
    kind: DecisionKind, tellings: Sequence[Telling], *, by: str, why: str, at: datetime, field: str | None = None,
    value: str | None = None, undoes: str | None = None, numbers: Sequence[int] = (),
) -> Decision:  # fmt: skip
    subjects = tuple(telling.key for telling in tellings)
    said = [part for subject in subjects for part in subject]
    return Decision(
        id=content_id("decision", kind, at.isoformat(), by, why, field or "", value or "", undoes or "", *said),
        kind=kind,
        subjects=subjects,
        by=by,
        at=at,
        why=why,
        field=field,
        value=value,
        undoes=undoes,
        marks=tuple(mark_of(telling, side) for telling, side in zip(tellings, numbers, strict=True)),
    )
