"""Names whose parts are joined by small words: where they begin and end."""

from pledgebook.extract.mentions.organisations_context import Context, is_town
from pledgebook.extract.mentions.organisations_runs import Run, introduces
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.places import given_names

_PARTS = 3
_LONGEST_NUMBER = 3  # four digits are a year


def first_of_joined(first: int, context: Context) -> int:
    """The first word of a name whose parts are joined by "de": "Ibérica de Nodos de Cálculo, S.L."."""
    words, text = context.words, context.words.text
    index = first
    for _ in range(_PARTS):
        before = index - 2
        if before < 0 or words.word(index - 1) not in context.types.parts or not _is_plain(words, index):
            break
        word = words.word(before)
        is_name = text[words.starts[before]].isupper() and not context.taken[words.starts[before]]
        if not (is_name and _is_plain(words, index - 1)) or "\n" in text[words.starts[before] : words.starts[index]]:
            break
        if (
            introduces(word, context.language.words("introduce"))
            or word in context.language.words("not_names")
            or word in words.small
            or is_town(word, context)
        ):
            break
        index = before
    return index


def first_over_number(first: int, context: Context) -> int:
    """The first word of a name that has a number in it: "Hilltop 25 Developer LLC"."""
    words, before = context.words, first - 2
    number = words.word(first - 1)
    if (
        before < 0
        or not number.isdigit()
        or len(number) > _LONGEST_NUMBER
        or words.gap(first) != " "
        or words.gap(first - 1) != " "
    ):
        return first
    is_name = words.text[words.starts[before]].isupper() and not context.taken[words.starts[before]]
    return first if not is_name or words.word(before) in context.types.generic else before


def first_with_number(run: Run, context: Context) -> int:
    """The first word of a name that a number begins, and a word for a fund ends: "468 Capital"."""
    words, number = context.words, context.words.word(run.first - 1)
    is_fund = run.first == run.last and words.word(run.first) in context.types.funds
    is_number = number.isdigit() and len(number) <= _LONGEST_NUMBER and words.gap(run.first) == " "
    return run.first - 1 if is_fund and is_number and words.gap(run.first - 1) in {" ", ", "} else run.first


def over_domain(last: int, context: Context) -> int:
    """The last word of a name, with the domain behind it: "Haimaker.ai"."""
    words, after = context.words, last + 1
    is_joined = after < len(words.starts) and words.gap(after) == "." and words.starts[after] == words.ends[last] + 1
    is_domain = is_joined and words.word(after) in context.types.domains
    return after if is_domain and words.text[words.starts[after]].islower() else last


def first_of_pair(run: Run, last: int, context: Context) -> int:
    """The first word of a name that two people gave: "Knut and Alice Wallenberg Foundation"."""
    words, other = context.words, run.first - 2
    if words.word(last) not in context.types.bodies or other < 0 or last - run.first < 2:
        return run.first
    names = {words.word(run.first), words.word(other)}
    is_pair = words.word(run.first - 1) in context.language.words("and") and not names.isdisjoint(given_names())
    is_plain = words.gap(run.first) == " " and words.gap(run.first - 1) == " "
    is_name = is_pair and is_plain and words.text[words.starts[other]].isupper()
    return other if is_name and not context.taken[words.starts[other]] else run.first


def last_of_joined(run: Run, context: Context) -> int:
    """The last word of a name whose parts are joined by "dos" and no town: "a eólica Casa dos Ventos"; or by "-"."""
    words, text = context.words, context.words.text
    last = run.last
    if words.word(last + 1) in context.types.compounded and words.gap(last + 1) == "-":
        return last + 1  # "Revontuli-säätiö"
    if run.first != run.last:
        return last
    for _ in range(2):
        after = last + 2
        if after >= len(words.starts) or words.word(last + 1) not in context.types.parts:
            break
        if not (_is_plain(words, last + 1) and _is_plain(words, after) and text[words.starts[after]].isupper()):
            break
        if context.taken[words.starts[after]] or is_town(words.word(after), context) or words.gap(last + 1) != " ":
            break
        last = after
    return last


def end_of_body(run: Run, last: int, context: Context) -> int:
    """The last word of "Export-Import Bank of China" or "Volta Institute of Science and Technology".

    So does the name of a company of a place: "Public Service Company of Oklahoma".
    """
    words, types = context.words, context.types
    of_what = words.word(last + 2)
    if is_centre_for(run, last, context):
        return end_of_joined(run, context)
    is_company = words.word(last) in types.companies and last > run.first
    if last != run.last or not (words.word(last) in types.first or is_company) or words.word(last + 1) != "of":
        return last
    if of_what in context.countries.names and words.word(last) not in types.funds and not is_company:
        return last
    end = end_of_joined(run, context)
    goes_on = end > last and words.word(end + 1) == "and" and words.word(end + 2) in types.generic
    return end + 2 if goes_on and words.text[words.starts[end + 2]].isupper() else end


def is_centre_for(run: Run, last: int, context: Context) -> bool:
    """Whether a name goes on with what it is for: "Wallenberg Centre for Quantum Technology"."""
    words, after = context.words, last + 2
    if last != run.last or words.word(last) not in context.types.centres or after >= len(words.starts):
        return False
    is_plain = words.gap(last + 1) == " " and words.gap(after) == " "
    return is_plain and words.word(last + 1) in context.types.centre_links and words.text[words.starts[after]].isupper()


def end_of_joined(run: Run, context: Context) -> int:
    """The last word of a name whose parts are joined by small words, as in "University of Applied Sciences"."""
    words, types, text = context.words, context.types, context.words.text
    last, size = run.last, len(words.starts)
    for _ in range(2):
        index = last + 1
        while index < size and index - last <= 2 and words.word(index) in types.joins and _is_plain(words, index):
            index += 1
        if index == last + 1 or index >= size or not _is_plain(words, index) or not text[words.starts[index]].isupper():
            break
        if "\n" in text[words.ends[last] : words.starts[index]] or _begins_another(last, index, context):
            break
        while (
            index + 1 < size
            and words.gap(index + 1) in {" ", "-"}
            and text[words.starts[index + 1]].isupper()
            and "\n" not in text[words.ends[index] : words.starts[index + 1]]
        ):
            index += 1
        last = index
    return last


def _begins_another(last: int, index: int, context: Context) -> bool:
    """Whether a name of its own stands behind "and": "Universidad EAFIT y Bancolombia", "la Fondation Avel et Ilex"."""
    words, types = context.words, context.types
    if words.word(last + 1) not in context.language.words("and"):
        return False
    if context.taken[words.starts[index]]:
        return True
    sides = {words.word(last), words.word(index)}
    return sides.isdisjoint(types.generic) and sides.isdisjoint(given_names()) and sides.isdisjoint(words.small)


def _is_plain(words: Words, index: int) -> bool:
    return words.gap(index) in {" ", "'", "-"}
