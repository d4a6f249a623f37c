"""Precision, recall and F1 of claims, amounts and fields."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from pledgebook.domain import Claim, Document, Interval, ReadDocument
from pledgebook.show.evaluation.fields import FIELDS, OWN_FIELDS, hits, relations, told_values, values_of
from pledgebook.show.evaluation.gold import Gold
from pledgebook.show.evaluation.pairing import Comparison, overlap, pair_claims

_BLANK = re.compile(r"\s+")


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

    def merge(self, other: "Count") -> None:
        """Counts what the other has counted."""
        self.right += other.right
        self.false += other.false
        self.missed += other.missed

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


_SUMS = (
    *("documents", "gold_claims", "told_claims", "unread", "negatives", "false_in_negatives", "negatives_hit"),
    *("spans", "exact", "without_evidence", "quoted", "supported"),
)


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

    def merge(self, other: "Score") -> None:
        """Counts the documents that the other has counted."""
        for name in _SUMS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.claims.merge(other.claims)
        self.amounts.merge(other.amounts)
        for field_name, count in other.fields.items():
            self.fields[field_name].merge(count)
        self.overlaps += other.overlaps

    def _add_fields(
        self, gold: Gold, told: Sequence[Claim], pairs: Sequence[tuple[int, int]], beside: Iterable[Comparison]
    ) -> None:
        paired_gold, paired_told = {g for g, _ in pairs}, {t for _, t in pairs}
        for item in beside:
            for name in OWN_FIELDS:
                self.fields[name].add(hits(name, item), len(told_values(name, item)), len(values_of(name, item.gold)))
        for name in OWN_FIELDS:
            for n, claim in enumerate(gold.claims):
                if n not in paired_gold:
                    self.fields[name].add(0, 0, len(values_of(name, claim)))
            for n, claim in enumerate(told):
                if n not in paired_told:
                    self.fields[name].add(0, len(values_of(name, claim)), 0)

    def _add_relations(self, gold: Gold, told: Sequence[Claim], pairs: Sequence[tuple[int, int]]) -> None:
        meant = {t: str(g) for g, t in pairs}
        ours = relations(gold.claims, [str(n) for n in range(len(gold.claims))])
        theirs = relations(told, [meant.get(n, f"told {n}") for n in range(len(told))])
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


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of all documents, of those of each language, and of those of each kind: by format, by style, by tag.

    Of several languages or kinds, those with most documents come first.
    """

    whole: Score
    languages: Mapping[str, Score]
    formats: Mapping[str, Score]
    styles: Mapping[str, Score]
    tags: Mapping[str, Score]


def score_documents(pairs: Iterable[tuple[Gold, ReadDocument | None]]) -> Scores:
    """The scores of documents, each with what a reader made of it: None where it could not read it."""
    whole = Score()
    groups: tuple[dict[str, Score], ...] = ({}, {}, {}, {})
    for gold, found in pairs:
        one = Score()
        one.add(gold, found)
        whole.merge(one)
        styles = () if gold.style is None else (gold.style,)
        kinds = ((gold.language,), (gold.format,), styles, dict.fromkeys(gold.tags))
        for group, names in zip(groups, kinds, strict=True):
            for name in names:
                group.setdefault(name, Score()).merge(one)
    return Scores(whole, *map(_fullest_first, groups))


def _fullest_first(scores: Mapping[str, Score]) -> dict[str, Score]:
    return {name: scores[name] for name in sorted(scores, key=lambda name: (-scores[name].documents, name))}


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
