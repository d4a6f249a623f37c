"""Number words, figures and scale words, joined to numbers."""

import re
from collections.abc import Sequence
from decimal import Decimal

from pledgebook.extract.mentions.pieces import Piece, is_close
from pledgebook.lexicon.language import Language

_NUMBER_SENSES = frozenset({"number", "article", "scale"})
_LEAST_SCALE = 100
_MILLION, _YEAR = 10**6, re.compile(r"(?:199|20[0-4])\d")
_BILLION, _MYRIAD = Decimal(10**9), Decimal(10**4)
_MOST = Decimal(10**18)
_QUOTES = "\"'“‘„«(:"


def join_numerals(text: str, pieces: Sequence[Piece], language: Language) -> list[Piece]:
    """The pieces with every run of number words and figures joined to one that has its value."""
    joined: list[Piece] = []
    index, size = 0, len(pieces)
    while index < size:
        piece = pieces[index]
        if not piece.figure and _NUMBER_SENSES.isdisjoint(piece.senses):
            joined.append(piece)
            index += 1
            continue
        if "article" in piece.senses and _is_one_to_two(text, pieces, index):
            joined.append(Piece(piece.start, piece.end, value=Decimal(1), numeral=True, in_words=True))
            index += 1
            continue
        is_beside = bool(joined) and is_close(text[joined[-1].end : piece.start])
        before = set(joined[-1].senses) if is_beside else set()
        run = _Run(text, language, is_qualified="qualifier" in before)
        taken = run.read(pieces, index, stop=_last_and(text, pieces, index) if "between" in before else -1)
        if taken:
            joined.append(_numeral(text, pieces, index, taken, run, is_vague="vague" in before))
            index += taken
        else:
            joined.append(piece)
            index += 1
    return joined


def _is_one_to_two(text: str, pieces: Sequence[Piece], index: int) -> bool:
    """Whether an article is the low end of a range: "entre un et deux milliards", "een tot twee miljard"."""
    if index + 2 >= len(pieces):
        return False
    article, link, high = pieces[index : index + 3]
    is_range = bool({"range_to", "range_and"} & set(link.senses)) and high.value == 2
    near = is_close(text[article.end : link.start]) and is_close(text[link.end : high.start])
    return is_range and near and ("number" in high.senses or bool(high.figure))


def _last_and(text: str, pieces: Sequence[Piece], index: int) -> int:
    """Where the last "and" stands between the number words from `index` on: behind "between", the range's own."""
    last = -1
    for position in range(index + 1, len(pieces)):
        senses = pieces[position].senses
        if not is_close(text[pieces[position - 1].end : pieces[position].start]):
            break
        if "joined" in senses:
            last = position
        elif not (pieces[position].figure or {"of", *_NUMBER_SENSES} & set(senses)):
            break
    return last


def _numeral(text: str, pieces: Sequence[Piece], index: int, taken: int, run: "_Run", *, is_vague: bool) -> Piece:
    first, last = pieces[index], pieces[index + taken - 1]
    start, value, damaged = first.start, run.value, False
    if first.figure.isdigit() and start > 0 and text[start - 1] in ".," and _opens_word(text, start - 1):
        # ".6 billion": the whole part is lost, unless a sign stands right before ("$.5 million").
        start, value = start - 1, value.scaleb(-len(first.figure))
        damaged = start == 0 or text[start - 1] in _QUOTES or text[start - 1].isspace()
    return Piece(
        start,
        last.end,
        first.senses if taken == 1 else {},
        None if is_vague else plain(value),
        first.figure if taken == 1 else "",
        numeral=not is_vague and not first.glued,
        scale=plain(run.scale),
        in_words=not first.figure,
        odd=run.odd,
        damaged=damaged,
    )


def _opens_word(text: str, start: int) -> bool:
    return start == 0 or text[start - 1].isspace() or text[start - 1] in _QUOTES or text[start - 1] in "$€£¥₹"


def plain(value: Decimal) -> Decimal:
    """The same number without an exponent or needless zeros behind the point.

    >>> plain(Decimal("1200000000.0")), plain(Decimal("1E+9"))
    (Decimal('1200000000'), Decimal('1000000000'))
    """
    whole = value.to_integral_value()
    return Decimal(int(whole)) if whole == value else value.normalize()


class _Run:
    """Adds up one run of number words."""

    def __init__(self, text: str, language: Language, *, is_qualified: bool) -> None:
        self._text, self._packed, self._mixed = text, language.numbers.scan != "words", language.numbers.mixed
        self._bare = {"bare", "behind"} if is_qualified else {"bare"}
        self._parts: list[Decimal] = []
        self._last = ""  # "figure", "number" or "scale"
        self._decimals = 0
        self.scale = Decimal(1)
        self.odd = ""

    @property
    def value(self) -> Decimal:
        """What the run adds up to."""
        return sum(self._parts, Decimal(0))

    def read(self, pieces: Sequence[Piece], index: int, *, stop: int = -1) -> int:
        """How many pieces from `index` on, and before `stop`, make one number; 0 where they make none."""
        taken, position, size = 0, index, len(pieces) if stop < 0 else stop
        while position < size:
            piece = pieces[position]
            gap = self._text[pieces[position - 1].end : piece.start] if position > index else ""
            if not is_close(gap) or (self._packed and gap.strip()):
                break  # "20亿-30亿": two numbers
            if gap != " " and gap.strip() and gap[0].isspace():
                break  # "8 billion - four of them": a dash between words
            following = pieces[position + 1] if position + 1 < size else None
            step = self._add(piece, following, is_first=position == index)
            if step is None:
                break
            position += 1
            if step:
                taken = position - index
        return taken

    def _add(self, piece: Piece, following: Piece | None, *, is_first: bool) -> bool | None:  # noqa: PLR0911 - one return a rule
        """True where the run may end after `piece`, False where it may only go on, None where it ended before."""
        senses = piece.senses
        if piece.figure:
            return self._add_figure(piece, following)
        if following is not None and self._goes_over(piece, following):
            return False
        if "scale" in senses and piece.value is not None and not self._is_dual(piece):
            # "millón y medio": what half is added to is one.
            has_half = following is not None and "half_after" in following.senses and self._is_next(piece, following)
            return self._add_scale(piece, is_bare=senses["scale"] in self._bare or (is_first and has_half))
        if "half_after" in senses and self._parts and piece.value is not None:
            return self._add_half(piece.value)
        if "number" in senses and piece.value is not None:
            return self._add_number(piece)
        if "article" in senses:
            leads = following is not None and bool({"scale", "power"} & set(following.senses))
            if not is_first or following is None or not leads or not self._is_next(piece, following):
                return None
            self._parts.append(Decimal(1))
            self._last = "number"
            return "power" in following.senses
        if "joined" in senses and self._last in {"number", "scale"} and following is not None:
            is_number = "number" in following.senses and self._parts[-1] >= 20
            goes_on = (is_number or (following.figure and self._last == "scale")) and self._is_next(piece, following)
            return False if goes_on else None
        if "odd" in senses and self._parts:
            self.odd = senses["odd"]
            return True
        return None

    def _is_dual(self, piece: Piece) -> bool:
        """Whether a scale word that means two of itself alone opens the number: Arabic "مليارا دولار"."""
        return not self._parts and "number" in piece.senses and piece.value != _scale(piece)

    def _goes_over(self, piece: Piece, following: Piece) -> bool:
        """Whether a number goes on behind an ending ("2-х миллиардов") or a decimal mark that is said as a word."""
        if "ending" in piece.senses:
            return self._last == "figure"
        is_said = "point" in piece.senses and self._last == "number" and "number" in following.senses
        if is_said and self._is_next(piece, following):
            self._decimals = 1
            return True
        return False

    def _add_half(self, value: Decimal) -> bool:
        if self._last == "scale":
            self._parts.append(self.scale * value)
        else:
            self._parts.append(value)
            self._last = "half"
        return True

    def _is_year(self, piece: Piece, following: Piece | None) -> bool:
        """Whether a figure is a year and the scale word behind it means one: "toukokuussa 2024 miljardin euron"."""
        if following is None or following.senses.get("scale") != "bare" or not self._is_next(piece, following):
            return False
        return bool(_YEAR.fullmatch(self._text[piece.start : piece.end])) and _scale(following) >= _MILLION

    def _is_next(self, piece: Piece, following: Piece) -> bool:
        return is_close(self._text[piece.end : following.start])

    def _add_figure(self, piece: Piece, following: Piece | None) -> bool | None:
        if piece.value is None or self._is_year(piece, following):
            return None
        if self._parts:
            goes_on = following is not None and _counts_on(following) and self._is_next(piece, following)
            # "3 mil 900 mdd" goes on as well.
            # "5 billion 300 million" goes down; "2 mil 500 millones" counts thousands of millions.
            last = self._parts[-1]
            below = following is not None and following.value is not None and following.value < self.scale
            smaller = below or last < _MILLION
            fits = self._last == "scale" and piece.value < self.scale
            is_rest = self._mixed and not goes_on and self.scale == 1000  # Turkish "2 bin 500"
            if not fits or not (self._packed or is_rest or (goes_on and smaller)):
                return None
        self._parts.append(piece.value)
        self._last = "figure"
        return True

    def _add_scale(self, piece: Piece, *, is_bare: bool) -> bool | None:
        value = _scale(piece)
        if self._last == "scale" and self.scale * value > _MOST:
            return None  # "億億億": scale words on and on count nothing
        if not self._parts:
            if not is_bare:
                return None
            self._parts.append(value)
        else:
            if self._parts[-1] >= value and not (self._packed or is_bare):
                return None
            below = Decimal(0)
            if self._packed and value == _BILLION and len(self._parts) > 1 and self._parts[-2] >= _MYRIAD:
                # Thai "three myriads, four thousand millions": the millions are those of the myriads as well.
                self._parts[-1] *= 1000
                value = _BILLION / 1000
            while self._parts and self._parts[-1] < value:
                below += self._parts.pop()
            self._parts.append((below or Decimal(1)) * value)
        if value > 1:
            self.scale = value if self._last != "scale" else self.scale * value
        self._last = "scale"
        return True

    def _add_number(self, piece: Piece) -> bool | None:
        value = piece.value or Decimal(0)
        if self._decimals:
            if value >= 10:
                return None
            self._parts.append(value.scaleb(-self._decimals))
            self._decimals += 1
            return True
        if self._parts and abs(self._parts[-1]) < 1 <= value < 1000:
            self._parts.append(value)  # "साढ़े तीन": a half more than three
            return True
        if self._parts:
            if "unit" in piece.senses or self._last in {"figure", "half"}:
                return None
            last = self._parts[-1]
            reversed_tens = last < 10 and 20 <= value < 100 and self._last == "number"
            if not reversed_tens and (
                last <= value or (last % 10 and last > 1) or (last < _LEAST_SCALE and value >= 20)
            ):
                return None
        self._parts.append(value)
        self._last = "number"
        self.odd = self.odd or ("about" if piece.senses["number"] == "about" else "")
        return True


def _counts_on(piece: Piece) -> bool:
    """Whether a piece is a scale word, or one for a currency that has a scale in it: "mdd", millions of dollars."""
    return "scale" in piece.senses or ("scaled" in piece.senses and piece.value is not None)


def _scale(piece: Piece) -> Decimal:
    """What a scale word multiplies by, also where it is a number as well."""
    label = piece.senses.get("scale", "")
    return Decimal(label) if label.isdigit() else piece.value or Decimal(1)
