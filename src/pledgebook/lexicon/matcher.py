"""All phrases of a list, found in one pass over a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pledgebook.domain import LexiconError, Span

_BLANKS = " \t\n\r\u00a0\u202f\u2009\u2007"
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-"}
# Scripts that write words without blanks between them (Thai, Lao, Burmese, Khmer, kana, Chinese characters): a match
# may begin and end anywhere. A regular expression for one such character.
UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_IS_UNSPACED = re.compile(UNSPACED).match
_LEAST_UNSPACED = "\u0e00"


def is_unspaced(char: str) -> bool:
    """Whether the script of `char` writes words without blanks between them.

    >>> is_unspaced("ก"), is_unspaced("億"), is_unspaced("a")
    (True, True, False)
    """
    return char >= _LEAST_UNSPACED and _IS_UNSPACED(char) is not None


def fold(text: str) -> str:
    """`text` in lower case with plain apostrophes and hyphens, every character where it was.

    Lower-casing may change a text's length ("İ" becomes two characters), which would move all offsets; such a
    character stays as it is.

    >>> fold("L’İnvestition")
    "l'İnvestition"
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_TABLE)


_TABLE = str.maketrans(_QUOTES | dict.fromkeys(_BLANKS, " "))


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands, and the label that its list gave it."""

    span: Span
    label: str


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    whole: str | None = None  # label of a phrase that ends here, at the end of a word
    prefix: str | None = None  # label of a phrase that ends here, whatever follows in the word


class PhraseMatcher:
    """Finds phrases in texts in one pass that costs linear time.

    Phrases are matched without regard to case. A blank in a phrase stands for any run of blanks, a star at its end
    for the rest of the word ("invest*"), a star at its beginning for the part of the word before ("*investition").
    The longest phrase at a place wins. In scripts without blanks between words a phrase may stand anywhere.

    >>> matcher = PhraseMatcher({"invest": ["invest*", "put money into"], "fine": ["*geldbuße"]})
    >>> [(m.span.start, m.label) for m in matcher.find("She INVESTED; they put  money into it. Rekordgeldbuße!")]
    [(4, 'invest'), (19, 'invest'), (39, 'fine')]
    """

    __slots__ = ("_heads", "_starts", "_tails")

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Takes phrases by label. Raises LexiconError for an empty phrase or one with a star in its middle."""
        self._heads, self._tails = _Node(), _Node()
        for label, several in phrases.items():
            for phrase in several:
                self._add(phrase, label)
        self._starts = _starts_of(self._heads, self._tails)

    def _add(self, phrase: str, label: str) -> None:
        folded = " ".join(fold(phrase).split())
        root = self._heads
        if folded.startswith("*"):
            root, folded = self._tails, folded[1:]
        open_end = folded.endswith("*")
        folded = folded.removesuffix("*")
        if not folded or "*" in folded:
            raise LexiconError(label, f"phrase {phrase!r}", "A star may stand at an end, and a phrase needs letters.")
        node = root
        for char in folded:
            node = node.next.setdefault(char, _Node())
        if open_end:
            node.prefix = node.prefix or label
        else:
            node.whole = node.whole or label

    def find(self, text: str, *, folded: str | None = None) -> Iterator[Match]:
        """The matches in `text` from left to right, none overlapping another.

        `folded` may be given where `fold(text)` is at hand already.
        """
        low = fold(text) if folded is None else folded
        heads, tails, position = self._heads, self._tails, 0
        for found in self._starts.finditer(low) if self._starts is not None else ():
            at = found.start()
            if at < position:
                continue
            end, label = _walk(heads, low, at) if found.lastgroup == "head" else (-1, "")
            if end < 0 and low[at] in tails.next and low[at].isalnum():
                end, label = _walk(tails, low, at)
            if end < 0:
                continue
            yield Match(Span(_word_start(low, at), end), label)
            position = max(end, at + 1)


def _starts_of(heads: _Node, tails: _Node) -> "re.Pattern[str] | None":
    """Finds the places where a phrase may begin: what costs time is looking at all the others."""
    kinds = []
    if heads.next:
        at_start = rf"(?:(?<![^\W_])|(?<={UNSPACED})|(?={UNSPACED}|[\W_]))"
        kinds.append(f"(?P<head>{at_start}(?:{_openings(heads)}))")
    if tails.next:
        kinds.append(f"(?:{_openings(tails)})")
    return re.compile("|".join(kinds)) if kinds else None


def _openings(root: _Node) -> str:
    """A regular expression for the first two characters of all phrases, or for the one that a phrase has."""
    pairs: dict[str, list[str]] = {}
    for first, node in sorted(root.next.items()):
        is_whole = node.whole is not None or node.prefix is not None or not node.next
        second = "" if is_whole else f"(?=[{re.escape(''.join(sorted(node.next)))}])"
        pairs.setdefault(second, []).append(first)
    return "|".join(f"[{re.escape(''.join(firsts))}]{second}" for second, firsts in pairs.items())


def _joins(low: str, position: int) -> bool:
    """Whether a word goes on from before `position` into it."""
    before, here = low[position - 1], low[position]
    return before.isalnum() and here.isalnum() and not is_unspaced(before) and not is_unspaced(here)


def _word_start(low: str, position: int) -> int:
    while position > 0 and _joins(low, position):
        position -= 1
    return position


def _word_end(low: str, position: int) -> int:
    while position < len(low) and position > 0 and _joins(low, position):
        position += 1
    return position


def _walk(root: _Node, low: str, start: int) -> tuple[int, str]:
    """End and label of the longest phrase that begins at `start`; (-1, "") where none does."""
    node, position, size = root, start, len(low)
    best, label = -1, ""
    while position < size:
        char = low[position]
        following = node.next.get(char)
        if following is None:
            break
        node = following
        position += 1
        if char == " ":
            while position < size and low[position] == " ":
                position += 1
        if node.prefix is not None:
            best, label = _word_end(low, position), node.prefix
        if node.whole is not None and (position == size or not _joins(low, position)):
            best, label = position, node.whole
    return best, label
