"""Reads news of investment pledges and keeps the ledger: who pledged what, where, by when, in whose words."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledgebook.api import (
        OpenBook,
        changes,
        extract,
        find_claims,
        open,  # noqa: A004 - pledgebook.open()
        pledges,
        read_documents,
        totals,
    )
    from pledgebook.extract.mentions import find_dates, find_money, find_organisations, find_places, find_quantities
    from pledgebook.rows import Rows

__version__ = "0.1.0"
__all__ = [
    "OpenBook",
    "Rows",
    "__version__",
    "changes",
    "extract",
    "find_claims",
    "find_dates",
    "find_money",
    "find_organisations",
    "find_places",
    "find_quantities",
    "open",
    "pledges",
    "read_documents",
    "totals",
]

_API = ("OpenBook", "changes", "find_claims", "open", "pledges", "read_documents", "totals")
_FINDERS = ("find_dates", "find_money", "find_organisations", "find_places", "find_quantities")
_HOMES = {
    **dict.fromkeys(_API, "pledgebook.api"),
    **dict.fromkeys(_FINDERS, "pledgebook.extract.mentions"),
    "Rows": "pledgebook.rows",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """A name of the public interface, loaded when it is first asked for: `pledgebook --version` needs none."""
    if name == "extract":
        return import_module("pledgebook.extract")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


class _Room(ModuleType):
    """A room that can be called: `pledgebook.extract("article.html")` gives the claims as rows.

    One name stands for the room and for what it does, so that both `pledgebook.extract.mentions` and the call work.
    """

    def __call__(self, *sources: Any, **options: Any) -> Any:  # noqa: ANN401 - the signature is that of pledgebook.api.extract
        return import_module("pledgebook.api").extract(*sources, **options)


class _Package(ModuleType):
    """This package: it makes the room callable when Python binds its name here."""

    def __setattr__(self, name: str, value: object) -> None:
        if name == "extract" and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
