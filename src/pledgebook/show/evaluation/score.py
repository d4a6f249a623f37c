"""Precision, recall and F1 of claims, amounts and fields."""

import html
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from pledgebook.domain import Claim, Document, Interval, ReadDocument, RelationType
from pledgebook.show.evaluation.gold import Gold
from pledgebook.show.evaluation.pairing import (
    Comparison,
    common_deliverables,
    overlap,
    pair_claims,
    same_amount,
    sides,
)

_BLANK = re.compile(r"\s+")
_Values = tuple[Hashable, ...]


@dataclass(slots=True)
class Count:
    """Right, false and missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, right: int, told: int, gold: int) -> None:
        """Counts `right` ones of `told` against `gold`."""
        self.right += right
        self.false += told - right
        self.missed += gold - right

    @property
    def precision(self) -> float | None:
        """What share of what was told is right; None where nothing was told."""
        return _share(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        """What share of the gold was told; None where there is none."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Their harmonic mean."""
        return _share(2 * self.right, 2 * self.right + self.false + self.missed)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _due_years(claim: Claim) -> _Values:
    return tuple(sorted({(item.kind.value, item.due.year) for item in claim.deliverables if item.due is not None}))


# What a claim says in each field; names of parties, deliverables, sums and days are compared by their own rules below.
_VALUES: Mapping[str, Callable[[Claim], _Values]] = {
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
FIELDS = (*list(_VALUES)[:-1], "relations", "purposes")


@dataclass(slots=True)
class Score:
    """What was right, false and missed in some documents."""

    documents: int = 0
    gold_claims: int = 0
    told_claims: int = 0
    claims: Count = field(default_factory=Count)
    amounts: Count = field(default_factory=Count)
    fields: dict[str, Count] = field(default_factory=lambda: {name: Count() for name in FIELDS})
    overlaps: list[float] = field(default_factory=list)
    unread: int = 0
    negatives: int = 0
    false_in_negatives: int = 0
    negatives_hit: int = 0
    spans: int = 0
    exact: int = 0
    without_evidence: int = 0
    quoted: int = 0
    supported: int = 0

    def add(self, gold: Gold, found: ReadDocument | None) -> None:
        """Counts a document; None for `found` where the reader could not read it."""
        told = () if found is None else found.claims
        self.documents += 1
        self.unread += found is None
        self.gold_claims += len(gold.claims)
        self.told_claims += len(told)
        if not gold.claims:
            self.negatives += 1
            self.false_in_negatives += len(told)
            self.negatives_hit += bool(told)
        pairs = pair_claims(gold.claims, told, gold.also)
        beside = [Comparison(gold.claims[g], told[t], gold.also[g]) for g, t in pairs]
        self.claims.add(sum(item.is_strict for item in beside), len(told), len(gold.claims))
        priced = [sum(claim.amount is not None for claim in claims) for claims in (told, gold.claims)]
        self.amounts.add(sum(item.is_paid for item in beside), *priced)
        self._add_fields(gold, told, pairs, beside)
        self._add_relations(gold, told, pairs)
        self._add_quotes(gold, told, pairs)
        if found is not None:
            self._add_evidence(found.document, told)

    def _add_fields(
        self, gold: Gold, told: Sequence[Claim], pairs: Sequence[tuple[int, int]], beside: Iterable[Comparison]
    ) -> None:
        paired_gold, paired_told = {g for g, _ in pairs}, {t for _, t in pairs}
        for item in beside:
            for name, values in _VALUES.items():
                self.fields[name].add(_hits(name, item), len(_told(name, item)), len(values(item.gold)))
        for name, values in _VALUES.items():
            for n, claim in enumerate(gold.claims):
                if n not in paired_gold:
                    self.fields[name].add(0, 0, len(values(claim)))
            for n, claim in enumerate(told):
                if n not in paired_told:
                    self.fields[name].add(0, len(values(claim)), 0)

    def _add_relations(self, gold: Gold, told: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> None:
        meant = {t: str(g) for g, t in pairs}
        ours = _relations(gold.claims, [str(n) for n in range(len(gold.claims))])
        theirs = _relations(told, [meant.get(n, f"told {n}") for n in range(len(told))])
        self.fields["relations"].add(len(ours & theirs), len(theirs), len(ours))

    def _add_quotes(self, gold: Gold, told: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> None:
        for g, t in pairs:
            ours, theirs = gold.claims[g].announced, told[t].announced
            if ours is not None and theirs is not None and overlap(ours, theirs):
                self.overlaps.append(_shared_days(ours, theirs))
            for name, quotes in gold.quotes[g].items():
                said = [_plain(item.text) for item in told[t].evidence if _base(item.field) == name]
                if said:
                    self.quoted += 1
                    wanted = [_plain(words) for words in quotes]
                    self.supported += any(words and (words in one or one in words) for words in said for one in wanted)

    def _add_evidence(self, document: Document, told: Sequence[Claim]) -> None:
        for claim in told:
            self.without_evidence += not claim.evidence
            self.spans += len(claim.evidence)
            self.exact += sum(item.span.of(document.text) == item.text for item in claim.evidence)


def score_documents(pairs: Iterable[tuple[Gold, ReadDocument | None]]) -> dict[str, Score]:
    """Scores of all documents, under "all", and of those of each language; languages with most documents first."""
    scores = {"all": Score()}
    for gold, found in pairs:
        for name in ("all", gold.language):
            scores.setdefault(name, Score()).add(gold, found)
    order = sorted((name for name in scores if name != "all"), key=lambda name: (-scores[name].documents, name))
    return {name: scores[name] for name in ("all", *order)}


def _told(name: str, item: Comparison) -> _Values:
    if name in ("investors", "recipient"):
        theirs = sides(item.told, item.also)
        return (
            tuple(theirs.investors) if name == "investors" else () if theirs.recipient is None else (theirs.recipient,)
        )
    return _VALUES[name](item.told)


def _hits(name: str, item: Comparison) -> int:
    if name == "amount":
        return int(same_amount(item.gold, item.told))
    if name == "deliverables":
        return common_deliverables(item.gold.deliverables, item.told.deliverables)
    if name == "announced":
        return int(overlap(item.gold.announced, item.told.announced))
    return len(set(_VALUES[name](item.gold)) & set(_told(name, item)))


def _relations(claims: Sequence[Claim], names: Sequence[str]) -> set[tuple[str, str, str]]:
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


def _base(name: str) -> str:
    return name.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0]


def _plain(text: str) -> str:
    return _BLANK.sub(" ", html.unescape(text).replace("\u00a0", " ")).strip().casefold()


def _shared_days(one: Interval, other: Interval) -> float:
    shared = one.narrowed(other)
    return 0.0 if shared is None else shared.days / one.joined(other).days


def mean(values: Sequence[float]) -> float | None:
    """The mean, None where there is nothing."""
    return fmean(values) if values else None
