"""Sources by name: files, folders, standard input."""

import hashlib
import io
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from pledgebook.domain import Finding, Page, Severity, UsageError, content_id
from pledgebook.read.lines import read_lines
from pledgebook.read.media import HEAD, binary, is_lines, media_type
from pledgebook.read.told import Told

Item = Page | Told | Finding
MAX_BYTES = 20_000_000
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")


def read_sources(
    sources: Iterable[str], *, stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Item]:
    """What each of `sources` holds, in the order given: Pages, Told, and Findings for what could not be read.

    A folder gives its files, and those of the folders in it, sorted by name; hidden ones are left out. `-` is
    `stdin`. Raises UsageError at once for a URL (not fetched by this version) and for `-` twice.
    """
    names = list(sources)
    for name in names:
        if _URL.match(name):
            raise UsageError(name, "a URL, which this version does not fetch", "Save the page, and name the file.")
    if names.count("-") > 1:
        raise UsageError("-", "standard input twice", "Name it once.")
    if "-" in names and stdin is None:
        raise UsageError("-", "no standard input", "Name files or folders.")
    return _read(names, stdin, max_bytes)


def _read(names: list[str], stdin: BinaryIO | None, max_bytes: int) -> Iterator[Item]:
    for name in names:
        if name == "-" and stdin is not None:
            yield from _read_stream(stdin, "-", max_bytes)
            continue
        path = Path(os.path.normpath(name))  # "./a" and "b/../a" are one source: "a"
        if path.is_dir():
            for file in _files_in(path):
                yield from _read_file(file, max_bytes) if isinstance(file, Path) else (file,)
        else:
            yield from _read_file(path, max_bytes, is_named=True)


def _files_in(folder: Path) -> Iterator[Path | Finding]:
    """Paths of the files below, sorted by name, folder by folder; links to folders are not followed."""
    try:
        with os.scandir(folder) as found:
            entries = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda item: item.name)
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(Path(entry.path))
        elif not (entry.is_symlink() and entry.is_dir()):
            yield Path(entry.path)


def _read_file(path: Path, max_bytes: int, *, is_named: bool = False) -> Iterator[Item]:
    source = str(path).encode("utf-8", "replace").decode("utf-8")
    try:
        # A pipe that stands in a folder would be waited for in vain; one named by the caller (`<(...)`) has a writer.
        if not is_named and not stat.S_ISREG(path.stat().st_mode):
            yield _refusal("unreadable-document", source, "no regular file", "Leave it out.")
            return
        with path.open("rb") as stream:
            yield from _read_stream(stream, source, max_bytes)
    except OSError as error:
        yield _unreadable(source, error)


def _read_stream(stream: BinaryIO, source: str, max_bytes: int) -> Iterator[Item]:
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    head = buffered.peek(HEAD)[:HEAD]
    if is_lines(source, head):
        yield from read_lines(buffered, source=source, max_bytes=max_bytes)
        return
    content = buffered.read(max_bytes + 1)
    if len(content) > max_bytes:
        seen = f"more than {max_bytes:,} bytes"
        yield _refusal("oversized-document", source, seen, "Raise --max-bytes, or split it.")
    elif not content.strip():
        yield _refusal("empty-document", source, "no text", "Leave it out, or look why it is empty.")
    elif found := binary(content[:HEAD]):
        yield _refusal("binary-document", source, f"no text but {found[0]}", found[1])
    else:
        yield Page(source, content, media_type(source, content[:HEAD]), name=_name(source, content))


def _name(source: str, content: bytes) -> str:
    """A file is known by its name and its bytes, so that it is the same document wherever it lies."""
    name = "" if source == "-" else Path(source).name
    return content_id("doc", name, hashlib.sha256(content).hexdigest())


def _unreadable(source: str, error: OSError) -> Finding:
    helps = {PermissionError: "Ask for the right to read it.", FileNotFoundError: "Look whether the name is right."}
    seen = (error.strerror or type(error).__name__).lower()
    return _refusal("unreadable-document", source, seen, helps.get(type(error), "Look at the file."))


def _refusal(name: str, source: str, seen: str, help_: str) -> Finding:
    return Finding(name, source, f"{source}: {seen}. {help_}", severity=Severity.WARNING)
