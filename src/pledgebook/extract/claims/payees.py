"""Who is given a sum by how a sentence is built, whatever else stands in it: "110 mln zł otrzyma Acme"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.by_form import told_by_form
from pledgebook.extract.claims.clauses import is_parted
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import (
    is_from,
    subject_verbs,
    taking,
)
from pledgebook.extract.claims.headed import taker_listed, taker_over
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.particles import paid_by_particle
from pledgebook.extract.claims.relative import put_in_before
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.stakes import staked
from pledgebook.extract.claims.takers import dealt_out, put_into, raised, taken_in_turn
from pledgebook.extract.claims.talks import asking

_BETWEEN, _DESCRIBED = 4, 4
_MARK = 3
_SEVERAL = 2
_OPENING, _CLOSING = ("(", "["), (")", "]")
_ARROWS = frozenset(("→", "⇒", "->", "=>", "➡", "＞＞"))


def paid_by_order(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> Actor | None:
    """Who is given a draft's sum, as the words beside it say; None where they don't, or not everywhere the same."""
    found: dict[str, Actor] = {}
    for mention in draft.figures:
        name = _paid_in(scene, scene.sentence_at(mention.span.start)).get(mention.span)
        if name is not None:
            found |= {actor.key: actor for actor in actors if any(a.span.overlaps(name) for a in actor.names)}
    return next(iter(found.values())) if len(found) == 1 else None


def is_raised(scene: Scene, draft: Draft) -> bool:
    """Whether a draft's sum is one that a company raised, and its sentence names nobody who gave it."""
    return any(mention.span in raised(scene, scene.sentence_at(mention.span.start)) for mention in draft.figures)


def only_paid(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """All who are given some sum of the document so, but for those named beside a draft's and given none there."""
    sentences = {scene.sentence_at(mention.span.start) for mention in draft.figures}
    here = [name for sentence in sorted(sentences) for name in _paid_in(scene, sentence).values()]
    given = _named(actors, here)
    return [
        actor
        for actor in _named(actors, _all_paid(scene, len(scene.sentences)))
        if actor in given or not any(anchor.sentence in sentences for anchor in actor.names)
    ]


def _named(actors: Sequence[Actor], spans: Sequence[Span]) -> list[Actor]:
    """Those of some actors whose names stand at some places."""
    return [actor for actor in actors if any(a.span.overlaps(span) for a in actor.names for span in spans)]


def only_given(scene: Scene, actors: Sequence[Actor]) -> list[Actor]:
    """Those of them whom the document names nowhere but where they are given a sum."""
    sentences = {scene.sentence_at(span.start) for span in _all_paid(scene, len(scene.sentences))}
    if not sentences:
        return []
    paid = _named(actors, _all_paid(scene, len(scene.sentences)))
    return [actor for actor in paid if all(anchor.sentence in sentences for anchor in actor.anchors)]


@once
def _all_paid(scene: Scene, sentences: int) -> list[Span]:
    """The names of all who are given a sum, in the order of the text."""
    return [name for sentence in range(sentences) for name in _paid_in(scene, sentence).values()]


@once
def _paid_in(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums of a sentence with the names of those who are given them.

    These follow a verb of taking as its subject ("3 mln zł otrzyma Acme", "3 miljoen krijgt Acme"), stand before it
    where whoever gives is named right behind it ("Acme saa Boltilta 3 miljoonaa"), or have an ending or a word behind
    them that says so ("przyznano Acme'owi 3 mln zł", "एक्मे को 3 लाख रुपये दिए"), or a noun in front in such a case
    ("przyznano spółce Acme 3 mln zł"). Where the verb comes first, they stand
    between it and the sum ("حصلت شركة زين على 3 ملايين", "منح البنك شركة زين 3 ملايين"). What is put into a company by
    that word is put into it ("3 ملايين في شركة زين").
    """
    bounds = scene.sentences[sentence].span
    sums = [mention.span for mention in scene.money if bounds.contains(mention.span)]
    found = {**_taken_above(scene, sentence, sums), **paid_by_particle(scene, sentence), **_taken_in_row(scene, sums)}
    names = sorted(
        mention.span
        for mention in (scene.organisations if sums else ())
        if mention.party is not None
        and mention.party.kind is not PartyKind.GOVERNMENT
        and bounds.contains(mention.span)
    )
    found.update(asking(scene, sentence, names))
    verbs = subject_verbs(scene, sentence) if names else []
    if verbs:
        found.update(in_brackets(scene, names, sums))
    for verb in verbs:
        money = max((span for span in sums if span.end <= verb.start), default=None)
        name = min((span for span in names if span.start >= verb.end), default=None)
        if money is None or name is None:
            continue
        givers = [span for span in names if money.end <= span.start < verb.start]
        if any(not is_from(scene, Span(money.end, span.start), span) for span in givers):
            continue
        before, between = scene.text[money.end : verb.start], Span(verb.end, name.start)
        if len(before.split()) <= _BETWEEN and not is_parted(before.strip(" -–—,")) and _leads(scene, between, name):
            found.setdefault(money, name)
            found.update(_going_on(scene, [span for span in sums if span.start >= name.end], names))
    for verb in taking(scene, sentence) if names else ():
        money = min((span for span in sums if span.start >= verb.end), default=None)
        name = max((span for span in names if span.end <= verb.start), default=None)
        if money is not None and name is not None and _leads_on(scene, name, verb, money):
            found.setdefault(money, name)
    for money, paid in told_by_form(scene, sentence, sums, names) if names else ():
        if paid not in found.values():
            found.setdefault(money, paid)
    return (
        staked(scene, sentence)
        | raised(scene, sentence)
        | found
        | put_into(scene, sentence)
        | dealt_out(scene, sentence)
        | put_in_before(scene, sentence)
        | taken_in_turn(scene, sentence)
        | _behind_arrow(scene, names, sums)
    )


def _behind_arrow(scene: Scene, names: Sequence[Span], sums: Sequence[Span]) -> dict[Span, Span]:
    """The first sum of a sentence with the name to which an arrow leads from another: "Acme → Bolt: 3 million"."""
    pairs = [two for one, two in pairwise(names) if scene.text[one.end : two.start].strip() in _ARROWS]
    is_led = len(pairs) == 1 and len(sums) > 0 and pairs[0].end <= sums[0].start
    return {sums[0]: pairs[0]} if is_led else {}


def _taken_above(scene: Scene, sentence: int, sums: Sequence[Span]) -> dict[Span, Span]:
    """The sum that a sentence of a list opens with taking, and the heading's one name: "2. Acme / Raises 3 million"."""
    above = (taker_over(scene, sentence) or taker_listed(scene, sentence)) if sums else ()
    return {sums[0]: above[0]} if len(above) == 1 else {}


def _taken_in_row(scene: Scene, sums: Sequence[Span]) -> dict[Span, Span]:
    """Who is given each sum in the rows of a table whose head says that it names those."""
    found: dict[Span, Span] = {}
    for money in sums:
        row = scene.row_at(money.start)
        if row is not None and row.is_given and row.who is not None:
            found.update((money, name.span) for name in scene.organisations if row.who.contains(name.span))
    return found


def in_brackets(scene: Scene, names: Sequence[Span], sums: Sequence[Span]) -> dict[Span, Span]:
    """The name before each sum alone in brackets, where several are: "Acme (3 million) and Bolt (2 million)"."""
    found: dict[Span, Span] = {}
    for money in sums:
        opened, behind = scene.text[: money.start].rstrip(), scene.text[money.end : money.end + 2].lstrip()
        if opened.endswith(_OPENING) and behind.startswith(_CLOSING):
            end = len(opened[:-1].rstrip())
            found.update((money, name) for name in names if name.end == end)
    return found if len(found) >= _SEVERAL else {}


def _leads_on(scene: Scene, name: Span, verb: Span, money: Span) -> bool:
    """Whether a name leads up to a verb of taking, and that over one who is marked as who gives to a sum."""
    before, behind = scene.text[name.end : verb.start], Span(verb.end, money.start)
    words = (word[:-1].replace(":", "") + word[-1] for word in behind.of(scene.text).split())  # "VTT:ltä"
    if len(before.split()) >= _BETWEEN or is_parted(before) or is_parted(" ".join(words)):
        return False
    givers = [mention.span for mention in scene.organisations if behind.contains(mention.span)]
    if any(is_from(scene, Span(verb.end, giver.start), giver) for giver in givers):
        return True
    # "Acme haalt 8 miljard op bij Bolt"
    giver = next((mention.span for mention in scene.organisations if mention.span.start >= money.end), None)
    after = Span(money.end, giver.start) if giver is not None else None
    is_close = after is not None and len(after.of(scene.text).split()) <= _MARK and not is_parted(after.of(scene.text))
    return giver is not None and after is not None and is_close and is_from(scene, after, giver)


def _going_on(scene: Scene, sums: Sequence[Span], names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """What goes on without the verb: "..., a 70 mln zł Bolt"."""
    for money, following in zip_longest(sums, sums[1:]):
        name = min((span for span in names if span.start >= money.end), default=None)
        if name is None or (following is not None and name.start > following.start):
            continue
        if _leads(scene, Span(money.end, name.start), name):
            yield money, name


def _leads(scene: Scene, between: Span, name: Span) -> bool:
    """Whether some words lead up to a name and do not mark it as who gives."""
    words = between.of(scene.text)
    return len(words.split()) <= _DESCRIBED and not is_parted(words) and not is_from(scene, between, name)
