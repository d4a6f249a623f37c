"""Which of a document's words for pledges, plans and prices say that, and which are part of a name, a date or a sum."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from pledgebook.domain import Span
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import Match, PhraseMatcher
from pledgebook.lexicon.places import load_name_words

# "Last year" is a day, and tells as well that something is past.
_DATED = frozenset(("earlier", "per_year", "with_it", "by_it", "into_it", "of_it"))
# What has a cue in it and says something else: "bán dẫn" (semiconductors) sells nothing.
NOTHING = "nothing"
# A share of a company, and how far from what is done with it.
_PERCENT = re.compile(r"(?<![\d.,])(?:[%％] ?(\d{1,2})|(\d{1,2})(?:[.,]\d+)?\s?[%％])(?![\d%％])")
_AHEAD, _ENDS, _BUYING = 28, ".;。；", frozenset(("takeover", "purchase"))
_STOPS, _BEHIND, _BEFORE, _OBJECT, _SOON = ".;:!?()\n", 24, 12, 48, 32
# What says of a sum behind the land that is bought that it is not its price.
_PUT_THERE = frozenset(("build", "invest", "plan", "under_way", "add"))
# What turns a pledge or tells of turnover, and how many words may stand between such a verb and its particle.
_TURNING, _CLAUSE = ("delay", "cancel", "takeover", "earnings"), 16
# A sum right behind a verb, no percentage: "8 Millionen Euro", "davon rund 8 Millionen".
_AMOUNT = re.compile(r"((?: [^\W\d_]+){0,4}) \d[\d.,']*(?! ?%)(?= [^\W\d_])(?! Prozent\b| procent\b)")
# The share that is no share: "100 posto".
_WHOLE = "100"


def told_cues(
    cues: Iterable[Match], *, names: Iterable[Span], dates: Iterable[Span], sums: Iterable[Span]
) -> Iterator[Match]:
    """The cues that stand outside of the names of countries and towns, of dates and of sums, and of other words.

    "May" is a month before it is a doubt, a quarter no earnings, and nobody takes over the United States.
    """
    named, dated, paid = sorted(names), sorted(dates), sorted(sums)
    for cue in cues:
        if cue.label == NOTHING or _is_within(cue.span, paid) or _is_within(cue.span, named):
            continue
        if cue.label in _DATED or not _is_within(cue.span, dated):
            yield cue


def around_names(cues: Iterable[Match], names: Sequence[Span], text: str, matcher: PhraseMatcher) -> Iterator[Match]:
    """The cues again; one that runs into a name gives way to those before it: "ao Instituto" of "ao Instituto Sul".

    >>> matcher = PhraseMatcher({"into_it": ["ao"], "company": ["ao instituto"]})
    >>> [m.label for m in around_names(matcher.find("ao Instituto Sul"), [Span(3, 16)], "ao Instituto Sul", matcher)]
    ['into_it']
    """
    starts = [span.start for span in names]
    for cue in cues:
        n = bisect_left(starts, cue.span.end) - 1
        if n < 0 or not cue.span.start < starts[n] or names[n].end <= cue.span.end:
            yield cue
            continue
        first = cue.span.start
        for match in matcher.find(text[first : starts[n]]):
            yield Match(Span(match.span.start + first, match.span.end + first), match.label)


def without_estimates(cues: Iterable[Match], text: str) -> list[Match]:
    """The cues without words for estimates beside what something costs: no forecast of a market is a cost.

    >>> cost, estimate = Match(Span(4, 8), "cost"), Match(Span(12, 21), "forecast")
    >>> [m.label for m in without_estimates([cost, estimate], "The cost is estimated at 3 million.")]
    ['cost']
    """
    told = list(cues)
    costs = [cue.span for cue in told if cue.label == "cost"]

    def is_beside(span: Span, cost: Span) -> bool:
        first, second = sorted((span, cost))
        between = text[first.end : second.start]
        return len(between) <= _SOON and not any(stop in between for stop in (*_STOPS, ","))

    return [cue for cue in told if cue.label != "forecast" or not any(is_beside(cue.span, cost) for cost in costs)]


def with_stakes(cues: Iterable[Match], text: str, code: str, sums: Sequence[Span] = ()) -> Iterator[Match]:
    """The cues again; to buy a share of a company is to take a stake in it, not to take it over.

    Nor is it one to buy land on which something may be built, unless a sum is the price of that land.

    >>> [m.label for m in with_stakes([Match(Span(5, 11), "takeover")], "Acme bought 20% of Bolt", "en")]
    ['stake']
    """
    told = list(cues)
    sells = tuple(load_language(code).flow.get("sells", ()))
    # Where it is told which verbs sell, a word for a stake may stand further behind the others.
    stakes = [cue.span for cue in told if cue.label == "stake"] if sells else []
    for cue in told:
        if cue.label == "takeover" and (land := _land_bought(cue.span, text, code)) is not None:
            if _has_price(land, text, sums, told):
                yield cue
            continue
        if cue.label == "takeover" and _covers_sum(cue.span, text, code):
            yield Match(cue.span, "pay")
            continue
        is_share = (
            cue.label == "takeover"
            and not text[cue.span.start : cue.span.end].casefold().startswith(sells)
            and (
                _tells_share(cue.span, text)
                or _names_share(cue.span, text, code)
                or any(_leads_to(cue.span, stake, text) for stake in stakes)
            )
        )
        if is_share or (cue.label in _BUYING and _has_share_before(cue.span, text, code)):
            yield Match(cue.span, "stake")
        else:
            yield cue


def with_described(cues: Iterable[Match], text: str, code: str) -> list[Match]:
    """The cues in order, and words such as "the company" with an adjective between: "das Kieler Unternehmen".

    The articles are those that a language has under `article` of [locals].
    """
    pattern, labels = _described(code)
    if pattern is None:
        return list(cues)
    found = (
        Match(Span(*match.span()), labels[f"{match[1]} {match[2]}".casefold()])
        for match in pattern.finditer(text)
        if f"{match[1]} {match[2]}".casefold() in labels
    )
    return sorted(chain(cues, found), key=lambda cue: cue.span)


@cache
def _described(code: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """An article, an adjective and a noun, and the labels of the phrases without the adjective."""
    language = load_language(code)
    articles = frozenset(language.locals.get("article", ()))
    labels = {
        phrase: "company"
        for phrase in language.cues.get("company", ())
        if phrase.count(" ") == 1 and phrase.partition(" ")[0] in articles and "*" not in phrase
    }
    if not labels:
        return None, {}
    firsts, nouns = ("|".join(map(re.escape, sorted({p.split(" ")[n] for p in labels}))) for n in (0, 1))
    adjectives = "|".join(map(re.escape, language.locals.get("adjective_ending", ("",))))
    between = rf"[^\W\d_]{{3,}}(?:{adjectives})"
    if "adjective" in language.locals:
        # "The Oslo-based firm", "the German cloud operator", but "the Nordic Fund" is a name.
        words = "|".join(map(re.escape, language.locals["adjective"]))
        large = r"(?-i:(?![a-zß-ÿ])[^\W\d_])[\w.-]+"
        between, nouns = rf"(?:{large}|{words})(?: (?:{large}|{words})){{0,2}}", f"(?-i:{nouns})"
    return re.compile(rf"(?<![\w-])({firsts}) {between} ({nouns})(?![\w-])", re.IGNORECASE), labels


def with_parted(cues: Iterable[Match], text: str, code: str) -> list[Match]:
    """The cues in order, and verbs whose particle ends their clause: "stelt de bouw van het datacenter uit".

    The particles are those that a language has under `particle` of [locals]; the verbs stand with them as cues that
    somebody delays, cancels or takes over.

    >>> [m.label for m in with_parted([], "Acme stelt de bouw van een datacenter uit.", "nl")]
    ['delay']
    """
    pattern, labels = _parted(code)
    if pattern is None:
        return list(cues)
    found = [
        Match(Span(*match.span(1)), labels[f"{match[1]} {match[2]}".casefold()])
        for match in pattern.finditer(text)
        if f"{match[1]} {match[2]}".casefold() in labels
    ]
    if not found:
        return list(cues)
    verbs = [match.span for match in found]
    kept = (cue for cue in cues if not any(cue.span.overlaps(verb) for verb in verbs))
    return sorted(chain(kept, found), key=lambda cue: cue.span)


@cache
def _parted(code: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """A verb and the particle that ends its clause, and the labels of both together."""
    language = load_language(code)
    particles = frozenset(language.locals.get("particle", ()))
    labels = {
        phrase: label
        for label in _TURNING
        for phrase in language.cues.get(label, ())
        if phrase.count(" ") == 1 and phrase.partition(" ")[2] in particles and "*" not in phrase
    }
    if not labels:
        return None, {}
    verbs, ends = ("|".join(map(re.escape, sorted({p.split(" ")[n] for p in labels}))) for n in (0, 1))
    words = load_name_words(code)
    # What opens another phrase: behind a preposition, or before one, a particle is none of its own.
    behind = "|".join(map(re.escape, sorted(words.words("and").whole | words.words("at").whole)))
    between = rf"(?: (?!(?:{verbs})\b)[^\s.;:!?()]+){{1,{_CLAUSE}}}?"
    return re.compile(rf"(?<![\w-])({verbs}){between} ({ends})(?=[.,;:!?)\n]|$| (?:{behind})\b)", re.IGNORECASE), labels


def _leads_to(span: Span, stake: Span, text: str) -> bool:
    """Whether a word for a share stands soon behind, and no name or mark before it: "bought a minority stake"."""
    between = text[span.end : stake.start]
    if not 0 < len(between) <= _SOON or _WHOLE in between or any(stop in between for stop in (*_STOPS, ",")):
        return False
    return not any(word[0].isupper() for word in between.split())


def _tells_share(span: Span, text: str) -> bool:
    behind, before = text[span.end : span.end + _BEHIND], text[max(0, span.start - _BEFORE) : span.start]
    found = _PERCENT.search(behind)
    if found is not None and not any(stop in behind[: found.start()] for stop in _STOPS):
        return True
    found = _PERCENT.search(before)
    return found is not None and not any(stop in before[found.end() :] for stop in _STOPS)


def _names_share(span: Span, text: str, code: str) -> bool:
    """Whether a word for a share stands behind: "kupil 30-odstotni delež", but not of all of a company."""
    behind = text[span.end : span.end + _OBJECT]
    found = next(_shares(code).find(behind), None)
    if found is None:
        return False
    between = behind[: found.span.start]
    return not any(stop in between for stop in _STOPS) and _WHOLE not in between


def _land_bought(span: Span, text: str, code: str) -> Span | None:
    """The piece of land that is bought, on which something may be built: "kauft ein Grundstück"."""
    behind = text[span.end : span.end + _OBJECT]
    found = next(_lands(code).find(behind), None)
    if found is None or any(stop in behind[: found.span.start] for stop in _STOPS):
        return None
    return Span(found.span.start + span.end, found.span.end + span.end)


def _has_price(land: Span, text: str, sums: Sequence[Span], cues: Iterable[Match]) -> bool:
    """Whether a sum follows on some land in its clause, and nothing that is built or paid for comes before it."""
    price = next((span for span in sums if span.start >= land.end), None)
    if price is None or any(stop in text[land.end : price.start] for stop in (*_STOPS, ",")):
        return False
    return not any(cue.label in _PUT_THERE and land.end <= cue.span.start < price.start for cue in cues)


def _covers_sum(span: Span, text: str, code: str) -> bool:
    """Whether a verb that means paying as well has a sum for its object: "Acme übernimmt 8 Millionen Euro"."""
    if text[span.start : span.end].casefold() not in load_language(code).flow.get("covers", ()):
        return False
    amount = _AMOUNT.match(text, span.end)
    if amount is not None and not set(amount[1].casefold().split()).intersection(load_language(code).cues["into_it"]):
        return True
    behind, before = text[span.end : span.end + _OBJECT], text[max(0, span.start - _AHEAD) : span.start]
    ahead, after = re.split(r"[.,;:]", before)[-1], re.split(r"[.;:]|, ", behind)[0]
    return any(next(_dues(code).find(words), None) is not None for words in (ahead, after))


@cache
def _dues(code: str) -> PhraseMatcher:
    """What is paid and not bought: what is left of a sum, half of it, the costs."""
    return PhraseMatcher({"dues": load_language(code).flow.get("dues", ())})


@cache
def _lands(code: str) -> PhraseMatcher:
    return PhraseMatcher({"land": load_language(code).flow.get("land", ())})


def _has_share_before(span: Span, text: str, code: str) -> bool:
    """Whether a word for a share, not for all of a company, stands before a last verb: "株式を20億円で取得"."""
    buys = load_language(code).flow.get("buys", ())
    if not any(verb in text[span.start : span.end] for verb in buys):
        return False
    before = text[max(0, span.start - _AHEAD) : span.start]
    found = list(_shares_before(code).find(before))
    if not found or any(match.label == "whole" for match in found):
        return False
    return not any(stop in before[found[-1].span.end :] for stop in _ENDS)


@cache
def _shares_before(code: str) -> PhraseMatcher:
    flow = load_language(code).flow
    return PhraseMatcher({"share": flow.get("share_before", ()), "whole": flow.get("whole_before", ())})


@cache
def _shares(code: str) -> PhraseMatcher:
    return PhraseMatcher({"share": load_language(code).flow.get("share", ())})


def _is_within(span: Span, wholes: Sequence[Span]) -> bool:
    """Whether one of several spans, in order, holds another."""
    n = bisect_right(wholes, span.start, key=lambda whole: whole.start) - 1
    return n >= 0 and wholes[n].contains(span)
