"""Who is given a sum by how a sentence is built, whatever else stands in it: "110 mln zł otrzyma Acme"."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, zip_longest

from pledgebook.domain import Mention, PartyKind, Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.clauses import PARTING_MARKS, is_parted, sums_of
from pledgebook.extract.claims.draft import Draft
from pledgebook.extract.claims.flow import (
    flow_of,
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
from pledgebook.extract.claims.headed import taker_listed, taker_over
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.particles import paid_by_particle
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.claims.takers import put_into, raised, taken_in_turn
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import is_unspaced
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_BETWEEN, _DESCRIBED = 4, 4
# How far before a name its verb may begin: "trägt Acme 3 Millionen und Bolt 2 Millionen".
_VERB = 20
_SUBJECT, _SUM, _TO, _ARTICLE = 2, 8, 10, 5
_MARK = 3
# Between a word of taking and who gives: what a body is called before its land ("được chính phủ Mỹ").
_BODY = 1.5
_SEVERAL = 2
# What may stand between "and" and a name, with it, and in an aside behind that.
_JOINED, _ASIDE = 4, 5
_OPENING, _CLOSING = ("(", "["), (")", "]")
_LENT = frozenset(("grant", "debt"))
_INVESTING = frozenset(("invest", "complete", "stake", "grant"))
# A dash stands for a verb that is not told again: "Acme pays 3 million, Bolt – 2 million".
_DASHES = " \u00a0-–—"
_ARROWS = frozenset(("→", "⇒", "->", "=>", "➡", "＞＞"))
_QUOTES = "«»\"“”„'"


def paid_by_order(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> Actor | None:
    """Who is given a draft's sum, as the words beside it say; None where they don't, or not everywhere the same."""
    found: dict[str, Actor] = {}
    for mention in draft.figures:
        name = _paid_in(scene, scene.sentence_at(mention.span.start)).get(mention.span)
        if name is not None:
            found |= {actor.key: actor for actor in actors if any(a.span.overlaps(name) for a in actor.names)}
    return next(iter(found.values())) if len(found) == 1 else None


def is_raised(scene: Scene, draft: Draft) -> bool:
    """Whether a draft's sum is one that a company raised, and its sentence names nobody who gave it."""
    return any(mention.span in raised(scene, scene.sentence_at(mention.span.start)) for mention in draft.figures)


def only_paid(scene: Scene, draft: Draft, actors: Sequence[Actor]) -> list[Actor]:
    """All who are given some sum of the document so, but for those named beside a draft's and given none there."""
    sentences = {scene.sentence_at(mention.span.start) for mention in draft.figures}
    here = [name for sentence in sorted(sentences) for name in _paid_in(scene, sentence).values()]
    given = _named(actors, here)
    return [
        actor
        for actor in _named(actors, _all_paid(scene, len(scene.sentences)))
        if actor in given or not any(anchor.sentence in sentences for anchor in actor.names)
    ]


def _named(actors: Sequence[Actor], spans: Sequence[Span]) -> list[Actor]:
    """Those of some actors whose names stand at some places."""
    return [actor for actor in actors if any(a.span.overlaps(span) for a in actor.names for span in spans)]


def only_given(scene: Scene, actors: Sequence[Actor]) -> list[Actor]:
    """Those of them whom the document names nowhere but where they are given a sum."""
    sentences = {scene.sentence_at(span.start) for span in _all_paid(scene, len(scene.sentences))}
    if not sentences:
        return []
    paid = _named(actors, _all_paid(scene, len(scene.sentences)))
    return [actor for actor in paid if all(anchor.sentence in sentences for anchor in actor.anchors)]


@once
def asked_in_talks(scene: Scene, sentence: int) -> dict[Span, tuple[int, Span]]:
    """The sums of a sentence that somebody talks of being lent: where that is told, and the stretch that says by whom.

    "Acme negotiates with the bank Bolt a loan of 3 million": between "with" and "loan".
    """
    cues = scene.cues_of(sentence)
    talks = [cue.span for cue in cues if cue.label == "propose"]
    loans = [cue.span for cue in cues if cue.label in _LENT]
    found: dict[Span, tuple[int, Span]] = {}
    for money in sums_of(scene, sentence) if talks and loans else ():
        loan = max((one for one in loans if one.end <= money.start), default=None)
        if loan is None or scene.words_between(loan.end, money.start) > _DESCRIBED:
            continue
        for cue in cues:
            talk = next((one for one in talks if cue.label == "with_it" and 0 <= cue.span.start - one.end <= 1), None)
            between = Span(cue.span.end, max(loan.start, cue.span.end))
            if talk is None or cue.span.end > loan.start or is_parted(between.of(scene.text)):
                continue
            if not _is_public(scene, sentence, talk):
                found[money] = talk.start, between
    return found


def _is_public(scene: Scene, sentence: int, verb: Span) -> bool:
    """Whether a government stands before a verb, nearest to it: what it talks of is rather its own money."""
    start = scene.sentences[sentence].span.start
    named = [
        (one.span.end, one.party is not None and one.party.kind is PartyKind.GOVERNMENT)
        for one in scene.organisations
        if start <= one.span.start and one.span.end <= verb.start
    ]
    named += [(cue.span.end, True) for cue in scene.cues_in(start, verb.start) if cue.label == "government"]
    return max(named, default=(0, False))[1]


def _asking(scene: Scene, sentence: int, names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """The sums that somebody talks with another of being lent, and who does."""
    for money, (talk, between) in asked_in_talks(scene, sentence).items():
        name = max((one for one in names if one.end <= talk), default=None)
        has_lender = any(between.contains(other.span) for other in scene.organisations)
        if name is not None and has_lender and _runs(scene, name.end, talk):
            yield money, name


@once
def _all_paid(scene: Scene, sentences: int) -> list[Span]:
    """The names of all who are given a sum, in the order of the text."""
    return [name for sentence in range(sentences) for name in _paid_in(scene, sentence).values()]


@once
def paying_too(scene: Scene, sentence: int) -> tuple[Span, ...]:
    """Who pays a sum of a sentence without a verb of its own: Bolt in "Acme pays 3 million and Bolt 2 million".

    Words for a government or body that was named before count as names: "and the city 2 million".
    """
    bounds = scene.sentences[sentence].span
    sums = [mention.span for mention in scene.money if bounds.contains(mention.span)]
    named = [mention.span for mention in scene.organisations if bounds.contains(mention.span)]
    bodies = (cue.span for cue in scene.cues_of(sentence) if cue.label == "government")
    names = sorted([*named, *(body for body in bodies if not any(body.overlaps(name) for name in named))])
    found: list[Span] = []
    is_told = False
    for n, (before, money) in enumerate(pairwise(sums)):
        low = sums[n - 1].end if n else bounds.start
        first = max((name for name in names if low <= name.start and name.end <= before.start), default=None)
        start = low if first is None else max(low, first.start - _VERB)
        is_told = is_told or _acts(scene, sentence, Span(start, before.start))
        if not is_told:
            continue
        gapped = _before_gap(scene, before, money, names)
        if gapped is not None:
            found.append(gapped)
            continue
        # What stands before a comma still tells of the sum before: "130 million from the programme, Acme 20 million".
        # Of several parted by semicolons, a comma stands for the verb: "Acme pays 3 million; Bolt, 2 million".
        parted = scene.text.rfind(";", before.end, money.start)
        start = max(before.end, (parted if parted >= 0 else scene.text.rfind(",", before.end, money.start)) + 1)
        signs = _DASHES + _QUOTES + ("," if parted >= 0 else "")
        between = [name for name in names if start <= name.start and name.end <= money.start]
        if len(between) == 1 and _is_name(scene, _rest_of(scene, Span(between[0].end, money.start)).strip(signs)):
            found.append(between[0])
        elif between or len(scene.text[start : money.start].split()) > _SUBJECT:
            break  # "The university will pay 3 million, the town 2 million": somebody without a name goes on
    return tuple(found)


def _before_gap(scene: Scene, before: Span, money: Span, names: Sequence[Span]) -> Span | None:
    """The only name between two sums, behind "and" and before a comma for the verb: "3 million and Bolt, 2 million"."""
    between = [name for name in names if before.end <= name.start and name.end <= money.start]
    if len(between) != 1:
        return None
    name, joins = between[0], load_name_words(scene.language.code).words("and")
    ahead = [skeleton(word) in joins for word in scene.text[before.end : name.start].split()]
    return name if any(ahead[-_JOINED:]) and is_gap(scene, Span(name.end, money.start)) else None


def _rest_of(scene: Scene, span: Span) -> str:
    """What stands between a name and its sum, without what goes with a sum: "Bolt otros 2 millones"."""
    cues = [cue.span for cue in scene.cues_in(span.start, span.end) if cue.label in ("with_it", "add")]
    last = next((cue for cue in cues if not scene.text[cue.end : span.end].strip()), None)
    return scene.text[span.start : span.end if last is None else last.start]


def is_gap(scene: Scene, span: Span) -> bool:
    """Whether between a name and its sum stand a comma, a few words and a comma, and what goes with a sum: ", con"."""
    words = span.of(scene.text).strip()
    aside, _, rest = words[1:].rpartition(",")
    if not words.startswith(",") or len(aside.split()) > _ASIDE or is_parted(aside):
        return False
    start = span.end - len(span.of(scene.text).rpartition(",")[2])
    cues = [cue.span for cue in scene.cues_in(start, span.end) if cue.label in ("with_it", "add")]
    return len(cues) >= len(rest.split())


def _is_name(scene: Scene, words: str) -> bool:
    """Whether words may be the rest of a name, if there are any: "Ministerstwo", "Rozwoju i Technologii".

    What it is for may be told with a small word: "il ministero", "delle Imprese".
    """
    names = load_name_words(scene.language.code)
    told = words.replace("'", " ").replace("’", " ").split()
    to = frozenset(scene.language.flow.get("to", ()))  # "per" and "alla" stand before who is given as well
    small = (names.words("and"), frozenset(names.words("of").whole) - to)
    return len(told) <= _DESCRIBED and all(
        word[0].isupper() or any(skeleton(word) in several for several in small) for word in told
    )


def _acts(scene: Scene, sentence: int, span: Span) -> bool:
    """Whether a verb of giving or investing stands in a stretch, and none of taking."""
    if any(span.contains(verb) for verb in taking(scene, sentence)):
        return False
    gives = any(span.contains(verb) for verb in giving(scene, sentence))
    return gives or any(cue.label == "invest" for cue in scene.cues_in(span.start, span.end))


@once
def _paid_in(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums of a sentence with the names of those who are given them.

    These follow a verb of taking as its subject ("3 mln zł otrzyma Acme", "3 miljoen krijgt Acme"), stand before it
    where whoever gives is named right behind it ("Acme saa Boltilta 3 miljoonaa"), or have an ending or a word behind
    them that says so ("przyznano Acme'owi 3 mln zł", "एक्मे को 3 लाख रुपये दिए"), or a noun in front in such a case
    ("przyznano spółce Acme 3 mln zł"). Where the verb comes first, they stand
    between it and the sum ("حصلت شركة زين على 3 ملايين", "منح البنك شركة زين 3 ملايين"). What is put into a company by
    that word is put into it ("3 ملايين في شركة زين").
    """
    bounds = scene.sentences[sentence].span
    sums = [mention.span for mention in scene.money if bounds.contains(mention.span)]
    found = {**_taken_above(scene, sentence, sums), **paid_by_particle(scene, sentence), **_taken_in_row(scene, sums)}
    names = sorted(
        mention.span
        for mention in (scene.organisations if sums else ())
        if mention.party is not None
        and mention.party.kind is not PartyKind.GOVERNMENT
        and bounds.contains(mention.span)
    )
    found.update(_asking(scene, sentence, names))
    verbs = subject_verbs(scene, sentence) if names else []
    if verbs:
        found.update(in_brackets(scene, names, sums))
    for verb in verbs:
        money = max((span for span in sums if span.end <= verb.start), default=None)
        name = min((span for span in names if span.start >= verb.end), default=None)
        if money is None or name is None:
            continue
        givers = [span for span in names if money.end <= span.start < verb.start]
        if any(not is_from(scene, Span(money.end, span.start), span) for span in givers):
            continue
        before, between = scene.text[money.end : verb.start], Span(verb.end, name.start)
        if len(before.split()) <= _BETWEEN and not is_parted(before.strip(" -–—,")) and _leads(scene, between, name):
            found.setdefault(money, name)
            found.update(_going_on(scene, [span for span in sums if span.start >= name.end], names))
    for verb in taking(scene, sentence) if names else ():
        money = min((span for span in sums if span.start >= verb.end), default=None)
        name = max((span for span in names if span.end <= verb.start), default=None)
        if money is not None and name is not None and _leads_on(scene, name, verb, money):
            found.setdefault(money, name)
    for money, paid in _told_by_form(scene, sentence, sums, names) if names else ():
        if paid not in found.values():
            found.setdefault(money, paid)
    return (
        raised(scene, sentence)
        | found
        | put_into(scene, sentence)
        | taken_in_turn(scene, sentence)
        | _behind_arrow(scene, names, sums)
    )


def _behind_arrow(scene: Scene, names: Sequence[Span], sums: Sequence[Span]) -> dict[Span, Span]:
    """The first sum of a sentence with the name to which an arrow leads from another: "Acme → Bolt: 3 million"."""
    pairs = [two for one, two in pairwise(names) if scene.text[one.end : two.start].strip() in _ARROWS]
    is_led = len(pairs) == 1 and len(sums) > 0 and pairs[0].end <= sums[0].start
    return {sums[0]: pairs[0]} if is_led else {}


def _taken_above(scene: Scene, sentence: int, sums: Sequence[Span]) -> dict[Span, Span]:
    """The sum that a sentence of a list opens with taking, and the heading's one name: "2. Acme / Raises 3 million"."""
    above = (taker_over(scene, sentence) or taker_listed(scene, sentence)) if sums else ()
    return {sums[0]: above[0]} if len(above) == 1 else {}


def _taken_in_row(scene: Scene, sums: Sequence[Span]) -> dict[Span, Span]:
    """Who is given each sum in the rows of a table whose head says that it names those."""
    found: dict[Span, Span] = {}
    for money in sums:
        row = scene.row_at(money.start)
        if row is not None and row.is_given and row.who is not None:
            found.update((money, name.span) for name in scene.organisations if row.who.contains(name.span))
    return found


def in_brackets(scene: Scene, names: Sequence[Span], sums: Sequence[Span]) -> dict[Span, Span]:
    """The name before each sum alone in brackets, where several are: "Acme (3 million) and Bolt (2 million)"."""
    found: dict[Span, Span] = {}
    for money in sums:
        opened, behind = scene.text[: money.start].rstrip(), scene.text[money.end : money.end + 2].lstrip()
        if opened.endswith(_OPENING) and behind.startswith(_CLOSING):
            end = len(opened[:-1].rstrip())
            found.update((money, name) for name in names if name.end == end)
    return found if len(found) >= _SEVERAL else {}


def _told_by_form(
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


def _leads_on(scene: Scene, name: Span, verb: Span, money: Span) -> bool:
    """Whether a name leads up to a verb of taking, and that over one who is marked as who gives to a sum."""
    before, behind = scene.text[name.end : verb.start], Span(verb.end, money.start)
    words = (word[:-1].replace(":", "") + word[-1] for word in behind.of(scene.text).split())  # "VTT:ltä"
    if len(before.split()) >= _BETWEEN or is_parted(before) or is_parted(" ".join(words)):
        return False
    givers = [mention.span for mention in scene.organisations if behind.contains(mention.span)]
    if any(is_from(scene, Span(verb.end, giver.start), giver) for giver in givers):
        return True
    # "Acme haalt 8 miljard op bij Bolt"
    giver = next((mention.span for mention in scene.organisations if mention.span.start >= money.end), None)
    after = Span(money.end, giver.start) if giver is not None else None
    is_close = after is not None and len(after.of(scene.text).split()) <= _MARK and not is_parted(after.of(scene.text))
    return giver is not None and after is not None and is_close and is_from(scene, after, giver)


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
        if giver is None or name is None or scene.words_between(word.end, giver.start) > _BODY:
            continue
        money = min((span for span in sums if span.start >= giver.end), default=None)
        if money is not None and _runs(scene, name.end, word.start) and _runs(scene, giver.end, money.start):
            yield money, name
    for verb in taking(scene, sentence) if len(parties) > 1 else ():
        before = [name for name in parties if name.end <= verb.start]
        money = min((span for span in sums if span.start >= verb.end), default=None)
        if money is None or len(before) < len(("one", "other")) or before[-2] not in names:
            continue
        name, giver = before[-2:]
        if not _runs(scene, name.end, money.start) or not is_from(scene, Span(name.end, giver.start), giver):
            continue
        if not scene.text[giver.end : verb.start].strip():
            yield money, name


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
        if verb is None or money is None or giver is None or not _runs(scene, name.end, money.start):
            continue
        if not is_parted(scene.text[giver : verb.start]) and not any(
            giver <= other.start < verb.start for other in taking(scene, sentence)
        ):
            yield money, name
    for name in names:
        money = min((span for span in sums if span.start >= name.end), default=None)
        if money is None or not is_to(scene, name) or not _runs(scene, name.end, money.start):
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


def _runs(scene: Scene, start: int, end: int) -> bool:
    """Whether few words and no mark that parts lie between two places."""
    return not is_parted(scene.text[start:end]) and scene.words_between(start, end) <= _SUM


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


def _going_on(scene: Scene, sums: Sequence[Span], names: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """What goes on without the verb: "..., a 70 mln zł Bolt"."""
    for money, following in zip_longest(sums, sums[1:]):
        name = min((span for span in names if span.start >= money.end), default=None)
        if name is None or (following is not None and name.start > following.start):
            continue
        if _leads(scene, Span(money.end, name.start), name):
            yield money, name


def _leads(scene: Scene, between: Span, name: Span) -> bool:
    """Whether some words lead up to a name and do not mark it as who gives."""
    words = between.of(scene.text)
    return len(words.split()) <= _DESCRIBED and not is_parted(words) and not is_from(scene, between, name)


def _between(scene: Scene, one: Span, other: Span) -> str:
    start, end = _gap(one, other)
    return scene.text[start:end]
