"""Files that are written whole or not at all."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pledgebook.domain import UsageError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream whose content takes the name `path` when the `with` ends well; until then the old file stays.

    >>> import tempfile, pathlib
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "a.txt"
    >>> with whole_file(target) as stream:
    ...     _ = stream.write(b"all of it")
    >>> target.read_bytes()
    b'all of it'
    """
    target = path.resolve()  # a link stays a link
    if target.exists() and not target.is_file():
        # A device or a pipe takes what it gets: it can't be replaced, and must not be.
        with target.open("wb") as device:
            yield device
        return
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(number, "w+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_mode(target))
        os.replace(name, target)  # noqa: PTH105 - both are names of files
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def whole_folder(path: Path, archive: BinaryIO, *, mark: str) -> None:
    """Unpacks an archive that we wrote: the folder takes its name when all of it is on the disk.

    A folder of that name is replaced only where it is empty or has the file `mark`: whatever else somebody keeps there
    is not ours to throw away.
    """
    target = path.resolve()
    if target.exists() and not (target.is_dir() and ((target / mark).is_file() or not any(target.iterdir()))):
        raise UsageError(str(path), f"something that is no folder with {mark}", "Name another place, or move it away.")
    new = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    old = new.with_name(new.name + ".old")
    try:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(new)
        new.chmod(_mode(target, new=0o777))
        if target.exists():
            target.rename(old)
        new.rename(target)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _mode(target: Path, *, new: int = 0o666) -> int:
    """The rights of the old file, else those that a new one gets here."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return new & ~mask
