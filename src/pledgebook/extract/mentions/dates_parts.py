"""The parts of a date in running text: day, month, year, weekday, quarter, in any order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pledgebook.domain import Interval, Span
from pledgebook.extract.mentions import periods
from pledgebook.extract.mentions.pieces import is_close, is_dash
from pledgebook.extract.mentions.scan import Scan

LINKS = frozenset({"era", "date_link", "of", "definite", "article", "year_mark", "filler"})
"""Senses of words that may stand between the parts of a date."""
_COUNTED, _NAMED = ("weekday", "quarter", "half"), ("relative", "season")
OPENERS = frozenset({"fiscal", "month", "month_short", "ordinal", "unit", "article", *_COUNTED, *_NAMED})
"""Senses of words that a date or a term may begin with; any number may."""
_THINGS = frozenset({"count", "currency", "sign", "scaled", "power", "scale", "one"})
_BUDDHIST = 2400


@dataclass(slots=True)
class Core:
    """A date as found: its pieces `first` to `last`, where it stands, and what it comes to so far."""

    first: int
    last: int
    start: int
    end: int
    interval: Interval | None
    edge: str = "on"
    edge_words: Span | None = None
    edge_end: int = 0
    reason: str = "date"
    part: str | None = None
    score: float = 1.0
    parts: dict[str, Span] = field(default_factory=dict)


@dataclass(slots=True)
class Slots:
    """The parts of one date. `direction` is "past" or "future" where a word says which year or week is meant."""

    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: str | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    part: str | None = None
    direction: str = ""
    day_marked: bool = False
    short: bool = False
    weak: bool = False
    fiscal: bool = False
    month_to: int | None = None


def read_slots(scan: Scan, index: int) -> Slots | None:
    """The parts of a date that follow each other from `index` on, in any order, each at most once."""
    pieces, text = scan.pieces, scan.text
    slots, position, last = Slots(index), index, -1
    while position < len(pieces):
        piece = pieces[position]
        if position > index and not _is_date_gap(text[pieces[position - 1].end : piece.start]):
            break
        if _fill_months(scan, slots, position):
            position += 2 if pieces[position + 1].numeral else 3  # "7～9月"
            last = position - 1
            continue
        if _fill(scan, slots, position):
            last = position
        elif last < 0 or not (LINKS & set(piece.senses) or {"day_mark", "month_mark"} & set(piece.senses)):
            break
        elif {"day_mark", "month_mark", "year_mark"} & set(piece.senses):
            last = position
            slots.part = slots.part or piece.senses.get("part_after")  # "27年末"
        position += 1
        if position - index > 8:
            break
    if last < 0:
        return None
    slots.last = last
    return slots if _is_date(slots) else None


def _is_date_gap(gap: str) -> bool:
    if "\n" in gap and gap.strip():
        return False
    return is_close(gap) or (len(gap) < 4 and gap.strip() in {",", ".", "،", "'", "’", "(", "（", "/"})


def _is_date(slots: Slots) -> bool:
    if slots.short and slots.day is None and slots.year is None:
        return False
    if slots.day is not None and slots.month is None:
        return slots.day_marked or slots.weekday is not None
    return any(
        value is not None
        for value in (slots.year, slots.month, slots.weekday, slots.relative, slots.quarter, slots.half, slots.season)
    )


def _fill(scan: Scan, slots: Slots, position: int) -> bool:  # noqa: PLR0911 - one return a rule
    """Whether the piece fills a part of the date that is still empty."""
    piece = scan.pieces[position]
    senses = piece.senses
    if piece.numeral or piece.figure:
        return _fill_number(scan, slots, position)
    if "fiscal" in senses:
        slots.fiscal, slots.relative = True, slots.relative or senses.get("relative")
        return True
    if ("month" in senses or "month_short" in senses) and slots.month is None:
        slots.month = int(senses.get("month") or senses["month_short"])
        slots.short, slots.weak = "month" not in senses, "weak" in senses
        return True
    if "ordinal" in senses and _ordinal_unit(scan, position) is not None:
        name = _ordinal_unit(scan, position) or ""
        if getattr(slots, name) is None:
            setattr(slots, name, int(senses["ordinal"]))
            return True
    for name in _COUNTED:
        if name in senses and getattr(slots, name) is None:
            setattr(slots, name, int(senses[name]))
            slots.relative = slots.relative or senses.get("relative")  # 上周四: Thursday of last week
            return True
    for name in _NAMED:
        if name in senses and getattr(slots, name) is None:
            setattr(slots, name, senses[name])
            return True
    return False


def _ordinal_unit(scan: Scan, position: int) -> str | None:
    """What an ordinal counts behind a year: Lithuanian "trečiąjį 2025 m. ketvirtį", the third quarter."""
    pieces, text = scan.pieces, scan.text
    for step, piece in enumerate(pieces[position + 1 : position + 4], start=position + 1):
        if not _is_date_gap(text[pieces[step - 1].end : piece.start]):
            return None
        unit = piece.senses.get("unit")
        if unit is not None:
            is_whole = unit in {"quarter", "half"} and step > position + 1
            return unit if is_whole else None
        if not (len(piece.figure) == 4 or "year_mark" in piece.senses):
            return None
    return None


def _fill_months(scan: Scan, slots: Slots, position: int) -> bool:
    """Whether two figures with a dash between them are the first and the last month of a part of the year."""
    pieces = scan.pieces
    if slots.year is None or slots.month is not None or position + 3 >= len(pieces):
        return False
    step = 2 if "range_to" in pieces[position + 1].senses else 1
    first, last, mark = pieces[position], pieces[position + step], pieces[position + step + 1]
    if "month_mark" not in mark.senses or last.end != mark.start or not is_dash(scan.text[first.end : last.start]):
        return False
    one, two = first.value or 0, last.value or 0
    if not (first.figure and last.figure and 1 <= one < two <= 12):
        return False
    slots.month, slots.month_to = int(one), int(two)
    return True


def buddhist_lead(scan: Scan, number: int) -> int:
    """How many years a figure is ahead of the common era in a text that may reckon from the Buddha."""
    ahead = next((int(era) for era in scan.language.dates.eras if int(era) < 0), 0)
    return -ahead if ahead and number > _BUDDHIST else 0


def _fill_number(scan: Scan, slots: Slots, position: int) -> bool:
    piece = scan.pieces[position]
    if piece.value is None or piece.scale != 1 or piece.glued or piece.damaged or not piece.figure.isdigit():
        return False
    number = int(piece.value)
    before, after, gap = _beside(scan, position)
    if after.get("unit") == "quarter" and not gap and 1 <= number <= 4 and slots.quarter is None:
        slots.quarter = number  # "3분기"
        return True
    if "month_mark" in after and 1 <= number <= 12 and slots.month is None:
        slots.month = number
        return True
    if slots.year is None:
        year = _year(number - buddhist_lead(scan, number), piece.figure, before, after, gap)
        if year is not None and scan.text[piece.end : piece.end + 1] != "%":
            slots.year = year
            return True
    return _fill_day(scan, slots, position, after, gap)


def _beside(scan: Scan, position: int) -> tuple[Mapping[str, str], Mapping[str, str], str]:
    """The senses of the pieces right before and behind, and what lies between the number and the one behind."""
    pieces, text = scan.pieces, scan.text
    piece = pieces[position]
    before: Mapping[str, str] = {}
    after: Mapping[str, str] = {}
    gap = "x"
    if position and is_close(text[pieces[position - 1].end : piece.start]):
        before = pieces[position - 1].senses
    if position + 1 < len(pieces):
        gap = text[piece.end : pieces[position + 1].start]
        after = pieces[position + 1].senses if is_close(gap) else {}
    return before, after, gap


def _year(number: int, figure: str, before: Mapping[str, str], after: Mapping[str, str], gap: str) -> int | None:
    """The year that a figure names, reckoned from an era ("令和6年", "พ.ศ. 2570") where one stands before it."""
    offset = int(before["era"]) if "era" in before else 0
    if offset > 0:
        return number + offset if periods.is_year(number + offset) else None
    if len(figure) == 4 and periods.is_year(number):
        return None if _THINGS & set(after) else number
    is_marked = "year_mark" in after and "day_mark" not in after and not gap
    return 2000 + number if is_marked and len(figure) == 2 else None


def _fill_day(scan: Scan, slots: Slots, position: int, after: Mapping[str, str], gap: str) -> bool:
    piece = scan.pieces[position]
    number = int(piece.value or 0)
    if not 1 <= number <= 31 or slots.day is not None or len(piece.figure) > 2:
        return False
    is_dated = slots.month is not None or slots.weekday is not None
    if is_dated and {*_THINGS, "unit"} & set(after) and "day_mark" not in after:
        return False
    leads = bool({"day_mark", "month", "month_short"} & set(after)) or is_dated or _month_follows(scan, position)
    if leads:
        slots.day, slots.day_marked = number, "day_mark" in after and not gap
    return leads


def _month_follows(scan: Scan, position: int) -> bool:
    """Whether a month stands behind the number, over a point, a mark or a link."""
    pieces, text = scan.pieces, scan.text
    at = pieces[position].end
    for following in pieces[position + 1 : position + 4]:
        gap = text[at : following.start]
        if not (is_close(gap) or gap.strip() in {".", "º", "ª", "°"}):
            return False
        if "month" in following.senses or "month_short" in following.senses:
            return True
        if not {"date_link", "day_mark", "of"} & set(following.senses):
            return False
        at = following.end
    return False
