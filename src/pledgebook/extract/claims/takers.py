"""Who is given each of several sums of a sentence, by a verb or a word that is told but once."""

from itertools import pairwise

from pledgebook.domain import PartyKind, Span
from pledgebook.extract.claims.clauses import is_parted, sums_of
from pledgebook.extract.claims.flow import taking
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import load_name_words

_SEVERAL = 2
_SUBJECT, _SUM, _ARTICLE, _REST = 2, 4, 2, 2
_INVESTING = frozenset(("invest", "complete", "stake"))
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
        if len(behind) < _SEVERAL or subject is None or not _is_near(scene, subject.end, verb.start, _SUBJECT):
            continue
        if not _is_near(scene, verb.end, behind[0].start, _SUM) or any(
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
def put_into_each(scene: Scene, sentence: int) -> dict[Span, Span]:
    """The sums with the companies into which each is put: "invests 3 million in Acme and 2 million in Bolt".

    Only where nothing that is the company's follows its name: "in Acme's plant", "in Acme chips".
    """
    sums, names = sums_of(scene, sentence), _names(scene, sentence)
    if len(sums) < _SEVERAL or not any(cue.label in _INVESTING for cue in scene.cues_of(sentence)):
        return {}
    joins = load_name_words(scene.language.code).words("and")
    found: dict[Span, Span] = {}
    for money in sums:
        mark = next((c.span for c in scene.cues_in(money.end, money.end + 2) if c.label == "into_it"), None)
        name = min((name for name in names if mark is not None and name.start >= mark.end), default=None)
        if mark is None or name is None or scene.text[mark.end : name.start].strip():
            continue
        behind = scene.text[name.end : scene.sentences[sentence].span.end].lstrip(" ")
        if not behind or behind[0] in _CLOSING or skeleton(behind.split()[0]) in joins:
            found[money] = name
    return found if len(found) >= _SEVERAL else {}


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


def _is_near(scene: Scene, start: int, end: int, most: int) -> bool:
    between = scene.text[start:end]
    return not is_parted(between) and len(between.split()) <= most


def _is_joint(scene: Scene, start: int, end: int) -> bool:
    """Whether only "and" and an article lead to the next name, from a sum or the mark that ends what is said of it."""
    told = scene.text[start:end]
    words = [skeleton(word) for word in told[max(map(told.rfind, _PARTING)) + 1 :].split()]
    joins = load_name_words(scene.language.code).words("and")
    return len([word for word in words if word not in joins]) < _ARTICLE
