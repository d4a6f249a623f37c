"""One name in several cases: "Spółka Polenergia" and "w Polenergii" are one organisation, called by its base form."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, product

from pledgebook.extract.mentions.organisations_context import Found
from pledgebook.extract.mentions.organisations_words import Words
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations_types import LegalForms
from pledgebook.lexicon.places import Endings

_MOST_WORDS = 4
_MOST_FORMS = 400
_SHORT_FORM = len(", Co")
_LONGEST_ENDING, _SHORTEST_BASE = 14, 5
# Legal forms that newspapers write small and that are no words.
_SMALL_FORMS = frozenset(
    {"nv", "bv", "cvba", "bvba", "vzw", "srl", "spa", "gmbh", "plc", "kft", "zrt", "sr", "ry", "inc", "ltée"}
)
_MARKS = '."״'
Name = tuple[str, ...]


def end_of_form(words: Words, end: int, forms: LegalForms) -> int | None:
    """Where the legal form ends that stands behind a name which ends at `end`; None where none does."""
    match = forms.match(words.low, end)
    if match is None or not _is_form_written(words.text[match.start("form") : match.end()]):
        return None
    return None if _leads_to_county(words.text, end, match.end()) else match.end()


def _leads_to_county(text: str, end: int, behind: int) -> bool:
    """Whether what may be a form stands between a comma and a name: "Arklow, Co Wicklow"."""
    between, following = text[end:behind], text[behind : behind + 2]
    return between.startswith(", ") and len(between) <= _SHORT_FORM and following[:1] == " " and following[1:].isupper()


def _is_form_written(form: str) -> bool:
    """Whether the form is written as a form: "AG", "GmbH", "s.r.o." but not the words "as" or "co"."""
    is_marked = any(char in form.rstrip(".") for char in _MARKS)
    return is_marked or any(char.isupper() for char in form) or len(form) > 4 or form.rstrip(".") in _SMALL_FORMS


def in_base_forms(found: Sequence[Found], endings: Endings, lone: Mapping[str, str]) -> Iterator[Found]:
    """The organisations again, each called by the form of its name from which the text's other forms are made.

    A name that stands in one form only keeps it, but for `lone` endings that no base form has.

    >>> from pledgebook.extract.mentions import find_organisations
    >>> text = "Yhtiö Sanahelmi sai kaksi miljoonaa euroa eläkeyhtiö Kuuvuorelta."
    >>> [mention.party.name for mention in find_organisations(text, "fi")]
    ['Sanahelmi', 'Kuuvuori']
    """
    names = [tuple(skeleton(here.party.name).split()) for here in found]
    counts = Counter(names)
    base = _bases(counts, endings) if endings else {}
    parties = {name: here.party for name, here in reversed(list(zip(names, found, strict=True)))}
    for name, here in zip(names, found, strict=True):
        party = parties[base.get(name, name)] if name in base else here.party
        told = _without_ending(party.name, lone) if lone else party.name
        yield replace(here, party=replace(party, name=told)) if told != here.party.name or name in base else here


def _without_ending(name: str, lone: Mapping[str, str]) -> str:
    """The name without the ending of a case, where such an ending alone tells that it has one."""
    low = name.lower()
    for length in range(_LONGEST_ENDING, 1, -1):
        instead = lone.get(low[-length:])
        if instead is not None and len(name) - length + len(instead) >= _SHORTEST_BASE and name[-1].islower():
            capital = instead.capitalize() if length == len(name) or name[-length - 1] in " -" else instead
            return name[:-length] + capital
    return name


def _bases(counts: Counter[Name], endings: Endings) -> dict[Name, Name]:
    """For every name that is a form of another the one to call it by."""
    forms = {name: [other for other in _possible(name, endings) if other in counts] for name in counts}
    chosen: dict[Name, Name] = {}
    for name, others in forms.items():
        # Where each could be the other's form, the one that the text has more often is the base.
        of = [other for other in others if name not in forms[other] or (-counts[other], other) < (-counts[name], name)]
        if of:
            chosen[name] = min(of, key=lambda other: (-counts[other], other))
    return {name: _end(name, chosen) for name in chosen}


def _possible(name: Name, endings: Endings) -> Iterator[Name]:
    """All names that a name may be a form of: each of its words is the other's, or made from it."""
    if len(name) > _MOST_WORDS:
        return
    options = [(word, *dict.fromkeys(base for base, _ in endings.bases(word))) for word in name]
    yield from (other for other in islice(product(*options), _MOST_FORMS) if other != name)


def _end(name: Name, chosen: dict[Name, Name]) -> Name:
    """The last of the names that each is a form of the next."""
    seen = {name}
    while name in chosen and chosen[name] not in seen:
        name = chosen[name]
        seen.add(name)
    return name
