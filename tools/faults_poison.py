"""Documents that are made, or broken, to do harm."""

import gzip
import random
import resource
import time
from collections.abc import Iterator

from faults import Report, folder, run

SECONDS, MEMORY = 15.0, 1_100_000
_STORY = "MADRID, May 13, 2024 - Microsoft will invest 2.1 billion dollars in data centres in Spain."


def documents(*, is_small: bool = False) -> Iterator[tuple[str, bytes]]:
    """Names and bytes; with `is_small` the same kinds in sizes for quick tests."""
    much = 20_000 if is_small else 1_000_000
    story = _STORY.encode()
    yield "invalid-utf8.txt", story + b" \xff\xfe\xfa " * 50
    yield "nuls.txt", story + b"\0" * 500
    yield "nuls.jsonl", b'{"id": "nul\\u0000", "content": "' + story + b' \\u0000\\u0000"}\n'
    yield "surrogates.jsonl", b'{"id": "lone", "content": "' + story + b' \\ud800 \\udfff end."}\n'
    told = b'"id": "a\\ud800b\\u0000", "source": "s\\u0000", "language": "en", "text": "x\\u0000\\ud800"'
    yield "told.jsonl", b'{"document": {' + told + b'}, "claims": []}\n'
    yield "overrides.txt", ("\u202e" + _STORY + "\u202c\u2066\u2069\u200b\ufeff").encode()
    yield "deep.html", b"<html><body>" + b"<div>" * much + story
    yield "deep-tables.html", b"<html><body>" + b"<table><tr><td>" * (much // 3) + story
    yield "unclosed.html", b"<html><body><p>" + b"<b><i><u>" * (much // 3) + story
    yield "attributes.html", b"<html><body " + b"a=b " * much + b">" + story
    yield "deep.jsonl", b'{"content": ' + b"[" * much + b"\n"
    yield "long-number.jsonl", b'{"id": ' + b"9" * much + b', "content": "x"}\n'
    yield "one-paragraph.txt", (story + b" ") * (much // 20)
    yield "one-word.txt", b"a" * (much * 5)
    yield "digits.txt", b"1" * much + b" billion dollars"
    yield "commas.txt", b"$1" + b",000" * (much // 4)
    yield "brackets.txt", b"(" * much + story
    yield (
        "mixed-digits.txt",
        "Microsoft will invest ２.１ billion dollars, ٢٫١ billion, २.१ billion, 2٫1 billion.".encode(),
    )
    yield "homoglyphs.txt", "Miсrosоft and Аmazоn will invest 2.1 billion dollars in Spаin.".encode()
    yield "escapes.txt", b"\x1b[31mMicrosoft\x1b[0m \x1b]0;owned\x07 will invest 2.1 billion dollars in Spain."
    yield "formulas.txt", b"=cmd|' /C calc'!A0 will invest 2.1 billion dollars in Spain."
    yield "bomb.gz", gzip.compress(b"\0" * (much * 50))
    yield "bomb.txt", gzip.compress(story * much)
    yield "\x1b[31mname.txt", story
    yield "name\nwith line.txt", story
    if not is_small:
        yield "fifty-megabytes.txt", (story + b" ") * (50_000_000 // (len(story) + 1))


def _children() -> float:
    """The seconds of all cores that processes started from here have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def poison(report: Report, _chance: random.Random, times: float) -> None:
    """Each is refused or read in time and memory, and the others are read as if it were not there."""
    with folder() as path:
        neighbour = path / "neighbour.txt"
        neighbour.write_text(_STORY, encoding="utf-8")
        expected = path / "expected.jsonl"
        run("extract", str(neighbour), "--format", "jsonl", "-o", str(expected))
        slowest, worst = 0.0, ""
        for name, content in documents(is_small=times < 1):
            file = path / name
            file.write_bytes(content)
            out = path / "out.jsonl"
            out.unlink(missing_ok=True)
            started, worked = time.perf_counter(), _children()
            code, told = run(
                "extract", str(neighbour), str(file), str(neighbour), "--format", "jsonl", "-o", str(out),
                "--max-bytes", "100000000",
            )  # fmt: skip
            # On a machine that others use as well, the time of one core says more than that of the clock.
            took, work = time.perf_counter() - started, _children() - worked
            took = min(took, work)
            report.tick("poisoned documents")
            lines = out.read_text(encoding="utf-8").splitlines() if out.exists() else []
            story = expected.read_text(encoding="utf-8").strip()
            report.check(f"{name!r}: exit", holds=code in (0, 3), seen=f"exit {code}: {told[:300]}")
            report.check(f"{name!r}: neighbours", holds=lines[:1] == [story] == lines[-1:], seen=told[:300])
            report.check(f"{name!r}: time", holds=took <= SECONDS, seen=f"{took:.1f} s")
            report.check(f"{name!r}: escape codes", holds="\x1b" not in told, seen=repr(told[:200]))
            if took > slowest:
                slowest, worst = took, name
            print(f"{name!r:<28} {took:6.1f} s  exit {code}  {told.strip()[:110]}", flush=True)
            run("ingest", str(file), "--db", "b.db", "--max-bytes", "100000000")
            file.unlink()
        code, told = run("verify", "--db", "b.db")
        report.check("poison: verify", holds=code == 0, seen=told)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        report.check("poison: memory", holds=peak <= MEMORY + 400_000, seen=f"{peak / 1024:.0f} MB")
        print(f"poison: slowest {worst!r} {slowest:.1f} s, peak of a process {peak / 1024:.0f} MB", flush=True)
