"""A whole run over a crawl: what there is to do, done on some machines, and put together."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from glob import glob, has_magic
from pathlib import Path

from pledgebook.domain import PledgebookError, UsageError, content_id
from pledgebook.flow.batch import Listener, Settings, Task, done_report, made_by_of, run_task
from pledgebook.flow.batch_parts import FORMAT, PARTS, WORK, merge, parts_of, whole
from pledgebook.flow.batch_report import Report, sum_reports
from pledgebook.flow.cluster import LocalMachines, Machines
from pledgebook.read.sources import files_in

MANIFEST = "manifest.json"
_NAMES = (".warc", ".warc.gz", ".warc.zst", ".wet", ".wet.gz", ".jsonl", ".ndjson", ".parquet", ".csv", ".zip")


@dataclass(frozen=True, slots=True)
class Done:
    """One input that is through: its report, or what went wrong. `was_there` tells that its part was made earlier."""

    task: Task
    report: Report | None = None
    error: PledgebookError | None = None
    was_there: bool = False


def plan(inputs: Sequence[str], folder: Path) -> tuple[Task, ...]:
    """A task for each file that the inputs name: paths, folders, and patterns such as `crawl/*.warc.gz`.

    Raises UsageError for one that names nothing. The folder of results is never an input.
    """
    files: dict[Path, None] = {}
    for name in inputs:
        found = [path for path in _files(name) if folder.resolve() not in path.resolve().parents]
        if not found:
            raise UsageError(name, "nothing to read there", "Name WARC, JSONL or Parquet files; a pattern in quotes.")
        files.update(dict.fromkeys(Path(path).absolute() for path in found))
    return tuple(_task(path) for path in sorted(files))


def run(
    tasks: Sequence[Task], settings: Settings, *, machines: Machines | None = None, listen: Listener | None = None
) -> Iterator[Done]:
    """Every input as it is done, those first whose parts are there already; whoever stops loses none of them.

    Afterwards `finish` puts the parts together.
    """
    settings.folder.mkdir(parents=True, exist_ok=True)
    made_by = made_by_of(settings)
    missing = []
    for task in tasks:
        report = done_report(settings.folder / PARTS / f"{task.name}.parquet", task, made_by)
        if report is None:
            missing.append(task)
        else:
            yield Done(task, report, was_there=True)
    _write_manifest(settings, tasks, made_by, state="running")
    if not missing:
        return
    # The largest first: nobody waits at the end for one that began last.
    missing.sort(key=lambda task: (-task.size, task.name))
    for task, result in (machines or LocalMachines()).map(partial(_work, settings), missing, listen):
        if isinstance(result, PledgebookError):
            yield Done(task, error=result)
        else:
            yield Done(task, result)


def finish(tasks: Sequence[Task], settings: Settings, done: Sequence[Done]) -> Report:
    """The report of the whole run; documents.parquet, claims.parquet and the manifest are written.

    Parts of inputs that are no longer named are taken out: the folder holds what this run was asked for.
    """
    wanted = {f"{task.name}.parquet" for task in tasks}
    for path in parts_of(settings.folder):
        if path.name not in wanted:
            path.unlink()
    report = sum_reports(item.report for item in sorted(done, key=lambda item: item.task.name) if item.report)
    documents, claims = merge(settings.folder)
    failed = {item.task.source: str(item.error) for item in done if item.error is not None}
    _write_manifest(
        settings, tasks, made_by_of(settings), state="failed" if failed else "done", report=report,
        documents=documents, claims=claims, failed=failed,
    )  # fmt: skip
    if not failed:
        with suppress(OSError):
            (settings.folder / WORK).rmdir()
    return report


def _work(settings: Settings, task: Task, tell: Listener | None = None) -> Report:
    return run_task(task, settings, tell)


def _files(name: str) -> list[Path]:
    path = Path(name)
    if has_magic(name) and not path.exists():
        return [Path(found) for found in sorted(glob(name, recursive=True)) if Path(found).is_file()]  # noqa: PTH207 - patterns may be absolute
    if path.is_dir():
        return [file for file in files_in(path) if isinstance(file, Path) and file.name.lower().endswith(_NAMES)]
    return [path] if path.is_file() else []


def _task(path: Path) -> Task:
    # The same name may stand in several folders of a crawl: the name of a part says which.
    stem = path.name.replace(".", "-")[:80]
    return Task(f"{stem}-{content_id('in', str(path)).removeprefix('in-')}", str(path), path.stat().st_size)


def _write_manifest(
    settings: Settings,
    tasks: Sequence[Task],
    made_by: str,
    *,
    state: str,
    report: Report | None = None,
    documents: int | None = None,
    claims: int | None = None,
    failed: dict[str, str] | None = None,
) -> None:
    manifest = {
        "format": FORMAT,
        "state": state,
        "made_by": made_by,
        "inputs": [{"part": f"{PARTS}/{task.name}.parquet", "input": task.source, "size": task.size} for task in tasks],
        "report": None if report is None else report.to_json(),
        "documents": documents,
        "claims": claims,
        "failed": failed or {},
    }
    with whole(settings.folder / MANIFEST) as target:
        target.write_text(json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
