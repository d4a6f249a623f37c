"""Flags that several commands share."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from pledgebook.show.cli.output import FORMATS

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's signature
        """The day that the words name."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day: write YYYY-MM-DD", param, ctx)


def _all(*options: Callable[[_Command], _Command]) -> Callable[[_Command], _Command]:
    def add(command: _Command) -> _Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


def say_options(command: _Command) -> _Command:
    """--quiet and --verbose."""
    return _all(
        click.option("-q", "--quiet", is_flag=True, default=None, help="Only errors on stderr."),
        click.option("-v", "--verbose", is_flag=True, default=None, help="More on stderr."),
    )(command)


def source_options(command: _Command) -> _Command:
    """SOURCE... and how it is read."""
    return _all(
        click.argument("sources", metavar="SOURCE...", nargs=-1, required=True),
        click.option("--reader", metavar="NAME", help="Who reads the documents (default: rules)."),
        click.option("--workers", metavar="N", help="Processes side by side; 0: as many as it pays to have."),
        click.option("--max-bytes", metavar="N", help="Refuse documents larger than this (default: 20000000)."),
        click.option("--document-seconds", metavar="N", help="Give up a document after this long (default: 10)."),
        click.option(
            "--document-memory", metavar="N", help="Give up a document that takes more bytes (default: 1 GB)."
        ),
        model_options,
        fetch_options,
    )(command)


def model_options(command: _Command) -> _Command:
    """Which language model the readers `llm` and `rules+llm` ask, and what that may cost."""
    return _all(
        click.option("--llm-url", metavar="URL", help="Where a language model answers, for --reader rules+llm."),
        click.option("--llm-model", metavar="NAME", help="The name of the model there."),
        click.option("--llm-tokens", metavar="N", help="Spend at most so many tokens in this call."),
        click.option("--llm-budget", metavar="SUM", help="Spend at most so much money in this call (see llm_prices)."),
    )(command)


def fetch_options(command: _Command) -> _Command:
    """How pages are fetched from the web."""
    return _all(
        click.option("--fetch-deadline", metavar="SECONDS", help="Give up a page after this long (default: 60)."),
        click.option("--pause", metavar="SECONDS", help="Leave a site in peace between two requests (default: 2)."),
        click.option("--user-agent", metavar="WORDS", help="What we call ourselves to sites."),
        click.option(
            "--allow-networks", metavar="NETWORKS", help="Fetch from these private networks too, as 127.0.0.0/8,..."
        ),
    )(command)


def db_option(command: _Command) -> _Command:
    """--db."""
    return click.option("--db", metavar="PATH", help="The book: a file or postgresql://... (default: pledgebook.db).")(
        command
    )


def state_option(command: _Command) -> _Command:
    """--state."""
    return click.option("--state", metavar="PATH", help="The memory of `watch` (default: the book's name and .watch).")(
        command
    )


def output_options(*formats: str) -> Callable[[_Command], _Command]:
    """--format and --output."""
    return _all(
        click.option(
            "--format",
            "format_",
            type=click.Choice(formats or FORMATS),
            help="A table on a terminal and JSONL in a pipe, unless this says otherwise.",
        ),
        click.option("-o", "--output", metavar="FILE", help="Write to FILE, whole or not at all."),
    )


def filter_options(command: _Command) -> _Command:
    """Which pledges, and as of when."""
    return _all(
        click.option("--investor", metavar="NAME", help="Pledged by it."),
        click.option("--recipient", metavar="NAME", help="Pledged to it."),
        click.option("--country", metavar="CODE", help="Pledged to this country (code or English name)."),
        click.option("--place", metavar="NAME", help="With a site there."),
        click.option("--purpose", metavar="NAME", help="For this purpose."),
        click.option("--stage", metavar="NAME", help="At this stage."),
        click.option("--since", type=Day(), help="Announced on this day or later."),
        click.option("--until", type=Day(), help="Announced on this day or before."),
        click.option("--min-sources", type=click.IntRange(0), default=0, help="Told by as many independent sources."),
        click.option("--counted", is_flag=True, help="Only what counts."),
        click.option("--as-of", type=Day(), help="As the book knew it at the end of that day."),
        click.option("--in", "currency", metavar="CUR", help="Convert to this currency at the day's rate."),
        click.option("--strict", is_flag=True, help="Exit with 4 where sources are in conflict."),
    )(command)
