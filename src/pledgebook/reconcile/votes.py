"""What most independent voices say."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pledgebook.domain import Telling

_Value = TypeVar("_Value")


def voice_of(telling: Telling) -> str:
    """The independent voice that speaks: the one that the caller named, else the document's own."""
    return telling.voice or telling.document


def count_voices(tellings: Iterable[Telling]) -> int:
    """How many independent voices tell it: a story and its copies are one."""
    return len({voice_of(telling) for telling in tellings})


def voices_by_value(told: Iterable[tuple[_Value, Telling]]) -> dict[_Value, int]:
    """How many independent voices say each value."""
    voices: dict[_Value, set[str]] = defaultdict(set)
    for value, telling in told:
        voices[value].add(voice_of(telling))
    return {value: len(names) for value, names in voices.items()}


def most_told(told: Iterable[tuple[_Value, Telling]], *, tie: Callable[[_Value], Any]) -> _Value | None:
    """The value that most independent voices say, of equals that with the smallest `tie`; None where none is said."""
    said = list(told)
    if not said or all(value == said[0][0] for value, _ in said):
        return said[0][0] if said else None
    counted = voices_by_value(said)
    return min(counted, key=lambda value: (-counted[value], tie(value)))
