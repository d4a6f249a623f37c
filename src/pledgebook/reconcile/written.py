"""Values of a pledge's fields as people write them in a decision."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from pledgebook.domain import Amount, Deliverable, Interval, Kind, Party, Purpose, Qualifier, Role, Stage, Term

_SCALES = {"": 0, "k": 3, "m": 6, "mn": 6, "million": 6, "bn": 9, "billion": 9, "tn": 12, "trillion": 12}
_QUALIFIERS = {"about": Qualifier.ABOUT, "at least": Qualifier.AT_LEAST, "up to": Qualifier.UP_TO}
_FIGURE = r"(?:(?P<how>about|at least|up to) )?(?P<low>[\d.,_]+)(?: ?(?:-|to) ?(?P<high>[\d.,_]+))?"
_AMOUNT = re.compile(rf"{_FIGURE} ?(?P<scale>[a-z]*) ?(?P<currency>[a-z]{{3}})")
_COUNT = re.compile(rf"{_FIGURE} (?P<kind>[a-z_ ]+)")


def read_written(field: str, value: str) -> Any:  # noqa: ANN401 - each field has its own type
    """The value that the words are for that field of a pledge. Raises ValueError where they are none.

    >>> read_written("stage", "delayed"), read_written("places", "Paris, Mulhouse")
    (<Stage.DELAYED: 'delayed'>, ('Paris', 'Mulhouse'))
    """
    read = READERS.get(field)
    if read is None:
        raise ValueError(field)
    try:
        return read(value.strip())
    except InvalidOperation as error:
        raise ValueError(value) from error


def empty_of(field: str) -> Any:  # noqa: ANN401 - each field has its own type
    """What a field is where nothing is known of it. Raises ValueError for one that always has a value."""
    if field not in _EMPTY:
        raise ValueError(field)
    return _EMPTY[field]


def read_amount(value: str) -> Amount:
    """An amount as people write it: precision, figure or range, scale, currency.

    >>> read_amount("2_100_000_000 USD").money
    Money(value=Decimal('2100000000'), currency='USD')
    >>> read_amount("30-50 bn EUR").high, read_amount("up to 3 bn GBP").low
    (Decimal('50000000000'), Decimal('0'))
    """
    found = _AMOUNT.fullmatch(" ".join(value.lower().split()))
    if found is None or found["scale"] not in _SCALES:
        raise ValueError(value)
    scale = Decimal(10) ** _SCALES[found["scale"]]
    low, high, qualifier = _figures(found)
    top = None if high is None else high * scale
    return Amount(low * scale, found["currency"].upper(), qualifier, top)


def _figures(found: re.Match[str]) -> tuple[Decimal, Decimal | None, Qualifier]:
    high = found["high"] and _number(found["high"])
    qualifier = Qualifier.RANGE if high else _QUALIFIERS.get(found["how"] or "", Qualifier.EXACT)
    return _number(found["low"]), high or None, qualifier


def _number(words: str) -> Decimal:
    return Decimal(words.replace(",", "").replace("_", ""))


def _read_deliverable(value: str) -> Deliverable:
    found = _COUNT.fullmatch(" ".join(value.lower().split()))
    if found is None:
        raise ValueError(value)
    count, count_max, qualifier = _figures(found)
    return Deliverable(Kind(found["kind"].strip().replace(" ", "_")), count, qualifier, count_max)


def _read_days(value: str) -> Interval:
    first, _, last = value.partition("..")
    return Interval(date.fromisoformat(first), date.fromisoformat(last or first))


def _read_term(value: str) -> Term:
    start, dots, end = value.partition("..")
    if not dots:
        return Term(end=date.fromisoformat(start))
    return Term(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


def _names(value: str) -> Sequence[str]:
    found = [name.strip() for name in value.split(";" if ";" in value else ",") if name.strip()]
    if not found:
        raise ValueError(value)
    return found


def _codes(value: str) -> tuple[str, ...]:
    codes = sorted({name.upper() for name in _names(value)})
    if not all(re.fullmatch(r"[A-Z]{2}|\d{3}", code) for code in codes):
        raise ValueError(value)
    return tuple(codes)


READERS: Mapping[str, Callable[[str], Any]] = {
    "amount": read_amount,
    "announced": _read_days,
    "deliverables": lambda value: tuple(_read_deliverable(item) for item in value.split(";") if item.strip()),
    "destinations": _codes,
    "investors": lambda value: tuple(Party(name) for name in sorted(_names(value))),
    "places": lambda value: tuple(_names(value)),
    "purposes": lambda value: tuple(Purpose(name.lower().replace(" ", "_")) for name in _names(value)),
    "recipient": lambda value: Party(_names(value)[0]) if ";" not in value else _refuse(value),
    "role": Role,
    "stage": Stage,
    "term": _read_term,
}
HOW_WRITTEN: Mapping[str, str] = {
    "amount": '"2.1 bn USD", "30-50 bn EUR", "up to 300 m GBP"',
    "announced": "a day, or two with .. between them",
    "deliverables": '"25,000 gpus; up to 300 megawatts"',
    "destinations": 'codes of countries: "FR, DE"',
    "investors": 'canonical names: "Microsoft, Amazon"',
    "places": "names",
    "purposes": f"of {', '.join(Purpose)}",
    "recipient": "a name",
    "role": f"one of {', '.join(Role)}",
    "stage": f"one of {', '.join(Stage)}",
    "term": 'the last day, or "first..last"',
}
_EMPTY: Mapping[str, Any] = {
    "amount": None,
    "announced": None,
    "deliverables": (),
    "destinations": (),
    "investors": (),
    "places": (),
    "purposes": (Purpose.GENERAL,),
    "recipient": None,
    "term": Term(),
}


def _refuse(value: str) -> Party:
    raise ValueError(value)
