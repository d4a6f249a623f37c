"""Countries, regions and towns in a text."""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import replace

from pledgebook.domain import Mention, Span
from pledgebook.extract.mentions.organisations import PLACES_TOO, HasCode, organisations_in
from pledgebook.extract.mentions.organisations_runs import introduces
from pledgebook.extract.mentions.organisations_words import Words, words_of
from pledgebook.extract.mentions.places_countries import country_at, country_mentions
from pledgebook.extract.mentions.places_towns import town_mentions
from pledgebook.lexicon.names import base_language, skeleton
from pledgebook.lexicon.places import Countries, NameWords, load_countries, load_name_words
from pledgebook.lexicon.towns import load_towns

# As much as being named once.
_TOLD = 3
_HANGUL = "hang"
_LONGEST_TRADE = 20
_BREAKS = re.compile(r"[^\w・]|[にでをはがもへ在于於将將]")
_DESCRIBED = 2
_QUOTES = ' «„“"'
_JOINED = "-‑"
_LETTERS = re.compile(r"[^\W\d_]+")


def find_places(text: str, language: HasCode | str) -> list[Mention]:
    """The places that `text` names, in order, none overlapping another nor an organisation's name.

    A country or region of the world has its code and no name; a region or town has the code of its country, its name
    and mostly a GeoNames id. Adjectives ("Spanish") have parts["adjective"]. The reason tells what decided between
    places of one name.

    >>> [(mention.place, mention.name) for mention in find_places("De Spaanse tak in Spanje en Parijs", "nl")]
    [('ES', None), ('ES', None), ('FR', 'Paris')]
    """
    code = language if isinstance(language, str) else language.code
    words, name_words = words_of(text), load_name_words(base_language(code))
    taken = bytearray(len(text) + 1)
    organisations = organisations_in(text, code)
    for span in organisations.covered:
        taken[span.start : span.end] = b"\1" * len(span)
    countries = load_countries(name_words.code)
    found = _settled(list(country_mentions(words, countries, name_words, taken)), countries)
    if words.unspaced or name_words.script == _HANGUL:
        parties = [m.span for m in organisations.mentions if words.unspaced or m.reason != "government"]
        found = [_as_home(mention, parties, text, name_words) for mention in found]
    for mention in found:
        taken[mention.span.start : mention.span.end] = b"\1" * len(mention.span)
    towns = load_towns(name_words.script)
    here = list(town_mentions(words, towns, countries, name_words, taken, found, told=_told(words.tokens, name_words)))
    found = _settled(found, countries, [mention.place for mention in here])
    inside = [mention.span for mention in here if " " in text[mention.span.start : mention.span.end]]
    found = [mention for mention in found if not any(span.contains(mention.span) for span in inside)] + here
    starts = {one.span.start for one in organisations.mentions if one.reason not in PLACES_TOO}
    origins = _origins(found, words, countries, name_words, starts) if name_words.words("of_land") else set()
    return sorted(
        (
            _adjective(mention) if mention.span in origins else _as_origin(mention, text, name_words)
            for mention in found
            if not _is_across_border(mention, words, name_words)
        ),
        key=lambda mention: mention.span,
    )


def _origins(
    found: Sequence[Mention], words: Words, countries: Countries, language: NameWords, parties: Container[int]
) -> set[Span]:
    """Where a land only tells where a party is from: "Prancūzijos fondas „Nordvind“", "Soome Nordvind".

    For languages that have words of `of_land`, which may stand between the two: there a land before a name stands in
    the genitive, and what happens in a land is told by another case.
    """
    origins: set[Span] = set()
    for mention in found:
        index = bisect_left(words.starts, mention.span.start)
        if "adjective" in mention.parts or words.word(index - 1) in language.words("at"):
            continue
        here = country_at(words, index, countries, language)
        if here is None or here[2]:
            continue
        following = bisect_left(words.starts, mention.span.end)
        for _ in range(_DESCRIBED + 1):
            if following >= len(words.starts) or words.gap(following).strip(_QUOTES) != "":
                break
            if words.starts[following] in parties:
                origins.add(mention.span)
                break
            if not introduces(words.word(following), language.words("of_land")):
                break
            following += 1
    return origins


def _adjective(mention: Mention) -> Mention:
    return replace(mention, parts={**mention.parts, "adjective": mention.span})


def _as_origin(mention: Mention, text: str, language: NameWords) -> Mention:
    """The same as an adjective where a hyphen joins it to a word: "Sweden-based", "US-Konzern".

    So it is where a word behind says that somebody is from there: "Ankara merkezli".
    """
    behind = _LETTERS.match(text, mention.span.end + 1)
    if behind is not None and skeleton(behind.group()) in language.words("based") and "adjective" not in mention.parts:
        return _adjective(mention)
    after = text[mention.span.end : mention.span.end + 2]
    if len(after) != len(_JOINED) or after[0] not in _JOINED or "adjective" in mention.parts:
        return mention
    if after[1].islower():
        return _adjective(mention)
    word = _LETTERS.match(text, mention.span.end + 1) if language.nouns_have_capitals else None
    is_sort = word is not None and introduces(skeleton(word.group()), language.words("introduce"))
    return _adjective(mention) if is_sort else mention


def _is_across_border(mention: Mention, words: Words, language: NameWords) -> bool:
    """Whether a land is told only for its border: "an der belgischen Grenze", "nahe der Grenze zu Belgien"."""
    borders = language.words("border")
    if not borders or mention.name is not None:
        return False
    first, behind = bisect_left(words.starts, mention.span.start), bisect_left(words.starts, mention.span.end)
    is_before = words.word(behind) in borders and words.gap(behind) == " "
    return is_before or any(words.word(first - far) in borders for far in (1, 2) if first >= far)


def _as_home(mention: Mention, parties: Sequence[Span], text: str, language: NameWords) -> Mention:
    """The same as an adjective right before a party that is from there: 美国科技巨头微软, オランダのフェルデック."""
    if mention.name is not None or "adjective" in mention.parts:
        return mention
    if text.startswith(tuple(language.words("made").whole or "\0"), mention.span.end):
        return replace(mention, parts={**mention.parts, "adjective": mention.span})  # 中国製
    start = next((span.start for span in parties if span.start >= mention.span.end), None)
    between = "" if start is None else text[mention.span.end : start]
    if start is None or len(between) > _LONGEST_TRADE:
        return mention
    of, trade = tuple(language.words("head_of").whole), between.rstrip("、")
    is_plain = not between.strip() or between in of
    is_trade = trade.endswith(tuple(language.words("introduce").whole)) and not _BREAKS.search(trade)
    if is_plain or (is_trade and (not of or between.startswith(of))):
        return replace(mention, parts={**mention.parts, "adjective": mention.span})
    return mention


def _told(words: Sequence[str], language: NameWords) -> dict[str, int]:
    """How much a text's words of everyday tell that it was written in a country: "reais", "concelho"."""
    everything = frozenset(words) if language.tells else frozenset()
    counts = {country: len(everything & told) for country, told in language.tells.items()}
    return {country: _TOLD * count for country, count in counts.items() if count}


def _settled(found: list[Mention], countries: Countries, towns: Sequence[str | None] = ()) -> list[Mention]:
    """The same with names that a country shares with a region elsewhere settled by what else the text names.

    `towns` are the lands of the towns that it names.
    """
    named = {mention.place for mention in found} | set(towns)
    with_adjective = {mention.place for mention in found if mention.parts}
    settled: list[Mention] = []
    for mention in found:
        rival = countries.rivals.get(mention.place or "") if mention.reason == "country" else None
        if rival is not None and rival.code in named and mention.place not in (*with_adjective, *towns):
            reason = "its country is named in the text"
            settled.append(replace(mention, place=rival.code, name=rival.name, reason=reason))
        else:
            settled.append(mention)
    return settled
