"""The reader that comes with the product: words and rules, no model."""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from pledgebook.domain import Document, Rate
from pledgebook.extract import Extraction, extract
from pledgebook.plugins import LANGUAGES, ORGANISATIONS, origin_of, plugins

if TYPE_CHECKING:
    from pledgebook.ledger import PublishedRates

_ROOMS = ("clean", "domain", "extract", "lexicon")
_LENGTH = 12


class _LateRates:
    """The published rates, loaded by the first document that needs one: most need none."""

    def rate(self, source: str, target: str, day: date) -> Rate | None:
        """What `source` bought of `target` on `day`."""
        return self._published.rate(source, target, day)

    @cached_property
    def _published(self) -> "PublishedRates":
        from pledgebook.ledger import PublishedRates  # noqa: PLC0415 - see above

        return PublishedRates()


class Rules:
    """Reads a document by the lexicon and the rules of `extract`."""

    name = "rules"

    def __init__(self) -> None:
        self._rates = _LateRates()

    @cached_property
    def version(self) -> str:
        """A fingerprint of the rules and the words: it changes with each of their bytes, and with nothing else.

        Packages that bring organisations or languages count with their versions.
        """
        digest = _our_files().copy()
        for group in (ORGANISATIONS, LANGUAGES):
            for name in plugins(group):
                digest.update(f"{group}:{name}:{origin_of(group, name)}".encode())
        return digest.hexdigest()[:_LENGTH]

    def read(self, document: Document) -> Extraction:
        """The claims that the rules find."""
        return extract(document, rates=self._rates)


@cache
def _our_files() -> "hashlib._Hash":
    """Of all that we read by: read once in a process, for each reader that is made there."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        for name, content in _files(files("pledgebook") / room, room):
            digest.update(f"{name}:{len(content)}:".encode())
            digest.update(content)
    return digest


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for item in sorted(folder.iterdir(), key=lambda found: found.name):
        if item.is_dir():
            if item.name != "__pycache__":
                yield from _files(item, f"{path}/{item.name}")
        elif not item.name.endswith((".pyc", ".pyo")):
            yield f"{path}/{item.name}", item.read_bytes()
