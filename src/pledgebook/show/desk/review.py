"""What a reviewer does, as decisions."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pledgebook.domain import Amount, Decision, DecisionKind, Pledge, Qualifier, UsageError
from pledgebook.reconcile.written import READERS
from pledgebook.show.desk.desk import Desk
from pledgebook.show.desk.ledger import Key, Ledger

FIELDS = tuple(READERS)
_LONGEST = 2000


class ActionKind(StrEnum):
    """What a reviewer can do: let stand what was read, correct a field, merge, split, reject, and take back."""

    ACCEPT = "accept"
    SET = "set"
    SAME = "same"
    DIFFERENT = "different"
    REJECT = "reject"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a reviewer does, to claims or to whole pledges, and why."""

    kind: ActionKind
    claims: tuple[Key, ...] = ()
    pledges: tuple[str, ...] = ()
    field: str | None = None
    value: str | None = None
    undoes: str | None = None
    why: str = ""


def act(desk: Desk, ledger: Ledger, action: Action, *, by: str) -> Decision:
    """The decision that the action becomes, now in the book. Raises UsageError for what makes no sense."""
    why = action.why.strip()
    if len(why) > _LONGEST or len(action.value or "") > _LONGEST:
        raise UsageError("why", "more than anybody reads", f"Use at most {_LONGEST} characters.")
    if action.kind is ActionKind.UNDO:
        return desk.decide(DecisionKind.UNDO, [action.undoes or ""], by=by, why=why or "taken back")
    if action.kind is ActionKind.ACCEPT:
        return _accept(desk, ledger, action, by=by, why=why or "looked at, and right")
    if not why:
        raise UsageError("why", "nothing", "Say why: it is kept with the decision.")
    value = (action.value or "").strip() or None if action.kind is ActionKind.SET else None
    named = action.field if action.kind is ActionKind.SET else None
    return desk.decide(
        DecisionKind(action.kind.value), _names(ledger, action), by=by, why=why, field=named, value=value
    )


def _accept(desk: Desk, ledger: Ledger, action: Action, *, by: str, why: str) -> Decision:
    """A field's present value is set to itself; without a field, the claims are held to be what they are held for.

    One claim alone is accepted by setting its stage to what it is: there is nothing that it could be the same as.
    """
    names = _names(ledger, action)
    lines = ledger.some(action.pledges, has_claims=True)
    claims = [*action.claims, *(it.key for name in action.pledges for it in lines[name].pledge.tellings)]
    if action.field is None and len(claims) > 1:
        return desk.decide(DecisionKind.SAME, [claim_name(key) for key in claims], by=by, why=why)
    field = action.field or "stage"
    if field not in FIELDS:
        raise UsageError("field", repr(field), f"Use one of {', '.join(FIELDS)}.")
    value = present_value(ledger.telling(claims[:1], has_claims=True)[claims[0]].pledge, field)
    return desk.decide(DecisionKind.SET, names, by=by, why=why, field=field, value=value)


def claim_name(key: Key) -> str:
    """How `pledgebook decide` names a claim."""
    return "/".join(key)


def key_words(key: Key) -> str:
    """How a form names a claim: its document and its id, parted by a blank."""
    return " ".join(key)


def _names(ledger: Ledger, action: Action) -> list[str]:
    """The names of what the action is about, all of them in the ledger that the reviewer saw."""
    lines, told = ledger.some(action.pledges), ledger.telling(action.claims)
    for name in action.pledges:
        if name not in lines or lines[name].is_rest:
            raise UsageError("pledge", f"{name!r}, which the book does not have", "Was it merged? Load the page again.")
    for key in action.claims:
        if key not in told:
            raise UsageError("claim", f"{key_words(key)!r}, which the book does not have", "Load the page again.")
    names = [*action.pledges, *map(claim_name, action.claims)]
    if not names:
        raise UsageError("claim", "no claim and no pledge", "Name what the decision is about.")
    return names


def present_value(pledge: Pledge, field: str) -> str | None:
    """The value of a field as a decision has to write it; None where it is empty."""
    if field in ("amount", "announced", "term", "recipient"):
        return _one_value(pledge, field)
    if field in ("role", "stage"):
        return str(getattr(pledge, field))
    if field == "deliverables":
        counts = [(item.qualifier, item.count, item.count_max, item.kind.value) for item in pledge.deliverables]
        return "; ".join(_figure(*parts) for parts in counts) or None
    values = [getattr(item, "name", None) or str(item) for item in getattr(pledge, field)]
    # One name with a comma in it would be read as two.
    return ("; ".join(values) or None) if len(values) != 1 or "," not in values[0] else values[0] + ";"


def _one_value(pledge: Pledge, field: str) -> str | None:
    if field == "amount":
        return None if pledge.amount is None else _sum(pledge.amount)
    if field == "announced":
        days = pledge.announced
        return None if days is None else f"{days.earliest}..{days.latest}"
    if field == "recipient":
        return None if pledge.recipient is None else pledge.recipient.name
    start, end = pledge.term.start, pledge.term.end
    if start is None and end is None:
        return None
    return f"{end}" if start is None else f"{start}..{end or ''}"


def _sum(amount: Amount) -> str:
    return _figure(amount.qualifier, amount.value, amount.value_max, amount.currency)


def _figure(qualifier: Qualifier, low: Decimal, high: Decimal | None, unit: str) -> str:
    figure = f"{low:f}" if high is None else f"{low:f}-{high:f}"
    return f"{_BEFORE.get(qualifier, '')}{figure} {unit}"


_BEFORE = {Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.UP_TO: "up to "}
