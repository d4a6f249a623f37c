"""Runs over a crawl: the same result however it is interrupted, and on whatever machines it is made."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pledgebook.domain import BookError, UsageError
from pledgebook.flow.batch import Progress, Settings, Task, run_task
from pledgebook.flow.batch_guard import CRASHED, TOO_SLOW, Guard
from pledgebook.flow.batch_parts import is_batch, parts_of, read_batch, read_note
from pledgebook.flow.batch_report import Report, sum_reports
from pledgebook.flow.batch_run import Done, finish, plan, run
from pledgebook.flow.cluster import DaskMachines, LocalMachines, Machines
from warcs import packed, record

TESTS = Path(__file__).parents[1]
PLAIN = "plain_reader:PlainReader"
HARD = "plain_reader:HardReader"


@pytest.fixture(autouse=True)
def _see_the_readers_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(TESTS))


def crawl(folder: Path, *, files: int = 3, pages: int = 8) -> list[Path]:
    """Files of a crawl that the reader of the tests can read: every second page tells a pledge."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for file in range(files):
        members = []
        for n in range(pages):
            number = file * pages + n
            said = f"Acme pledges {number + 1}000000 EUR to ES." if n % 2 else "Rain is expected near the hills."
            body = (
                f"<html><body><article><h1>News {number}</h1><p>It is a long story. {said}</p></article></body></html>"
            )
            members.append(packed(record(number, body.encode()), "gz"))
        made.append(folder / f"crawl-{file}.warc.gz")
        made[-1].write_bytes(b"".join(members))
    return made


def settings(folder: Path, **more: object) -> Settings:
    return Settings(folder, **({"reader": PLAIN, "every_page": True} | more))  # type: ignore[arg-type]


class Here:
    """Does tasks in this process: for what is not about processes."""

    hands = 1

    def map(self, work: Callable[..., Any], tasks: Sequence[Any], listen: Any = None) -> Iterator[tuple[Any, Any]]:
        for task in tasks:
            yield task, work(task, listen)


def run_all(tasks: Sequence[Task], given: Settings, machines: Machines | None = None) -> tuple[Report, list[Done]]:
    done = list(run(tasks, given, machines=machines or Here()))
    return finish(tasks, given, done), done


def results(folder: Path) -> dict[str, list[dict[str, object]]]:
    return {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in ("documents", "claims")}


# --------------------------------------------------------------------------------------------- one machine


def test_a_run_gives_tables_a_manifest_and_what_ingest_takes(tmp_path: Path) -> None:
    crawl(tmp_path / "in")
    given = settings(tmp_path / "out")
    tasks = plan([str(tmp_path / "in" / "*.warc.gz")], given.folder)
    report, done = run_all(tasks, given)
    assert (report.inputs, report.records, report.pages, report.documents, report.claims) == (3, 24, 24, 12, 12)
    tables = results(given.folder)
    assert sorted(row["value"] for row in tables["claims"]) == [n * 1_000_000.0 for n in range(2, 25, 2)]  # type: ignore[type-var]
    assert {row["source"] for row in tables["documents"]} == {f"https://news.example/{n}" for n in range(1, 24, 2)}
    assert tables["documents"][0]["captured"] == "2024-11-19T03:00:00Z"
    manifest = json.loads((given.folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["state"], manifest["documents"], manifest["claims"]) == ("done", 12, 12)
    assert len(manifest["inputs"]) == len(done) == 3
    assert is_batch(str(given.folder))
    assert not is_batch(str(tmp_path / "in"))
    read = list(read_batch(given.folder))
    assert sorted(item.claims[0].evidence[0].text for item in read) == ["Acme"] * 12
    assert all(item.reader == "plain" and item.document.sentences for item in read)
    for item in read:
        for words in item.claims[0].evidence:
            assert words.span.of(item.document.text) == words.text


def test_a_second_run_makes_only_what_is_missing_and_no_row_twice(tmp_path: Path) -> None:
    crawl(tmp_path / "in")
    given = settings(tmp_path / "out")
    tasks = plan([str(tmp_path / "in")], given.folder)
    run_all(tasks, given)
    first, parts = results(given.folder), parts_of(given.folder)
    kept = {path: path.stat().st_mtime_ns for path in parts}
    parts[1].unlink()
    (parts[0].with_name(".half.parquet.1.tmp")).write_bytes(b"left by a process that ended")
    _, done = run_all(tasks, given)
    assert sorted(item.was_there for item in done) == [False, True, True]
    assert results(given.folder) == first
    assert [parts[n].stat().st_mtime_ns == kept[parts[n]] for n in (0, 2)] == [True, True]
    _, done = run_all(tasks, given)
    assert all(item.was_there for item in done)
    assert results(given.folder) == first


def test_another_reader_or_another_input_makes_another_part(tmp_path: Path) -> None:
    files = crawl(tmp_path / "in", files=1)
    given = settings(tmp_path / "out")
    task = plan([str(files[0])], given.folder)[0]
    assert run_task(task, given).claims == 4
    newer = settings(tmp_path / "out", reader="plain_reader:NewerReader")
    assert run_task(task, newer).claims == 4
    note = read_note(parts_of(given.folder)[0])
    assert note is not None
    assert "plain 2" in note["made_by"]
    crawl(tmp_path / "in", files=1, pages=10)
    assert run_task(plan([str(files[0])], given.folder)[0], newer).claims == 5


def test_two_captures_of_a_page_with_one_text_are_one_document(tmp_path: Path) -> None:
    files = crawl(tmp_path / "in", files=1)
    (tmp_path / "in" / "again.warc.gz").write_bytes(files[0].read_bytes())
    given = settings(tmp_path / "out")
    report, _ = run_all(plan([str(tmp_path / "in")], given.folder), given)
    assert report.claims == 8
    assert len(results(given.folder)["documents"]) == 4


def test_files_of_one_name_in_two_folders_are_two_inputs(tmp_path: Path) -> None:
    crawl(tmp_path / "in" / "a", files=1)
    crawl(tmp_path / "in" / "b", files=1)
    assert len({task.name for task in plan([str(tmp_path / "in" / "*" / "*.gz")], tmp_path / "out")}) == 2


def test_nothing_to_read_is_wrong_usage_and_results_are_no_input(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing to read"):
        plan([str(tmp_path / "*.warc.gz")], tmp_path / "out")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "documents.parquet").write_bytes(b"")
    with pytest.raises(UsageError):
        plan([str(tmp_path / "out")], tmp_path / "out")


def test_jsonl_and_parquet_of_documents_are_read_too(tmp_path: Path) -> None:
    line = {"content": "It is a long story. Acme pledges 5000000 EUR to ES.", "id": "one"}
    (tmp_path / "docs.jsonl").write_text(json.dumps(line) + "\nbroken\n", encoding="utf-8")
    import pyarrow as pa

    pq.write_table(pa.table({"content": [line["content"]], "id": ["two"]}), tmp_path / "docs.parquet")
    given = settings(tmp_path / "out")
    report, _ = run_all(plan([str(tmp_path / "docs.*")], given.folder), given)
    assert (report.records, report.claims, report.refused["broken-line"]) == (3, 2, 1)
    assert [row["id"] for row in results(given.folder)["documents"]] == ["one", "two"]


def test_the_funnel_reads_only_what_may_tell_a_pledge(tmp_path: Path) -> None:
    told = "<html><body><article><h1>News</h1><p>Acme will invest 2 billion euros in data centres in Spain.</p></article></body></html>"
    other = told.replace("invest 2 billion euros in data centres", "sing")
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(record(n, (told if n % 5 == 0 else other).encode()) for n in range(20)))
    given = Settings(tmp_path / "out")
    report = run_task(plan([str(path)], given.folder)[0], given)
    assert (report.pages, report.passed_bytes, report.passed_text, report.read) == (20, 4, 4, 4)


def test_lost_bytes_are_counted_and_named(tmp_path: Path) -> None:
    files = crawl(tmp_path / "in", files=1)
    data = files[0].read_bytes()
    files[0].write_bytes(data[:-100])
    given = settings(tmp_path / "out")
    report = run_task(plan([str(files[0])], given.folder)[0], given)
    assert report.claims == 3
    source, start, end, reason = report.lost[0]
    assert (source, end, report.lost_bytes) == (str(files[0]), len(data) - 100, end - start)
    assert "ends before its end" in reason


def test_progress_is_told_on_the_way(tmp_path: Path) -> None:
    files = crawl(tmp_path / "in", files=1, pages=1100)
    given = Settings(tmp_path / "out", reader=PLAIN)
    heard: list[Progress] = []
    run_task(plan([str(files[0])], given.folder)[0], given, heard.append)
    assert [item.records for item in heard] == [500, 1000]
    assert 0 < heard[0].position < heard[1].position < files[0].stat().st_size


def test_reports_add_up_and_come_back_from_json() -> None:
    one = Report(inputs=1, records=5, claims=2)
    one.lose("a", 3, 9, "gone")
    one.name("slow-document", "b: slow.")
    both = sum_reports([one, Report.from_json(one.to_json())])
    assert (both.inputs, both.records, both.lost_bytes, len(both.lost), both.refused["damaged"]) == (2, 10, 12, 2, 2)
    assert both.named == ["b: slow."] * 2


# --------------------------------------------------------------------------------- documents that cost too much


def test_a_document_that_never_ends_costs_itself_only(tmp_path: Path) -> None:
    members = []
    for n, words in enumerate(("fine", "hang", "fine", "die", "fine")):
        body = f"<html><body><article><p>It is a long story. Acme pledges {n + 1}000000 EUR to ES. So {words}</p></article></body></html>"
        members.append(packed(record(n, body.encode()), "gz"))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(members))
    given = settings(tmp_path / "out", reader=HARD, seconds=3)
    report, done = run_all(plan([str(path)], given.folder), given, LocalMachines(1))
    assert [item.error for item in done] == [None]
    assert (report.claims, report.refused) == (3, {"slow-document": 1, "crashed-document": 1})
    assert "news.example/1" in report.named[0]
    assert "news.example/3" in report.named[1]
    assert not (given.folder / "work").exists()


def test_a_guard_remembers_who_ended_the_process(tmp_path: Path) -> None:
    notes = tmp_path / "task"
    for expected in ({}, {}, {"7": CRASHED}):
        with suppress(MemoryError), Guard(notes, seconds=60) as guard:
            assert guard.bad == expected
            with guard.over("5"):
                pass
            with guard.over("7"):
                raise MemoryError
    (tmp_path / "task.alarm").write_text("Timeout!", encoding="utf-8")
    (tmp_path / "task.at").write_text("9   ", encoding="utf-8")
    with Guard(notes, seconds=60) as guard:
        assert guard.bad == {"7": CRASHED, "9": TOO_SLOW}
    with Guard(notes, seconds=60) as guard:
        assert guard.bad == {}
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------------------------------- a cluster


@contextmanager
def cluster(
    folder: Path, workers: int = 2
) -> Iterator[tuple[str, subprocess.Popen[bytes], list[subprocess.Popen[bytes]]]]:
    """A real scheduler and real workers on loopback."""
    environment = os.environ | {"PYTHONPATH": str(TESTS), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "3"}
    started: list[subprocess.Popen[bytes]] = []

    def start(*words: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        started.append(process)
        return process

    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    try:
        scheduler = start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        )
        crew = [
            start(
                "distributed.cli.dask_worker",
                address,
                "--nthreads",
                "1",
                "--host",
                "127.0.0.1",
                "--no-dashboard",
                "--no-nanny",
                "--local-directory",
                f"{folder}/{n}",
                "--death-timeout",
                "30",
            )
            for n in range(workers)
        ]
        yield address, scheduler, crew
    finally:
        for process in started:
            process.kill()
            process.wait()


def free_port() -> int:
    import socket

    with socket.socket() as given:
        given.bind(("127.0.0.1", 0))
        return int(given.getsockname()[1])


@contextmanager
def machines_at(address: str, *, workers: int) -> Iterator[DaskMachines]:
    machines = DaskMachines(address)
    try:
        machines._client.wait_for_workers(workers, timeout=40)
        yield machines
    finally:
        machines.close()


def when_there_are(parts: int, folder: Path, then: object) -> threading.Thread:
    """Calls `then` as soon as so many parts are there."""

    def watch() -> None:
        for _ in range(600):
            if len(parts_of(folder)) >= parts:
                then()  # type: ignore[operator]
                return
            time.sleep(0.05)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    return thread


@pytest.mark.slow
def test_a_cluster_gives_what_this_machine_gives_whoever_is_killed(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    crawl(tmp_path / "in", files=8, pages=12)
    here = settings(tmp_path / "here")
    run_all(plan([str(tmp_path / "in")], here.folder), here)
    expected = results(here.folder)

    with cluster(tmp_path / "dask") as (address, scheduler, crew):
        # Whole, and with a worker killed in the middle.
        there = settings(tmp_path / "there")
        tasks = plan([str(tmp_path / "in")], there.folder)
        with machines_at(address, workers=2) as machines:
            assert machines.hands == 2
            thread = when_there_are(2, there.folder, lambda: crew[0].send_signal(signal.SIGKILL))
            report, done = run_all(tasks, there, machines)
            thread.join(30)
        assert crew[0].wait(10) == -signal.SIGKILL
        assert [item.error for item in done] == [None] * 8
        assert report.claims == 48
        assert results(there.folder) == expected

        # The scheduler killed: the run fails, and the same command goes on with what is missing.
        again = settings(tmp_path / "again")
        with machines_at(address, workers=1) as machines:
            thread = when_there_are(2, again.folder, lambda: scheduler.send_signal(signal.SIGKILL))
            with pytest.raises(BookError, match="scheduler is gone"):
                run_all(tasks, again, machines)
            thread.join(30)
    made = len(parts_of(again.folder))
    assert made >= 2
    _, done = run_all(tasks, again)
    assert sum(item.was_there for item in done) >= made
    assert results(again.folder) == expected


def test_a_cluster_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("pledgebook.flow.cluster._ASK_SECONDS", 1)
    with pytest.raises(BookError, match="nobody who answers"):
        DaskMachines(f"tcp://127.0.0.1:{free_port()}")
