"""Readers by name: what finds the claims of a document."""

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol, runtime_checkable

from pledgebook.domain import Claim, Document, Finding, UsageError
from pledgebook.plugins import READERS as BROUGHT
from pledgebook.plugins import load_plugin, plugins

READERS = {"rules": "pledgebook.flow.rules:Rules"}
MODEL_READERS = ("llm", "rules+llm")


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


def load_reader(name: str | Reader) -> Reader:
    """The reader called `name`: one of READERS, of an installed package, or `package.module:maker` of your own.

    What is a reader already is given back. Raises UsageError where there is none of that name.
    """
    if not isinstance(name, str):
        return name
    if name in MODEL_READERS:
        raise UsageError(
            "--reader", f"{name!r} without a model to ask", "Set --llm-url and --llm-model, in `extract` or `ingest`."
        )
    known = ", ".join(sorted({*READERS, *MODEL_READERS, *plugins(BROUGHT)}))
    maker = None if name in READERS else load_plugin(BROUGHT, name)
    try:
        made = _maker(name, known)() if maker is None else maker()
    except (ImportError, AttributeError) as error:
        raise UsageError("--reader", f"{name!r}, which can't be loaded ({error})", f"Use {known}.") from error
    if not isinstance(made, Reader):
        raise UsageError("--reader", f"{name!r}, which is no reader", "It needs name, version and read(document).")
    return made


def _maker(name: str, known: str) -> Callable[[], object]:
    module, _, maker = READERS.get(name, name).partition(":")
    if not maker:
        raise UsageError("--reader", f"{name!r}, which we don't know", f"Use {known}, or package.module:maker.")
    found: Callable[[], object] = getattr(import_module(module), maker)
    return found
