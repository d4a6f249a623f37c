"""Names of countries and well-known regions, and the adjectives made of them."""

from collections.abc import Iterator, Sequence

from pledgebook.domain import Mention, MentionKind, Span
from pledgebook.extract.mentions.organisations_words import Words, forms_of
from pledgebook.lexicon.names import cuts_thai, is_kana
from pledgebook.lexicon.places import CODE, HEAD, Countries, NameWords, Place, given_names

_WINDOW = 5
_FIRST_UNSPACED = "\u0e00"  # Thai; the scripts before it have blanks between words


def country_mentions(words: Words, countries: Countries, language: NameWords, taken: bytearray) -> Iterator[Mention]:
    """The countries, regions and adjectives of a text that no organisation's name covers."""
    if words.unspaced:
        yield from _unspaced_mentions(words, countries, taken)
    text, low, starts, ends = words.text, words.low, words.starts, words.ends
    adjectives = countries.adjectives
    position = -1
    sure: set[str] = set()
    doubtful: list[Mention] = []
    for index in _worth_a_look(words, countries, language):
        start = starts[index]
        if start < position or taken[start]:
            continue
        word = words.tokens[index]
        is_small = text[start].islower()
        # Arabic "الإماراتية" is no form of the name "الإمارات".
        is_whole = word not in countries.names and word not in countries.heads and countries.is_whole_adjective(word)
        if not is_small:
            found = None if is_whole else country_at(words, index, countries, language)
            if found is not None and not _is_of_person(words, index, found[0], language):
                span, place, is_sure = found
                position = span.end
                if is_sure or not place.needs_context or _has_preposition(words, index, language):
                    sure.add(place.code)
                    yield _mention(span, place)
                else:
                    doubtful.append(_mention(span, place))
                continue
        if word[:HEAD] in adjectives and _may_be_adjective(words, index, language, is_small=is_small):
            code = countries.adjective(word)
            end = ends[index]
            if code is None and word in countries.heads and index + 1 < len(starts):
                end = ends[index + 1]
                code = countries.adjective(low[start:end])
            if code is not None:
                span = Span(start, end)
                position = end
                sure.add(code)
                parts = {"adjective": span}
                yield Mention(MentionKind.PLACE, span, place=code, score=0.6, reason="adjective", parts=parts)
    yield from (mention for mention in doubtful if mention.place in sure)


def _worth_a_look(words: Words, countries: Countries, language: NameWords) -> Sequence[int]:
    """The words that may be of a country: all with a capital, and those with a small letter that may be adjectives."""
    adjectives = countries.adjectives
    if language.adjectives_have_capitals or not adjectives:
        return words.large
    return sorted({*words.large, *(n for n, token in enumerate(words.tokens) if token[:HEAD] in adjectives)})


def _mention(span: Span, place: Place) -> Mention:
    reason = "country" if place.name is None else "town" if place.is_town else "region"
    return Mention(MentionKind.PLACE, span, place=place.code, name=place.name, reason=reason)


Country = tuple[Span, Place, bool]


def country_at(words: Words, index: int, countries: Countries, language: NameWords) -> Country | None:
    """The country whose name begins at a word, with its span and whether the form says that it is a place."""
    word = words.tokens[index]
    is_head = word in countries.heads or any(
        not form.offset and form.base in countries.heads for form in forms_of(words.text, language.code)[index]
    )
    found = _of_several_words(words, index, countries, language) if is_head else None
    if found is not None:
        return found
    start, end = words.starts[index], words.ends[index]
    if word in countries.names:
        is_code = len(word) <= CODE and word.isascii() and words.text[start:end] not in countries.short
        if is_code and not words.text[start:end].isupper() and not _is_short_name(words, index, language):
            return None
        is_there = bool(language.there) and words.text[start:end].lower().endswith(language.there)
        return Span(start, end), countries.names[word], is_there
    return _of_form(words, index, countries, language)


def _is_short_name(words: Words, index: int, language: NameWords) -> bool:
    """Whether so short a word is a country's name all the same, by its marks: Vietnamese "Mỹ", but no "Phú Mỹ".

    Where marks tell, a word for where or for a government before it says so as well: "tại Anh", but no "chị Anh".
    """
    start, end = words.starts[index], words.ends[index]
    if words.text[start].islower():
        return False
    if words.text[start:end].isascii():
        before = words.word(index - 1) if index and words.gap(index) == " " else ""
        labels = ("at", "government") if language.spelt else ()
        if not any(language.has(label, before, words.written(index - 1)) for label in labels):
            return False
        goes_on = index + 1 < len(words.starts) and words.gap(index + 1) == " "
        return not (goes_on and words.text[words.starts[index + 1]].isupper())
    beside = [
        at
        for at, gap in ((index - 1, index), (index + 1, index + 1))
        if 0 <= at < len(words.starts) and words.gap(gap) == " "
    ]
    return all(words.text[words.starts[at]].islower() for at in beside)


def _of_several_words(words: Words, index: int, countries: Countries, language: NameWords) -> Country | None:
    low, start, ends, names = words.low, words.starts[index], words.ends, countries.names
    for final in range(min(index + _WINDOW, len(ends)) - 1, index, -1):
        end = ends[final]
        key = low[start:end]
        if low[end : end + 1] == "." and key + "." in names:
            return Span(start, end + 1), names[key + "."], False
        if key in names:
            return Span(start, end), names[key], False
        for base, is_there in language.endings.bases(key):
            if base in names:
                return Span(start, end), names[base], is_there
        for form in forms_of(words.text, language.code)[index]:
            if form.offset or form.base not in countries.heads:
                continue
            inflected = form.base + low[ends[index] : end]  # "Новосибирской области": both words have other endings
            for base, is_there in ((inflected, form.is_there), *language.endings.bases(inflected)):
                if base in names:
                    return Span(start, end), names[base], is_there
    return None


def _of_form(words: Words, index: int, countries: Countries, language: NameWords) -> Country | None:
    """The country of which a word is an inflected form, or that begins after letters that belong to it no more."""
    low, start, ends, names = words.low, words.starts[index], words.ends, countries.names
    for form in forms_of(words.text, language.code)[index]:
        base, begin = form.base, start + form.offset
        if base in names and (len(base) > 3 or not base.isascii()):
            return Span(begin, ends[index]), names[base], form.is_there
        if form.offset and base in countries.heads and index + 1 < len(ends) and low[begin : ends[index + 1]] in names:
            return Span(begin, ends[index + 1]), names[low[begin : ends[index + 1]]], True
    return None


def _is_of_person(words: Words, index: int, span: Span, language: NameWords) -> bool:
    """Whether the name of a country is a person's: "Mauricio Rueda", "Nuria Montserrat"."""
    if words.ends[index] != span.end:
        return False
    if index and words.gap(index) == " " and words.word(index - 1) in given_names():
        return words.text[words.starts[index - 1]].isupper() and words.tokens[index] in given_names()
    following = index + 1
    return (
        words.tokens[index] in given_names()
        and not language.nouns_have_capitals
        and following < len(words.starts)
        and words.gap(following) == " "
        and words.text[words.starts[following]].isupper()
    )


def _may_be_adjective(words: Words, index: int, language: NameWords, *, is_small: bool) -> bool:
    """Whether a word is written as adjectives are, and is no surname: "Aurélie Picard", "Michele Emiliano"."""
    if is_small or language.adjectives_have_capitals:
        return not (is_small and language.adjectives_have_capitals)
    if not index or words.gap(index) != " " or words.word(index - 1) not in given_names():
        return True
    return not words.text[words.starts[index - 1]].isupper()


def _has_preposition(words: Words, index: int, language: NameWords) -> bool:
    before = words.word(index - 1) if index else ""
    return before in language.words("at")


def _unspaced_mentions(words: Words, countries: Countries, taken: bytearray) -> Iterator[Mention]:
    low, starts, names = words.low, countries.starts, countries.names
    position = -1
    size = len(low)
    for index in range(size):
        if index < position or taken[index] or low[index] < _FIRST_UNSPACED:
            continue
        lengths = starts.get(low[index : index + 2])
        if lengths is None:
            if low[index] in names and _is_short_for_country(low, index):
                span = Span(index, index + 1)
                parts = {"adjective": span}
                code = names[low[index]].code
                yield Mention(MentionKind.PLACE, span, place=code, score=0.5, reason="adjective", parts=parts)
            continue
        for length in lengths:
            end = index + length
            place = names.get(low[index:end])
            if (
                place is None
                or length < 2
                or any(taken[index:end])
                or _cuts_kana(low, index, end)
                or cuts_thai(low, index, end)
            ):
                continue
            position = end
            yield _mention(Span(index, end), place)
            break


def _is_short_for_country(low: str, index: int) -> bool:
    """Whether one sign stands for a country before a foreign name, as in 米マイクロソフト."""
    after = low[index + 1 : index + 2]
    before = low[index - 1 : index]
    return (
        bool(after) and (is_kana(after) or (after.isascii() and after.isalpha())) and not "\u3400" <= before <= "\u9fff"
    )


def _cuts_kana(low: str, start: int, end: int) -> bool:
    """Whether a katakana word goes on over an edge of the span."""
    is_inside_before = start > 0 and is_kana(low[start - 1]) and is_kana(low[start])
    return is_inside_before or (end < len(low) and is_kana(low[end]) and is_kana(low[end - 1]))
