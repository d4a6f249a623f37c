"""Drafts to claims: every decision made, every field with its words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledgebook.domain import (
    Amount,
    Basis,
    Claim,
    Deliverable,
    Document,
    Finding,
    Interval,
    Mention,
    Qualifier,
    Relation,
    RelationType,
    Role,
    Term,
    content_id,
)
from pledgebook.extract.claims.days import find_announced, find_due, find_term
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.drafts import build_drafts
from pledgebook.extract.claims.quotes import Quotes
from pledgebook.extract.claims.relations import Link, find_links, implied_amounts, settled_roles
from pledgebook.extract.claims.repairs import repaired
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.sites import find_sites
from pledgebook.extract.claims.territory import Territory, find_territories
from pledgebook.extract.claims.verdicts import Verdict, judge
from pledgebook.extract.claims.view import View
from pledgebook.extract.ports import Extraction, Rates


@dataclass(slots=True)
class _Work:
    """A draft with all that was decided of it."""

    draft: Draft
    territory: Territory
    verdict: Verdict
    announced: Interval | None
    announced_words: Mention | None
    term: Term
    term_words: dict[str, Mention]
    implied: tuple[Amount, tuple[Mention, ...], str] | None = None


def assemble(scene: Scene, view: View, document: Document, *, rates: Rates | None = None) -> Extraction:
    """The claims of a scene, in the order in which the document first tells of them."""
    headline = scene.sentences[scene.title].span if scene.title >= 0 else None
    money, findings = repaired(scene.money, scene.text, document.id, headline=headline)
    scene = replace(scene, money=money)
    _, drafts = build_drafts(scene)
    territories = find_territories(scene, drafts)
    verdicts = [judge(scene, draft, drafts, territory) for draft, territory in zip(drafts, territories, strict=True)]
    roles = settled_roles(scene, drafts, verdicts, territories)
    works = [
        _decide(scene, draft, territory, replace(verdict, role=role))
        for draft, territory, verdict, role in zip(drafts, territories, verdicts, roles, strict=True)
    ]
    links = find_links(scene, drafts, roles, territories)
    for n, implied in implied_amounts(scene, drafts, links, rates=rates).items():
        works[n].implied = implied
    _share_days(works, links)
    _share_places(scene, works, links)
    ids = _ids(document, works)
    claims = tuple(
        _claim(scene, view, document, work, ids, [link for link in links if n in (link.source, link.target)], n)
        for n, work in enumerate(works)
    )
    return Extraction(claims, tuple(_at_home(finding, view) for finding in findings))


def _decide(scene: Scene, draft: Draft, territory: Territory, verdict: Verdict) -> _Work:
    announced, words = find_announced(scene, draft, territory, role=verdict.role, is_news=verdict.is_news)
    term, term_words = find_term(scene, draft, territory, role=verdict.role)
    return _Work(draft, territory, verdict, announced, words, term, term_words)


def _share_days(works: Sequence[_Work], links: Sequence[Link]) -> None:
    """Parts share the day of their whole where no words of their own tell another."""
    for link in links:
        if link.type is not RelationType.PART_OF:
            continue
        part, whole = works[link.source], works[link.target]
        if part.announced_words is None and whole.announced_words is not None and part.verdict.role is not Role.EARLIER:
            part.announced, part.announced_words = whole.announced, whole.announced_words


def _share_places(scene: Scene, works: Sequence[_Work], links: Sequence[Link]) -> None:
    """Parts lie in the country of their whole where the sentences of their own figures name no place."""
    for link in links:
        part, whole = works[link.source].draft, works[link.target].draft
        if link.type is not RelationType.PART_OF or len(whole.destinations) != 1 or part.is_worldwide:
            continue
        if not any(scene.has_place(scene.sentence_at(mention.span.start)) for mention in part.anchors):
            part.destinations = list(whole.destinations)


def _ids(document: Document, works: Sequence[_Work]) -> list[str]:
    ids: list[str] = []
    for work in works:
        draft = work.draft
        amount = work.implied[0] if work.implied else draft.amount
        parts = (
            ",".join(actor.key for actor in draft.investors),
            draft.recipient.key if draft.recipient else "",
            ",".join(_destinations(draft)),
            f"{amount.value.normalize():f} {amount.currency}" if amount else "",
            ",".join(
                f"{m.deliverable.kind} {m.deliverable.count.normalize():f}" for m in draft.quantities if m.deliverable
            ),
        )
        name = content_id("claim", document.id, *parts)
        again = sum(other == name or other.startswith(f"{name}-") for other in ids)
        ids.append(f"{name}-{again + 1}" if again else name)
    return ids


def _claim(
    scene: Scene, view: View, document: Document, work: _Work, ids: Sequence[str], links: Sequence[Link], n: int
) -> Claim:
    draft, verdict = work.draft, work.verdict
    quotes = Quotes(scene, view, document.text)
    amount = _amount(scene, work, quotes)
    deliverables = _deliverables(scene, draft, quotes)
    places = find_sites(scene, draft, work.territory)
    quotes.actors("investors", draft.investors, draft.anchors)
    if draft.recipient is not None:
        quotes.actors("recipient", [draft.recipient], draft.anchors)
    if draft.is_worldwide:
        quotes.cue("destinations", ("capex", "total", "per_year", "invest"), work.territory, draft.anchors)
    else:
        quotes.actors("destinations", draft.destinations, draft.anchors)
    for index, (_, mention) in enumerate(places):
        quotes.add(_numbered("places", index), mention.span)
    quotes.purposes(verdict.purposes, work.territory, draft.anchors)
    if work.announced_words is not None:
        quotes.add("announced", work.announced_words.span)
    elif work.announced is not None:
        quotes.cue("announced", ("announce", "invest", "plan", "build"), work.territory, draft.anchors)
    for name, mention in sorted(work.term_words.items()):
        quotes.add(name, mention.span)
    quotes.stage(verdict.stage, work.territory, draft.anchors)
    if verdict.role is not Role.NEW:
        quotes.cue(
            "role",
            ("earlier", "complete") if verdict.role is Role.EARLIER else ("total", "summit"),
            work.territory,
            draft.anchors,
        )
    relations = tuple(sorted(_relations(links, ids, n)))
    for kind in (RelationType.ADDS_TO, RelationType.REPLACES):
        if any(relation.type is kind for relation in relations):
            quotes.cue(
                "relations", ("add",) if kind is RelationType.ADDS_TO else ("replace",), work.territory, draft.anchors
            )
    return Claim(
        id=ids[n],
        investors=tuple(actor.party for actor in draft.investors if actor.party is not None),
        recipient=draft.recipient.party if draft.recipient is not None else None,
        destinations=_destinations(draft),
        places=tuple(name for name, _ in places),
        amount=amount,
        deliverables=deliverables,
        purposes=verdict.purposes,
        announced=work.announced,
        term=work.term,
        stage=verdict.stage,
        role=verdict.role,
        relations=relations,
        evidence=quotes.all(),
        score=round(draft.score, 4),
        reasons=(*draft.reasons, *verdict.reasons),
    )


def _amount(scene: Scene, work: _Work, quotes: Quotes) -> Amount | None:
    """The first-named sum, with the qualifier that any telling of it has, and its evidence."""
    if work.implied is not None:
        amount, mentions, reason = work.implied
        for index, mention in enumerate(mentions):
            quotes.add(_numbered("amount", index), mention.span)
        work.draft.reasons.append(f"implied: {reason}")
        return amount
    figures = work.draft.figures
    if not figures or figures[0].amount is None:
        return None
    whole = [figure for figure in figures if not figure.damaged] or figures
    # A headline rounds and converts: the text's first figure is the amount.
    whole = sorted(whole, key=lambda figure: scene.sentences[scene.sentence_at(figure.span.start)].is_heading)
    first = whole[0].amount
    if first is None:
        return None
    same = [f for f in whole if f.amount is not None and f.amount.currency == first.currency]
    hedged = next((f.amount for f in same if f.amount is not None and f.amount.qualifier is not Qualifier.EXACT), first)
    also = {money.currency: money for f in same if f.amount is not None for money in f.amount.also}
    for figure in whole:
        other = figure.amount
        if other is not None and other.currency != first.currency:
            also.setdefault(other.currency, other.money)
    _quote_amount(whole, [f for f in figures if f.damaged], first.currency, quotes)
    also.pop(first.currency, None)
    return replace(
        first,
        qualifier=hedged.qualifier,
        value_max=hedged.value_max,
        value=hedged.value if hedged.qualifier is Qualifier.RANGE else first.value,
        basis=Basis.REPAIRED if len(whole) < len(figures) else first.basis,
        also=tuple(also[currency] for currency in sorted(also)),
    )


def _quote_amount(whole: Sequence[Mention], damaged: Sequence[Mention], currency: str, quotes: Quotes) -> None:
    """Quote the tellings of a sum: one that says it all first, those that lost digits last."""
    told = sorted(
        whole,
        key=lambda figure: (
            figure.amount is None or figure.amount.currency != currency,
            "currency" in figure.parts and figure.score < 1,
        ),
    )
    spans = [figure.span for figure in [*told, *damaged][: _MOST_TELLINGS + 1]]
    # What a bare number in a table is a sum of, the head of its column says.
    # So does, of a share, the sum that it is taken of.
    spans[1:1] = [told[0].parts[name] for name in ("unit", "whole") if told and name in told[0].parts]
    for index, span in enumerate(spans):
        quotes.add(_numbered("amount", index), span)
    restated = next((figure for figure in whole if "also" in figure.parts), None)
    if restated is not None:
        quotes.add("amount.also", restated.parts["also"])


_MOST_TELLINGS = 4
_WORLD = "001"


def _deliverables(scene: Scene, draft: Draft, quotes: Quotes) -> tuple[Deliverable, ...]:
    kept: list[Deliverable] = []
    for mention in draft.quantities:
        told = mention.deliverable
        if told is None:
            continue
        due = find_due(scene, mention)
        if due is not None and due.reading is not None:
            told = replace(told, due=due.reading.interval.latest)
        again = next((n for n, other in enumerate(kept) if other.kind is told.kind and other.count == told.count), None)
        if again is not None:
            if kept[again].due is None and told.due is not None:
                kept[again] = replace(kept[again], due=told.due)
            continue
        index = len(kept)
        kept.append(told)
        quotes.add(f"deliverables.{index}", mention.span)
        if due is not None:
            quotes.add(f"deliverables.{index}.due", due.span)
    return tuple(kept)


def _relations(links: Sequence[Link], ids: Sequence[str], n: int) -> list[Relation]:
    relations = []
    for link in links:
        if link.source == n:
            relations.append(Relation(link.type, ids[link.target]))
        elif link.type is RelationType.PART_OF:
            relations.append(Relation(RelationType.TOTAL_OF, ids[link.source]))
    return relations


def _destinations(draft: Draft) -> tuple[str, ...]:
    return (_WORLD,) if draft.is_worldwide else tuple(actor.key for actor in draft.destinations)


def _numbered(field: str, index: int) -> str:
    return field if index == 0 else f"{field}.{index}"


def _at_home(finding: Finding, view: View) -> Finding:
    return finding if finding.span is None else replace(finding, span=view.original(finding.span))
