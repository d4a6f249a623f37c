"""Names in Korean that no list has and no word for a company ends: by what is written together with them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pledgebook.domain import Party, PartyKind, Span
from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.lexicon.places import load_name_words

_HANGUL = "\uac00-\ud7a3"
_FIRST, _FINALS = 0xAC00, 28
_SHORTEST = 2
_KNOWN = 2
_DOTTED = re.compile(
    rf"(?<![{_HANGUL}A-Za-z0-9·])[{_HANGUL}A-Za-z0-9&]{{2,15}}(?:·[{_HANGUL}A-Za-z0-9&]{{2,15}}){{2,}}"
)
_PART = re.compile(r"[^·]+")
_COUNTED = re.compile(rf"\d+[{_HANGUL}]{{1,3}}")
_SHORTEST_PAYER = 3
_DAY = r"(?:[^\s\d]{2} )?\d{1,2}일"


def hangul(context: Context) -> Iterator[Found]:
    """Names such as GS네오텍, 하브노드(대표 …), 하브노드(Havnord)는 and 스타트업 하브노드가.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> [mention.party.name for mention in find_organisations("하브노드(대표 김모씨)가 투자한다.", "ko")]
    ['하브노드']
    """
    patterns = _patterns(context.language.code)
    if patterns is None:
        return
    text = context.words.text
    for pattern, score, reason in patterns:
        for match in pattern.finditer(text):
            start, end = match.span("name")
            end = start + len(_without_particle(match["name"], context)) if match.re.groupindex.get("open") else end
            if "place" in match.re.groupindex and not _is_located(match["name"], match["place"], context):
                continue
            if "pays" in match.re.groupindex and not _is_payer(text[start:end], match["name"], context):
                continue
            if not any(context.taken[start:end]) and _is_name(text[start:end], context):
                party = Party(text[start:end], PartyKind.COMPANY)
                yield Found(Span(start, end), party, score, reason)
                if "latin" in match.re.groupindex:
                    yield Found(Span(*match.span("latin")), party, score, reason)


def dotted(context: Context, known: Sequence[Found]) -> Iterator[Found]:
    """The names in a list with dots between in which two are known: 대우건설·KT·하브노드 등이."""
    text = context.words.text
    ends = {here.span.start: here.span.end for here in known if here.party.kind is not PartyKind.GOVERNMENT}
    for match in _DOTTED.finditer(text):
        parts = [Span(match.start() + at.start(), match.start() + at.end()) for at in _PART.finditer(match.group())]
        new = [part for part in parts if part.start not in ends]
        if len(parts) - len(new) < _KNOWN:
            continue
        for part in new:
            end = part.end
            if end == match.end():
                end = part.start + len(_without_particle(part.of(text), context))
            if not any(context.taken[part.start : end]) and _is_name(text[part.start : end], context):
                party = Party(text[part.start : end], PartyKind.COMPANY)
                yield Found(Span(part.start, end), party, 0.5, "listed together")


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], float, str], ...] | None:
    language = load_name_words(code)
    if language.script != "hang":
        return None
    surnames = "".join(sorted(language.words("surnames").whole))
    person = f"[{surnames}][{_HANGUL}]{{1,2}}"
    particles = "|".join(sorted(language.words("says").whole, key=len, reverse=True))
    heads = "|".join(sorted(language.words("heads").whole, key=len, reverse=True))
    introducers = "|".join(sorted(language.words("introduce").whole, key=len, reverse=True))
    word = rf"(?<![{_HANGUL}A-Za-z])(?P<name>[{_HANGUL}A-Za-z0-9&]{{2,12}})"
    of = "|".join(sorted(language.words("head_of").whole)) or "(?!)"
    owner = rf"(?<![{_HANGUL}A-Za-z])(?P<name>[{_HANGUL}A-Za-z0-9&]{{2,12}}?)(?:{of})?"  # "누빛의 정하윤 대표는"
    acting = rf"(?<![{_HANGUL}A-Za-z0-9])(?P<name>(?P<open>)[{_HANGUL}A-Za-z0-9&]{{3,14}}) "
    pays, days, objects, last = (
        "|".join(sorted(language.words(label).whole, key=len, reverse=True))
        for label in ("pays", "days", "objects", "pays_last")
    )
    ends, builds = (
        "|".join(sorted(language.words(label).whole, key=len, reverse=True)) or "(?!)"
        for label in ("company_ending", "builds")
    )
    before = "|".join(map(re.escape, sorted(language.words("company_before").whole)))
    states, agents = (
        "|".join(sorted(language.words(label).whole, key=len, reverse=True)) or "(?!)"
        for label in ("government", "agent_after")
    )
    sum_paid = rf"\d[^.!?,()\n]{{1,12}}(?:\([^)\n]{{1,20}}\))?(?:{pays}|(?:{objects}) [^.!?,\n]{{1,25}}(?:{last}))"
    return (
        # "세진정밀은 구미에 900억 원을 들여", "네오링크는 26일"
        (re.compile(rf"{acting}(?=(?P<pays>[^.!?\n]{{0,60}}?{sum_paid}))"), 0.5, "pays"),
        (re.compile(rf"{acting}(?=(?P<pays>(?:{_DAY}|{days}|[{_HANGUL}]{{2,6}} (?:{states}))))"), 0.5, "subject"),
        # "두리시스템은 오송에 연구소를 연다"
        (
            re.compile(
                rf"(?:^|(?<=[.!?] ))[^\w\n]{{0,3}}"
                rf"(?P<name>(?P<open>)[{_HANGUL}A-Za-z0-9&]{{1,8}}(?:{ends})(?:{particles})) "
                rf"(?=[^.!?\n]{{2,60}}?(?:{builds}))",
                re.MULTILINE,
            ),
            0.5,
            "subject",
        ),
        # "120억 원은 벨웨더가 기부한다", "노스베일에 의해"
        (re.compile(rf"\d[^.!?,()\n]{{0,8}}[은는을를] {acting}(?=(?P<pays>(?:{last})))"), 0.5, "pays"),
        (re.compile(rf"(?<![{_HANGUL}A-Za-z0-9])(?P<name>[{_HANGUL}A-Za-z0-9&]{{3,14}}?)(?:{agents})"), 0.5, "subject"),
        (re.compile(rf"{word}\((?:{heads})(?: |[{_HANGUL}]* )"), 0.8, "apposition"),
        # "주식회사 하브노드(", "주식회사 하브노드는"; "하브노드(청주)가"
        (re.compile(rf"(?:{before}) (?P<name>(?P<open>)[{_HANGUL}A-Za-z0-9&]{{2,14}})(?=[ (,.])"), 0.75, "legal form"),
        (
            re.compile(
                rf"{word}\((?P<place>[{_HANGUL}]{{2,4}}(?: [{_HANGUL}]{{2,4}})?)\)(?:{particles})(?![{_HANGUL}])"
            ),
            0.6,
            "apposition",
        ),
        (
            re.compile(rf"{word}\((?P<latin>[A-Z][a-z]+(?:[ -]?[A-Z][A-Za-z]+)*)\)(?:{particles})(?![{_HANGUL}])"),
            0.5,
            "foreign letters",
        ),
        (re.compile(rf"{owner} {person} (?:{heads})(?:[,·)]| |[{_HANGUL}]{{1,3}}[ ,])"), 0.6, "apposition"),
        (
            re.compile(rf"(?<![{_HANGUL}]){person} {word} (?:{heads})(?:[,·)]| |[{_HANGUL}]{{1,3}}[ ,])"),
            0.6,
            "apposition",
        ),
        (
            re.compile(
                rf"(?<![{_HANGUL}A-Za-z0-9])(?P<name>(?P<open>)[A-Z][A-Z&]{{1,4}}[{_HANGUL}]{{2,8}})(?![{_HANGUL}])"
            ),
            0.5,
            "type",
        ),
        (
            re.compile(
                rf"(?:{introducers}) (?P<name>(?P<open>)[{_HANGUL}A-Za-z0-9]{{2,10}}(?:{particles}))(?![{_HANGUL}])"
            ),
            0.5,
            "apposition",
        ),
    )


def _without_particle(word: str, context: Context) -> str:
    """A word without the particle at its end, which has to fit the letter before it: 은 and 이 follow a consonant."""
    particle = word[-1]
    before = word[-2:-1]
    if particle not in context.language.words("says") or not before or len(word) <= _SHORTEST:
        return word
    closed = bool((ord(before) - _FIRST) % _FINALS) if ord(before) >= _FIRST else None
    if closed is not None and (particle in "은이과을") != closed and particle not in "의도":
        return word
    return word[:-1]


def _is_payer(name: str, written: str, context: Context) -> bool:
    """Whether a word with a particle behind may be a name: no verb, and no word for a thing or for an office."""
    if name == written or len(name) < _SHORTEST_PAYER or written[-1] not in context.language.words("topics"):
        return False
    return not name.endswith(tuple(context.language.words("no_company_last").whole))


def _is_located(name: str, place: str, context: Context) -> bool:
    """Whether words in brackets tell where a company is: "하브노드(청주)는", not "센터(부산)"."""
    first = place.split(maxsplit=1)[0].lower()
    is_place = first in context.countries.names or bool(context.towns.refs[first])
    return is_place and not name.endswith(tuple(context.language.words("no_located").whole))


def _is_name(name: str, context: Context) -> bool:
    """Whether a word is no general one and no place."""
    language, key = context.language, name.lower()
    if _COUNTED.fullmatch(name) is not None:
        return False  # "기업 4곳과"
    latin = re.match(r"[a-z&]*", key)
    if latin is not None and (latin.group() in language.words("not_names") or latin.group() in context.types.generic):
        return False
    if len(name) < _SHORTEST or key in language.words("general") or key in language.words("no_company"):
        return False
    if any(key in language.words(label) for label in ("introduce", "person", "government", "officeholder")):
        return False
    return key not in context.countries.names and not context.towns.refs[key]
