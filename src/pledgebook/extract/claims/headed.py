"""Whom the headings of a list name, as its items do not: "Spain / Acme. 750 million euros for a lab"."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import Actor
from pledgebook.extract.claims.clauses import sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import is_to, taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_name_words

_SEVERAL = 2
# What opens a line of facts, and how many lines such facts may have: "Investor: Acme / Amount: 3 million".
_LABEL = re.compile(r"[\W_]*([^\W\d_][^:：\n]{0,20}?) ?[:：]")
_LINES = 6
# What may stand before the name that opens an item, and right behind it.
_BULLETS = " -–—•·▸▪*#0123456789.)"
_SHORT, _NEAR = 4, 24
_OPENING, _MARKS = 2, (":", "–", "—", "-", "(", ",", "|")
_PAYING = frozenset(("invest", "pay", "takeover"))
_OF_ALL = frozenset(("total", "summit"))


@once
def head_of(scene: Scene, sentence: int) -> int:
    """The heading that names whom a sentence of a list is about, -1 where the words around it name somebody else.

    A list is a document with sums under several headings that name somebody each.
    """
    head = heading_over(scene, sentence)
    if head not in _heads(scene, scene.title) or head == sentence or taking(scene, sentence):
        return -1
    heading = scene.sentences[head].span
    known = {mention.party.name for mention in _parties(scene, head) if mention.party is not None}
    end = scene.sentences[sentence].span.end
    others = any(
        heading.end <= mention.span.start < end and (mention.party is None or mention.party.name not in known)
        for mention in scene.organisations
    )
    return -1 if others else head


@once
def taker_over(scene: Scene, sentence: int) -> tuple[Span, ...]:
    """Who is named by the heading over a sentence of a list that opens with a verb of taking: "Raises 3 million"."""
    head, start = heading_over(scene, sentence), scene.sentences[sentence].span.start
    if head not in _heads(scene, scene.title) or head == sentence:
        return ()
    if not any(verb.start - start <= 1 for verb in taking(scene, sentence)):
        return ()
    end = scene.sentences[head].span.end
    others = any(end <= mention.span.start < start for mention in scene.organisations)
    return () if others else tuple(mention.span for mention in _parties(scene, head))


@once
def taker_listed(scene: Scene, sentence: int) -> tuple[Span, ...]:
    """Who opens an item of a list of rounds, and a mark behind the name: "Rounds / Acme: 3 million from Bolt".

    Not where a verb tells who invests, nor where a name behind is marked as given the sum: "Acme: 3 million for Bolt".
    """
    bounds = scene.sentences[sentence].span
    public = [m.span for m in scene.organisations if m.party is not None and m.party.kind is PartyKind.GOVERNMENT]
    named = sorted(m.span for m in (*scene.organisations, *scene.names) if bounds.contains(m.span))
    named = [name for name in named if name not in public] if named and named[0] not in public else []
    sums = sums_of(scene, sentence) if named else []
    if not sums or scene.sentences[sentence].is_heading or named[0].end > sums[0].start or taking(scene, sentence):
        return ()
    opening = scene.text[bounds.start : named[0].start]
    ahead, behind = opening.strip(_BULLETS).split(), scene.text[named[0].end : sums[0].start].lstrip()
    verbs = [cue for cue in scene.cues_in(bounds.start, sums[0].start) if cue.label in _PAYING]
    if len(ahead) > _OPENING or not behind.startswith(_MARKS) or verbs:
        return ()
    if ahead and skeleton(ahead[0]) not in load_name_types().articles:
        return ()
    if any(_is_into(scene, name) for name in named if name.start >= sums[0].end):
        return ()
    is_item = bool(opening.strip(" ")) and opening.lstrip()[0] in _BULLETS
    return (named[0],) if _tells_rounds(scene, sentence, is_item=is_item) else ()


def _tells_rounds(scene: Scene, sentence: int, *, is_item: bool) -> bool:
    """Whether the heading over a sentence tells of rounds or of who is given money, or the headline over an item."""
    heads = {scene.sections[sentence], heading_over(scene, sentence)} - {-1, sentence, scene.title}
    short = [head for head in heads if len(scene.sentences[head].span.of(scene.text).split()) <= _SHORT]
    told = [*short, *([scene.title] if is_item and scene.title >= 0 else [])]
    return any(cue.label in ("stake", "receive") for head in told for cue in scene.cues_of(head))


def _is_into(scene: Scene, name: Span) -> bool:
    """Whether the last word before a name that tells whose money it is says that the name is given it."""
    near = [
        cue for cue in scene.cues_in(name.start - _NEAR, name.start) if cue.label in ("into_it", "with_it", "by_it")
    ]
    return is_to(scene, name) or (bool(near) and max(near, key=lambda cue: cue.span.end).label == "into_it")


def headed_by(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Who pays because the heading over all of a draft's sums names them."""
    told = {scene.sentence_at(mention.span.start) for mention in draft.figures}
    heads = {head_of(scene, sentence) for sentence in told}
    if not heads or -1 in heads or any(cue.label in _OF_ALL for sentence in told for cue in scene.cues_of(sentence)):
        return []
    spans = [mention.span for head in heads for mention in _parties(scene, head)]
    headed = [actor for actor in actors if any(anchor.span in spans for anchor in actor.names)]
    others = (actor for actor in actors if actor not in headed and actor.reason != CAPITALS)
    is_another_s = any(a.sentence in told and a.kind != "state" for other in others for a in other.anchors)
    return [] if is_another_s else headed


def labelled(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """Who pays because a line of facts beside a draft's sum says so: "Investor: Acme / Amount: 3 million"."""
    who = frozenset(map(skeleton, load_language(scene.language.code).columns.get("who", ())))
    for sentence in sorted({scene.sentence_at(mention.span.start) for mention in draft.figures}) if who else ():
        if _label(scene, sentence) is None:
            continue
        above, below = range(sentence - 1, sentence - _LINES, -1), range(sentence + 1, sentence + _LINES)
        for at in (*takewhile(lambda n: _label(scene, n) is not None, above), *_below(scene, below)):
            told = [actor for actor in actors if any(anchor.sentence == at for anchor in actor.names)]
            if told and _label(scene, at) in who:
                return told
    return []


def _below(scene: Scene, lines: Sequence[int]) -> Iterator[int]:
    """The lines of facts behind one, up to the next sum."""
    sums = {scene.sentence_at(mention.span.start) for mention in scene.money}
    return takewhile(lambda n: _label(scene, n) is not None and n not in sums, lines)


def _label(scene: Scene, sentence: int) -> str | None:
    """What stands before a colon at the beginning of a sentence."""
    if not 0 <= sentence < len(scene.sentences):
        return None
    found = _LABEL.match(scene.sentences[sentence].span.of(scene.text))
    return None if found is None else skeleton(found[1])


def heading_over(scene: Scene, sentence: int) -> int:
    """The heading over a sentence: the few words that open a paragraph are one where they name somebody."""
    opener = scene.sections[sentence]
    if opener < 0 or scene.sentences[opener].is_heading or _parties(scene, opener):
        return opener
    return next((n for n in range(opener, -1, -1) if scene.sentences[n].is_heading), -1)


@once
def _heads(scene: Scene, title: int) -> frozenset[int]:
    """The headings but for the headline that name somebody over a sum of their section; none where there is but one."""
    under = {heading_over(scene, scene.sentence_at(mention.span.start)) for mention in scene.money}
    found = frozenset(head for head in under - {-1, title} if _parties(scene, head))
    return found if len(found) >= _SEVERAL else frozenset()


@once
def _parties(scene: Scene, head: int) -> list[Mention]:
    """The companies and other bodies that a heading names, no governments: one, or several that it lists.

    A name of which nothing but its capital letter tells counts where the heading has no other words than places.
    """
    bounds = scene.sentences[head].span
    named = [mention for mention in scene.organisations if bounds.contains(mention.span)]
    if not named:
        doubtful = [mention for mention in scene.names if bounds.contains(mention.span)]
        taken = [mention.span for mention in (*doubtful, *scene.places)]
        rest = "".join(
            char
            for at, char in enumerate(bounds.of(scene.text), bounds.start)
            if not any(span.start <= at < span.end for span in taken)
        )
        is_loud = bounds.of(scene.text).isupper()
        named = [] if is_loud or any(char.isalpha() for char in rest) else doubtful
    joins = load_name_words(scene.language.code).words("and")
    is_list = all(
        scene.text[a.span.end : b.span.start].strip(" ,、").casefold() in ("", *joins.whole) for a, b in pairwise(named)
    )
    named = [m for m in named if m.party is not None and m.party.kind is not PartyKind.GOVERNMENT]
    return named if is_list else []
