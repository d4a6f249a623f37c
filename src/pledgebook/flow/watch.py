"""Watching sources: what is new goes into the book, once.

A round asks every source that is due what it names, keeps the names in a queue on the disk, fetches what waits there
and reads it into the book. A page leaves the queue when the book has it: whoever is stopped half-way goes on where
they were.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pledgebook.domain import DocumentError, Finding, Page, ReadDocument, Severity
from pledgebook.flow.watch_hosts import by_host, host_of
from pledgebook.flow.watch_poll import Polled, Validators, poll, poll_folder, poll_list
from pledgebook.flow.watch_read import Read
from pledgebook.flow.watch_sources import FOLDER, WatchSource
from pledgebook.read.contents import Item, Opening
from pledgebook.read.feeds import Link
from pledgebook.read.media import HTML, TEXT
from pledgebook.read.sources import read_file
from pledgebook.read.visits import fetch_with, finding_of, items_of
from pledgebook.read.web import Clock, Fetched, FetchError, PostponedError, Visitor, same_page
from pledgebook.store import Book
from pledgebook.store.watched import DONE, REFUSED, Health, WaitingPage, Watched

_MOST_TRIES = 8
_FIRST_WAIT, _LONGEST_WAIT = 60.0, 6 * 3600.0
_LONGEST_HOLD = 86_400.0
_AT_ONCE = 2_000
_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: sources asked and of them failing; documents read, new and refused; pages that wait."""

    polled: int = 0
    failing: int = 0
    documents: int = 0
    new: int = 0
    claims: int = 0
    refused: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class _Got:
    """A page as it was fetched, or what went wrong."""

    page: WaitingPage
    fetched: Fetched | None = None
    error: FetchError | None = None


class Watch:
    """Takes what sources name into `book`. `tell` hears of every document and of everything that goes wrong."""

    def __init__(
        self,
        sources: Sequence[WatchSource],
        *,
        book: Book,
        state: Watched,
        visitor: Visitor,
        clock: Clock,
        read: Read,
        max_bytes: int,
        is_over: Callable[[], bool],
        tell: Callable[[ReadDocument | Finding], None],
        workers: int = _WORKERS,
    ) -> None:
        self._sources = {source.name: source for source in sources}
        self._book, self._state, self._visitor, self._clock = book, state, visitor, clock
        self._read, self._max_bytes, self._workers = read, max_bytes, workers
        self._is_over, self._tell = is_over, tell
        self._came = Round()

    def round(self, *, every_source: bool) -> Round:
        """What one round came to: with `every_source` all are asked, else those whose time has come.

        A source or a host that asked for patience, or that failed, is left in peace until then in any case.
        """
        self._came = Round()
        validators = self._state.validators()
        due = [source for source in self._sources.values() if self._is_due(source, every_source=every_source)]
        for polled in self._polls(due, validators):
            self._take_poll(polled)
        self._take_pages(until=None if every_source else min(map(self._due, self._sources.values())))
        self._came = replace(self._came, waiting=self._state.number_waiting())
        return self._came

    def next_due(self) -> datetime:
        """When there will be something to do again."""
        times = [self._due(source) for source in self._sources.values()]
        waiting = self._state.next_due(sources=self._sources)
        return min([*times, *([] if waiting is None else [waiting])])

    def health(self) -> tuple[Health, ...]:
        """How each source is, in the order of the file."""
        return tuple(self._health(source) for source in self._sources.values())

    # --------------------------------------------------------------------------------------------- sources

    def _health(self, source: WatchSource) -> Health:
        return self._state.health(source.name, url=source.url, kind=source.kind)

    def _due(self, source: WatchSource) -> datetime:
        known = self._health(source)
        held = self._state.held(self._clock.now()).get(host_of(source.url))
        times = [time for time in (known.due_at, known.held_until, held) if time is not None]
        return max(times, default=self._clock.now())

    def _is_due(self, source: WatchSource, *, every_source: bool) -> bool:
        now = self._clock.now()
        known = self._health(source)
        held = self._state.held(now).get(host_of(source.url), now)
        if max(known.held_until or now, held) > now:
            return False
        return every_source or (known.due_at or now) <= now

    def _polls(self, due: Sequence[WatchSource], validators: Validators) -> Iterator[Polled]:
        for source in due:
            if source.is_local:
                yield poll_folder(source) if source.kind == FOLDER else poll_list(source, validators)

        def ask(source: WatchSource) -> tuple[Polled, bool]:
            today = self._clock.now().date()
            try:
                polled = poll(source, self._visitor, validators, today=today, max_bytes=self._max_bytes)
            except Exception as error:  # noqa: BLE001 - one source must not stop the others
                seen = f"failed ({type(error).__name__}: {error})"
                polled = Polled(source, error=DocumentError(source.url, seen, "Please report it."))
            return polled, not (isinstance(polled.error, PostponedError) and polled.error.wait)

        web = [source for source in due if not source.is_local]
        yield from by_host(
            web, url_of=lambda source: source.url, work=ask, workers=self._workers, is_over=self._is_over
        )

    def _take_poll(self, polled: Polled) -> None:
        now, source = self._clock.now(), polled.source
        known = replace(self._health(source), tried_at=now, due_at=now + timedelta(seconds=source.every))
        self._came = replace(self._came, polled=self._came.polled + 1)
        if polled.error is not None:
            self._came = replace(self._came, failing=self._came.failing + 1)
            self._state.keep_health(self._failed(source, known, polled.error))
            self._tell(_finding(source, polled.error))
            return
        if polled.fetched is not None:
            self._keep(list(items_of(polled.fetched, max_bytes=self._max_bytes, link=_of_source(source))), source.name)
        self._state.queue(polled.pages, at=now, validators=polled.validators)
        known = self._health_with_new(known)
        self._state.keep_health(
            replace(
                known,
                well_at=now,
                held_until=None,
                failures=0,
                message=polled.trouble or ("" if polled.is_new else "unchanged"),
                moved_to=polled.moved_to,
                listed=len(polled.pages) if polled.is_new else known.listed,
            )
        )

    def _health_with_new(self, known: Health) -> Health:
        """`known` with what reading its page has added meanwhile."""
        kept = self._state.health(known.name, url=known.url, kind=known.kind)
        return replace(known, new=kept.new, new_at=kept.new_at)

    def _failed(self, source: WatchSource, known: Health, error: DocumentError) -> Health:
        now, asked = self._clock.now(), error.wait if isinstance(error, PostponedError) else None
        wait = asked if asked is not None else min(source.every * 2**known.failures, _LONGEST_HOLD)
        if asked:
            self._state.hold(host_of(source.url), until=now + timedelta(seconds=asked))
        return replace(known, failures=known.failures + 1, message=error.seen, held_until=now + timedelta(seconds=wait))

    # --------------------------------------------------------------------------------------------- pages

    def _take_pages(self, *, until: datetime | None) -> None:
        """Fetches and keeps what waits, until nothing is due, or a source is."""

        def is_over() -> bool:
            return self._is_over() or (until is not None and self._clock.now() >= until)

        while not is_over():
            waiting = self._state.waiting(self._clock.now(), sources=self._sources, most=_AT_ONCE)
            if not waiting:
                return
            for got in self._visits(waiting, is_over):
                self._take_page(got)

    def _visits(self, waiting: Sequence[WaitingPage], is_over: Callable[[], bool]) -> Iterator[_Got]:
        at_hand = [page for page in waiting if page.content is not None or self._is_file(page)]
        for page in at_hand:
            if is_over():
                return
            yield _Got(page)
        here = {page.url for page in at_hand}
        away = [page for page in waiting if page.url not in here]

        def visit(page: WaitingPage) -> tuple[_Got, bool]:
            try:
                return _Got(page, self._visitor.visit(page.url)), True
            except FetchError as error:
                return _Got(page, error=error), not (isinstance(error, PostponedError) and error.wait)
            except Exception as error:  # noqa: BLE001 - one page must not stop the others
                seen = f"the fetch failed ({type(error).__name__}: {error})"
                return _Got(page, error=FetchError(page.url, seen, "Please report it.")), True

        yield from by_host(away, url_of=lambda page: page.url, work=visit, workers=self._workers, is_over=self._is_over)

    def _is_file(self, page: WaitingPage) -> bool:
        return self._sources[page.source].kind == FOLDER

    def _take_page(self, got: _Got) -> None:
        page, now = got.page, self._clock.now()
        if got.error is not None:
            self._take_error(page, got.error, now)
            return
        also = None
        if got.fetched is not None:
            also = same_page(got.fetched.url)
            if also != page.url and self._state.is_done(also):
                self._state.finish(page.url, state=DONE, message=f"the same as {also}", at=now)
                return
        refusal = self._keep(list(self._items(got)), page.source)
        state, message = (DONE, "") if refusal is None else (REFUSED, refusal.message)
        self._state.finish(page.url, state=state, message=message, also=also, at=now)

    def _items(self, got: _Got) -> Iterator[Item]:
        page, opening = got.page, Opening(self._max_bytes, fetch_with(self._visitor, max_bytes=self._max_bytes))
        link = Link(page.url, page.title, page.published, language=page.language)
        if got.fetched is not None:
            yield from items_of(got.fetched, max_bytes=self._max_bytes, link=link)
        elif page.content is not None:
            content, media = page.content.encode("utf-8", "replace"), TEXT if page.is_plain else HTML
            yield Page(
                page.url, content, media, charset="utf-8", language=page.language, title=page.title,
                published=page.published,
            )  # fmt: skip
        else:
            for item in read_file(Path(page.url), opening):
                is_bare = isinstance(item, Page) and item.language is None and page.language is not None
                yield replace(item, language=page.language) if isinstance(item, Page) and is_bare else item

    def _take_error(self, page: WaitingPage, error: FetchError, now: datetime) -> None:
        if not isinstance(error, PostponedError):
            self._refuse(page, finding_of(error, page.url), now)
            return
        tries = page.tries + 1
        if error.wait:
            self._state.hold(host_of(page.url), until=now + timedelta(seconds=error.wait))
        elif tries >= _MOST_TRIES:
            self._refuse(page, finding_of(error, page.url), now)
            return
        wait = error.wait if error.wait is not None else min(_FIRST_WAIT * 4 ** (tries - 1), _LONGEST_WAIT)
        until = now + timedelta(seconds=wait)
        self._state.postpone(page.url, until=until, tries=tries, message=error.seen)

    def _refuse(self, page: WaitingPage, finding: Finding, now: datetime) -> None:
        self._came = replace(self._came, refused=self._came.refused + 1)
        self._state.finish(page.url, state=REFUSED, message=finding.message, at=now)
        self._tell(finding)

    def _keep(self, items: list[Item], source: str) -> Finding | None:
        """Reads items into the book; the first Finding where none of them could be read."""
        read = [self._read(item) for item in items]
        documents = [item for item in read if isinstance(item, ReadDocument)]
        findings = [item for item in read if isinstance(item, Finding)]
        now = self._clock.now()
        new = self._book.add_all(documents, at=now) if documents else 0
        self._came = replace(
            self._came,
            documents=self._came.documents + len(documents),
            new=self._came.new + new,
            claims=self._came.claims + sum(len(item.claims) for item in documents),
            refused=self._came.refused + len(findings),
        )
        if new:
            known = self._health(self._sources[source])
            self._state.keep_health(replace(known, new=known.new + new, new_at=now))
        for item in read:
            self._tell(item)
        return findings[0] if findings and not documents else None


def _of_source(source: WatchSource) -> Link:
    return Link(source.url, language=source.language)


def _finding(source: WatchSource, error: DocumentError) -> Finding:
    name = "failing-source"
    return Finding(name, source.url, f"{source.name}: {error}", severity=Severity.WARNING)
