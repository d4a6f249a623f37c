"""Countries, regions and towns in a text."""

from collections.abc import Iterator

from pledgebook.domain import Mention, MentionKind, Span
from pledgebook.extract.mentions.organisations import HasCode, organisations_in
from pledgebook.extract.mentions.organisations_words import Words, words_of
from pledgebook.lexicon.places import HEAD, SUFFIX, Countries, NameWords, load_countries, load_name_words

_WINDOW = 5


def find_places(text: str, language: HasCode | str) -> list[Mention]:
    """The places that `text` names, in order, none overlapping another nor an organisation's name.

    >>> [(mention.place, mention.name) for mention in find_places("De Spaanse tak in Spanje", "nl")][-1]
    ('ES', None)
    """
    code = language if isinstance(language, str) else language.code
    words = words_of(text)
    taken = [mention.span for mention in organisations_in(text, code)]
    found = _country_mentions(words, load_countries(code), load_name_words(code))
    return [mention for mention in found if not any(mention.span.overlaps(span) for span in taken)]


def _country_mentions(words: Words, countries: Countries, language: NameWords) -> Iterator[Mention]:
    text, low, starts, ends = words.text, words.low, words.starts, words.ends
    names, adjectives, size = countries.names, countries.adjectives, len(words.starts)
    position = -1
    for index, start in enumerate(starts):
        if start < position:
            continue
        end = ends[index]
        word = low[start:end]
        if word[:HEAD] in adjectives:
            for stem, code, open_end in adjectives[word[:HEAD]]:
                if word == stem or (open_end and word.startswith(stem) and len(word) - len(stem) <= SUFFIX):
                    span = Span(start, end)
                    yield Mention(
                        MentionKind.PLACE, span, place=code, score=0.6, reason="adjective", parts={"adjective": span}
                    )
                    position = end
                    break
            if position == end:
                continue
        if text[start].islower():
            continue
        for final in range(min(index + _WINDOW, size) - 1, index - 1, -1):
            key = low[start : ends[final]]
            place = names.get(key)
            if place is None:
                place = next((names[base] for base in language.endings.bases(key) if base in names), None)
            if place is not None:
                position = ends[final]
                yield Mention(MentionKind.PLACE, Span(start, position), place=place.code, reason="country")
                break
