"""Orders of magnitude: what a sum is roughly worth, to compare and never to convert."""

from decimal import Decimal
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.toml import read_toml


def rough_dollars(value: Decimal, currency: str) -> Decimal:
    """What `value` is worth in dollars, give or take a third.

    >>> rough_dollars(Decimal(84), "INR")
    Decimal('1')
    """
    return value / _per_dollar().get(currency, Decimal(1))


@cache
def _per_dollar() -> dict[str, Decimal]:
    source = files("pledgebook.lexicon").joinpath("world", "magnitudes.toml")
    table = read_toml(source.read_text(encoding="utf-8"), parse_float=Decimal)["per_dollar"]
    return {currency: Decimal(units) for currency, units in table.items()}
