#!/usr/bin/env python3
"""Breaks a book in every way that we could think of, and looks whether it loses anything.

    faults.py [--only kills,disk,full,memory,clock,folder,flips,postgres,crowd,poison] [--times 1.0] [--seed 7]

Commands are run in processes of their own, forked from this one, so that hundreds of them take minutes; `--times`
scales how often each thing is tried. Exit status 1 where something was lost, or broke without saying so.
"""

import argparse
import contextlib
import io
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pledgebook.flow import entries, load_reader  # noqa: F401 - loaded here, so that children need not
from pledgebook.flow.one import warm_up
from pledgebook.show.cli import main as command
from pledgebook.show.demo import articles
from pledgebook.store import open_book
from pledgebook.store.backup import PRIMARY
from pledgebook.store.connection import SqliteEngine
from pledgebook.store.schema import meta_of, migrations, script_for

CLAIMS = "claims.jsonl"


@dataclass
class Report:
    """What was tried, and what went wrong."""

    tried: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def tick(self, what: str) -> None:
        """Counts one try."""
        self.tried[what] = self.tried.get(what, 0) + 1

    def check(self, what: str, *, holds: bool, seen: object = "") -> None:
        """Notes what does not hold."""
        if not holds:
            self.wrong.append(f"{what}: {seen}")
            print(f"WRONG {what}: {seen}", flush=True)


def child(work: Callable[[], int | None], *, quiet: bool = True) -> int:
    """The id of a process that does `work` and ends with what it gives."""
    sys.stdout.flush()
    number = os.fork()
    if number:
        return number
    code = 1
    try:
        if quiet:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(os.open("stderr.txt", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), 2)
        code = work() or 0
    except BaseException as error:  # noqa: BLE001 - whatever it is, this process must not go on as its parent
        os.write(2, f"TRACEBACK {type(error).__name__}: {error}\n".encode())
        code = 70
    finally:
        os._exit(code)
    return 0


def ended(number: int) -> int:
    """The exit status of a child, -9 where it was killed."""
    _, status = os.waitpid(number, 0)
    return os.waitstatus_to_exitcode(status)


def run(*words: str) -> tuple[int, str]:
    """Exit status and stderr of a command, run in a process of its own."""
    code = ended(child(lambda: command(list(words))))
    return code, Path("stderr.txt").read_text(encoding="utf-8", errors="replace")


def run_and_kill(after: float, *words: str) -> int:
    """The exit status of a command that is killed after so many seconds, unless it is faster."""
    number = child(lambda: command(list(words)))
    time.sleep(after)
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)
    return ended(number)


def listed(book: str) -> str:
    """What a book exports: every line of the ledger, whole."""
    target = Path("listed.jsonl")
    target.unlink(missing_ok=True)
    code, told = run("list", "--db", book, "--format", "jsonl", "-o", str(target))
    return target.read_text(encoding="utf-8") if code == 0 else f"exit {code}: {told}"


@contextmanager
def folder() -> Iterator[Path]:
    """An empty working folder with the claims of the demo's articles in it."""
    before = Path.cwd()
    path = Path(tempfile.mkdtemp(prefix="faults-"))
    try:
        os.chdir(path)
        shutil.copy(_claims(), CLAIMS)
        yield path
    finally:
        os.chdir(before)
        shutil.rmtree(path, ignore_errors=True)


_made: list[Path] = []


def _claims() -> Path:
    """The claims of the demo's articles, read once."""
    if not _made:
        path = Path(tempfile.mkdtemp(prefix="faults-claims-")) / CLAIMS
        with contextlib.redirect_stderr(io.StringIO()), articles() as where:
            command(["extract", str(where), "--format", "jsonl", "-o", str(path), "--workers", "1"])
        _made.append(path)
    return _made[0]


def undisturbed() -> str:
    """What a book exports to which nothing has happened."""
    run("ingest", CLAIMS, "--db", "quiet.db")
    return listed("quiet.db")


def as_edition_1(book: str, path: str) -> None:
    """Writes the book as the first released version would have."""
    with closing(open_book(book)) as source, closing(SqliteEngine(Path(path))) as target:
        target.script(script_for("sqlite", migrations()[0][1]))
        with source.engine.reading(), target.writing():
            for table, columns in PRIMARY.items():
                if table not in ("captures", "pages"):
                    rows = source.engine.rows(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 - our own names
                    marks = ", ".join("?" * len(columns))
                    target.run_many(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608 - our own names
            said = meta_of(source.engine) | {"schema": "1"}
            target.run_many("INSERT INTO meta (name, value) VALUES (?, ?)", list(said.items()))


def sound(report: Report, what: str, book: str, expected: str) -> None:
    """Notes where a book is not sound, or exports something else."""
    code, told = run("verify", "--db", book)
    report.check(f"{what}: verify", holds=code == 0, seen=f"exit {code}: {told}")
    found = listed(book)
    report.check(f"{what}: export", holds=found == expected, seen=f"{len(found)} of {len(expected)} characters")


# ------------------------------------------------------------------------------------------------- kills


def kills(report: Report, chance: random.Random, times: float) -> None:
    """Ends commands with -9 at random moments; the same command then finishes, and the book is as without."""
    with folder():
        expected = undisturbed()
        as_edition_1("quiet.db", "old.db")
        shutil.copy("quiet.db", "sound.db")
        commands: dict[str, tuple[str, ...]] = {
            "ingest": ("ingest", CLAIMS, "--db", "b.db"),
            "reconcile": ("rebuild", "--db", "b.db"),
            "migrate": ("list", "--db", "b.db", "-o", "out.jsonl"),
            "export": ("export", "--to", "csv", "-o", "out.csv", "--db", "b.db"),
            "backup": ("backup", "copy.db", "--db", "b.db"),
        }
        for name, words in commands.items():
            length = 0.0
            for number in range(max(1, round(61 * times))):
                for old in ("b.db", "b.db-wal", "b.db-shm", "out.jsonl", "out.csv", "copy.db"):
                    Path(old).unlink(missing_ok=True)
                for old_backup in Path().glob("b.db.edition-*"):
                    old_backup.unlink()
                if name != "ingest":
                    shutil.copy("old.db" if name == "migrate" else "sound.db", "b.db")
                if number == 0:
                    started = time.perf_counter()
                    run(*words)
                    length = time.perf_counter() - started
                    continue
                run_and_kill(chance.random() * length, *words)
                report.tick(f"kill -9 in {name}")
                is_done = name == "backup" and Path("copy.db").exists()
                code, told = (0, "") if is_done else run(*words)
                report.check(f"{name} again", holds=code == 0, seen=f"exit {code}: {told}")
                sound(report, name, "b.db", expected)
                if name == "backup":
                    sound(report, "the backup", "copy.db", expected)
                if name == "migrate":
                    report.check("a backup before migrating", holds=bool(list(Path().glob("b.db.edition-1.backup"))))


# ------------------------------------------------------------------------------------------------- surroundings


def full(report: Report, _chance: random.Random, _times: float) -> None:
    """A disk that is full: said clearly, nothing lost, and finished once there is room."""
    with folder() as path:
        expected = undisturbed()
        disk = path / "disk"
        disk.mkdir()
        if os.system(f"mount -t tmpfs -o size=900k tmpfs {disk} 2>/dev/null") != 0:  # noqa: S605 - our own words
            print("full: no small disk can be made here (needs root); see `disk` for the same by the VFS", flush=True)
            return
        try:
            code, told = run("ingest", CLAIMS, "--db", str(disk / "b.db"))
            report.tick("disk full")
            report.check("disk full: exit", holds=code == 1, seen=f"exit {code}: {told}")
            report.check("disk full: words", holds="no room" in told or "disk" in told, seen=told)
            shutil.copytree(disk, path / "moved")
        finally:
            os.system(f"umount {disk}")  # noqa: S605 - our own words
        run("ingest", CLAIMS, "--db", "moved/b.db")
        sound(report, "disk full, then room", "moved/b.db", expected)


def memory(report: Report, _chance: random.Random, _times: float) -> None:
    """Little memory: said clearly, nothing lost."""
    with folder():
        expected = undisturbed()
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * 4096
        seen = set()
        for more in (1, 2, 4, 8, 16, 32):

            def with_little(more: int = more) -> int:
                resource.setrlimit(resource.RLIMIT_AS, (taken + more * 1_000_000, taken + more * 1_000_000))
                return command(["ingest", CLAIMS, "--db", "b.db"])

            code = ended(child(with_little))
            told = Path("stderr.txt").read_text(encoding="utf-8", errors="replace")
            report.tick("little memory")
            seen.add(code)
            report.check(
                f"{more} MB: exit and words", holds=code == 0 or (code == 1 and "memory" in told),
                seen=f"exit {code}: {told[:300]}",
            )  # fmt: skip
        run("ingest", CLAIMS, "--db", "b.db")
        sound(report, "little memory, then enough", "b.db", expected)
        print(f"memory: exit statuses {sorted(seen)}", flush=True)


def clock(report: Report, _chance: random.Random, _times: float) -> None:
    """A clock that says 1970, or 2099: the lines are the same."""
    with folder():
        expected = undisturbed()
        for year in (1970, 2099):
            day = datetime(year, 1, 1, tzinfo=UTC)

            def at(day: datetime = day, year: int = year) -> int:
                import pledgebook.show.cli.ingest as module  # noqa: PLC0415 - in the child alone

                module.now = lambda: day  # type: ignore[attr-defined]
                return command(["ingest", CLAIMS, "--db", f"{year}.db"])

            code = ended(child(at))
            report.tick("clock")
            report.check(f"clock of {year}", holds=code == 0, seen=f"exit {code}")
            sound(report, f"clock of {year}", f"{year}.db", expected)


def read_only(report: Report, _chance: random.Random, _times: float) -> None:
    """A folder that can't be written: said clearly."""
    with folder() as path:
        expected = undisturbed()
        path.chmod(0o777)
        shut = path / "shut"
        shut.mkdir()
        shutil.copy("quiet.db", shut / "b.db")
        shut.chmod(0o555)
        for words in (("ingest", CLAIMS, "--db", "shut/new.db"), ("ingest", CLAIMS, "--db", "shut/b.db"),
                      ("backup", "shut/copy.db", "--db", "quiet.db"), ("list", "--db", "shut/b.db")):  # fmt: skip

            def as_nobody(words: tuple[str, ...] = words) -> int:
                if os.geteuid() == 0:
                    os.setgroups([])
                    os.setgid(65534)
                    os.setuid(65534)
                return command(list(words))

            Path("stderr.txt").unlink(missing_ok=True)
            for file in path.glob("quiet.db*"):
                file.chmod(0o666)
            code = ended(child(as_nobody))
            told = Path("stderr.txt").read_text(encoding="utf-8", errors="replace")
            report.tick("read-only folder")
            report.check(
                f"read-only folder: {words[0]}",
                holds=code == 1 and any(word in told for word in ("can't be", "denied", "right")),
                seen=f"exit {code}: {told}",
            )
        shut.chmod(0o755)
        sound(report, "read-only folder", "shut/b.db", expected)


def main() -> int:
    """Tries what is asked for; the exit status."""
    # What is for disks, databases and documents stands beside this file.
    import faults_crowd  # noqa: PLC0415 - loads this module
    import faults_disk  # noqa: PLC0415
    import faults_poison  # noqa: PLC0415

    known: dict[str, Callable[[Report, random.Random, float], None]] = {
        "kills": kills, "disk": faults_disk.disk, "flips": faults_disk.flips, "full": full, "memory": memory,
        "clock": clock, "folder": read_only, "postgres": faults_crowd.postgres, "crowd": faults_crowd.crowd,
        "poison": faults_poison.poison,
    }  # fmt: skip
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help=f"some of {', '.join(known)}")
    parser.add_argument("--times", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(known)
    os.environ |= {"PLEDGEBOOK_WORKERS": "1", "HOME": "/nowhere", "XDG_CONFIG_HOME": "/nowhere", "NO_COLOR": "1"}
    report = Report()
    warm_up(load_reader("rules"))
    for name in names:
        started = time.perf_counter()
        known[name](report, random.Random(options.seed), options.times)  # noqa: S311 - moments, no secrets
        print(f"{name}: {time.perf_counter() - started:.0f} s", flush=True)
    for what, count in report.tried.items():
        print(f"{count:>6} {what}")
    print("nothing lost, everything said" if not report.wrong else f"{len(report.wrong)} went wrong")
    return bool(report.wrong)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    sys.modules.setdefault("faults", sys.modules["__main__"])
    sys.exit(main())
