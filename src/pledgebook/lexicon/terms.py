"""The table of all words that a language's finders know, looked up word by word."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pledgebook.domain import LexiconError
from pledgebook.lexicon.matcher import fold
from pledgebook.lexicon.tokens import fold_word, tokenize

_MEMO_SIZE = 1 << 16


@dataclass(frozen=True, slots=True)
class Term:
    """What a phrase can mean: sense to label ("currency" to "EUR"), and the number that it stands for, if any."""

    senses: dict[str, str]
    value: Decimal | None = None

    def joined(self, other: "Term") -> "Term":
        """One term that has the senses of both; the first wins where they differ."""
        return Term(other.senses | self.senses, self.value if self.value is not None else other.value)


@dataclass(slots=True)
class Node:
    """Where one stands after the first words of phrases."""

    term: Term | None = None
    next: dict[str, "Node"] = field(default_factory=dict)
    stems: dict[str, "Node"] = field(default_factory=dict)
    tails: dict[str, "Node"] = field(default_factory=dict)

    @property
    def is_end(self) -> bool:
        """Whether no phrase goes on from here."""
        return not (self.next or self.stems or self.tails)


@dataclass(slots=True)
class CharNode:
    """Where one stands after the first characters of phrases."""

    term: Term | None = None
    next: dict[str, "CharNode"] = field(default_factory=dict)


class TermTable:
    """Phrases and what they mean, for lookup of running words.

    A star at the end of a word stands for any ending, a star before it for any beginning. `particles` may follow
    and `prefixes` may precede any word, as in Korean and Hebrew. With `by_character` phrases are also kept
    character by character, for scripts without blanks between words.

    >>> table = TermTable([("million", "scale", "", Decimal(10**6)), ("dollar*", "currency", "dollar", None)])
    >>> table.longest(["dollars", "a"], 0)[1].senses
    {'currency': 'dollar'}
    """

    __slots__ = ("_memo", "_particles", "_prefixes", "characters", "root", "split")

    def __init__(
        self,
        entries: Iterable[tuple[str, str, str, Decimal | None]],
        *,
        particles: Sequence[str] = (),
        prefixes: Sequence[str] = (),
        by_character: bool = False,
        compounds: bool = False,
        linkers: Sequence[str] = (),
    ) -> None:
        """Takes entries as (phrase, sense, label, value)."""
        self.root, self.characters = Node(), CharNode()
        self._memo: dict[str, tuple[Node, ...]] = {}
        self._particles = tuple(sorted(particles, key=len, reverse=True))
        self._prefixes = tuple(sorted(prefixes, key=len, reverse=True))
        pieces: dict[str, Decimal] = {}
        for phrase, sense, label, value in entries:
            term = Term({sense: label}, value)
            if by_character:
                self._add_characters(phrase, term)
            self._add_words(phrase, term)
            if compounds and value is not None and phrase.isalpha() and sense in {"number", "scale", "article"}:
                pieces[fold_word(phrase)] = value
        self.split = Splitter(pieces, linkers) if compounds else None

    def _add_words(self, phrase: str, term: Term) -> None:
        node = self.root
        words = [_starred(word) for word in phrase.split()]
        for word, before, after in words:
            parts = tokenize(word)
            if not parts:
                raise LexiconError(phrase, "a phrase without letters", "Write at least one letter or sign.")
            for index, part in enumerate(parts):
                branch = node.next
                if before and index == 0:
                    branch = node.tails
                elif after and index == len(parts) - 1:
                    branch = node.stems
                node = branch.setdefault(part, Node())
        node.term = term if node.term is None else node.term.joined(term)

    def _add_characters(self, phrase: str, term: Term) -> None:
        node = self.characters
        for char in fold(unicodedata.normalize("NFC", phrase.strip("*"))):
            node = node.next.setdefault(char, CharNode())
        node.term = term if node.term is None else node.term.joined(term)

    def longest(self, words: Sequence[str], index: int) -> tuple[int, Term] | None:
        """How many of `words` from `index` on the longest known phrase takes, and what it means."""
        frontier = self.nodes(words[index])
        if len(frontier) == 1 and (only := frontier[0]).is_end:
            return None if only.term is None else (1, only.term)
        best: tuple[int, Term] | None = None
        position, size = index, len(words)
        while frontier:
            position += 1
            following: list[Node] = []
            word = ""
            for node in frontier:
                if node.term is not None and (best is None or best[0] < position - index):
                    best = (position - index, node.term)
                if position < size and (node.next or node.stems or node.tails):
                    word = word or fold_word(words[position])
                    following.extend(_children(node, word))
            frontier = tuple(following)
        return best

    def nodes(self, word: str) -> tuple[Node, ...]:
        """The nodes that a phrase's first word leads to, the exact one first. Any spelling of the word will do."""
        found = self._memo.get(word)
        if found is None:
            found = self._looked_up(fold_word(word))
            if len(self._memo) >= _MEMO_SIZE:
                self._memo.clear()
            self._memo[word] = found
        return found

    def _looked_up(self, word: str) -> tuple[Node, ...]:
        found = list(_children(self.root, word))
        if not found and self.split is not None and (value := self.split.value(word)) is not None:
            found.append(Node(Term({"number": "compound"}, value)))
        if not found:
            found.extend(
                node
                for particle in self._particles
                if word.endswith(particle) and len(word) > len(particle)
                for node in _children(self.root, word[: -len(particle)])
            )
        if not found:
            found.extend(
                node
                for prefix in self._prefixes
                if word.startswith(prefix) and len(word) > len(prefix) + 1
                for node in _children(self.root, word[len(prefix) :])
            )
        return tuple(found)


def _starred(word: str) -> tuple[str, bool, bool]:
    bare = word.strip("*") if len(word) > 1 else word
    if not bare or (len(bare) > 1 and "*" in bare):
        raise LexiconError(word, "a star in the middle of a word", "A star may stand at an end.")
    return bare, word.startswith("*") and len(word) > 1, word.endswith("*") and len(word) > 1


def _children(node: Node, word: str) -> Iterable[Node]:
    exact = node.next.get(word)
    if exact is not None:
        yield exact
    if node.stems:
        for size in range(len(word), 0, -1):
            stem = node.stems.get(word[:size])
            if stem is not None:
                yield stem
                break
    if node.tails:
        for start in range(len(word)):
            tail = node.tails.get(word[start:])
            if tail is not None:
                yield tail
                break


class Splitter:
    """Reads number words that are written as one ("fünfundzwanzig", "duemila")."""

    __slots__ = ("_linkers", "_longest", "_pieces")

    def __init__(self, pieces: dict[str, Decimal], linkers: Sequence[str]) -> None:
        """Takes the number words by value and the words that may link them."""
        self._pieces, self._linkers = pieces, tuple(linkers)
        self._longest = max(map(len, pieces), default=0)

    def value(self, word: str) -> Decimal | None:
        """The number that `word` spells, or None."""
        if len(word) > 60 or len(word) < 4:
            return None
        parts = self._parts(word, 0, 8)
        return sum_parts(parts) if parts else None

    def _parts(self, word: str, start: int, left: int) -> list[Decimal] | None:
        """The values of the number words that `word` consists of from `start` on: longest first, at most `left`."""
        if start == len(word):
            return []
        if left == 0:
            return None
        for size in range(min(self._longest, len(word) - start), 1, -1):
            value = self._pieces.get(word[start : start + size])
            if value is None:
                continue
            rest = self._parts(word, start + size, left - 1)
            if rest is None:
                for linker in self._linkers:
                    if word.startswith(linker, start + size):
                        rest = self._parts(word, start + size + len(linker), left - 1)
                        if rest:
                            break
                        rest = None
            if rest is not None:
                return [value, *rest]
        return None


def sum_parts(parts: Sequence[Decimal]) -> Decimal | None:
    """What number words add up to that follow each other, or None where they make no number.

    >>> sum_parts([Decimal(5), Decimal(20)]), sum_parts([Decimal(2), Decimal(1000), Decimal(5), Decimal(100)])
    (Decimal('25'), Decimal('2500'))
    """
    stack: list[Decimal] = []
    for value in parts:
        if value >= 100 and stack and stack[-1] < value:
            below = Decimal(0)
            while stack and stack[-1] < value:
                below += stack.pop()
            stack.append(below * value)
        elif stack and stack[-1] < 10 and 20 <= value < 100:  # "five-and-twenty"
            stack.append(value)
        elif stack and (stack[-1] <= value or stack[-1] % 10):
            return None
        else:
            stack.append(value)
    return sum(stack, Decimal(0))
