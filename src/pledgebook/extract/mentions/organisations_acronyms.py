"""Names in full before their acronym in brackets: "the Agence nationale de la recherche (ANR)"."""

from collections.abc import Iterator

from pledgebook.domain import Party, Span
from pledgebook.extract.mentions.organisations_context import Context, Found, kind_of

_LONGEST = 7
_SHORTEST = 3
_MOST_SMALL = 3
_LONGEST_SMALL = 4


def spelt_out(context: Context) -> Iterator[Found]:
    """The organisations whose name's initials are the acronym that follows in brackets.

    Small words between ("of", "de la") need no letter of their own. A name without any capital needs a word that
    says what it is ("agence"), and one with capitals alone must not be a place.
    """
    words, text = context.words, context.words.text
    for index in words.large:
        start = words.starts[index]
        if text[start - 1] != "(" or not _SHORTEST <= words.ends[index] - start <= _LONGEST:
            continue
        acronym = text[start : words.ends[index]]
        # "Innovationspark Künstliche Intelligenz (Ipki)": newspapers write long ones like words.
        is_like_word = acronym.istitle() and len(acronym) > _SHORTEST
        if not (acronym.isupper() or is_like_word) or not acronym.isalpha():
            continue
        if text[start - 2 : start] != " (" or text[words.ends[index] : words.ends[index] + 1] != ")":
            continue
        first = _first(index, acronym.lower(), context)
        if first is None:
            continue
        if _is_thing(first, index, context):
            context.things.add(words.word(index))
        elif _is_body(first, index, context):
            yield _named(first, index, acronym, context)


def _first(index: int, letters: str, context: Context) -> int | None:
    """Where the words begin whose initials are `letters`; None where no words before `index` spell them."""
    words = context.words
    at, left, small = index - 1, len(letters), 0
    while at >= 0 and left:
        word = words.word(at)
        if at < index - 1 and words.gap(at + 1) not in {" ", "-", "'"}:
            return None
        letter = letters[left - 1]
        is_small = len(word) <= _LONGEST_SMALL and words.text[words.starts[at]].islower()
        # "Forschungszentrum für Künstliche Intelligenz (DFKI)": the F is not that of "für".
        if word[:1] == letter and not (is_small and words.word(at - 1)[:1] == letter):
            left, small = left - 1, 0
        elif is_small and small < _MOST_SMALL:
            small += 1
        else:
            return None
        at -= 1
    return None if left or any(context.taken[words.starts[at + 1] : words.ends[index - 1]]) else at + 1


def _is_thing(first: int, index: int, context: Context) -> bool:
    """Whether the words from `first` on name a law, a plan or a programme: "Plan for Artificial Intelligence (PAI)"."""
    types = context.types
    return context.words.word(first) in types.things_first or context.words.word(index - 1) in types.things_last


def _is_body(first: int, index: int, context: Context) -> bool:
    """Whether the words from `first` on name a body and no idea or country."""
    words, types = context.words, context.types
    if words.written(index).istitle():
        return all(words.text[words.starts[n]].isupper() for n in range(first, index))
    tokens = [words.word(n) for n in range(first, index)]
    telling = [token for token in tokens if token not in types.generic and token not in words.small]
    if words.word(index) in types.generic or " ".join(tokens) in context.countries.names:
        return False
    if any(token in types.first or token in types.bodies or token in types.funds for token in tokens):
        return True
    return bool(telling) and all(words.text[words.starts[n]].isupper() for n in (first, index - 1))


def _end_of_name(first: int, index: int, context: Context) -> int:
    """Where a name ends whose legal form may stand before the bracket."""
    words = context.words
    end = words.ends[index - 1]
    for last in range(first + 1, index - 1):
        form = context.types.after.match(words.low, words.ends[last])
        if form is not None and form.end() == end:
            return words.ends[last]
    return end


def _named(first: int, index: int, acronym: str, context: Context) -> Found:
    words = context.words
    span = Span(words.starts[first], words.ends[index - 1])
    name = " ".join(words.text[span.start : _end_of_name(first, index, context)].split())
    tokens = {words.word(n) for n in range(first, index)}
    return Found(span, Party(name[0].upper() + name[1:], kind_of(tokens, context.types)), 0.85, "acronym", (acronym,))
