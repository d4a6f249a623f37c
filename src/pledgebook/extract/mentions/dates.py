"""Days and periods in running text."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from pledgebook.domain import Interval, Mention, MentionKind, Reading, Span
from pledgebook.extract.mentions import periods
from pledgebook.extract.mentions.dates_days import day_of, resolve_days
from pledgebook.extract.mentions.dates_parts import LINKS, OPENERS, Core, Slots, buddhist_lead, read_slots
from pledgebook.extract.mentions.dates_terms import read_term
from pledgebook.extract.mentions.pieces import Piece, is_close
from pledgebook.extract.mentions.scan import Scan, resolve, scan_text
from pledgebook.lexicon.language import Language

_NUMERIC = re.compile(
    r"(?<![\d.,/-])(?:(\d{1,4})([./-])(\d{1,2})\2|(\d{1,2})(/)(\d{1,2}) (?=\d{4}))(\d{1,4})(?![\d/-]|[.,]\d)"
)


_DAY_AND_MONTH = re.compile(r"(?<![\d.,/-])(\d{1,2})([/-])(\d{1,2})(?![\d/-]|[.,]\d)")


_ANY_DAY = Interval.day(date(2000, 1, 1))


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
    numeric = sorted([*_numeric_dates(scan), *_days_without_year(scan, published)], key=lambda core: core.start)
    end = following = 0
    upcoming = iter([*numeric, None])
    ahead = next(upcoming)
    pieces = scan.pieces
    opening = [n for n, one in enumerate(pieces) if one.numeral or one.figure or not OPENERS.isdisjoint(one.senses)]
    for index in opening:
        piece = pieces[index]
        while ahead is not None and ahead.end <= piece.start:
            found.append(_mention(scan, ahead, published))
            end = ahead.end
            ahead = next(upcoming)
        if index < following or piece.start < end:
            continue
        if ahead is not None and (piece.end > ahead.start or _is_weekday_of(scan, piece, ahead)):
            continue
        core = _read_core(scan, index, published)
        if core is not None and core.interval is not None:
            found.append(_mention(scan, core, published))
            end, following = max(core.end, core.edge_end), core.last + 1
    while ahead is not None:
        found.append(_mention(scan, ahead, published))
        ahead = next(upcoming)
    return found


def _is_weekday_of(scan: Scan, piece: Piece, ahead: Core) -> bool:
    """Whether a weekday stands before a day in figures, which says which one it is: "Jumat (7/10/2022)"."""
    return "weekday" in piece.senses and scan.text[piece.end : ahead.start].strip() in {"", "(", ",", ", ("}


def _mention(scan: Scan, core: Core, published: Interval | None) -> Mention:
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


def _numeric_dates(scan: Scan) -> list[Core]:
    found = []
    for match in _NUMERIC.finditer(scan.text):
        one, mark, two = match.group(1, 2, 3) if match[1] else match.group(4, 5, 6)
        three = str(int(match[7]) - buddhist_lead(scan, int(match[7])))
        day = _numeric_day(one, two, three.zfill(len(match[7])), month_first=scan.language.dates.month_first, mark=mark)
        if day is not None:
            found.append(Core(-1, -1, match.start(), match.end(), Interval.day(day), reason="date in figures"))
    return found


def _days_without_year(scan: Scan, published: Interval | None) -> list[Core]:
    """Days like "13/5" behind a weekday or a word for day: "Senin (13/5)", "ngày 13/5"."""
    found: list[Core] = []
    if published is None:
        return found
    if "/" not in scan.text and "-" not in scan.text:
        return found
    pieces, at = scan.pieces, 0
    for match in _DAY_AND_MONTH.finditer(scan.text):
        while at < len(pieces) and pieces[at].end <= match.start():
            at += 1
        before = pieces[at - 1] if at else None
        if before is None or scan.text[before.end : match.start()].strip() not in {"", "(", ","}:
            continue
        if "weekday" not in before.senses and before.senses.get("unit") != "day" and "day_word" not in before.senses:
            continue
        one, two = int(match[1]), int(match[3])
        day, month = (two, one) if scan.language.dates.month_first else (one, two)
        if day_of(published.latest.year, month, day) is not None:
            start = before.start if "weekday" in before.senses else match.start()
            core = Core(at, at, start, match.end(), None, reason="day and month in figures")
            core.interval = resolve_days(scan, Slots(-1, month=month, day=day), core, published)
            found.append(core)
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
    return day_of(year, month, day)


def _read_core(scan: Scan, index: int, published: Interval | None) -> Core | None:
    piece = scan.pieces[index]
    core = None
    if piece.numeral or "unit" in piece.senses or "article" in piece.senses:
        core = read_term(scan, index, published or _ANY_DAY)
        if core is not None:
            return core if published is not None else None  # "10年以内" is no year, whenever it was written
    slots = read_slots(scan, index)
    if slots is None:
        return None
    core = Core(index, slots.last, piece.start, scan.pieces[slots.last].end, None)
    _read_edges(scan, core, slots)
    is_alone = slots.day is None and slots.year is None and core.edge_words is None and not slots.part
    if slots.weak and is_alone and not slots.direction and slots.relative is None:
        return None
    core.interval = resolve_days(scan, slots, core, published)
    core.part = slots.part
    if slots.part and core.interval is not None:
        core.interval = periods.part_of(core.interval, slots.part)
    return core


def _read_edges(scan: Scan, core: Core, slots: Slots) -> None:
    """Looks left and right of the date for what says how things lie to it."""
    _read_left(scan, core, slots)
    last = scan.pieces[core.last]
    if core.last > core.first and "edge_after" in last.senses and core.edge == "on":
        _set_edge(core, last)  # a mark of the year that has an ending: "2027. aastaks"
    else:
        _read_right(scan, core, slots)


def _is_beside(gap: str) -> bool:
    return is_close(gap) or gap.strip() in {"'", "’"}


def _set_edge(core: Core, piece: Piece) -> None:
    core.edge, core.edge_words, core.edge_end = piece.senses["edge_after"], piece.span, piece.end


def _read_left(scan: Scan, core: Core, slots: Slots) -> None:
    at = core.start
    for position in range(core.first - 1, max(-1, core.first - 6), -1):
        piece = scan.pieces[position]
        senses = piece.senses
        if not _is_beside(scan.text[piece.end : at]):
            return
        if "part" in senses and slots.part is None:
            slots.part = {"early": "start", "mid": "middle", "late": "end"}.get(senses["part"], senses["part"])
            core.start = piece.start
            if "edge" in senses:  # Arabic "بنهاية": by the end of
                core.edge, core.edge_words = senses["edge"], piece.span
                return
        elif "edge" in senses:
            core.edge, core.edge_words = senses["edge"], piece.span
            return
        elif "past" in senses or "future" in senses:
            slots.direction = slots.direction or ("past" if "past" in senses else "future")
            core.start = piece.start
        elif not (LINKS & set(senses)):
            return
        at = piece.start


def _read_right(scan: Scan, core: Core, slots: Slots) -> None:
    at = core.end
    for piece in scan.pieces[core.last + 1 : core.last + 4]:
        senses = piece.senses
        if not _is_beside(scan.text[at : piece.start]):
            return
        if "part_after" in senses and slots.part is None:
            slots.part, core.end = senses["part_after"], piece.end
            core.last += 1
        elif _tells_tense(senses, slots):
            slots.direction = "past" if "past" in senses else "future"
        elif not (LINKS & set(senses)) and "edge_after" not in senses:
            return
        if "edge_after" in senses:
            _set_edge(core, piece)
            return
        at = piece.end


def _tells_tense(senses: Mapping[str, str], slots: Slots) -> bool:
    """Whether a word behind a month or weekday says which one is meant ("lunes pasado")."""
    is_open = slots.direction == "" and (slots.month is not None or slots.weekday is not None)
    return is_open and bool({"past", "future"} & set(senses)) and not {"unit", "relative"} & set(senses)
