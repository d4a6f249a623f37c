"""Where a company is from, told right behind its name: "Nordwind from Singapore", "Nordwind (Lyon)"."""

from bisect import bisect_left

from pledgebook.extract.mentions.organisations_context import Context, is_town
from pledgebook.extract.mentions.organisations_runs import Run
from pledgebook.extract.mentions.places_countries import country_at

_LONGEST = 4
_JOINED = frozenset((" ", "'", "-"))


def behind_origin(run: Run, context: Context) -> int | None:
    """The first word behind the land or town that a run is told to be from, None where it is told from nowhere.

    A word of `whence` leads to it ("Nordwind aus Lyon baut"), or brackets enclose it ("Nordwind (Lyon) builds").
    """
    words, at = context.words, run.last + 1
    end = words.ends[run.last]
    if words.text[end : end + 2] == " (":
        last = _end_of_place(at, context)
        is_closed = last is not None and words.text[words.ends[last] : words.ends[last] + 1] == ")"
        return last + 1 if last is not None and is_closed else None
    place = _behind_whence(at, context)
    last = None if place is None else _end_of_place(place, context)
    return None if last is None else last + 1


def _behind_whence(first: int, context: Context) -> int | None:
    """The word behind words that say from where somebody is ("from", "based in"), None where none begin there."""
    words, whence = context.words, context.language.words("whence")
    if not whence or first >= len(words.starts) or words.gap(first) != " ":
        return None
    for last in range(min(first + _LONGEST, len(words.starts) - 1) - 1, first - 1, -1):
        if words.low[words.starts[first] : words.ends[last]] in whence.whole and words.gap(last + 1) in _JOINED:
            return last + 1
    return None


def _end_of_place(first: int, context: Context) -> int | None:
    """The last word of the land or town that begins at a word, None where none does."""
    words = context.words
    if first >= len(words.starts) or not words.text[words.starts[first]].isupper():
        return None
    land = country_at(words, first, context.countries, context.language)
    if land is not None:
        return bisect_left(words.ends, land[0].end)
    for last in range(min(first + _LONGEST, len(words.starts)) - 1, first - 1, -1):
        is_joined = all(words.gap(at) in _JOINED for at in range(first + 1, last + 1))
        if is_joined and is_town(words.low[words.starts[first] : words.ends[last]], context):
            return last
    return None
