"""Terms and times past in running text: "within two years", "three weeks ago"."""

from decimal import Decimal

from pledgebook.domain import Interval
from pledgebook.extract.mentions import periods
from pledgebook.extract.mentions.dates_parts import Core
from pledgebook.extract.mentions.pieces import Piece, is_close, is_dash
from pledgebook.extract.mentions.scan import Scan

_MOST = 400
_SMALLER = {
    "decade": ("year", 10),
    "year": ("month", 12),
    "quarter": ("month", 3),
    "month": ("week", 4),
    "week": ("day", 7),
}


def read_term(scan: Scan, index: int, published: Interval | None) -> Core | None:
    """A number of units with words that make it a term ("within two years") or a time past ("three weeks ago")."""
    pieces = scan.pieces
    number = pieces[index]
    bare = "unit" in number.senses and not number.numeral
    if published is None or (number.numeral and not _counts(number)):
        return None
    unit_at = index if bare else _unit_at(scan, index + 1)
    if unit_at is None:
        return None
    unit, _, times = _unit_of(pieces[unit_at])[0].partition("*")
    behind = _number_behind(scan, unit_at) if bare and not times else None
    value = Decimal(times or 1) if bare and behind is None else pieces[behind or index].value or Decimal(1)
    left = _range_before(scan, index)
    is_one = bare and behind is None and not times
    marker = _marker(scan, left, behind or unit_at, bare=is_one)
    if marker is None or (is_one and unit != "decade") or _is_over(scan, left, behind or unit_at, marker[0]):
        return None
    unit, count = _whole(unit, value)
    unit_at = behind or unit_at
    sense, at = marker
    words = pieces[at].span
    core = Core(left, max(unit_at, at), pieces[left].start, pieces[unit_at].end, None)
    core.parts["number"], core.parts["unit"] = number.span, pieces[unit_at].span
    core.edge_words, core.edge_end = words, words.end
    core.reason = f"{count} {unit} {'ago' if sense == 'ago' else 'from publication'}"
    if sense == "ago":
        core.interval = periods.seen_from(published, lambda day: periods.shifted(day, unit, -count))
    else:
        core.edge = "within"
        core.interval = Interval(published.earliest, periods.end_of_term(published.latest, unit, count))
    return core


def _is_over(scan: Scan, first: int, last: int, sense: str) -> bool:
    """Whether the words tell of years that have passed: "지난 5년간", "trong 5 năm qua"."""
    if sense == "ago":
        before = _marker_before(scan, first, bare=False)
        return before is not None and before[0] == "coming"
    pieces, text = scan.pieces, scan.text
    for position, gap in (
        (first - 1, text[pieces[first - 1].end : pieces[first].start] if first else "x"),
        (last + 1, text[pieces[last].end : pieces[last + 1].start] if last + 1 < len(pieces) else "x"),
    ):
        if is_close(gap) and "past" in pieces[position].senses and "coming" not in pieces[position].senses:
            return True
    return False


def _number_behind(scan: Scan, unit_at: int) -> int | None:
    """The number that stands behind its unit, with a word of what is to come behind it: "السنوات الخمس المقبلة"."""
    if unit_at + 2 >= len(scan.pieces):
        return None
    unit, number, coming = scan.pieces[unit_at : unit_at + 3]
    is_one = number.numeral and _counts(number) and "coming_after" in coming.senses
    near = is_close(scan.text[unit.end : number.start]) and is_close(scan.text[number.end : coming.start])
    return unit_at + 1 if is_one and near else None


def _counts(number: Piece) -> bool:
    """Whether a number can count years or weeks of a term."""
    return number.value is not None and 0 < number.value <= _MOST and number.scale <= 100


def _whole(unit: str, value: Decimal) -> tuple[str, int]:
    """A whole number of units: half a year is six months.

    >>> _whole("year", Decimal("1.5"))
    ('month', 18)
    """
    if value == int(value):
        return unit, int(value)
    smaller, times = _SMALLER.get(unit, (unit, 1))
    return smaller, max(1, int(value * times))


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
        if "unit" in piece.senses or (step == 0 and _unit_of(piece)[0]):
            return position + step
        if not ({"filler", "of", "coming_filler", "counter", "future"} & set(piece.senses)):
            return None
    return None


def _unit_of(piece: Piece) -> tuple[str, bool, bool]:
    """A piece's unit, and whether it says "ago" or "to come" itself, as Vietnamese "5 năm tới", "5 [next year]"."""
    unit, mark, count = piece.senses.get("relative", "").partition("+1")
    if mark and not count:
        return unit, False, True
    unit, mark, count = piece.senses.get("relative", "").partition("-1")
    if mark and not count:
        return unit, True, False
    return piece.senses.get("unit", ""), False, False


def _range_before(scan: Scan, first: int) -> int:
    """The piece that a range of numbers before the unit begins with ("10 to 15 years": the later counts)."""
    pieces, text = scan.pieces, scan.text
    if first > 0 and pieces[first - 1].numeral and is_dash(text[pieces[first - 1].end : pieces[first].start]):
        return first - 1
    if first < 2 or not pieces[first - 2].numeral or not {"range_to", "range_and"} & set(pieces[first - 1].senses):
        return first
    return first - 2 if is_close(text[pieces[first - 2].end : pieces[first - 1].start]) else first


def _marker(scan: Scan, first: int, last: int, *, bare: bool) -> tuple[str, int] | None:
    """What makes units a term or a time past: "coming" or "ago", and the piece that says so."""
    return (None if bare else _marker_behind(scan, last)) or _marker_before(scan, first, bare=bare)


def _marker_behind(scan: Scan, last: int) -> tuple[str, int] | None:
    pieces = scan.pieces
    _, is_ago, is_coming = _unit_of(pieces[last])
    if is_ago or is_coming:
        return "ago" if is_ago else "coming", last
    if "coming_after" in pieces[last].senses:
        return "coming", last  # the ending says it: "10 yılda"
    if last + 1 < len(pieces) and is_close(scan.text[pieces[last].end : pieces[last + 1].start]):
        for sense in ("ago", "coming"):
            if f"{sense}_after" in pieces[last + 1].senses:
                return sense, last + 1
    return None


def _marker_before(scan: Scan, first: int, *, bare: bool) -> tuple[str, int] | None:
    at = scan.pieces[first].start
    for position in range(first - 1, max(-1, first - 4), -1):
        piece = scan.pieces[position]
        if not is_close(scan.text[piece.end : at]):
            return None
        if "ago" in piece.senses and not bare:
            return "ago", position
        if ("coming_one" if bare else "coming") in piece.senses:
            return "coming", position
        if not {"filler", "qualifier", "article", "of", "definite", "between"} & set(piece.senses):
            return None
        at = piece.start
    return None
