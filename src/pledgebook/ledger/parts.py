"""Totals through their parts: what each pledge adds once all that is known of its parts is taken out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pledgebook.domain import Pledge, RelationType
from pledgebook.ledger.bounds import Bounds, added
from pledgebook.ledger.status import related

# The bounds of a part in the unit of its whole (its currency at the day's rate); None where there is no rate.
InUnitOf = Callable[[str, Bounds, str], Bounds | None]


@dataclass(frozen=True)
class Parts:
    """What counts of some pledges, each known by its id, given which are parts of which.

    `bounds` are those of every pledge that counts, before its parts are taken out of it. `parts` lists the direct
    parts of a whole. `rounding` is how far a total's own figure is rounded: a rest below that is none.
    """

    bounds: Mapping[str, Bounds]
    parts: Mapping[str, tuple[str, ...]]
    in_unit_of: InUnitOf
    rounding: Mapping[str, Decimal] = field(default_factory=dict)

    @cached_property
    def bottom_up(self) -> tuple[str, ...]:
        """All that counts, parts before their wholes."""
        order: dict[str, None] = {}
        for start in sorted(self.bounds):
            stack = [(start, False)]
            while stack:
                here, done = stack.pop()
                if done:
                    order[here] = None
                elif here not in order:
                    stack.append((here, True))
                    stack.extend((part, False) for part in self.parts.get(here, ()) if part not in order)
        return tuple(item for item in order if item in self.bounds)

    def below(self, whole: str) -> tuple[str, ...]:
        """All counting pledges below a whole, each once, also those below a part that doesn't count itself."""
        return self._below.get(whole, ())

    @cached_property
    def _below(self) -> dict[str, tuple[str, ...]]:
        found = {}
        for whole in self.parts:
            seen: dict[str, None] = {}
            waiting = list(reversed(self.parts[whole]))
            while waiting:
                here = waiting.pop()
                if here not in seen:
                    seen[here] = None
                    waiting.extend(reversed(self.parts.get(here, ())))
            found[whole] = tuple(item for item in seen if item in self.bounds and item != whole)
        return found

    def own(self, inside: Collection[str] | None = None) -> dict[str, Bounds]:
        """What each pledge adds by itself: all of it, or of a whole what its parts leave.

        Where parts are ranges, the rest is one too: least where the parts are most. `inside` are the pledges that
        are added up together: among those a part and the rest move against each other, and make the total exactly.
        """
        found: dict[str, Bounds] = {}
        for item in self.bottom_up:
            parts = self.below(item)
            if not parts:
                found[item] = self.bounds[item]
                continue
            stays = inside is not None and item in inside
            taken = []
            for part in parts:
                share = self.in_unit_of(part, found[part], item)
                if share is not None:
                    taken.append(share if stays and inside is not None and part in inside else share.turned)
            rest = self.bounds[item].less(added(taken))
            found[item] = rest if stays else _ordered(rest)
        return found

    def is_rounding(self, whole: str, rest: Bounds) -> bool:
        """Whether what the parts leave of a whole is no more than the rounding of its figure."""
        return rest.central <= self.rounding.get(whole, Decimal(0)) and rest.high <= rest.central

    @cached_property
    def _alone(self) -> dict[str, Bounds]:
        return self.own()

    def exceeding(self, whole: str) -> Bounds:
        """By how much the parts of a whole exceed it, nothing where they don't."""
        shares = (self.in_unit_of(part, self._alone[part], whole) for part in self.below(whole))
        return added(share for share in shares if share is not None).less(self.bounds[whole])


def _ordered(bounds: Bounds) -> Bounds:
    return Bounds(min(bounds.low, bounds.central), bounds.central, max(bounds.central, bounds.high))


def list_parts(
    pledges: Sequence[Pledge], presumed: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, tuple[str, ...]]:
    """The direct parts of every pledge that has some: told ones, those of the plans that it replaced, presumed ones.

    The told ones make no circle; of the others those are left out that would close one.
    """
    by_id = {pledge.id: pledge for pledge in pledges}
    parts = {pledge.id: dict.fromkeys(_direct(pledge, by_id)) for pledge in pledges}
    others = [
        (pledge.id, part) for pledge in pledges for plan in _older_plans(pledge, by_id) for part in _direct(plan, by_id)
    ]
    others += [(whole, part) for whole, found in (presumed or {}).items() for part in found]
    for whole, part in others:
        if part not in parts[whole] and not _holds(parts, part, whole):
            parts[whole][part] = None
    return {whole: tuple(found) for whole, found in parts.items() if found}


def _holds(parts: Mapping[str, Iterable[str]], whole: str, part: str) -> bool:
    """Whether a pledge is, or has somewhere below it, another one."""
    waiting, seen = [whole], {whole}
    while waiting:
        here = waiting.pop()
        if here == part:
            return True
        for below in parts.get(here, ()):
            if below not in seen:
                seen.add(below)
                waiting.append(below)
    return False


def _direct(pledge: Pledge, by_id: Mapping[str, Pledge]) -> tuple[str, ...]:
    """The parts of a pledge, without those whose successor is among them."""
    parts = [part for part in related(pledge, RelationType.TOTAL_OF) if part in by_id]
    replaced = {old for part in parts for old in related(by_id[part], RelationType.REPLACES)}
    return tuple(part for part in parts if part not in replaced)


def _older_plans(pledge: Pledge, by_id: Mapping[str, Pledge]) -> Iterable[Pledge]:
    """All the plans that a pledge replaced, directly or through others."""
    waiting, seen = [pledge.id], {pledge.id}
    while waiting:
        for old in related(by_id[waiting.pop()], RelationType.REPLACES):
            if old in by_id and old not in seen:
                seen.add(old)
                waiting.append(old)
                yield by_id[old]
