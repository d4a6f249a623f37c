"""Readers by name: what finds the claims of a document."""

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, runtime_checkable

from pledgebook.domain import Claim, Document, Finding, UsageError

READERS = {"rules": "pledgebook.flow.rules:Rules"}


class Found(Protocol):
    """What a reader found in a document."""

    @property
    def claims(self) -> Sequence[Claim]:
        """Its claims, in the order of the text."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What was odd."""


@runtime_checkable
class Reader(Protocol):
    """Finds claims. The same name and version find the same in the same document, always."""

    @property
    def name(self) -> str:
        """What it is called in the book."""

    @property
    def version(self) -> str:
        """What changes whenever it might find something else."""

    def read(self, document: Document) -> Found:
        """The claims of `document`, each with the exact words behind every field."""


def load_reader(name: str) -> Reader:
    """The reader called `name`: one of READERS, or `package.module:maker` for one of your own.

    Raises UsageError where there is none of that name.
    """
    module, _, maker = READERS.get(name, name).partition(":")
    known = ", ".join(sorted(READERS))
    if not maker:
        raise UsageError("--reader", f"{name!r}, which we don't know", f"Use {known}, or package.module:maker.")
    try:
        made = getattr(import_module(module), maker)()
    except (ImportError, AttributeError) as error:
        raise UsageError("--reader", f"{name!r}, which can't be loaded ({error})", f"Use {known}.") from error
    if not isinstance(made, Reader):
        raise UsageError("--reader", f"{name!r}, which is no reader", "It needs name, version and read(document).")
    return made
