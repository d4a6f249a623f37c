"""Finding lines of a ledger without looking at each: by name, country, purpose, stage, day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from pledgebook.domain import Entry
from pledgebook.lexicon.names import skeleton
from pledgebook.lexicon.organisations import load_organisations
from pledgebook.show.filters import Filters

_Places = frozenset[int]
_LAST, _FIRST = "9999-12-31", "0000-00-00"


class Index:
    """Which lines pass a filter, by their places in `entries`: the same as `Filters.keep` says of each."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def find(self, filters: Filters) -> _Places | None:
        """The places of the lines that pass, None where all do."""
        found = [*self._by_words(filters), *self._by_value(filters), *self._by_size(filters)]
        if not found:
            return None
        few, *others = sorted(found, key=len)
        return few.intersection(*others)

    def _by_words(self, filters: Filters) -> Iterator[_Places]:
        if filters.investor is not None:
            yield _named(self._investors, filters.investor)
        if filters.recipient is not None:
            yield _named(self._recipients, filters.recipient)
        if filters.place is not None:
            yield _with_part(self._sites, filters.place)

    def _by_value(self, filters: Filters) -> Iterator[_Places]:
        if filters.country is not None:
            yield self._countries.get(filters.country, frozenset())
        if filters.purpose is not None:
            yield self._purposes.get(filters.purpose.value, frozenset())
        if filters.stage is not None:
            yield self._stages.get(filters.stage.value, frozenset())
        if filters.counted:
            yield self._counted

    def _by_size(self, filters: Filters) -> Iterator[_Places]:
        if filters.min_sources > 0:
            yield frozenset(at for at, voices in enumerate(self._voices) if voices >= filters.min_sources)
        if filters.since is not None:
            since = filters.since.isoformat()
            yield frozenset(at for at, (_, latest) in enumerate(self._days) if latest >= since)
        if filters.until is not None:
            until = filters.until.isoformat()
            yield frozenset(at for at, (earliest, _) in enumerate(self._days) if earliest <= until)

    @cached_property
    def _investors(self) -> Mapping[str, _Places]:
        return self._by(lambda entry: (party.name for party in entry.pledge.investors))

    @cached_property
    def _recipients(self) -> Mapping[str, _Places]:
        return self._by(lambda entry: () if entry.pledge.recipient is None else (entry.pledge.recipient.name,))

    @cached_property
    def _sites(self) -> Mapping[str, _Places]:
        return self._by(lambda entry: entry.pledge.places)

    @cached_property
    def _countries(self) -> Mapping[str, _Places]:
        return self._by(lambda entry: entry.pledge.destinations)

    @cached_property
    def _purposes(self) -> Mapping[str, _Places]:
        return self._by(lambda entry: (purpose.value for purpose in entry.pledge.purposes))

    @cached_property
    def _stages(self) -> Mapping[str, _Places]:
        return self._by(lambda entry: (entry.pledge.stage.value,))

    @cached_property
    def _counted(self) -> _Places:
        return frozenset(at for at, entry in enumerate(self._entries) if entry.counted)

    @cached_property
    def _voices(self) -> list[int]:
        return [entry.pledge.voices for entry in self._entries]

    @cached_property
    def _days(self) -> list[tuple[str, str]]:
        """First and last day of the announcement; for one without a day such that no period holds it."""
        return [
            (_LAST + "~", _FIRST)
            if (days := entry.pledge.announced) is None
            else (days.earliest.isoformat(), days.latest.isoformat())
            for entry in self._entries
        ]

    def _by(self, values: Callable[[Entry], Iterable[str]]) -> Mapping[str, _Places]:
        found: dict[str, set[int]] = defaultdict(set)
        for at, entry in enumerate(self._entries):
            for value in values(entry):
                found[value].add(at)
        return {value: frozenset(places) for value, places in found.items()}


def _named(known: Mapping[str, _Places], words: str) -> _Places:
    """The lines with a party that is called so, in any spelling that the lexicon knows, or has it in its name."""
    wanted = skeleton(words.strip())
    listed = load_organisations().by_skeleton.get(wanted)
    if listed is not None:
        return known.get(listed.party.name, frozenset())
    return frozenset().union(*(places for name, places in known.items() if wanted in skeleton(name)))


def _with_part(known: Mapping[str, _Places], words: str) -> _Places:
    wanted = skeleton(words)
    return frozenset().union(*(places for name, places in known.items() if wanted in skeleton(name)))
