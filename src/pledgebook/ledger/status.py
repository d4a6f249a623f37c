"""Whether a pledge counts at all: its stage, what has replaced it, what people decided."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from pledgebook.domain import Amount, Basis, Pledge, Qualifier, RelationType, Role, Stage

UNCOUNTED_STAGES = frozenset({Stage.RUMOURED, Stage.PROPOSED, Stage.CANCELLED, Stage.DENIED})
STALE_DAYS = 2 * 365

REJECTED = "rejected-by-reviewer"


class Reason(StrEnum):
    """Why a line counts or does not."""

    COUNTS = "counts"
    COUNTS_FOR_THINGS = "counts; no sum is told"
    UNNAMED = "the part of a total that no known pledge names"
    THROUGH_PARTS = "counts through its parts"
    ROUNDING = "within the rounding of the total"
    REPLACED = "replaced by a newer plan"
    WHOLE_GIVEN_UP = "part of a plan that was given up later"
    NO_RATE_TO_WHOLE = "inside a total in a currency without a rate"
    RUMOURED = "only rumoured"
    PROPOSED = "only proposed"
    CANCELLED = "cancelled"
    DENIED = "denied"
    REJECTED = "rejected by a reviewer"
    SPENT = "already spent"
    ELSEWHERE = "a total of no known parts, most of which counts under other names"
    NO_SUM = "no sum is told"
    NO_RATE = "no rate to the currency of the total"
    OTHER_TIME = "outside the period"


# What no longer counts and is no unnamed part of its total either: it is known what became of it.
GONE = frozenset({Reason.REPLACED, Reason.WHOLE_GIVEN_UP, Reason.CANCELLED, Reason.DENIED, Reason.SPENT})
COUNTING = frozenset({Reason.COUNTS, Reason.COUNTS_FOR_THINGS, Reason.UNNAMED})

_QUALIFIER_FLAGS = {Qualifier.AT_LEAST: "open-above", Qualifier.ABOUT: "about"}
_SHOWN_FLAGS = {"running-costs": "includes-running-costs", "partly-spent": "partly-spent"}
_STAGE_REASONS = {
    Stage.RUMOURED: Reason.RUMOURED,
    Stage.PROPOSED: Reason.PROPOSED,
    Stage.CANCELLED: Reason.CANCELLED,
    Stage.DENIED: Reason.DENIED,
}


def related(pledge: Pledge, kind: RelationType) -> tuple[str, ...]:
    """The ids of the pledges to which `pledge` has that relation."""
    return tuple(relation.claim for relation in pledge.relations if relation.type is kind)


def find_reasons(pledges: Sequence[Pledge]) -> Mapping[str, Reason]:
    """For each pledge why it doesn't count, COUNTS where nothing speaks against it. Parts and totals come later."""
    by_id = {pledge.id: pledge for pledge in pledges}
    reasons = {pledge.id: _own_reason(pledge) for pledge in pledges}
    own = dict(reasons)
    for pledge in pledges:
        # A successor that is itself only talked about replaces nothing yet; one that was given up still did.
        if own[pledge.id] in (Reason.RUMOURED, Reason.PROPOSED, Reason.DENIED, Reason.REJECTED):
            continue
        for old in related(pledge, RelationType.REPLACES):
            if own.get(old) is Reason.COUNTS:
                reasons[old] = Reason.REPLACED
    for pledge in pledges:
        if own[pledge.id] is Reason.COUNTS and reasons[pledge.id] is Reason.COUNTS:
            wholes = [by_id[whole] for whole in related(pledge, RelationType.PART_OF) if whole in by_id]
            if any(_given_up_after(whole, pledge) for whole in wholes):
                reasons[pledge.id] = Reason.WHOLE_GIVEN_UP
    return reasons


def _own_reason(pledge: Pledge) -> Reason:
    if any(finding.name == REJECTED for finding in pledge.findings):
        return Reason.REJECTED
    if pledge.role is Role.TOTAL and pledge.stage is Stage.COMPLETED:
        # "Has invested 40 bn since 2010": a sum of the past promises nothing.
        return Reason.SPENT
    return _STAGE_REASONS.get(pledge.stage, Reason.COUNTS)


def _given_up_after(whole: Pledge, part: Pledge) -> bool:
    """Whether a whole was given up after the last news of its part."""
    if whole.stage is not Stage.CANCELLED or not whole.life or part.last_heard is None:
        return False
    day = whole.life[-1].day
    return day is not None and day > part.last_heard


def find_flags(pledge: Pledge, as_of: date | None) -> tuple[str, ...]:
    """What a reader should know of a pledge beside its figures, in alphabetical order."""
    flags = {conflict.name for conflict in pledge.conflicts}
    if pledge.amount is not None:
        flags |= _amount_flags(pledge.amount)
    flags |= {_SHOWN_FLAGS[name] for it in pledge.tellings for name in it.shows if name in _SHOWN_FLAGS}
    if pledge.stage is Stage.DELAYED:
        flags.add("delayed")
    if len(pledge.investors) > 1:
        flags.add("joint")
    if len(pledge.destinations) > 1:
        flags.add("several-destinations")
    if as_of is not None:
        flags |= age_flags(pledge, as_of)
    return tuple(sorted(flags))


def _amount_flags(amount: Amount) -> set[str]:
    flags = {_QUALIFIER_FLAGS[amount.qualifier]} if amount.qualifier in _QUALIFIER_FLAGS else set()
    return flags if amount.basis is Basis.STATED else flags | {amount.basis.value}


def age_days(pledge: Pledge) -> tuple[date | None, date | None]:
    """The days from which its age is told: the end of its term, and the last on which it was heard of.

    None where it has no age: nobody waits for what was only talked about, given up or completed.
    """
    if pledge.stage in UNCOUNTED_STAGES | {Stage.COMPLETED}:
        return None, None
    return pledge.term.end, pledge.last_heard


def flags_of_age(ends: date | None, heard: date | None, as_of: date) -> set[str]:
    """Flags of a day: "overdue" where a term has ended and no completion is told, "stale" after two silent years."""
    flags = set()
    if ends is not None and ends < as_of:
        flags.add("overdue")
    if heard is not None and (as_of - heard).days > STALE_DAYS:
        flags.add("stale")
    return flags


def age_flags(pledge: Pledge, as_of: date) -> set[str]:
    """The flags of a pledge's age on a day."""
    return flags_of_age(*age_days(pledge), as_of)
