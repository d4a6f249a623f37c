"""Which of a document's words for pledges, plans and prices say that, and which are part of a name, a date or a sum."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pledgebook.domain import Span
from pledgebook.lexicon.matcher import Match

# "Last year" is a day, and tells as well that something is past.
_DATED = frozenset(("earlier", "per_year", "with_it", "by_it", "into_it", "of_it"))


def told_cues(
    cues: Iterable[Match], *, names: Iterable[Span], dates: Iterable[Span], sums: Iterable[Span]
) -> Iterator[Match]:
    """The cues that stand outside of the names of countries and towns, of dates and of sums.

    "May" is a month before it is a doubt, a quarter no earnings, and nobody takes over the United States.
    """
    named, dated, paid = sorted(names), sorted(dates), sorted(sums)
    for cue in cues:
        if _is_within(cue.span, paid) or _is_within(cue.span, named):
            continue
        if cue.label in _DATED or not _is_within(cue.span, dated):
            yield cue


def _is_within(span: Span, wholes: Sequence[Span]) -> bool:
    """Whether one of several spans, in order, holds another."""
    n = bisect_right(wholes, span.start, key=lambda whole: whole.start) - 1
    return n >= 0 and wholes[n].contains(span)
