"""Names that were found once, wherever else they stand, and the short ones that a text gives to them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledgebook.domain import Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_runs import Run
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import given_names, load_name_words

_SHORTEST = 3
_HANGUL = "\uac00-\ud7a3"
_OPENS, _CLOSES = "“「『\"'‘《", "”」』\"'’》）)"
_SURE = 0.5
# How many words more a full name may have, and what gives away a name that is told in one word.
_MORE = (1, 2)
_BARE = frozenset(("subject", "apposition"))


def again(context: Context, found: Sequence[Found]) -> Iterator[Found]:
    """The names of `found` elsewhere, in scripts without capitals: 青湖云算有限公司（简称“青湖”）, and later 青湖.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.span.start for mention in find_organisations("㈜하브노드가 짓는다. 하브노드는 100억 원을 낸다.", "ko")]
    [1, 12]
    """
    text, code = context.words.text, context.language.code
    names: dict[str, Found] = {}
    for here in found:
        if here.score < _SURE:
            continue
        if len(here.party.name) >= _SHORTEST:
            names.setdefault(here.party.name, here)
        short = _short(code).match(text, here.span.end)
        if short is not None and short["short"] not in context.language.words("not_short"):
            names.setdefault(short["short"], here)
    if not names:
        return
    starts = {here.span.start for here in found}
    for match in _anywhere(tuple(sorted(names, key=len, reverse=True)), context).finditer(text):
        start, end = match.span("name")
        if start not in starts and not any(context.taken[start:end]):
            here = names[match["name"]]
            yield replace(here, span=Span(start, end), score=min(here.score, 0.6), reason="named before")
    yield from _by_first_words(context, [here for here in names.values() if here.reason != "listed"], starts)


def _by_first_words(context: Context, found: Sequence[Found], starts: set[int]) -> Iterator[Found]:
    """The first words of names alone where they act: "ארגמן אנרגיה", and later "ארגמן תשקיע"."""
    language, text = context.language, context.words.text
    acting = language.words("say").whole | language.words("closes").whole
    if context.words.unspaced or not acting:
        return
    for here in found:
        first, *more = here.party.name.split()
        is_word = any(
            skeleton(first) in language.words(label) for label in ("introduce", "not_names", "type_first", "at")
        )
        if len(more) not in _MORE or len(first) <= _SHORTEST or is_word:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(first)} (\w+)", text):
            span = Span(match.start(), match.start() + len(first))
            is_new = (
                span.start > here.span.end
                and span.start not in starts
                and not any(context.taken[span.start : span.end])
            )
            if is_new and skeleton(match[1]) in acting:
                yield replace(here, span=span, score=min(here.score, 0.6), reason="named before")


@cache
def _short(code: str) -> re.Pattern[str]:
    """What gives a name a shorter one, right behind it and its legal form."""
    language = load_name_words(code)
    words = "|".join(map(re.escape, sorted(language.words("short_for").whole, key=len, reverse=True)))
    forms = "|".join(map(re.escape, sorted(language.words("legal_form").whole, key=len, reverse=True)))
    if not words:
        return re.compile(r"(?!)")
    form = f"(?:{forms})?" if forms else ""
    return re.compile(
        rf"{form} ?[（(](?:{words})[、,:： ]?[{_OPENS}]?(?P<short>[^{_OPENS}{_CLOSES}\n]{{2,12}})[{_CLOSES}]"
    )


def _anywhere(names: tuple[str, ...], context: Context) -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, names))
    language = context.language
    if language.script == "hang":
        particles = "|".join(sorted(language.words("says").whole, key=len, reverse=True))
        return re.compile(
            rf"(?<![{_HANGUL}A-Za-z0-9])(?P<name>{alternatives})(?=(?:{particles})?(?![{_HANGUL}A-Za-z0-9]))"
        )
    if context.words.unspaced:
        return re.compile(rf"(?<![A-Za-z])(?P<name>{alternatives})(?![A-Za-z])")
    joins = "".join(sorted(word for word in language.words("and").whole if len(word) == 1 and word.isalpha()))
    return re.compile(rf"(?<!\w){f'[{joins}]?' if joins else ''}(?P<name>{alternatives})(?!\w)")


def in_full(found: list[Found], rest: Sequence[Run], context: Context) -> list[Found]:
    """Single words that a text uses for a name told in full before, under that name: "Havnord Compute", then "Havnord".

    `rest` are the runs of capitals that nothing says what they stand for.
    """
    words, banned = context.words, (context.language.words("person"), context.types.generic, given_names())
    full: dict[str, Run] = {}
    for run in rest:
        more = range(run.first + 1, run.last + 1)
        is_name = all(words.gap(at) == " " and words.word(at) not in several for at in more for several in banned)
        if len(more) in _MORE and is_name:
            full.setdefault(words.word(run.first), run)
    first = {skeleton(here.party.name): here.span.start for here in reversed(found) if not _is_in_title(here, words)}
    told: list[Found] = []
    for here in found:
        name = skeleton(here.party.name)
        fuller = full.get(name) if here.reason in _BARE else None
        if fuller is not None and words.starts[fuller.first] < first.get(name, 0):
            spelt = words.text[words.starts[fuller.first] : words.ends[fuller.last]]
            here = replace(here, party=replace(here.party, name=spelt))  # noqa: PLW2901 - under its full name
        told.append(here)
    return told


def _is_in_title(here: Found, words: Words) -> bool:
    """Whether a name stands in a text's first line, which may call by its first word what is only named below."""
    return "\n" not in words.text[: here.span.end].strip()


def by_short_names(found: list[Found], words: Words) -> list[Found]:
    """Names with a shorter one of the same words in brackets are called by that: "Hạ tầng số Nam Hà (Nam Hà Data)"."""
    starts = {here.span.start: here for here in found}
    short: dict[str, Found] = {}
    for here in found:
        end = here.span.end
        beside = starts.get(end + 2) if words.low.startswith(" (", end) else None
        if beside is not None and words.low.startswith(")", beside.span.end):
            shared = set(skeleton(here.party.name).split()) & set(skeleton(beside.party.name).split())
            if shared and len(beside.span) < len(here.span):
                short[here.party.name] = beside
    return [replace(here, party=short[here.party.name].party) if here.party.name in short else here for here in found]
