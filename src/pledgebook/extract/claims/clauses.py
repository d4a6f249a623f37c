"""What parts the words of a sentence, and the clause and the sums that stand there."""

import re

from pledgebook.domain import Span
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

# The most words between two places that belong together.
_CLOSE = 8
# Marks that part what is said of one figure from what is said of the next.
_PARTING = re.compile(
    r"[,;:()\[\]|\u2013\u2014«»\"\u201c\u201d\u3002\u3001\uff0c\uff1b\uff1a\uff08\uff09\u060c\u061b\n]| - "
)

PARTING_MARKS = frozenset(",;:()[]\n،؛，；：（）")


def is_parted(words: str) -> bool:
    """Whether marks or figures part what stands on both sides of some words."""
    return any(char in PARTING_MARKS or char.isdigit() for char in words)


@once
def sums_of(scene: Scene, sentence: int) -> list[Span]:
    """The sums of a sentence, in order."""
    bounds = scene.sentences[sentence].span
    return [mention.span for mention in scene.money if bounds.start <= mention.span.start < bounds.end]


def clause_of(scene: Scene, span: Span, bounds: Span) -> Span:
    """The stretch around a figure that no comma, bracket or dash parts from it, within its sentence's bounds."""
    start = max((mark.end() for mark in _PARTING.finditer(scene.text, bounds.start, span.start)), default=bounds.start)
    mark = _PARTING.search(scene.text, span.end, bounds.end)
    return Span(start, mark.start() if mark is not None else bounds.end)


def runs(scene: Scene, start: int, end: int) -> bool:
    """Whether few words and no mark that parts lie between two places."""
    return not is_parted(scene.text[start:end]) and scene.words_between(start, end) <= _CLOSE


def is_near(scene: Scene, start: int, end: int, most: int) -> bool:
    """Whether a few words lie between two places, and no mark or figure."""
    between = scene.text[start:end]
    return not is_parted(between) and len(between.split()) <= most
