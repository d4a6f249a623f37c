"""Language files, and what their sections have in common: lists of phrases by label."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from pledgebook.domain import LexiconError
from pledgebook.lexicon.toml import read_toml
from pledgebook.plugins import LANGUAGES, load_plugin

Phrases = Mapping[str, tuple[str, ...]]
Entry = tuple[str, str, str, Decimal | None]
Table = Mapping[str, object]


@lru_cache(maxsize=8)
def read_table(folder: str, primary: str) -> Table | None:
    """The file of the language `primary` in a folder of the lexicon, or of an installed package; None for neither.

    >>> read_table("languages", "nl") is None, read_table("languages", "xx") is None
    (False, True)
    """
    if not primary.isalpha():
        return None
    source = files("pledgebook.lexicon").joinpath(folder, f"{primary}.toml")
    if not source.is_file():
        brought = load_plugin(LANGUAGES, primary)
        source = source if brought is None else files(brought).joinpath(folder, f"{primary}.toml")
    if not source.is_file():
        return None
    try:
        return read_toml(source.read_text(encoding="utf-8"))
    except ValueError as error:
        raise LexiconError(source.name, f"no TOML: {error}", "Strings in double quotes, lists in brackets.") from error


def section(table: Table, *names: str) -> Table:
    """The section under `names`, empty where the file has none."""
    for name in names:
        found = table.get(name, {})
        table = found if isinstance(found, Mapping) else {}
    return table


def phrases(table: Table) -> Phrases:
    """All lists of a section by label."""
    return {label: strings(table, label) for label, value in table.items() if isinstance(value, list | str)}


def strings(table: Table, name: str) -> tuple[str, ...]:
    """The list called `name`, one string standing for a list of one; empty where there is none."""
    value = table.get(name, [])
    if isinstance(value, str):
        return (value,)
    return tuple(str(item) for item in value) if isinstance(value, list) else ()


def text(table: Table, name: str, default: str) -> str:
    """The string called `name`."""
    value = table.get(name, default)
    return value if isinstance(value, str) else default


def merged(low: Phrases, high: Phrases) -> Phrases:
    """Both sections' phrases, those of `high` first."""
    labels = list(dict.fromkeys([*high, *low]))
    return {label: tuple(dict.fromkeys(high.get(label, ()) + low.get(label, ()))) for label in labels}


def entries(lists: Phrases, sense: str) -> Iterator[Entry]:
    """Term entries for phrases whose label is what they mean."""
    for label, several in lists.items():
        for phrase in several:
            yield from spelled(phrase, sense, label, None)


def spelled(phrase: str, sense: str, label: str, value: Decimal | None) -> Iterator[Entry]:
    """One entry, and one without the point where the phrase is an abbreviation."""
    yield phrase, sense, label, value
    if phrase.endswith(".") and len(phrase) > 1:
        yield phrase[:-1], sense, label, value
