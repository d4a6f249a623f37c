"""A document with everything that was found in it, ready to be put together."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from pledgebook.domain import Document, Mention, MentionKind, PartyKind, Sentence, Span
from pledgebook.extract.claims.cues import (
    around_names,
    told_cues,
    with_described,
    with_parted,
    with_stakes,
    without_estimates,
)
from pledgebook.extract.claims.home import find_home, find_land, newsrooms
from pledgebook.extract.mentions import find_dates, find_money, find_organisations, find_places, find_quantities
from pledgebook.extract.mentions.bare import find_bare_sums
from pledgebook.extract.mentions.elided import find_elided_sums
from pledgebook.extract.mentions.organisations_context import CAPITALS
from pledgebook.extract.mentions.shares import find_shares
from pledgebook.extract.mentions.tables import Row, find_tables
from pledgebook.extract.mentions.tables_figures import column_counts, column_sums
from pledgebook.extract.mentions.tables_names import read_rows
from pledgebook.lexicon.language import Language, load_language
from pledgebook.lexicon.matcher import Match, PhraseMatcher, fold, unspaced_runs
from pledgebook.lexicon.organisations import load_governed

_LETTERS_PER_WORD = 6.0
_CHARACTERS_PER_WORD = 2.0
_OPENER_WORDS = 6


@dataclass(frozen=True, slots=True)
class Scene:
    """All mentions of one document by kind, each list in the order of the text and none in the page's noise.

    `names` are words with capitals of which nothing else tells that they name an organisation. `unit` is how many
    characters make a word, so that distances compare across scripts. `title` is the index of the sentence that is the
    headline, or -1; `sections` gives, for every sentence, the index of the heading it stands under, or -1.
    `drift` says what else the document is about; `cue_starts` and `purpose_starts` are where their words begin,
    `newsrooms` the countries in which it may have been written, `rows` those of its tables. `kept` is what was worked
    out of it before (see once).
    """

    document: Document
    text: str
    language: Language
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    sections: tuple[int, ...]
    title: int
    unit: float
    money: tuple[Mention, ...]
    quantities: tuple[Mention, ...]
    dates: tuple[Mention, ...]
    places: tuple[Mention, ...]
    organisations: tuple[Mention, ...]
    names: tuple[Mention, ...]
    cues: tuple[Match, ...]
    purposes: tuple[Match, ...]
    drift: tuple[str, ...] = ()
    cue_starts: tuple[int, ...] = ()
    purpose_starts: tuple[int, ...] = ()
    newsrooms: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    # For every character the sentence that holds it, and for every sentence the first of its paragraph.
    _holders: Sequence[int] = field(init=False, repr=False, compare=False)
    _openers: Sequence[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        holders = array("i", [-1]) * (len(self.text) + 1)
        openers: list[int] = []
        for n, sentence in enumerate(self.sentences):
            holders[sentence.span.start : sentence.span.end] = array("i", [n]) * len(sentence.span)
            goes_on = n > 0 and self.sentences[n - 1].paragraph == sentence.paragraph
            openers.append(openers[-1] if goes_on else n)
        object.__setattr__(self, "_holders", holders)
        object.__setattr__(self, "_openers", openers)

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds `offset`, -1 where none does."""
        return self._holders[offset] if 0 <= offset < len(self._holders) else -1

    def paragraph_start(self, sentence: int) -> int:
        """Index of the sentence that opens the paragraph of another."""
        return self._openers[sentence]

    def words_between(self, one: int, other: int) -> float:
        """How many words lie between two offsets."""
        return abs(one - other) / self.unit

    def cues_in(self, start: int, end: int) -> Sequence[Match]:
        """The cues that begin between two offsets."""
        return self.cues[bisect_left(self.cue_starts, start) : bisect_left(self.cue_starts, end)]

    def purposes_in(self, start: int, end: int) -> Sequence[Match]:
        """The words for purposes that begin between two offsets."""
        return self.purposes[bisect_left(self.purpose_starts, start) : bisect_left(self.purpose_starts, end)]

    def cues_of(self, sentence: int) -> Sequence[Match]:
        """The cues of a sentence."""
        key = ("cues", sentence)
        found: Sequence[Match] | None = self.kept.get(key)
        if found is None:
            span = self.sentences[sentence].span
            found = self.kept[key] = self.cues_in(span.start, span.end)
        return found

    def purposes_of(self, sentence: int) -> Sequence[Match]:
        """The words for purposes in a sentence."""
        span = self.sentences[sentence].span
        return self.purposes_in(span.start, span.end)

    def row_at(self, offset: int) -> Row | None:
        """The row of a table in which an offset stands."""
        n = bisect_right(self.rows, offset, key=lambda row: row.span.start) - 1
        return self.rows[n] if n >= 0 and offset < self.rows[n].span.end else None

    def names_in(self, span: Span) -> bool:
        """Whether a stretch names a company or another body that is no government."""
        return any(
            span.overlaps(mention.span)
            for mention in self.organisations
            if mention.party is not None and mention.party.kind is not PartyKind.GOVERNMENT
        )

    def has_place(self, sentence: int) -> bool:
        """Whether a sentence names a place."""
        span = self.sentences[sentence].span
        return any(span.start <= place.span.start < span.end for place in self.places)


def _lands_governed(called: Sequence[Mention]) -> Iterator[Mention]:
    """The governments that a text names as places of the lands that they govern: their money is the land's."""
    governed = load_governed()
    for mention in called:
        if mention.party is not None and mention.party.kind is PartyKind.GOVERNMENT and mention.party.name in governed:
            yield replace(mention, place=governed[mention.party.name])


@cache
def _matchers(code: str) -> tuple[PhraseMatcher, PhraseMatcher]:
    language = load_language(code)
    return PhraseMatcher(language.cues), PhraseMatcher(language.purposes)


def read_scene(document: Document, *, text: str | None = None) -> Scene:
    """The scene of a document. `text` is what is read instead of the document's own, offset by offset, if given."""
    text = document.text if text is None else text
    language = load_language(document.language)
    sentences = document.sentences
    starts = tuple(sentence.span.start for sentence in sentences)
    cue_matcher, purpose_matcher = _matchers(document.language)
    folded = fold(text)
    places = _kept(find_places(text, language), sentences, starts)
    home, tables = find_home(document, text, places, language), find_tables(text)
    called = find_organisations(text, language, doubtful=True)
    lands = [*places, *_lands_governed(called)]
    sums = find_money(text, language, country=home, places=lands)
    sums += _apart(column_sums(text, language, tables, country=home), [mention.span for mention in sums])
    sums.sort(key=lambda mention: mention.span)
    counts = find_quantities(text, language)
    counts += _apart(column_counts(text, language, tables), [mention.span for mention in counts])
    counted = _kept(sorted(counts, key=lambda mention: mention.span), sentences, starts)
    # "a million people" is no million of money, though the currency was named before.
    land = home if sums else find_land(document, places, language) or home
    bare_sums = find_bare_sums(text, language, sums, country=land, places=lands)
    bare = _apart(bare_sums, [mention.span for mention in counted])
    told = sorted([*sums, *bare], key=lambda mention: mention.span)
    days = find_dates(text, language, published=document.published)
    told += find_elided_sums(
        text,
        language,
        told,
        [mention for mention in called if mention.reason != CAPITALS],
        [mention.span for mention in (*counted, *days)],
        sentences,
    )
    told.sort(key=lambda mention: mention.span)
    told += find_shares(text, language, told, [mention.span for mention in counted], sentences)
    money = _kept(sorted(told, key=lambda mention: mention.span), sentences, starts)
    taken = [mention.span for mention in money]
    # "8 billion Norwegian kroner" behind a sum in euros says nothing of Norway.
    restated = [mention.parts["also"] for mention in money if "also" in mention.parts]
    quantities = _apart(counted, taken)
    # "US$" is no state and "francs CFA" no firm.
    found = _apart(_kept(called, sentences, starts), taken, Span.contains)
    rows, named = read_rows(text, language, tables, found, places)
    organisations = tuple(mention for mention in named if mention.reason != CAPITALS)
    dates = _apart(_kept(days, sentences, starts), taken)
    unspaced = sum(map(len, unspaced_runs(text[:2000])))
    found_cues = around_names(
        cue_matcher.find(text, folded=folded), [mention.span for mention in organisations], text, cue_matcher
    )
    stakes = with_stakes(with_parted(found_cues, text, language.code), text, language.code, taken)
    cues = tuple(
        told_cues(
            without_estimates(with_described(stakes, text, language.code), text),
            names=[place.span for place in places],
            dates=[date.span for date in dates],
            sums=taken,
        )
    )
    purposes = tuple(purpose_matcher.find(text, folded=folded))
    return Scene(
        document=document,
        text=text,
        language=language,
        sentences=sentences,
        starts=starts,
        sections=_sections(sentences, text),
        title=_title(document, text),
        unit=_CHARACTERS_PER_WORD if unspaced * 4 > len(text[:2000]) else _LETTERS_PER_WORD,
        money=money,
        quantities=quantities,
        dates=dates,
        places=_apart(
            _apart(
                _apart(_apart(places, [m.span for m in dates]), taken, Span.contains), sorted(restated), Span.contains
            ),
            [m.span for m in organisations if m.kind is MentionKind.ORGANISATION and m.score >= 0.5],
        ),
        organisations=organisations,
        names=tuple(mention for mention in named if mention.reason == CAPITALS),
        cues=cues,
        purposes=purposes,
        drift=tuple(_drift(cues)),
        cue_starts=tuple(cue.span.start for cue in cues),
        purpose_starts=tuple(word.span.start for word in purposes),
        newsrooms=newsrooms(document, language),
        rows=tuple(rows),
    )


_OFF_TOPIC = frozenset(
    (
        "fine",
        "earnings",
        "valuation",
        "forecast",
        "takeover",
        "crime",
        "price",
        "purchase",
        "trade",
        "public_budget",
        "gdp",
        "debt",
        "stake",
    )
)


def _drift(cues: Iterable[Match]) -> Iterator[str]:
    """What else the document is about: the context words that it has more of than of investing."""
    counts: dict[str, int] = {}
    for cue in cues:
        counts[cue.label] = counts.get(cue.label, 0) + 1
    invest = counts.get("invest", 0)
    for label in sorted(_OFF_TOPIC):
        count = counts.get(label, 0)
        if count >= 3:
            yield f"drift:{label}" if count > invest else f"touch:{label}"


def _sections(sentences: Sequence[Sentence], text: str) -> tuple[int, ...]:
    """For every sentence the heading it stands under: a line of its own, or the few words that open its paragraph."""
    found: list[int] = []
    heading = opener = -1
    for n, sentence in enumerate(sentences):
        if sentence.is_heading:
            heading = n
        starts = n == 0 or sentences[n - 1].paragraph != sentence.paragraph
        goes_on = n + 1 < len(sentences) and sentences[n + 1].paragraph == sentence.paragraph
        if starts:
            short = len(sentence.span.of(text).split()) <= _OPENER_WORDS
            opener = n if short and goes_on and not sentence.is_heading else -1
        found.append(opener if opener >= 0 else heading)
    return tuple(found)


def _kept(mentions: Iterable[Mention], sentences: Sequence[Sentence], starts: Sequence[int]) -> tuple[Mention, ...]:
    """The mentions that stand in a sentence: the others are in menus and teasers."""

    def stands(span: Span) -> bool:
        n = bisect_right(starts, span.start) - 1
        return n >= 0 and span.start < sentences[n].span.end

    return tuple(mention for mention in mentions if stands(mention.span))


def _apart(
    mentions: Iterable[Mention], taken: Sequence[Span], takes: Callable[[Span, Span], bool] = Span.overlaps
) -> tuple[Mention, ...]:
    """The mentions that no one of the `taken` spans (sorted, apart from each other) takes: shares a character with."""
    starts = [span.start for span in taken]

    def free(span: Span) -> bool:
        n = bisect_left(starts, span.end)
        return n == 0 or not takes(taken[n - 1], span)

    return tuple(mention for mention in mentions if free(mention.span))


def _title(document: Document, text: str) -> int:
    if document.title is None:
        return -1
    wanted = document.title.split()
    for n, sentence in enumerate(document.sentences[:12]):
        if sentence.is_heading and sentence.span.of(text).split() == wanted:
            return n
    return next((n for n, sentence in enumerate(document.sentences[:6]) if sentence.is_heading), -1)


def paragraph_of(scene: Scene, sentence: int) -> Iterator[int]:
    """Indexes of the sentences that share the paragraph of `sentence`, in order."""
    wanted, first = scene.sentences[sentence].paragraph, scene.paragraph_start(sentence)
    while first < len(scene.sentences) and scene.sentences[first].paragraph == wanted:
        yield first
        first += 1
