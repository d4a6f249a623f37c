import random
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from factory import claim
from pledgebook.domain import BookError, Decision, DecisionKind, Document, ReadDocument
from pledgebook.store import open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> str:
    name = str(tmp_path / "b.db")
    with closing(open_book(name, create=True)) as book:
        items = [
            ReadDocument(
                Document(f"{n}.txt", f"Acme number {n} gives 3 EUR. " * 20, "en", name=f"doc-{n}"),
                (claim("c", f"Acme{n}", "ES", "3 EUR"),),
            )
            for n in range(12)
        ]
        book.add_all(items, at=AT)
        book.decide(Decision("d", DecisionKind.REJECT, (("doc-1", "c"),), "Kim", AT, "satire"))
        book.erase("doc-3", by="Kim", why="asked to", at=AT)
    return name


def test_a_sound_book_has_no_damage(path: Any) -> None:
    with closing(open_book(path)) as book:
        assert book.verify() == ()


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE texts SET text = replace(text, 'gives 3', 'gives 4') WHERE text LIKE '%number 2 %'", "text "),
        ("UPDATE documents SET body = replace(body, '\"en\"', '\"nl\"') WHERE id = 'doc-2'", "document doc-2"),
        ("UPDATE documents SET id = 'doc-99' WHERE id = 'doc-2'", "document doc-99"),
        ("UPDATE claims SET body = replace(body, 'Acme5', 'Acme6')", "claim "),
        ("DELETE FROM claims WHERE body LIKE '%Acme5%'", "what rules 0 read in document doc-5"),
        ("UPDATE readings SET findings = '[[]]' WHERE rowid = 1", "what rules 0 read in document doc-0"),
        ("DELETE FROM readings WHERE rowid = 1", "document "),
        ("UPDATE readers SET version = '9'", "what rules 9 read in document doc-0"),
        ("UPDATE sources SET source = 'other.txt' WHERE id = 'doc-2'", "source "),
        ("UPDATE log SET at = '2020' WHERE seq = 4", "log record 4"),
        ("UPDATE log SET body = replace(body, 'satire', 'malice')", "log record 13"),
        ("DELETE FROM log WHERE seq = 14; DELETE FROM erased", "the log"),
        ("DELETE FROM log WHERE seq = 2", "log record 2"),
        ("UPDATE decisions SET body = replace(body, 'satire', 'malice')", "decision "),
        ("DELETE FROM decisions", "decision "),
        ("DELETE FROM erased", "erased document doc-3"),
        ("INSERT INTO texts VALUES ('k', 'planted')", "text k"),
        ("UPDATE meta SET value = '5' WHERE name = 'records'", "the log"),
    ],
)
def test_what_was_changed_behind_our_back_is_named(path: Any, statement: Any, where: Any) -> None:
    with closing(open_book(path)) as book:
        book._db.run("PRAGMA foreign_keys=OFF")
        book._db.run(statement)
        damage = book.verify()
    assert damage
    assert any(item.where.startswith(where) for item in damage), damage
    assert all(item.help for item in damage)


def test_every_flipped_bit_is_seen(path: Any) -> None:
    sound = Path(path).read_bytes()
    flip = random.Random(7)  # noqa: S311 - places to damage, no secrets
    for _ in range(60):
        place = flip.randrange(len(sound))
        damaged = bytearray(sound)
        damaged[place] ^= 1 << flip.randrange(8)
        Path(path).write_bytes(damaged)
        for beside in ("-wal", "-shm"):
            Path(path + beside).unlink(missing_ok=True)
        try:
            with closing(open_book(path)) as book:
                assert book.verify(), place
        except BookError:
            continue
