"""All phrases of a list, found in one pass over a text."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from pledgebook.domain import LexiconError, Span

_BLANKS = " \t\n\r\u00a0\u202f\u2009\u2007"
_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "ё": "е"}
# Arabic letters that newspapers write for one another, each with the one that it is compared as.
SPELLINGS = {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ی": "ي", "ک": "ك"}
# Vowel signs of Arabic and Hebrew, which newspapers put where they like, and the stroke that lengthens a word.
_VOWELS = "\u0640\u064b-\u0652\u0670\u05b0-\u05bc\u05c1\u05c2"
VOWEL = re.compile(f"[{_VOWELS}]")
_RESPELT = re.compile(f"[{_VOWELS}{''.join(SPELLINGS)}]")
_PLAINER = str.maketrans(SPELLINGS)
# Scripts that write words without blanks between them (Thai, Lao, Burmese, Khmer, kana, Chinese characters): a match
# may begin and end anywhere. A regular expression for one such character.
UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
# Combining marks that Python does not count as letters, though words of Indic, Thai, Hebrew and Arabic have them.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d"
    "\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04\u0c3e-\u0c56"
    "\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d4d\u200c\u200d"
)
_IS_MARK = re.compile(f"[{MARKS}]").match
_LEAST_MARK = "\u0300"
_JUMP = 3
# Where their ranges begin and end, and the same ranges as UNSPACED.
_EDGES = tuple("\u0e00\u0f00\u1000\u10a0\u1780\u1800\u3040\u3100\u3400\u4dc0\u4e00\ua000\uf900\ufb00")
_LEAST_UNSPACED = "\u0e00"
_WIDE = "\u0100"
# A set takes as long to compile as it has characters: what lies beyond some is told by those before.
_BEYOND = r"[^\x00-\xff]"
_MAYBE_UNSPACED = re.compile(r"(?![\u2000-\u303f])[^\x00-\u0dff]").search


def is_unspaced(char: str) -> bool:
    """Whether the script of `char` writes words without blanks between them.

    >>> is_unspaced("ก"), is_unspaced("億"), is_unspaced("a")
    (True, True, False)
    """
    return char >= _LEAST_UNSPACED and bisect(_EDGES, char) & 1 == 1


def unspaced_runs(text: str) -> list[str]:
    """The stretches of `text` in scripts without blanks.

    >>> unspaced_runs("AIに40億円"), unspaced_runs("4 billion – at least")
    (['に', '億円'], [])
    """
    return [] if _MAYBE_UNSPACED(text) is None else _unspaced().findall(text)


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(f"{UNSPACED}+")


def fold(text: str) -> str:
    """`text` in lower case with plain apostrophes and hyphens and "ё" as "е", every character where it was.

    Lower-casing may change a text's length ("İ" becomes two characters), which would move all offsets; such a
    character stays as it is.

    >>> fold("L’İnvestition"), fold("Приобрёл")
    ("l'İnvestition", 'приобрел')
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    # Some signs sought one after the other take a tenth of the time of a table that is asked for every letter.
    for sign, plain in _FOLDED_ASCII if lowered.isascii() else _FOLDED:
        if sign in lowered:
            lowered = lowered.replace(sign, plain)
    return lowered


_FOLDED = tuple((_QUOTES | dict.fromkeys(_BLANKS.replace(" ", ""), " ")).items())
_FOLDED_ASCII = tuple(pair for pair in _FOLDED if pair[0].isascii())


def _respelt(folded: str) -> str:
    return folded if folded.isascii() else VOWEL.sub("", folded).translate(_PLAINER)


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands, and the label that its list gave it."""

    span: Span
    label: str


# A phrase: its folded letters, whether the rest of its last word belongs to it, its label.
_Phrase = tuple[str, bool, str]


@dataclass(slots=True)
class _Node:
    next: dict[str, "_Node"] = field(default_factory=dict)
    whole: str | None = None  # label of a phrase that ends here, at the end of a word
    prefix: str | None = None  # label of a phrase that ends here, whatever follows in the word


class _Table:
    """Phrases by their first two characters, laid out as a tree when a text first has those characters."""

    __slots__ = ("_jumps", "_trees", "beginnings", "ones", "phrases", "threes", "twos")

    def __init__(self) -> None:
        self.phrases: dict[str, list[_Phrase]] = {}
        # The first four characters of phrases, and the whole of those that are shorter.
        self.beginnings: set[str] = set()
        self.ones, self.twos, self.threes = set[str](), set[str](), set[str]()
        self._trees: dict[str, _Node] = {}
        self._jumps: dict[str, _Node] = {}

    def add(self, phrase: _Phrase) -> None:
        letters = phrase[0]
        self.phrases.setdefault(letters[:2], []).append(phrase)
        for known, size in ((self.ones, 1), (self.twos, 2), (self.threes, 3)):
            if len(letters) == size:
                known.update(_spread(letters, size))
        if len(letters) > 3:
            self.beginnings.update(_spread(letters, 4))

    def begin(self, beginning: str) -> tuple[_Node, int]:
        """Where one stands after some first characters in which no phrase ends, and how many they are."""
        ahead = beginning[:_JUMP]
        node = self._jumps.get(ahead)
        if node is not None:
            return node, _JUMP
        root = node = self.tree(ahead[:2])
        for char in ahead:
            following = node.next.get(char)
            if following is None or following.whole is not None or following.prefix is not None:
                return root, 0
            node = following
        if len(ahead) < _JUMP or " " in ahead:
            return root, 0
        self._jumps[ahead] = node
        return node, _JUMP

    def tree(self, opening: str) -> _Node:
        found = self._trees.get(opening)
        if found is None:
            single = self.phrases.get(opening[:1], []) if len(opening) > 1 else []
            found = self._trees[opening] = _tree([*self.phrases.get(opening, ()), *single])
        return found


def _spread(letters: str, size: int) -> Iterator[str]:
    """The first `size` characters of a phrase, each of its blanks standing for any number of them."""
    if not letters or size == 0:
        yield ""
        return
    for run in range(1, size + 1) if letters[0] == " " else (1,):
        for rest in _spread(letters[1:], size - run):
            yield letters[0] * run + rest


def _tree(phrases: Iterable[_Phrase]) -> _Node:
    root = _Node()
    for letters, open_end, label in phrases:
        node = root
        for char in letters:
            node = node.next.setdefault(char, _Node())
        if open_end:
            node.prefix = node.prefix or label
        else:
            node.whole = node.whole or label
    return root


class PhraseMatcher:
    """Finds phrases in texts in one pass that costs linear time.

    Phrases are matched without regard to case. A blank in a phrase stands for any run of blanks, a star at its end
    for the rest of the word ("invest*"), a star at its beginning for the part of the word before ("*investition").
    The longest phrase at a place wins. In scripts without blanks between words a phrase may stand anywhere. Vowel
    signs of Arabic and Hebrew count for nothing, and Arabic letters that stand for one another are one.

    >>> matcher = PhraseMatcher({"invest": ["invest*", "put money into"], "fine": ["*geldbuße"]})
    >>> [(m.span.start, m.label) for m in matcher.find("She INVESTED; they put  money into it. Rekordgeldbuße!")]
    [(4, 'invest'), (19, 'invest'), (39, 'fine')]
    """

    __slots__ = ("_heads", "_starts", "_tails")

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Takes phrases by label. Raises LexiconError for an empty phrase or one with a star in its middle."""
        self._heads, self._tails = _Table(), _Table()
        for label, several in phrases.items():
            for phrase in several:
                folded = _respelt(" ".join(fold(phrase).split()))
                is_tail, open_end = folded.startswith("*"), folded.endswith("*")
                folded = folded.strip("*") if is_tail or open_end else folded
                if not folded or "*" in folded:
                    raise LexiconError(
                        label, f"phrase {phrase!r}", "A star may stand at an end, and a phrase needs letters."
                    )
                (self._tails if is_tail else self._heads).add((folded, open_end, label))
        self._starts = _starts_of(self._heads.phrases, self._tails.phrases)

    def find(self, text: str, *, folded: str | None = None) -> Iterator[Match]:
        """The matches in `text` from left to right, none overlapping another.

        `folded` may be given where `fold(text)` is at hand already.
        """
        low = fold(text) if folded is None else folded
        if low.isascii() or _RESPELT.search(low) is None:
            yield from self._find(low)
            return
        places = [at for at, char in enumerate(low) if VOWEL.match(char) is None]
        for match in self._find(_respelt(low)):
            end = places[match.span.end] if match.span.end < len(places) else len(low)
            yield Match(Span(places[match.span.start], end), match.label)

    def _find(self, low: str) -> Iterator[Match]:
        """The matches in a folded text without vowel signs."""
        heads, tails, position = self._heads, self._tails, 0
        beginnings, threes, twos, ones = heads.beginnings, heads.threes, heads.twos, heads.ones
        for found in self._starts.finditer(low) if self._starts is not None else ():
            at = found.start()
            if at < position:
                continue
            end, label = -1, ""
            if found.lastgroup == "head" and (
                low[at : at + 4] in beginnings
                or low[at : at + 2] in twos
                or low[at : at + 3] in threes
                or low[at] in ones
            ):
                char = low[at]
                if (char < _LEAST_UNSPACED and (at == 0 or low[at - 1] < _LEAST_UNSPACED)) or _may_start(low, at):
                    end, label = _walk(heads, low, at)
            if end < 0 and tails.phrases and low[at].isalnum():
                end, label = _walk(tails, low, at)
            if end < 0:
                continue
            yield Match(Span(_word_start(low, at), end), label)
            position = max(end, at + 1)


def _starts_of(heads: Collection[str], tails: Collection[str]) -> "re.Pattern[str] | None":
    """Finds the places where a phrase may begin: what costs time is looking at all the others.

    Many more are found for `heads` beyond the Latin letters. To tell those exactly by large sets of characters takes
    longer to compile than `find` needs to look at them once more.
    """
    kinds = []
    if heads:
        at_start = r"(?:(?<!(?=[^\W_])[\x00-\u0dff])|(?=[\W_]|[^\x00-\u0dff]))"
        either = _openings((opening for opening in heads if opening < _WIDE), beyond=_BEYOND)
        if max(heads) >= _WIDE:
            either = f"{either}|{_BEYOND}" if either else _BEYOND
        kinds.append(f"(?P<head>{at_start}(?:{either}))")
    if tails:
        kinds.append(f"(?:{_openings(tails)})")
    return re.compile("|".join(kinds)) if kinds else None


def _may_start(low: str, at: int) -> bool:
    """Whether no word goes on into `at`."""
    return at == 0 or not low[at].isalnum() or not low[at - 1].isalnum() or not _joins(low, at)


def _openings(table: Iterable[str], *, beyond: str = "") -> str:
    """A regular expression for the first two characters of all phrases, or for the one that a phrase has.

    A second character beyond the Latin letters stands for all of `beyond`, where that is given.
    """
    seconds: dict[str, set[str]] = {}
    for opening in table:
        seconds.setdefault(opening[0], set()).add(opening[1:])
    firsts: dict[str, list[str]] = {}
    for first, following in sorted(seconds.items()):
        kept = sorted(second for second in following if not beyond or second < _WIDE)
        some = [f"[{re.escape(''.join(kept))}]"] if kept else []
        some += [beyond] if len(kept) < len(following) else []
        firsts.setdefault("" if "" in following else f"(?={'|'.join(some)})", []).append(first)
    return "|".join(f"[{re.escape(''.join(several))}]{second}" for second, several in firsts.items())


def _joins(low: str, position: int) -> bool:
    """Whether a word goes on from before `position` into it."""
    before, here = low[position - 1], low[position]
    return _is_letter(before) and _is_letter(here) and not is_unspaced(before) and not is_unspaced(here)


def _is_letter(char: str) -> bool:
    # Vowel signs and points are no letters to Python, though Hindi and Hebrew words have them.
    return char.isalnum() or (char >= _LEAST_MARK and _IS_MARK(char) is not None)


def _word_start(low: str, position: int) -> int:
    while position > 0 and _joins(low, position):
        position -= 1
    return position


def _word_end(low: str, position: int) -> int:
    while position < len(low) and position > 0 and _joins(low, position):
        position += 1
    return position


def _walk(table: _Table, low: str, start: int) -> tuple[int, str]:
    """End and label of the longest phrase that begins at `start`; (-1, "") where none does."""
    node, done = table.begin(low[start : start + _JUMP])
    position, size = start + done, len(low)
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
