"""Sources by name: files, folders, URLs, standard input."""

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pledgebook.domain import Finding, Severity, UsageError
from pledgebook.plugins import SOURCES, load_plugin
from pledgebook.read.contents import MAX_BYTES, Item, Opening, read_stream

# Two letters at least: one is a drive.
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]+):")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")


def read_sources(
    sources: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    max_bytes: int = MAX_BYTES,
    fetch: Callable[[str], Iterator[Item]] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Item]:
    """What each of `sources` holds, in the order given: Pages, Told, and Findings for what could not be read.

    A folder gives its files, and those of the folders in it, sorted by name; hidden ones are left out. `-` is
    `stdin`. URLs, named or in a list, are given to `fetch`. `tell` hears the sort of every file.
    Raises UsageError at once for a URL that nobody fetches, and for `-` twice.
    """
    names = list(sources)
    for name in names:
        if is_url(name) and fetch is None:
            raise UsageError(name, "a URL, which is not fetched here", "Save the page, and name the file.")
        if _URL.match(name) and not is_url(name) and brought(name) is None:
            raise UsageError(name, "an address that is not fetched", "Use http or https, or save the page.")
    if names.count("-") > 1:
        raise UsageError("-", "standard input twice", "Name it once.")
    if "-" in names and stdin is None:
        raise UsageError("-", "no standard input", "Name files or folders.")
    return _read(names, stdin, Opening(max_bytes, fetch, tell=tell))


def is_url(name: str) -> bool:
    """Whether a source is a page on the web.

    >>> is_url("https://news.example/a"), is_url("news.txt")
    (True, False)
    """
    return name.lower().startswith(("https://", "http://"))


def brought(name: str) -> Callable[[str], Iterator[Item]] | None:
    """What an installed package opens sources with that begin like `name` ("tiny:one"); None where none does."""
    scheme = _SCHEME.match(name)
    if scheme is None or is_url(name) or Path(name).exists():
        return None
    found: Callable[[str], Iterator[Item]] | None = load_plugin(SOURCES, scheme[1])
    return found


def _read(names: list[str], stdin: BinaryIO | None, opening: Opening) -> Iterator[Item]:
    for name in names:
        if name == "-" and stdin is not None:
            yield from read_stream(stdin, "-", opening)
        elif is_url(name) and opening.fetch is not None:
            yield from opening.fetch(name)
        elif (source := brought(name)) is not None:
            yield from source(name)
        else:
            path = Path(os.path.normpath(name))  # "./a" and "b/../a" are one source: "a"
            if path.is_dir():
                for file in files_in(path):
                    yield from read_file(file, opening) if isinstance(file, Path) else (file,)
            else:
                yield from read_file(path, opening, is_named=True)


def files_in(folder: Path) -> Iterator[Path | Finding]:
    """Paths of the files below, sorted by name, folder by folder; links to folders are not followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda item: item.name)
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(Path(entry.path))
        elif not (entry.is_symlink() and entry.is_dir()):
            yield Path(entry.path)


def read_file(path: Path, opening: Opening, *, is_named: bool = False) -> Iterator[Item]:
    """What the file at `path` holds, in the order in which it stands there."""
    source = str(path).encode("utf-8", "replace").decode("utf-8")
    try:
        # A pipe that stands in a folder would be waited for in vain; one named by the caller (`<(...)`) has a writer.
        if not is_named and not stat.S_ISREG(path.stat().st_mode):
            yield _refusal("unreadable-document", source, "no regular file", "Leave it out.")
            return
        with path.open("rb") as stream:
            yield from read_stream(stream, source, opening)
    except OSError as error:
        yield _unreadable(source, error)


def _unreadable(source: str, error: OSError) -> Finding:
    helps = {PermissionError: "Ask for the right to read it.", FileNotFoundError: "Look whether the name is right."}
    seen = (error.strerror or type(error).__name__).lower()
    return _refusal("unreadable-document", source, seen, helps.get(type(error), "Look at the file."))


def _refusal(name: str, source: str, seen: str, help_: str) -> Finding:
    return Finding(name, source, f"{source}: {seen}. {help_}", severity=Severity.WARNING)
