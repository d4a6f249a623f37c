"""The lines of the ledger in a book, to be looked up: each question sees one moment of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from pledgebook.store import lines_asked
from pledgebook.store.engine import Engine, chunks, insert, marks
from pledgebook.store.image import LineImage, Mask, NotInMemoryError, Rest, each_lot
from pledgebook.store.image_events import EventImage
from pledgebook.store.lines import PARTS, Event, LineQuery, LineRow, Paper, PaperQuery, Share
from pledgebook.store.lines_kept import stamp_of, sum_of, writing_of
from pledgebook.store.rows import key_of

_TALLIES = 2000


class KeptLines:
    """What a book keeps of its ledger. It follows from the state of the book that `stamp` names.

    `image` is asked first where it shows the lines that the book has.
    """

    def __init__(self, engine: Engine, image: LineImage | None = None) -> None:
        self._db, self._image = engine, image

    def stamp(self) -> str:
        """What the lines follow from; empty where there are none, or not all of them."""
        with self._db.reading():
            return stamp_of(self._db)

    def writing(self) -> str:
        """What tells this writing of the lines from every other; empty where there are none, or not all of them."""
        with self._db.reading():
            return writing_of(self._db)

    def find(self, query: LineQuery, parts: Collection[str] = PARTS) -> tuple[LineRow, ...]:
        """The lines that a query asks for, in its order, with some of their parts."""
        with self._db.reading():
            numbers = self._numbers(query)
            return tuple(lines_asked.rows_of(self._db, numbers, parts, sort=query.sort))

    def numbers(self, query: LineQuery) -> list[int]:
        """The numbers of these lines: to fetch them a few at a time with `rows_of`."""
        with self._db.reading():
            return self._numbers(query)

    def _numbers(self, query: LineQuery) -> list[int]:
        if (image := self._shown(query)) is not None:
            with suppress(NotInMemoryError):
                return image.numbers(query, self._db)
        return lines_asked.numbers(self._db, query)

    def _shown(self, query: LineQuery) -> LineImage | None:
        """The image, where it shows what the book has now. A few lines by their ids are looked up faster."""
        image = self._image
        if image is None or query.ids is not None or writing_of(self._db) != image.writing:
            return None
        return image

    def image(self, *, rest: Rest = None) -> LineImage:
        """The columns of all lines in memory; `rest` goes after each lot that is read.

        Raises NotInMemoryError where there are none, or others come meanwhile.
        """
        return LineImage.of(self._db, rest=rest)

    def event_image(self, image: LineImage, *, rest: Rest = None) -> EventImage:
        """What became known of the pledges of an image likewise."""
        return EventImage.of(self._db, image, rest=rest)

    def mask(self, image: LineImage, query: LineQuery) -> Mask | None:
        """Which lines of an image a query lets pass, None where all do.

        Raises NotInMemoryError where the book has other lines, or the image can't tell.
        """
        with self._db.reading():
            if writing_of(self._db) != image.writing:
                raise NotInMemoryError
            return image.mask(query, self._db)

    def each_figure(self, writing: str, *, rest: Rest = None) -> Iterator[list[tuple[int, str]]]:
        """What totals need of all lines of a writing, with their numbers, some at a time: see `each_lot`."""
        for some in each_lot(self._db, "SELECT no, body FROM line_figures", writing, rest=rest):
            yield [(int(no), str(body)) for no, body in some]

    def each_record(self, writing: str, *, rest: Rest = None) -> Iterator[list[tuple[int, str, str]]]:
        """The JSON of all lines of a writing and what of it depends on a currency, with their numbers, likewise."""
        for some in each_lot(self._db, "SELECT no, record, converted FROM line_bodies", writing, rest=rest):
            yield [(int(no), str(record), str(converted)) for no, record, converted in some]

    def figures_at(self, numbers: Sequence[int], writing: str) -> list[str]:
        """What totals need of the lines with these numbers in a writing."""
        found: dict[int, str] = {}
        with self._db.reading():
            if writing_of(self._db) != writing:
                raise NotInMemoryError
            for few in chunks(list(map(str, numbers))):
                rows = self._db.rows(
                    f"SELECT no, body FROM line_figures WHERE no IN ({marks(len(few))})",  # noqa: S608 - our own names
                    [int(no) for no in few],
                )
                found |= {int(no): str(body) for no, body in rows}
        return [found[number] for number in numbers]

    def rows_of(self, numbers: Sequence[int], parts: Collection[str] = PARTS) -> tuple[LineRow, ...]:
        """The lines with these numbers, in their order; those that are gone are left out."""
        with self._db.reading():
            return tuple(lines_asked.rows_of(self._db, numbers, parts))

    def count(self, query: LineQuery) -> int:
        """How many lines a query would find without its page."""
        with self._db.reading():
            known = self._known_count(query)
            return lines_asked.count(self._db, query) if known is None else known

    def _known_count(self, query: LineQuery) -> int | None:
        """The same where it is in memory."""
        if (image := self._shown(query)) is not None:
            with suppress(NotInMemoryError):
                return image.count(query, self._db)
        return None

    def figures(self, query: LineQuery) -> list[str]:
        """What totals need of the lines of a query, in no order."""
        with self._db.reading():
            return lines_asked.figures(self._db, query)

    def figures_of(self, names: Sequence[str]) -> list[str]:
        """What totals need of the lines with these ids that there are, in no order."""
        with self._db.reading():
            return [body for few in chunks(names) for body in lines_asked.figures(self._db, LineQuery(ids=tuple(few)))]

    def shares(self, query: LineQuery, day: str) -> list[Share]:
        """Their money by stage, by whether it counts, and by whether its term has ended by `day` (in ISO 8601)."""
        with self._db.reading():
            if (image := self._shown(query)) is not None:
                with suppress(NotInMemoryError):
                    return image.shares(query, day, self._db)
            return lines_asked.shares(self._db, query, day)

    def events(self, query: LineQuery, *, since: str = "", offset: int = 0, limit: int | None = None) -> list[Event]:
        """What became known of the pledges of a query since a day, the latest first."""
        with self._db.reading():
            lines = None if limit is None else self._known_count(query)
            return lines_asked.events(self._db, query, since=since, offset=offset, limit=limit, lines=lines)

    def count_events(self, query: LineQuery, *, since: str = "") -> int:
        """How much became known of them since a day."""
        with self._db.reading():
            return lines_asked.count_events(self._db, query, since=since)

    def traits(
        self, query: LineQuery, kind: str, *, prefix: str = "", offset: int = 0, limit: int | None = None
    ) -> tuple[list[tuple[str, str]], int]:
        """The values of a kind of trait that the lines of a query have, each with the id of its line; and how many."""
        with self._db.reading():
            return lines_asked.traits(self._db, query, kind, prefix=prefix, offset=offset, limit=limit)

    def values(self, query: LineQuery, kind: str, *, limit: int) -> list[str]:
        """The first values of a kind of trait that the lines of a query have, in their order."""
        with self._db.reading():
            return lines_asked.values(self._db, self._numbers(replace(query, sort="id", limit=None)), kind, limit)

    def sums(self, query: LineQuery) -> list[tuple[str, int, str, str]]:
        """Of the lines of a query the id, the sum in cents, and the first and last day of the announcement."""
        with self._db.reading():
            return lines_asked.sums(self._db, query)

    def told_in(self, documents: Sequence[str]) -> dict[str, list[str]]:
        """The ids of the lines that each document tells of."""
        with self._db.reading():
            return lines_asked.told_in(self._db, documents)

    def tellings(self, name: str) -> list[str]:
        """The tellings (document/claim) that are called so, or whose claim is."""
        with self._db.reading():
            return lines_asked.tellings(self._db, name)

    def papers(self, query: PaperQuery) -> tuple[list[Paper], int]:
        """Documents without their texts, the latest first, and how many there are in all."""
        with self._db.reading():
            return lines_asked.papers(self._db, query)

    def paper_counts(self) -> tuple[int, int]:
        """How many documents there are, and how many claims in them."""
        with self._db.reading():
            ((documents, claims),) = self._db.rows("SELECT count(*), coalesce(sum(claims), 0) FROM papers")
        return int(documents), int(claims)

    def papers_of(self, names: Sequence[str]) -> list[Paper]:
        """The documents with these ids, in their order."""
        with self._db.reading():
            return lines_asked.papers_of(self._db, names)

    def names(self, kind: str, values: Sequence[str] | None = None) -> tuple[tuple[str, str, int], ...]:
        """The values of a kind of trait (or some of them), their skeletons, and how many lines have each, by value."""
        select = "SELECT value, skeleton, lines FROM names WHERE kind = ?"
        with self._db.reading():
            if values is None:
                rows = self._db.rows(f"{select} ORDER BY value", (kind,))
            else:
                rows = [
                    row
                    for few in chunks(sorted(set(values)))
                    for row in self._db.rows(f"{select} AND value IN ({marks(len(few))}) ORDER BY value", (kind, *few))
                ]
        return tuple((str(value), str(skeleton), int(lines)) for value, skeleton, lines in rows)

    def different(self, kind: str) -> int:
        """How many values of a kind of trait there are."""
        with self._db.reading():
            ((found,),) = self._db.rows("SELECT count(*) FROM names WHERE kind = ?", (kind,))
        return int(found)

    def frequent(self, kind: str, most: int) -> tuple[str, ...]:
        """Those values of a kind of trait that most lines have, these first."""
        # Mostly all have one line: sorting these would take longest.
        several = "SELECT value FROM names WHERE kind = ? AND lines > 1 ORDER BY lines DESC, value LIMIT ?"
        single = "SELECT value FROM names WHERE kind = ? AND lines = 1 ORDER BY value LIMIT ?"
        with self._db.reading():
            rows = self._db.rows(several, (kind, most))
            if len(rows) < most:
                rows += self._db.rows(single, (kind, most - len(rows)))
        return tuple(str(value) for (value,) in rows)

    def named(self, kind: str, part: str) -> tuple[str, ...]:
        """The values of a kind of trait whose skeleton has `part` in it, by value."""
        with self._db.reading():
            return lines_asked.named(self._db, kind, part)

    def tally(self, key: str, stamp: str) -> str | None:
        """The totals that were kept under `key` for the lines with `stamp`, or None."""
        with self._db.reading():
            if stamp_of(self._db) != stamp:
                return None
            found = self._db.rows("SELECT body FROM tallies WHERE key = ?", (key_of(key, sum_of(self._db)),))
        return str(found[0][0]) if found else None

    def put_tallies(self, tallies: Mapping[str, str], stamp: str) -> None:
        """Keeps totals by their keys, as long as the lines are those with `stamp`."""
        with self._db.writing():
            if stamp_of(self._db) != stamp:
                return
            if int(self._db.rows("SELECT count(*) FROM tallies")[0][0]) >= _TALLIES:
                self._db.run("DELETE FROM tallies")
            lines = sum_of(self._db)
            insert(self._db, "tallies", ("key", "body"), [(key_of(key, lines), body) for key, body in tallies.items()])
