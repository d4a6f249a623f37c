"""Which pledges may bear on each other: by what their claims tell, and as totals that may hold what they don't name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from pledgebook.domain import Pledge, ReadDocument, Role
from pledgebook.ledger.presumed import may_hold
from pledgebook.reconcile.wholes import Beside

Key = tuple[str, str]
# A pledge by the keys of its tellings, in order.
Keys = tuple[Key, ...]
_Trait = tuple[str, str]


class Bearing:
    """Pledges by the keys of their tellings, with as little of each as tells what it may bear on."""

    def __init__(self) -> None:
        self._linked: dict[Key, set[Key]] = defaultdict(set)
        self._told_totals: set[Key] = set()
        self._beside = Beside()
        self._slim: dict[Keys, Pledge] = {}
        self._totals: dict[_Trait, set[Keys]] = defaultdict(set)
        self._singles: dict[_Trait, set[Keys]] = defaultdict(set)

    def hear(self, item: ReadDocument) -> None:
        """Remembers which claims of a document bear on each other, and which tell of totals."""
        for claim in item.claims:
            key = (item.document.id, claim.id)
            if claim.role is Role.TOTAL:
                self._told_totals.add(key)
            told = [(key, (item.document.id, relation.claim)) for relation in claim.relations]
            for one, other in (*told, *self._beside.hear(key, claim)):
                self._linked[one].add(other)
                self._linked[other].add(one)

    def may_bear(self, keys: Keys) -> bool:
        """Whether a pledge of these tellings may be a total, or bears on others by what is told."""
        return any(key in self._linked or key in self._told_totals for key in keys)

    def linked(self, keys: Keys) -> Iterator[Key]:
        """The tellings that these bear on, or that bear on these, by what is told."""
        for key in keys:
            yield from self._linked.get(key, ())

    def put(self, keys: Keys, pledge: Pledge, *, only_totals: bool = False) -> None:
        """Remembers a pledge, or a total, in place of what was known of it."""
        self.drop(keys)
        if only_totals and pledge.role is not Role.TOTAL:
            return
        slim = self._slim[keys] = Pledge(
            pledge.id, (), pledge.investors, destinations=pledge.destinations, announced=pledge.announced,
            term=pledge.term, role=pledge.role,
        )  # fmt: skip
        for trait in _traits(slim):
            self._of(slim)[trait].add(keys)

    def drop(self, keys: Keys) -> Pledge | None:
        """Forgets a pledge; what was known of it."""
        slim = self._slim.pop(keys, None)
        if slim is not None:
            for trait in _traits(slim):
                self._of(slim)[trait].discard(keys)
        return slim

    def id_of(self, keys: Keys) -> str:
        """The id of a pledge that is known."""
        return self._slim[keys].id

    def _of(self, pledge: Pledge) -> dict[_Trait, set[Keys]]:
        return self._totals if pledge.role is Role.TOTAL else self._singles

    def beside(self, pledge: Pledge) -> set[Keys]:
        """The totals that may hold a pledge; of a total, the pledges that it may hold."""
        if pledge.role is Role.TOTAL:
            return {
                keys for trait in _traits(pledge) for keys in self._singles[trait] if may_hold(pledge, self._slim[keys])
            }
        return {keys for trait in _traits(pledge) for keys in self._totals[trait] if may_hold(self._slim[keys], pledge)}

    def beside_known(self, keys: Keys) -> set[Keys]:
        """The same of a pledge that is known."""
        return self.beside(self._slim[keys]) if keys in self._slim else set()


def _traits(pledge: Pledge) -> Iterable[_Trait]:
    """By what a total is found by those that it may hold: its investors, or its countries where it names nobody."""
    who = {("investor", party.name) for party in pledge.investors}
    if pledge.role is Role.TOTAL and who:
        return sorted(who)
    return sorted({*who, *(("country", code) for code in pledge.destinations)})
