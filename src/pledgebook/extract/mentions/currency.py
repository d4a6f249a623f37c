"""Which currency stands beside a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pledgebook.extract.mentions.numerals import plain
from pledgebook.extract.mentions.pieces import Piece, is_close
from pledgebook.lexicon.language import Language
from pledgebook.lexicon.money import load_currencies

_ONE = Decimal(1)
_LEAST_NAME = 4
# The most digits of a building's number behind the code of its town: "MAD4".
_HALL = 2
# What may stand between figure and currency: "2 milliards d'euros", "450.000,- Euro".
_LINKS = frozenset({"'", "’", "d'", "d’", ",-", ",–", ",—", ".-", ".–", ",--"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what its currency words say: pieces `first` to `last`, `label` a code or a class of currencies."""

    first: int
    last: int
    number: Piece
    value: Decimal
    label: str | None
    currency: Piece | None
    start: int
    end: int
    scale: Decimal


def currency_of(label: str, language: Language, country: str | None) -> str | None:
    """The ISO code that a label means in a text of this language from this country, or None where nothing tells."""
    if len(label) == 3 and label.isupper():
        return label
    classes = load_currencies().countries.get(label, {})
    for key in (country, language.country, language.likely):
        if key is not None and key in classes:
            return classes[key]
    return language.money.defaults.get(label) or classes.get("default")


def read_figure_with_currency(text: str, pieces: Sequence[Piece], index: int, *, after: int) -> Figure:
    """The number at `index` with the currency left or right of it. `after` is where words are still free."""
    number = pieces[index]
    value = number.value if number.value is not None else Decimal(0)
    left = _left(text, pieces, index, after)
    right = _right(text, pieces, index)
    is_apart = right is not None and (left is not None or right > index + 1 or text[number.end].isspace())
    if right is not None and is_apart and "sign" in pieces[right].senses and _opens_next(text, pieces, right):
        right = None  # "$6bn-$8bn", "half of the $60 million"
    elif right is not None and is_apart and _is_year(number) and {"sign", "code"} & set(pieces[right].senses):
        right = None if _stands_before_number(text, pieces, right) else right  # "in 2024 US$ 160 million"
    scaled, last = _ONE, index
    label, currency = None, None
    start, end, first = number.start, number.end, index
    if right is not None:
        last, currency = right, pieces[right]
        end = currency.end
        label = currency.senses.get("scaled") or currency.senses.get("currency") or currency.senses.get("sign")
        if "scaled" in currency.senses and currency.value is not None:
            scaled = currency.value
    if left is not None:
        piece = pieces[left]
        sign = piece.senses.get("sign") or piece.senses.get("currency") or piece.senses.get("scaled")
        # 人民币1500亿元: a currency's full name before, its short one behind.
        is_sign = bool({"sign", "code"} & set(piece.senses)) or (sign is not None and sign.isupper())
        if label is None or (is_sign and sign is not None and _agree(sign, label)):
            start, first = piece.start, left
            if label is None or (not label.isupper() and sign is not None and sign.isupper()):
                label, currency = sign, piece
            if "scaled" in piece.senses and piece.value is not None and scaled == _ONE:
                scaled = piece.value
    return Figure(first, last, number, plain(value * scaled), label, currency, start, end, number.scale * scaled)


def _opens_next(text: str, pieces: Sequence[Piece], position: int) -> bool:
    """Whether a sign touches the number behind it."""
    return position + 1 < len(pieces) and pieces[position + 1].numeral and text[pieces[position].end].isdigit()


def _stands_before_number(text: str, pieces: Sequence[Piece], position: int) -> bool:
    """Whether a number follows on a currency with nothing but a blank between."""
    following = pieces[position + 1 : position + 2]
    return any(piece.numeral and not text[pieces[position].end : piece.start].strip() for piece in following)


def _agree(sign: str, name: str) -> bool:
    """Whether a sign before and a name behind can mean the same ("$5 million Canadian dollars", "$5 m pesos")."""
    if sign == name:
        return True
    if sign == "dollar_sign":
        return name in {"dollar", "peso"} or name.endswith("D") or name in {"MXN", "ARS", "CLP", "COP", "BRL"}
    if name in {"dollar", "pound", "yen", "krone", "rupee", "peso", "yuan", "rial"}:
        codes = load_currencies().countries.get(name, {})
        return sign in codes.values() or sign in load_currencies().countries
    return False


def _is_money(piece: Piece) -> bool:
    return "currency" in piece.senses or "sign" in piece.senses or "scaled" in piece.senses


def _left(text: str, pieces: Sequence[Piece], index: int, after: int) -> int | None:
    if index == 0:
        return None
    piece, number = pieces[index - 1], pieces[index]
    if piece.start < after or not _is_money(piece):
        return None
    gap = text[piece.end : number.start]
    if not is_close(gap) or "\n" in gap:
        return None
    return index - 1 if _goes_before(text, piece, number, gap) else None


def _goes_before(text: str, piece: Piece, number: Piece, gap: str) -> bool:
    """Whether a currency that stands before a number is the number's own."""
    letters = text[piece.start : piece.end]
    if "sign" in piece.senses:
        # "the R2 unit", "SR 520"
        is_odd = letters.isalpha() and letters.isupper() and _is_small(number)
        return not is_odd or (len(letters) > 1 and not gap)
    if "code" in piece.senses and not gap and number.figure.isdigit() and len(number.figure) <= _HALL:
        return number.scale != 1  # "MAD4" is a building
    if "currency" not in piece.senses or "code" in piece.senses:
        return True
    # "Euro 2024" and "Евро-5" are a championship and a norm.
    if "behind_only" in piece.senses or _is_year(number) or gap.strip():
        return False
    # "the euro 0.4 percent higher", "Euro 6 cars"; but "kr 250"
    return not (_is_small(number) and len(letters) >= _LEAST_NAME)


def _is_small(number: Piece) -> bool:
    return number.scale == 1 and number.value is not None and number.value < 1000


def _is_year(number: Piece) -> bool:
    return (
        number.scale == 1 and number.figure.isdigit() and len(number.figure) == 4 and 1950 <= int(number.figure) < 2100
    )


def _right(text: str, pieces: Sequence[Piece], index: int) -> int | None:
    end, position, links = pieces[index].end, index + 1, 0
    while position < len(pieces):
        piece = pieces[position]
        gap = text[end : piece.start]
        if not is_close(gap) and gap.strip() not in _LINKS:
            return None
        if _is_money(piece):
            return position
        if links == 2 or not ("of" in piece.senses or "filler" in piece.senses or "qualifier_after" in piece.senses):
            return None
        links += 1
        end = piece.end
        position += 1
    return None
