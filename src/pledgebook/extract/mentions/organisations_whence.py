"""Where a company is from, told right behind its name: "Nordwind from Singapore", "Nordwind (Lyon)"."""

from bisect import bisect_left

from pledgebook.extract.mentions.organisations_context import Context, is_town
from pledgebook.extract.mentions.organisations_runs import Run
from pledgebook.extract.mentions.places_countries import country_at

_LONGEST = 3
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
    whence = context.language.words("whence")
    if not whence or at + 1 >= len(words.starts) or words.gap(at) != " " or words.word(at) not in whence:
        return None
    if words.gap(at + 1) not in _JOINED:
        return None
    last = _end_of_place(at + 1, context)
    return None if last is None else last + 1


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
