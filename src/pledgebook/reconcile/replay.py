"""What becomes of the groups of a book when some edges are new or gone: only what differs is worked out again.

What happens to a group in a round depends on its best likeness, on that of the group at its other end, and on who else
joins these two. So in each round only those are looked at that hold other rows than they did, that now have another
best likeness, or that meet one of these; all others become what they became before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from pledgebook.reconcile.block import number
from pledgebook.reconcile.cluster import tie_of
from pledgebook.reconcile.facts import Facts
from pledgebook.reconcile.groups import DELEGATES, Groups, Speakers, Told
from pledgebook.reconcile.interned import Bools, Ints, Small, Whole
from pledgebook.reconcile.lists import Grown, Lists
from pledgebook.reconcile.near import Near
from pledgebook.reconcile.ordering import is_first
from pledgebook.reconcile.past import NEVER, Past


class Marks:
    """Which of many numbers are meant: written and wiped for each question, so that asking costs what is asked.

    >>> Marks(9).among(np.array([7, 1, 7]), [7, 2]).tolist()
    [True, False, True]
    """

    def __init__(self, count: int) -> None:
        self._marks = np.zeros(count, np.bool_)

    def among(self, numbers: Whole, chosen: Whole) -> Bools:
        """Which of the numbers are among the chosen ones."""
        self._marks[chosen] = True
        found = self._marks.take(numbers)
        self._marks[chosen] = False
        return found


@dataclass
class Known:
    """A book's nodes and how its groups came to be: now, and before the last documents came.

    `rich` is how much each node says, `group` the least member of its group before; `telling` tells for nodes which of
    them it is, and the documents that tell it. `apart` are nodes that must not be one.
    """

    facts_of: Callable[[Ints], Facts]
    content: Grown
    rich: Grown
    near: Near
    past: Past
    before: Past
    group: Grown
    members: Lists
    told: Callable[[Ints], Told]
    apart: defaultdict[int, set[int]]

    def __post_init__(self) -> None:
        self._make_ready()

    def make_room(self) -> None:
        """Makes room for more nodes."""
        self.past, self.before = self.past.with_room(), self.before.with_room()
        self._make_ready()

    def _make_ready(self) -> None:
        self.marks = Marks(len(self.past.into))
        self.best = np.full(len(self.past.into), -1, np.int32)


@dataclass(frozen=True, slots=True)
class Replayed:
    """The nodes whose groups hold other nodes now, and these groups.

    `weakest` are the weakest edges of all groups that came to be in another way, -1 where no edge was needed.
    """

    nodes: Ints
    groups: Small
    weakest: Mapping[int, int]


class Replay:
    """The rounds again, for what differs in them."""

    def __init__(self, known: Known, heard: Iterable[int], changed: Iterable[int]) -> None:
        """`heard` are nodes that other documents tell or that must not be one, `changed` edges that are new or gone."""
        self._known, self._near, self._round = known, known.near, 1
        self._heard, self._changed = (np.array(sorted(it), np.int64) for it in (heard, changed))
        none: Ints = np.zeros(0, np.int64)
        self._rows = self._edge = self._src = self._dst = none
        self._now, self._was = (np.zeros(0, np.int32),) * 2, (np.zeros(0, np.int32),) * 2
        self._settled: list[Small] = []
        self._asked: list[Ints] = [self._changed]
        ends = self._near.edges(self._changed)
        self._load(np.concatenate([self._heard, ends.one, ends.other]))
        self._affected = self._differing()

    def run(self) -> Replayed:
        """What differs in the end."""
        while len(groups := self._concerned()):
            self._settle(groups)
            self._settled.append(groups)
            self._step()
        return self._result()

    def _load(self, nodes: Whole) -> None:
        """Brings in nodes with all that are of their groups in the end, and their edges."""
        known = self._known
        nodes = nodes[~known.marks.among(nodes, self._rows)]
        if not len(nodes):
            return
        leads = np.array(sorted(set(known.group.values.take(nodes).tolist())), np.int64)
        rows = known.members.many(leads)[1]
        self._rows = np.concatenate([self._rows, rows])
        owner, edge, other = self._near.of(rows)
        kept = self._is_open(edge)
        edge = np.concatenate([self._edge, edge[kept]])
        src, dst = np.concatenate([self._src, rows[owner[kept]]]), np.concatenate([self._dst, other[kept]])
        # Best first.
        order = np.argsort(tie_of(self._near.edges(edge), known.content.values), kind="stable")
        self._edge, self._src, self._dst = edge[order], src[order], dst[order]
        self._now, self._was = (
            (past.at(self._src, self._round), past.at(self._dst, self._round)) for past in (known.past, known.before)
        )

    def _is_open(self, edge: Ints) -> Bools:
        """Which edges have not been refused yet, now or before."""
        near = self._near
        return (near.refused.take(edge) >= self._round) | (near.before.take(edge) >= self._round)

    def _open(self) -> tuple[Bools, Bools]:
        """Which edges are open, now and before."""
        near, edge = self._near, self._edge
        return (
            (self._now[0] != self._now[1]) & (near.refused.take(edge) >= self._round),
            (self._was[0] != self._was[1]) & (near.before.take(edge) >= self._round),
        )

    def _best(self, open_: Bools, names: Small, asked: Whole) -> Ints:
        """Where the best open edge of each group stands, -1 where it has none."""
        at, best = np.flatnonzero(open_)[::-1], self._known.best
        # Of repeated places the last one written stays: the best edge, as the edges come best first.
        best[names.take(at)] = at
        found = best.take(asked).astype(np.int64)
        best[names.take(at)] = -1
        return found

    def _best_now(self, asked: Whole) -> Ints:
        return self._best(self._open()[0], self._now[0], asked)

    def _at_ends(self, asked: Whole) -> Small:
        """The groups at the other ends of the best edges of groups, which are brought in."""
        best = self._best_now(asked)
        best = best[best >= 0]
        ends = self._now[1].take(best)
        self._load(self._dst.take(best))
        return np.unique(ends)

    def _load_around(self, groups: Whole) -> None:
        """Brings in all to which groups have open edges."""
        self._load(self._dst[self._open()[0] & self._known.marks.among(self._now[0], groups)])

    def _concerned(self) -> Small:
        """The groups that may become something else in this round than before, and all that they meet."""
        known, round_ = self._known, self._round
        now, was = self._open()
        beside = (now | was) & known.marks.among(self._src, self._affected)
        odd = (now | was) & (self._near.refused.take(self._edge) != self._near.before.take(self._edge))
        if not (beside.any() or odd.any()):
            return np.zeros(0, np.int32)
        ours = np.unique(known.past.at(self._affected, round_))
        theirs = np.unique(np.concatenate([self._now[1][beside], self._now[0][odd]]))
        theirs = theirs[~known.marks.among(theirs, ours)]
        self._load(self._dst[beside])
        now, was = self._open()
        old = np.append(np.unique(known.before.at(self._affected, round_)), theirs)
        best, best_before = self._best(now, self._now[0], theirs), self._best(was, self._was[0], old)
        is_other = best != best_before[len(old) - len(theirs) :]
        changed = np.append(ours, theirs[is_other])
        # Where their best edges lead, and led.
        best = np.append(self._best(now, self._now[0], ours), best[is_other])
        best_before = best_before[np.append(np.ones(len(old) - len(theirs), np.bool_), is_other)]
        ends = self._dst.take(np.concatenate([best[best >= 0], best_before[best_before >= 0]]))
        self._load(ends)
        return self._with_stars(np.unique(np.append(changed, known.past.at(ends, round_))))

    def _with_stars(self, groups: Small) -> Small:
        """Groups, those whose best is one of them, and all that join the same pair as any of these."""
        self._load_around(groups)
        groups = np.unique(np.append(groups, self._pointing(groups)))
        ends = self._at_ends(groups)
        self._at_ends(ends)
        asked = np.unique(np.append(groups, ends))
        best = self._best_now(asked)
        asked, best = asked[best >= 0], best[best >= 0]
        there = self._now[1].take(best)
        back = self._best_now(there)
        mutual = (back >= 0) & (self._edge.take(back) == self._edge.take(best))
        centres = np.append(asked[mutual], there[mutual])
        self._load_around(centres)
        return np.unique(np.concatenate([groups, centres, self._pointing(centres)]))

    def _pointing(self, groups: Small) -> Small:
        """All that are here and whose best leads to one of these groups."""
        names = np.unique(self._now[0][self._open()[0]])
        best = self._best_now(names)
        return names[self._known.marks.among(self._now[1].take(best), groups)]

    def _settle(self, groups: Small) -> None:
        """Lets the round happen to groups, in order of their names."""
        known, near, round_ = self._known, self._near, self._round
        known.past.forget(groups[known.past.until.take(groups) == round_])
        mine = np.flatnonzero(known.marks.among(self._now[0], groups))
        again = self._edge[mine]
        again = again[near.refused.take(again) == round_]
        near.refused[again] = NEVER
        self._asked.append(again)
        best = self._best_now(groups)
        here = np.flatnonzero(best >= 0)
        best = best[here]
        end = self._now[1].take(best)
        inside = known.marks.among(end, groups)
        here, best, there = here[inside], best[inside], np.searchsorted(groups, end[inside])
        edge = self._edge.take(best)
        own = np.full(len(groups), -1, np.int64)
        own[here] = edge
        mutual = own.take(there) == edge
        once = ~mutual | (here < there)
        here, there, edge, mutual = here[once], there[once], edge[once], mutual[once]
        made = self._groups(groups)
        bad = made.settle(here, there, best=(np.ones(len(here), np.bool_), mutual), edge=edge)
        gone = np.flatnonzero(made.past.until != NEVER)
        known.past.tell(groups[gone], groups[made.past.into[gone]], made.past.edge[gone], round_)
        if len(bad):
            refused = number(groups[here[bad]], groups[there[bad]])
            open_ = mine[self._open()[0][mine]]
            met = number(self._now[0].take(open_), self._now[1].take(open_))
            edge = self._edge[open_[np.isin(met, refused)]]
            near.refused[edge] = round_
            self._asked.append(edge)

    def _groups(self, groups: Small) -> Groups:
        """These groups as they are when the round begins, numbered in their order."""
        known = self._known
        name = known.past.at(self._rows, self._round)
        mine = known.marks.among(name, groups)
        rows, group = self._rows[mine], np.searchsorted(groups, name[mine])
        order = np.lexsort((known.content.values.take(rows), -known.rich.values.take(rows), group))
        rows, group = rows[order], group[order]
        starts = is_first(group)
        size = np.diff(np.append(starts, len(rows)))
        rank = np.arange(len(rows)) - np.repeat(starts, size)
        told = known.told(np.sort(rows))
        speak = np.unique(np.append(rows[rank < DELEGATES], told.row))
        facts, content = known.facts_of(speak), known.content.values.take(speak)
        delegates = np.full((len(groups), DELEGATES), -1, np.int32)
        spoken = rank < DELEGATES
        delegates[group[spoken], rank[spoken]] = np.searchsorted(speak, rows[spoken])
        place = dict(zip(rows.tolist(), group.tolist(), strict=True)) if known.apart else {}
        apart = [
            (place[one], place[other])
            for one in sorted(place.keys() & known.apart.keys())
            for other in known.apart[one]
            if other in place and one < other
        ]
        by_row = np.argsort(rows)
        return Groups(
            Speakers.of(facts, content),
            delegates,
            size > 1,
            told=Told(np.searchsorted(speak, told.row), told.document),
            told_group=group[by_row[np.searchsorted(rows, told.row, sorter=by_row)]].astype(np.int32),
            apart=apart,
        )

    def _step(self) -> None:
        """On to the next round."""
        known = self._known
        self._round += 1
        self._now, self._was = (
            (past.at(names[0], self._round), past.at(names[1], self._round))
            for past, names in ((known.past, self._now), (known.before, self._was))
        )
        kept = self._is_open(self._edge) & ((self._now[0] != self._now[1]) | (self._was[0] != self._was[1]))
        self._edge, self._src, self._dst = self._edge[kept], self._src[kept], self._dst[kept]
        self._now, self._was = ((names[0][kept], names[1][kept]) for names in (self._now, self._was))
        self._affected = self._differing()

    def _differing(self, round_: int | None = None) -> Ints:
        """The nodes whose groups hold others than before when a round begins, or of which other documents tell."""
        known, at = self._known, self._round if round_ is None else round_
        now, was = known.past.at(self._rows, at), known.before.at(self._rows, at)
        heard = known.marks.among(self._rows, self._heard) if round_ is None else np.zeros(len(now), np.bool_)
        odd = (now != was) | heard
        names = np.append(now[odd], was[odd])
        return self._rows[known.marks.among(now, names) | known.marks.among(was, names)]

    def _result(self) -> Replayed:
        known, near = self._known, self._near
        nodes = np.sort(self._differing(NEVER))
        groups = known.past.now(nodes)
        settled = np.unique(np.concatenate(self._settled)) if self._settled else np.zeros(0, np.int32)
        other = known.past.differs(known.before, settled)
        names = np.unique(np.append(groups, known.past.now(other)))
        rows = self._rows[known.marks.among(known.past.now(self._rows), names)]
        weakest = dict.fromkeys(names.tolist(), -1)
        needed = known.past.edge.take(rows).astype(np.int64)
        needed, home = needed[needed >= 0], known.past.now(rows)[needed >= 0]
        order = np.argsort(tie_of(near.edges(needed), known.content.values))
        weakest |= dict(zip(home[order].tolist(), needed[order].tolist(), strict=True))
        known.before.adopt(known.past, other)
        near.settle(np.concatenate(self._asked))
        return Replayed(nodes, groups, weakest)
