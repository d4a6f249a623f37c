"""Lines of the book to JSON: a pledge of `list`, a row of `total`, a change."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from pledgebook.domain import Amount, Conflict, Converted, Decision, Entry, Pledge, Relation, Snapshot, Step, Tally
from pledgebook.wire import Json, amount_json, deliverable_json, interval_json, number_json, party_json


def pledge_json(entry: Entry) -> Json:
    """A line of the ledger: the pledge's fields, what it adds to a sum (`adds`, `in`), and whether and why.

    The line of an unnamed rest has `rest_of`, the id of its total, and the rest as its `amount`.
    """
    pledge = entry.pledge
    return {
        "id": entry.id,
        "investors": [party_json(party) for party in pledge.investors],
        "recipient": None if pledge.recipient is None else party_json(pledge.recipient),
        "destinations": list(pledge.destinations),
        "places": list(pledge.places),
        "amount": _rest_amount(entry) if entry.is_rest else _amount(pledge.amount),
        "adds": _adds(entry),
        "in": _converted(entry.converted),
        "deliverables": [] if entry.is_rest else [deliverable_json(item) for item in pledge.deliverables],
        "purposes": [purpose.value for purpose in pledge.purposes],
        "announced": interval_json(pledge.announced),
        "term": {
            "start": None if pledge.term.start is None else pledge.term.start.isoformat(),
            "end": None if pledge.term.end is None else pledge.term.end.isoformat(),
        },
        "stage": pledge.stage.value,
        "role": pledge.role.value,
        "relations": [] if entry.is_rest else [_relation(relation) for relation in pledge.relations],
        "counted": entry.counted,
        "reason": entry.reason,
        "flags": list(entry.flags),
        "sources": {
            "all": len({telling.document for telling in pledge.tellings}),
            "independent": pledge.voices,
        },
        "conflicts": [_conflict(conflict) for conflict in pledge.conflicts],
        "claims": [] if entry.is_rest else claims_json(pledge),
        "rest_of": pledge.id if entry.is_rest else None,
        "reasons": list(pledge.reasons),
        "life": [] if entry.is_rest else [_step(step) for step in pledge.life],
        "as_of": None if entry.as_of is None else entry.as_of.isoformat(),
    }


def claims_json(pledge: Pledge) -> list[Json]:
    """The tellings of a pledge, by document and claim id."""
    return [
        {"document": telling.document, "source": telling.source, "claim": telling.claim.id}
        for telling in pledge.tellings
    ]


def decision_json(decision: Decision, *, undone_by: Decision | None = None) -> Json:
    """What a person decided, and who took it back."""
    return {
        "id": decision.id,
        "kind": decision.kind.value,
        "claims": [{"document": document, "claim": claim} for document, claim in decision.subjects],
        "field": decision.field,
        "value": decision.value,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "why": decision.why,
        "undoes": decision.undoes,
        "undone_by": None if undone_by is None else undone_by.id,
    }


def snapshot_json(snapshot: Snapshot) -> Json:
    """A snapshot as it is cited."""
    return {**asdict(snapshot), "at": snapshot.at.isoformat()}


def tally_json(tally: Tally, *, explain: bool = False) -> Json:
    """A row of totals; with `explain` the ids and reasons of what is in and what is out."""
    row: Json = {
        "key": tally.key,
        "currency": tally.currency,
        "low": _figure(tally.low),
        "central": _figure(tally.central),
        "high": _figure(tally.high),
        "naive": _figure(tally.naive),
        "pledges": tally.pledges,
        "left_out": dict(tally.left_out),
        "unconverted": [{"value": _figure(money.value), "currency": money.currency} for money in tally.unconverted],
        "unallocated": _figure(tally.unallocated),
        "unnamed": _figure(tally.unnamed),
        "joint": _figure(tally.joint),
        "allotted": _figure(tally.allotted),
        "new": None if tally.new is None else _figure(tally.new),
        "outstanding": None if tally.outstanding is None else _figure(tally.outstanding),
        "overlapping": tally.overlapping,
    }
    if explain:
        row["included"] = _reasons(tally.included)
        row["excluded"] = _reasons(tally.excluded)
    return row


def _figure(value: Decimal) -> int | float:
    # Sums of converted money have cents at most; past the 15 digits of a JSON number these are given up.
    if value != value.to_integral_value() and len(value.normalize().as_tuple().digits) > 15:
        value = value.to_integral_value()
    return number_json(value)


def _reasons(named: Sequence[tuple[str, str]]) -> list[Json]:
    return [{"id": line, "reason": reason} for line, reason in named]


def _amount(amount: Amount | None) -> Json | None:
    if amount is None:
        return None
    shown = amount_json(amount) or {}
    return shown | {"low": _figure(amount.low), "central": _figure(amount.central), "high": _figure(amount.high)}


def _rest_amount(entry: Entry) -> Json | None:
    if entry.central is None or entry.central <= 0 or entry.currency is None:
        return None
    return {
        "value": _figure(entry.central),
        "value_max": None,
        "currency": entry.currency,
        "qualifier": "exact",
        "basis": "implied",
        "also": [],
        "low": _figure(entry.low or Decimal(0)),
        "central": _figure(entry.central),
        "high": _figure(entry.high or entry.central),
    }


def _adds(entry: Entry) -> Json | None:
    if entry.low is None or entry.central is None or entry.high is None:
        return None
    return {
        "currency": entry.currency,
        "low": _figure(entry.low),
        "central": _figure(entry.central),
        "high": _figure(entry.high),
    }


def _converted(converted: Converted | None) -> Json | None:
    if converted is None:
        return None
    return {
        "currency": converted.currency,
        "low": _figure(converted.low),
        "central": _figure(converted.central),
        "high": _figure(converted.high),
        "rate": number_json(converted.rate.rate),
        "source": converted.rate.publisher,
        "day": None if converted.rate.day is None else converted.rate.day.isoformat(),
    }


def _relation(relation: Relation) -> Json:
    return {"type": relation.type.value, "pledge": relation.claim}


def _conflict(conflict: Conflict) -> Json:
    return {
        "name": conflict.name,
        "field": conflict.field,
        "kept": conflict.kept,
        "deprecated": list(conflict.deprecated),
        "reason": conflict.reason,
        "claims": [{"document": document, "claim": claim} for document, claim in conflict.tellings],
    }


def _step(step: Step) -> Json:
    return {
        "day": None if step.day is None else step.day.isoformat(),
        "stage": step.stage.value,
        "document": step.telling[0],
        "claim": step.telling[1],
        "words": step.words,
    }
