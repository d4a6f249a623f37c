"""Days and periods in running text."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from pledgebook.domain import Interval, Mention, MentionKind, Reading, Span
from pledgebook.extract.mentions import periods
from pledgebook.extract.mentions.pieces import Piece, is_close, is_dash
from pledgebook.extract.mentions.scan import Scan, resolve, scan_text
from pledgebook.lexicon.language import Language

_NUMERIC = re.compile(r"(?<![\d.,/-])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d/-]|[.,]\d)")
_SLOTS = ("relative", "month", "weekday", "quarter", "half", "season")
_FUTURE_REACH = 45
_LINKS = frozenset({"date_link", "of", "definite", "article", "year_mark", "filler"})


def find_dates(text: str, language: Language | str, *, published: Interval | None) -> list[Mention]:
    """All days and periods in `text`, from left to right.

    `published` is what relative words are reckoned from; without it only dates that stand by themselves are found. A
    month or weekday without a year is the last one before the publication, or the next where the edge ("by") or a
    word of the future before it says so. The span covers the date; `parts["edge"]` the words of its edge
    ("by the end of"). A "within" reaches from the publication to its end.

    >>> [m.reading.interval.latest.isoformat() for m in find_dates("by the end of 2025", "en", published=None)]
    ['2025-12-31']
    """
    scan = scan_text(text, resolve(language))
    found: list[Mention] = []
    numeric = _numeric_dates(scan)
    index, end = 0, 0
    upcoming = iter([*numeric, None])
    ahead = next(upcoming)
    pieces = scan.pieces
    while index < len(pieces):
        while ahead is not None and ahead.end <= pieces[index].start:
            found.append(_mention(scan, ahead, published))
            end = ahead.end
            ahead = next(upcoming)
        piece = pieces[index]
        if piece.start < end or (ahead is not None and piece.end > ahead.start):
            index += 1
            continue
        core = _read_core(scan, index, published)
        if core is not None and core.interval is not None:
            found.append(_mention(scan, core, published))
            end, index = max(core.end, core.edge_end), core.last + 1
        else:
            index += 1
    while ahead is not None:
        found.append(_mention(scan, ahead, published))
        ahead = next(upcoming)
    return found


@dataclass(slots=True)
class _Core:
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


def _mention(scan: Scan, core: _Core, published: Interval | None) -> Mention:
    del published
    interval = core.interval
    if interval is None:
        raise AssertionError(scan.text[core.start : core.end])
    edge = core.edge
    if edge == "before" and core.part:
        edge = "by"
    elif edge == "before":
        interval, edge = Interval.day(interval.earliest - timedelta(days=1)), "by"
    parts = dict(core.parts)
    if core.edge_words is not None:
        parts["edge"] = core.edge_words
    return Mention(
        MentionKind.DATE,
        Span(core.start, core.end),
        reading=Reading(interval, edge),
        score=core.score,
        reason=core.reason,
        parts=parts,
    )


def _numeric_dates(scan: Scan) -> list[_Core]:
    found = []
    for match in _NUMERIC.finditer(scan.text):
        day = _numeric_day(
            match.group(1),
            match.group(3),
            match.group(4),
            month_first=scan.language.dates.month_first,
            mark=match.group(2),
        )
        if day is not None:
            found.append(_Core(-1, -1, match.start(), match.end(), Interval.day(day), reason="date in figures"))
    return found


def _numeric_day(one: str, two: str, three: str, *, month_first: bool, mark: str) -> date | None:
    a, b, c = int(one), int(two), int(three)
    if len(one) == 4:
        year, month, day = a, b, c
    elif len(three) in (2, 4):
        year = c if len(three) == 4 else 2000 + c
        day, month = (b, a) if month_first and mark != "." and a <= 12 else (a, b)
        if month > 12 >= day:
            day, month = month, day
    else:
        return None
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if periods.is_year(year) else None
    except ValueError:
        return None


def _read_core(scan: Scan, index: int, published: Interval | None) -> _Core | None:
    piece = scan.pieces[index]
    core = None
    if piece.numeral or "unit" in piece.senses or "article" in piece.senses:
        core = _read_duration(scan, index, published)
        if core is not None:
            return core
    slots = _read_slots(scan, index)
    if slots is None:
        return None
    core = _Core(index, slots.last, piece.start, scan.pieces[slots.last].end, None)
    _read_edges(scan, core, slots)
    core.interval = _resolve(scan, slots, core, published)
    core.part = slots.part
    if slots.part and core.interval is not None:
        core.interval = periods.part_of(core.interval, slots.part)
    return core


@dataclass(slots=True)
class _Slots:
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
    offset: int = 0


def _read_slots(scan: Scan, index: int) -> _Slots | None:
    """The parts of a date that follow each other from `index` on, in any order, each at most once."""
    pieces, text = scan.pieces, scan.text
    slots, position, last = _Slots(index), index, -1
    while position < len(pieces):
        piece = pieces[position]
        if position > index and not _is_date_gap(text[pieces[position - 1].end : piece.start]):
            break
        if _fill(scan, slots, position):
            last = position
        elif last < 0 or not (_LINKS & set(piece.senses) or {"day_mark", "month_mark"} & set(piece.senses)):
            break
        elif {"day_mark", "month_mark", "year_mark"} & set(piece.senses):
            last = position
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


def _is_date(slots: _Slots) -> bool:
    if slots.short and slots.day is None and slots.year is None:
        return False
    if slots.day is not None and slots.month is None:
        return slots.day_marked or slots.weekday is not None
    return any(
        value is not None
        for value in (slots.year, slots.month, slots.weekday, slots.relative, slots.quarter, slots.half, slots.season)
    )


def _fill(scan: Scan, slots: _Slots, position: int) -> bool:
    """Whether the piece fills a part of the date that is still empty."""
    piece = scan.pieces[position]
    senses = piece.senses
    if piece.numeral or piece.figure:
        return _fill_number(scan, slots, position)
    if "era" in senses and slots.year is None:
        slots.offset = int(senses["era"])
        return False if position else False
    if ("month" in senses or "month_short" in senses) and slots.month is None:
        slots.month = int(senses.get("month") or senses["month_short"])
        slots.short = "month" not in senses
        return True
    if "weekday" in senses and slots.weekday is None:
        slots.weekday = int(senses["weekday"])
        return True
    if "relative" in senses and slots.relative is None:
        slots.relative = senses["relative"]
        return True
    if "quarter" in senses and slots.quarter is None:
        slots.quarter = int(senses["quarter"])
        return True
    if "half" in senses and slots.half is None:
        slots.half = int(senses["half"])
        return True
    if "season" in senses and slots.season is None:
        slots.season = senses["season"]
        return True
    return False


def _fill_number(scan: Scan, slots: _Slots, position: int) -> bool:
    pieces, text = scan.pieces, scan.text
    piece = pieces[position]
    if piece.value is None or piece.scale != 1 or piece.value != int(piece.value) or piece.glued or piece.damaged:
        return False
    number, following = int(piece.value), pieces[position + 1] if position + 1 < len(pieces) else None
    gap = text[piece.end : following.start] if following is not None else "x"
    after = following.senses if following is not None and is_close(gap) else {}
    previous = pieces[position - 1] if position else None
    before = previous.senses if previous is not None and is_close(text[previous.end : piece.start]) else {}
    if not piece.figure.isdigit():
        return False
    if ("month_mark" in after or "month_mark_before" in before) and 1 <= number <= 12 and slots.month is None:
        slots.month = number
        return True
    offset = int(before["era"]) if "era" in before else 0
    if offset and slots.year is None and (offset > 0 or number > 2400):
        slots.year = number + offset
        return periods.is_year(slots.year)
    if len(piece.figure) == 4 and periods.is_year(number) and slots.year is None:
        if {"count", "currency", "sign", "scaled", "power", "scale", "one"} & set(after) or text[
            piece.end : piece.end + 1
        ] == "%":
            return False
        slots.year = number
        return True
    if "year_mark" in after and gap == "" and len(piece.figure) == 2 and slots.year is None:
        slots.year = 2000 + number
        return True
    if 1 <= number <= 31 and slots.day is None and len(piece.figure) < 3:
        if slots.month is not None or slots.weekday is not None:
            if not ({"count", "currency", "scaled", "power", "unit", "scale"} & set(after)) or "day_mark" in after:
                slots.day = number
                return True
            return False
        if "day_mark" in after or "month" in after or "month_short" in after or _month_follows(scan, position):
            slots.day, slots.day_marked = number, "day_mark" in after and gap == ""
            return True
    return False


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


def _read_edges(scan: Scan, core: _Core, slots: _Slots) -> None:
    """Looks left and right of the date for what says how things lie to it."""
    pieces, text = scan.pieces, scan.text
    at, position = core.start, core.first - 1
    start = end = -1
    while position >= 0 and core.first - position <= 5:
        piece = pieces[position]
        gap = text[piece.end : at]
        if not (is_close(gap) or gap.strip() in {"'", "’"}):
            break
        senses = piece.senses
        if "part" in senses and slots.part is None:
            slots.part = {"early": "start", "mid": "middle", "late": "end"}.get(senses["part"], senses["part"])
            core.start = piece.start
        elif "edge" in senses:
            core.edge, start, end = senses["edge"], piece.start, piece.end if end < 0 else end
            break
        elif "past" in senses or "future" in senses:
            slots.direction = slots.direction or ("past" if "past" in senses else "future")
            core.start = piece.start
        elif not (_LINKS & set(senses)):
            break
        at = piece.start
        position -= 1
    if start >= 0:
        core.edge_words = Span(start, end)
    at, position = core.end, core.last + 1
    while position < len(pieces) and position - core.last <= 3:
        piece = pieces[position]
        gap = text[at : piece.start]
        if not (is_close(gap) or gap.strip() in {"'", "’"}):
            break
        senses = piece.senses
        if "part_after" in senses and slots.part is None:
            slots.part, core.end, core.last = senses["part_after"], piece.end, position
        elif (
            ("past" in senses or "future" in senses)
            and (slots.month or slots.weekday is not None)
            and not slots.direction
        ):
            if "unit" in senses or "relative" in senses:
                break
            slots.direction = "past" if "past" in senses else "future"
        elif not (_LINKS & set(senses)) and "edge_after" not in senses:
            break
        if "edge_after" in senses:
            core.edge, core.edge_words, core.edge_end = senses["edge_after"], piece.span, piece.end
            break
        at = piece.end
        position += 1


def _resolve(scan: Scan, slots: _Slots, core: _Core, published: Interval | None) -> Interval | None:
    if slots.relative is not None:
        return _resolve_relative(slots, core, published)
    year = slots.year
    if year is not None:
        if slots.month is not None:
            if slots.day is not None:
                day = _day(year, slots.month, slots.day)
                return Interval.day(day) if day is not None else None
            return periods.months_of(year, slots.month)
        core.score = 1.0 if core.edge_words is not None or slots.part or _has_year_mark(scan, core) else 0.7
        return _sub_year(slots, year)
    if published is None:
        return None
    future = core.edge == "by" or slots.direction == "future"
    if not slots.direction and not future:
        future = _future_before(scan, core)
    if slots.month is not None:
        core.reason = "next such month" if future else "last such month"
        return periods.seen_from(published, lambda day: _near_month(day, slots, future=future))
    if slots.day is not None and slots.weekday is None:
        return periods.seen_from(published, lambda day: _near_day(day, slots.day or 1, future=future))
    if slots.weekday is not None:
        core.reason = "next such weekday" if slots.direction == "future" else "last such weekday"
        weekday, ahead, back = (
            slots.weekday,
            slots.direction == "future" or core.edge == "by",
            slots.direction == "past",
        )
        return periods.seen_from(published, lambda day: _near_weekday(day, weekday, ahead=ahead, back=back))
    return periods.seen_from(published, lambda day: _near_part(day, slots, future=future))


def _has_year_mark(scan: Scan, core: _Core) -> bool:
    pieces = scan.pieces
    beside = [pieces[i] for i in (core.first - 1, core.last, core.last + 1) if 0 <= i < len(pieces)]
    return any("year_mark" in piece.senses for piece in beside)


def _sub_year(slots: _Slots, year: int) -> Interval:
    if slots.quarter is not None:
        return periods.quarter_of(year, slots.quarter)
    if slots.half is not None:
        return periods.half_of(year, slots.half)
    if slots.season is not None:
        return periods.season_of(year, slots.season)
    return periods.year_of(year)


def _resolve_relative(slots: _Slots, core: _Core, published: Interval | None) -> Interval | None:
    if published is None or slots.relative is None:
        return None
    unit, sign, count = slots.relative.replace("+", " + ").replace("-", " - ").split()
    steps = int(count) if sign == "+" else -int(count)
    core.reason = f"{unit} {sign}{count} from publication"
    if unit == "recent":
        return Interval(periods.months_before(published.earliest, -steps), published.latest)
    if unit == "year" and (slots.month is not None or slots.quarter or slots.half or slots.season):

        def of_year(day: date) -> Interval:
            year = day.year + steps
            if slots.month is None:
                return _sub_year(slots, year)
            exact = _day(year, slots.month, slots.day) if slots.day is not None else None
            return Interval.day(exact) if exact is not None else periods.months_of(year, slots.month)

        return periods.seen_from(published, of_year)
    if unit == "month" and slots.day is not None and slots.month is None:

        def of_month(day: date) -> Interval:
            month = periods.months_of(day.year, day.month + steps)
            exact = _day(month.earliest.year, month.earliest.month, slots.day or 1)
            return Interval.day(exact) if exact is not None else month

        return periods.seen_from(published, of_month)
    if slots.weekday is not None and unit == "week":
        weekday = slots.weekday
        return periods.seen_from(
            published,
            lambda day: Interval.day(periods.shifted(day, "week", steps).earliest + timedelta(days=weekday)),
        )
    if slots.month is not None and slots.day is not None and slots.year is not None:
        exact = _day(slots.year, slots.month, slots.day)
        return Interval.day(exact) if exact is not None else None
    return periods.seen_from(published, lambda day: periods.shifted(day, unit, steps))


def _near_month(day: date, slots: _Slots, *, future: bool) -> Interval:
    month, number = slots.month or 1, slots.day
    year = day.year
    if number is None:
        if future and month < day.month:
            year += 1
        elif not future and month > day.month:
            year -= 1
        elif slots.direction == "past" and month == day.month:
            year -= 1
        return periods.months_of(year, month)
    exact = _day(year, month, number) or periods.months_of(year, month).latest
    if future and exact < day:
        exact = _day(year + 1, month, number) or exact
    elif not future and exact > day:
        exact = _day(year - 1, month, number) or exact
    return Interval.day(exact)


def _near_day(day: date, number: int, *, future: bool) -> Interval:
    for steps in (0, 1, 2) if future else (0, -1, -2):
        month = periods.months_of(day.year, day.month + steps)
        exact = _day(month.earliest.year, month.earliest.month, number)
        if exact is not None and (exact >= day if future else exact <= day):
            return Interval.day(exact)
    return Interval.day(day)


def _near_weekday(day: date, weekday: int, *, ahead: bool, back: bool) -> Interval:
    if ahead:
        return Interval.day(day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1))
    days = (day.weekday() - weekday) % 7
    return Interval.day(day - timedelta(days=days or (7 if back else 0)))


def _near_part(day: date, slots: _Slots, *, future: bool) -> Interval:
    this = _sub_year(slots, day.year)
    if future and this.latest < day:
        return _sub_year(slots, day.year + 1)
    if not future and this.earliest > day:
        return _sub_year(slots, day.year - 1)
    return this


def _future_before(scan: Scan, core: _Core) -> bool:
    text, pieces = scan.text, scan.pieces
    for position in range(core.first - 1, -1, -1):
        piece = pieces[position]
        if core.start - piece.end > _FUTURE_REACH:
            return False
        if "future" in piece.senses and "past" not in piece.senses:
            between = text[piece.end : core.start]
            return not any(mark in between for mark in (". ", "!", "?", "。", "\n", ", ", "，"))
    return False


def _read_duration(scan: Scan, index: int, published: Interval | None) -> _Core | None:
    """A number of units with words that make it a term ("within two years") or a time past ("three weeks ago")."""
    pieces, text = scan.pieces, scan.text
    first, position = index, index
    piece = pieces[index]
    if "unit" in piece.senses and not piece.numeral:
        count, half = 1, False
    else:
        if piece.numeral and (piece.value is None or piece.value > 1000 or piece.scale > 100 or not piece.value):
            return None
        value = piece.value if piece.value is not None else 1
        half = value != int(value)
        count = int(value * 2) if half else int(value)
        position += 1
    unit_piece = _unit_at(scan, position)
    if unit_piece is None:
        return None
    unit = pieces[unit_piece].senses["unit"]
    left = _range_before(scan, first)
    core = _Core(left, unit_piece, pieces[left].start, pieces[unit_piece].end, None)
    core.parts["number"] = pieces[first].span
    core.parts["unit"] = pieces[unit_piece].span
    marker = _duration_marker(scan, left, unit_piece, bare=first == unit_piece)
    if marker is None or (first == unit_piece and unit != "decade"):
        return None
    sense, words = marker
    if published is None:
        return None
    if half:
        unit, count = (
            {"year": "month", "decade": "year", "month": "week", "week": "day"}.get(unit, unit),
            count * 6 if unit == "year" else count,
        )
        if unit == "year":
            count *= 5
        elif unit == "week":
            count *= 2
    if count > 400:
        return None
    core.edge_words = words
    core.edge_end = words.end
    core.last = max(core.last, _index_of(scan, words))
    core.reason = f"{count} {unit} {'ago' if sense == 'ago' else 'from publication'}"
    if sense == "ago":
        core.edge = "on"
        core.interval = periods.seen_from(published, lambda day: periods.shifted(day, unit, -count))
    else:
        core.edge = "within"
        core.interval = Interval(published.earliest, periods.end_of_term(published.latest, unit, count))
    return core


def _index_of(scan: Scan, words: Span) -> int:
    """The piece that the words of an edge end with, where they stand behind the date; -1 elsewhere."""
    for position, piece in enumerate(scan.pieces):
        if piece.end == words.end:
            return position
        if piece.start > words.end:
            break
    return -1


def _unit_at(scan: Scan, position: int) -> int | None:
    pieces, text = scan.pieces, scan.text
    for step in range(3):
        if position + step >= len(pieces):
            return None
        piece = pieces[position + step]
        if (
            position + step > 0
            and not is_close(text[pieces[position + step - 1].end : piece.start])
            and position + step > 0
        ):
            return None
        if "unit" in piece.senses:
            return position + step
        if not ({"filler", "of", "coming_filler", "counter", "future"} & set(piece.senses)):
            return None
    return None


def _range_before(scan: Scan, first: int) -> int:
    pieces, text = scan.pieces, scan.text
    if first > 0 and pieces[first - 1].numeral and is_dash(text[pieces[first - 1].end : pieces[first].start]):
        return first - 1
    if first > 1 and pieces[first - 2].numeral and {"range_to", "range_and"} & set(pieces[first - 1].senses):
        if is_close(text[pieces[first - 2].end : pieces[first - 1].start]):
            return first - 2
    return first


def _duration_marker(scan: Scan, first: int, last: int, *, bare: bool) -> tuple[str, Span] | None:
    pieces, text = scan.pieces, scan.text
    if last + 1 < len(pieces):
        after = pieces[last + 1]
        if is_close(text[pieces[last].end : after.start]):
            if "ago_after" in after.senses and not bare:
                return "ago", after.span
            if "coming_after" in after.senses and not bare:
                return "coming", after.span
    at = pieces[first].start
    for position in range(first - 1, max(-1, first - 4), -1):
        piece = pieces[position]
        if not is_close(text[piece.end : at]):
            break
        if "ago" in piece.senses and not bare:
            return "ago", piece.span
        if ("coming_one" if bare else "coming") in piece.senses:
            return "coming", piece.span
        if not {"filler", "qualifier", "article", "of", "definite", "between"} & set(piece.senses):
            break
        at = piece.start
    return None
