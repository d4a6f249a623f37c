"""How a claim that somebody decided about is known again: in its document as a newer reader read it, or come again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from pledgebook.domain import TWIN, Claim, Decision, Evidence, Finding, Mark, Severity, Telling

Key = tuple[str, str]

LOST = "lost-decision"
# What each field says for two claims being one; a figure says most, where claims of one document share the rest.
_WEIGHTS = {"amount": 4, "deliverables": 3, "investors": 2, "recipient": 2, "destinations": 1, "places": 1, "stage": 1}
_FIGURES = frozenset({"amount", "deliverables"})
# So much of what was marked has to be found again.
_ENOUGH = 0.6
_LENGTH = 16


def mark_of(telling: Telling, side: int = 0) -> Mark:
    """By what the claim of a telling will be known again, without a word of the document in it."""
    claim = telling.claim
    words = ((_field(item), item.span.start, item.span.end, _digest(item.text)) for item in claim.evidence)
    return Mark(
        side=side,
        source=_digest(telling.source),
        words=tuple(sorted(item for item in words if item[0] in _WEIGHTS)),
        values=tuple(sorted(_values(claim))),
    )


@dataclass(frozen=True, slots=True)
class Bound:
    """Decisions that name the claims of today, and findings for those whose claims nobody finds any more."""

    decisions: tuple[Decision, ...]
    findings: tuple[Finding, ...] = ()


def bind(decisions: Iterable[Decision], tellings: Iterable[Telling]) -> Bound:
    """The decisions with the claims that their documents have today in place of those that were decided about.

    A claim is known again by its document and its words and figures, whatever it is called now; where the same page
    was kept again with another text, its claim there is bound too. A decision without marks goes by the ids alone.
    """
    known = tuple(decisions)
    if not any(item.marks for item in known):
        return Bound(known)
    here = _Known(tellings, {document for item in known for document, _ in item.subjects})
    bound, findings = [], []
    for item in known:
        if len(item.marks) != len(item.subjects):
            bound.append(item)
            continue
        pairs = [
            (subject, mark, here.find(subject, mark)) for subject, mark in zip(item.subjects, item.marks, strict=True)
        ]
        again = {key: mark for _, mark, keys in pairs for key in keys}
        bound.append(replace(item, subjects=tuple(again), marks=tuple(again.values())))
        findings += [_lost(item, subject) for subject, _, keys in pairs if not keys and here.has(subject[0])]
    return Bound(tuple(bound), tuple(findings))


def concerned(decisions: Iterable[Decision]) -> Callable[[str, str], bool]:
    """Whether `bind` looks at the tellings of a document, by its id and its source, for any of these decisions."""
    known = tuple(decisions)
    documents = {document for item in known for document, _ in item.subjects}
    sources = {mark.source for item in known for mark in item.marks}

    def is_concerned(document: str, source: str) -> bool:
        return document in documents or document.partition(TWIN)[0] in documents or _digest(source) in sources

    return is_concerned


def _lost(decision: Decision, subject: Key) -> Finding:
    return Finding(
        LOST,
        subject[0],
        f"{decision.id}: {decision.by} decided {decision.kind.value} about {subject[0]}/{subject[1]}, and no claim of "
        "that document says so any more. Decide again, or undo it.",
        severity=Severity.WARNING,
    )


class _Known:
    """Tellings by document and by source, as far as decisions may be about them."""

    def __init__(self, tellings: Iterable[Telling], documents: set[str]) -> None:
        self._by_document: dict[str, list[Telling]] = defaultdict(list)
        self._by_source: dict[str, list[Telling]] = defaultdict(list)
        sources: dict[str, str] = {}
        for telling in sorted(tellings, key=lambda item: item.key):
            name = telling.document.partition(TWIN)[0]
            if telling.document in documents:
                name = telling.document
            if name in documents:
                self._by_document[name].append(telling)
            source = sources.get(telling.source)
            if source is None:
                source = sources[telling.source] = _digest(telling.source)
            self._by_source[source].append(telling)

    def has(self, document: str) -> bool:
        """Whether the document is known, with whatever claims."""
        return document in self._by_document

    def find(self, subject: Key, mark: Mark) -> tuple[Key, ...]:
        """The claims that say today what the marked one said: one of each document that it may stand in."""
        document, name = subject
        found = self._best(self._by_document.get(document, ()), name, mark, same_text=True)
        others: dict[str, list[Telling]] = defaultdict(list)
        for telling in self._by_source.get(mark.source, ()):
            if telling.document != document:
                others[telling.document].append(telling)
        for other in sorted(others):
            found += self._best(others[other], name, mark, same_text=False)
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _best(tellings: Sequence[Telling], name: str, mark: Mark, *, same_text: bool) -> tuple[Key, ...]:
        if not mark.words and not mark.values:
            return tuple(item.key for item in tellings if item.claim.id == name)
        scored = [(_likeness(mark, item.claim, same_text=same_text), item) for item in tellings]
        fitting = [(score, item) for score, item in scored if score >= _ENOUGH]
        if not fitting:
            return ()
        return (min(fitting, key=lambda pair: (-pair[0], pair[1].claim.id != name, pair[1].key))[1].key,)


def _likeness(mark: Mark, claim: Claim, *, same_text: bool) -> float:
    """How much of what was marked a claim says, from 0 to 1; 0 where its figures are others."""
    words, values = _by_field(claim.evidence), dict(_values(claim))
    marked = {field for field, *_ in mark.words} | {field for field, _ in mark.values}
    if not marked:
        return 0.0
    agreed = set()
    for field, value in mark.values:
        if values.get(field) == value:
            agreed.add(field)
    for field, start, end, digest in mark.words:
        for item in words.get(field, ()):
            overlaps = same_text and item.span.start < end and start < item.span.end
            if overlaps or _digest(item.text) == digest:
                agreed.add(field)
    figures = marked & _FIGURES
    if figures and not figures & agreed:
        return 0.0
    return sum(_WEIGHTS[field] for field in agreed) / sum(_WEIGHTS[field] for field in marked)


def _by_field(evidence: Iterable[Evidence]) -> Mapping[str, Sequence[Evidence]]:
    found: dict[str, list[Evidence]] = defaultdict(list)
    for item in evidence:
        found[_field(item)].append(item)
    return found


def _field(item: Evidence) -> str:
    return item.field.partition(".")[0].partition("[")[0]


def _values(claim: Claim) -> list[tuple[str, str]]:
    said = {
        "amount": "" if claim.amount is None else f"{claim.amount.value.normalize():f} {claim.amount.currency}",
        "deliverables": " ".join(
            sorted(f"{item.kind.value}={item.count.normalize():f}" for item in claim.deliverables)
        ),
        "investors": "|".join(sorted(party.name for party in claim.investors)),
        "recipient": "" if claim.recipient is None else claim.recipient.name,
        "destinations": " ".join(sorted(claim.destinations)),
        "places": "|".join(sorted(claim.places)),
    }
    return [(field, _digest(value)) for field, value in said.items() if value]


def _digest(words: str) -> str:
    plain = " ".join(words.split()).casefold()
    return sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
