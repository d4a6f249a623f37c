"""Where data goes: to stdout piece by piece, or into a file whole or not at all."""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

FORMATS = ("table", "json", "jsonl", "csv", "html")
_BY_NAME = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".html": "html", ".htm": "html"}


def choose_format(wanted: str | None, path: str | None) -> str:
    """The format asked for, else the one that the file's name tells, else a table on a terminal and JSONL in a pipe."""
    if wanted is not None:
        return wanted
    if path is not None and path != "-":
        return _BY_NAME.get(Path(path).suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def write(pieces: Iterable[str], path: str | None) -> None:
    """Writes text in UTF-8, whatever the locale.

    A file takes its name only when all of it is on the disk: whoever stops half-way finds the old file, or none.
    """
    if path is None or path == "-":
        try:
            _write_out(pieces)
        except BrokenPipeError:
            # Whoever read our output has had enough (`| head`); Python would complain once more while closing stdout.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(0) from None
        return
    target = Path(path).resolve()  # a link stays a link
    if target.exists() and not target.is_file():
        # A device or a pipe takes what it gets: it can't be replaced, and must not be.
        with target.open("wb") as stream:
            stream.writelines(piece.encode("utf-8", "replace") for piece in pieces)
        return
    import tempfile  # noqa: PLC0415 - it loads much

    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(number, "wb") as stream:
            for piece in pieces:
                stream.write(piece.encode("utf-8", "replace"))
            stream.flush()
            os.fsync(stream.fileno())
        _keep_mode(target, name)
        os.replace(name, target)  # noqa: PTH105 - both are names of files
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_out(pieces: Iterable[str]) -> None:
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    for piece in pieces:
        if binary is None:
            sys.stdout.write(piece)
        else:
            binary.write(piece.encode("utf-8", "replace"))
            binary.flush()


def as_array(lines: Iterable[str]) -> Iterator[str]:
    """Lines of JSON as one array."""
    before = "[\n"
    for line in lines:
        yield before + line
        before = ",\n"
    yield "\n]\n" if before != "[\n" else "[]\n"


def _keep_mode(target: Path, name: str) -> None:
    """Gives the new file the rights of the old one, else those that a new file gets here."""
    try:
        mode = target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    Path(name).chmod(mode)
