"""Towns that pay, named without a word for their body: "Leipzig investiert 24 Millionen Euro in ..."."""

from collections.abc import Iterator
from functools import cache

from pledgebook.domain import Span
from pledgebook.extract.mentions.organisations_bodies import municipality_of
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.lexicon.capitals import load_capitals
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import given_names
from pledgebook.lexicon.towns import Town

_LONGEST = 3
# How many people a town has to have, in a land of the language's newsrooms and in any.
_AT_HOME, _ANYWHERE = 30_000, 500_000
# How far behind the first word of its verb the one that tells of money may stand: "will next year invest".
_VERB = 28
_STOPS = frozenset(",;:.!?()\n")


def town_that_acts(index: int, context: Context) -> Iterator[Found]:
    """A town right before a word of action at `index`, where that or one soon behind is a verb of giving or investing.

    Capitals are left out: they stand for their land's government.
    """
    words, language = context.words, context.language
    if index == 0 or words.text[words.starts[index - 1]].islower() or words.gap(index) != " ":
        return
    if not _tells_of_money(index, context):
        return
    for first in range(max(0, index - _LONGEST), index):
        start, end = words.starts[first], words.ends[index - 1]
        name = words.low[start:end]
        if any(words.gap(at) not in {" ", "-"} for at in range(first + 1, index)):
            continue
        if words.text[start].islower() or name in language.words("not_places") or name in given_names():
            continue
        if any(words.word(at) in language.words("introduce") for at in range(first, index)):
            continue  # "El Banco" is a town and a bank
        if name in words.small or any(context.taken[start:end]) or _is_part(first, context):
            continue
        town = _town(name, context)
        if town is not None:
            yield Found(Span(start, end), municipality_of(town.name, town.country), 0.3, "country")
            return


def _is_part(first: int, context: Context) -> bool:
    """Whether a capital or a preposition stands right before a name."""
    words = context.words
    if first == 0 or words.gap(first) not in {" ", "-"}:
        return False
    before = words.word(first - 1)
    return words.text[words.starts[first - 1]].isupper() or before in context.language.words("at")


def _town(name: str, context: Context) -> Town | None:
    """The largest town of a name that is large enough for where it lies, None for capitals."""
    homes = load_language(context.language.code).homes
    towns = [town for town in context.towns.named(name) if not town.is_region]
    # Abroad by its own name: another language's name of it may be a word of this one.
    known = [t for t in towns if t.people >= (_AT_HOME if t.country in homes else _ANYWHERE)]
    known = [t for t in known if t.is_own or t.country in homes]
    best = max(known, key=lambda town: town.people, default=None)
    return None if best is None or (best.country, best.name) in load_capitals() or name in _capitals() else best


@cache
def _capitals() -> frozenset[str]:
    return frozenset(skeleton(name) for _, name in load_capitals())


def _tells_of_money(index: int, context: Context) -> bool:
    """Whether a verb of giving or investing begins at a word or stands soon behind it."""
    words = context.words
    start = words.starts[index]
    behind = words.text[start : words.ends[index] + _VERB]
    verb = next(_paying(context.language.code).find(behind), None)
    return verb is not None and _STOPS.isdisjoint(behind[: verb.span.start])


@cache
def _paying(code: str) -> PhraseMatcher:
    """The verbs of giving, and the words of investing, of a language."""
    language = load_language(code)
    return PhraseMatcher({"pay": (*language.flow.get("gives", ()), *language.cues.get("invest", ()))})
