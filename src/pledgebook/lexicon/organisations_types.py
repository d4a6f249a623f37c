"""What names of organisations are made of: legal forms, and words that say what a name stands for."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import WordList, split_names
from pledgebook.lexicon.toml import read_toml


@dataclass(frozen=True, slots=True)
class NameTypes:
    """The parts of names, as skeletons.

    `after` matches a legal form behind a name, from where the name ends; `before` one in front of a name, up to
    where the name begins.
    """

    after: re.Pattern[str]
    before: re.Pattern[str]
    last: frozenset[str]
    first: frozenset[str]
    joins: frozenset[str]
    generic: frozenset[str]
    not_alone: WordList
    funds: frozenset[str]
    bodies: frozenset[str]
    particles: frozenset[str]
    parts: frozenset[str]
    articles: frozenset[str]
    alone_with_capital: frozenset[str]


@cache
def load_name_types() -> NameTypes:
    """The parts of names of lexicon/world/name_types.toml.

    >>> load_name_types().after.match(" sp. z o.o. buduje").group("form")
    'sp. z o.o.'
    """
    source = files("pledgebook.lexicon") / "world" / "name_types.toml"
    table = {key: split_names(skeleton(line)) for key, line in read_toml(source.read_text(encoding="utf-8")).items()}
    after = "|".join(_loosely(form) for form in sorted(table["legal_after"], key=len, reverse=True))
    before = "|".join(_loosely(form) for form in sorted(table["legal_before"], key=len, reverse=True))
    return NameTypes(
        after=re.compile(rf",? (?P<form>{after})(?![\w&])"),
        before=re.compile(rf"(?:{before}) ?[\"«„“'\u201d]? ?"),
        last=frozenset(table["last"]),
        first=frozenset(table["first"]),
        joins=frozenset(table["joins"]),
        generic=frozenset(table["generic"]),
        funds=frozenset(table["funds"]),
        bodies=frozenset(table["bodies"]),
        particles=frozenset(table["particles"]),
        parts=frozenset(table["parts"]),
        articles=frozenset(table["articles"]),
        alone_with_capital=frozenset(table["alone_with_capital"]),
        not_alone=WordList.of(" | ".join(table["not_alone"])),
    )


def _loosely(form: str) -> str:
    """A pattern for a legal form with or without its dots and blanks."""
    pattern = re.escape(form).replace(r"\.", r"\.?").replace(r"\ ", " ?")
    return pattern if form.endswith(".") else pattern + r"\.?"
