"""Words with capitals that stand together: what may be a name, in scripts that have capitals."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pledgebook.extract.mentions.organisations_words import Words, words_of
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.money import load_currencies
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import NameTypes, load_name_types
from pledgebook.lexicon.page import load_page_words
from pledgebook.lexicon.places import Countries, NameWords, WordList, given_names, load_name_words
from pledgebook.lexicon.towns import load_towns

MAX_RUN = 6
_SHORTEST_OF_TOWN, _TRADE_AND_NAME = 4, 2
_LAND = 3
_STEM = 5
_INNER = 3
_SHORTEST_GENERAL = 4
_SHORTEST_GIVEN = 4
_LAND = 2
_LARGE, _TOWN = 20_000, 5_000
_CLOSING = frozenset('»“”"')
_JOINED = {" ", "-", "&", " & ", "'", "+", "/", " + ", "."}
_ENDS_SENTENCE = frozenset(".!?:;\n\r\t•*|")
_OPENS = frozenset(" \"'«„“”‘’([>-–—")


# A line that may be a title, and the words that tell whether all of its words have capitals.
_LINE, _LONG_WORD, _LEAST_LONG = re.compile(r"(?m)^[^\n]{11,200}[^\n.]$"), re.compile(r"[^\W\d_]{5,}"), 3
_SUM = re.compile(r"([a-z]{1,3})\d+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words `first` to `last` of a text, all with capitals; `opens` where they begin a sentence."""

    first: int
    last: int
    opens: bool

    def key(self, words: Words) -> str:
        """The skeleton of the run."""
        return words.low[words.starts[self.first] : words.ends[self.last]]

    def tokens(self, words: Words) -> list[str]:
        """The skeletons of its words."""
        return [words.word(index) for index in range(self.first, self.last + 1)]


def runs_of(
    words: Words, taken: bytearray, language: NameWords, countries: Countries, types: NameTypes
) -> Iterator[Run]:
    """The runs of a text outside of what is taken, without the words at their beginning that make no name."""
    origins = tuple(language.words("demonym_endings").whole)
    small, banned, introducers = words.small, language.words("not_names"), language.words("introduce")
    weekdays, months = _calendar(language.code)
    homes = tuple(load_language(language.code).homes)
    inner, raw = language.words("inner"), list(_raw_runs(words, taken, language))
    titled = _behind_articles(raw, words, language)
    # Where such adjectives are written small, one with a capital amid a sentence is part of a name.
    with_origin = {
        words.tokens[end][:_STEM]
        for first, end in raw
        if end - first == 1 and countries.adjective(words.tokens[first]) and not opens_sentence(words, first)
    }
    for first, end in raw:
        last = end - (first < end and (words.tokens[end] in weekdays or begins_compound(end, words, types)))
        last -= last > first and (
            _is_where(last, words, countries, language)
            or _is_of_sum(last, words, language.code)
            or _is_thing(last, words, language, types)
        )
        start = first
        opens = opens_sentence(words, start)
        introduced = bool(inner) and is_introduced(words, first, introducers)
        if opens and first < end and _is_dateline(first, words, countries, language):
            start, opens = first + 1, True
        while start <= last and not _is_behind_form(words, first, types):
            word = words.tokens[start]
            names_follow = start < last and words.gap(start + 1) == " "
            may_be_small = start == first and opens and word in small
            is_small = may_be_small and not (names_follow and _begins_of_type(word, types, language))
            # "Axpo-Tochter Nordvind": what the name is of goes along with the word that introduces it.
            stop = _end_of_hyphens(start, last, words)
            is_compound = start < stop and _ends_compound(stop, last, words, introducers)
            is_introduction = names_follow and introduces(word, introducers) and _introduces_only(word, types, language)
            # "Hilltop 25 Developer LLC": what a form follows belongs to the name.
            is_introduction = is_introduction and types.after.match(words.low, words.ends[start]) is None
            # Finnish "Helsinkiläinen Nordvind": a capital only because the sentence begins.
            is_origin = start == first and opens and start < last and bool(origins) and word.endswith(origins)
            # "Kieler Nordwind Energie", but "Kieler Sparkasse"
            is_origin |= _is_of_town(start, last, words, language, types, homes)
            is_origin |= _is_of_some_town(start, last, words, language, introducers)
            is_month = word in months and words.word(start - 1) in language.words("at")
            is_day = (names_follow and (word in weekdays or is_month)) or (start == last and is_month)
            if is_compound:
                start = stop + 1
                continue
            introduced = introduced or (bool(inner) and is_introduction)
            written = words.text[words.starts[start] : words.ends[start]]
            is_inner = start > first and written[0].islower() and language.has("inner", word, written)
            is_banned = (
                language.has("not_names", word, written)
                and not (introduced and names_follow)
                and not _is_initial(start, last, words)
            )
            if (
                not (is_banned or is_small or is_introduction or is_origin or is_day or is_inner)
                or (start == first < last and words.low[words.starts[first] : words.ends[first + 1]] in titled)
                or (word in banned and _begins_type(start, last, words, introducers, types))
            ):
                break
            start += 1
        if start == first < last:
            start = _behind_person(_behind_land(first, last, words, countries, language), last, words, types, language)
        stands_alone = last - start == 1 or (
            last > start
            and (
                _is_described(start, last, words, types)
                or _changes_script(start, words)
                or (opens and start == first and _is_of_other_land(start, last, words, countries, language, types))
            )
        )
        if stands_alone and not introduces(words.word(start - 1), introducers):
            is_plain = language.adjectives_have_capitals or words.tokens[last][:_STEM] not in with_origin
            start += is_plain and _is_of_place(words.tokens[start], countries)
        start += start < last and _is_town_between(start, words, language, introducers)
        behind = _behind_town(start, last, words, language)
        if behind <= (last := _before_office(behind, last, words, language)) and last - behind < MAX_RUN:
            yield Run(behind, last, opens and behind == first)


def _behind_articles(raw: list[tuple[int, int]], words: Words, language: NameWords) -> set[str]:
    """The names that have an article with a capital amid a sentence: "het familiebedrijf De Feijter"."""
    articles = language.words("name_articles")
    return {
        words.low[words.starts[first] : words.ends[first + 1]]
        for first, end in (raw if articles else ())
        if first < end and words.tokens[first] in articles and not opens_sentence(words, first)
    }


def _is_thing(index: int, words: Words, language: NameWords, types: NameTypes) -> bool:
    """Whether a common noun stands behind a name where all nouns have capitals: "mietet bei Havnord Rechenleistung"."""
    word = words.tokens[index]
    if not language.nouns_have_capitals or word not in language.words("not_names") or words.gap(index) != " ":
        return False
    kinds = (types.last, types.generic, types.bodies, types.funds, language.words("ends_names"))
    return not any(word in several for several in kinds)


def _introduces_only(word: str, types: NameTypes, language: NameWords) -> bool:
    """Whether a word that introduces a name is no part of it: German "der Fonds Havnord", but "Universität Ulm"."""
    return word not in types.first or word in language.words("only_introduces")


def _begins_of_type(word: str, types: NameTypes, language: NameWords) -> bool:
    """Whether a type of organisation belongs to its name: "Bank Samudra lends", though "a bank" stands elsewhere."""
    is_type = word in types.first and introduces(word, language.words("introduce"))
    return is_type and not _introduces_only(word, types, language)


def _behind_land(first: int, last: int, words: Words, countries: Countries, language: NameWords) -> int:
    """Where a name begins behind the land that it is from, in languages where a land's name is the adjective.

    "konsorsium Jepang Hoshizora", "perusahaan asal Korea Selatan Hanbit".
    """
    before, introducers = words.word(first - 1), language.words("introduce")
    if countries.adjectives or not (is_introduced(words, first, introducers) or before in language.words("at")):
        return first
    for end in range(min(last, first + _LAND), first - 1, -1):
        if words.low[words.starts[first] : words.ends[end]] in countries.names:
            return end + 1 if end < last else first
    return first


def _behind_person(first: int, last: int, words: Words, types: NameTypes, language: NameWords) -> int:
    """Where a name begins with its legal form behind what somebody does there: "Direktur Utama PT Nusa Data"."""
    persons = language.words("person")
    for index in range(first, last):
        form = types.before.match(words.low, words.starts[index]) if index > first else None
        if form is not None and form.end() == words.starts[index + 1] and _is_upper(index, words):
            return index
        if words.tokens[index] not in persons and words.low[words.starts[first] : words.ends[index]] not in persons:
            return first
    return first


def _is_upper(index: int, words: Words) -> bool:
    return words.text[words.starts[index] : words.ends[index]].isupper()


def _behind_town_in_case(start: int, words: Words, language: NameWords) -> int:
    """The first word behind a town that a case parts from who acts: Polish "zbuduje w Gliwicach Silesium"."""
    if words.word(start - 1) not in language.words("at"):
        return start
    towns, key = load_towns(language.script), words.word(start)
    bases = [] if towns.refs[key] else [base for base, _ in language.endings.bases(key) if towns.refs[base]]
    is_town = any(town.people >= _TOWN for base in bases for town in towns.named(base))
    return start + (is_town and words.gap(start + 1) == " ")


def _behind_town(start: int, last: int, words: Words, language: NameWords) -> int:
    """The first word of who acts behind the town that a sentence opens with: "In Leeds Nordvind will build"."""
    before, following = start - 1, last + 1
    if start == last or words.word(before) not in language.words("at") or not opens_sentence(words, before):
        is_verb = words.word(before - 1) in language.words("inverts") and words.gap(before) == " "
        return _behind_town_in_case(start, words, language) if is_verb and start < last else start
    if words.word(before) in load_language(language.code).quantities.definite:
        return start  # "A Aurora Oeste" is a company in Portuguese
    if words.gap(start) != " " or following >= len(words.starts) or words.gap(following) != " ":
        return start
    if not language.is_action(words.word(following), words.written(following)):
        return start
    towns = load_towns(language.script)
    for end in range(last - 1, start - 1, -1):
        key = words.low[words.starts[start] : words.ends[end]]
        names = (key, *(base for base, is_there in language.endings.bases(key) if is_there and end == start))
        if words.gap(end + 1) == " " and any(
            town.people >= _TOWN for name in names if towns.refs[name] for town in towns.named(name)
        ):
            return end + 1
    return start


def _before_office(first: int, last: int, words: Words, language: NameWords) -> int:
    """The last word of a name that stands before the office of a person in it: "Havnord Genel Müdürü Ada Kaya"."""
    offices = language.words("office_behind")
    for at in range(first + 1, last + 1) if offices else ():
        if words.tokens[at] in offices:
            is_public = any(
                language.has("no_opening", words.tokens[one], words.written(one)) for one in (at - 1, first)
            )
            return last if is_public else at - 1
    return last


def _is_of_sum(index: int, words: Words, code: str) -> bool:
    """Whether a word is a sign for money with figures right behind it: "Havnord Rp7 triliun", "Sebanyak US$600"."""
    sign = _SUM.fullmatch(words.tokens[index])
    if sign is not None:
        return sign[1] in _signs(code)
    end = words.ends[index]
    is_sign = words.tokens[index] in _signs(code) and words.text[end + 1 : end + 2].isdigit()
    return words.text.startswith("$", end) or (is_sign and words.text[end : end + 1] == " ")


@cache
def _signs(code: str) -> frozenset[str]:
    """What a language calls money, in one word."""
    several = (load_language(code).money.names, load_currencies().signs)
    return frozenset(skeleton(name).rstrip(".") for one in several for names in one.values() for name in names)


def _is_where(index: int, words: Words, countries: Countries, language: NameWords) -> bool:
    """Whether the last word of a run only tells where by its case: "Havnord Szegeden épít", "Havnord Kokkolaan".

    An apostrophe may part it from the ending: "Havnord Manisa'yı seçti".
    """
    end = words.ends[index]
    if words.gap(index) != " " or words.text[end : end + 1] in _CLOSING:
        return False
    forms = [base for base, is_there in language.endings.bases(words.tokens[index]) if is_there]
    if words.low[end : end + 1] == "'" and words.word(index + 1) in language.words("parted_endings"):
        forms.append(words.tokens[index])
    if any(base in countries.names for base in forms):
        return True
    towns = load_towns(language.script) if forms else None
    return towns is not None and any(
        town.is_own and town.people >= _TOWN and town.country == language.home
        for base in forms
        if towns.refs[base]
        for town in towns.named(base)
    )


def _is_dateline(index: int, words: Words, countries: Countries, language: NameWords) -> bool:
    """Whether a place in capitals only heads a line, a name with small letters behind it: "VAUD Havnord SA"."""
    place, name = (words.text[words.starts[at] : words.ends[at]] for at in (index, index + 1))
    if len(place) <= _LAND or not place.isupper() or name.isupper() or words.gap(index + 1) != " ":
        return False
    key = words.tokens[index]
    towns = load_towns(language.script)
    return key in countries.names or any(town.people >= _LARGE for town in towns.named(key))


def _changes_script(index: int, words: Words) -> bool:
    """Whether a word in other letters stands before one in Latin letters: "Американська Havnord Data"."""
    return words.gap(index + 1) == " " and not words.tokens[index].isascii() and words.tokens[index + 1].isascii()


def _is_of_other_land(
    start: int, last: int, words: Words, countries: Countries, language: NameWords, types: NameTypes
) -> bool:
    """Whether an adjective that begins a sentence says which other land a name is from: "Holländska Havnord Data"."""
    code = None if language.adjectives_have_capitals else countries.adjective(words.tokens[start])
    if code is None or not code.isalpha() or code == language.home or words.gap(start + 1) != " ":
        return False
    return words.tokens[last] not in types.bodies and words.tokens[last] not in types.funds


def _is_of_town(
    start: int, last: int, words: Words, language: NameWords, types: NameTypes, homes: tuple[str, ...]
) -> bool:
    """Whether a word is an adjective of a town that says where the bearer of a name is, not part of the name."""
    if not language.town_endings or (start < last and words.gap(start + 1) != " "):
        return False
    if load_towns(language.script).of_adjective(words.tokens[start], language.town_endings, homes) is None:
        return False
    return last - start != 1 or not _says_what(words.tokens[last], types)


def _is_of_some_town(start: int, last: int, words: Words, language: NameWords, introducers: WordList) -> bool:
    """Whether a word looks like an adjective of a town before one that introduces a name: "Dillinger Firma Havnord"."""
    if not (language.nouns_have_capitals and language.town_endings) or last - start < _TRADE_AND_NAME:
        return False
    word, trade = words.tokens[start], words.tokens[start + 1]
    is_of_town = len(word) > _SHORTEST_OF_TOWN and any(language.town_endings.bases(word))
    gaps = {words.gap(start + 1), words.gap(start + 2)}
    return is_of_town and gaps == {" "} and trade in introducers


def _says_what(word: str, types: NameTypes) -> bool:
    """Whether a word says what the bearer of a name is, alone or as the end of a compound ("Kantonalbank")."""
    kinds = (types.last, types.first, types.generic, types.bodies, types.funds)
    return any(word[cut:] in kind for kind in kinds for cut in range(max(1, len(word) - _SHORTEST_GENERAL + 1)))


def _is_of_place(word: str, countries: Countries) -> bool:
    """Whether a word is an adjective of a country or region."""
    return countries.adjective(word) is not None or countries.region_adjective(word) is not None


def _is_town_between(index: int, words: Words, language: NameWords, introducers: WordList) -> bool:
    """Whether a town parts a name from what introduces it: "a tecnológica de Aveiro Havnord"."""
    if words.gap(index + 1) != " " or words.gap(index) != " " or words.word(index - 1) not in language.words("of"):
        return False
    if not introduces(words.word(index - 2), introducers) or words.gap(index - 1) != " ":
        return False
    return any(town.people >= _LARGE for town in load_towns(language.script).named(words.tokens[index]))


def _is_initial(index: int, last: int, words: Words) -> bool:
    """Whether a word is one letter with a full stop that a name goes on behind: "U. S. Havnord"."""
    return index < last and len(words.tokens[index]) == 1 and words.gap(index + 1) in {". ", "."}


def _end_of_hyphens(start: int, last: int, words: Words) -> int:
    """The last word that only hyphens join to the one at `start`: "Gesellschaft" of "Private-Equity-Gesellschaft"."""
    last = min(last, start + MAX_RUN)
    return next((index - 1 for index in range(start + 1, last + 1) if words.gap(index) != "-"), last)


def _ends_compound(index: int, last: int, words: Words, introducers: WordList) -> bool:
    """Whether the word at `index` introduces a name that follows it in the run."""
    return index < last and words.gap(index + 1) == " " and introduces(words.tokens[index], introducers)


def _is_described(start: int, last: int, words: Words, types: NameTypes) -> bool:
    """Whether an article before says that the first word describes the name: "het Friese Havnord Cloud"."""
    is_body = words.tokens[last] in types.bodies or words.tokens[last] in types.funds
    return not is_body and words.word(start - 1) in types.articles and words.gap(start) == " "


def begins_compound(index: int, words: Words, types: NameTypes) -> bool:
    """Whether a general word is but the beginning of a common one: "AI-fabriek", "AI-powered"."""
    after = index + 1
    if words.tokens[index] not in types.generic or after >= len(words.starts) or words.gap(after) != "-":
        return False
    return words.text[words.starts[after]].islower()


def _begins_type(index: int, last: int, words: Words, introducers: WordList, types: NameTypes) -> bool:
    """Whether a general word belongs to the name that it begins: "National Infrastructure Fund"."""
    word = words.tokens[index]
    # "National Bank of Bahrain"
    least = 1 if words.tokens[last] in types.funds and words.word(last + 1) == "of" else 2
    if last - index < least or len(word) < _SHORTEST_GENERAL or word not in types.generic:
        return False
    if words.tokens[last] not in types.last or words.tokens[last] in types.things_last or word in words.small:
        return False
    return not any(introduces(words.tokens[at], introducers) for at in range(index + 1, last))


@cache
def _calendar(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """The days of the week and the months in a language: "on Monday Acme said" does not name a Monday Acme."""
    dates = load_language(code).dates
    weekdays = frozenset(skeleton(name) for names in dates.weekdays.values() for name in names)
    months = frozenset(skeleton(name) for names in dates.months.values() for name in names)
    return weekdays, months


@cache
def pronouns_of(code: str) -> frozenset[str]:
    """The words of a language that stand for a party named elsewhere: Swedish "Kommunen" is no name."""
    cues = load_language(code).cues
    words = (word for label in ("company", "companies", "government", "commission") for word in cues.get(label, ()))
    return frozenset(skeleton(word) for word in words if " " not in word and "*" not in word)


# The most words of a phrase that introduces names: "fonds de capital-risque".
MAX_PHRASE = 4


def introduces(word: str, introducers: WordList) -> bool:
    """Whether a word introduces a name, alone or as the end of a compound ("datacenterbolaget")."""
    if word in introducers:
        return True
    return len(word) > 9 and any(word[cut:] in introducers.whole for cut in range(3, len(word) - 4))


def is_introduced(words: Words, index: int, introducers: WordList) -> bool:
    """Whether what stands before `index` introduces a name: "das Start-up Nordwind", "la jeune pousse Nordwind"."""
    if introduces(words.word(index - 1), introducers):
        return True
    firsts = range(max(0, index - MAX_PHRASE), index - 1)
    return any(words.low[words.starts[first] : words.ends[index - 1]] in introducers.whole for first in firsts)


def begins_introduction(words: Words, index: int, introducers: WordList) -> bool:
    """Whether a word that introduces names stands at `index`, or several that do so together: "jeune pousse"."""
    if introduces(words.tokens[index], introducers):
        return True
    lasts = range(index + 1, min(index + MAX_PHRASE, len(words.starts)))
    return any(words.low[words.starts[index] : words.ends[last]] in introducers.whole for last in lasts)


def _is_behind_form(words: Words, first: int, types: NameTypes) -> bool:
    """Whether a legal form in capitals stands right before: of "PT. Data Nusa" every word is the name's."""
    if first == 0 or not _is_upper(first - 1, words):
        return False
    form = types.before.match(words.low, words.starts[first - 1])
    return form is not None and form.end() == words.starts[first]


def _raw_runs(words: Words, taken: bytearray, language: NameWords) -> Iterator[tuple[int, int]]:
    has_inner = bool(language.words("inner"))
    lettered = load_page_words(language.code).lettered
    first = last = -2
    verbs = _verbs_of_titles(words.text, language.code)
    for index in _name_like(words):
        if taken[words.starts[index]] or index in verbs or _ends_town(index, words):
            continue
        if (index == last + 1 and _is_joined(words, index) and not _ends_letter(index, words, lettered)) or (
            has_inner and _joins_inside(words, last, index, language)
        ):
            last = index
            continue
        if first >= 0:
            yield first, last
        first = last = index
    if first >= 0:
        yield first, last


@lru_cache(maxsize=4)
def _verbs_of_titles(text: str, code: str) -> frozenset[int]:
    """The words that belong to no name in lines where all words have capitals: the verb, and what is done.

    "Havnord Announces $220 Million Expansion of Its Campus".
    """
    found: set[int] = set()
    words, language = words_of(text), load_name_words(code)
    if language.nouns_have_capitals or not language.words("say"):
        return frozenset()
    types = load_name_types()
    for line in _LINE.finditer(text):
        long = _LONG_WORD.findall(line[0])
        if len(long) < _LEAST_LONG or not all(word[0].isupper() for word in long):
            continue
        first, end = bisect_left(words.starts, line.start()), bisect_left(words.starts, line.end())
        for index in range(first + 1, end):
            word = words.tokens[index]
            is_large = words.written(index)[0].isupper() or words.written(index + 1)[:1].isupper()
            acts = language.is_action(word, words.written(index)) or word in language.words("title_verbs")
            if is_large and acts and word not in types.last:
                # What is done has capitals as well: "Build AI Chips". The text below names who is meant there.
                found.update(range(index, end))
                break
    return frozenset(found)


def _ends_letter(index: int, words: Words, lettered: frozenset[str]) -> bool:
    """Whether a full stop before a word ends a sentence with a letter: "série B. Havnord"."""
    is_letter = index > 1 and words.ends[index - 1] - words.starts[index - 1] == 1 and words.gap(index) == ". "
    return is_letter and words.text[words.starts[index - 2] : words.ends[index - 2]].casefold() in lettered


def _ends_town(index: int, words: Words) -> bool:
    """Whether hyphens and small words join a word to one before: "Neuve" of "Louvain-la-Neuve"."""
    at = index
    while at and words.gap(at) == "-" and words.text[words.starts[at - 1]].islower():
        at -= 1
    return 0 < at < index and words.gap(at) == "-"


def _joins_inside(words: Words, last: int, index: int, language: NameWords) -> bool:
    """Whether only small words part two large ones that names have inside: "Phát triển Đô thị Kinh Bắc"."""
    between = range(last + 1, index)
    return (
        0 <= last < index <= last + _INNER + 1
        and all(
            language.has("inner", words.tokens[at], words.text[words.starts[at] : words.ends[at]]) for at in between
        )
        and all(
            words.gap(at) == " " and "\n" not in words.text[words.ends[at - 1] : words.starts[at]]
            for at in (*between, index)
        )
    )


def _name_like(words: Words) -> list[int]:
    """The words with a capital at their beginning or, in Latin letters, further on ("xAI")."""
    text, starts, ends = words.text, words.starts, words.ends
    indices = [index for index in words.large if text[starts[index]].isupper()]
    if _INSIDE.search(text):
        inside = (index for index, start in enumerate(starts) if _is_mixed(text[start : ends[index]]))
        return sorted({*indices, *inside})
    return indices


_INSIDE = re.compile(r"\b[a-z]+([A-Z])")


def _is_mixed(word: str) -> bool:
    return word[0].islower() and word[0].isascii() and not word.islower()


def _is_joined(words: Words, index: int) -> bool:
    before, start = words.ends[index - 1], words.starts[index]
    gap = words.low[before:start]
    if gap not in _JOINED or "\n" in words.text[before:start]:
        return gap == ". " and before - words.starts[index - 1] == 1
    return True


def opens_sentence(words: Words, index: int) -> bool:
    """Whether the word at `index` is the first of its sentence or line."""
    text, position = words.text, words.starts[index] - 1
    while position >= 0 and text[position] in _OPENS:
        position -= 1
    return position < 0 or text[position] in _ENDS_SENTENCE


@dataclass(frozen=True, slots=True)
class Persons:
    """Who in a text is a person: the runs, by their first word, and the surnames."""

    firsts: frozenset[int]
    surnames: frozenset[str]


def persons_among(runs: list[Run], words: Words, language: NameWords, types: NameTypes) -> Persons:
    """The runs that name persons: by a given name, by a title or "government" before, or by a title after a comma."""
    titles, names, governments = language.words("person"), given_names(), language.words("government")
    firsts: set[int] = set()
    surnames: set[str] = set()
    for run in runs:
        tokens = run.tokens(words)
        if tokens[-1] in types.last or types.after.match(words.low, words.ends[run.last]):
            continue
        before = words.word(run.first - 1) if words.gap(run.first) in {" ", ". ", ": "} else ""
        if before and run.first > 1 and words.gap(run.first - 1) == "'" and language.words("parted_endings"):
            before = words.word(run.first - 2)  # "CEO'su Ada Kaya"
        is_person = len(tokens) > 1 and (
            _is_given_name(tokens[_is_land(run, words)], language)
            or len(tokens[0]) == 1
            or any(token in titles for token in tokens[:-1])
        )
        is_cabinet = before in governments and words.gap(run.first) == " "  # "le gouvernement Macron"
        is_person = is_person or is_cabinet or before in titles or _has_title_after(words, run, titles)
        # "Ursula von der Leyen": a given name that a particle follows, and the surname behind the particle.
        is_given = len(tokens) == 1 and tokens[0] in names and words.word(run.last + 1) in types.particles
        is_person = is_person or (is_given and words.gap(run.last + 1) == " ") or _ends_given(run, words, types)
        if is_person:
            firsts.add(run.first)
            if len(tokens) > 1 or is_cabinet:
                surnames.add(tokens[-1])
    return Persons(frozenset(firsts), frozenset(surnames))


def _is_given_name(token: str, language: NameWords) -> bool:
    """Whether a word is a given name, in whichever case: "Владимира"."""
    names = given_names()
    return token in names or any(
        len(base) >= _SHORTEST_GIVEN and base in names for base, _ in language.endings.bases(token)
    )


def _is_land(run: Run, words: Words) -> bool:
    """Whether a run of several words begins with a land's letters, as in "глава кабмина РФ Михаил Мишустин"."""
    first = words.text[words.starts[run.first] : words.ends[run.first]]
    return run.last - run.first > 1 and len(first) == _LAND and first.isupper()


def _ends_given(run: Run, words: Words, types: NameTypes) -> bool:
    """Whether a run stands behind a given name and particles: "Leyen" in "Ursula von der Leyen"."""
    at = run.first - 1
    while at >= 0 and words.word(at) in types.particles and words.gap(at + 1) == " ":
        at -= 1
    return 0 <= at < run.first - 1 and words.word(at) in given_names() and words.gap(at + 1) == " "


def _has_title_after(words: Words, run: Run, titles: WordList) -> bool:
    if run.last == run.first or words.low[words.ends[run.last] : words.ends[run.last] + 2] != ", ":
        return False
    following = (words.word(index) for index in range(run.last + 1, run.last + 4))
    return any(word in titles for word in following)
