"""Grounded proposals to claims: new ones, or what a claim of the rules lacks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pledgebook.domain import (
    Claim,
    Deliverable,
    Document,
    Evidence,
    Mention,
    Party,
    Purpose,
    Span,
    Stage,
    Term,
    content_id,
)
from pledgebook.flow.grounds import Grounded, Grounds

_ROUND = 4


def enter(claims: list[Claim], grounds: Grounds, found: Grounded, *, least: float) -> None:
    """Adds what is left of a proposal to `claims`: to one that is there already, or as one of its own.

    `least` is how likely our own reader must hold a sum to be a pledge. A count without a sum is no claim of its own:
    such counts stand in every article about chips, and the rules know theirs.
    """
    if not found.anchors:
        return
    for number, claim in enumerate(claims):
        if _is_told(claim, found):
            claims[number] = _filled(claim, found, grounds.document)
            return
    likelihood = max((grounds.likelihood(mention) for mention in found.amount), default=0.0)
    if likelihood < least or not found.amount:
        grounds.dropped["unlikely"] += 1
        return
    claims.append(_claim(grounds.document, found, likelihood))


def _is_told(claim: Claim, found: Grounded) -> bool:
    """Whether the claim rests on the same words, or tells the same sum of the same investors."""
    spans = [item.span for item in claim.evidence if item.field.partition(".")[0] in ("amount", "deliverables")]
    if any(span.overlaps(mention.span) for span in spans for mention in found.anchors):
        return True
    if not found.amount or claim.amount is None or found.amount[0].amount is None:
        return False
    names = {mention.party.name for mention in found.investors if mention.party is not None}
    told = {party.name for party in claim.investors}
    return found.amount[0].amount.money == claim.amount.money and (not names or not told or bool(names & told))


def _filled(claim: Claim, found: Grounded, document: Document) -> Claim:
    """The claim with what it lacked: who, to whom, where, until when. What it has stays."""
    quotes = _Quotes(document)
    filled, told = claim, []
    if not claim.investors and found.investors:
        filled = replace(filled, investors=quotes.parties("investors", found.investors))
        told.append("investors")
    if claim.recipient is None and found.recipient:
        filled = replace(filled, recipient=quotes.parties("recipient", found.recipient)[0])
        told.append("recipient")
    if not claim.destinations and found.destinations:
        filled = replace(filled, destinations=quotes.places(found.destinations))
        told.append("destinations")
    if claim.term.end is None and found.term_end:
        filled = replace(filled, term=replace(claim.term, end=quotes.end(found.term_end)))
        told.append("term.end")
    if not told:
        return claim
    evidence = tuple(sorted({*claim.evidence, *quotes.found}))
    reason = f"a model proposed, and the text says: {', '.join(told)}"
    return replace(filled, evidence=evidence, reasons=(*claim.reasons, reason))


def _claim(document: Document, found: Grounded, likelihood: float) -> Claim:
    quotes = _Quotes(document)
    amount = found.amount[0].amount
    quotes.add("amount", found.amount[0].span)
    deliverables: list[Deliverable] = []
    for mention in found.deliverables:
        if mention.deliverable is not None and mention.deliverable not in deliverables:
            quotes.add(f"deliverables.{len(deliverables)}", mention.span)
            deliverables.append(mention.deliverable)
    investors = quotes.parties("investors", found.investors)
    destinations = quotes.places(found.destinations)
    purposes: list[Purpose] = []
    for name, span in found.purposes:
        if Purpose(name) not in purposes:
            quotes.add(_numbered("purposes", len(purposes)), span)
            purposes.append(Purpose(name))
    stage = Stage.ANNOUNCED
    if found.stage:
        stage = Stage(found.stage[0][0])
        quotes.add("stage", found.stage[0][1])
    announced = None
    if found.announced and found.announced[0].reading is not None:
        announced = found.announced[0].reading.interval
        quotes.add("announced", found.announced[0].span)
    return Claim(
        id=content_id("claim", document.id, "llm", str(found.amount[0].span.start)),
        investors=investors,
        recipient=next(iter(quotes.parties("recipient", found.recipient)), None),
        destinations=destinations,
        amount=amount,
        deliverables=tuple(deliverables),
        purposes=tuple(sorted(purposes)) or (Purpose.GENERAL,),
        announced=announced,
        term=Term(end=quotes.end(found.term_end)),
        stage=stage,
        evidence=tuple(sorted(set(quotes.found))),
        score=round(likelihood, _ROUND),
        reasons=(f"a model proposed it, and the text says it (our own reader: {likelihood:.2f})",),
    )


class _Quotes:
    """Collects evidence: the words of our own mentions, never those that the model gave."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self.found: list[Evidence] = []

    def add(self, field: str, span: Span) -> None:
        self.found.append(Evidence(field, span, span.of(self._text)))

    def parties(self, field: str, mentions: Sequence[Mention]) -> tuple[Party, ...]:
        kept: dict[str, Party] = {}
        for mention in mentions:
            if mention.party is not None and mention.party.name not in kept:
                self.add(_numbered(field, len(kept)), mention.span)
                kept[mention.party.name] = mention.party
        return tuple(kept.values())

    def places(self, mentions: Sequence[Mention]) -> tuple[str, ...]:
        kept: list[str] = []
        for mention in mentions:
            if mention.place is not None and mention.place not in kept:
                self.add(_numbered("destinations", len(kept)), mention.span)
                kept.append(mention.place)
        return tuple(kept)

    def end(self, mentions: Sequence[Mention]) -> date | None:
        for mention in mentions:
            if mention.reading is not None:
                self.add("term.end", mention.span)
                return mention.reading.interval.latest
        return None


def _numbered(field: str, index: int) -> str:
    return field if index == 0 else f"{field}.{index}"
