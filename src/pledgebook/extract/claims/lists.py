"""Who is named in one list, and who goes along with whom."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.local import is_body
from pledgebook.extract.claims.scene import Scene
from pledgebook.extract.mentions.organisations_runs import introduces
from pledgebook.lexicon.language import load_language
from pledgebook.lexicon.matcher import VOWEL, PhraseMatcher
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import load_name_types
from pledgebook.lexicon.places import NameWords, load_countries, load_name_words

_GAP = 12
_LOOSE = 4
_WIDE, _DESCRIBED = 60, 6
_VERBS = 2
_THING, _ARTICLE = 12, 5
_PAIR = 2
_DESCRIBING = frozenset(("company", "companies", "with_it", "by_it", "of_it", "into_it"))
_DOING = frozenset(("build", "plan", "invest"))
_SHORT_WORD = 4
_MOST_SMALL = 3
_UNSPACED = frozenset({"hani", "thai"})
_PREFIXED = frozenset(("arab", "hebr"))
# "Acme's Dublin site" tells whose it is, and lists nothing.
_OWNED = re.compile(r"['’]s\s+")
# What opens a clause about what somebody says: ", że ", ", dass ".
_CLAUSE = re.compile(r",\s+[^\W\d_]{2,4}\s*$")
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"['’]([^\W\d_]+)")


def _listed_together(scene: Scene, one: Anchor, other: Anchor, end: int) -> bool:
    """Whether two names stand in one list: a comma, a bracket or one short word between them, up to `end`."""
    if one.sentence != other.sentence or one.kind == "plural" or other.kind not in ("name", "state"):
        return False
    between = _behind_office(scene, one, _behind_origin(scene, VOWEL.sub("", scene.text[one.span.end : end])))
    between = _behind_sort(scene, between)
    if any(char.isdigit() for char in between) or len(between) > _WIDE or _OWNED.fullmatch(between):
        return False
    is_ending = _ends_names(scene.language.code) and _ENDING.fullmatch(between.strip()) is not None
    if is_ending or _opens_clause(scene, other, between):
        return False  # "Acme'den Bolt'a"
    introduces = _introduces_another(scene.language.code).fullmatch
    if introduces(skeleton(_without_origins(scene, between))) or _both_give(scene, one, between):
        return True
    place = Span(max(one.span.end, end - len(between)), max(one.span.end, end))
    if len(between) > _GAP:
        return _is_described(scene, place, between)
    words = _WORD.findall(between)
    short = len(words) <= 1 and all(len(word) <= _SHORT_WORD for word in words) and not _is_article(scene, between)
    short = short and not _is_verb(scene, between)
    listed = short or _repeats(scene, words, between) or _is_described(scene, place, between)
    return listed and not any(stop in between for stop in ".:;–—\n")


def _opens_clause(scene: Scene, other: Anchor, between: str) -> bool:
    """Whether only a comma and an article part two names, and the second acts: ", die Universität Ulm zahlt"."""
    words, names = _WORD.findall(between), load_name_words(scene.language.code)
    articles = {*scene.language.locals.get("article", ()), *scene.language.quantities.definite}
    if not (between.startswith(",") and words) or skeleton(words[0]) not in articles:
        return False
    after = _WORD.match(scene.text, other.span.end + 1)
    return after is not None and names.is_action(skeleton(after[0]), after[0].lower())


def _behind_sort(scene: Scene, between: str) -> str:
    """What stands between two names without what sort of company the first is: "ब्लैकस्टोन समूह और पंचशील"."""
    words, names = between.split(), load_name_words(scene.language.code)
    if (
        len(words) == _PAIR
        and skeleton(words[0]) in names.words("introduce")
        and skeleton(words[1]) in names.words("and")
    ):
        return between.replace(words[0], "", 1)
    return between


def _is_article(scene: Scene, between: str) -> bool:
    """Whether nothing but an article parts two names: "gibt die Stiftung der Universität" tells who is given."""
    word = skeleton(between.strip())
    is_joint = word in load_name_words(scene.language.code).words("and")
    return not is_joint and word in scene.language.locals.get("article", ())


def _is_verb(scene: Scene, between: str) -> bool:
    """Whether nothing but a verb of giving parts two names: "Acme ger Bolt", "Acme gibt Bolt"."""
    return skeleton(between.strip()) in _verbs(scene.language.code)


@cache
def _verbs(code: str) -> frozenset[str]:
    """The verbs of giving that are one short word and join no names."""
    joins = load_name_words(code).words("and")
    verbs = frozenset(skeleton(verb) for verb in load_language(code).flow.get("gives", ()))
    return frozenset(verb for verb in verbs if len(verb) <= _SHORT_WORD and verb not in joins)


def _both_give(scene: Scene, one: Anchor, between: str) -> bool:
    """Whether both of two names are marked as who gives: "led by Acme, with participation from Bolt"."""
    before, second = _marks_of_givers(scene.language.code)
    ahead = scene.text[max(0, one.span.start - _WIDE) : one.span.start]
    return second.fullmatch(skeleton(between)) is not None and before.search(skeleton(ahead)) is not None


@cache
def _marks_of_givers(code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends right before a name that is marked as a giver's, and what stands between two of them."""
    names, language = load_name_words(code), load_language(code)
    marks, sorts, joins = (
        "|".join(map(re.escape, sorted(map(skeleton, words), key=len, reverse=True)))
        for words in (language.flow.get("from", ()), names.words("introduce").whole, names.words("and").whole)
    )
    if not (marks and sorts and joins) or names.script not in (*_PREFIXED, "latn", "cyrl", "grek"):
        return re.compile(r"(?!)"), re.compile(r"(?!)")
    opens, closes = r"[«„“\"']?", r"[»”“\"']?"
    marked = rf"(?:{marks})\s+(?:(?:{sorts})\s+)?{opens}"
    link = rf"(?:{joins})" if names.script in _PREFIXED else rf"(?:{joins})\s+"
    return re.compile(rf"(?<!\w){marked}$"), re.compile(rf"{closes}\s*,?\s*(?:{link})?{marked}")


@cache
def _introduces_another(code: str) -> re.Pattern[str]:
    """What goes on with a list by words for the sort of company that comes next: "Acme dan PT Bolt", "and the fund"."""
    names, types = load_name_words(code), load_name_types()
    blank = r"\s*" if names.script in _UNSPACED else r"\s+"
    owned = frozenset(map(skeleton, load_language(code).cues.get("of_it", ())))
    joins, sorts, small = (
        "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
        for words in (names.words("and").whole, names.words("introduce").whole - owned, types.articles)
    )
    if not joins or not sorts:
        return re.compile(r"(?!)")
    owning = "|".join(map(re.escape, load_language(code).flow.get("owning", ())))
    if names.script in _UNSPACED:
        # "アクメと大阪の通信会社のボルト", "アクメと不動産開発のボルト", "云岭数据与地产开发商恒筑集团"
        trades = "|".join(map(re.escape, sorted(names.words("trade").whole, key=len, reverse=True))) or "(?!)"
        from_where = rf"(?:[^\W\d_]{{1,6}}(?:{owning}))?" if owning else r"(?:[^\W\d_]{1,4})?"
        of = f"(?:{owning}|、)?" if owning else ""
        return re.compile(rf"\s*(?:{joins}|、)\s*{from_where}(?:(?:(?:{sorts})\s*){{1,2}}{of}|{trades})")
    return re.compile(
        rf"\s*(?:,\s*(?:(?:{joins}){blank})?|(?:{joins}){blank})(?:(?:{small})\s+)?"
        rf"(?:(?:(?:{sorts}){blank}){{1,2}}(?:{types.before.pattern})?|{types.before.pattern})"
    )


def _repeats(scene: Scene, words: Sequence[str], between: str) -> bool:
    """Whether a list goes on with the small word before its names said again: "dalla Regione e dalla Commissione"."""
    names, articles = load_name_words(scene.language.code), load_name_types().articles
    small = [skeleton(word) for word in words]
    joins, links = names.words("and"), (names.words("at"), names.words("of"), articles)
    if not (between.startswith(",") or any(word in joins for word in small)):
        return False
    return len(small) <= _MOST_SMALL and all(word in joins or any(word in link for link in links) for word in small)


def _behind_origin(scene: Scene, between: str) -> str:
    """What stands between two names behind the words that tell where the first is from: "Acme danese e Bolt"."""
    countries = load_countries(scene.language.code)
    while (word := _WORD.search(between)) is not None and countries.adjective(skeleton(word.group())) is not None:
        if between[: word.start()].strip(" \"'«»”“"):
            break
        between = between[word.end() :]
    return between


def _behind_office(scene: Scene, one: Anchor, between: str) -> str:
    """What stands between two names behind what a ministry is for: "Ministry of Trade and Industry and the bank Acme".

    That goes up to the last "and" or comma.
    """
    names, articles = load_name_words(scene.language.code), load_name_types().articles
    if skeleton(one.span.of(scene.text)) not in names.words("ministry"):
        return between
    words = [word for word in _WORD.finditer(between) if skeleton(word.group()) not in articles]
    joins = [word.start() for word in words if skeleton(word.group()) in names.words("and")]
    last = max([*joins[-1:], between.rfind(",")], default=-1)
    office = [word.group() for word in words if word.start() < last]
    small = (names.words("of"), names.words("and"))
    is_office = any(word[0].isupper() for word in office) and all(
        word[0].isupper() or any(skeleton(word) in several for several in small) for word in office
    )
    return between[last:] if is_office else between


def _without_origins(scene: Scene, between: str) -> str:
    """What stands between two names without what tells where the second is from: " and the Emirati fund "."""
    countries = load_countries(scene.language.code)
    return " ".join(word for word in between.split(" ") if not word or countries.adjective(skeleton(word)) is None)


def _is_joined_on(word: str, names: NameWords) -> bool:
    """Whether a word has "and" for its first letter, as in Arabic and Hebrew."""
    return (
        len(word) > 1
        and names.script in _PREFIXED
        and any(word.startswith(join) for join in names.words("and").whole if len(join) == 1)
    )


def _is_described(scene: Scene, place: Span, between: str) -> bool:
    """Whether a list goes on with a name behind the words that say what it is: "Acme and the local firm Bolt"."""
    joined = _WORD.findall(between)
    if not joined or len(joined) > _DESCRIBED:
        return False
    names = load_name_words(scene.language.code)
    if skeleton(joined[0]) not in names.words("and") and not _is_joined_on(joined[0], names):
        return False
    if any(mark in between.strip(" ,") for mark in ".,:;–—()\n"):
        return False
    if any(place.contains(mention.span) for mention in scene.money):
        return False  # "3 million from Acme, and the rest the fund Bolt"
    # "Acme i fond Bolt": a word for a fund says what Bolt is, not what is done.
    introducers = names.words("introduce")
    labels = {
        cue.label
        for cue in scene.cues_in(place.start, place.end)
        if skeleton(cue.span.of(scene.text)) not in introducers
        and not (cue.label == "government" and not scene.text[cue.span.end : place.end].strip())  # "e la Regione Lazio"
    }
    return not labels - _DESCRIBING


def _goes_along(scene: Scene, one: Anchor, other: Anchor) -> bool:
    """Whether the second actor is only named as going along with the first: "France, in partnership with Google"."""
    if one.sentence != other.sentence or one.kind not in ("name", "state") or other.kind != "name":
        return False
    gap = other.span.start - one.span.end
    joined = [c.span for c in scene.cues_in(one.span.end, other.span.start) if c.label == "with_it"]
    if not joined and gap <= _WIDE:
        # Where such words are written onto the name: "브룩필드는 건설사 하브노드이앤씨와 함께".
        return any(
            c.label == "with_it" and c.span.start <= other.span.end < c.span.end
            for c in scene.cues_in(other.span.start, other.span.end + 1)
        )
    if len(joined) != 1:
        return False
    if len(joined[0]) <= _LOOSE:  # "Acme builds with Bolt a factory", but not "Acme's talks with Bolt"
        labels = {cue.label for cue in scene.cues_in(one.span.end, joined[0].start)}
        return bool(labels & _DOING) and _is_verb_between(scene, one, other, joined[0])
    if gap - len(joined[0]) <= _LOOSE or _is_verb_between(scene, one, other, joined[0]):
        return True
    return _is_behind_sum(scene, one, other, joined[0]) or _is_behind_thing(scene, one, other, joined[0])


def _is_behind_sum(scene: Scene, one: Anchor, other: Anchor, joined: Span) -> bool:
    """Whether one name invests a sum and the other stands behind it: "Acme invests 3 million in Oslo with help of"."""
    before, behind = Span(one.span.end, joined.start), scene.text[joined.end : other.span.start]
    sums = [mention.span for mention in scene.money if before.contains(mention.span)]
    if len(sums) != 1 or " " not in joined.of(scene.text).strip():
        return False
    rest = scene.text[before.start : sums[0].start] + scene.text[sums[0].end : before.end] + behind
    labels = {cue.label for cue in scene.cues_in(before.start, sums[0].start)}
    return "invest" in labels and len(behind) <= _LOOSE and not any(char in ",.;:–—()\n" for char in rest)


def _is_behind_thing(scene: Scene, one: Anchor, other: Anchor, joined: Span) -> bool:
    """Whether one name builds something and the other stands behind it: "Acme builds a lab in Oslo, together with"."""
    before, behind = Span(one.span.end, joined.start), scene.text[joined.end : other.span.start]
    between = before.of(scene.text).rstrip(" ,")
    if " " not in joined.of(scene.text).strip() or not _is_what(scene, behind):
        return False
    if any(char in ",.;:–—()\n" for char in between + behind) or len(between.split()) > _THING:
        return False
    if any(before.contains(mention.span) for mention in scene.money):
        return False
    labels = [cue.label for cue in scene.cues_in(before.start, before.end)]
    return "build" in labels and any(before.contains(mention.span) for mention in scene.quantities)


def _is_verb_between(scene: Scene, one: Anchor, other: Anchor, joined: Span) -> bool:
    """Whether a verb or words for what the second is part two who go along.

    "Acme investeert samen met de Koreaanse partner Bolt 3 miljoen", "Acme wspólnie z koncernem Bolt".
    """
    before, behind = scene.text[one.span.end : joined.start], scene.text[joined.end : other.span.start]
    before = _CLAUSE.sub("", before).strip(" ,")  # "Acme ogłosiła, że wspólnie z Bolt zbuduje fabrykę"
    before = _without_when_and_where(scene, one.span.end, joined.start, before)
    if any(mark in before + behind for mark in ".,;:–—()\n") or any(map(str.isdigit, before + behind)):
        return False
    verbs = _WORD.findall(before)
    if not _is_what(scene, behind) or len(verbs) > _VERBS:
        return False
    return not verbs or load_name_words(scene.language.code).is_action(skeleton(verbs[0]), verbs[0])


def _without_when_and_where(scene: Scene, start: int, end: int, words: str) -> str:
    """The words of a stretch but for years and places, with the small words before them: "wil tot 2030"."""
    told = [m.span.of(scene.text) for m in (*scene.dates, *scene.places) if start <= m.span.start and m.span.end <= end]
    ats = load_name_words(scene.language.code).words("at")
    for one in told:
        front, found, rest = words.partition(one)
        if found and front.split() and (skeleton(front.split()[-1]) in ats or one[-1:].isdigit()):
            words = f"{front.rstrip().rpartition(' ')[0]} {rest}".strip()
    return words


def _is_what(scene: Scene, words: str) -> bool:
    """Whether words only tell what the one named behind them is: "de Koreaanse partner"."""
    names, countries = load_name_words(scene.language.code), load_countries(scene.language.code)
    sorts, articles, small = names.words("introduce"), load_name_types().articles, names.words("not_names")
    return all(
        introduces(word, sorts)
        or word in articles
        or (len(written) <= _ARTICLE and written.islower() and word in small and word not in names.words("at"))
        or countries.adjective(word) is not None
        or (written[0].isupper() and any(names.town_endings.bases(word)))
        for written in _WORD.findall(words)
        for word in (skeleton(written),)
    )


def _is_led_along(scene: Scene, one: Anchor, other: Anchor) -> bool:
    """Whether the first actor is named as going along with the second: "Razem z Bolt firma Acme postawi fabrykę"."""
    between = scene.text[one.span.end : other.span.start]
    if one.sentence != other.sentence or {one.kind, other.kind} != {"name"} or not 0 < len(between.strip()) <= _WIDE:
        return False
    start = max(scene.sentences[one.sentence].span.start, one.span.start - _WIDE)
    joined = [c.span for c in scene.cues_in(start, one.span.start) if c.label == "with_it" and len(c.span) > _LOOSE]
    if not joined or not between.replace(" ", "").isalpha():
        return False
    verb, _, rest = between.strip().partition(" ")
    # Their verb may stand before the second: "Spolu s Bolt postaví firma Acme továrnu".
    is_verb = load_name_words(scene.language.code).is_action(skeleton(verb), verb)
    if not _is_what(scene, rest if is_verb else between):
        return False
    before = scene.text[joined[-1].end : one.span.start]
    return not before.strip() or (before.replace(" ", "").isalpha() and _is_what(scene, before))


def _after(actors: Sequence[Actor], order: Sequence[tuple[int, int]], at: int) -> Anchor | None:
    """The name behind an anchor in its sentence."""
    anchor = actors[order[at][0]].anchors[order[at][1]]
    rest = (actors[n].anchors[m] for n, m in order[at + 1 :])
    name = next((one for one in rest if one.kind not in ("pronoun", "plural")), None)
    return name if name is not None and name.sentence == anchor.sentence else None


def _is_joined_body(scene: Scene, anchor: Anchor, following: Anchor | None) -> bool:
    """Whether words for a government or a body open a list: "the federal government and the province of Ontario"."""
    if following is None or following.span.start <= anchor.span.end:
        return False
    words = [skeleton(word) for word in _WORD.findall(scene.text[anchor.span.end : following.span.start])]
    names, articles = load_name_words(scene.language.code), load_name_types().articles
    is_list = bool(words) and words[0] in names.words("and") and all(word in articles for word in words[1:])
    labels = {cue.label for cue in scene.cues_in(anchor.span.start, anchor.span.end)}
    return is_list and ("government" in labels or is_body(scene, anchor.span))


def _is_origin(scene: Scene, anchor: Anchor, following: Anchor) -> bool:
    """Whether a land or a town only tells where the next name is from: "Norway's Acme", "Oslo venture firm Acme"."""
    between = scene.text[anchor.span.end : following.span.start]
    return _origin(scene.language.code).fullmatch(skeleton(between)) is not None


@cache
def _origin(code: str) -> re.Pattern[str]:
    """What stands between the land or town that somebody is from and the name."""
    names = load_name_words(code)
    sorts = "|".join(map(re.escape, sorted(names.words("introduce").whole, key=len, reverse=True)))
    if not sorts or names.script != "latn":
        return re.compile(r"(?!)")
    return re.compile(rf"'s\s+(?:(?:{sorts})\s+){{0,2}}|\s+(?:(?:{sorts})\s+){{1,2}}")


def _without_subject(
    scene: Scene, actors: Sequence[Actor], several: list[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """A list apart from who only stands before its comma, where the others alone have an ending: "Acme, Bolt'a verdi".

    In such a language the last of a list has the ending of them all, and "and" stands before it.
    """
    if len(several) < _PAIR or not _ends_names(scene.language.code):
        return [several]
    anchors = [actors[n].anchors[m] for n, m in several]
    commas = [scene.text[one.span.end : other.span.start].strip() == "," for one, other in pairwise(anchors)]
    # "A ve B, C'ye" are two and one, "A, B ve C'ye" one and two.
    after = [at + 1 for at, (one, other) in enumerate(pairwise(commas)) if other and not one]
    at = after[0] if after else 0
    is_heading = len(several) > _PAIR and scene.sentences[anchors[0].sentence].is_heading
    if not commas[at] or is_heading or _has_ending(scene, anchors[at]) or not _has_ending(scene, anchors[-1]):
        return [several]
    return [several[: at + 1], several[at + 1 :]]


@cache
def _ends_names(code: str) -> bool:
    """Whether a language writes the endings that say who gives and who is given behind a mark: "Acme'den"."""
    flow = load_language(code).flow
    return any(mark.startswith("'") for label in ("from", "to") for mark in flow.get(label, ()))


def _has_ending(scene: Scene, anchor: Anchor) -> bool:
    """Whether a name has an ending, or a word behind it that says who gives."""
    written = _ENDING.match(scene.text, anchor.span.end)
    if written is not None:
        return written.group(1).casefold() in load_name_words(scene.language.code).endings.instead
    words = anchor.span.of(scene.text)
    behind = scene.text[anchor.span.end : anchor.span.end + _WIDE]
    endings, marks = _marks_of_names(scene.language.code)
    return any(match.span.end == len(words) for match in endings.find(words)) or any(
        match.span.start == 1 for match in marks.find(behind)
    )


@cache
def _marks_of_names(code: str) -> tuple[PhraseMatcher, PhraseMatcher]:
    """What says who gives and who is given: the endings of small words ("Üniversitesine"), and words behind names."""
    flow = load_language(code).flow
    endings = {label: [m for m in flow.get(label, ()) if m.startswith("*")] for label in ("from", "to")}
    words = {label: [m for m in flow.get(label, ()) if m[0].isalpha()] for label in ("from", "leads")}
    return PhraseMatcher(endings), PhraseMatcher(words)


def join(scene: Scene, actors: Sequence[Actor], order: Sequence[tuple[int, int]]) -> None:
    """Tells every anchor whom it is listed with and whom it goes along with; `order` is that of the text."""
    lists: list[list[tuple[int, int]]] = []
    origin: Anchor | None = None
    for at, (n, m) in enumerate(order):
        anchor = actors[n].anchors[m]
        following = _after(actors, order, at)
        if anchor.kind == "plural" or (anchor.kind == "pronoun" and not _is_joined_body(scene, anchor, following)):
            # "Acme and the company Bolt" is a list of two.
            continue
        if anchor.kind == "state" and following is not None and _is_origin(scene, anchor, following):
            origin = anchor
            continue
        last = lists[-1][-1] if lists else None
        if last is not None and _goes_along(scene, actors[last[0]].anchors[last[1]], anchor):
            actors[n].anchors[m] = replace(actors[n].anchors[m], head=actors[last[0]].key)
        elif last is not None and _is_led_along(scene, actors[last[0]].anchors[last[1]], anchor):
            before = actors[last[0]].anchors
            before[last[1]] = replace(before[last[1]], head=actors[n].key)
        # "Acme, Norway's Bolt": where the next one is from stands in nobody's way.
        end = anchor.span.start if origin is None or origin.sentence != anchor.sentence else origin.span.start
        if last is not None and _listed_together(scene, actors[last[0]].anchors[last[1]], anchor, end):
            lists[-1].append((n, m))
        else:
            lists.append([(n, m)])
        origin = None
    for several in (part for one in lists for part in _without_subject(scene, actors, one)):
        for n, m in several:
            mates = tuple(sorted({actors[other].key for other, _ in several if other != n}))
            if mates:
                actors[n].anchors[m] = replace(actors[n].anchors[m], mates=mates)
