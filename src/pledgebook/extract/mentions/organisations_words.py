"""The words of a text with their offsets, made once for all that looks for names."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

from pledgebook.lexicon.matcher import VOWEL
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import HEAD, load_name_words

# Letters and digits, and the vowel signs that Python does not count among the letters.
_TO_THE = "لل"  # "to" and the article, which loses a letter behind it
_UNSPACED_LETTERS = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_MARKS = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0dff\u200c\u200d"
)
# What stands amid Hebrew words: נדל"ן, ונצ'רס.
_INSIDE_HEBREW = "(?<=[\u05d0-\u05ea])['\"\u05f3\u05f4](?=[\u05d0-\u05ea])"
_WORD = re.compile(rf"(?>(?:[^\W_{_UNSPACED_LETTERS}]++[{_MARKS}]*+(?>(?:{_INSIDE_HEBREW})?))+)")
# The letters themselves take a long time to compile.
_MAYBE_UNSPACED = re.compile(r"(?![\u0f00-\u303f])[^\x00-\u0dff]")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED_LETTERS}]")


@dataclass(frozen=True, slots=True)
class Words:
    """A text, its skeleton (as long as the text), its words as skeletons, and where they begin and end.

    `heads` are the first letters of the words, `large` the indices of the words that begin with no small letter,
    `small` the words that begin with one.
    `unspaced` says whether the text has letters of a script that leaves no blanks between words.
    """

    text: str
    low: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    tokens: tuple[str, ...]
    heads: tuple[str, ...]
    large: tuple[int, ...]
    small: frozenset[str]
    unspaced: bool

    def word(self, index: int) -> str:
        """The skeleton of the word at `index`, "" where there is none."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else ""

    def written(self, index: int) -> str:
        """The word at `index` as the text has it, "" where there is none."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.tokens) else ""

    def gap(self, index: int) -> str:
        """What stands between the word at `index` and the one before it."""
        return self.low[self.ends[index - 1] if index else 0 : self.starts[index]]


@lru_cache(maxsize=4)
def words_of(text: str) -> Words:
    """The words of `text`.

    >>> words = words_of("Near Łódź, Orange’s site")
    >>> list(words.tokens)
    ['near', 'lodz', 'orange', 's', 'site']
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    starts = tuple(start for start, _ in spans)
    ends = tuple(end for _, end in spans)
    low = skeleton(text)
    tokens = tuple([low[start:end] for start, end in spans])
    if not low.isascii() and VOWEL.search(low) is not None:
        tokens = tuple([VOWEL.sub("", token) or token for token in tokens])
    is_small = [text[start].islower() for start in starts]
    large = tuple(index for index, small in enumerate(is_small) if not small)
    small = frozenset(compress(tokens, is_small))
    heads = tuple([token[:HEAD] for token in tokens])
    return Words(text, low, starts, ends, tokens, heads, large, small, _has_unspaced(text))


def _has_unspaced(text: str) -> bool:
    return _MAYBE_UNSPACED.search(text) is not None and _unspaced().search(text) is not None


class Form(NamedTuple):
    """What a word may be a form of: the name, how many letters stand before it, and whether the form says "there"."""

    offset: int
    base: str
    is_there: bool


_NO_FORMS: tuple[Form, ...] = ()


@lru_cache(maxsize=4)
def forms_of(text: str, code: str) -> tuple[tuple[Form, ...], ...]:
    """For each word of `text` what it may be a form of in a language, itself not among it.

    Words with a small letter are no names and have none.

    >>> sorted(form.base for form in forms_of("fabryka w Warszawie", "pl")[2] if form.is_there)[:2]
    ['warszaw', 'warszawa']
    """
    language = load_name_words(code)
    bases, prefixes = language.endings.bases, language.prefixes
    lengths = sorted({len(prefix) for prefix in prefixes})
    if not language.endings and not prefixes:
        return (_NO_FORMS,) * len(words_of(text).tokens)
    words = words_of(text)
    forms: list[tuple[Form, ...]] = [_NO_FORMS] * len(words.tokens)
    for index in words.large:
        token = words.tokens[index]
        if len(token) < 3:
            continue
        found = [Form(0, base, is_there) for base, is_there in bases(token)]
        found += [
            Form(size, token[size:], True) for size in lengths if len(token) > size + 1 and token[:size] in prefixes
        ]
        if token.startswith(_TO_THE) and _TO_THE in prefixes:
            found.append(Form(1, "ال" + token[len(_TO_THE) :], True))
        forms[index] = tuple(found)
    return tuple(forms)
