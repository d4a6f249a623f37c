"""What `watch` has met: its sources and their health, the pages that wait, and those that are done.

A file of its own beside the book: losing it loses nothing but the memory of what was fetched.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

import apsw

from pledgebook.domain import BookError
from pledgebook.store.connection import connect, told

WAITING, DONE, REFUSED = "waiting", "done", "refused"
_EDITION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY, url TEXT NOT NULL, kind TEXT NOT NULL, tried_at TEXT, well_at TEXT, due_at TEXT,
    held_until TEXT, failures INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '', moved_to TEXT,
    listed INTEGER NOT NULL DEFAULT 0, new INTEGER NOT NULL DEFAULT 0, new_at TEXT
);
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, source TEXT NOT NULL, state TEXT NOT NULL, met_at TEXT NOT NULL, due_at TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0, message TEXT NOT NULL DEFAULT '', title TEXT, published TEXT, language TEXT,
    content TEXT, is_plain INTEGER NOT NULL DEFAULT 0, mark TEXT, host TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS pages_due ON pages (state, due_at);
CREATE TABLE IF NOT EXISTS validators (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT);
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, until TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Health:
    """How a source is: when it was asked, when it last answered well, and what it has brought.

    `failures` counts those since it last answered well, `held_until` is when it will be asked again after one,
    `listed` are the pages that it named at its last change, `new` all documents that it has brought.
    """

    name: str
    url: str
    kind: str
    tried_at: datetime | None = None
    well_at: datetime | None = None
    due_at: datetime | None = None
    held_until: datetime | None = None
    failures: int = 0
    message: str = ""
    moved_to: str | None = None
    listed: int = 0
    new: int = 0
    new_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """A page that a source has named; `content` is its text where the source carries it, `mark` a file's version."""

    url: str
    source: str
    tries: int = 0
    title: str | None = None
    published: date | None = None
    language: str | None = None
    content: str | None = None
    is_plain: bool = False
    mark: str | None = None
    host: str = ""


class Watched:
    """The memory of `watch`, in the file `path`. One process has it at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = connect(path)
        with told(path):
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            self._db.execute(_TABLES)
            self._db.execute(f"PRAGMA user_version={_EDITION}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """For as long as it takes: nobody else watches with this memory. Raises BookError where somebody does."""
        # A lock that the system lets go of when the process ends, however it ends, on every system.
        lock = apsw.Connection(f"{self._path}.lock")
        try:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except apsw.BusyError as error:
                help_ = "Wait until it is done, or name another memory with --state."
                raise BookError(str(self._path), "in use by another `pledgebook watch`", help_) from error
            yield
        finally:
            lock.close()

    def health(self, name: str, *, url: str, kind: str) -> Health:
        """How the source of that name is; as if new where it has another address than before."""
        rows = self._rows(
            "SELECT tried_at, well_at, due_at, held_until, failures, message, moved_to, listed, new, new_at"
            " FROM sources WHERE name = ? AND url = ?",
            name,
            url,
        )
        if not rows:
            return Health(name, url, kind)
        tried, well, due, held, failures, message, moved, listed, new, new_at = rows[0]
        return Health(
            name, url, kind, _time(tried), _time(well), _time(due), _time(held), int(str(failures)), str(message),
            None if moved is None else str(moved), int(str(listed)), int(str(new)), _time(new_at),
        )  # fmt: skip

    def keep_health(self, health: Health) -> None:
        """Keeps how a source is."""
        with self._writing():
            self._db.execute(
                "INSERT OR REPLACE INTO sources (name, url, kind, tried_at, well_at, due_at, held_until, failures,"
                " message, moved_to, listed, new, new_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    health.name, health.url, health.kind, _stamp(health.tried_at), _stamp(health.well_at),
                    _stamp(health.due_at), _stamp(health.held_until), health.failures, health.message,
                    health.moved_to, health.listed, health.new, _stamp(health.new_at),
                ),
            )  # fmt: skip

    def queue(
        self,
        pages: Sequence[WaitingPage],
        *,
        at: datetime,
        validators: Sequence[tuple[str, str | None, str | None]] = (),
    ) -> int:
        """How many of `pages` were not met before and wait now, and what to tell their feeds next time: all or none.

        A page with another mark than before is met anew.
        """
        number = 0
        with self._writing():
            for page in pages:
                known = self._rows("SELECT mark, state FROM pages WHERE url = ?", page.url)
                if known and (page.mark is None or known[0][0] == page.mark):
                    continue
                number += 1
                self._db.execute(
                    "INSERT OR REPLACE INTO pages (url, source, state, met_at, due_at, title, published, language,"
                    " content, is_plain, mark, host) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        page.url, page.source, WAITING, _stamp(at), _stamp(at), page.title,
                        None if page.published is None else page.published.isoformat(), page.language, page.content,
                        int(page.is_plain), page.mark, page.host,
                    ),
                )  # fmt: skip
            for row in validators:
                self._db.execute("INSERT OR REPLACE INTO validators (url, etag, last_modified) VALUES (?, ?, ?)", row)
        return number

    def waiting(self, at: datetime, *, sources: Collection[str], most: int) -> tuple[WaitingPage, ...]:
        """The pages of `sources` that may be fetched at `at`, the longest known first.

        None of a host that asked for patience.
        """
        rows = self._rows(
            "SELECT url, source, tries, title, published, language, content, is_plain, mark, host FROM pages"
            " WHERE state = ? AND due_at <= ? AND source IN (SELECT value FROM json_each(?))"
            " AND host NOT IN (SELECT host FROM hosts WHERE until > ?) ORDER BY met_at, rowid LIMIT ?",
            WAITING,
            _stamp(at),
            json.dumps(sorted(sources)),
            _stamp(at),
            most,
        )
        return tuple(
            WaitingPage(
                url=str(url),
                source=str(source),
                tries=int(str(tries)),
                title=None if title is None else str(title),
                published=None if published is None else date.fromisoformat(str(published)),
                language=None if language is None else str(language),
                content=None if content is None else str(content),
                is_plain=bool(is_plain),
                mark=None if mark is None else str(mark),
                host=str(host),
            )
            for url, source, tries, title, published, language, content, is_plain, mark, host in rows
        )

    def number_waiting(self) -> int:
        """How many pages wait, now or later."""
        return int(str(self._rows("SELECT count(*) FROM pages WHERE state = ?", WAITING)[0][0]))

    def next_due(self, *, sources: Collection[str]) -> datetime | None:
        """When the first page of `sources` that waits may be fetched; None where none waits."""
        rows = self._rows(
            "SELECT min(max(due_at, coalesce(until, ''))) FROM pages LEFT JOIN hosts USING (host)"
            " WHERE state = ? AND source IN (SELECT value FROM json_each(?))",
            WAITING,
            json.dumps(sorted(sources)),
        )
        return _time(rows[0][0])

    def is_done(self, url: str) -> bool:
        """Whether that page was fetched and kept."""
        return bool(self._rows("SELECT 1 FROM pages WHERE url = ? AND state = ?", url, DONE))

    def finish(self, url: str, *, state: str, message: str = "", also: str | None = None, at: datetime) -> None:
        """Marks a page as done or refused; `also` is the address that it was found at in the end."""
        with self._writing():
            self._db.execute(
                "UPDATE pages SET state = ?, message = ?, content = NULL WHERE url = ?", (state, message, url)
            )
            if also is not None and also != url:
                self._db.execute(
                    "INSERT INTO pages (url, source, state, met_at, due_at, host)"
                    " SELECT ?, source, ?, ?, ?, host FROM pages WHERE url = ?"
                    " ON CONFLICT (url) DO UPDATE SET state = excluded.state, content = NULL",
                    (also, state, _stamp(at), _stamp(at), url),
                )

    def postpone(self, url: str, *, until: datetime, tries: int, message: str) -> None:
        """Lets a page wait until then."""
        with self._writing():
            self._db.execute(
                "UPDATE pages SET due_at = ?, tries = ?, message = ? WHERE url = ?",
                (_stamp(until), tries, message, url),
            )

    def validators(self) -> dict[str, tuple[str | None, str | None]]:
        """ETag and Last-Modified of the last visit to each feed, by its address."""
        rows = self._rows("SELECT url, etag, last_modified FROM validators")
        return {
            str(url): (None if etag is None else str(etag), None if modified is None else str(modified))
            for url, etag, modified in rows
        }

    def hold(self, host: str, *, until: datetime) -> None:
        """Remembers that a host asked to be left in peace until then."""
        with self._writing():
            self._db.execute("INSERT OR REPLACE INTO hosts (host, until) VALUES (?, ?)", (host, _stamp(until)))

    def held(self, at: datetime) -> dict[str, datetime]:
        """The hosts that asked to be left in peace for some time after `at`."""
        rows = self._rows("SELECT host, until FROM hosts WHERE until > ?", _stamp(at))
        return {str(host): until for host, words in rows if (until := _time(words)) is not None}

    def _rows(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        with told(self._path):
            return [tuple(row) for row in self._db.execute(statement, values)]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with told(self._path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise


def _stamp(at: datetime | None) -> str | None:
    """A time that sorts as text."""
    return None if at is None else at.astimezone(UTC).isoformat(timespec="microseconds")


def _time(words: object) -> datetime | None:
    return None if words is None else datetime.fromisoformat(str(words))
