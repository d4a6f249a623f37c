"""Who is given a sum by endings, words for it, and the order of names and verbs in a language."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from pledgebook.domain import Mention, Span
from pledgebook.extract.claims.actor import Anchor
from pledgebook.extract.claims.clauses import PARTING_MARKS, is_parted, runs
from pledgebook.extract.claims.flow import (
    flow_of,
    flow_words,
    given_by_ending,
    given_by_noun,
    given_by_word,
    giving,
    is_from,
    is_to,
    mark_of,
    opening_to,
    subject_verbs,
    taking,
    taking_of,
)
from pledgebook.extract.claims.given import given_in_order
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import is_unspaced
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_DESCRIBED = 4
_SUBJECT, _SUM, _TO, _ARTICLE = 2, 8, 10, 5
# Between a word of taking and who gives: what a body is called before its land ("được chính phủ Mỹ").
_BODY = 1.5
_INTRODUCTION, _SIZE = 12, 10
_SEVERAL = 2
_INVESTING = frozenset(("invest", "complete", "stake", "grant"))
_QUOTES = "«»\"“”„'"


def told_by_form(
    scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Who is given which sum by an ending, by the order of a language whose verbs come first, or by a word for it."""
    yield from _given_first(scene, sentence, sums, names)
    by_form = (given_by_ending, given_by_word, given_by_noun)
    for name in (name for given in by_form for name in given(scene, sentence, names)):
        close = [span for span in sums if not is_parted(_between(scene, span, name))]
        if close:
            yield min(close, key=lambda span: len(_between(scene, span, name))), name
    if load_name_words(scene.language.code).verb_first:
        yield from _verb_first(scene, sentence, sums, names)
    else:
        for money in sums:
            group = given_in_order(scene, sentence, money)
            if len(group) == 1 and group[0] in names:
                yield money, group[0]
    yield from _given_alone(scene, sentence, sums, names)
    yield from _founded(scene, sentence, sums, names)
    yield from _helped(scene, sentence, sums, names)
    yield from _shared(scene, sentence, sums, names)
    if "takes_of" in scene.language.flow:
        yield from _taken_of(scene, sentence, sums, names)
        given = list(_given_ahead(scene, sentence, sums, names))
        yield from given
        yield from _listed_on(scene, dict(given), sums, names)
    for money in sums:
        company = _put_into(scene, sentence, money, names)
        if company is not None:
            yield money, company


def _given_first(
    scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Whom a sentence opens with as who is given a sum, and who gives behind: "À fabricante Acme o banco concede 3"."""
    bounds = scene.sentences[sentence].span
    mark = opening_to(scene, sentence)
    name = next((name for name in names if mark is not None and name.start >= mark.end), None)
    if mark is None or name is None or not _is_close(scene, Span(mark.end, name.start), _DESCRIBED):
        return
    money = next((span for span in sums if span.start >= name.end), None)
    verb = next((verb for verb in giving(scene, sentence) if verb.start >= name.end), None)
    if money is None or verb is None or verb.end > money.start or not _is_close(scene, Span(name.end, verb.end), _SUM):
        return
    others = (m.span for m in scene.organisations if bounds.contains(m.span) and m.party is not None)
    if any(name.end <= other.start < money.start for other in others):
        yield money, name


def _given_alone(
    scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Who alone is named in a sentence with a verb of giving, as to whom: "Of this, 3 million will go to Acme"."""
    bounds = scene.sentences[sentence].span
    parties = [m for m in scene.organisations if m.party is not None and bounds.contains(m.span)]
    if len(parties) != 1 or parties[0].span not in names or not giving(scene, sentence) or taking(scene, sentence):
        return
    name = parties[0].span
    marks = [mark.span for mark in flow_of(scene, sentence).marks if mark.label == "to"]
    ahead = [span for span in sums if span.end <= name.start]
    if ahead and (_is_joined_to(scene, sentence, parties[0]) or any(_is_right_before(mark, name) for mark in marks)):
        close: Sequence[Span] = ahead
    elif any(
        mark.of(scene.text).startswith("'") and name.start < mark.start <= name.end < mark.end + 1 for mark in marks
    ):
        close = sums
    else:
        return
    money = min(close, key=lambda span: len(_between(scene, span, name)), default=None)
    if money is not None and scene.words_between(*_gap(money, name)) <= _TO:
        yield money, name


def _shared(scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Whose share somebody buys for a sum behind it: "رفعت شركة زين حصتها في شركة نت كلاود مقابل 14 مليونا"."""
    bounds = scene.sentences[sentence].span
    parties = [m.span for m in scene.organisations if m.party is not None and bounds.contains(m.span)]
    stakes = [cue.span for cue in scene.cues_of(sentence) if cue.label == "stake"]
    marks = [mark.span for mark in flow_of(scene, sentence).marks if mark.label == "to"]
    for name in names:
        stake = max((span for span in stakes if span.end <= name.start), default=None)
        money = min((span for span in sums if span.start >= name.end), default=None)
        if stake is None or money is None or not any(_is_right_before(mark, name) for mark in marks):
            continue
        if any(stake.end <= other.start < money.start and other != name for other in parties):
            continue
        if any(other.end <= stake.start for other in parties) and not any(
            stake.start <= verb.start < name.start for verb in taking(scene, sentence)
        ):
            close = (
                scene.words_between(stake.end, name.start) <= _SUM and scene.words_between(name.end, money.start) <= _TO
            )
            if close and not is_parted(scene.text[stake.end : name.start]):
                yield money, name


def _helped(scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Who opens a sentence and does something with another's sum, by words for that right behind it.

    "Acme, Bolt'un 3 milyon liralık bağışıyla laboratuvar kuracak" (with Bolt's gift of 3 million liras).
    """
    bounds = scene.sentences[sentence].span
    parties = sorted(m.span for m in scene.organisations if m.party is not None and bounds.contains(m.span))
    if len(sums) != 1 or len(parties) != _SEVERAL or parties[0] not in names or parties[1].end > sums[0].start:
        return
    money, (name, giver) = sums[0], parties
    if scene.text[bounds.start : name.start].strip(_QUOTES) or not is_parted(scene.text[name.end : giver.start]):
        return
    marks = (mark.span for mark in flow_of(scene, sentence).marks if mark.label == "from")
    if (
        any(
            0 <= mark.start - money.end <= _ARTICLE and " " not in scene.text[money.end : mark.start].strip()
            for mark in marks
        )
        and scene.words_between(giver.end, money.start) <= 1
    ):
        yield money, name


def _is_right_before(mark: Span, name: Span) -> bool:
    """Whether no more than an article lies between a word for "to" and a name."""
    return mark.end <= name.start <= mark.end + _ARTICLE


def _is_joined_to(scene: Scene, sentence: int, mention: Mention) -> bool:
    """Whether a word for "to" is written in one with a name: "לטכניון"."""
    name = mention.span
    called = mention.party.name if mention.party is not None else ""
    is_joined = scene.text[name.start - 1 : name.start].isalpha() and not is_unspaced(scene.text[name.start])
    return is_joined and mark_of(scene, Anchor(name, sentence, "name"), called) == "to"


def _gap(one: Span, other: Span) -> tuple[int, int]:
    first, second = sorted((one, other))
    return first.end, second.start


def _verb_first(
    scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Who is given a sum behind a verb that opens its clause: the subject of taking, the object of giving."""
    bounds = scene.sentences[sentence].span
    parties = sorted(m.span for m in scene.organisations if m.party is not None and bounds.contains(m.span))
    for verb, takes in sorted(
        [(verb, True) for verb in subject_verbs(scene, sentence)] + [(verb, False) for verb in giving(scene, sentence)]
    ):
        behind = [name for name in parties if name.start >= verb.end]
        money = min((span for span in sums if span.start >= verb.end), default=None)
        if money is None or not behind or not _is_close(scene, Span(verb.end, behind[0].start), _SUBJECT):
            continue
        if is_from(scene, Span(verb.end, behind[0].start), behind[0]):
            continue
        paid = behind[0]
        if not takes:
            if len(behind) == 1 or not _is_object(scene, Span(behind[0].end, behind[1].start)):
                continue
            paid = behind[1]
        is_next = not any(paid.end <= other.start < money.start for other in parties)
        if paid in names and is_next and _is_close(scene, Span(paid.end, money.start), _SUM):
            yield money, paid


def _taken_of(scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Who is given a sum by whoever stands right behind a word of taking: "Acme 获 Bolt 补助 3", "được Bolt rót 3".

    So is who stands before one marked as who gives, and that before a verb of taking: "Acme 从 Bolt 借款 3".
    """
    bounds = scene.sentences[sentence].span
    parties = sorted(m.span for m in scene.organisations if m.party is not None and bounds.contains(m.span))
    for word in taking_of(scene, sentence):
        giver = next((name for name in parties if name.start >= word.end), None)
        name = max((name for name in names if name.end <= word.start), default=None)
        if giver is None or name is None:
            continue
        if scene.words_between(word.end, giver.start) > _BODY and not only_introduces(scene, word.end, giver.start):
            continue
        money = min((span for span in sums if span.start >= giver.end), default=None)
        if money is not None and runs(scene, name.end, word.start) and runs(scene, giver.end, money.start):
            yield money, name
    for verb in taking(scene, sentence) if len(parties) > 1 else ():
        before = [name for name in parties if name.end <= verb.start]
        money = min((span for span in sums if span.start >= verb.end), default=None)
        if money is None or len(before) < len(("one", "other")) or before[-2] not in names:
            continue
        name, giver = before[-2:]
        if not runs(scene, name.end, money.start) or not is_from(scene, Span(name.end, giver.start), giver):
            continue
        if not scene.text[giver.end : verb.start].strip():
            yield money, name


def _founded(scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """What is founded by words of `founds`, and how much it has right behind: "成都市设立Acme基金，规模60亿元"."""
    matcher, bounds = flow_words(scene.language.code, "founds"), scene.sentences[sentence].span
    for word in matcher.find(bounds.of(scene.text)) if matcher is not None else ():
        end = bounds.start + word.span.end
        name = next((one for one in names if one.start >= end and not scene.text[end : one.start].strip()), None)
        money = min((one for one in sums if name is not None and one.start >= name.end), default=None)
        if name is None or money is None or money.start - name.end > _SIZE:
            continue
        labels = {cue.label for cue in scene.cues_in(name.end, money.start)}
        if labels.isdisjoint(_INVESTING) and not any(char.isdigit() for char in scene.text[name.end : money.start]):
            yield money, name


def only_introduces(scene: Scene, start: int, end: int) -> bool:
    """Whether a short stretch before a name ends with a word for what it is, or with one behind which names begin."""
    between, names = scene.text[start:end].casefold(), load_name_words(scene.language.code)
    words = names.words("cuts").whole | names.words("introduce").whole
    return len(between) <= _INTRODUCTION and not is_parted(between) and between.endswith(tuple(words))


def _given_ahead(
    scene: Scene, sentence: int, sums: Sequence[Span], names: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Who is marked as given ahead of a verb of giving that stands between the name and a sum: "向 Acme 捐赠 3".

    So is, where subject, verb and object always follow one another, who stands between that verb and a sum.
    """
    gives = giving(scene, sentence)
    verbs = [*gives, *(cue.span for cue in scene.cues_of(sentence) if cue.label == "invest")]
    bounds = scene.sentences[sentence].span
    parties = sorted(m.span for m in scene.organisations if m.party is not None and bounds.contains(m.span))
    for name in names:
        verb = next((verb for verb in gives if 0 <= name.start - verb.end <= 1), None)
        money = min((span for span in sums if span.start >= name.end), default=None)
        giver = max((one.end for one in parties if verb is not None and one.end <= verb.start), default=None)
        if verb is None or money is None or giver is None or not runs(scene, name.end, money.start):
            continue
        if not is_parted(scene.text[giver : verb.start]) and not any(
            giver <= other.start < verb.start for other in taking(scene, sentence)
        ):
            yield money, name
    for name in names:
        money = min((span for span in sums if span.start >= name.end), default=None)
        if money is None or not is_to(scene, name) or not runs(scene, name.end, money.start):
            continue
        if any(
            name.end <= verb.start < money.start for verb in verbs if scene.words_between(name.end, verb.start) <= 1
        ):
            yield money, name


def _listed_on(
    scene: Scene, given: dict[Span, Span], sums: Sequence[Span], names: Sequence[Span]
) -> Iterator[tuple[Span, Span]]:
    """Who is given each further sum of a list that tells the verb but once: "补助 Acme 3、Bolt 2"."""
    joins = load_name_words(scene.language.code).words("and")
    is_on = False
    for before, money in pairwise(sums):
        between = [name for name in names if before.end <= name.start and name.end <= money.start]
        is_on = (is_on or before in given) and money not in given and len(between) == 1
        if is_on:
            joint = scene.text[before.end : between[0].start].strip(" ，,")
            is_on = (not joint or joint in joins) and not scene.text[between[0].end : money.start].strip()
        if is_on:
            yield money, between[0]


def _is_object(scene: Scene, between: Span) -> bool:
    """Whether only a word for what somebody is leads from one name to the next, and joins them in no list."""
    words = skeleton(between.of(scene.text).strip(f" {_QUOTES}"))
    language = load_name_words(scene.language.code)
    return words in language.words("introduce") and not words.startswith(tuple(language.words("and").whole))


def _put_into(scene: Scene, sentence: int, money: Span, names: Sequence[Span]) -> Span | None:
    """Who is named right behind a sum as the company into which it is put: "3 million in the company Acme".

    Adjectives may tell where that is from: "3 milhões na startup portuguesa Acme", "3 mln zł w gdańską firmę Acme".
    """
    name = min((span for span in names if span.start >= money.end), default=None)
    before = Span(scene.sentences[sentence].span.start, money.start)
    if name is None or _INVESTING.isdisjoint(_labels(scene, before)):
        return None
    trade = load_name_words(scene.language.code).words("trade")
    between = list(scene.text[money.end : name.start])
    for origin in (m.span for m in scene.places if "adjective" in m.parts):
        if money.end <= origin.start and origin.end <= name.start:
            between[origin.start - money.end : origin.end - money.end] = " " * (origin.end - origin.start)
    words = [skeleton(word) for word in "".join(between).strip(f" {_QUOTES}").split()]
    while words and words[-1] in trade:
        words.pop()
    return name if " ".join(words) in _marks_of_companies(scene.language.code) else None


@cache
def _marks_of_companies(code: str) -> frozenset[str]:
    """What says that a company is given something, the word for a company with it: "في شركة", "בחברת"."""
    kinds = load_name_words(code).words("introduce")
    marks = [skeleton(mark) for mark in load_language(code).flow.get("to", ())]
    return frozenset(mark for mark in marks if mark.split()[-1] in kinds)


def _labels(scene: Scene, span: Span) -> Iterator[str]:
    return (cue.label for cue in scene.cues_in(span.start, span.end))


def _is_close(scene: Scene, span: Span, most: int) -> bool:
    """Whether few words and no mark that parts lie in a stretch."""
    words = span.of(scene.text)
    return len(words.split()) <= most and not any(char in PARTING_MARKS for char in words)


def _between(scene: Scene, one: Span, other: Span) -> str:
    start, end = _gap(one, other)
    return scene.text[start:end]
