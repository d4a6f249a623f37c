"""All phrases of a list, found in one pass over a text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pledgebook.domain import LexiconError, Span

_BLANKS = " \t\n\r\u00a0\u202f\u2009\u2007"
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-"}
# Scripts that write words without blanks between them: a match may begin and end anywhere.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)


def is_unspaced(char: str) -> bool:
    """Whether the script of `char` writes words without blanks between them."""
    code = ord(char)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)


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

    __slots__ = ("_heads", "_tails")

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Takes phrases by label. Raises LexiconError for an empty phrase or one with a star in its middle."""
        self._heads, self._tails = _Node(), _Node()
        for label, several in phrases.items():
            for phrase in several:
                self._add(phrase, label)

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
        position, size = 0, len(low)
        heads, tails = self._heads, self._tails
        while position < size:
            char = low[position]
            at_start = position == 0 or not _joins(low, position)
            end, label = -1, ""
            if at_start and char in heads.next:
                end, label = _walk(heads, low, position)
            if end < 0 and char in tails.next and (char.isalnum()):
                end, label = _walk(tails, low, position)
            if end < 0:
                position += 1
                continue
            start = position if at_start else _word_start(low, position)
            yield Match(Span(start, end), label)
            position = max(end, position + 1)


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
