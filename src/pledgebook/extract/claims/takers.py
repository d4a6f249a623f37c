"""Who is given each of several sums of a sentence, by a verb or a word that is told but once."""

from itertools import pairwise

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.clauses import is_near, is_parted, sums_of
from pledgebook.extract.claims.flow import agents_before, approving, flow_of, is_from, taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_SEVERAL = 2
_SUBJECT, _SUM, _ARTICLE, _REST = 2, 4, 2, 2
_QUALIFIED, _DESCRIBED = 3, 5
_INVESTING = frozenset(("invest", "complete", "stake"))
_GENITIVE = ("'s", "’s")
_PARTING = (",", ";")
_CLOSING = ",.;:)!?\n—–"


@once
def taken_in_turn(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums with the names of those who are given them: "Acme gets 3 million, Bolt 2 million and the Gate 1".

    Nothing where one of the sums behind the verb has nobody in front of it.
    """
    sums, names = sums_of(scene, sentence), _names(scene, sentence)
    for verb in taking(scene, sentence) if len(sums) >= _SEVERAL and names else ():
        behind = [money for money in sums if money.start >= verb.end]
        subject = max((name for name in names if name.end <= verb.start), default=None)
        if len(behind) < _SEVERAL or subject is None or not is_near(scene, subject.end, verb.start, _SUBJECT):
            continue
        if not is_near(scene, verb.end, behind[0].start, _SUM) or any(
            verb.end <= name.start < behind[0].start for name in names
        ):
            continue
        found = {behind[0]: subject}
        for before, money in pairwise(behind):
            between = [name for name in names if before.end <= name.start and name.end <= money.start]
            if len(between) != 1 or not _is_rest(scene.text[between[0].end : money.start].split()):
                break
            if not _is_joint(scene, before.end, between[0].start):
                break
            found[money] = between[0]
        if len(found) == len(behind):
            return found
    return {}


@once
def dealt_out(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums of a list with the names to which a word for "to" leads from each: "3 million to Acme, 2 to Bolt".

    At least two sums go to somebody or something so, and the last word before a name is that word or describes it.
    """
    sums, bounds = sums_of(scene, sentence), scene.sentences[sentence].span
    if len(sums) < _SEVERAL:
        return {}
    # Those of whom nothing else tells what they are, too.
    names = sorted([*_names(scene, sentence), *(one.span for one in scene.names if bounds.contains(one.span))])
    marks = [mark.span for mark in flow_of(scene, sentence).marks if mark.label == "to"] if names else []
    end, found, several = bounds.end, dict[Span, Span](), 0
    for n, money in enumerate(sums if marks else ()):
        stop = sums[n + 1].start if n + 1 < len(sums) else end
        mark = next((mark for mark in marks if money.end <= mark.start < stop), None)
        if mark is None or scene.text[money.end : mark.start].strip():
            continue
        several += 1
        name = next((name for name in names if mark.start <= name.start < stop), None)
        if name is None or not _describes(scene, Span(min(mark.end, name.start), name.start)):
            continue
        if _ends_there(scene, name, Span(0, end)):
            found[money] = name
    return found if several >= _SEVERAL else {}


@once
def raised(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sum that a verb of taking has for its object, with the company that takes it: "Acme has raised 3 million".

    Only where the sentence names nobody else, and not what else is taken for a sum: "Acme secured a permit for a 3
    million campus".
    """
    sums, names, bounds = sums_of(scene, sentence), _names(scene, sentence), scene.sentences[sentence].span
    parties = [m for m in scene.organisations if m.party is not None and bounds.contains(m.span)]
    if len(parties) != 1 or len(names) != 1 or is_from(scene, Span(bounds.start, names[0].start), names[0]):
        return {}
    if parties[0].party is not None and parties[0].party.kind is PartyKind.FUND:
        return {}
    for verb in taking(scene, sentence):
        money = next((money for money in sums if money.start >= verb.end), None)
        if money is None or names[0].end > verb.start or not is_near(scene, names[0].end, verb.start, _SUBJECT):
            continue
        between = Span(verb.end, money.start)
        others = [mark.span for mark in flow_of(scene, sentence).marks] + approving(scene, sentence)
        if is_near(scene, verb.end, money.start, _SUM) and not any(between.overlaps(span) for span in others):
            return {money: names[0]}
    return {}


@once
def put_into(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums with the companies into which each is put: "invests 3 million in Acme and 2 million in Bolt".

    A few words may stand behind the sum ("3 million or more in Acme", "a $3 million investment in Acme") and some that
    describe the company before its name ("in the chip maker Acme", "in France's Acme"). Nothing that is the company's
    may follow its name: "in Acme's plant", "in Acme chips".
    """
    sums, names = sums_of(scene, sentence), _names(scene, sentence)
    marks = scene.language.flow.get("put_into", ())
    if not names or not any(cue.label in _INVESTING for cue in scene.cues_of(sentence)):
        return {}
    bounds = scene.sentences[sentence].span
    found: dict[Span, Span] = {}
    for n, money in enumerate(sums):
        end = sums[n + 1].start if n + 1 < len(sums) else bounds.end
        for mark in scene.cues_in(money.end, end):
            if mark.label != "into_it" or mark.span.of(scene.text).casefold() not in marks:
                continue
            if not is_near(scene, money.end, mark.span.start, _QUALIFIED) and not _is_invested(scene, money, mark.span):
                continue
            name = min((name for name in names if name.start >= mark.span.end), default=None)
            if name is None or any(mark.span.end <= agent.start for agent in agents_before(scene, name)):
                break  # "3 million in a plant by Acme"
            if name.end <= end and _describes(scene, Span(mark.span.end, name.start)):
                if _ends_there(scene, name, bounds):
                    found[money] = name
                break
    return found


def _is_invested(scene: Scene, money: Span, mark: Span) -> bool:
    """Whether a verb of investing leads from a sum to what it is put into: "3 million is to be invested in Acme"."""
    if is_parted(scene.text[money.end : mark.start]) or scene.names_in(Span(money.end, mark.start)):
        return False
    return any(
        cue.label in ("invest", "complete") and 0 <= mark.start - cue.span.end <= 1
        for cue in scene.cues_in(money.end, mark.start)
    )


def _describes(scene: Scene, span: Span) -> bool:
    """Whether words only say what sort of company a name is and where it is from, if there are any."""
    words = span.of(scene.text)
    if is_parted(words) or len(words.split()) > _DESCRIBED:
        return False
    last, language = skeleton(words).split()[-1:], load_name_words(scene.language.code)
    places = [place for place in scene.places if span.overlaps(place.span) and "adjective" not in place.parts]
    if places:  # "in France's Acme", but not "in Paris the company Acme"
        return len(places) == 1 and scene.text[places[0].span.end : span.end].strip() in _GENITIVE
    return (
        not last
        or last[0] in language.words("introduce")
        or last[0] in language.words("trade")
        or any(place.span.end == span.end - 1 for place in scene.places)
    )


def _ends_there(scene: Scene, name: Span, bounds: Span) -> bool:
    """Whether nothing that is the company's follows its name: a mark, "and" or a word that goes on."""
    behind = scene.text[name.end : bounds.end].lstrip(" ")
    joins = load_name_words(scene.language.code).words("and")
    return not behind or behind[0] in _CLOSING or skeleton(behind.split()[0]) in joins


def _names(scene: Scene, sentence: int) -> list[Span]:
    """The companies and other bodies that a sentence names, no governments."""
    bounds = scene.sentences[sentence].span
    return sorted(
        mention.span
        for mention in scene.organisations
        if bounds.contains(mention.span)
        and mention.party is not None
        and mention.party.kind is not PartyKind.GOVERNMENT
    )


def _is_rest(words: list[str]) -> bool:
    """Whether words may be the rest of a name of which a list has only the beginning, if there are any."""
    return len(words) <= _REST and all(word[0].isupper() for word in words)


def _is_joint(scene: Scene, start: int, end: int) -> bool:
    """Whether only "and" and an article lead to the next name, from a sum or the mark that ends what is said of it."""
    told = scene.text[start:end]
    words = [skeleton(word) for word in told[max(map(told.rfind, _PARTING)) + 1 :].split()]
    joins = load_name_words(scene.language.code).words("and")
    return len([word for word in words if word not in joins]) < _ARTICLE
