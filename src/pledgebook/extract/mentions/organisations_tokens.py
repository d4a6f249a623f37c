"""Names that no list has in scripts with blanks and without capitals: by the words beside them or at their ends."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from pledgebook.extract.mentions.organisations_context import Context, Found
from pledgebook.extract.mentions.organisations_forms import end_of_form
from pledgebook.extract.mentions.organisations_free import found_company, is_free
from pledgebook.extract.mentions.organisations_words import forms_of
from pledgebook.lexicon.vocabulary import load_vocabulary

_LONGEST_NAME = 4
_SHORTEST_TOKEN = 4
_LEAST, _SORTS = 3, 2
# The ending of what somebody builds: "مجمعا".
_OBJECT = "ا"
_ARTICLES = ("ال", "لل")
_FOR = "لل"  # "شركة للتسويق": what a company is for
_OPENS = ("«", "“", '"')
_MARKS, _THINGS, _PLAIN = ' «“"', 2, 0.5
_QUOTED_LINK = re.compile(r"(?: [^\s«»“”\",،]+)? ?[,،]? ?[وו]?-?(?=[«“\"])")
_QUOTED = re.compile(r"\s*[«“\"'「『](?P<name>[^»”\"'」』\n]{2,40})[»”\"'」』]")


def by_company_tokens(context: Context) -> Iterator[Found]:
    """Names beside or with words for companies: "חברת מגדל כחול", "लोढ़ा डेवलपर्स", ㈜남도컴퓨트."""
    words, language = context.words, context.language
    yield from _quoted_before_verbs(context)
    introducers = (language.words("introduce"), language.words("say"))
    for index, token in enumerate(words.tokens):
        if context.taken[words.starts[index]]:
            continue
        if token in language.words("type_last"):
            yield from _by_last_word(index, context)
        if any(token in several for several in introducers):
            yield from _introduced(index, context)
        if language.words("introduce_definite"):
            yield from _behind_origin(index, context)
        if token in introducers[0]:
            yield from _up_to_particle(index, context)
        if token in language.words("legal_after") and index and words.gap(index) in {" ", ". "}:
            yield from _before_legal_word(index, context)
            continue
        yield from _before_form(index, context)
        yield from _with_company_word(index, context)


def _before_legal_word(index: int, context: Context) -> Iterator[Found]:
    """The words before one for a legal form, or before several: "गंगा डेटा पार्क्स प्राइवेट लिमिटेड"."""
    words, language = context.words, context.language
    last = index - 1
    while last and words.tokens[last] in language.words("legal_before") and words.gap(last) in {" ", ". "}:
        last -= 1
    first = last
    while first > 0 and last - first < _LONGEST_NAME - 1 and words.gap(first) == " ":
        before = words.tokens[first - 1]
        if before in language.words("inner") and first > 1 and words.gap(first - 1) == " ":
            first -= not _ends_name(words.tokens[first - 2], first - 2, context)
        if _ends_name(words.tokens[first - 1], first - 1, context):
            break
        first -= 1
    if not _ends_name(words.tokens[first], first, context):
        yield found_company(words.text, words.starts[first], words.ends[last], 0.7, "legal form")


def _ends_name(token: str, index: int, context: Context) -> bool:
    """Whether a word is none of a name that ends behind it."""
    language = context.language
    banned = ("not_names", "introduce", "says", "person", "and")
    is_word = token[0].isdigit() or any(token in language.words(label) for label in banned)
    return is_word or token in context.countries.names or bool(context.taken[context.words.starts[index]])


def _quoted_before_verbs(context: Context) -> Iterator[Found]:
    """Names in quotation marks that a verb or an origin follows: "«نور» تبني مركزا", "«نور» القطرية"."""
    words, language = context.words, context.language
    if language.script != "arab":
        return
    plain: list[Found] = []
    is_told = False
    for match in _QUOTED.finditer(words.text):
        start, end = match.span("name")
        at = bisect_left(words.starts, match.end())
        names = words.low[start:end].split()
        if _is_plainly_quoted(names, bisect_left(words.starts, start), context) and is_free(context, start, end):
            plain.append(found_company(words.text, start, end, _PLAIN, "apposition"))
        is_told = is_told or _is_introduced(bisect_left(words.starts, start) - 1, context)
        if at >= len(words.starts) or words.starts[at] != match.end() + 1 or words.gap(at)[-1:] != " ":
            continue
        after = words.tokens[at]
        is_verb, is_origin = after in language.words("say"), context.countries.adjective(after) is not None
        is_thing = any(name in language.words("not_names") or name[0].isdigit() for name in names)
        if (is_verb or is_origin) and not is_thing and len(names) < _LONGEST_NAME and is_free(context, start, end):
            yield found_company(words.text, start, end, 0.6 if is_verb else 0.5, "apposition")
            is_told = True
    if is_told:
        yield from plain


def _is_plainly_quoted(names: Sequence[str], first: int, context: Context) -> bool:
    """Whether words in quotation marks may be a name: no common words, and nothing else is called so before them."""
    words, language = context.words, context.language
    things, known = language.words("quoted_things"), load_vocabulary(language.code)
    if not things or not 0 < len(names) < _LONGEST_NAME or names[0][0].isdigit():
        return False
    banned = ("not_names", "say", "says", "person", "at", "and", "government", "opening_verbs", "introduce", "trade")
    if any(name in language.words(label) for name in names[:1] for label in banned) or known.is_form(names[0]):
        return False
    for index in range(first - 1, max(-1, first - 1 - _THINGS), -1):
        if words.gap(index + 1).strip(_MARKS) or words.tokens[index] in language.words("introduce"):
            break
        if words.tokens[index] in things:
            return False
    return True


def _is_introduced(index: int, context: Context) -> bool:
    """Whether a word for a company stands at `index`."""
    return index >= 0 and context.words.tokens[index] in context.language.words("introduce")


def _up_to_particle(index: int, context: Context) -> Iterator[Found]:
    """The words between one for a company and a particle of who acts: "कंपनी नीला डेटा ने"."""
    words, language = context.words, context.language
    closes = language.words("closes")
    banned = ("not_names", "introduce", "says", "after", "person", "government", "ministry", "and", "of")
    at = index + 1
    while closes and at < len(words.tokens) and at - index <= _LONGEST_NAME + 1 and words.gap(at) == " ":
        token = words.tokens[at]
        if token in closes and at > index + 1:
            yield found_company(words.text, words.starts[index + 1], words.ends[at - 1], 0.6, "apposition")
            return
        is_word = token[0].isdigit() or any(token in language.words(label) for label in banned)
        if is_word or token in context.countries.names or context.taken[words.starts[at]]:
            return
        at += 1


def _before_form(index: int, context: Context) -> Iterator[Found]:
    """The words before a legal form that newspapers write with marks inside, back to a word that is no name's: בע"מ."""
    words, language = context.words, context.language
    if end_of_form(words, words.ends[index], context.types.after) is None:
        return
    banned = ("not_names", "introduce", "say", "says", "person", "and")
    first = index
    while first > 0 and index - first < _LONGEST_NAME - 2 and words.gap(first) == " ":
        before = words.tokens[first - 1]
        if any(before in language.words(label) for label in banned) or context.taken[words.starts[first - 1]]:
            break
        first -= 1
    yield found_company(words.text, words.starts[first], words.ends[index], 0.8, "legal form")


def _with_company_word(index: int, context: Context) -> Iterator[Found]:
    """A name that ends or begins with a word for a company, or has a legal form right beside it: ㈜남도컴퓨트가."""
    words, language = context.words, context.language
    token, start, end = words.tokens[index], words.starts[index], words.ends[index]
    forms = forms_of(words.text, language.code)[index]
    after = (*language.words("company_after").whole, *language.words("company_ending").whole)
    before = tuple(language.words("company_before").whole)
    for base in (token, *(form.base for form in forms)) if after else ():
        if not base.endswith(after):
            continue
        ending = next((word for word in after if base.endswith(word) and len(base) > len(word) + 1), None)
        if ending is not None and base not in after and base not in language.words("general"):
            yield found_company(words.text, start, start + len(base), 0.6, "type")
            break
    if not before:
        return
    if token.startswith(before) and len(token) > _LONGEST_NAME:
        cut = next(len(word) for word in before if token.startswith(word))
        yield found_company(words.text, start + cut, end, 0.7, "legal form")
    elif (whole := _before_full_form((token, *(form.base for form in forms)), before)) is not None:
        yield found_company(words.text, start, start + len(whole), 0.75, "legal form")
    elif token not in language.words("says") and (
        words.text.endswith(before, 0, start) or words.text.startswith(before, end)
    ):
        stop = start + min((len(form.base) for form in forms), default=len(token))
        yield found_company(words.text, start, stop, 0.75, "legal form")


def _before_full_form(tokens: Iterable[str], forms: tuple[str, ...]) -> str | None:
    """What stands before a legal form that is written in one with the name: 하브노드자산운용주식회사."""
    for token in tokens:
        form = next((form for form in forms if token.endswith(form)), None)
        if form is not None and len(token) > len(form) + 1:
            return token.removesuffix(form)
    return None


def _by_last_word(index: int, context: Context) -> Iterator[Found]:
    """A name whose last word says what it is: "लोढ़ा डेवलपर्स", "דליה אנרגיה"."""
    words, language = context.words, context.language
    banned = (language.words("not_names"), language.words("introduce"), language.words("says"), language.words("say"))
    first = index
    while (
        first > 0 and index - first < _LONGEST_NAME and words.text[words.ends[first - 1] : words.starts[first]] == " "
    ):
        before = words.tokens[first - 1]
        is_inner = before in language.words("inner") and first > 1 and words.gap(first - 1) == " "
        is_inner = is_inner and not _ends_name(words.tokens[first - 2], first - 2, context)
        if before[0].isdigit() or len(before) < 2 or (not is_inner and any(before in several for several in banned)):
            break
        if context.taken[words.starts[first - 1]] or before in language.words("general"):
            break
        if context.countries.adjective(before) or before in context.countries.names:
            break
        first -= 1
        if (
            language.script != "deva"
            and words.text[words.starts[first - 1] - 1 : words.starts[first - 1]] not in _OPENS
        ):
            break
    if first < index:
        start = words.starts[first]
        joins = tuple(word for word in language.words("and").whole if len(word) == 1)
        joins = () if start and words.text[start - 1] in _OPENS else joins  # «وادي فنتشرز»
        if joins and words.tokens[first].startswith(joins) and not words.text.startswith(words.text[start], start + 1):
            start += len(words.tokens[first]) >= _SHORTEST_TOKEN  # ודוראל אנרגיה: and
        yield found_company(words.text, start, words.ends[index], 0.6, "type")


def _introduced(index: int, context: Context) -> Iterator[Found]:
    """The names behind a word such as "company": in quotation marks, or the words that follow."""
    words, language = context.words, context.language
    at = words.ends[index]
    quoted = _QUOTED.match(words.text, at)
    if quoted is None:
        if words.tokens[index] in language.words("introduce"):
            yield from _unquoted(index, context)
        return
    while quoted is not None:
        start, end = quoted.span("name")
        if is_free(context, start, end) and len(quoted["name"].split()) <= _LONGEST_NAME:
            yield found_company(words.text, start, end, 0.8, "apposition")
        link = _QUOTED_LINK.match(words.text, quoted.end())  # «A», و«B»
        quoted = _QUOTED.match(words.text, link.end()) if link is not None else None


def _up_to_verb(last: int, context: Context) -> int:
    """The last word of a name that goes on up to a mark, a word of action or of origin: "חברת מגה אור, בשליטת"."""
    words, language = context.words, context.language
    at = last
    while at + 1 < len(words.tokens) and words.gap(at + 1) == " ":
        token = words.tokens[at + 1]
        if token in language.words("say") or token in language.words("opening_verbs"):
            return at
        if context.countries.adjective(token):
            return at
        is_word = token in language.words("not_names") or token in context.countries.names or token[0].isdigit()
        if is_word and words.word(at + 2) in language.words("opening_verbs") and words.gap(at + 2) == " ":
            return at + (token not in language.words("no_opening") and not token[0].isdigit())
        if is_word or context.taken[words.starts[at + 1]] or at - last == _LONGEST_NAME - 2:
            return _up_to_known(last, context)
        at += 1
    return at


def _up_to_known(last: int, context: Context) -> int:
    """The last word of a name that goes on up to a figure or, in Arabic, a word that the language's tables know."""
    words, language = context.words, context.language
    known, joins = load_vocabulary(language.code), tuple(language.words("opening_joins").whole)
    at = last
    while joins and at + 1 < len(words.tokens) and words.gap(at + 1) == " " and at - last < _LONGEST_NAME - 2:
        token = words.tokens[at + 1]
        if token[0].isdigit():
            return at
        is_word = known.is_form(token) or token in language.words("not_names") or token.startswith(joins)
        is_word = is_word or token in context.countries.names or token.endswith(_OBJECT) or len(token) < _LEAST
        if is_word or context.taken[words.starts[at + 1]]:
            return at if language.verb_first else last
        at += 1
    return at if joins else last


def _behind_origin(index: int, context: Context) -> Iterator[Found]:
    """A name behind a word for a company with an article and words for its sort: "החברה האמריקאית נורתוויל"."""
    words, language = context.words, context.language
    articles, definite = tuple(language.words("opening_articles").whole), language.words("introduce_definite")
    if not (words.tokens[index] in definite or words.tokens[index][1:] in definite):
        return
    at = index + 1
    while at < len(words.tokens) and words.gap(at) == " " and at - index <= _SORTS:
        if not words.tokens[at].startswith(articles):
            break
        at += 1
    if at == index + 1 or at >= len(words.tokens) or words.gap(at) != " " or context.taken[words.starts[at]]:
        return
    token, banned = words.tokens[at], ("not_names", "say", "introduce", "person", "at", "and", "government", "trade")
    is_word = len(token) < _LEAST or token[0].isdigit() or any(token in language.words(label) for label in banned)
    is_word = is_word or token in language.words("opening_verbs") or load_vocabulary(language.code).is_form(token)
    if not is_word and token not in context.countries.names:
        yield found_company(words.text, words.starts[at], words.ends[_up_to_verb(at, context)], 0.6, "apposition")


def _behind_trade(index: int, context: Context) -> int | None:
    """The word that begins a name behind words for a trade and an origin: "חברת הביטוח הישראלית מגדל כחול"."""
    words, language = context.words, context.language
    at = index + 1
    while at < len(words.tokens) and at - index <= _LONGEST_NAME and words.gap(at) == " ":
        token = words.tokens[at]
        if token not in language.words("trade") and (at == index + 1 or not context.countries.adjective(token)):
            break
        at += 1
    if at == index + 1 or at >= len(words.tokens) or words.gap(at) != " " or context.taken[words.starts[at]]:
        return None
    banned = ("not_names", "say", "introduce", "person", "at", "and", "government", "trade", "opening_verbs")
    token = words.tokens[at]
    is_word = len(token) < 3 or token[0].isdigit() or any(token in language.words(label) for label in banned)
    return None if is_word or token in context.countries.names else at


def _agrees(introducer: str, following: str) -> bool:
    """Whether an Arabic word with an article may begin a name with the next: "الشركة الخليجية", not "الشركة قرضا"."""
    if not introducer.startswith("ال"):
        return True
    return following.startswith("ال") and following.endswith("ه" if introducer.endswith("ه") else "ي")


def _unquoted(index: int, context: Context) -> Iterator[Found]:
    """The one word that follows, and those that go on with an article: "شركة ظفار للحوسبة المتقدمة"."""
    words, language = context.words, context.language
    if language.script not in {"arab", "hebr"} or index + 1 >= len(words.tokens) or words.gap(index + 1) != " ":
        return
    is_part = words.tokens[index] in language.words("type_first")
    named = _behind_trade(index, context)
    if named is not None:
        yield found_company(words.text, words.starts[named], words.ends[_up_to_verb(named, context)], 0.6, "apposition")
    if words.tokens[index + 1] in language.words("trade"):
        return
    following, start = words.tokens[index + 1], words.starts[index + 1]
    is_word = following in language.words("not_names") or len(following) < 3
    is_word = is_word or (not is_part and following.startswith(("ال", "ה")))
    is_word = is_word or following.startswith(_FOR) or not _agrees(words.tokens[index], following)
    is_place = context.countries.adjective(following) or following in context.countries.names
    if is_word or context.taken[start] or (is_place and not is_part) or context.countries.adjective(following):
        return
    last = index + 1
    while last + 1 < len(words.tokens) and last - index < _LONGEST_NAME and words.gap(last + 1) == " ":
        token = words.tokens[last + 1]
        goes_on = token.startswith(_ARTICLES) and token not in language.words("not_names")
        goes_on = goes_on and token not in context.countries.names
        is_type = token in language.words("type_last")
        if not (goes_on or is_type) or context.countries.adjective(token) or context.taken[words.starts[last + 1]]:
            break
        last += 1
    last = last if last > index + 1 else _up_to_verb(last, context)
    first = words.starts[index] if is_part else start
    if is_part and words.tokens[index][1:] in language.words("type_first"):
        first += 1  # "وبنك الدوحة": and
    after = words.tokens[last + 1] if last + 1 < len(words.tokens) and words.gap(last + 1) == " " else ""
    is_closed = after in language.words("say") or after in context.countries.names or context.countries.adjective(after)
    score = 0.6 if last > index + 1 or is_part or is_closed else 0.45
    yield found_company(words.text, first, words.ends[last], score, "apposition")
