"""Which sums of a sentence are only told as what was before: "from 3 to 7 billion", "7 billion instead of 3"."""

from collections.abc import Sequence
from functools import cache

from pledgebook.domain import Span
from pledgebook.extract.claims.clauses import is_parted
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher

_INSTEAD = 4
_TAIL = 40


def risen_from(draft: Draft, drafts: Sequence[Draft]) -> list[int]:
    """The drafts whose sum has become another draft's: "from 3 to 7 billion"."""
    spans = [mention.span for mention in draft.figures]
    return [
        n
        for n, other in enumerate(drafts)
        if other is not draft and any(one.parts.get("risen") in spans for one in other.figures if "risen" in one.parts)
    ]


def former_of(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> list[int]:
    """The drafts that a draft takes the place of in its own words: what it has risen from or is told instead of."""
    return [*risen_from(draft, drafts), *(n for n, now in _told_instead(scene, drafts).items() if drafts[now] is draft)]


def _told_instead(scene: Scene, drafts: Sequence[Draft]) -> dict[int, int]:
    """The drafts whose sum stands behind "instead of" or "up from", with the one that is told in its place."""
    owner = {mention.span: n for n, draft in enumerate(drafts) for mention in draft.figures}
    found: dict[int, int] = {}
    for span, n in owner.items():
        bounds = scene.sentences[scene.sentence_at(span.start)].span
        reach = max(bounds.start, span.start - int(_INSTEAD * scene.unit))
        cues = [cue.span for cue in scene.cues_in(reach, span.start) if cue.label == "replace"]
        beside = [other for other in owner if bounds.contains(other) and owner[other] != n]
        risen = [other for other in beside if other.start >= span.end and _rises_to(scene, span, other)]
        if risen and _rises_from(scene, span):
            beside = risen
        elif not cues or is_parted(scene.text[cues[-1].end : span.start]) or _is_raised_to(scene, cues[-1], span):
            continue
        now = min(beside, key=lambda other: max(other.start - span.end, span.start - other.end), default=None)
        if now is not None and may_share(drafts[n], drafts[owner[now]]):
            found.setdefault(n, owner[now])
    return found


def _rises_from(scene: Scene, span: Span) -> bool:
    """Whether "from" stands right before a sum, and a word of change in front of it in its sentence."""
    rising, changes, _ = _change_words(scene.language.code)
    bounds = scene.sentences[scene.sentence_at(span.start)].span
    before = scene.text[bounds.start : span.start]
    froms = [match.span for match in rising.find(before) if not before[match.span.end :].strip()]
    return bool(froms) and any(match.span.end <= froms[-1].start for match in changes.find(before))


def _is_raised_to(scene: Scene, cue: Span, span: Span) -> bool:
    """Whether what stands before a sum tells of a change without "from": "raised to 7 billion", not "up from 3"."""
    rising, changes, _ = _change_words(scene.language.code)
    told = next(changes.find(cue.of(scene.text)), None) is not None
    return told and next(rising.find(scene.text[cue.start : span.start]), None) is None


def _rises_to(scene: Scene, one: Span, other: Span) -> bool:
    """Whether a word for "to" leads from one sum right to another."""
    between = scene.text[one.end : other.start]
    _, _, tos = _change_words(scene.language.code)
    return len(between) <= _TAIL and any(not between[match.span.end :].strip() for match in tos.find(between))


@cache
def _change_words(code: str) -> tuple[PhraseMatcher, PhraseMatcher, PhraseMatcher]:
    """The words for "from", for a change and for "to", of sums that rise or fall."""
    money = load_language(code).money
    phrases = money.rising, money.changes, (*money.range_to, *money.risen_to)
    rising, changes, tos = (PhraseMatcher({"change": several}) for several in phrases)
    return rising, changes, tos


def may_share(one: Draft, other: Draft) -> bool:
    """Whether two drafts may be the same investors' as far as they are named."""
    a, b = {actor.key for actor in one.investors}, {actor.key for actor in other.investors}
    return not a or not b or bool(a & b)
