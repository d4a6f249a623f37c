"""pledgebook config."""

from decimal import Decimal
from typing import Any

import click

from pledgebook.show.cli.options import output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session
from pledgebook.wire import dumps


@click.group("config")
def command() -> None:
    """Settings."""


@command.command("show")
@output_options("table", "json", "jsonl")
@say_options
def show(format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Every setting, its value, and where that comes from."""
    from pledgebook.show.settings import SETTINGS  # noqa: PLC0415 - next to its use

    session = Session(**flags)
    records = [
        {
            "name": setting.name,
            "value": str(value) if isinstance(value := session[setting.name], Decimal) else value,
            "origin": session.settings[setting.name].origin,
            "variable": setting.variable,
            "help": setting.help,
        }
        for setting in SETTINGS
    ]
    if choose_format(format_, output) == "table":
        from pledgebook.show.cli.table import table_text  # noqa: PLC0415 - next to its use
        from pledgebook.show.sheet import Column, Sheet  # noqa: PLC0415

        names = ("name", "value", "origin", "variable", "help")
        rows = tuple(tuple(str(record[name]) for name in names) for record in records)
        write(table_text(Sheet("Settings", tuple(map(Column, names)), rows)), output)
    else:
        write((dumps(record) + "\n" for record in records), output)
    return 0
