"""Organisations that the lexicon lists, wherever their names stand in a text."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from pledgebook.domain import Span
from pledgebook.extract.mentions.organisations_runs import opens_sentence
from pledgebook.extract.mentions.organisations_unlisted import Found
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.organisations import Listed, Organisations
from pledgebook.lexicon.places import Countries, NameWords

MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed name at a span, and whether an ending was taken off to find it."""

    span: Span
    listed: Listed
    inflected: bool = False


def listed_mentions(
    words: Words, organisations: Organisations, language: NameWords, countries: Countries
) -> Iterator[Found]:
    """The organisations with listed names, from left to right, none inside another."""
    hits = list(_spaced_hits(words, organisations, language))
    if words.unspaced:
        hits += _unspaced_hits(words, organisations)
        hits.sort(key=lambda hit: (hit.span.start, -hit.span.end))
    sure = {hit.listed.party.name for hit in hits if not hit.listed.risky}
    end = -1
    for hit in hits:
        if hit.span.start < end:
            continue
        if hit.listed.risky and hit.listed.party.name not in sure and not _is_meant(hit, words, language):
            continue
        end = hit.span.end
        yield Found(hit.span, hit.listed.party, 0.8 if hit.listed.risky else 1.0, "listed")


def _is_meant(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether the words around say that a name that is also something else means the organisation."""
    index = bisect_left(words.starts, hit.span.start)
    last = bisect_left(words.starts, hit.span.end) - 1
    before, after = words.word(index - 1), words.word(last + 1)
    if before in language.words("introduce") or after in language.words("say"):
        return True
    if language.nouns_have_capitals:
        return False
    return words.text[hit.span.start].isupper() and not opens_sentence(words, index) and words.gap(last + 1) != " "


def _spaced_hits(words: Words, organisations: Organisations, language: NameWords) -> Iterator[Hit]:
    text, low, starts, ends = words.text, words.low, words.starts, words.ends
    heads, lower = organisations.heads, organisations.lower
    prefixes = language.prefixes
    position = -1
    for index, start in enumerate(starts):
        if start < position:
            continue
        word = low[start : ends[index]]
        if text[start].islower() and word not in lower:
            continue
        hit = None
        for offset, head in _head_forms(word, heads, prefixes, language):
            hit = _longest(words, index, start + offset, head, heads[head], organisations, language)
            if hit is not None:
                break
        if hit is not None:
            position = hit.span.end
            yield hit


def _head_forms(
    word: str, heads: dict[str, int], prefixes: tuple[str, ...], language: NameWords
) -> Iterator[tuple[int, str]]:
    """The first words of names that `word` may be, and how many letters stand before them."""
    if word in heads:
        yield 0, word
    for base in language.endings.bases(word):
        if base in heads:
            yield 0, base
    for prefix in prefixes:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and rest in heads:
            yield len(prefix), rest


def _longest(
    words: Words,
    index: int,
    start: int,
    head: str,
    limit: int,
    organisations: Organisations,
    language: NameWords,
) -> Hit | None:
    low, ends, size = words.low, words.ends, len(words.ends)
    names = organisations.by_skeleton
    last = index
    while last + 1 < size and last - index < MAX_WORDS and ends[last + 1] - start <= limit + 4:
        last += 1
    head_end = ends[index]
    for final in range(last, index - 1, -1):
        key = head + low[head_end : ends[final]]
        end = ends[final]
        listed = names.get(key)
        if listed is None and end < len(low) and low[end] in ".&":
            listed = names.get(key + low[end])
            end += listed is not None
        inflected = final == index and low[start:head_end] != head
        if listed is None and final > index:
            listed = next((names[base] for base in language.endings.bases(key) if base in names), None)
            inflected = listed is not None
        if listed is not None and _same_case(words.text[start:end], listed):
            return Hit(Span(start, end), listed, inflected)
    return None


def _same_case(written: str, listed: Listed) -> bool:
    """Whether capitals stand where the name needs them: TIM is no Tim, du no Du, Meta no meta."""
    if listed.is_acronym:
        return written[: len(listed.written)].isupper()
    if listed.written[0].islower() and len(listed.written) <= 4:
        return written.startswith(listed.written)
    return True


def _unspaced_hits(words: Words, organisations: Organisations) -> Iterator[Hit]:
    low, text, size = words.low, words.text, len(words.low)
    starts, names = organisations.starts, organisations.by_skeleton
    position = -1
    for index in range(size - 1):
        if index < position or low[index : index + 2] not in starts:
            continue
        for length in starts[low[index : index + 2]]:
            end = index + length
            listed = names.get(low[index:end])
            if listed is None or _inside_word(low, index, end) or not _same_case(text[index:end], listed):
                continue
            position = end
            yield Hit(Span(index, end), listed)
            break


def _inside_word(low: str, start: int, end: int) -> bool:
    """Whether a word of Latin letters or digits goes on over an edge of the span."""
    return (start > 0 and _joins(low[start - 1], low[start])) or (end < len(low) and _joins(low[end - 1], low[end]))


def _joins(before: str, after: str) -> bool:
    return before < "\u0e00" and after < "\u0e00" and before.isalnum() and after.isalnum()
