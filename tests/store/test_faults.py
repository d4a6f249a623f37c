"""A quick version of tools/faults.py: the same faults, fewer of them."""

import random
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest

from factory import claim
from pledgebook.domain import Document, PledgebookError, ReadDocument
from pledgebook.flow import entries
from pledgebook.flow.keeper import bring_up_to_date
from pledgebook.ledger import PublishedRates
from pledgebook.store import open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)
TOOLS = Path(__file__).parents[2] / "tools"
RATES = PublishedRates()


@pytest.fixture
def faults_disk(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    import faults_disk

    return faults_disk


def documents() -> list[ReadDocument]:
    return [
        ReadDocument(
            Document(f"{n}.txt", f"Acme number {n} gives 3 EUR.", "en", name=f"doc-{n}"),
            (claim("c", f"Acme{n}", "ES", "3 EUR", "2024-05-13"),),
        )
        for n in range(4)
    ]


@pytest.mark.slow
def test_writes_that_fail_lose_nothing(faults_disk: Any, tmp_path: Path) -> None:
    vfs = faults_disk.FaultyVfs()
    trouble, items = faults_disk.TROUBLE, documents()
    with closing(open_book(str(tmp_path / "quiet.db"), create=True)) as book:
        faults_disk.work(book, items)
        expected = entries(book, rates=RATES)
    chance = random.Random(3)  # noqa: S311 - moments, no secrets
    said: list[str] = []
    for number in range(12):
        path = str(tmp_path / f"{number}.db")
        trouble.arm(
            chance.randrange(1, 400), stays=number % 2 == 0, kind=(apsw.IOError, apsw.FullError)[number % 3 == 0]
        )
        try:
            with closing(open_book(path, create=True, vfs=faults_disk.VFS)) as book:
                faults_disk.work(book, items)
        except PledgebookError as error:
            said.append(error.help)
        trouble.arm(0, stays=False, kind=apsw.IOError)
        with closing(open_book(path, create=True)) as book:
            assert book.verify() == ()
            faults_disk.work(book, items)
            assert entries(book, rates=RATES) == expected
    vfs.unregister()
    assert said
    assert all(said)


def test_flipped_bits_that_change_an_answer_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    with closing(open_book(str(path), create=True)) as book:
        book.add_all(documents(), at=AT)
        bring_up_to_date(book, rates=RATES)
        before = entries(book, rates=RATES)
    sound, chance = path.read_bytes(), random.Random(5)  # noqa: S311 - places, no secrets
    for _ in range(20):
        damaged = bytearray(sound)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        for end in ("-wal", "-shm"):
            Path(f"{path}{end}").unlink(missing_ok=True)
        try:
            with closing(open_book(str(path))) as book:
                assert book.verify() or entries(book, rates=RATES) == before
        except PledgebookError:
            continue


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no fork, no kill -9")
def test_killed_commands_are_finished_by_the_same_command() -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, str(TOOLS / "faults.py"), "--only", "kills", "--times", "0.04"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
