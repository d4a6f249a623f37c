"""Changes between two days of one book: told by articles, and decided by people."""

from datetime import UTC, date, datetime
from pathlib import Path

from factory import RATES, claim, tell
from pledgebook.domain import Claim, Document, Interval, ReadDocument, Telling
from pledgebook.flow import History, decide, entries, find_changes
from pledgebook.store import Book, open_book


def kept(tmp_path: Path, *documents: list[Telling]) -> Book:
    book = open_book(str(tmp_path / "book.db"), create=True)
    book.add_all([_document(tellings) for tellings in documents], at=datetime(2024, 1, 1, tzinfo=UTC))
    return book


def _document(tellings: list[Telling]) -> ReadDocument:
    first = tellings[0]
    published = first.published or Interval.day(date(2024, 1, 1))
    # Words of its own for each, so that none is a copy of another.
    words = " ".join(f"{first.document}{n}" for n in range(40))
    document = Document(first.source, words, "en", published=published, name=first.document)
    claims: tuple[Claim, ...] = tuple(telling.claim for telling in tellings)
    return ReadDocument(document, claims)


ONE = tell("one", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13"))
MORE = [
    tell(name, "2024-06-01", claim("c", "Acme", "FR", "4.4 bn EUR", "2024-05-13", things={"jobs": 300}))
    for name in ("two", "three")
]
OTHER = tell("other", "2024-05-20", claim("c", "Bolt", "DE", "9 bn EUR", "2024-05-20"))


def seen(found: History) -> list[tuple[str, str, str]]:
    return [(str(it.day), it.kind.value, it.note) for it in found.changes]


def test_a_figure_that_most_sources_tell_otherwise_has_changed(tmp_path: Path) -> None:
    book = kept(tmp_path, ONE, *MORE, OTHER)
    found = find_changes(book, rates=RATES, since=date(2024, 5, 14))
    # Changes of one day and sort come in the order of their ids, which mean nothing.
    assert sorted(seen(found)) == [
        ("2024-05-20", "new", ""),
        ("2024-06-01", "figure", ""),
        ("2024-06-01", "figure", "jobs: 0 to 300"),
    ]
    change = next(it for it in found.changes if it.before is not None)
    assert change.before is not None
    assert change.after is not None
    assert (change.before.value, change.after.value) == (4 * 10**9, 44 * 10**8)
    assert found.lines[change.pledge].pledge.investors[0].name == "Acme"
    assert find_changes(book, rates=RATES, since=date(2024, 6, 2)).changes == ()
    assert seen(find_changes(book, rates=RATES, since=date(2024, 5, 14), until=date(2024, 5, 31))) == [
        ("2024-05-20", "new", "")
    ]


def test_what_people_decided_is_dated_by_their_decision(tmp_path: Path) -> None:
    book = kept(tmp_path, ONE, OTHER, tell("same", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", "2024-05-13")))
    (acme,) = [line.id for line in entries(book, rates=RATES) if line.pledge.investors[0].name == "Acme"]
    (bolt,) = [line.id for line in entries(book, rates=RATES) if line.pledge.investors[0].name == "Bolt"]

    def take(kind: str, *names: str, month: int, **more: str) -> None:
        at = datetime(2025, month, 1, tzinfo=UTC)
        decide(book, kind, names, by="Ada", why="seen", at=at, rates=RATES, **more)

    take("same", acme, bolt, month=1)
    take("different", "one/c", "other/c", month=2)
    take("different", "one/c", "same/c", month=3)
    take("set", bolt, month=4, field="stage", value="cancelled")
    take("set", bolt, month=5, field="amount", value="8 bn EUR")
    take("reject", "same/c", month=6)
    steps = {
        month: seen(find_changes(book, rates=RATES, since=date(2025, month, 1), until=date(2025, month, 28)))
        for month in range(1, 8)
    }
    assert steps == {
        1: [
            ("2025-01-01", "merged", "same by Ada: seen"),
            ("2025-01-01", "conflict", "conflicting-amounts; same by Ada: seen"),
        ],
        2: [
            ("2025-02-01", "split", "different by Ada: seen"),
            ("2025-02-01", "conflict", "contradicting-decisions; different by Ada: seen"),
        ],
        3: [("2025-03-01", "split", "different by Ada: seen")],
        4: [("2025-04-01", "cancelled", "set by Ada: seen")],
        5: [("2025-05-01", "figure", "set by Ada: seen")],
        6: [("2025-06-01", "rejected", "reject by Ada: seen")],
        7: [],
    }
