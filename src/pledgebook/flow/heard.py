"""Documents with claims to the tellings that reconcile takes in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pledgebook.domain import TWIN, ReadDocument, Telling
from pledgebook.flow.shown import shown
from pledgebook.flow.voices import Voices, voices

Key = tuple[str, str]


def tellings(documents: Sequence[ReadDocument]) -> tuple[Telling, ...]:
    """Every claim of every document, with what reconciling has to know of the document and of whose voice it is."""
    heard = voices(item.document for item in documents if item.claims)
    return tuple(
        replace(telling, voice=heard[telling.document]) for item in documents for telling in _without_voice(item)
    )


class Heard:
    """Documents of which only what makes their claims tellings is remembered."""

    def __init__(self) -> None:
        self._voice: Mapping[str, str] = {}
        self._voices = Voices()
        self._shows: dict[Key, tuple[str, ...]] = {}
        # What each document with claims said, by a hash, and the ids under which the log may know it.
        self._said: dict[str, int] = {}
        self._stems: set[str] = set()

    def add(self, item: ReadDocument) -> Iterator[Telling]:
        """Hears a document for the first time: its tellings, each once, in no voice yet."""
        if not item.claims:
            return
        name = item.document.id
        self._voices.add(item.document)
        self._said[name] = _hash(item)
        self._stems |= {name, name.rpartition(TWIN)[0]}
        yield from self._remember(item)

    def _remember(self, item: ReadDocument) -> Iterable[Telling]:
        told = {telling.key: telling for telling in _without_voice(item)}
        for key, telling in told.items():
            self._shows.pop(key, None)
            if telling.shows:
                self._shows[key] = telling.shows
        return told.values()

    def knows(self, name: str) -> bool:
        """Whether a document of this id has been heard, or several of which each has a mark behind it."""
        return name in self._stems

    def is_as_before(self, item: ReadDocument) -> bool:
        """Whether a document that was heard still says the same, wherever it has been met since."""
        return self._said.get(item.document.id) == _hash(item)

    def listen(self, again: Iterable[ReadDocument] = ()) -> set[str]:
        """Tells all voices apart, where documents `again` have been met elsewhere: who speaks with another one now."""
        for item in again:
            self._voices.meet(item.document)
            self._remember(item)
        before, self._voice = self._voice, self._voices.found()
        return {name for name, voice in self._voice.items() if before.get(name) != voice}

    def tellings(self, items: Iterable[ReadDocument]) -> dict[Key, Telling]:
        """The tellings of documents that were heard, which may have come without their texts."""
        return {
            telling.key: replace(telling, voice=self._voice[telling.document], shows=self._shows.get(telling.key, ()))
            for item in items
            if item.document.id in self._voice
            for telling in bare_tellings(item)
        }


def bare_tellings(item: ReadDocument) -> Iterator[Telling]:
    """The tellings of a document without what its text shows beside them, and in no voice."""
    document = item.document
    known = None if document.published is None else document.published.latest
    for claim in item.claims:
        yield Telling(document.id, document.source, claim, document.language, document.published, known)


def _without_voice(item: ReadDocument) -> Iterator[Telling]:
    for telling, shows in zip(bare_tellings(item), shown(item), strict=True):
        yield replace(telling, shows=shows) if shows else telling


def _hash(item: ReadDocument) -> int:
    document = item.document
    return hash((document.text, document.title, document.language, document.published, document.noise, item.claims))
