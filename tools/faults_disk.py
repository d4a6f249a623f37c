"""Disks that fail, and bits that flip."""

import os
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import apsw

from faults import CLAIMS, Report, folder, listed, run
from pledgebook.domain import BookError, Decision, DecisionKind, PledgebookError, ReadDocument
from pledgebook.flow import entries, read
from pledgebook.flow.keeper import bring_up_to_date
from pledgebook.ledger import PublishedRates
from pledgebook.store import Book, open_book
from pledgebook.store.connection import has_checksums

AT = datetime(2026, 1, 2, tzinfo=UTC)
RATES = PublishedRates()
VFS = "pledgebook-faulty"


class Trouble:
    """Counts what is done to the disk, and says when it goes wrong: once, or from then on."""

    def __init__(self) -> None:
        self.done, self.fails_at, self.stays, self.kind = 0, 0, False, apsw.IOError

    def arm(self, fails_at: int, *, stays: bool, kind: type[apsw.Error]) -> None:
        """The operation with that number fails, and those behind it where it `stays`."""
        self.done, self.fails_at, self.stays, self.kind = 0, fails_at, stays, kind

    def meet(self) -> None:
        """One write, sync or truncate."""
        self.done += 1
        if self.fails_at and (self.done == self.fails_at or (self.stays and self.done > self.fails_at)):
            raise self.kind("the disk failed, as it was told to")


TROUBLE = Trouble()


class FaultyFile(apsw.VFSFile):
    """A file on a disk that fails when told to."""

    def excepthook(self, *_: object) -> None:
        """Says nothing: SQLite passes on what matters."""

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's names
        """Writes, or fails."""
        TROUBLE.meet()
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802 - apsw's names
        """Syncs, or fails."""
        TROUBLE.meet()
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - apsw's names
        """Truncates, or fails."""
        TROUBLE.meet()
        super().xTruncate(size)


class FaultyVfs(apsw.VFS):
    """The way to that disk, with a checksum on every page."""

    def __init__(self) -> None:
        self._base = "cksmvfs" if has_checksums() else ""
        super().__init__(VFS, base=self._base)

    def excepthook(self, *_: object) -> None:
        """Says nothing, as above."""

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - apsw's names
        """A file that can fail."""
        return FaultyFile(self._base, name, flags)


def work(book: Book, documents: list[ReadDocument]) -> None:
    """A day of a book: documents, lines, a decision, an erasure, a rebuild."""
    half = len(documents) // 2
    book.add_all(documents[:half], at=AT)
    bring_up_to_date(book, rates=RATES)
    book.add_all(documents[half:], at=AT)
    book.decide(Decision("d", DecisionKind.REJECT, ((documents[0].document.id, "none"),), "Kim", AT, "a test"))
    book.erase(documents[1].document.id, by="Kim", why="a test", at=AT)
    bring_up_to_date(book, rates=RATES)
    book.rebuild()
    bring_up_to_date(book, rates=RATES)


def disk(report: Report, _chance: random.Random, times: float) -> None:
    """Every n-th write, sync and truncate fails: a clear error, a sound book, and the work can be finished."""
    vfs = FaultyVfs()
    with folder():
        documents = [item for item in read([CLAIMS], reader="rules") if isinstance(item, ReadDocument)][:10]
        expected = _worked(documents, "quiet.db")
        _attempt("count.db", documents)
        total = TROUBLE.done
        print(f"disk: {total} writes, syncs and truncates in one pass", flush=True)
        kinds: list[tuple[bool, type[apsw.Error]]] = [
            (False, apsw.IOError),
            (True, apsw.IOError),
            (True, apsw.FullError),
        ]
        step = max(1, round(len(kinds) * total / (1050 * times)))
        for number in range(1, len(kinds) * total + 1, step):
            stays, kind = kinds[number % len(kinds)]
            TROUBLE.arm(1 + (number - 1) // len(kinds), stays=stays, kind=kind)
            for old in Path().glob("b.db*"):
                old.unlink()
            error = _attempt("b.db", documents)
            failed = TROUBLE.done >= TROUBLE.fails_at
            TROUBLE.arm(0, stays=False, kind=kind)
            report.tick("writes, syncs and truncates that failed")
            if failed and error is not None:
                said = isinstance(error, PledgebookError) and bool(getattr(error, "help", ""))
                report.check("disk: words", holds=said, seen=f"{type(error).__name__}: {error}")
            _check_book(report, number, documents, expected)
    vfs.unregister()


def _attempt(path: str, documents: list[ReadDocument]) -> BaseException | None:
    """What the work ends with on the disk that fails."""
    told, sys.excepthook = sys.excepthook, lambda *_: None  # apsw tells it of what SQLite gets over by itself
    try:
        with closing(open_book(path, create=True, vfs=VFS)) as book:
            work(book, documents)
    except Exception as error:  # noqa: BLE001 - which one it is, is what is looked at
        return error
    finally:
        sys.excepthook = told
    return None


def _worked(documents: list[ReadDocument], path: str) -> object:
    with closing(open_book(path, create=True)) as book:
        work(book, documents)
        return entries(book, rates=RATES)


def _check_book(report: Report, number: int, documents: list[ReadDocument], expected: object) -> None:
    try:
        with closing(open_book("b.db", create=True)) as book:
            damage = book.verify()
            report.check(f"disk, point {number}: verify", holds=not damage, seen=damage[:2])
            work(book, documents)
            report.check(f"disk, point {number}: finished", holds=entries(book, rates=RATES) == expected)
            report.check(f"disk, point {number}: verify at the end", holds=not book.verify())
    except BookError as error:
        report.check(f"disk, point {number}: opens", holds=False, seen=error)


def flips(report: Report, chance: random.Random, times: float) -> None:
    """Random bits flip: whatever changes an answer is seen."""
    with folder():
        run("ingest", CLAIMS, "--db", "sound.db")
        with closing(open_book("sound.db")) as book:
            book.engine.scrub()
        answers: dict[str, Callable[[], object]] = {"list": lambda: listed("b.db")}
        shutil.copy("sound.db", "b.db")
        before = {name: ask() for name, ask in answers.items()}
        sound = Path("sound.db").read_bytes()
        seen = harmless = 0
        for _ in range(round(300 * times)):
            damaged = bytearray(sound)
            place = chance.randrange(len(damaged))
            damaged[place] ^= 1 << chance.randrange(8)
            for old in Path().glob("b.db*"):
                old.unlink()
            Path("b.db").write_bytes(damaged)
            report.tick("flipped bits")
            if _is_seen("b.db"):
                seen += 1
                continue
            harmless += 1
            for name, ask in answers.items():
                report.check(f"bit {place}: {name}", holds=ask() == before[name], seen="another answer, unseen")
        print(f"flips: {seen} seen by verify, {harmless} change nothing that is asked", flush=True)
        os.sync()


def _is_seen(path: str) -> bool:
    try:
        with closing(open_book(path)) as book:
            return bool(book.verify())
    except PledgebookError:
        return True
