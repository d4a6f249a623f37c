"""Public events whose days are known."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.matcher import PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.toml import read_toml


@dataclass(frozen=True, slots=True)
class Events:
    """The days of every event by its first name, what finds the names in a text, and the skeletons of all names."""

    days: dict[str, tuple[date, ...]]
    matcher: PhraseMatcher
    names: frozenset[str]


@cache
def load_events() -> Events:
    """The table of dated public events."""
    source = files("pledgebook.lexicon").joinpath("world", "events.toml")
    table = read_toml(source.read_text(encoding="utf-8"))["event"]
    days = {event["names"][0]: tuple(date.fromisoformat(day) for day in event["days"]) for event in table}
    names = frozenset(skeleton(name) for event in table for name in event["names"])
    return Events(days, PhraseMatcher({event["names"][0]: event["names"] for event in table}), names)
