"""Sums of money in running text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from pledgebook.domain import Amount, Mention, MentionKind, Money, Qualifier, Span
from pledgebook.extract.mentions.currency import Figure, currency_of, read_figure_with_currency
from pledgebook.extract.mentions.numerals import plain
from pledgebook.extract.mentions.pieces import Piece, is_close, is_dash
from pledgebook.extract.mentions.precision import find_qualifier
from pledgebook.extract.mentions.scan import Scan, resolve, scan_text
from pledgebook.lexicon.language import Language
from pledgebook.lexicon.money import load_currencies

NO_CURRENCY = "XXX"
"""ISO 4217's code for no currency: that of a figure which lost its sign together with digits."""
_THOUSAND, _MILLION = 10**3, 10**6
_OPENING, _CLOSING = "([（［【〔", ")]）］】〕,;，；、/"
_TAIL = 40
_BLANKS = " \u00a0\u202f"
_LINK_WORDS = 4
_CHANGE_REACH = 90
# So far before or behind a sum a country tells whose rupee it is; the dollar and the euro are spent everywhere.
_BEHIND, _AHEAD = 240, 80
_EVERYWHERE = frozenset(("dollar", "dollar_sign", "pound", "yen"))
_ALIKE = (Decimal("0.75"), Decimal("1.33"))


def find_money(
    text: str, language: Language | str, *, country: str | None = None, places: Sequence[Mention] = ()
) -> list[Mention]:
    """All sums of money in `text`, from left to right.

    A range and a sum restated in another currency are one mention each: `amount.value_max`, `amount.also`. The span
    covers number and currency, and both ends of a range; `parts` may hold "number", "currency", "qualifier", "also"
    (the words that restate it) and "risen" (the sum that a former one has become). `country` (ISO 3166-1) says whose
    dollar, krone, rupee or peso is meant where the words do not; `places` (what `find_places` gives) tell it for single
    sums: "Morocco set aside 11 billion dirhams". A figure that lost its first digits (".6 billion") is returned as
    `damaged`, with the currency "XXX" where that was lost as well.

    >>> [mention.amount.value for mention in find_money("between €30 billion and €50 billion", "en")]
    [Decimal('30000000000')]
    """
    known = resolve(language)
    scan = scan_text(text, known)
    home = _Home(country, places)
    found: list[_Found] = []
    after, index = 0, 0
    while index < len(scan.pieces):
        if not scan.pieces[index].numeral:
            index += 1
            continue
        sum_ = _read_sum(scan, index, after, home)
        if sum_ is None:
            index += 1
            continue
        found.append(sum_)
        after, index = sum_.end, sum_.last + 1
    joined = _join_restated(scan, found)
    risen = {one.start: other for (one, _), (other, _) in pairwise(joined) if _has_risen(scan, one, other)}
    return [_mention(item, also, risen.get(item.start)) for item, also in joined]


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    first: int
    last: int
    value: Decimal
    top: Decimal | None
    currency: str
    qualifier: Qualifier
    words: Span | None
    number: Span
    sign: Span | None
    damaged: bool


class _Home:
    """Whose currency a bare name means at a place of the text."""

    def __init__(self, country: str | None, places: Sequence[Mention]) -> None:
        self._country = country
        self._places = [(mention.span.start, mention.place) for mention in places if mention.place is not None]

    def currency(self, label: str, language: Language, start: int) -> str | None:
        """The ISO code that `label` means at `start`."""
        classes = load_currencies().countries.get(label)
        own = {classes[home] for home in language.homes if classes and home in classes}
        if label in language.money.defaults and own == {language.money.defaults[label]}:
            # A Swedish paper's "kronor" are its own, whatever land it speaks of.
            return language.money.defaults[label]
        if classes and label not in _EVERYWHERE and self._country not in classes:
            near = [(at > start, abs(at - start), place) for at, place in self._places if place in classes]
            told = min((item for item in near if item[1] <= (_AHEAD if item[0] else _BEHIND)), default=None)
            if told is not None:
                return currency_of(label, language, told[2])
        return currency_of(label, language, self._country)


def _read_sum(scan: Scan, index: int, after: int, home: _Home) -> _Found | None:
    text, pieces = scan.text, scan.pieces
    low, high = _read_ends(scan, index, after)
    if high is None and low.label is None and not low.number.damaged:
        return None
    label = low.label or (high.label if high is not None else None)
    code = home.currency(label, scan.language, low.start) if label is not None else None
    if low.label is not None and high is not None and high.label is not None and high.label != low.label:
        other = home.currency(high.label, scan.language, low.start)
        if other is not None and (_is_class_of(low.label, other) or (code and _is_class_of(high.label, code))):
            code = other if low.label.islower() else code
        elif other != code:
            high = None
    if code is None:
        if not low.number.damaged or low.scale < _MILLION:
            return None
        code = NO_CURRENCY
    value, top = low.value, None
    if high is not None:
        value, top = _ends(low, high)
    if value <= 0:
        return None
    last, end = (high.last, high.end) if high is not None and top is not None else (low.last, low.end)
    qualifier, words = find_qualifier(text, pieces, low.first, last, start=low.start, end=end)
    if top is not None:
        qualifier = Qualifier.RANGE
        words = None if _before(scan, low, "between") else words
    damaged = low.number.damaged and not (low.currency is not None and low.currency.end == low.number.start)
    sign = low.currency or (high.currency if high is not None else None)
    return _Found(
        low.start, end, low.first, last, value, top, code, qualifier, words,
        low.number.span, sign.span if sign is not None else None, damaged,
    )  # fmt: skip


def _read_ends(scan: Scan, index: int, after: int) -> tuple[Figure, Figure | None]:
    """The figure at `index`, and the one that ends a range with it."""
    low = read_figure_with_currency(scan.text, scan.pieces, index, after=after)
    high = _range_end(scan, low)
    return (_with_next_magnitude(scan, low), None) if high is None and low.label is None else (low, high)


def _with_next_magnitude(scan: Scan, low: Figure) -> Figure:
    """A bare figure with magnitude and currency of the next one, where both are told in one breath.

    Swedish "3,0 respektive 1,7 miljarder", "from 17 to 30 billion dollars" of what rose; a bare "and" may join anything
    ("phase 2 and 30 million euros").
    """
    text, pieces = scan.text, scan.pieces
    # "from 4.800 to 3.600 million": four digits without a mark may be a year.
    is_long = low.value >= _THOUSAND and low.number.figure.isdigit()
    if low.scale != 1 or is_long or low.value >= _MILLION or low.number.in_words:
        return low
    first, last = _list_around(scan, low)
    end, position = pieces[last].end if last > low.last else low.end, last + 1
    if position >= len(pieces):
        return low
    piece = pieces[position]
    # Dutch "respectievelijk 3,0 en 1,7 miljard": the word stands before both.
    is_ahead = first > 0 and "respective" in pieces[first - 1].senses
    is_ahead = is_ahead and is_close(text[pieces[first - 1].end : pieces[first].start])
    is_told = "respective" in piece.senses or ("range_and" in piece.senses and is_ahead)
    is_told = is_told or (_joins_risen(piece) and (_rises(scan, low) or _rises_behind(scan, low)))
    if not (is_told or "range_and" in piece.senses) or not is_close(text[end : piece.start]):
        return low
    position += 1
    if position < len(pieces):
        position = _skip_signs(text, pieces, position)
    if position >= len(pieces) or not pieces[position].numeral:
        return low
    high = read_figure_with_currency(text, pieces, position, after=low.end)
    is_sum = high.label is not None and high.scale >= _MILLION and high.currency is not None
    is_near = text[end : high.start].count(" ") <= _LINK_WORDS
    is_alike = low.value < _THOUSAND or high.value >= _THOUSAND * high.scale
    if not is_sum or not is_near or not is_alike or not (is_told or _is_told_behind(scan, high)):
        return low
    return replace(low, value=plain(low.value * high.scale), scale=high.scale, label=high.label)


def _list_around(scan: Scan, low: Figure) -> tuple[int, int]:
    """The first and the last of the bare figures that commas join to one: "respectivement 25, 12 et 6 millions"."""
    pieces, first, last = scan.pieces, low.first, low.last

    def joined(one: int, other: int) -> bool:
        is_bare = pieces[one].numeral and pieces[other].numeral and pieces[one].scale == pieces[other].scale == 1
        return is_bare and scan.text[pieces[one].end : pieces[other].start].strip(_BLANKS) == ","

    while first > 0 and joined(first - 1, first):
        first -= 1
    while last + 1 < len(pieces) and joined(last, last + 1):
        last += 1
    return first, last


def _is_told_behind(scan: Scan, high: Figure) -> bool:
    """Whether the next word behind a sum that the scan knows is "respectively": "300 and 200 million, respectively"."""
    piece = scan.pieces[high.last + 1] if high.last + 1 < len(scan.pieces) else None
    if piece is None or "respective" not in piece.senses:
        return False
    between = scan.text[high.end : piece.start]
    return between.count(" ") <= _LINK_WORDS and not any(sign in between for sign in ".;:!?")


def _is_class_of(label: str, code: str) -> bool:
    """Whether a name of several currencies ("dollar") can mean this one."""
    return code in load_currencies().countries.get(label, {}).values()


def _ends(low: Figure, high: Figure) -> tuple[Decimal, Decimal | None]:
    """Both ends of a range; the magnitude of the second goes for the first where that has none. None where it falls."""
    value = low.value
    if low.scale == 1 and high.scale > 1 and value * high.scale < high.value:
        value = plain(value * high.scale)
    elif low.scale == _THOUSAND and high.scale == _THOUSAND * _MILLION and value * _MILLION < high.value:
        value = plain(value * _MILLION)  # Spanish "entre dos mil y tres mil millones"
    return (value, high.value) if high.value > value else (low.value, None)


def _range_end(scan: Scan, low: Figure) -> Figure | None:
    text, pieces = scan.text, scan.pieces
    joins, position = _range_link(scan, low, low.last + 1)
    if joins and position < len(pieces):
        position = _skip_signs(text, pieces, position)
    if not joins or position >= len(pieces) or not pieces[position].numeral:
        return None
    high = read_figure_with_currency(text, pieces, position, after=low.end)
    if high.label is None and low.label is None:
        return None
    gap = text[low.end : high.start]
    if len(gap) > 20 or (low.scale > 1 and high.scale == 1 and high.value < low.value):
        return None
    if low.label is not None and high.label is None and high.scale == 1:
        return None  # "$5 to 300 people"
    if low.label is None and low.scale == 1 and _MILLION > low.value > high.value / high.scale >= 1:
        return None  # "im Dezember 2024 bis zu 700 Mio. Euro"
    return high


def _range_link(scan: Scan, low: Figure, position: int) -> tuple[bool, int]:
    """Whether what stands at `position` joins both ends of a range, and the place of what follows it."""
    text, pieces = scan.text, scan.pieces
    if position >= len(pieces):
        return False, position
    piece = pieces[position]
    gap = text[low.end : piece.start]
    if "range_to" in piece.senses and is_close(gap) and not piece.numeral:
        return not (_rises(scan, low) or _rises_behind(scan, low)), position + 1
    if "range_and" in piece.senses and is_close(gap) and not piece.numeral:
        return _opens_range(scan, low), position + 1
    if piece.numeral and is_close(gap) and not gap.strip() and _opens_range(scan, low):
        # Hebrew "בין שניים לשלושה", Arabic "بين مليارين وثلاثة مليارات": "and" is the first letter of the number.
        return text[piece.start] in scan.language.money.range_and, position
    if scan.language.money.adjacent and not gap.strip() and _follows_in_words(low, piece):
        return True, position
    return is_dash(gap), position


def _follows_in_words(low: Figure, piece: Piece) -> bool:
    """Whether a number word follows another that is one less: Finnish "kahdesta kolmeen miljardia", two to three."""
    if not (piece.numeral and piece.in_words and low.number.in_words and low.scale == 1 and low.label is None):
        return False
    return piece.value is not None and piece.value == (low.value + 1) * piece.scale and piece.scale >= _MILLION


def _skip_signs(text: str, pieces: Sequence[Piece], position: int) -> int:
    """The place of the number that a sign, a code or a qualifier stands before."""
    for _ in range(2):
        piece = pieces[position]
        if piece.numeral or position + 1 >= len(pieces):
            break
        if not {"sign", "currency", "scaled", "qualifier", "filler"} & set(piece.senses):
            break
        if not is_close(text[piece.end : pieces[position + 1].start]):
            break
        position += 1
    return position


def _before(scan: Scan, low: Figure | _Found, sense: str, steps: int = 3) -> bool:
    at = low.start
    for position in range(low.first - 1, max(-1, low.first - 1 - steps), -1):
        piece = scan.pieces[position]
        if not is_close(scan.text[piece.end : at]):
            return False
        if sense in piece.senses:
            return True
        if not {"qualifier", "filler", "of", "article"} & set(piece.senses):
            return False
        at = piece.start
    return False


def _rises(scan: Scan, low: Figure | _Found) -> bool:
    """Whether "from" before a figure tells of a rise: always, or where a word of change is near in the sentence."""
    if not _before(scan, low, "rising", 1):
        return False
    if not scan.language.money.changes:
        return True
    text = scan.text
    for position in range(low.first - 1, -1, -1):
        piece = scan.pieces[position]
        between = text[piece.end : low.start]
        if len(between) > _CHANGE_REACH or any(mark in between for mark in (". ", "! ", "? ", "\n")):
            break
        if "change" in piece.senses:
            return True
    return _changes_behind(scan, low)


def _rises_behind(scan: Scan, low: Figure | _Found) -> bool:
    """Whether a word of change stands behind both figures, where none for "from" goes before: 2억에서 3억으로 늘려."""
    return not scan.language.money.rising and bool(scan.language.money.changes) and _changes_behind(scan, low)


def _changes_behind(scan: Scan, low: Figure | _Found) -> bool:
    """Whether a word of change stands behind a figure in its sentence."""
    for piece in scan.pieces[low.last + 1 :]:
        between = scan.text[low.end : piece.start]
        if len(between) > _CHANGE_REACH or any(mark in between for mark in ("。", ". ", "\n")):
            return False
        if "change" in piece.senses:
            return True
    return False


def _joins_risen(piece: Piece) -> bool:
    """Whether a word may stand before what a sum has risen or fallen to."""
    return "range_to" in piece.senses or "risen_to" in piece.senses


def _has_risen(scan: Scan, one: _Found, other: _Found) -> bool:
    """Whether a sum has risen or fallen to the next one: "from 3 billion to 7 billion"."""
    between = [piece for piece in scan.pieces[one.last + 1 : other.first] if piece.start < other.start]
    is_joined = other.start - one.end <= _TAIL and any(map(_joins_risen, between))
    return is_joined and one.currency == other.currency and (_rises(scan, one) or _rises_behind(scan, one))


def _opens_range(scan: Scan, low: Figure) -> bool:
    return _before(scan, low, "between")


def _join_restated(scan: Scan, found: Sequence[_Found]) -> list[tuple[_Found, tuple[_Found, ...]]]:
    """Each sum with those that tell it again in another currency."""
    joined: list[tuple[_Found, tuple[_Found, ...]]] = []
    for item in found:
        if joined:
            first, also = joined[-1]
            previous = also[-1] if also else first
            seen = {first.currency, *(other.currency for other in also)}
            is_other = item.currency not in seen and NO_CURRENCY not in {item.currency, first.currency}
            if is_other and _restates(scan, previous, item):
                joined[-1] = (first, (*also, item))
                continue
        joined.append((item, ()))
    return joined


def _restates(scan: Scan, first: _Found, second: _Found) -> bool:
    text = scan.text
    start = min(second.start, second.words.start) if second.words is not None else second.start
    if start < first.end:
        return False
    if start - first.end > _TAIL:
        return False
    gap = text[first.end : start]
    bare = gap.strip()
    words = [p for p in scan.pieces[first.last + 1 : second.first] if p.start >= first.end and p.end <= start]
    for piece in words:
        if {"restated", "qualifier", "filler", "of", "range_to", "qualifier_after"} & set(piece.senses):
            bare = bare.replace(text[piece.start : piece.end], "", 1).strip()
    is_restated = any("restated" in piece.senses for piece in words)
    bare = "".join(bare.split())
    if bare[:1] and bare[0] in _OPENING:
        return bare[1:] in {"", "=", "≈", "~", ",", ":", "–", "—", "-"} and _closes(text, second.end)
    if bare in {"/", "=", "≈", "＝", "≒"}:
        return True
    if bare in {"", ",", "–", "—", "-", "，", "、", ";", "،", "؛"}:
        return is_restated or (bare != "" and _is_worth(first, second))
    return False


def _is_worth(first: _Found, second: _Found) -> bool:
    """Whether both sums can be the same one."""
    rough = load_currencies().rough
    if first.currency not in rough or second.currency not in rough or first.top is not None:
        return False
    ratio = (first.value * rough[first.currency]) / (second.value * rough[second.currency])
    return _ALIKE[0] <= ratio <= _ALIKE[1]


def _closes(text: str, end: int) -> bool:
    rest = text[end : end + _TAIL]
    for char in rest:
        if char in _CLOSING:
            return True
        if char.isdigit() or char in ".:!?":
            return False
    return False


def _mention(item: _Found, also: tuple[_Found, ...], risen: _Found | None) -> Mention:
    parts = {"number": item.number}
    if risen is not None:
        parts["risen"] = Span(risen.start, risen.end)
    if item.sign is not None:
        parts["currency"] = item.sign
    if item.words is not None:
        parts["qualifier"] = item.words
    if also:
        parts["also"] = Span(also[0].start, also[-1].end)
    amount = Amount(
        item.value,
        item.currency,
        item.qualifier,
        item.top,
        also=tuple(Money(other.value, other.currency) for other in also),
    )
    return Mention(
        MentionKind.MONEY,
        Span(item.start, item.end),
        amount=amount,
        score=0.4 if item.damaged else 1.0,
        reason="digits lost" if item.damaged else "number and currency",
        damaged=item.damaged,
        parts=parts,
    )
