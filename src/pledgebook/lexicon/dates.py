"""Words for days and periods."""

from collections.abc import Iterator
from dataclasses import dataclass

from pledgebook.lexicon.sections import Entry, Phrases, Table, entries, merged, phrases, section, strings, text


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's words for days, periods, and how something lies to them.

    `relative` go from "week-1" to "last week". `edges` ("by", "from", "within", "on") and `parts` ("end", "start",
    "middle", "early", "mid", "late") stand before a date, `edges_after` and `parts_after` behind it; `ago` and
    `coming` likewise around a number of units, `coming_one` before a unit alone ("over the next decade"). Months of
    `months_weak` are everyday words as well ("may") and need a day, a year or an edge. `year_marks`, `month_marks`
    and `day_marks` tell what a figure is, `between` links the parts of a date. `future` are words of tense
    that make a date one to come. `month_first` is the order of a date in figures, `eras` the years to add. `fiscal`
    words say that a year is a business year, which begins with the month `fiscal_start`; behind one of `day_words` a
    day may stand in figures without its year ("hôm 13/5").
    """

    months: Phrases
    months_short: Phrases
    months_weak: tuple[str, ...]
    weekdays: Phrases
    units: Phrases
    relative: Phrases
    quarters: Phrases
    halves: Phrases
    seasons: Phrases
    edges: Phrases
    edges_after: Phrases
    parts: Phrases
    parts_after: Phrases
    ago: tuple[str, ...]
    ago_after: tuple[str, ...]
    coming: tuple[str, ...]
    coming_after: tuple[str, ...]
    coming_one: tuple[str, ...]
    day_marks: tuple[str, ...]
    month_marks: tuple[str, ...]
    year_marks: tuple[str, ...]
    between: tuple[str, ...]
    future: tuple[str, ...]
    past: tuple[str, ...]
    eras: Phrases
    month_first: bool
    fiscal: tuple[str, ...]
    day_words: tuple[str, ...]
    fiscal_start: int

    def entries(self) -> Iterator[Entry]:
        """What the term table holds of these words."""
        for sense, lists in (
            ("month", self.months),
            ("month_short", self.months_short),
            ("weekday", self.weekdays),
            ("unit", self.units),
            ("relative", self.relative),
            ("quarter", self.quarters),
            ("half", self.halves),
            ("season", self.seasons),
            ("edge", self.edges),
            ("edge_after", self.edges_after),
            ("part", self.parts),
            ("part_after", self.parts_after),
            ("era", self.eras),
        ):
            yield from entries(lists, sense)
        for sense, several in (
            ("ago", self.ago),
            ("ago_after", self.ago_after),
            ("coming", self.coming),
            ("coming_after", self.coming_after),
            ("coming_one", self.coming_one),
            ("day_mark", self.day_marks),
            ("month_mark", self.month_marks),
            ("year_mark", self.year_marks),
            ("date_link", self.between),
            ("future", self.future),
            ("weak", self.months_weak),
            ("past", self.past),
            ("fiscal", self.fiscal),
            ("day_word", self.day_words),
        ):
            yield from ((phrase, sense, "", None) for phrase in several)


def read_dates(hand: Table, cldr: Table) -> DateWords:
    """The section of the hand lexicon over CLDR's."""
    table, generated = section(hand, "dates"), section(cldr, "dates")

    def over(name: str) -> Phrases:
        return merged(phrases(section(generated, name)), phrases(section(table, name)))

    return DateWords(
        months=over("months"),
        months_short=over("months_short"),
        months_weak=strings(table, "months_weak"),
        weekdays=over("weekdays"),
        units=over("units"),
        relative=over("relative"),
        quarters=over("quarters"),
        halves=over("halves"),
        seasons=over("seasons"),
        edges=over("edges"),
        edges_after=over("edges_after"),
        parts=over("parts"),
        parts_after=over("parts_after"),
        ago=strings(table, "ago"),
        ago_after=strings(table, "ago_after"),
        coming=strings(table, "coming"),
        coming_after=strings(table, "coming_after"),
        coming_one=strings(table, "coming_one"),
        day_marks=strings(table, "day_marks"),
        month_marks=strings(table, "month_marks"),
        year_marks=strings(table, "year_marks"),
        between=strings(table, "between"),
        future=strings(table, "future"),
        past=strings(table, "past"),
        eras=over("eras"),
        month_first=table.get("month_first") is True,
        fiscal=strings(table, "fiscal"),
        day_words=strings(table, "day_words"),
        fiscal_start=int(text(table, "fiscal_start", "1")),
    )
