"""The clause that a figure stands in."""

import re

from pledgebook.domain import Span
from pledgebook.extract.claims.scene import Scene

# Marks that part what is said of one figure from what is said of the next.
_PARTING = re.compile(
    r"[,;:()\[\]|\u2013\u2014«»\"\u201c\u201d\u3002\u3001\uff0c\uff1b\uff1a\uff08\uff09\u060c\u061b\n]| - "
)


def clause_of(scene: Scene, span: Span, bounds: Span) -> Span:
    """The stretch around a figure that no comma, bracket or dash parts from it, within its sentence's bounds."""
    start = max((mark.end() for mark in _PARTING.finditer(scene.text, bounds.start, span.start)), default=bounds.start)
    mark = _PARTING.search(scene.text, span.end, bounds.end)
    return Span(start, mark.start() if mark is not None else bounds.end)
