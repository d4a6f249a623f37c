"""How pledges bear on each other, as one graph without circles."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pledgebook.domain import Finding, PartyKind, Pledge, Relation, RelationType, Role, Severity
from pledgebook.reconcile.votes import count_voices, voice_of

TALLY = "a total: all its known parts are pledges of others"
# So many others make a tally.
_SEVERAL = 2
_INVERSE = {RelationType.PART_OF: RelationType.TOTAL_OF}


class Edge(NamedTuple):
    """`one` is a part of, adds to or replaces `other`, as `voices` independent voices tell."""

    type: RelationType
    one: str
    other: str
    voices: int


def relate(pledges: Sequence[Pledge]) -> tuple[Pledge, ...]:
    """The same pledges with the relations that their tellings assert, pledge to pledge.

    Relations that most voices tell come first; one that would close a circle (a part of its own part, a plan that
    replaces its own successor) is left out and becomes a finding.
    """
    by_id = {pledge.id: pledge for pledge in pledges}
    relations: dict[str, set[Relation]] = defaultdict(set)
    findings: dict[str, list[Finding]] = defaultdict(list)
    graphs: dict[RelationType, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for edge in _edges(pledges):
        graph = graphs[edge.type]
        if _reaches(graph, edge.other, edge.one):
            findings[edge.one].append(_circle(edge))
            continue
        graph[edge.one].add(edge.other)
        relations[edge.one].add(Relation(edge.type, edge.other))
        if edge.type in _INVERSE:
            relations[edge.other].add(Relation(_INVERSE[edge.type], edge.one))
    found = (
        replace(
            pledge,
            relations=tuple(sorted(relations[pledge.id])),
            findings=(*pledge.findings, *findings[pledge.id]),
        )
        if pledge.id in relations or pledge.id in findings
        else pledge
        for pledge in pledges
    )
    return tuple(_as_tally(pledge, by_id) for pledge in found)


def _as_tally(whole: Pledge, by_id: Mapping[str, Pledge]) -> Pledge:
    """The pledge; a total of nobody in particular where it is a tally of what others pledge.

    Who announces such a tally, or stands beside it, is easily told as its investor: a government whose summit brought
    what companies pledge, or somebody whom few of those name who tell of it.
    """
    parts = [by_id[it.claim] for it in whole.relations if it.type is RelationType.TOTAL_OF]
    theirs = [{party.name for party in part.investors} for part in parts if part.investors]
    others = set().union(*theirs)
    if len(theirs) < _SEVERAL or len(others) < _SEVERAL or others & {party.name for party in whole.investors}:
        return whole
    naming = count_voices(telling for telling in whole.tellings if telling.claim.investors)
    is_announced = all(party.kind is PartyKind.GOVERNMENT for party in whole.investors)
    if not whole.investors or not (is_announced or 2 * naming < whole.voices):
        return whole
    return replace(whole, investors=(), role=Role.TOTAL, reasons=(*whole.reasons, TALLY))


def _edges(pledges: Sequence[Pledge]) -> list[Edge]:
    """What the claims of each document say about each other, told of the pledges, most voices first."""
    home = {telling.key: pledge.id for pledge in pledges for telling in pledge.tellings}
    voices: dict[tuple[RelationType, str, str], set[str]] = defaultdict(set)
    for pledge in pledges:
        for telling in pledge.tellings:
            for relation in telling.claim.relations:
                target = home.get((telling.document, relation.claim))
                if target is None or target == pledge.id:
                    continue
                if relation.type is RelationType.TOTAL_OF:
                    voices[RelationType.PART_OF, target, pledge.id].add(voice_of(telling))
                else:
                    voices[relation.type, pledge.id, target].add(voice_of(telling))
    sizes = {pledge.id: pledge.amount.central if pledge.amount is not None else 0 for pledge in pledges}
    found = [Edge(*key, len(names)) for key, names in voices.items()]
    # Of two equally told directions the one that makes the larger sum the whole.
    return sorted(found, key=lambda edge: (-edge.voices, sizes[edge.one] > sizes[edge.other], edge))


def _reaches(graph: Mapping[str, set[str]], start: str, goal: str) -> bool:
    waiting, seen = [start], {start}
    while waiting:
        here = waiting.pop()
        if here == goal:
            return True
        for there in graph.get(here, ()):
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False


def _circle(edge: Edge) -> Finding:
    bears = edge.type.value.replace("_", " ")
    return Finding(
        "circular-relation",
        edge.one,
        f"{edge.one}: {bears} {edge.other} would close a circle. Left out; see its tellings.",
        severity=Severity.WARNING,
    )
