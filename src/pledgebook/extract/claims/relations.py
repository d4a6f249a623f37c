"""How the drafts of one document bear on each other, and the sums that follow from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from pledgebook.domain import Amount, Basis, Mention, Money, Qualifier, RelationType, Role
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.draft import Draft, same_actors
from pledgebook.extract.claims.linear import load_model
from pledgebook.extract.claims.portions import wholes_of
from pledgebook.extract.claims.replaced import former_of, may_share
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.territory import Territory
from pledgebook.extract.claims.verdicts import Verdict, sums_up
from pledgebook.extract.ports import Rates
from pledgebook.lexicon.magnitudes import rough_dollars

_LIKELY = 0.35
_SLACK = Decimal("1.02")
_ROUND = 2
_CLOSE = 8
_RIGHT_BEFORE = 1
_ROUGHLY = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Link:
    """A relation from one draft to another, by their places in the list."""

    type: RelationType
    source: int
    target: int
    score: float


def find_links(
    scene: Scene, drafts: Sequence[Draft], roles: Sequence[Role], territories: Sequence[Territory]
) -> tuple[Link, ...]:
    """The relations of a document: parts with their wholes, what comes on top, what replaces an earlier plan."""
    links: list[Link] = []
    summands = [sums_up(draft, drafts) for draft in drafts]
    told: dict[tuple[int, int], list[str]] = {}

    def likely(model: str, one: int, other: int) -> float:
        if (one, other) not in told:
            told[one, other] = pair_features(scene, drafts, roles, territories, one, other, summands)
        return load_model(model).probability(told[one, other])

    for whole in range(len(drafts)):
        for part in range(len(drafts)):
            if whole == part or not _fits(drafts[part], drafts[whole]):
                continue
            score = likely("part", part, whole)
            if score >= _LIKELY:
                links.append(Link(RelationType.PART_OF, part, whole, score))
    links += _joint_parts(scene, drafts, roles, territories, links)
    links += _told_parts(scene, drafts, links)
    links += _added_up(scene, drafts, territories, links)
    parts = {(link.source, link.target) for link in links}
    for relation, model in ((RelationType.ADDS_TO, "adds"), (RelationType.REPLACES, "replaces")):
        for one, draft in enumerate(drafts):
            free = [n for n in range(len(drafts)) if n != one and not parts & {(one, n), (n, one)}]
            sure = former_of(scene, draft, drafts) if relation is RelationType.REPLACES else []
            scored = [*((likely(model, one, other), -other) for other in free), *((1.0, -other) for other in sure)]
            score, other = max(scored, default=(0.0, 0))
            if score >= _LIKELY:
                links.append(Link(relation, one, -other, score))
    return tuple(_without_circles(links))


def settled_roles(
    scene: Scene, drafts: Sequence[Draft], verdicts: Sequence[Verdict], territories: Sequence[Territory]
) -> list[Role]:
    """The roles, with what may well be new taken for new where it is its investor's only share of a new joint sum."""
    roles = _with_topped_up(scene, drafts, _roles_in_turn(scene, drafts, verdicts))
    candidates = [
        Role.NEW if verdict.may_be_new and draft.amount is not None else role
        for verdict, draft, role in zip(verdicts, drafts, roles, strict=True)
    ]
    for whole, draft in enumerate(drafts):
        if roles[whole] is Role.NEW and _is_joint(scene, draft, territories[whole]):
            for payer in draft.investors:
                told = [n for n in _own(drafts, payer, whole, candidates) if drafts[n].amount is not None]
                if len(told) == 1:
                    roles[told[0]] = Role.NEW
    return roles


def _roles_in_turn(scene: Scene, drafts: Sequence[Draft], verdicts: Sequence[Verdict]) -> list[Role]:
    """The roles: a sum that has risen is the news, a part is as new as its whole, and what is added is new."""
    roles = [verdict.role for verdict in verdicts]
    for n, draft in enumerate(drafts):
        before = former_of(scene, draft, drafts)
        for other in before:
            roles[other] = Role.EARLIER
        if before and roles[n] is Role.EARLIER and verdicts[n].may_be_new:
            roles[n] = Role.NEW
    for part, whole in sorted(wholes_of(scene, drafts).items()):
        if {roles[part], roles[whole]} == {Role.NEW, Role.EARLIER}:
            roles[part] = roles[whole]
    for one, other, is_close in _topped_up(scene, drafts):
        told = roles[one], roles[other]
        is_new = is_close or verdicts[other].may_be_new
        if told == (Role.NEW, Role.EARLIER) or (told == (Role.EARLIER, Role.EARLIER) and is_new):
            roles[one], roles[other] = Role.EARLIER, Role.NEW
    return roles


def _topped_up(scene: Scene, drafts: Sequence[Draft]) -> Iterator[tuple[int, int, bool]]:
    """What was told before and what a sentence adds to it: "had announced 2 billion in 2023 and now adds 5 billion".

    The third tells whether the word for adding stands right before the sum.
    """
    first = [(draft.figures[0].span, n) for n, draft in enumerate(drafts) if draft.figures]
    for (one, n), (other, m) in pairwise(sorted(first)):
        sentence = scene.sentence_at(one.start)
        if sentence != scene.sentence_at(other.start):
            continue
        cues = scene.cues_of(sentence)
        adds = [cue.span for cue in cues if cue.label == "add" and one.end <= cue.span.start < other.start]
        before = [cue.span.start for cue in cues if cue.label == "earlier"]
        if adds and before and max(before) < adds[0].start:
            yield n, m, len(scene.text[adds[-1].end : other.start].split()) <= _RIGHT_BEFORE


def _with_topped_up(scene: Scene, drafts: Sequence[Draft], roles: Sequence[Role]) -> list[Role]:
    settled = list(roles)
    for other, n in _added_later(scene, drafts):
        settled[other], settled[n] = Role.EARLIER, Role.NEW
    return settled


def _added_later(scene: Scene, drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """The drafts whose payers add another sum in one sentence: "In 2023 Acme announced 1 billion and now adds 2"."""
    owner = {mention.span: n for n, draft in enumerate(drafts) for mention in draft.figures}
    found: list[tuple[int, int]] = []
    for one, other in pairwise(sorted(owner)):
        before, after = owner[one], owner[other]
        sentence = scene.sentences[scene.sentence_at(one.start)].span
        payers = drafts[before].investors
        if before == after or other.start >= sentence.end or not payers:
            continue
        labels = {cue.label for cue in scene.cues_in(one.end, other.start)}
        if "add" not in labels or "earlier" in labels or not same_actors(payers, drafts[after].investors):
            continue
        if any(cue.label == "earlier" for cue in scene.cues_in(sentence.start, one.start)) or any(
            _is_past(scene, date) for date in scene.dates if sentence.start <= date.span.start < one.start
        ):
            found.append((before, after))
    return found


def _is_past(scene: Scene, date: Mention) -> bool:
    """Whether a date lies in a year before the document's."""
    published = scene.document.published
    return (
        published is not None
        and date.reading is not None
        and date.reading.interval.latest.year < published.earliest.year
    )


def _joint_parts(
    scene: Scene,
    drafts: Sequence[Draft],
    roles: Sequence[Role],
    territories: Sequence[Territory],
    links: Sequence[Link],
) -> list[Link]:
    """The parts of a sum of several investors, where each of them has exactly one commitment of its own beside it."""
    known = {(link.source, link.target) for link in links}
    found: list[Link] = []
    for whole, draft in enumerate(drafts):
        if not _is_joint(scene, draft, territories[whole]):
            continue
        own = [_own(drafts, payer, whole, roles) for payer in draft.investors]
        if all(len(parts) <= 1 for parts in own):
            own = [parts for parts in own if parts]
            found += [Link(RelationType.PART_OF, n, whole, _LIKELY) for (n,) in own if (n, whole) not in known]
    return found


def _told_parts(scene: Scene, drafts: Sequence[Draft], links: Sequence[Link]) -> list[Link]:
    """What is called a part where two sums meet: "the 400 billion are part of the 500 announced in January"."""
    known = {frozenset((link.source, link.target)) for link in links}
    owner = {mention.span: n for n, draft in enumerate(drafts) for mention in draft.figures}
    told = sorted(owner)
    found: list[Link] = []
    for place, span in enumerate(told[1:]):
        bounds = scene.sentences[scene.sentence_at(span.start)].span
        before = told[place]
        near = scene.sentence_at(span.start) - scene.sentence_at(before.start) <= 1
        reach = max(before.end, bounds.start, span.start - int(_CLOSE * scene.unit))
        if not near or not any(cue.label == "part" for cue in scene.cues_in(reach, span.start)):
            continue
        if any(cue.label == "total" for cue in scene.cues_in(bounds.start, span.start)):
            # "The total includes the 31 billion of Tuesday": the total is the biggest that was told.
            before = max(told[: place + 1], key=lambda other: (_worth(drafts[owner[other]]), other))
        one, other = owner[before], owner[span]
        if one == other or frozenset((one, other)) in known or not may_share(drafts[one], drafts[other]):
            continue
        part, whole = (one, other) if _worth(drafts[one]) < _worth(drafts[other]) else (other, one)
        if _fits(drafts[part], drafts[whole]):
            known.add(frozenset((one, other)))
            found.append(Link(RelationType.PART_OF, part, whole, _LIKELY))
    return found


def _added_up(
    scene: Scene, drafts: Sequence[Draft], territories: Sequence[Territory], links: Sequence[Link]
) -> list[Link]:
    """The parts of what is called a total where all else that its investor pledges adds up to it, in any currency."""
    known = {(link.source, link.target) for link in links if link.type is RelationType.PART_OF}
    found: list[Link] = []
    for whole, draft in enumerate(drafts):
        if draft.amount is None or not _is_called_total(scene, territories[whole]):
            continue
        others = [
            n
            for n, other in enumerate(drafts)
            if n != whole and other.amount is not None and may_share(other, draft) and (whole, n) not in known
        ]
        worth = sum((_worth(drafts[n]) for n in others), Decimal(0))
        if len(others) >= _ROUND and abs(worth - _worth(draft)) <= _ROUGHLY * _worth(draft):
            found += [Link(RelationType.PART_OF, n, whole, _LIKELY) for n in others if (n, whole) not in known]
    return found


def _worth(draft: Draft) -> Decimal:
    return rough_dollars(draft.amount.central, draft.amount.currency) if draft.amount is not None else Decimal(0)


def _is_joint(scene: Scene, draft: Draft, territory: Territory) -> bool:
    """Whether a sum is called the total of several investors."""
    several = draft.amount is not None and len(draft.investors) >= _ROUND
    return several and _is_called_total(scene, territory)


def _own(drafts: Sequence[Draft], payer: Actor, whole: int, roles: Sequence[Role]) -> list[int]:
    """The new commitments of one investor alone that may be parts of a sum."""
    joint = drafts[whole]
    return [
        n
        for n, other in enumerate(drafts)
        if n != whole
        and [actor.key for actor in other.investors] == [payer.key]
        and {a.key for a in other.destinations} == {a.key for a in joint.destinations}
        and _fits(other, joint)
        and roles[n] is Role.NEW
    ]


def _is_called_total(scene: Scene, territory: Territory) -> bool:
    return any(cue.label == "total" for n in territory.core for cue in scene.cues_of(n))


def _without_circles(links: Sequence[Link]) -> list[Link]:
    """The links, best first, without those that would make something part of itself or add to each other."""
    kept: list[Link] = []
    wholes: dict[int, set[int]] = {}
    for link in sorted(links, key=lambda item: (-item.score, item.source, item.target)):
        if link.type is RelationType.PART_OF:
            reach, frontier = set(), {link.target}
            while frontier:
                reach |= frontier
                frontier = {up for one in frontier for up in wholes.get(one, ())} - reach
            if link.source in reach:
                continue
            wholes.setdefault(link.source, set()).add(link.target)
        elif any(o.type is link.type and o.source == link.target and o.target == link.source for o in kept):
            continue
        kept.append(link)
    return sorted(kept, key=lambda item: (item.source, item.type, item.target))


def _fits(part: Draft, whole: Draft) -> bool:
    """Whether the part is no bigger than the whole, as far as their currencies compare."""
    if part.amount is None or whole.amount is None:
        return whole.amount is not None or bool(whole.quantities)
    a, b = part.amount, whole.amount
    if a.currency == b.currency:
        return a.low < b.high * _SLACK and a.value != b.value
    return rough_dollars(a.low, a.currency) < rough_dollars(b.high, b.currency) * Decimal("1.1")


def pair_features(
    scene: Scene,
    drafts: Sequence[Draft],
    roles: Sequence[Role],
    territories: Sequence[Territory],
    one: int,
    other: int,
    summands: Sequence[Sequence[Draft]],
) -> list[str]:
    """What tells how draft `one` bears on draft `other`. `summands` are, for each draft, those that make up its sum."""
    a, b = drafts[one], drafts[other]
    features = [
        f"roles:{roles[one].value}-{roles[other].value}",
        f"payer:{_agreement(a.investors, b.investors)}",
        f"place:{_agreement(a.destinations, b.destinations)}",
        f"payers:{min(len(b.investors), 3)}",
        f"ratio:{_ratio(a, b)}",
        "before" if a.anchors[0].span.start < b.anchors[0].span.start else "after",
        *_sums(a, b, summands[one], summands[other]),
        *_distance(scene, a, b, set(territories[one].core), set(territories[other].core)),
        *_told(scene, "a", a),
        *_told(scene, "b", b),
    ]
    if 0 in (one, other):
        features.append("whole-first" if other == 0 else "part-first")
    base = [f for f in features if f.startswith(("roles:", "payer:", "place:", "summand", "same-sentence"))]
    crossed = [f"{x}&{y}" for n, x in enumerate(base) for y in base[n + 1 :]]
    crossed += [
        f"{x}&{y}"
        for x in ("payer:same", "same-sentence")
        if x in features
        for y in features
        if y.startswith(("a8:", "b8:", "a:", "b:"))
    ]
    return sorted({*features, *crossed})


def _agreement(left: Sequence[Actor], right: Sequence[Actor]) -> str:
    mine, theirs = {actor.key for actor in left}, {actor.key for actor in right}
    if not theirs or mine == theirs:
        return "same" if theirs else "open"
    if mine <= theirs:
        return "inside"
    return "over" if mine & theirs else "other"


def _ratio(a: Draft, b: Draft) -> str:
    if a.amount is None or b.amount is None:
        return "none"
    ratio = rough_dollars(a.amount.central, a.amount.currency) / rough_dollars(b.amount.central, b.amount.currency)
    for name, limit in (("tiny", Decimal("0.05")), ("small", Decimal("0.5")), ("most", Decimal("1.0000001"))):
        if ratio < limit:
            return name
    return "over"


def _sums(a: Draft, b: Draft, of_a: Sequence[Draft], of_b: Sequence[Draft]) -> list[str]:
    features = ["summand" if any(one is a for one in of_b) else "other-summands"] if of_b else []
    return [*features, "summand-back"] if any(one is b for one in of_a) else features


def _distance(scene: Scene, a: Draft, b: Draft, cores_a: set[int], cores_b: set[int]) -> list[str]:
    if cores_a & cores_b:
        return ["same-sentence", *_between(scene, a, b, cores_a & cores_b)]
    return ["next-sentence"] if any(abs(x - y) == 1 for x in cores_a for y in cores_b) else []


def _told(scene: Scene, name: str, draft: Draft) -> list[str]:
    """The telling cues around a draft's first figures, those close by once more."""
    features = []
    for mention in draft.anchors[:3]:
        for cue in scene.cues_of(scene.sentence_at(mention.span.start)):
            if cue.label in _TELLING:
                features.append(f"{name}:{cue.label}")
                if scene.words_between(cue.span.start, mention.span.start) <= _CLOSE:
                    features.append(f"{name}8:{cue.label}")
    return features


_TELLING = frozenset(("total", "part", "add", "replace", "earlier", "rest", "half", "summit", "grant", "cancel"))


def _between(scene: Scene, a: Draft, b: Draft, sentences: set[int]) -> list[str]:
    one = next(m for m in a.anchors if scene.sentence_at(m.span.start) in sentences)
    two = next((m for m in b.anchors if scene.sentence_at(m.span.start) == scene.sentence_at(one.span.start)), None)
    if two is None:
        return []
    low, high = sorted((one.span, two.span))
    return [f"btw:{cue.label}" for cue in scene.cues_in(low.end, high.start) if cue.label in _TELLING]


def implied_amounts(
    scene: Scene, drafts: Sequence[Draft], links: Sequence[Link], *, rates: Rates | None
) -> dict[int, tuple[Amount, tuple[Mention, ...], str]]:
    """Sums that follow from a whole of which all other parts are told: by draft, with the words they follow from.

    Across currencies the document's own rate (a sum restated in brackets) is taken, else the rate of the day from
    `rates`; the result is "about", to two digits.
    """
    found: dict[int, tuple[Amount, tuple[Mention, ...], str]] = {}
    for whole, draft in enumerate(drafts):
        total = draft.amount
        parts = [link.source for link in links if link.type is RelationType.PART_OF and link.target == whole]
        open_parts = [part for part in parts if drafts[part].amount is None]
        payers = {actor.key for actor in draft.investors}
        told = {actor.key for part in parts for actor in drafts[part].investors}
        if (
            total is None
            or len(open_parts) != 1
            or len(parts) < len(draft.investors)
            or len(parts) < _ROUND
            or payers != told
        ):
            continue
        rest, used = total.value, [draft.figures[0]]
        for part in parts:
            amount = drafts[part].amount
            if amount is None:
                continue
            worth = _converted(scene, amount, total.currency, rates)
            if worth is None:
                break
            rest -= worth[0]
            used += [drafts[part].figures[0], *worth[1]]
        else:
            crossed = any((a := drafts[p].amount) is not None and a.currency != total.currency for p in parts)
            if rest > 0:
                value = _rounded(rest) if crossed else rest
                qualifier = (
                    Qualifier.ABOUT
                    if crossed
                    else total.qualifier
                    if total.qualifier is not Qualifier.RANGE
                    else Qualifier.ABOUT
                )
                amount = Amount(value, total.currency, qualifier, basis=Basis.IMPLIED)
                found[open_parts[0]] = (amount, tuple(used), f"{total.value} {total.currency} less the other parts")
    return found


def _rounded(value: Decimal) -> Decimal:
    unit = Decimal(10) ** (value.adjusted() - _ROUND + 1)
    return (value / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit


def _converted(
    scene: Scene, amount: Amount, currency: str, rates: Rates | None
) -> tuple[Decimal, tuple[Mention, ...]] | None:
    """`amount` in another currency, with the words that give the rate."""
    if amount.currency == currency:
        return amount.value, ()
    for mention in scene.money:
        told = mention.amount
        if told is None:
            continue
        for money in told.also:
            pair = {told.currency: told.money, money.currency: Money(money.value, money.currency)}
            if set(pair) == {amount.currency, currency}:
                return amount.value * pair[currency].value / pair[amount.currency].value, (mention,)
    published = scene.document.published
    if rates is None or published is None:
        return None
    rate = rates.rate(amount.currency, currency, published.latest)
    return None if rate is None else (amount.value * rate.rate, ())
