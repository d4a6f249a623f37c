"""What names of organisations are made of: legal forms, and words that say what a name stands for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import WordList, split_names
from pledgebook.lexicon.toml import read_toml


class LegalForms:
    """Legal forms behind names. Those that begin with a letter are compiled when a text first has that letter.

    >>> LegalForms(["ltd.", "co. ltd."]).match("Acme Co Ltd said".lower(), 4).group("form")
    'co ltd'
    """

    __slots__ = ("_forms", "_patterns")

    def __init__(self, forms: Iterable[str]) -> None:
        """Takes the forms as skeletons."""
        self._forms: dict[str, list[str]] = {}
        for form in sorted(forms, key=len, reverse=True):
            self._forms.setdefault(form[0], []).append(form)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The form behind a name that ends `at`, and what parts it from the name; the form alone is group "form"."""
        start = at + 1 + text.startswith(",", at)
        first = text[start : start + 1]
        if first not in self._forms or text[start - 1] != " ":
            return None
        pattern = self._patterns.get(first)
        if pattern is None:
            either = "|".join(map(_loosely, self._forms[first]))
            pattern = self._patterns[first] = re.compile(rf",? (?P<form>{either})(?![\w&])")
        return pattern.match(text, at)


@dataclass(frozen=True, slots=True)
class NameTypes:
    """The parts of names, as skeletons.

    `after` matches a legal form behind a name, from where the name ends; `before` one in front of a name, up to
    where the name begins.
    """

    after: LegalForms
    before: re.Pattern[str]
    last: frozenset[str]
    first: frozenset[str]
    joins: frozenset[str]
    generic: frozenset[str]
    not_alone: WordList
    funds: frozenset[str]
    bodies: frozenset[str]
    councils: frozenset[str]
    governed: frozenset[str]
    schools: frozenset[str]
    particles: frozenset[str]
    parts: frozenset[str]
    articles: frozenset[str]
    alone_with_capital: frozenset[str]
    things_last: frozenset[str]
    things_first: frozenset[str]
    arms: frozenset[str]
    tails: frozenset[str]
    compounded: frozenset[str]
    domains: frozenset[str]
    called: frozenset[str]
    directions: frozenset[str]
    centres: frozenset[str]
    centre_links: frozenset[str]
    companies: frozenset[str]


@cache
def load_name_types() -> NameTypes:
    """The parts of names of lexicon/world/name_types.toml.

    >>> load_name_types().after.match(" sp. z o.o. buduje").group("form")
    'sp. z o.o.'
    """
    source = files("pledgebook.lexicon") / "world" / "name_types.toml"
    table = {key: split_names(skeleton(line)) for key, line in read_toml(source.read_text(encoding="utf-8")).items()}
    before = "|".join(_loosely(form) for form in sorted(table["legal_before"], key=len, reverse=True))
    return NameTypes(
        after=LegalForms(table["legal_after"]),
        before=re.compile(rf"(?:{before}) ?[\"«„“'\u201d]? ?"),
        last=frozenset(table["last"]),
        first=frozenset(table["first"]),
        joins=frozenset(table["joins"]),
        generic=frozenset(table["generic"]),
        funds=frozenset(table["funds"]),
        bodies=frozenset(table["bodies"]),
        councils=frozenset(table["councils"]),
        governed=frozenset(table["governed"]),
        called=frozenset(table["called"]),
        schools=frozenset(table["schools"]),
        particles=frozenset(table["particles"]),
        parts=frozenset(table["parts"]),
        articles=frozenset(table["articles"]),
        alone_with_capital=frozenset(table["alone_with_capital"]),
        things_last=frozenset(table["things_last"]),
        things_first=frozenset(table["things_first"]),
        arms=frozenset(table["arms"]),
        tails=frozenset(table["tails"]),
        compounded=frozenset(table["compounded"]),
        domains=frozenset(table["domains"]),
        directions=frozenset(table["directions"]),
        centres=frozenset(table["centres"]),
        centre_links=frozenset(table["centre_links"]),
        companies=frozenset(table["companies"]),
        not_alone=WordList.of(" | ".join(table["not_alone"])),
    )


def _loosely(form: str) -> str:
    """A pattern for a legal form with or without its dots and blanks."""
    pattern = re.escape(form).replace(r"\.", r"\.?").replace(r"\ ", " ?")
    return pattern if form.endswith(".") else pattern + r"\.?"
