"""From tellings to pledges."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time

from pledgebook.domain import Decision, Finding, Pledge, Telling, content_id
from pledgebook.reconcile.amounts import choose_amount
from pledgebook.reconcile.arithmetic import complete
from pledgebook.reconcile.compare import Likeness
from pledgebook.reconcile.decided import Decided, decided_pledge, read_decisions
from pledgebook.reconcile.fields import (
    choose_announced,
    choose_deliverables,
    choose_destinations,
    choose_investors,
    choose_places,
    choose_purposes,
    choose_recipient,
    choose_role,
    choose_term,
)
from pledgebook.reconcile.group import Group, group
from pledgebook.reconcile.life import read_life
from pledgebook.reconcile.marks import bind
from pledgebook.reconcile.ports import Rates
from pledgebook.reconcile.relate import relate
from pledgebook.reconcile.votes import count_voices
from pledgebook.reconcile.wholes import presume_wholes

Key = tuple[str, str]

REJECTED = "rejected-by-reviewer"


def reconcile(
    tellings: Iterable[Telling],
    *,
    decisions: Iterable[Decision] = (),
    rates: Rates,
    as_of: date | None = None,
) -> tuple[Pledge, ...]:
    """One pledge for every commitment that the tellings tell of, in the order of their ids.

    A pure function of what it is given: the order of the tellings never matters, and the same telling twice is one.
    With `as_of`, only what was told and decided by the end of that day is known; a telling without any day always is.
    A pledge's id is that of its earliest telling, so that later ones don't change it.
    """
    known = {telling.key: telling for telling in tellings if _is_known(telling, as_of)}
    made = (item for item in decisions if as_of is None or item.at <= _end_of(as_of, item.at))
    decided = decided_about(known, made)
    taken = (telling for key, telling in known.items() if key not in decided.rejected)
    groups = group(taken, rates, same=decided.same, different=decided.different)
    return finished((draft(it, known, decided, rates) for it in groups), known, decided, rates)


def decided_about(known: Mapping[Key, Telling], decisions: Iterable[Decision]) -> Decided:
    """What people decided about these tellings, as far as it is in force."""
    bound = bind(decisions, known.values())
    return replace(read_decisions(bound.decisions), findings=bound.findings)


def draft(group: Group, known: Mapping[Key, Telling], decided: Decided, rates: Rates) -> Pledge:
    """The pledge that a group of tellings tells of, before it is seen beside the others."""
    return _pledge([known[key] for key in group.keys], group, decided, rates)


def finished(
    drafts: Iterable[Pledge], known: Mapping[Key, Telling], decided: Decided, rates: Rates
) -> tuple[Pledge, ...]:
    """All pledges of a book with how they bear on each other, and those that reviewers rejected."""
    rejected = [_rejected(known[key], decided, rates) for key in sorted(decided.rejected) if key in known]
    return presume_wholes(
        complete(relate(sorted([*drafts, *rejected], key=lambda pledge: pledge.id)), rates), apart=decided.different
    )


def pledges_of(
    groups: Iterable[Group],
    fetch: Callable[[Sequence[Key]], Iterable[Telling]],
    rates: Rates,
    *,
    bearing: Container[Key] = frozenset(),
) -> Iterator[Pledge]:
    """A pledge for each group, one at a time, as `fetch` brings its tellings; in the order of the groups.

    For books too large to be held. Pledges that hold any of the claims `bearing`, which bear on others or are borne
    on, wait until all have been seen, and come last, with their relations.
    """
    bound: list[Pledge] = []
    for it in groups:
        told = sorted(fetch(it.keys), key=lambda telling: telling.key)
        pledge = _pledge(told, it, Decided(), rates)
        if any(key in bearing for key in it.keys):
            bound.append(pledge)
        else:
            yield pledge
    yield from presume_wholes(complete(relate(sorted(bound, key=lambda pledge: pledge.id)), rates))


def _is_known(telling: Telling, as_of: date | None) -> bool:
    day = telling.day_known
    return as_of is None or day is None or day <= as_of


def _end_of(day: date, like: datetime) -> datetime:
    return datetime.combine(day, time.max, tzinfo=like.tzinfo)


def _pledge(tellings: Sequence[Telling], group: Group, decided: Decided, rates: Rates) -> Pledge:
    amount, conflicts = choose_amount(tellings, rates)
    life = read_life(tellings)
    pledge = Pledge(
        id=pledge_id(tellings),
        tellings=tuple(tellings),
        investors=choose_investors(tellings),
        recipient=choose_recipient(tellings),
        destinations=choose_destinations(tellings),
        places=choose_places(tellings),
        amount=amount,
        deliverables=choose_deliverables(tellings),
        purposes=choose_purposes(tellings),
        announced=choose_announced(tellings),
        term=choose_term(tellings),
        stage=life[-1].stage,
        role=choose_role(tellings),
        conflicts=conflicts,
        voices=count_voices(tellings),
        reasons=_reasons(group),
        life=life,
        sureness=1.0 if group.decided else max(telling.claim.score for telling in tellings),
    )
    return decided_pledge(replace(pledge, findings=_findings(pledge, decided)), decided)


def pledge_id(tellings: Iterable[Telling]) -> str:
    """The id of the pledge that these tellings tell of: it follows from the one that was known first."""
    first = min(tellings, key=lambda telling: (telling.day_known or date.max, telling.key))
    return content_id("pledge", *first.key)


def rejected_id(key: Key) -> str:
    """The id of what stands in the ledger for a telling that a reviewer rejected."""
    return content_id("pledge", "rejected", *key)


def _reasons(group: Group) -> tuple[str, ...]:
    decided = ("decided by a reviewer",) if group.decided else ()
    return (*decided, *(show_likeness(group.weakest) if group.weakest is not None else ()))


def show_likeness(likeness: Likeness) -> tuple[str, ...]:
    """The reasons of a likeness in words, its sum last."""
    return (*(f"{reason} ({points:+g})" for reason, points in likeness.reasons), f"in all {likeness.score:g}")


def _findings(pledge: Pledge, decided: Decided) -> tuple[Finding, ...]:
    found = [
        Finding(
            conflict.name,
            pledge.id,
            f"{pledge.id}: {conflict.kept} kept against {' and '.join(conflict.deprecated)}: {conflict.reason}. "
            "Compare the tellings, and decide if it is wrong.",
        )
        for conflict in pledge.conflicts
    ]
    documents = {telling.document for telling in pledge.tellings}
    return (*found, *(finding for finding in decided.findings if finding.document in documents))


def _rejected(telling: Telling, decided: Decided, rates: Rates) -> Pledge:
    alone = _pledge([telling], Group((telling.key,)), Decided(contradictions=decided.contradictions), rates)
    finding = Finding(REJECTED, alone.id, f"{alone.id}: a reviewer rejected this claim. It is kept and never counted.")
    return replace(alone, id=rejected_id(telling.key), findings=(*alone.findings, finding))
