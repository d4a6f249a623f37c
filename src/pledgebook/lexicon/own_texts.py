"""Whose own text a document is, by its address and its first words, and what words beside a sum say of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.lexicon.toml import read_toml

_LETTERS = re.compile(r"[^a-z0-9]")
_SCHEMES = ("http", "https")
_LONGEST_TLD = 3


@dataclass(frozen=True, slots=True)
class _Words:
    """Words to look for: hardly any text has one of them, so that `pattern` is seldom asked."""

    words: tuple[str, ...]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: list[str]) -> "_Words":
        """Those words."""
        plain = tuple(sorted(word.casefold() for word in words))
        # A Latin word must not begin inside another one; scripts without blanks have no such edges.
        return cls(plain, re.compile("|".join(rf"(?<![a-z]){re.escape(word)}" for word in plain)))

    def stand_in(self, plain: str) -> bool:
        """Whether one of them stands in a text, which is in lower case."""
        return any(word in plain for word in self.words) and self.pattern.search(plain) is not None


@dataclass(frozen=True, slots=True)
class OwnTexts:
    """The table: wires, heads of releases, governments by address, words beside a sum by what they say."""

    wires: tuple[str, ...]
    releases: _Words
    governments: Mapping[str, str]
    government_labels: frozenset[str]
    neutral_labels: frozenset[str]
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    beside: Mapping[str, _Words]

    def is_wire(self, address: str) -> bool:
        """Whether the address is one that carries the press releases of others."""
        host = _host(address)
        return any(host == wire or host.endswith(f".{wire}") for wire in self.wires)

    def is_release(self, opening: str) -> bool:
        """Whether the first words of a text call it a press release.

        >>> load_own_texts().is_release("Pressemitteilung vom 13. Mai"), load_own_texts().is_release("By our reporter")
        (True, False)
        """
        return self.releases.stand_in(opening.casefold())

    def government_of(self, address: str) -> str | None:
        """The country whose government speaks at an address, or None.

        >>> [load_own_texts().government_of(it) for it in ("https://www.gov.uk/x", "https://www.elysee.fr/y", "https://a.com")]
        ['GB', 'FR', None]
        """
        host = _host(address)
        labels = host.split(".")
        for start in range(len(labels)):
            country = self.governments.get(".".join(labels[start:]))
            if country is not None:
                return country
        if labels[-1] == "gov":
            return "US"
        if len(labels) > 1 and labels[-2] in self.government_labels and len(labels[-1]) < _LONGEST_TLD:
            return "GB" if labels[-1] == "uk" else labels[-1].upper()
        return None

    def is_address_of(self, address: str, name: str) -> bool:
        """Whether an address belongs to the company of that name.

        >>> is_of = load_own_texts().is_address_of
        >>> is_of("https://news.microsoft.com/a", "Microsoft"), is_of("https://x.com", "Microsoft")
        (True, False)
        >>> is_of("https://www.aboutamazon.eu/news", "Amazon"), is_of("https://blog.google/", "Google")
        (True, True)
        """
        host = _host(address)
        if "." not in host:
            return False
        *labels, last = host.split(".")
        if len(labels) > 1 and labels[-1] in self.neutral_labels:
            labels.pop()
        return any(self._names(label, name) for label in (labels[-1], last) if label)

    def _names(self, label: str, name: str) -> bool:
        forms = {label}
        forms |= {label.removeprefix(prefix) for prefix in self.prefixes}
        forms |= {label.removesuffix(suffix) for suffix in self.suffixes}
        plain = {_LETTERS.sub("", form) for form in forms} - {""}
        if _LETTERS.sub("", skeleton(name)) in plain:
            return True
        known = load_organisations().by_skeleton
        return any(form in known and known[form].party.name == name for form in plain if len(form) > _LONGEST_TLD - 1)

    def told_beside(self, words: str) -> tuple[str, ...]:
        """What the words beside a sum say of it, by the names of the table.

        >>> load_own_texts().told_beside("The £22bn includes operating expenses.")
        ('running-costs',)
        """
        plain = words.casefold()
        return tuple(name for name, words_ in self.beside.items() if words_.stand_in(plain))


@cache
def load_own_texts() -> OwnTexts:
    """The table of own texts."""
    source = files("pledgebook.lexicon").joinpath("world", "own_texts.toml")
    table = read_toml(source.read_text(encoding="utf-8"))
    return OwnTexts(
        wires=tuple(table["wires"]),
        releases=_Words.of(table["releases"]),
        governments=table["governments"],
        government_labels=frozenset(table["government_labels"]),
        neutral_labels=frozenset(table["neutral_labels"]),
        prefixes=tuple(table["name_prefixes"]),
        suffixes=tuple(table["name_suffixes"]),
        beside={name: _Words.of(words) for name, words in table["beside"].items()},
    )


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").rstrip(".") if parts.scheme in _SCHEMES else ""
    except ValueError:
        return ""
