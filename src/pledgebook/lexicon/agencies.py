"""Which news agency a text says it comes from."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# A credit stands at the head, with the town and the day, or at the foot.
_HEAD, _FOOT = 400, 300


@dataclass(frozen=True, slots=True)
class Agencies:
    """The table: agencies by the ways in which they are credited, and how a credit is written."""

    names: dict[str, str]
    credit: re.Pattern[str]

    def credited(self, text: str) -> frozenset[str]:
        """The agencies that a text credits, by their English names.

        >>> agencies = load_agencies()
        >>> [sorted(agencies.credited(it)) for it in ("MADRID, May 13 (Reuters) - A firm", "（共同）", "Acme told AP")]
        [['Reuters'], ['Kyodo'], []]
        >>> sorted(agencies.credited("Three new sites are planned. Quelle: dpa"))
        ['dpa']
        """
        ends = text if len(text) <= _HEAD + _FOOT else f"{text[:_HEAD]}\n{text[-_FOOT:]}"
        # Hardly any text names one, and looking for the names alone is much faster.
        if not any(name in ends for name in self.names):
            return frozenset()
        return frozenset(
            self.names[name]
            for found in self.credit.finditer(ends)
            for name in found.groups()
            if name is not None and name in self.names
        )


@cache
def load_agencies() -> Agencies:
    """The table of news agencies."""
    table = tomllib.loads(files("pledgebook.lexicon").joinpath("world", "agencies.toml").read_text(encoding="utf-8"))
    names = {written: name for name, ways in table["names"].items() for written in ways}
    written = "|".join(re.escape(it) for it in sorted(names, key=len, reverse=True))
    source = "|".join(re.escape(it) for it in sorted(table["credits"]["source"], key=len, reverse=True))
    credit = re.compile(
        # In brackets, as in a dateline, alone or with a desk or a second name beside it.
        rf"[(（\[【/]\s*({written})(?:\s*[-/,][^)）\]】/\n]{{0,30}})?\s*[)）\]】/]"
        rf"|=\s*({written})\b"
        rf"|^\s*({written})(?:[^\S\n]*(?:[-–—]|\.-)[^\S\n]|北京|上海|\S{{0,6}}\d{{1,2}}月)"
        rf"|(?i:\b(?:{source}))\s*[:：]\s*({written})(?!\w)",
        re.MULTILINE,
    )
    return Agencies(names, credit)
