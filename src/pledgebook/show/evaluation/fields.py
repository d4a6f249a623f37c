"""What a claim says in each field, and how much of it a second claim says too."""

from collections.abc import Callable, Hashable, Mapping, Sequence

from pledgebook.domain import Claim, RelationType
from pledgebook.show.evaluation.pairing import Comparison, common_deliverables, overlap, same_amount, sides

Values = tuple[Hashable, ...]


def _due_years(claim: Claim) -> Values:
    return tuple(sorted({(item.kind.value, item.due.year) for item in claim.deliverables if item.due is not None}))


# Names of parties, deliverables, sums and days are compared by their own rules, in `hits`.
_VALUES: Mapping[str, Callable[[Claim], Values]] = {
    "investors": lambda claim: tuple(sides(claim).investors),
    "destinations": lambda claim: tuple(set(claim.destinations)),
    "recipient": lambda claim: () if claim.recipient is None else (sides(claim).recipient,),
    "amount": lambda claim: () if claim.amount is None else (claim.amount.money,),
    "qualifier": lambda claim: () if claim.amount is None else (claim.amount.qualifier,),
    "deliverables": lambda claim: claim.deliverables,
    "due_year": _due_years,
    "announced": lambda claim: () if claim.announced is None else (claim.announced,),
    "term_end_year": lambda claim: () if claim.term.end is None else (claim.term.end.year,),
    "stage": lambda claim: (claim.stage,),
    "role": lambda claim: (claim.role,),
    "purposes": lambda claim: tuple(set(claim.purposes)),
}
# Those that one claim says by itself; a relation takes two.
OWN_FIELDS = tuple(_VALUES)
FIELDS = (*OWN_FIELDS[:-1], "relations", OWN_FIELDS[-1])


def values_of(name: str, claim: Claim) -> Values:
    """What a claim says in a field, each thing once."""
    return _VALUES[name](claim)


def told_values(name: str, item: Comparison) -> Values:
    """What the predicted claim says in a field, parties under the names that gold has for them."""
    if name in ("investors", "recipient"):
        theirs = sides(item.told, item.also)
        return (
            tuple(theirs.investors) if name == "investors" else () if theirs.recipient is None else (theirs.recipient,)
        )
    return _VALUES[name](item.told)


def hits(name: str, item: Comparison) -> int:
    """How much of a field is the same on both sides."""
    if name == "amount":
        return int(same_amount(item.gold, item.told))
    if name == "deliverables":
        return common_deliverables(item.gold.deliverables, item.told.deliverables)
    if name == "announced":
        return int(overlap(item.gold.announced, item.told.announced))
    return len(set(_VALUES[name](item.gold)) & set(told_values(name, item)))


def differing_fields(item: Comparison) -> tuple[str, ...]:
    """The fields of two claims in which one says what the other does not."""
    return tuple(
        name
        for name in OWN_FIELDS
        if hits(name, item) < max(len(values_of(name, item.gold)), len(told_values(name, item)))
    )


def relations(claims: Sequence[Claim], names: Sequence[str]) -> set[tuple[str, str, str]]:
    """Relations between claims under other names; a part and its whole are one relation, seen from either side."""
    index = {claim.id: n for n, claim in enumerate(claims)}
    found = set()
    for n, claim in enumerate(claims):
        for relation in claim.relations:
            other = index.get(relation.claim)
            here, there = names[n], f"? {relation.claim}" if other is None else names[other]
            if relation.type is RelationType.TOTAL_OF:
                found.add(("part", there, here))
            elif relation.type is RelationType.PART_OF:
                found.add(("part", here, there))
            else:
                found.add((relation.type.value, here, there))
    return found
