"""Words with capitals that name a place or somebody of one, and no organisation."""

from pledgebook.extract.mentions.organisations_context import Context, is_town
from pledgebook.extract.mentions.organisations_runs import Run, introduces, opens_sentence
from pledgebook.extract.mentions.places_countries import country_at

_SMALL_TOWN = 1000
_MOST_WORDS, _BEFORE_SORT = 3, 2


def names_place(run: Run, context: Context) -> bool:
    """Whether a run is a town or land, part of the name of one, or somebody of one."""
    key = run.key(context.words)
    return (
        _begins_land(run, context)
        or _is_of_town(run, context)
        or is_town(key, context)
        or _is_part_of_town(run, context)
        or _are_towns(run, context)
        or _is_sort_of_place(run, context)
        or _is_told_as_town(run, context)
        or _lies_there(run, context)
        or _goes_with_word_before(run, context)
        or _opens_as_place(run, context)
    )


def _begins_land(run: Run, context: Context) -> bool:
    """Whether a land's name begins with a run and goes on in small letters: "Spojených arabských emirátů"."""
    words = context.words
    if words.word(run.first) not in context.countries.heads:
        return False
    land = country_at(words, run.first, context.countries, context.language)
    return land is not None and land[0].end > words.ends[run.last]


def _is_part_of_town(run: Run, context: Context) -> bool:
    """Whether a word of direction stands before a town or region: "Northern Lincolnshire"."""
    words = context.words
    if run.first == run.last or words.word(run.first) not in context.types.directions:
        return False
    return is_town(words.low[words.starts[run.first + 1] : words.ends[run.last]], context)


def _are_towns(run: Run, context: Context) -> bool:
    """Whether strokes part several places that head a line: "Luxemburg/Leipzig"."""
    words = context.words
    strokes = [at for at in range(run.first + 1, run.last + 1) if words.gap(at) == "/"]
    firsts, lasts = [run.first, *strokes], [*(at - 1 for at in strokes), run.last]
    keys = [words.low[words.starts[first] : words.ends[last]] for first, last in zip(firsts, lasts, strict=True)]
    return bool(strokes) and all(is_town(key, context) or key in context.countries.names for key in keys)


def _is_sort_of_place(run: Run, context: Context) -> bool:
    """Whether a noun for a place stands before the name of one: "Region Leipzig", "Chip-Standort Villach"."""
    words, sorts = context.words, context.language.words("town")
    if not context.language.nouns_have_capitals or run.first == run.last:
        return False
    sort = next((at for at in range(run.first, run.last) if words.gap(at + 1) == " "), None)
    if sort is None or not introduces(words.word(sort), sorts):
        return False
    key = words.low[words.starts[sort + 1] : words.ends[run.last]]
    return is_town(key, context) or any(town.people >= _SMALL_TOWN for town in context.towns.named(key))


def _is_told_as_town(run: Run, context: Context) -> bool:
    """Whether the text says of a town's name that something lies there: "in Holyhead", "A Lugano apre ..."."""
    words, inside = context.words, context.language.words("inside")
    key = run.key(words)
    if run.last - run.first > 1 or not any(town.people >= _SMALL_TOWN for town in context.towns.named(key)):
        return False
    before = run.first - 1
    if (
        words.word(before) in context.language.words("at")
        and words.gap(run.first) == " "
        and opens_sentence(words, before)
    ):
        return True
    return any(
        words.tokens[at] == words.tokens[run.first]
        and words.word(at - 1) in inside
        and words.gap(at) == " "
        and words.low.startswith(key, words.starts[at])
        for at in words.large
        if at
    )


def _lies_there(run: Run, context: Context) -> bool:
    """Whether a word for a place right before a run says where something lies: "in the Portuguese town of Sines"."""
    words, language = context.words, context.language
    sort = run.first - 1
    if words.word(sort) in language.words("of"):
        sort -= 1
    if sort < 1 or run.last - run.first >= _MOST_WORDS or words.word(sort) not in language.words("town"):
        return False
    start = next((at for at in range(sort - 1, max(-1, sort - 1 - _BEFORE_SORT), -1) if _is_inside(at, context)), None)
    return start is not None and all(words.gap(at) == " " for at in range(start + 1, run.first + 1))


def _is_inside(at: int, context: Context) -> bool:
    return context.words.word(at) in context.language.words("inside")


def _is_of_town(run: Run, context: Context) -> bool:
    """Whether a common word opens a sentence and a town or land in the genitive follows: "Predstavnici Zagreba"."""
    words = context.words
    if not run.opens or run.last == run.first or words.gap(run.first + 1) != " ":
        return False
    first = words.text[words.starts[run.first] : words.ends[run.first]]
    if words.word(run.first) in context.types.first or not first[1:].islower():
        return False
    rest = words.low[words.starts[run.first + 1] : words.ends[run.last]]
    is_base = bool(context.towns.refs[rest]) or rest in context.countries.names
    return not is_base and is_town(rest, context)


def _goes_with_word_before(run: Run, context: Context) -> bool:
    """Whether a run is the rest of a town's name whose first word is a common one: "Nova Gradiška"."""
    words, before = context.words, run.first - 1
    if words.word(before) not in context.language.words("not_names") or words.gap(run.first) not in {" ", "-"}:
        return False
    start = words.starts[before]
    return words.text[start].isupper() and is_town(words.low[start : words.ends[run.last]], context)


def _opens_as_place(run: Run, context: Context) -> bool:
    """Whether a sentence opens with a word for places and one unknown name: "U Lekeniku gradi tvrtka Jasen pogon"."""
    words, before = context.words, run.first - 1
    if run.last != run.first or before < 0 or words.gap(run.first) != " ":
        return False
    if words.word(before) not in context.language.words("inside") or not words.text[words.starts[before]].isupper():
        return False
    return words.text[words.starts[run.first] + 1 : words.ends[run.last]].islower()
