"""pledgebook doctor."""

import platform
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click

from pledgebook import __version__
from pledgebook.show.cli.options import db_option, output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps

_PACKAGES = (
    "click", "trafilatura", "lxml", "charset-normalizer", "py3langid", "rapidfuzz", "currencyconverter", "hmrc-rates",
    "apsw", "numpy",
)  # fmt: skip


@click.command("doctor")
@click.option("--reader", metavar="NAME", help="The reader to try (default: rules).")
@db_option
@output_options("table", "json", "jsonl")
@say_options
def command(format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """What is installed, and whether it works; exit 1 where something does not."""
    from pledgebook.show.cli.program import FAILED  # noqa: PLC0415 - main loads the commands

    session = Session(**flags)
    records = [_tried(name, check) for name, check in _checks(session)]
    if choose_format(format_, output) == "table":
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415 - next to its use
        from pledgebook.show.sheet import Column, Sheet  # noqa: PLC0415

        rows = tuple((record["name"], "works" if record["works"] else "FAILS", record["found"]) for record in records)
        write(table_text(Sheet("Doctor", (Column("what"), Column(""), Column("found", grows=True)), rows)), output)
    else:
        write((dumps(record) + "\n" for record in records), output)
    return 0 if all(record["works"] for record in records) else FAILED


def _checks(session: Session) -> list[tuple[str, Callable[[], str]]]:
    return [
        ("pledgebook", lambda: __version__),
        ("python", lambda: f"{platform.python_version()} on {platform.system()} {platform.machine()}"),
        ("packages", _packages),
        ("sqlite", _sqlite),
        ("rates", _rates),
        ("languages", _languages),
        ("reader", lambda: _reader(session["reader"])),
        ("book", lambda: _book(session["db"])),
    ]


def _tried(name: str, check: Callable[[], str]) -> dict[str, Any]:
    try:
        return {"name": name, "works": True, "found": check()}
    except Exception as error:  # noqa: BLE001 - whatever is wrong, that is what the doctor is asked for
        return {"name": name, "works": False, "found": f"{type(error).__name__}: {error}"}


def _packages() -> str:
    found, missing = [], []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        raise ImportError(f"not installed: {', '.join(missing)}")
    return ", ".join(found)


def _sqlite() -> str:
    import tempfile  # noqa: PLC0415 - only the doctor makes a book to throw it away

    from pledgebook.store import open_book  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, closing(open_book(str(Path(folder) / "t.db"), create=True)) as book:
        damage = book.verify()
        if damage:
            raise OSError("; ".join(map(str, damage)))
        return book.facts().engine


def _rates() -> str:
    from datetime import date  # noqa: PLC0415

    from pledgebook.ledger import PublishedRates  # noqa: PLC0415

    rates = PublishedRates()
    found = [rates.rate("EUR", "USD", date(2024, 5, 13)), rates.rate("USD", "AED", date(2024, 5, 13))]
    return ", ".join(f"1 {rate.source} = {rate.rate} {rate.target} ({rate.publisher})" for rate in found if rate)


def _languages() -> str:
    from importlib.resources import files  # noqa: PLC0415

    folder = files("pledgebook.lexicon") / "languages"
    return ", ".join(
        sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml"))
    )


def _reader(name: str) -> str:
    from pledgebook.flow import load_reader  # noqa: PLC0415

    reader = load_reader(name)
    return f"{reader.name} {reader.version}"


def _book(name: str) -> str:
    from pledgebook.store import open_book  # noqa: PLC0415

    if "://" not in name and not Path(name).exists():
        return f"{name}: none yet"
    with closing(open_book(name)) as book:
        facts = book.facts()
    return f"{name}: {facts.documents} documents, {facts.claims} claims, {facts.records} log records, {facts.engine}"
