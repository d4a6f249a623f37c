"""Reads news of investment pledges and keeps the ledger: who pledged what, where, by when, in whose words."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledgebook.api import OpenBook, find_claims, open, read_documents  # noqa: A004 - pledgebook.open()
    from pledgebook.extract.mentions import find_dates, find_money, find_organisations, find_places, find_quantities

__version__ = "0.1.0"
__all__ = [
    "OpenBook",
    "__version__",
    "find_claims",
    "find_dates",
    "find_money",
    "find_organisations",
    "find_places",
    "find_quantities",
    "open",
    "read_documents",
]

_HOMES = {
    **dict.fromkeys(("OpenBook", "find_claims", "open", "read_documents"), "pledgebook.api"),
    **dict.fromkeys(
        ("find_dates", "find_money", "find_organisations", "find_places", "find_quantities"),
        "pledgebook.extract.mentions",
    ),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """A name of the public interface, loaded when it is first asked for: `pledgebook --version` needs none."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - see above

    found = getattr(import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
