"""Columns with a type and a meaning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
Cell = str | int | Decimal | date | bool | tuple[str, ...] | None


class Type(StrEnum):
    """What a column holds; an empty cell is None in each of them."""

    TEXT = "text"
    TEXTS = "texts"
    JSON = "json"
    WHOLE = "whole"
    FIGURE = "figure"
    RATE = "rate"
    DAY = "day"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A column: its name, what it holds, what that means, and how it is read off a thing.

    >>> length = Field("length", Type.WHOLE, "how many letters", len)
    >>> length.read("Spain")
    5
    """

    name: str
    type: Type
    meaning: str
    read: Callable[[T], Cell]
