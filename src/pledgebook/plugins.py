"""What other installed packages bring along, by entry point.

| group | what an entry point gives |
| --- | --- |
| `pledgebook.readers` | a callable without arguments that makes a reader; its name is that of `--reader` |
| `pledgebook.sources` | a callable that takes the name of a source and gives its pages; its name is the scheme |
| `pledgebook.exporters` | a `Format`; its name is that of `export --to` |
| `pledgebook.organisations` | a callable that gives lines in the shape of `lexicon/world/organisations.tsv` |
| `pledgebook.languages` | a package with `languages/CODE.toml`, perhaps `cldr/CODE.toml`; its name is the code |

Only packages that somebody installed are asked, and only when a name is not one of ours.
"""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from pledgebook.domain import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

READERS = "pledgebook.readers"
SOURCES = "pledgebook.sources"
EXPORTERS = "pledgebook.exporters"
ORGANISATIONS = "pledgebook.organisations"
LANGUAGES = "pledgebook.languages"
_SECTION = b"[pledgebook."
GROUPS = (READERS, SOURCES, EXPORTERS, ORGANISATIONS, LANGUAGES)


@cache
def _points() -> "EntryPoints":
    from importlib.metadata import entry_points  # noqa: PLC0415 - dear to load, and seldom needed

    return cast("EntryPoints", entry_points())


@cache
def _may_have_some() -> bool:
    """Whether any package may bring something: asking all of them properly is dear, and most bring nothing."""
    for folder in map(Path, dict.fromkeys(sys.path)):
        if folder.is_file():
            return True  # an archive of packages, which only the proper way looks into
        for told in folder.glob("*-info/entry_points.txt"):
            if _SECTION in told.read_bytes():
                return True
    return False


@cache
def plugins(group: str) -> "dict[str, EntryPoint]":
    """The entry points of a group by name, in the order of their names.

    Raises UsageError where two packages bring different things under one name: which of them is meant, nobody knows.
    """
    found: dict[str, EntryPoint] = {}
    if not _may_have_some():
        return found
    for point in sorted(_points().select(group=group), key=lambda item: (item.name, item.value)):
        other = found.setdefault(point.name, point)
        if other.value != point.value:
            raise UsageError(
                f"{group}, {point.name}", f"both {other.value} and {point.value}", "Uninstall one of the two packages."
            )
    return found


def load_plugin(group: str, name: str) -> Any:  # noqa: ANN401 - whatever the package brings
    """What the entry point `name` of `group` stands for, None where there is none.

    Raises UsageError where it can't be loaded.
    """
    point = plugins(group).get(name)
    if point is None:
        return None
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        package = "an installed package" if point.dist is None else point.dist.name
        raise UsageError(
            f"{group}, {name}", f"{point.value} of {package}, which can't be loaded ({error})", "Reinstall it."
        ) from error


def origin_of(group: str, name: str) -> str:
    """The package and version that bring it along: part of every fingerprint that depends on it."""
    point = plugins(group)[name]
    return point.value if point.dist is None else f"{point.dist.name} {point.dist.version}"
