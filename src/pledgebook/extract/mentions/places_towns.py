"""Towns and regions of GeoNames, where the text leaves no doubt that a place is meant."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log10

from pledgebook.domain import Mention, MentionKind, Span
from pledgebook.extract.mentions.organisations_runs import opens_sentence
from pledgebook.extract.mentions.organisations_words import Words, forms_of
from pledgebook.lexicon.capitals import load_capitals
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import cuts_thai, is_kana
from pledgebook.lexicon.places import Countries, NameWords, given_names, load_countries
from pledgebook.lexicon.towns import Town, Towns

_WINDOW = 4
_LONGEST_MIDDLE = 6
# How many people a town has to have to count without a word that says it is a place: it is known by that name.
KNOWN = 500_000
KNOWN_HERE = 40_000  # where its country is named in the text
UNIQUE = 15_000  # where "in" stands before it as it is written at home, and no other place has its name
FAR = 1_000_000  # where nothing else tells of its country, and the word has a capital because it opens a sentence
FOREIGN = 40_000  # a name in another language than its own needs a town of this size
UNSPACED_KNOWN = 300_000
# How often a text names the land that it names most where this weighs as much as ten times the people of a town: the
# Cuenca of a text on Spain.
_NAMED, _ONLY = 3, 2
# What stands before the heading of a list's item: "3. Luleå", "▼ Luleå".
_ITEM = re.compile(r"\d{1,2}[.)]|[▼►▶●■◆•*#]+")
_BESIDE = 8


def town_mentions(
    words: Words,
    towns: Towns,
    countries: Countries,
    language: NameWords,
    taken: bytearray,
    found: Sequence[Mention],
    *,
    told: Mapping[str, int],
) -> Iterator[Mention]:
    """The towns and regions of a text where nothing else was found; `found` are its countries.

    `told` is how much the text's words tell of countries that it does not name.
    """
    reader = _Towns(words, towns, countries, language, taken, found, told)
    if words.unspaced and language.script in {"hani", "thai"}:
        yield from reader.unspaced()
    else:
        yield from reader.spaced()


@dataclass
class _Towns:
    words: Words
    towns: Towns
    countries: Countries
    language: NameWords
    taken: bytearray
    found: Sequence[Mention]
    told: Mapping[str, int]

    @cached_property
    def near(self) -> Counter[str]:
        """How often the text names each country, names counting more than adjectives."""
        counts: Counter[str] = Counter(self.told)
        for mention in self.found:
            if mention.place is not None:
                counts[mention.place] += 1 if "adjective" in mention.parts else 3
        return counts

    @cached_property
    def homes(self) -> frozenset[str]:
        """The countries in which the text's language has newsrooms."""
        return frozenset(load_language(self.language.code).homes)

    @cached_property
    def starts_at(self) -> dict[int, Mention]:
        """The countries of the text by where they begin."""
        return {mention.span.start: mention for mention in self.found}

    @cached_property
    def regions_end(self) -> frozenset[int]:
        """Where the regions of the text end that are named without an ending, as before a town in them."""
        return frozenset(mention.span.end for mention in self.found if mention.name is not None)

    @cached_property
    def adjectives(self) -> dict[int, int]:
        """Where the adjectives of the text that are made of places begin and end."""
        return {mention.span.start: mention.span.end for mention in self.found if "adjective" in mention.parts}

    def _is_taken(self, begin: int, end: int, *, is_name: bool) -> bool:
        """Whether something else stands there; adjectives may be words of a town's name: "Gorzów Wielkopolski"."""
        if not any(self.taken[begin:end]):
            return False
        free = {at for start, stop in self.adjectives.items() for at in range(start, stop)} if is_name else set()
        return any(self.taken[at] and at not in free for at in range(begin, end))

    # ------------------------------------------------------------------------------------ words between blanks

    def spaced(self) -> Iterator[Mention]:
        words, taken = self.words, self.taken
        starts, ends = words.starts, words.ends
        banned = self.language.words("not_places")
        last_end, position = -1, -1
        for index in words.large:
            start = starts[index]
            is_adjective = start in self.adjectives
            if start < position or (taken[start] and not is_adjective) or ends[index] - start < 2:
                continue
            for final, begin, name, is_there in self._names_at(index):
                end = ends[final]
                is_other = begin == start and final == index and words.tokens[index] != name
                if self._is_taken(begin, end, is_name=final > index) or (
                    (name in banned and not self._is_town_said_here(index, name))
                    or (is_other and words.tokens[index] in banned)
                ):
                    continue
                mention = self._decide(index, final, begin, name, is_there=is_there, last_end=last_end)
                if mention is not None:
                    position = last_end = end
                    yield mention
                    break
            else:
                origin = self._origin(index)
                if origin is not None:
                    yield origin

    def _origin(self, index: int) -> Mention | None:
        """An adjective made of a town that says where somebody or something is: "ein Kieler Unternehmen"."""
        words, endings = self.words, self.language.town_endings
        town = self.towns.of_adjective(words.tokens[index], endings, tuple(self.homes)) if endings else None
        if town is None or words.gap(index + 1) != " " or words.word(index - 1) in given_names():
            return None
        span = Span(words.starts[index], words.ends[index])
        return replace(_mention(span, town, 0.6, "an adjective of a town"), parts={"adjective": span})

    def _names_at(self, index: int) -> Iterator[tuple[int, int, str, bool]]:
        """The names that may begin at a word: last word, where it begins, the name, whether its form says "there"."""
        words, towns = self.words, self.towns
        refs, word, start = towns.refs, words.tokens[index], words.starts[index]
        inflected = forms_of(words.text, self.language.code)
        forms = inflected[index]
        for offset, head in ((0, word), *((form.offset, form.base) for form in forms)):
            if head in towns.heads:
                for final in range(min(index + _WINDOW, len(words.ends)) - 1, index, -1):
                    rest = words.low[words.ends[index] : words.ends[final]]
                    if refs[head + rest]:
                        yield final, start + offset, head + rest, offset > 0
                    elif inflected[final]:
                        yield from self._of_inflected(index, final, start + offset, head)
        if refs[word]:
            yield index, start, word, False
        bases = [form for form in forms if (len(form.base) > 3 or not form.base.isascii()) and refs[form.base]]
        for form in sorted(bases, key=lambda form: not self._is_at_home(form.base)) if len(bases) > 1 else bases:
            yield index, start + form.offset, form.base, form.is_there

    def _is_at_home(self, name: str) -> bool:
        """Whether a town or region of that name is in a land of the language's newsrooms: Krško, not Krasnoyarsk."""
        return any(town.country in self.homes for town in self.towns.named(name))

    def _of_inflected(self, index: int, final: int, begin: int, head: str) -> Iterator[tuple[int, int, str, bool]]:
        """The same for a name whose last word is inflected, too: "w Bielsku-Białej"."""
        words, refs = self.words, self.towns.refs
        middle = words.text[words.ends[index] : words.starts[final]]
        if len(middle) > _LONGEST_MIDDLE or not all(char.isalpha() or char in " -" for char in middle):
            return
        for form in forms_of(words.text, self.language.code)[final]:
            name = head + middle.lower() + form.base
            if not form.offset and refs[name]:
                yield final, begin, name, form.is_there

    def _is_town_said_here(self, index: int, name: str) -> bool:
        """Whether a preposition stands before a name that is also a word, and the town is large."""
        if self.words.word(index - 1) not in self.language.words("at") or name in self.words.small:
            return False
        return any(
            town.is_own and town.people >= (FOREIGN if self._is_here(town.country) else KNOWN)
            for town in self.towns.named(name)
        )

    def _is_here(self, country: str) -> bool:
        """Whether the text names a country, or has the language of its newsrooms alone."""
        return country in self.near or country == self.language.home

    def _is_near(self, country: str, index: int) -> bool:
        """Whether the text names a country, or is of its only newsrooms and a capital amid a sentence tells a name."""
        is_plain = not self.language.nouns_have_capitals and not opens_sentence(self.words, index)
        return country in self.near or (is_plain and self.homes == {country})

    def _is_expected(self, country: str) -> bool:
        """Whether the text names a country, or is written in a language of its newsrooms."""
        return self._is_here(country) or country in self.homes

    def _is_far_fetched(self, index: int, name: str, town: Town, *, is_there: bool) -> bool:
        """Whether a word is rather another one than the name of a town in a country of which nothing else tells.

        Other scripts write no town's name by chance.
        """
        words = self.words
        if self._is_expected(town.country) or town.is_region or self.language.script != "latn":
            return False
        if (town.country, town.name) in load_capitals():
            return False
        word = words.tokens[index]
        is_apart = self._is_dateline(index, index) or self._is_alone(index, index)
        if opens_sentence(words, index) and not is_apart:
            return town.people < FAR or not town.is_own
        is_form = not name.startswith(word)
        if is_form and not (town.is_own and not self.language.nouns_have_capitals):
            return town.people < KNOWN
        is_written_so = words.text.startswith(town.name, words.starts[index])  # "Göd" is not Gōdo
        if is_there and is_written_so and town.is_own and len(self.towns.named(name)) == 1:
            return town.people < UNIQUE
        return town.people < (KNOWN_HERE if is_there else KNOWN)

    def _decide(
        self, index: int, final: int, start: int, name: str, *, is_there: bool, last_end: int
    ) -> Mention | None:
        words = self.words
        end = words.ends[final]
        beside = self._named_beside(end)
        is_there = is_there or self._is_said_to_be_place(index, final, last_end) or beside is not None
        town, reason = self._choose(name, beside)
        large = town.people >= KNOWN or (self._is_near(town.country, index) and town.people >= KNOWN_HERE)
        is_known = large and (town.is_own or town.people >= 2 * KNOWN) and not self._is_part_of_name(index, final, town)
        is_word = name in self.words.small and not (is_there and town.people >= KNOWN_HERE)
        is_surname = words.word(index - 1) in given_names() and words.gap(index) == " "
        # "Of Martin Veller": what is a given name where a surname follows.
        is_surname = is_surname or (index == final and name in given_names() and self._has_surname(final))
        is_short = len(name) < 4 and name.isascii() and town.people < KNOWN
        is_foreign = not town.is_own and town.people < FOREIGN and not town.is_region
        # "Von Jonas Keller": what would be the genitive of a town.
        is_surname = is_surname or (words.tokens[index] != name and words.tokens[index] in given_names())
        if not (is_there or is_known) or is_word or is_surname or is_short or is_foreign:
            return None
        if name in load_countries("en").names:
            return None  # "region Poland Central": English names of lands are no towns
        is_told = beside is not None or (is_there and final > index)  # nobody says "in" and several words by chance
        if not is_told and (
            self._is_far_fetched(index, name, town, is_there=is_there) or self._goes_on(index, final, town)
        ):
            return None
        score = 0.9 if is_there and large else 0.75 if is_there else 0.6
        return _mention(Span(start, end), town, score, reason)

    def _goes_on(self, index: int, final: int, town: Town) -> bool:
        """Whether a name of two words opens like that of a small town: "at Bell Bay", where Bell is another place."""
        words, language = self.words, self.language
        if index != final or town.people >= KNOWN_HERE or language.nouns_have_capitals or language.script != "latn":
            return False
        if final + 1 >= len(words.starts) or words.gap(final + 1) != " ":
            return False
        start = words.starts[final + 1]
        return words.text[start].isupper() and not self.taken[start] and not self._is_near(town.country, index)

    def _has_surname(self, final: int) -> bool:
        words = self.words
        if final + 1 >= len(words.starts) or words.gap(final + 1) != " " or self.language.nouns_have_capitals:
            return False
        start = words.starts[final + 1]
        return words.text[start].isupper() and start not in self.starts_at

    def _is_said_to_be_place(self, index: int, final: int, last_end: int) -> bool:
        """Whether the words around say that a place is named: in, near, the town of, a list of places, a dateline."""
        words, language = self.words, self.language
        before, gap = words.word(index - 1), words.gap(index)
        after = words.word(final + 1)
        if (
            index
            and (before in language.words("at") or before in language.words("town"))
            and gap.strip(" '\"«„“(") == ""
        ):
            return True
        if after in language.words("after") or (after in language.words("town") and words.gap(final + 1) == " "):
            return True
        if last_end >= 0 and self._continues_list(last_end, words.starts[index]):
            return True
        if words.starts[index] - 1 in self.regions_end and gap == " ":
            return True  # 경상북도 포항
        if words.low[words.ends[final] : words.ends[final] + 1] in {"'", ":", "-"} and language.endings.is_locative(
            after
        ):
            return True
        return self._is_dateline(index, final) or self._is_alone(index, final)

    def _is_alone(self, index: int, final: int) -> bool:
        """Whether a cell of a table, or the heading of a list's item, holds no more: "| Luleå |", "3. Luleå"."""
        text, start, end = self.words.text, self.words.starts[index], self.words.ends[final]
        line = text.rfind("\n", 0, start) + 1
        cell = max(line, text.rfind("|", line, start) + 1)
        rest = text[end : end + _BESIDE].lstrip(" \t")
        if rest and rest[0] not in "|\n":
            return False
        before = text[cell:start].strip()
        is_cell = cell > line or rest[:1] == "|"
        return not before if is_cell else _ITEM.fullmatch(before) is not None

    def _continues_list(self, last_end: int, start: int) -> bool:
        between = self.words.low[last_end:start]
        if len(between) > 12 or not between.strip():
            return False
        parts = between.replace(",", " ").split()
        return all(part in self.language.words("and") for part in parts)

    def _is_dateline(self, index: int, final: int) -> bool:
        """Whether the name opens a paragraph and a dash, a bracket or a comma and figures follow."""
        text = self.words.text
        start, end = self.words.starts[index], self.words.ends[final]
        if start and text[start - 1] != "\n":
            return False
        rest = text[end : end + 40].lstrip(" ")
        return rest[:1] in {"—", "–", "(", "/"} or (rest[:1] in {"-", ",", "."} and text[start:end].isupper())

    def _is_part_of_name(self, index: int, final: int, town: Town) -> bool:
        """Whether words with capitals go on to either side, as in Jack London or London Stock Exchange."""
        words, language = self.words, self.language
        text = words.text
        if language.script in {"arab", "hebr", "deva", "hang"}:
            return False
        if final + 1 < len(words.starts) and words.gap(final + 1) == " " and not language.nouns_have_capitals:
            start = words.starts[final + 1]
            if text[start].isupper() and start not in self.starts_at:
                return True
        if index == 0 or words.gap(index) not in {" ", "-"} or language.nouns_have_capitals:
            return False
        before = words.starts[index - 1]
        is_at_home = town.country == language.home and words.word(index - 1) not in given_names()
        if is_at_home and opens_sentence(words, index - 1):
            return False
        return (
            text[before].isupper()
            and not self.taken[before]  # "Havnord Capital Šiaulių zonoje"
            and before not in self.starts_at
            and words.word(index - 1) not in language.words("not_names")
        )

    def _named_beside(self, end: int) -> str | None:
        """The country named right after, as in "Cambridge, Massachusetts" or "Tripoli (Lebanon)"."""
        rest = self.words.low[end : end + 3]
        offset = 2 if rest[:2] in {", ", " ("} else 0
        if offset:
            mention = self.starts_at.get(end + offset)
            return mention.place if mention is not None and "adjective" not in mention.parts else None
        return None

    def _choose(self, name: str, beside: str | None) -> tuple[Town, str]:
        """The likeliest of the places that share a name, and what decided."""
        candidates = self.towns.named(name)
        if len(candidates) == 1:
            return candidates[0], "the only place of that name"
        lands = Counter(town.country for town in candidates)
        here = {land for land in lands if self.near[land] >= max(_NAMED, self.near.total() / 2)}
        best = max(
            candidates,
            key=lambda town: (
                self._weight(town, beside, is_alone=lands[town.country] == 1) + (_ONLY if here == {town.country} else 0)
            ),
        )
        if beside is not None and best.country == beside:
            return best, "its country or region is named beside it"
        if best.country in self.near and any(town.country != best.country for town in candidates):
            return best, "its country is named in the text"
        return best, f"the largest of {len(candidates)} places of that name"

    def _weight(self, town: Town, beside: str | None, *, is_alone: bool) -> float:
        # Nobody has counted the people of regions: more than of small towns elsewhere that share their names.
        people = KNOWN if town.is_region and is_alone and self._is_here(town.country) else town.people
        weight = 2 * log10(max(people, 1000)) + (2 if town.is_own else 0)
        if beside is not None and town.country == beside:
            weight += 20
        weight += min(self.near[town.country], 6) / 3
        return weight + (2 if town.country == self.language.home else 0)

    # ------------------------------------------------------------------------------------ scripts without blanks

    def unspaced(self) -> Iterator[Mention]:
        words, taken, language = self.words, self.taken, self.language
        low, refs, starts = words.low, self.towns.refs, self.towns.starts
        banned, after_words, before_words = language.words("not_places"), language.words("after"), language.words("at")
        position = -1
        for index in range(len(low) - 1):
            if index < position or low[index : index + 2] not in starts:
                continue
            for length in starts[low[index : index + 2]]:
                end = index + length
                name = low[index:end]
                if (
                    not refs[name]
                    or name in banned
                    or any(taken[index:end])
                    or _cuts_kana(low, index, end)
                    or cuts_thai(low, index, end)
                ):
                    continue
                town, reason = self._choose(name, None)
                is_there = any(low.startswith(word, end) for word in after_words.whole)
                is_there = is_there or any(low.endswith(word, 0, index) for word in before_words.whole)
                enough = UNSPACED_KNOWN if length < 3 and not self._is_body(end) else FOREIGN
                if not (town.people >= enough or (is_there and town.people and length > 2) or self._is_body(end)) or (
                    length < 3 and not is_there
                ):
                    continue
                position = end
                yield _mention(Span(index, end), town, 0.8 if is_there else 0.6, reason)
                break

    def _is_body(self, end: int) -> bool:
        """Whether a word for a town or county follows, of which no other word begins: 糸島市 but not 新兴市场."""
        low, language = self.words.low, self.language
        word = next((word for word in language.words("body_word").whole if low.startswith(word, end)), None)
        return word is not None and low[end + len(word) : end + len(word) + 1] not in language.words("not_body_behind")


def _mention(span: Span, town: Town, score: float, reason: str) -> Mention:
    return Mention(
        MentionKind.PLACE,
        span,
        place=town.country,
        name=town.name,
        geonames=town.geonames,
        score=score,
        reason=reason,
    )


def _cuts_kana(low: str, start: int, end: int) -> bool:
    is_inside_before = start > 0 and is_kana(low[start - 1]) and is_kana(low[start])
    return is_inside_before or (end < len(low) and is_kana(low[end]) and is_kana(low[end - 1]))
