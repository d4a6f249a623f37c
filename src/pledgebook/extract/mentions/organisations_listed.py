"""Organisations that the lexicon lists, wherever their names stand in a text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Found
from pledgebook.extract.mentions.organisations_forms import end_of_form
from pledgebook.extract.mentions.organisations_runs import opens_sentence
from pledgebook.extract.mentions.organisations_words import Words, forms_of
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import Listed, Organisations, load_organisations
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import NameWords, given_names, load_countries
from pledgebook.lexicon.towns import load_towns

MAX_WORDS = 8
_ARM_WORDS = 2
_LONGEST_LAND = 8
_SHORTEST_LIKE_WORD = 3
_SHORTEST_WRITTEN_SMALL = 4
_LARGE = 50_000
_LARGE_TOWN = 100_000
_PAIR = 2
_ACRONYM = 4
# How much longer than a name its forms may be: one ending, or one at every word.
_ADDED, _INFLECTED = 4, 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed name at a span; the span covers the ending of an inflected form."""

    span: Span
    listed: Listed


def listed_mentions(words: Words, organisations: Organisations, language: NameWords) -> Iterator[Found]:
    """The organisations with listed names, from left to right, none inside another."""
    hits = list(_spaced_hits(words, organisations, language))
    if words.unspaced:
        others = (
            hit
            for hit in _unspaced_hits(words, organisations)
            if not (
                _is_of_other_land(hit, words, language)
                or _goes_on_before(hit, words)
                or _is_in_place(hit, words, language)
                or _is_spelt_on(hit, words, language)
            )
        )
        hits += [hit for hit in others if not words.low.startswith(tuple(language.words("arms").whole), hit.span.end)]
        hits.sort(key=lambda hit: (hit.span.start, -hit.span.end))
    sure = {hit.listed.party.name for hit in hits if not hit.listed.risky}
    is_about_companies = len(sure) > 1 and not language.nouns_have_capitals
    sure |= {hit.listed.party.name for hit in hits if hit.listed.risky and _is_meant(hit, words, language)}
    end = -1
    for number, hit in enumerate(hits):
        if hit.span.start < end:
            continue
        listed = hit.listed
        if listed.risky and listed.party.name not in sure:
            cut = words.low[hit.span.end : hit.span.end + 1] == "'" and not words.low.startswith("s", hit.span.end + 1)
            low = words.low[hit.span.start : hit.span.end]
            is_mere_word = not is_about_companies or cut or low in words.small or low in language.words("not_names")
            beside = [one for one in hits[max(0, number - 1) : number + 2] if one.listed.party.name in sure]
            if is_mere_word and not _is_joined_with(hit, beside, words, language):
                continue
        if _is_arm_of(hit, words, language) or _ends_town(hit, words, language) or _is_amid_name(hit, words, language):
            continue
        end = end_of_form(words, hit.span.end, load_name_types().after) or hit.span.end
        yield Found(Span(hit.span.start, end), listed.party, 0.8 if listed.risky else 1.0, "listed")


def _is_spelt_on(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether a name is the end of a longer one in letters that spell foreign names: 萨克索尼 is not 索尼."""
    sounds, start = language.words("sounds").whole, hit.span.start
    return start > 0 and bool(sounds) and all(char in sounds for char in words.text[start - 1 : hit.span.end])


def _goes_on_before(hit: Hit, words: Words) -> bool:
    """Whether a name in kana is the end of a longer word: サンフランシスコ is not Cisco."""
    start = hit.span.start
    return start > 0 and all(
        "\u30a1" <= char <= "\u30fc" and char != "・" for char in words.text[start - 1 : start + 1]
    )


def _is_in_place(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether the name of a town or region covers a name and more: 東大阪市 is not 東大, 日立市 not 日立."""
    countries, low, span = load_countries(language.code), words.low, hit.span
    for start in range(max(0, span.start - _LONGEST_LAND), span.start + 1):
        for length in countries.starts.get(low[start : start + 2], ()):
            if start + length >= span.end and length > len(span):
                place = countries.names.get(low[start : start + length])
                if place is not None and place.name is not None:
                    return True
    return False


def _is_of_other_land(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether a country's name right before makes the name of a ministry another land's: 韩国财政部."""
    party, names = hit.listed.party, load_countries(language.code).names
    if party.kind is not PartyKind.GOVERNMENT:
        return False
    for length in range(min(_LONGEST_LAND, hit.span.start), 1, -1):
        place = names.get(words.low[hit.span.start - length : hit.span.start])
        if place is not None:
            own = load_organisations().governments.get(place.code)
            return place.name is None and own is not None and own.name != party.name
    return False


def _is_arm_of(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether words behind make it another body's name: "Bain Capital Ventures", "Santander Climate VC".

    In languages whose names go on in small letters, such a word may be small: "Nokian säätiö".
    """
    first, arms = bisect_left(words.starts, hit.span.end), load_name_types().arms
    behind = words.word(first)
    if behind in arms and behind in language.words("type_after") and words.gap(first) == " ":
        return True
    if _begins_longer(hit, first, words):
        return True
    for following in range(first, min(first + _ARM_WORDS, len(words.starts))):
        if words.gap(following) != " " or not words.text[words.starts[following]].isupper():
            return False
        if words.word(following) in arms:
            return True
    return False


def _begins_longer(hit: Hit, behind: int, words: Words) -> bool:
    """Whether a name of one word begins the name of another company: "Hafslund Data", but not "Google Data Center"."""
    types, after = load_name_types(), behind + 1
    if words.word(behind) not in types.tails or words.gap(behind) != " " or words.starts[behind - 1] != hit.span.start:
        return False
    if not words.written(behind)[0].isupper() or words.tokens[behind - 1] != skeleton(hit.listed.written):
        return False
    if after == len(words.starts) or words.gap(after) != " ":
        return True
    return words.written(after)[0].islower() and words.word(after) not in types.last | types.centres


def _is_amid_name(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether a name that is also a common word stands amid another's: "Calder Vale Digital", "o fundo Monte Claro"."""
    first, last = bisect_left(words.starts, hit.span.start), bisect_left(words.starts, hit.span.end) - 1
    if _is_second_name(hit, first, words, language):
        return True
    if not (hit.listed.risky and first > 0 and last + 1 < len(words.starts)) or language.nouns_have_capitals:
        return False
    if words.gap(first) != " " or words.gap(last + 1) != " " or opens_sentence(words, first - 1):
        return False
    before, types = words.word(first - 1), load_name_types()
    is_name = all(words.text[words.starts[at]].isupper() for at in (first - 1, last + 1))
    is_plain = not any(before in language.words(label) for label in ("introduce", "not_names", "person"))
    is_land = before in load_countries(language.code).names or load_countries(language.code).adjective(before)
    return is_name and is_plain and not is_land and words.word(last + 1) in types.last


def _is_second_name(hit: Hit, first: int, words: Words, language: NameWords) -> bool:
    """Whether such a name is the second word of one that is introduced by what its bearer is: "o fundo Monte Claro"."""
    if not hit.listed.risky or not _PAIR <= first < len(words.starts) or language.nouns_have_capitals:
        return False
    introducers, before = language.words("introduce"), words.word(first - 1)
    if words.gap(first) != " " or words.gap(first - 1) != " " or words.word(first - 2) not in introducers:
        return False
    countries = load_countries(language.code)
    is_land = before in countries.names or countries.adjective(before) is not None
    is_name = words.text[words.starts[first - 1]].isupper() and before not in load_name_types().first
    return is_name and before not in introducers and not is_land


def _ends_town(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether a word before makes it the name of a large town: "Den Bosch"."""
    index = bisect_left(words.starts, hit.span.start)
    if not 0 < index < len(words.starts) or words.starts[index] != hit.span.start or words.gap(index) != " ":
        return False
    if not words.text[words.starts[index - 1]].isupper():
        return False
    name = f"{words.word(index - 1)} {words.low[hit.span.start : hit.span.end]}"
    return any(town.people >= _LARGE for town in load_towns(language.script).named(name))


def _is_meant(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether the words around say that a name that is also something else means the organisation."""
    index = bisect_left(words.starts, hit.span.start)
    if words.starts[index : index + 1] != (hit.span.start,):
        return True  # amid a run of signs without blanks: no words are cut out of it
    last = bisect_left(words.starts, hit.span.end) - 1
    before, after = words.word(index - 1), words.word(last + 1)
    if last + 1 >= len(words.starts):
        return not opens_sentence(words, index)
    is_acting = language.is_action(after, words.written(last + 1))
    if before in language.words("introduce") or is_acting or _heads_item(hit, words, language):
        return True
    is_elided = words.low[hit.span.end : hit.span.end + 1] == "'" and len(after) > 2  # Dell'Emilia
    if language.nouns_have_capitals or is_elided:
        return False
    if opens_sentence(words, index) or words.text[hit.span.start].islower():
        return False
    is_given = words.written(last + 1)[0].isdigit() and language.is_action(before, words.written(index - 1))
    return is_given or words.gap(last + 1) != " " or words.written(last + 1)[0].islower()  # "gives Acme 3 million"


def _heads_item(hit: Hit, words: Words, language: NameWords) -> bool:
    """Whether a name is all that the heading of an item says, behind a sign, a number or a land: "▼ Meta"."""
    text, span = words.text, hit.span
    first, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    if end < 0 or any(map(str.isalnum, text[span.end : end])):
        return False
    ahead = text[first : span.start].strip()
    land = ahead.rstrip(" /|:–—-").lstrip("▼►•*#-–—> ").strip()
    is_sign = bool(ahead) and not any(map(str.isalpha, ahead))
    return is_sign or (ahead[-1:] in "/|:–—" and skeleton(land) in load_countries(language.code).names)


def _is_joined_with(hit: Hit, beside: Iterable[Hit], words: Words, language: NameWords) -> bool:
    """Whether nothing but "and" stands between a name and one that is sure, beside it: "Orange i Telemach ulažu"."""
    joins = language.words("and")
    for other in beside:
        first, second = sorted((hit.span, other.span))
        between = words.low[first.end : second.start]
        if between.strip() in joins and between.startswith(" ") and between.endswith(" "):
            return True
    return False


def _spaced_hits(words: Words, organisations: Organisations, language: NameWords) -> Iterator[Hit]:
    text, heads = words.text, organisations.heads
    forms = forms_of(text, language.code)
    position = -1
    candidates_at = words.large
    if not organisations.lower.isdisjoint(words.small):
        known = organisations.lower
        candidates_at = tuple(
            sorted({*words.large, *(index for index, word in enumerate(words.tokens) if word in known)})
        )
    for index in candidates_at:
        start, word = words.starts[index], words.tokens[index]
        if start < position:
            continue
        candidates = [(start, word)] if word in heads else []
        is_acronym = len(word) <= _ACRONYM and _is_capitals(text[start : words.ends[index]])  # "NIA" is no form of Nio
        if not is_acronym and word not in load_name_types().last:  # "Daesung Energy" is no form of Energa
            candidates += [(start + form.offset, form.base) for form in forms[index] if form.base in heads]
        for begin, head in candidates:
            hit = _longest(words, index, begin, head, organisations, language)
            if hit is not None and head != word and hit.span.end == words.ends[index] and _is_of_town(word, language):
                continue
            if hit is not None:
                position = hit.span.end
                yield hit
                break


def _is_capitals(word: str) -> bool:
    """Whether all letters of a word are capitals: not those of "LG는", whose ending has none."""
    return word.isupper() and all(char.isupper() or not char.isalpha() for char in word)


def _is_of_town(word: str, language: NameWords) -> bool:
    """Whether a word is a form of a large town's name: Finnish "Helsingissä" is in Helsinki, not at Helsing."""
    towns = load_towns(language.script)
    forms = (base for base, is_there in language.endings.bases(word) if is_there and towns.refs[base])
    return any(town.is_own and town.people >= _LARGE_TOWN for form in forms for town in towns.named(form))


def _longest(
    words: Words, index: int, start: int, head: str, organisations: Organisations, language: NameWords
) -> Hit | None:
    """The longest listed name that begins at `start` with the word `head`, which may stand for an inflected form."""
    low, ends, size = words.low, words.ends, len(words.ends)
    names, limit = organisations.by_skeleton, organisations.heads[head]
    last, reach = index, limit + (_INFLECTED if language.endings else _ADDED)
    while last + 1 < size and last - index < MAX_WORDS and ends[last + 1] - start <= reach:
        last += 1
    head_end = ends[index]
    for final in range(last, index - 1, -1):
        key = head + low[head_end : ends[final]]
        end = ends[final]
        listed = names.get(key)
        if listed is None and final > index:
            listed = names.get(key.translate(_NO_QUOTES))  # Universitatea "Ovidius"
        if listed is None and end < len(low) and low[end] in ".&":
            listed = names.get(key + low[end])
            end += listed is not None
        if listed is None and final > index:
            listed = next((names[base] for base, _ in language.endings.bases(key) if base in names), None)
        if listed is None and final > index + 1 and language.endings:
            listed = _all_inflected(words, index, final, head, language)
        if listed is None:
            continue
        if _same_case(words.text[start:end], listed) or _is_like_word(words, index, start, end, listed, language):
            return Hit(Span(start, end), listed)
    return None


def _all_inflected(words: Words, index: int, final: int, head: str, language: NameWords) -> Listed | None:
    """The listed name of three words or more of which each may have an ending: "Tatranskej energetickej skupine"."""
    bases = language.endings.bases
    for tokens, listed in _names_by_head().get((head, final - index + 1), ()):
        told = words.tokens[index + 1 : final + 1]
        if all(token in {one, *(base for base, _ in bases(one))} for token, one in zip(tokens[1:], told, strict=True)):
            return listed if all(words.gap(at) in _GAPS for at in range(index + 1, final + 1)) else None
    return None


_GAPS = frozenset((" ", "-"))
_NO_QUOTES = dict.fromkeys(map(ord, '"„“”«»'))
_WORD = re.compile(r"[^\W_]+")


@cache
def _names_by_head() -> dict[tuple[str, int], list[tuple[tuple[str, ...], Listed]]]:
    """The listed names of three words or more by their first word and how many they have."""
    found: dict[tuple[str, int], list[tuple[tuple[str, ...], Listed]]] = {}
    for key, listed in load_organisations().by_skeleton.items():
        tokens = tuple(_WORD.findall(key)) if " " in key else ()
        if len(tokens) > _PAIR:
            found.setdefault((tokens[0], len(tokens)), []).append((tokens, listed))
    return found


def _same_case(written: str, listed: Listed) -> bool:
    """Whether capitals stand where the name needs them: TIM is no Tim, du no Du, Meta no meta."""
    if listed.is_acronym:
        return written[: len(listed.written)].isupper()
    if listed.written[0].islower() and len(listed.written) < _SHORTEST_WRITTEN_SMALL:
        return written.startswith(listed.written)
    if len(listed.written) < _SHORTEST_WRITTEN_SMALL and listed.written[-1].isupper():
        return not written.istitle()  # UiT is no "Uit"
    return True


def _is_like_word(words: Words, index: int, start: int, end: int, listed: Listed, language: NameWords) -> bool:
    """Whether an acronym amid a sentence is written like a word, as in Italian and Spanish papers: "Aws", "Mgx"."""
    written = words.text[start:end]
    return (
        listed.is_acronym
        and not listed.risky
        and not language.nouns_have_capitals
        and len(written) >= _SHORTEST_LIKE_WORD
        and written.istitle()
        and not opens_sentence(words, index)
        and words.low[start:end] not in words.small | given_names()
        and not (
            words.word(index - 1) in language.words("inside")
            and load_towns(language.script).named(words.low[start:end])
        )
    )


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
