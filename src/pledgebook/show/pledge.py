"""One pledge in full, for people and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from textwrap import wrap
from typing import Any

from pledgebook.domain import DecisionKind, Entry, Pledge, RelationType, Telling
from pledgebook.flow import Ruling
from pledgebook.show.claims import where
from pledgebook.show.entries import entry_who, parties
from pledgebook.show.text import plain
from pledgebook.show.values import UNKNOWN, amount, deliverable, interval, money
from pledgebook.wire import claim_json, interval_json
from pledgebook.wire_book import decision_json, pledge_json

_QUOTES = 3
_NAME = 14
_RELATIONS = {
    RelationType.PART_OF: "part of",
    RelationType.TOTAL_OF: "total of",
    RelationType.REPLACES: "replaces",
    RelationType.ADDS_TO: "comes on top of",
}


def pledge_record(entry: Entry, entries: Sequence[Entry], *, rulings: Sequence[Ruling] = ()) -> dict[str, Any]:
    """The line as `list` has it, with every telling in full, what people decided and the pledges that name it."""
    return {
        **pledge_json(entry),
        "tellings": [
            {
                "document": telling.document,
                "source": telling.source,
                "language": telling.language,
                "published": interval_json(telling.published),
                "voice": telling.voice,
                "claim": claim_json(telling.claim),
            }
            for telling in entry.pledge.tellings
        ],
        "decisions": [decision_json(item.decision, undone_by=item.undone_by) for item in rulings],
        "named_by": [{"type": kind.value, "pledge": other.id} for kind, other in _named_by(entry.pledge, entries)],
    }


def pledge_text(
    entry: Entry, entries: Sequence[Entry], *, rulings: Sequence[Ruling] = (), width: int = 100
) -> Iterator[str]:
    """The pledge in lines of text: its fields with their quotes, tellings, disagreements, history, relations."""
    by_id = {other.pledge.id: other.pledge for other in entries}
    pieces = chain(
        _fields(entry, width),
        _tellings(entry.pledge),
        _history(entry.pledge, width),
        _decisions(rulings, width),
        _links(entry, entries, by_id),
    )
    yield from (plain(line) + "\n" for line in pieces)


def _fields(entry: Entry, width: int) -> Iterator[str]:
    pledge = entry.pledge
    yield f"{entry.id}  {entry_who(entry)}"
    yield ""
    counts = "yes" if entry.counted else "no"
    adds = f", adds {money(entry.central, entry.currency)}" if entry.central is not None and entry.currency else ""
    yield _line("counts", f"{counts}: {entry.reason}{adds}")
    if entry.flags:
        yield _line("flags", ", ".join(entry.flags))
    values = (
        ("investors", parties(pledge.investors)),
        ("recipient", UNKNOWN if pledge.recipient is None else pledge.recipient.name),
        ("destinations", where(pledge.destinations, pledge.places)),
        ("amount", amount(pledge.amount)),
        ("deliverables", "; ".join(deliverable(item) for item in pledge.deliverables) or UNKNOWN),
        ("purposes", ", ".join(pledge.purposes) or UNKNOWN),
        ("announced", interval(pledge.announced)),
        ("term", f"{pledge.term.start or UNKNOWN} to {pledge.term.end or UNKNOWN}"),
        ("stage", pledge.stage.value),
        ("role", pledge.role.value),
    )
    for name, value in values:
        if value in (UNKNOWN, f"{UNKNOWN} to {UNKNOWN}"):
            continue
        yield _line(name, value)
        for quote in _quotes(pledge.tellings, name):
            yield from (" " * (_NAME + 2) + piece for piece in wrap(quote, max(40, width - _NAME - 2)))


def _quotes(tellings: Sequence[Telling], field: str) -> list[str]:
    """The words behind a field, each different one once, with its source; no more than a few."""
    seen: dict[str, str] = {}
    for telling in tellings:
        for item in telling.claim.evidence:
            if item.field.split(".")[0].split("[")[0] == field:
                page = "" if item.page is None else f", page {item.page}"
                seen.setdefault(" ".join(item.text.split()), telling.source + page)
    return [f"“{words}” {source}" for words, source in list(seen.items())[:_QUOTES]]


def _tellings(pledge: Pledge) -> Iterator[str]:
    yield ""
    documents = len({telling.document for telling in pledge.tellings})
    yield f"Told in {documents} documents by {pledge.voices} independent sources"
    for telling in pledge.tellings:
        claim = telling.claim
        told = (
            interval(telling.published),
            telling.language,
            amount(claim.amount),
            claim.stage.value,
            claim.role.value,
        )
        yield f"  {telling.source}: {', '.join(told)}"
    for reason in pledge.reasons:
        yield f"  held to be one: {reason}"


def _history(pledge: Pledge, width: int) -> Iterator[str]:
    if pledge.conflicts:
        yield ""
        yield "Figures that disagree"
    for conflict in pledge.conflicts:
        others = ", ".join(conflict.deprecated)
        yield from wrap(
            f"{conflict.name}: {conflict.field} is {conflict.kept}, not {others} ({conflict.reason})",
            width, initial_indent="  ", subsequent_indent="    ",
        )  # fmt: skip
    if pledge.life:
        yield ""
        yield "History"
    for step in pledge.life:
        words = f" “{' '.join(step.words.split())}”" if step.words else ""
        yield from wrap(
            f"{step.day or UNKNOWN} {step.stage.value}{words}", width, initial_indent="  ", subsequent_indent="    "
        )


def ruling_words(ruling: Ruling) -> str:
    """Who decided what, when and why, and who took it back."""
    decision = ruling.decision
    what = decision.kind.value
    if decision.kind is DecisionKind.SET:
        what = f"{decision.field} set to {decision.value if decision.value is not None else 'nothing'}"
    words = f"{decision.at.date().isoformat()} {what} by {decision.by}: {decision.why} ({decision.id})"
    undone = ruling.undone_by
    return words if undone is None else f"{words}, undone {undone.at.date().isoformat()} by {undone.by}: {undone.why}"


def _decisions(rulings: Sequence[Ruling], width: int) -> Iterator[str]:
    if rulings:
        yield ""
        yield "Decided by people"
    for ruling in rulings:
        yield from wrap(ruling_words(ruling), width, initial_indent="  ", subsequent_indent="    ")


def _links(entry: Entry, entries: Sequence[Entry], by_id: Mapping[str, Pledge]) -> Iterator[str]:
    links = [(_RELATIONS[relation.type], relation.claim) for relation in entry.pledge.relations]
    links += [
        (f"{_RELATIONS[kind]} this", other.id)
        for kind, other in _named_by(entry.pledge, entries)
        if kind in (RelationType.REPLACES, RelationType.ADDS_TO)
    ]
    if links:
        yield ""
        yield "Other pledges"
    for words, name in links:
        other = by_id.get(name)
        told = "" if other is None else f"  {parties(other.investors)}, {amount(other.amount)}"
        yield f"  {words} {name}{told}"


def _named_by(pledge: Pledge, entries: Sequence[Entry]) -> list[tuple[RelationType, Entry]]:
    return [
        (relation.type, other)
        for other in entries
        if not other.is_rest
        for relation in other.pledge.relations
        if relation.claim == pledge.id
    ]


def _line(name: str, value: str) -> str:
    return f"{name:<{_NAME}}  {value}"
