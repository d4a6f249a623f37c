"""Which way money goes: what the words around a sum say of who gives it and who is given it."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Anchor
from pledgebook.extract.claims.cues import NOTHING
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_runs import introduces
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import Match, PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import load_countries, load_name_words

_ARTICLE = 5
# Words between a mark and a name that only say what it is.
_DESCRIBED, _DESCRIPTION = 4, 60
_HYPHENS = ("-", "‑")
# Around an article: "de l'État".
_ELIDED = " \u00a0'’"
_LAST = 2
_LONGEST_PREFIX = 3
_QUOTED = " „“”«»\"'"
# What a government pays where it permits something as well.
_GRANTS = frozenset(("grant", "support", "debt"))
_ALONG = "along"
_SILENT = frozenset((_ALONG, NOTHING))


class Flow(NamedTuple):
    """The words of a sentence that tell which way money goes: its verbs, and what marks who gives and is given.

    `anyone` are the words for investors whom nobody names, `leads` those for leading and joining a round of funding,
    `someone` those for one whom only the next sentence names, `turned` the verbs whose subject may stand behind them,
    `taken` the words of taking right behind which stands who gives ("Acme 获 Bolt 补助"), `licenses` those for
    permitting what whoever is named behind them invests. Behind a verb of `borrows` and its sum the first mark for
    who is given something marks who gives it.
    """

    verbs: tuple[Match, ...]
    marks: tuple[Match, ...]
    anyone: tuple[Match, ...]
    leads: tuple[Match, ...]
    someone: tuple[Match, ...]
    turned: tuple[Match, ...]
    taken: tuple[Match, ...]
    borrows: tuple[Match, ...]
    licenses: tuple[Match, ...]


@cache
def _matchers(code: str) -> tuple[PhraseMatcher, ...]:
    flow = load_language(code).flow
    marks = {label: flow[label] for label in ("from", "to") if label in flow}
    return (
        PhraseMatcher({label: flow[label] for label in ("takes", "gives", NOTHING) if label in flow}),
        PhraseMatcher({**marks, _ALONG: _words_for_along(code, marks)}),
        PhraseMatcher({label: flow[label] for label in ("anyone",) if label in flow}),
        PhraseMatcher({label: flow[label] for label in ("leads", "leads_behind") if label in flow}),
        PhraseMatcher({label: flow[label] for label in ("someone",) if label in flow}),
        PhraseMatcher({label: flow[label] for label in ("turned",) if label in flow}),
        PhraseMatcher({label: flow[label] for label in ("takes_of",) if label in flow}),
        PhraseMatcher({label: flow[label] for label in ("borrows",) if label in flow}),
        PhraseMatcher({label: flow[label] for label in ("licenses",) if label in flow}),
    )


def _words_for_along(code: str, marks: Mapping[str, Sequence[str]]) -> list[str]:
    """The words for going along that end with a mark, which then says nothing: "insieme a", "junto a"."""
    told = {mark for several in marks.values() for mark in several}
    words = load_language(code).cues.get("with_it", ())
    return [word for word in words if " " in word and "*" not in word and word not in told]


@cache
def flow_words(code: str, *labels: str) -> PhraseMatcher | None:
    """The words that a language has under some labels, None where it has none."""
    flow = load_language(code).flow
    words = {label: flow[label] for label in labels if flow.get(label)}
    return PhraseMatcher(words) if words else None


@once
def flow_of(scene: Scene, sentence: int) -> Flow:
    """The words of a sentence that tell which way money goes."""
    bounds = scene.sentences[sentence].span
    words = bounds.of(scene.text)
    found = [
        tuple(
            Match(Span(m.span.start + bounds.start, m.span.end + bounds.start), m.label)
            for m in matcher.find(words)
            # "Acme-backed" is no verb.
            if m.label not in _SILENT and words[m.span.start - 1 : m.span.start] not in _HYPHENS
            if not (m.label in ("takes", "gives") and _is_sort(words, m.span, scene.language.code))
            # Hungarian "be" is a verb's particle, "Szegedbe" is where something goes.
            if m.span.of(words).casefold() not in _bare_endings(scene.language.code)
        )
        for matcher in _matchers(scene.document.language)
    ]
    flow = Flow(*found)
    return flow._replace(marks=_with_lenders(scene, bounds, flow.marks, flow.borrows)) if flow.borrows else flow


@cache
def _bare_endings(code: str) -> frozenset[str]:
    """The endings of words that mark who gives and who is given, which alone are other words."""
    told = {mark for label in ("from", "to") for mark in load_language(code).flow.get(label, ())}
    return frozenset(mark[1:] for mark in told if mark.startswith("*")) - told


def _with_lenders(scene: Scene, bounds: Span, marks: tuple[Match, ...], verbs: Sequence[Match]) -> tuple[Match, ...]:
    """The marks of a sentence, that of who lends told as one of giving: "Acme emprunte 3 millions à la banque Bolt"."""
    for verb in verbs:
        ends = [m.span.end for m in scene.money if verb.span.end <= m.span.start < bounds.end]
        lender = next((m for m in marks if ends and m.label == "to" and m.span.start >= ends[0]), None)
        if lender is not None and not scene.text[ends[0] : lender.span.start].strip():
            marks = tuple(Match(m.span, "from") if m is lender else m for m in marks)
    return marks


def _is_sort(words: str, span: Span, code: str) -> bool:
    """Whether what may be a verb says what sort of company a name is: "the Emirati fund Acme", "a Danish fund"."""
    if skeleton(span.of(words)) not in load_name_words(code).words("introduce"):
        return False
    before = [skeleton(word) for word in words[: span.start].split()[-1:]]
    articles, countries = load_name_types().articles, load_countries(code)
    return bool(before) and (before[-1] in articles or countries.adjective(before[-1]) is not None)


def taking(scene: Scene, sentence: int) -> list[Span]:
    """The verbs of taking money in a sentence."""
    return [verb.span for verb in flow_of(scene, sentence).verbs if verb.label == "takes"]


def giving(scene: Scene, sentence: int) -> list[Span]:
    """The verbs of giving money in a sentence: not those by which something is allowed, "gave Acme the green light"."""
    verbs = [verb.span for verb in flow_of(scene, sentence).verbs if verb.label == "gives"]
    allowed = approving(scene, sentence) if verbs else ()
    sums = [mention.span.start for mention in scene.money] if allowed else []
    return [
        verb
        for verb in verbs
        if not any(
            verb.start <= words.end and not any(verb.end <= start < words.start for start in sums) for words in allowed
        )
    ]


@once
def approving(scene: Scene, sentence: int) -> list[Span]:
    """The words of a sentence for allowing what another pays, but where they are part of giving: "approved a loan"."""
    matcher, bounds = flow_words(scene.language.code, "approves", "permits"), scene.sentences[sentence].span
    matches = matcher.find(bounds.of(scene.text)) if matcher is not None else ()
    found = [Span(match.span.start + bounds.start, match.span.end + bounds.start) for match in matches]
    gives = [verb.span for verb in flow_of(scene, sentence).verbs if verb.label == "gives"] if found else []
    return [words for words in found if not any(verb.contains(words) and verb != words for verb in gives)]


def turned(scene: Scene, sentence: int) -> list[Span]:
    """The verbs of giving in a sentence behind which their subject may stand: "500 milionů zaplatí Acme"."""
    return [verb.span for verb in flow_of(scene, sentence).turned]


def borrowing(scene: Scene, sentence: int) -> list[Span]:
    """The verbs of borrowing in a sentence, behind whose sum the first word for "to" names who lends."""
    return [verb.span for verb in flow_of(scene, sentence).borrows]


@once
def only_permits(scene: Scene, sentence: int) -> bool:
    """Whether a sentence tells that something may be built, and of no grant: "the council gave Acme a permit"."""
    bounds = scene.sentences[sentence].span
    permits = flow_words(scene.language.code, "permits")
    if permits is None or next(permits.find(bounds.of(scene.text)), None) is None:
        return False
    return not any(cue.label in _GRANTS and bounds.contains(cue.span) for cue in scene.cues)


def subject_verbs(scene: Scene, sentence: int) -> list[Span]:
    """The verbs of taking whose subject may stand behind them: not "financed by"."""
    givers = set(scene.language.flow.get("from", ()))
    return [verb for verb in taking(scene, sentence) if verb.of(scene.text).casefold().split()[-1] not in givers]


def given_by_ending(scene: Scene, sentence: int, names: Sequence[Span]) -> list[Span]:
    """Which of the names in a sentence with a verb of giving have an ending that says to whom: "Uniwersytetowi"."""
    flow = flow_of(scene, sentence)
    endings = _ending_marks(scene.language.code)
    if endings is None or all(verb.label != "gives" for verb in flow.verbs):
        return []
    marks = [mark.span for mark in flow.marks if mark.label == "to"]
    called = {m.span: m.party.name for m in scene.organisations if m.party is not None}
    return [
        name
        for name in names
        if any(
            (mark.start == name.start and mark.end <= name.end)
            or (name.start < mark.start and mark.end == name.end and not _ends_alike(name.of(scene.text), called[name]))
            for mark in marks
            if name in called
        )
        and not any(mark.label == "from" and 0 <= name.start - mark.span.end <= 1 for mark in flow.marks)
        and endings.find(name.of(scene.text))
    ]


def given_by_word(scene: Scene, sentence: int, names: Sequence[Span]) -> list[Span]:
    """Which of the names in a sentence have a word right behind them that says to whom, before its verb: "एक्मे को".

    Where all verbs are of taking, so are those given it who act: "एक्मे ने गेट से 3 लाख जुटाए".
    """
    bounds, verbs = scene.sentences[sentence].span, flow_of(scene, sentence).verbs
    words = flow_words(scene.language.code, "to_behind", "acts_behind")
    if words is None or not verbs:
        return []
    takes = all(verb.label == "takes" for verb in verbs)
    found = [match for match in words.find(bounds.of(scene.text)) if takes or match.label == "to_behind"]
    marks, last = {bounds.start + match.span.start for match in found}, max(verb.span.start for verb in verbs)
    return [name for name in names if name.end + 1 in marks and name.end < last]


def given_by_noun(scene: Scene, sentence: int, names: Sequence[Span]) -> list[Span]:
    """Which of the names in a sentence with a verb of giving stand behind a noun in a case that says to whom.

    "Przyznano spółce Acme 3 mln zł"; but not "w spółce Acme", where that case says where. In languages whose articles
    have cases these tell it: "gibt dem Kieler Start-up Acme 3 Millionen Euro".
    """
    code = scene.language.code
    nouns, articles = flow_words(code, "to_noun"), scene.language.flow.get("to_article", ())
    if (nouns is None and not articles) or not names:
        return []
    if all(verb.label != "gives" for verb in flow_of(scene, sentence).verbs):
        return []
    bounds, others = scene.sentences[sentence].span, _not_to(code)
    words = bounds.of(scene.text)
    ends: set[int] = set()
    for noun in nouns.find(words) if nouns is not None else ():
        before = words[: noun.span.start].casefold().split()
        if not before or before[-1] not in others:
            ends |= {noun.span.end, noun.span.start + noun.span.of(words).rfind(" ")}  # "der Stiftung Hafen KI"
    ahead = {name: words[: name.start - bounds.start].rstrip(_QUOTED) for name in names}
    return [name for name, text in ahead.items() if len(text) in ends or (articles and _is_behind(text, code))]


@cache
def _not_to(code: str) -> frozenset[str]:
    """The words before a case that say something else by it than to whom: "mit dem Start-up Acme"."""
    language = load_language(code)
    phrases = (*language.cues.get("with_it", ()), *language.cues.get("into_it", ()), *language.flow.get("aside", ()))
    prepositions = (*language.cues.get("by_it", ()), *language.flow.get("from", ()))
    words = {phrase.split()[-1].casefold() for phrase in (*phrases, *prepositions)}
    return load_name_words(code).words("at").whole | words - {*language.locals.get("article", ())}


def _is_behind(ahead: str, code: str) -> bool:
    """Whether what stands before a name ends with an article for whom, and words for what its bearer is."""
    language, introducers = load_language(code), load_name_words(code).words("introduce")
    articles, all_articles = language.flow.get("to_article", ()), language.locals.get("article", ())
    words = ahead.split()
    for back in range(1, min(_DESCRIBED, len(words)) + 1):
        word = words[-back]
        if word in articles:
            between, before = words[len(words) - back + 1 :], words[-back - 1 : -back]
            noun = skeleton(between[-1]) if between else ""
            is_noun = noun in ("", *introducers.whole) or noun.endswith("-") or introduces(noun, introducers)
            return is_noun and not (before and before[0].casefold() in _not_to(code))
        if not word.replace("-", "").isalpha() or word in all_articles:
            return False
    return False


def is_from(scene: Scene, span: Span, name: Span) -> bool:
    """Whether a stretch before a name has words that mark who gives, or the name an ending that does."""
    flow = flow_of(scene, scene.sentence_at(span.start))
    froms = [mark.span for mark in flow.marks if mark.label == "from"]
    # "MFB-től": the ending is written behind the name.
    return any(
        span.contains(mark)
        or mark.end == name.end
        or (name.start <= mark.start <= name.end + 1 and mark.end > name.end)
        for mark in froms
    )


def is_from_behind(scene: Scene, name: Span) -> bool:
    """Whether a word right behind a name marks who gives: "Acme tarafından"."""
    marks = (mark.span for mark in flow_of(scene, scene.sentence_at(name.start)).marks if mark.label == "from")
    return any(mark.start >= name.end and not scene.text[name.end : mark.start].strip() for mark in marks)


def is_to(scene: Scene, name: Span) -> bool:
    """Whether a word right before a name says that it is given something."""
    marks = (mark.span for mark in flow_of(scene, scene.sentence_at(name.start)).marks if mark.label == "to")
    return any(mark.end <= name.start and not scene.text[mark.end : name.start].strip() for mark in marks)


def opening_to(scene: Scene, sentence: int) -> Span | None:
    """The word that says who is given something where it opens a sentence."""
    start = scene.sentences[sentence].span.start
    marks = (mark.span for mark in flow_of(scene, sentence).marks if mark.label == "to")
    return max((mark for mark in marks if mark.start == start), key=lambda mark: mark.end, default=None)


@cache
def _ending_marks(code: str) -> PhraseMatcher | None:
    """The endings that say who is given something, where a language has them."""
    endings = [mark for mark in load_language(code).flow.get("to", ()) if mark.startswith("*")]
    return PhraseMatcher({"to": endings}) if endings else None


def mark_of(scene: Scene, anchor: Anchor, name: str) -> str:
    """How one who is named is marked: "from" as who gives, "to" as who is given, "bare" not at all."""
    return mark_among(scene, flow_of(scene, anchor.sentence).marks, anchor, name)


def leading(scene: Scene, sentence: int) -> list[Span]:
    """The words for leading a round of funding in a sentence, and for joining one."""
    return [word.span for word in flow_of(scene, sentence).leads]


def leading_behind(scene: Scene, sentence: int) -> list[Span]:
    """Those of them that stand behind whoever leads or joins: "由阿里巴巴领投"."""
    return [word.span for word in flow_of(scene, sentence).leads if word.label == "leads_behind"]


def taking_of(scene: Scene, sentence: int) -> list[Span]:
    """The words of taking in a sentence right behind which stands who gives."""
    return [word.span for word in flow_of(scene, sentence).taken]


def licensing(scene: Scene, sentence: int) -> list[Span]:
    """The words in a sentence for permitting what whoever is named behind them invests."""
    return [word.span for word in flow_of(scene, sentence).licenses]


@once
def attracting(scene: Scene, sentence: int) -> list[Span]:
    """The words in a sentence for what a government does that gets others to invest: it attracts them, or permits it.

    Of those languages that tell by the order of words who acts.
    """
    flow = scene.language.flow
    matcher = (
        flow_words(scene.language.code, "attracts", "licenses") if "attracts" in flow and "given" not in flow else None
    )
    bounds = scene.sentences[sentence].span
    found = matcher.find(bounds.of(scene.text)) if matcher is not None else ()
    return [Span(match.span.start + bounds.start, match.span.end + bounds.start) for match in found]


def is_giver(scene: Scene, anchor: Anchor, name: str) -> bool:
    """Whether an actor is marked as one who gives, or named behind words for leading a round or joining it."""
    words = flow_of(scene, anchor.sentence)
    joins = any(word.span.end <= anchor.span.start for word in words.leads)
    return joins or is_marked(scene, anchor, name, "from")


def is_marked(scene: Scene, anchor: Anchor, name: str, label: str) -> bool:
    """Whether an actor is marked as one who gives ("from") or is given ("to")."""
    return mark_of(scene, anchor, name) == label


def is_right_from(scene: Scene, span: Span, anchor: Anchor) -> bool:
    """Whether nothing but a mark of who gives and an article stand between a sum and a name: "3 million from Acme".

    Words for a part may stand before the mark ("15 dei quali a carico di Acea"), and the mark may be the first word of
    who is no name ("7 a carico dell'ateneo").
    """
    parts = [cue.span for cue in scene.cues_in(span.end, anchor.span.start) if cue.label == "part"]
    ends = (span.end, *(part.end for part in parts if not scene.text[span.end : part.start].strip()))
    for mark in flow_of(scene, anchor.sentence).marks:
        start = mark.span.start
        if mark.label != "from" or not any(end <= start and not scene.text[end:start].strip() for end in ends):
            continue
        if anchor.kind == "pronoun" and mark.span.start == anchor.span.start and mark.span.end < anchor.span.end:
            return True
        if mark.span.start >= span.end and mark.span.end <= anchor.span.start:
            article = scene.text[mark.span.end : anchor.span.start].strip(_ELIDED)
            if len(article) <= _ARTICLE - 2 and article.isalpha() | (not article):
                return True
    return False


def agents_before(scene: Scene, name: Span) -> list[Span]:
    """The words before a name that say by whom something is done, with no more between than what the name is."""
    agents, text = scene.language.flow.get("agents", ()), scene.text
    marks = flow_of(scene, scene.sentence_at(name.start)).marks if agents else ()
    words = [m.span for m in marks if m.span.end <= name.start and m.span.of(text).casefold() in agents]
    ahead = [Span(word.end, name.start) for word in words]
    return [
        word
        for word, between in zip(words, ahead, strict=True)
        if not between.of(text).strip(_ELIDED) or _only_describes(scene, between)
    ]


def someone(scene: Scene, sentence: int) -> bool:
    """Whether a sentence tells of somebody without a name, whom the next one may name: "a developer"."""
    return bool(flow_of(scene, sentence).someone)


def mark_among(scene: Scene, marks: Sequence[Match], anchor: Anchor, name: str) -> str:
    """Whether an actor is marked as giver ("from Acme") or as the one who is given ("to Acme")."""
    start, end = anchor.span.start, anchor.span.end
    joined = _joined(scene.text, start, scene.language.code)
    if joined is not None:
        return joined
    for mark in marks:
        if mark.span.start < start <= mark.span.end + _ARTICLE:
            between = scene.text[mark.span.end : start]
            is_before = not any(c in between for c in ".,;:()،؛") and len(between.split()) <= 1
        else:
            told = mark.label == "from" and mark.span.end < start
            is_before = told and _only_describes(scene, Span(mark.span.end, start))
        if is_before:
            return mark.label
        if start <= mark.span.start <= end + 1 and mark.span.end > end:
            return mark.label
        if anchor.kind in ("pronoun", "plural") and mark.span.start == start and mark.span.end < end:
            return mark.label  # "dalla società", "à empresa": by or to the company
        if mark.span.end == end and mark.span.start <= start and not _ends_alike(scene.text[start:end], name):
            return mark.label
    return "bare"


def _only_describes(scene: Scene, between: Span) -> bool:
    """Whether words before a name say no more than what it is and where from: "by the US company Acme"."""
    words = [skeleton(word) for word in between.of(scene.text).split()] if len(between) <= _DESCRIPTION else []
    if not 0 < len(words) <= _DESCRIBED or any(char in between.of(scene.text) for char in ".,;:()،؛"):
        return False
    names, countries = load_name_words(scene.language.code), load_countries(scene.language.code)
    known, articles = names.words("introduce"), load_name_types().articles
    return all(w in known or w in articles or countries.adjective(w) is not None for w in words)


def _joined(text: str, start: int, code: str) -> str | None:
    """What a mark says that is written in one with the name at `start`: "لأوراكل", "לאורקל"."""
    prefixes = _prefixes(code)
    first = start
    while prefixes and first > 0 and start - first < _LONGEST_PREFIX and text[first - 1].isalpha():
        first -= 1
    before = text[first:start]
    return prefixes.get(before) or prefixes.get(before[1:])


@cache
def _prefixes(code: str) -> dict[str, str]:
    """The marks that a language writes in one with names, with what they say."""
    names, flow = load_name_words(code), load_language(code).flow
    return {mark: label for label in ("from", "to") for mark in flow.get(label, ()) if mark in names.prefixes}


def _ends_alike(word: str, name: str) -> bool:
    """Whether a name stands in a text without a case ending."""
    return word[-_LAST:].casefold() == name[-_LAST:].casefold()
