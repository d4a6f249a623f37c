"""When a document came out: what its metadata, its byline and its own words say, and which of them is followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pledgebook.clean.lines import Line
from pledgebook.clean.published.days import DateFinder, read_day
from pledgebook.clean.published.inferred import contradicting, from_events, from_weekdays
from pledgebook.clean.published.told import Told, told_days
from pledgebook.domain import Interval, PublishedBasis

__all__ = ["DateFinder", "Published", "find_published", "read_day"]

# A story of the evening has the next day elsewhere on the globe.
_SAME_DAY = 1


@dataclass(frozen=True, slots=True)
class Published:
    """When a document came out, how that is known, and what was overruled on the way."""

    interval: Interval | None
    basis: PublishedBasis
    overruled: str | None = None


def find_published(
    lines: Sequence[Line],
    language: str,
    *,
    title: Line | None,
    meta_days: Iterable[str],
    changed_days: Iterable[str] = (),
    byline: str,
    given: date | None,
    find_dates: DateFinder,
) -> Published:
    """The interval in which the document came out.

    What came with the page (`given`, `meta_days`) yields to a byline or dateline that disagrees, unless that tells of a
    later change (`changed_days`). A day above the title,
    which may be that of the crawl, yields to metadata and to what the text tells of itself. Without any of them the
    text is asked.
    """
    meta = given or next((day for day in map(read_day, meta_days) if day is not None), None)
    changed = {Interval.day(day) for day in map(read_day, changed_days) if day is not None and day != meta}
    told = told_days(lines, byline, language, title=title, find_dates=find_dates)
    if meta is not None:
        told = [one for one in told if one.interval not in changed]
    best = next((one for one in told if not one.is_header), None)
    if best is not None:
        return _bylined(best, meta, [one.interval for one in told])
    if meta is not None:
        return Published(Interval.day(meta), PublishedBasis.METADATA)
    if told:
        header = told[0].interval
        instead = contradicting(lines, language, header=header.latest, find_dates=find_dates)
        if instead is not None and not instead.overlaps(header):
            return Published(instead, PublishedBasis.INFERRED, f"the header's {header.latest.isoformat()}")
        return Published(header, PublishedBasis.BYLINE)
    inferred = from_weekdays(lines, language, find_dates=find_dates) or from_events(
        lines, language, find_dates=find_dates
    )
    return Published(inferred, PublishedBasis.UNKNOWN if inferred is None else PublishedBasis.INFERRED)


def _bylined(best: Told, meta: date | None, days: Sequence[Interval]) -> Published:
    """The day of a byline, or that of the metadata where one of several days agrees with it."""
    if meta is None or best.interval == Interval.day(meta):
        return Published(best.interval, PublishedBasis.BYLINE if meta is None else PublishedBasis.METADATA)
    if Interval.day(meta) in days or Interval.day(meta).within(best.interval):
        return Published(Interval.day(meta), PublishedBasis.METADATA)
    far = best.interval.distance(Interval.day(meta)) > _SAME_DAY
    return Published(best.interval, PublishedBasis.BYLINE, f"the metadata's {meta.isoformat()}" if far else None)
