"""One name in several cases: "Spółka Polenergia" and "w Polenergii" are one organisation, called by its base form."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pledgebook.extract.mentions.organisations_context import Found
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.places import Endings

_HEAD = 2
Name = tuple[str, ...]


def in_base_forms(found: Sequence[Found], endings: Endings) -> Iterator[Found]:
    """The organisations again, each called by the form of its name from which the text's other forms are made.

    A name that stands in one form only keeps it: nothing in the text tells that it is inflected.
    """
    names = [tuple(skeleton(here.party.name).split()) for here in found]
    counts = Counter(names)
    base = _bases(counts, endings) if endings else {}
    parties = {name: here.party for name, here in reversed(list(zip(names, found, strict=True)))}
    for name, here in zip(names, found, strict=True):
        yield replace(here, party=parties[base[name]]) if name in base else here


def _bases(counts: Counter[Name], endings: Endings) -> dict[Name, Name]:
    """For every name that is a form of another the one to call it by."""
    alike: dict[tuple[str, ...], list[Name]] = defaultdict(list)
    for name in counts:
        alike[tuple(word[:_HEAD] for word in name)].append(name)
    chosen: dict[Name, Name] = {}
    for names in alike.values():
        for name in names:
            of = [other for other in names if other != name and _is_form_of(name, other, endings)]
            of = [other for other in of if _goes_before(other, name, counts, endings)]
            if of:
                chosen[name] = min(of, key=lambda other: (-counts[other], other))
    return {name: _end(name, chosen) for name in chosen}


def _is_form_of(name: Name, other: Name, endings: Endings) -> bool:
    """Whether each word of a name is the other's word, or made from it."""
    return all(a == b or b in _words(a, endings) for a, b in zip(name, other, strict=True))


def _words(word: str, endings: Endings) -> Iterable[str]:
    return (base for base, _ in endings.bases(word))


def _goes_before(one: Name, other: Name, counts: Counter[Name], endings: Endings) -> bool:
    """Whether `one` is the base of the two; where each could be the other's, the one that the text has more often."""
    if not _is_form_of(one, other, endings):
        return True
    return (-counts[one], one) < (-counts[other], other)


def _end(name: Name, chosen: dict[Name, Name]) -> Name:
    """The last of the names that each is a form of the next."""
    seen = {name}
    while name in chosen and chosen[name] not in seen:
        name = chosen[name]
        seen.add(name)
    return name
