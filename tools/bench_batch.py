"""What each stage of the funnel costs, beside bare reading; what is kept; memory; two workers beside one.

    python tools/bench_batch.py [--pages 4000] [--crawl DIR]

All times are CPU seconds of this process, so that a busy machine changes them little. The targets are those of the
how-to: at least half the speed of reading, 30 times trafilatura, 200 times spaCy's small model, every telling kept.
"""

# ruff: noqa: E501 - a table of what is measured
import argparse
import json
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from make_warc import make
from pledgebook.domain import Finding, Page
from pledgebook.flow.batch import Settings, _reader, run_task
from pledgebook.flow.batch_parts import parts_of, read_batch
from pledgebook.flow.batch_run import plan, run
from pledgebook.flow.cluster import LocalMachines
from pledgebook.flow.funnel import load_funnel
from pledgebook.flow.one import read_page
from pledgebook.read.warc import Captured, read_warc

SAMPLE = 60


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
    given = options.parse_args()
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
    pages = [Page(item.uri, item.content, item.media_type, charset=item.charset) for item in texts]
    warm = [read_page(page, reader) for page in pages]
    row("+ full reading of what is left", spent(lambda: [read_page(page, reader) for page in pages]) / records)
    told = {item.document.source for item in warm if not isinstance(item, Finding) and item.claims}
    del warm

    tasks = plan([str(file) for file in files], scratch / "out")
    settings = Settings(scratch / "out")
    whole = spent(lambda: [run_task(task, settings) for task in tasks]) / records
    row("end to end, with the part files", whole)
    print(f"end to end at {reading / whole:.2f} of bare reading (at least 0.50)")

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
    by_trafilatura = spent(lambda: [trafilatura.extract(item.content) for item in sample]) / len(sample) + reading
    print(
        f"trafilatura on every page: {by_trafilatura * 1e6:.0f} us, {by_trafilatura / whole:.0f} times ours (at least 30)"
    )
    try:
        import spacy  # noqa: PLC0415 - not among our extras

        from pledgebook.flow.funnel_text import main_text  # noqa: PLC0415

        model = spacy.load("en_core_web_sm", exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
        by_spacy = (
            spent(lambda: [model(main_text(item.content, item.charset)) for item in sample]) / len(sample) + reading
        )
        print(
            f"spaCy's small model on every page: {by_spacy * 1e6:.0f} us, {by_spacy / whole:.0f} times ours (at least 200)"
        )
    except (ImportError, OSError):
        print("spaCy's small model is not installed here: not measured")
    held.clear()

    clocks = {}
    for workers in (1, 2):
        out = Settings(scratch / f"out-{workers}")
        begun = time.monotonic()
        done = list(run(plan([str(file) for file in files], out.folder), out, machines=LocalMachines(workers)))
        clocks[workers] = time.monotonic() - begun
        assert all(item.error is None for item in done)  # noqa: S101 - a benchmark of what works
        assert sum(1 for _ in read_batch(out.folder)) == sum(1 for _ in read_batch(scratch / "out"))  # noqa: S101
        assert len(parts_of(out.folder)) == len(files)  # noqa: S101
    workers_peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"two workers at {clocks[1] / clocks[2]:.2f} times one, start included (at least 1.7 on two free cores)")
    print(f"peak memory of a worker: {workers_peak} MB (at most 500)")


if __name__ == "__main__":
    main()
