"""Which gold claim and which predicted claim are meant to be one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.domain import Claim, Deliverable, Interval
from pledgebook.show.evaluation.names import name_key

TOLERANCE = Decimal("0.005")
# First as many strictly equal pairs as can be, then as many equal amounts, then the fullest agreement.
_STRICT, _PAID = 1e6 + 1, 1e3


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties of a claim by their keys."""

    investors: frozenset[str]
    recipient: str | None


def sides(claim: Claim, also: Mapping[str, str] | None = None) -> Sides:
    """The parties of a claim; names in `also` count as the names that they stand for."""
    known = {name_key(other): name_key(name) for other, name in (also or {}).items()}
    recipient = None if claim.recipient is None else name_key(claim.recipient.name)
    names = (name_key(party.name) for party in claim.investors)
    return Sides(
        frozenset(known.get(name, name) for name in names),
        None if recipient is None else known.get(recipient, recipient),
    )


def is_close(one: Decimal, other: Decimal) -> bool:
    """Whether two figures differ by no more than rounding."""
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other))


def same_amount(gold: Claim, told: Claim) -> bool:
    """Whether both tell the same sum in the same currency."""
    one, other = gold.amount, told.amount
    return one is not None and other is not None and one.currency == other.currency and is_close(one.value, other.value)


def overlap(one: Interval | None, other: Interval | None) -> bool:
    """Whether both are known and share a day."""
    return one is not None and other is not None and one.overlaps(other)


def common_deliverables(gold: Sequence[Deliverable], told: Sequence[Deliverable]) -> int:
    """How many things are told by both, each counted once."""
    left, hits = list(told), 0
    for item in gold:
        found = next(
            (n for n, other in enumerate(left) if other.kind is item.kind and is_close(item.count, other.count)), None
        )
        if found is not None:
            hits += 1
            del left[found]
    return hits


@dataclass(frozen=True, slots=True)
class Comparison:
    """A gold claim beside a predicted one."""

    gold: Claim
    told: Claim
    also: Mapping[str, str]

    @property
    def is_strict(self) -> bool:
        """Whether investors, destinations or recipient, and amount are the same."""
        ours, theirs = sides(self.gold), sides(self.told, self.also)
        same_place = set(self.told.destinations) == set(self.gold.destinations)
        same_recipient = ours.recipient is not None and theirs.recipient == ours.recipient
        no_amounts = self.gold.amount is None and self.told.amount is None
        return (
            theirs.investors == ours.investors
            and (same_place or same_recipient)
            and (no_amounts or same_amount(self.gold, self.told))
        )

    @property
    def is_paid(self) -> bool:
        """Whether the amount is the same and at least one investor, or nobody is named on both sides."""
        ours, theirs = sides(self.gold).investors, sides(self.told, self.also).investors
        return same_amount(self.gold, self.told) and bool(ours & theirs or (not ours and not theirs))

    @property
    def agreement(self) -> float:
        """How much the two agree; 0 where nothing says that they are about one thing."""
        gold, told = self.gold, self.told
        ours, theirs = sides(gold), sides(told, self.also)
        hits = common_deliverables(gold.deliverables, told.deliverables)
        shared, paid = bool(ours.investors & theirs.investors), same_amount(gold, told)
        same_recipient = ours.recipient is not None and theirs.recipient == ours.recipient
        place = bool(gold.destinations) and set(gold.destinations) == set(told.destinations)
        nobody = not ours.investors and not theirs.investors
        if not (shared or paid or same_recipient or hits or (place and nobody)):
            return 0.0
        end = _year(gold)
        qualifier = None if gold.amount is None else gold.amount.qualifier
        score = 3.0 * paid + 2.0 * shared + 1.0 * (ours.investors == theirs.investors) + 1.0 * place
        score += 1.0 * same_recipient + 0.7 * min(hits, 3)
        score += 0.5 * (gold.stage == told.stage) + 0.5 * (gold.role == told.role)
        score += 0.5 * overlap(gold.announced, told.announced) + 0.5 * (end is not None and end == _year(told))
        score += 0.3 * (qualifier is not None and told.amount is not None and qualifier == told.amount.qualifier)
        score += 0.2 * len(set(gold.purposes) & set(told.purposes))
        return score + 0.1 * ((gold.amount is None) == (told.amount is None))

    @property
    def weight(self) -> float:
        """What pairing them is worth."""
        return self.agreement + _STRICT * self.is_strict + _PAID * self.is_paid


def _year(claim: Claim) -> int | None:
    return None if claim.term.end is None else claim.term.end.year


def pair_claims(
    gold: Sequence[Claim], told: Sequence[Claim], also: Sequence[Mapping[str, str]]
) -> list[tuple[int, int]]:
    """Indices of gold and predicted claims that belong together, one to one, so that all together agree most."""
    weights = [[Comparison(g, t, also[n]).weight for t in told] for n, g in enumerate(gold)]
    if not gold or not told:
        return []
    if len(gold) <= len(told):
        pairs = _assign(len(gold), len(told), lambda row, column: -weights[row][column])
    else:
        pairs = [(g, t) for t, g in _assign(len(told), len(gold), lambda row, column: -weights[column][row])]
    return sorted((g, t) for g, t in pairs if weights[g][t] > 0)


def _assign(rows: int, columns: int, cost: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """A column for every row so that the costs together are least; there are at least as many columns as rows.

    The Hungarian method with potentials: row by row, the shortest way to a free column is found and turned over.
    """
    potentials = [0.0] * rows, [0.0] * columns
    owner: list[int | None] = [None] * columns
    for start in range(rows):
        here, before = _shortest_way(start, owner, potentials, cost)
        while here >= 0:
            previous = before[here]
            owner[here] = start if previous < 0 else owner[previous]
            here = previous
    return [(row, column) for column, row in enumerate(owner) if row is not None]


def _shortest_way(
    start: int,
    owner: Sequence[int | None],
    potentials: tuple[list[float], list[float]],
    cost: Callable[[int, int], float],
) -> tuple[int, list[int]]:
    """The free column nearest to a row, and for each column the one before it on the way; potentials follow."""
    of_row, of_column = potentials
    slack, before = [float("inf")] * len(owner), [-1] * len(owner)
    reached: list[tuple[int, int]] = []
    here, row = -1, start
    while True:
        done = {column for column, _ in reached}
        free = [column for column in range(len(owner)) if column not in done]
        for column in free:
            reduced = cost(row, column) - of_row[row] - of_column[column]
            if reduced < slack[column]:
                slack[column], before[column] = reduced, here
        here = min(free, key=lambda column: slack[column])
        gap = slack[here]
        of_row[start] += gap
        for column, passed in reached:
            of_row[passed] += gap
            of_column[column] -= gap
        for column in free:
            slack[column] -= gap
        following = owner[here]
        if following is None:
            return here, before
        reached.append((here, following))
        row = following
