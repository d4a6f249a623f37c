"""How a text introduces a name: by a word before, behind or joined to it that says what the name stands for."""

from functools import cache

from pledgebook.extract.mentions.organisations_context import Context, is_town
from pledgebook.extract.mentions.organisations_runs import Run, begins_introduction, introduces, is_introduced
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.towns import load_towns

_APPOSITION_WORDS = 6
# How many words may stand between "'s" and what somebody owns.
_OWNED = 7
_LONGEST_ALONG = 40
_SHORTEST_OWNER = 4
_SHORTEST_ADJECTIVE = 6
_SHORTEST_TRADE = 5
_JOINED = frozenset((" ", "'", "’"))
_OPENING, _CLOSING = frozenset('«„“"'), frozenset('»“”"')


def is_described(run: Run, context: Context) -> bool:
    """Whether an adjective parts a name from what introduces it: "o fundo canadense Havnord", "la sueca Havnord"."""
    words, language = context.words, context.language
    at = run.first - 1
    at, adjective = _adjective_at(at, context)
    if at < 1 or not stands_right_before(run, words) or words.gap(at) not in _JOINED or language.nouns_have_capitals:
        return False
    lead = words.word(at - 1)
    is_small = words.text[words.starts[at]].islower()
    if is_small and (context.countries.adjective(adjective) or "150").isalpha():
        return True  # "tajvani Havnord", "ruotsalainen Havnord"
    if is_small and len(adjective) >= _SHORTEST_TRADE and lead in language.words("of") and _is_lead(at - 2, context):
        return adjective not in language.words("not_names")  # "empresa de engenharia Havnord"
    of_country = (context.countries.adjective(adjective) or "150").isalpha()
    if lead in context.types.articles and (of_country or _is_of_region(adjective, context)):
        return True  # "het Franse Havnord", "het Brabantse Havnord"
    if not is_small or not introduces(lead, language.words("introduce")) or context.taken[words.starts[at - 1]]:
        return False
    other = any(adjective in language.words(label) for label in ("say", "at", "and", "of", "not_names", "introduce"))
    return of_country or (len(adjective) >= _SHORTEST_ADJECTIVE and not other)


def _adjective_at(at: int, context: Context) -> tuple[int, str]:
    """Where a word begins, and the word itself, of a land with a hyphen in it too: "la sud-coréenne Havnord"."""
    words = context.words
    if at > 1 and words.gap(at) == "-":
        joined = f"{words.word(at - 1)}-{words.word(at)}"
        if context.countries.adjective(joined):
            return at - 1, joined
    return at, words.word(at) if at >= 0 else ""


def _is_of_region(adjective: str, context: Context) -> bool:
    """Whether an adjective is made of a region or of a large town."""
    if context.countries.region_adjective(adjective) is not None:
        return True
    endings, homes = context.language.town_endings, tuple(load_language(context.language.code).homes)
    return bool(endings) and load_towns(context.language.script).of_adjective(adjective, endings, homes) is not None


def _is_lead(index: int, context: Context) -> bool:
    """Whether a word introduces names and stands right before the next one."""
    words = context.words
    is_word = index >= 0 and words.gap(index + 1) == " " and not context.taken[words.starts[index]]
    return is_word and is_introduced(words, index + 1, context.language.words("introduce"))


def is_compounded(run: Run, context: Context) -> bool:
    """Whether a hyphen joins a name to the word that says what it is: "Havnord-koncernen", "Havnord-yhtiö"."""
    words, language = context.words, context.language
    after = run.last + 1
    if after >= len(words.starts) or words.gap(after) != "-" or not words.text[words.starts[after]].islower():
        return False
    word, introducers = words.tokens[after], language.words("introduce")
    return introduces(word, introducers) or any(
        introduces(base, introducers) for base, _ in language.endings.bases(word)
    )


_POSSESSIVE = "s"


def stands_right_before(run: Run, words: Words) -> bool:
    """Whether only blanks and quotation marks part a run from the word before it, in one line."""
    if run.first == 0:
        return False
    between = words.text[words.ends[run.first - 1] : words.starts[run.first]]
    return between.strip(" \"'«„“”‘’") == ""


def is_headed(run: Run, context: Context) -> bool:
    """Whether somebody is told to head a company of that name: "le PDG d'Havnord", "directrice générale de Havnord"."""
    words, language, of = context.words, context.language, run.first - 1
    if _has_head(run, context):
        return True
    if of < 1 or words.gap(run.first) not in _JOINED or words.word(of) not in language.words("of"):
        return False
    bosses, at = language.words("boss"), of - 1
    return words.gap(of) == " " and (
        words.word(at) in bosses or (at > 0 and f"{words.word(at - 1)} {words.word(at)}" in bosses)
    )


def _has_head(run: Run, context: Context) -> bool:
    """Whether who heads a company is named behind it: "Havnord's chief executive", "Havnord chairman Ann Pryce"."""
    words, language, at = context.words, context.language, run.last + 1
    bosses = language.words("boss")
    if words.word(at) == _POSSESSIVE and words.gap(at) == "'":
        at += 1
    if at >= len(words.starts):
        return False
    if words.gap(at) == " " and words.word(at) in language.words("office_behind"):
        return True
    if words.gap(at) != " " or not words.written(at).islower():
        return False
    return words.word(at) in bosses or f"{words.word(at)} {words.word(at + 1)}" in bosses


def is_quoted(run: Run, words: Words) -> bool:
    """Whether quotation marks enclose a run and nothing else: its capital is then a name's, wherever it stands."""
    start, end = words.starts[run.first], words.ends[run.last]
    return words.text[start - 1 : start] in _OPENING and words.text[end : end + 1] in _CLOSING


def is_inserted(run: Run, context: Context) -> bool:
    """Whether commas enclose a name behind words that say what it stands for: "The grid operator, Havnord, plans"."""
    words, language = context.words, context.language
    if words.gap(run.first) != ", " or words.low[words.ends[run.last] : words.ends[run.last] + 2] != ", ":
        return False
    if _stands_for_next(run.first - 1, context):
        return True
    if not language.is_action(words.word(run.last + 1), words.written(run.last + 1)):
        return False
    is_told = False
    for index in range(run.first - 1, max(run.first - 2 - _APPOSITION_WORDS, -1), -1):
        word = words.tokens[index]
        if word in language.words("person"):
            return False
        is_told = is_told or introduces(word, language.words("introduce"))
        if words.gap(index) not in _JOINED | {"-"}:
            break
    return is_told


def _stands_for_next(index: int, context: Context) -> bool:
    """Whether a land behind a word for a company leads to a name: "perusahaan AS, Havnord, membangun"."""
    words, names = context.words, context.countries.names
    if index < 1 or words.gap(index) != " " or context.countries.adjectives:
        return False
    return words.word(index) in names and introduces(words.word(index - 1), context.language.words("introduce"))


def is_explained(run: Run, context: Context) -> bool:
    """Whether a comma or bracket follows and soon a word that says what the name stands for: "Havnord, a Lyon firm"."""
    words, introducers = context.words, context.language.words("introduce")
    if words.low[words.ends[run.last] : words.ends[run.last] + 2] not in {", ", " ("}:
        return False
    for index in range(run.last + 1, min(run.last + 1 + _APPOSITION_WORDS, len(words.starts))):
        word = words.tokens[index]
        if index > run.last + 1 and words.gap(index) not in _JOINED | {"-"}:
            return False
        if begins_introduction(words, index, introducers):
            return words.tokens[index + 1 : index + 2] != ("s",)  # "Ann Lee, the firm's chief"
        is_other_name = words.text[words.starts[index]].isupper() and not _is_origin(index, context)
        if context.language.is_action(word, words.written(index)) or is_other_name:
            return False
    return False


def _is_origin(index: int, context: Context) -> bool:
    """Whether a word tells the land or the town that somebody is from: "a Danish developer", "a Boston startup"."""
    word = context.words.tokens[index]
    return bool(context.countries.adjective(word)) or is_town(word, context)


def goes_along(run: Run, context: Context) -> bool:
    """Whether words for doing something together lead to a name, in one line: "built together with Havnord".

    They are those of several words: what people do with each other is told by one.
    """
    words, start = context.words, context.words.starts[run.first]
    if context.language.nouns_have_capitals or words.gap(run.first) not in _JOINED:
        return False
    return words.low[max(0, start - _LONGEST_ALONG) : start].rstrip(" '").endswith(_along(context.language.code))


@cache
def _along(code: str) -> tuple[str, ...]:
    """The phrases for doing something together."""
    phrases = load_language(code).cues.get("with_it", ())
    return tuple(f" {skeleton(phrase)}" for phrase in phrases if " " in phrase and "*" not in phrase) or ("\0",)


def owns_site(run: Run, context: Context) -> bool:
    """Whether a name says whose a building is that lies somewhere: "le data center d'Havnord à Lyon".

    The name of a place would not be told where it lies.
    """
    words, language, after = context.words, context.language, run.last + 2
    if run.first < 2 or after >= len(words.starts) or words.word(run.first - 1) not in language.words("of"):
        return False
    if words.word(run.first - 2) not in sites(language.code) or words.word(run.last + 1) not in language.words(
        "inside"
    ):
        return False
    gaps = {words.gap(run.first - 1), words.gap(run.last + 1), words.gap(after)}
    return gaps == {" "} and words.gap(run.first) in {" ", "'"} and words.text[words.starts[after]].isupper()


def owns_thing(run: Run, context: Context) -> bool:
    """Whether a name says whose a building or an investment is: "Nordwind's $90 million data centre in Lyon".

    Where a language writes a small word for "'s" behind names alone.
    """
    words, language, at = context.words, context.language, run.last + 1
    if at >= len(words.starts) or words.gap(at) != "'" or words.word(at) not in language.words("possessive"):
        return False
    things = sites(language.code) | language.words("owned").whole
    for index in range(at + 1, min(at + 1 + _OWNED, len(words.starts))):
        if any(mark in words.gap(index) for mark in ",.;:!?()\n") and not words.gap(index).strip().isdigit():
            break
        if words.word(index) in things:
            return True
    return False


def ending_of_owner(run: Run, context: Context) -> str:
    """The ending by which a name of one word owns the building or investment right behind it: "Nordwinds datacenter".

    "" where it owns nothing so, and where a language has no such ending.
    """
    words, language, at = context.words, context.language, run.last + 1
    name = words.word(run.last)
    ending = next((one for one in language.words("possessive_ending").whole if name.endswith(one)), "")
    if not ending or run.first < run.last or at >= len(words.starts) or words.gap(at) != " ":
        return ""
    is_thing = words.word(at) in sites(language.code) | language.words("owned").whole
    return ending if is_thing and len(name) - len(ending) >= _SHORTEST_OWNER else ""


@cache
def sites(code: str) -> frozenset[str]:
    """The last words of what a language calls data centres, factories and laboratories."""
    quantities = load_language(code).quantities
    kinds = (quantities.nouns, quantities.one)
    names = (name for nouns in kinds for kind in ("data_centres", "sites") for name in nouns.get(kind, ()))
    return frozenset(skeleton(name.split()[-1]) for name in names if "*" not in name)
