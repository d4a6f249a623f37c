"""A text as the finders see it: known words, figures and signs, with numbers read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from pledgebook.extract.mentions.figures import Habit, read_figure, read_habit
from pledgebook.extract.mentions.numerals import join_numerals
from pledgebook.extract.mentions.pieces import Piece
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import fold
from pledgebook.lexicon.money import load_currencies
from pledgebook.lexicon.terms import CharNode, Term
from pledgebook.lexicon.tokens import TOKEN, fold_word

_FIGURE, _UNSPACED, _WORD = 1, 2, 3
_MOST_DULL = 1 << 15
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CODE_SCALES = {"T": 10**3, "K": 10**3, "k": 10**3, "M": 10**6, "m": 10**6, "B": 10**9, "bn": 10**9}


@dataclass(frozen=True, slots=True)
class Scan:
    """The known pieces of a text from left to right, numbers joined; `at` finds a piece by where it begins."""

    text: str
    language: Language
    pieces: tuple[Piece, ...]
    habit: Habit = field(default_factory=Habit)


@lru_cache(maxsize=64)
def _dull_words(language: Language) -> set[str]:  # noqa: ARG001 - a set for each language
    """Words that were met and begin nothing that is known: the next time they are passed over."""
    return set()


def resolve(language: Language | str) -> Language:
    """The language itself, or the one that a code names."""
    return load_language(language) if isinstance(language, str) else language


@lru_cache(maxsize=16)
def scan_text(text: str, language: Language) -> Scan:
    """The pieces of `text`, read once for all finders."""
    raw = _Reader(text, language).pieces()
    habit = read_habit([piece.figure for piece in raw if piece.figure], language.numbers)
    for piece in raw:
        if piece.figure:
            piece.value = read_figure(piece.figure, habit)
    return Scan(text, language, tuple(join_numerals(text, raw, language)), habit)


class _Reader:
    """Reads the pieces of one text."""

    def __init__(self, text: str, language: Language) -> None:
        self._text, self._language = text, language
        self._terms, self._codes = language.terms, load_currencies().codes
        self._chars = language.terms.characters if language.numbers.scan != "words" else None
        self._chain = language.numbers.scan == "chain"
        self._folded = fold(text.translate(_WIDE)) if self._chars is not None else ""

    def pieces(self) -> list[Piece]:  # noqa: C901, PLR0912 - one loop over the tokens of a text, the hot one
        """The known words, figures and signs, not yet joined to numbers."""
        found: list[Piece] = []
        tokens = list(TOKEN.finditer(self._text))
        words = [token.group() for token in tokens]
        lookup, chars, codes = self._terms.nodes, self._chars, self._codes
        dull = _dull_words(self._language)
        index, size, reached = 0, len(tokens), 0
        while index < size:
            raw = words[index]
            if raw in dull:
                index += 1
                continue
            token = tokens[index]
            index += 1
            kind = token.lastindex
            if reached and token.start() < reached:
                if kind == _UNSPACED and token.end() > reached:
                    reached = self._walk(reached, token.end(), found)
                continue
            if kind == _FIGURE:
                if (
                    chars is None
                    and len(raw) == 1
                    and lookup(raw)
                    and (taken := self._phrase(tokens, words, index - 1, found))
                ):
                    index += taken - 1  # "3. Quartal", "2Q"
                    continue
                start = token.start()
                found.append(Piece(start, token.end(), figure=raw, glued=self._glued(start, found)))
                continue
            if chars is not None and (kind == _UNSPACED or (self._chain and not raw.isascii())):
                reached = self._walk(token.start(), token.end(), found)
                continue
            if lookup(raw):
                taken = self._phrase(tokens, words, index - 1, found)
                if taken:
                    index += taken - 1
                    continue
            if chars is not None:
                reached = self._walk_once(token.start(), found)
                if reached > token.start():
                    continue
            if kind == _WORD and raw[-3:] in codes and (piece := self._code(raw, token.start(), token.end())):
                found.append(piece)
            elif chars is None and len(dull) < _MOST_DULL and not lookup(raw):
                dull.add(raw)
        return found

    def _phrase(self, tokens: Sequence[re.Match[str]], words: Sequence[str], index: int, found: list[Piece]) -> int:
        """How many tokens the longest known phrase at `index` takes; it joins `found`."""
        match = self._terms.longest(words, index)
        if match is None:
            return 0
        start, end = tokens[index].start(), tokens[index + match[0] - 1].end()
        if not self._agrees(start, end, match[1]):
            # "a $5 billion plan": the article by itself
            match = self._terms.longest([words[index]], 0) if match[0] > 1 else None
            if match is None or not self._agrees(start, end := tokens[index].end(), match[1]):
                return 0
        found.append(Piece(start, end, match[1].senses, match[1].value))
        return match[0]

    def _glued(self, start: int, found: list[Piece]) -> bool:
        """Whether a letter that is no known word stands right before a figure ("H100")."""
        if start == 0:
            return False
        before = self._text[start - 1]
        if not before.isalpha() or (found and found[-1].end == start):
            return False
        if self._chars is not None and not before.isascii():
            return False
        word_start = start - 1
        while word_start > 0 and start - word_start < 4 and self._text[word_start - 1].isalpha():
            word_start -= 1
        return fold_word(self._text[word_start:start]) not in self._language.numbers.prefixes

    def _agrees(self, start: int, end: int, term: Term) -> bool:
        """Whether a sign of letters is written as signs are ("Rs", not "rs")."""
        if "sign" not in term.senses or len(term.senses) > 1:
            return True
        raw = self._text[start:end]
        code = raw.split(" ")[0]
        if code != raw and not (len(code) > 1 and code.isupper()):
            return False  # "a $5 billion plan" has no Australian dollars
        if not raw[0].isalpha():
            return True
        if not raw.isalpha():
            return raw[0].isupper()
        return raw[0].isupper() and (len(raw) > 1 or self._text[end : end + 2].strip()[:1].isdigit())

    def _code(self, raw: str, start: int, end: int) -> Piece | None:
        if raw in self._codes:
            code = {"RMB": "CNY", "NTD": "TWD", "HRK": "EUR"}.get(raw, raw)
            return Piece(start, end, {"currency": code, "code": ""})
        prefix, code = raw[:-3], raw[-3:]
        scale = _CODE_SCALES.get(prefix)
        if scale is None or code not in self._codes:
            return None
        return Piece(start, end, {"scaled": code, "code": ""}, Decimal(scale))

    def _walk(self, start: int, end: int, found: list[Piece]) -> int:
        """Adds what is found from `start` up to `end` character by character; where it stopped."""
        position = start
        while position < end:
            after = self._walk_once(position, found)
            if after > position:
                position = after
            elif self._chain:
                # Within a Korean word only longer names count: a syllable may mean anything.
                position = self._next_long(position + 1, end, found)
            else:
                position += 1
        return max(position, end) if position > end else end

    def _next_long(self, start: int, end: int, found: list[Piece]) -> int:
        for position in range(start, end):
            match = self._longest(position)
            if match is not None and match[0] - position > 2:
                found.append(Piece(position, match[0], match[1].senses, match[1].value))
                return match[0]
        return end

    def _walk_once(self, start: int, found: list[Piece]) -> int:
        match = self._longest(start)
        if match is None:
            return start
        end, term = match
        found.append(Piece(start, end, term.senses, term.value))
        return end

    def _longest(self, start: int) -> tuple[int, Term] | None:
        node: CharNode | None = self._chars
        best: tuple[int, Term] | None = None
        position, size, folded = start, len(self._folded), self._folded
        while node is not None and position < size:
            node = node.next.get(folded[position])
            position += 1
            if node is not None and node.term is not None:
                best = (position, node.term)
        if best is not None and best[0] < size:
            last, following = folded[best[0] - 1], folded[best[0]]
            if last.isascii() and last.isalpha() and following.isascii() and following.isalpha():
                return None
        return best


def senses(piece: Piece | None) -> Mapping[str, str]:
    """What a piece can mean; nothing where there is none."""
    return piece.senses if piece is not None else {}
