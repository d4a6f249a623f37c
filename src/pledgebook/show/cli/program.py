"""From the words of the command line to an exit code."""

import os
import sys
from importlib import import_module
from typing import Any

import click

from pledgebook import __version__
from pledgebook.domain import PledgebookError, SettingError, UsageError

FAILED, WRONG_USAGE, SOME_UNREAD, CONFLICTS, INTERRUPTED = 1, 2, 3, 4, 130

# Name, module below show/cli/, and one line of help: enough for `pledgebook --help` to load no command.
COMMANDS = {
    "demo": ("demo", "The whole way on the articles that come along."),
    "extract": ("extract", "Claims of documents; nothing is kept."),
    "ingest": ("ingest", "Documents and their claims into the book."),
    "watch": ("watch", "What feeds, sitemaps, pages and folders have that is new, into the book."),
    "sources": ("sources", "How the sources of `watch` are; a file of sources to start from."),
    "batch": ("batch", "Claims of a whole crawl (WARC), on this machine or a cluster."),
    "list": ("listing", "The pledges of the book."),
    "show": ("pledge", "One pledge: fields, quotes, every telling."),
    "total": ("total", "Sums over pledges: low, central, high, and what was left out."),
    "changes": ("changes", "What became known since a day."),
    "decide": ("decide", "What a reviewer decides about pledges and claims, kept for ever."),
    "import": ("import_", "Your own spreadsheet, or a data package, into the book."),
    "export": ("export", "Lines of the book as files: XLSX, Parquet, data packages, IATI and more."),
    "search": ("search", "Documents by their words, in every script."),
    "snapshot": ("snapshot", "A version of the book that can be cited."),
    "verify": ("verify", "Whether the book is what was written."),
    "rebuild": ("rebuild", "Work out again what follows from what was written."),
    "backup": ("backup", "The book into a file, whole or not at all."),
    "restore": ("restore", "The book of a backup."),
    "erase": ("erase", "A document out of the book, on request; the trace stays."),
    "evaluate": ("evaluate", "Precision, recall and F1 of a reader on gold documents."),
    "serve": ("serve", "The web app and the API, on this machine or behind accounts."),
    "accounts": ("accounts", "Who may sign in to `serve`, and keys for programs."),
    "mcp": ("mcp", "The book as tools for language models."),
    "config": ("config", "Where each setting comes from."),
    "doctor": ("doctor", "What is installed, and whether it works."),
}


class Commands(click.Group):
    """Commands that are loaded when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"pledgebook.show.cli.{COMMANDS[cmd_name][0]}")
        command = module.command
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The list of commands, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, (_, help_) in COMMANDS.items()])


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Settings: flag, then PLEDGEBOOK_*, ./pledgebook.toml, the user's file. `pledgebook config show` tells.",
)
@click.version_option(__version__, message="pledgebook %(version)s")
def program() -> None:
    """Reads news of investment pledges and keeps the ledger: who pledged what, where, by when, in whose words."""


def run(words: list[str]) -> int:
    """The exit code of a command line; what went wrong is said on stderr, in one line."""
    try:
        code: Any = program.main(args=list(words), prog_name="pledgebook", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.ClickException, click.Abort, KeyboardInterrupt, PledgebookError, OSError, MemoryError) as error:
        return _code_of(error)
    return code if isinstance(code, int) else 0


def _code_of(error: BaseException) -> int:
    """The exit code of what went wrong, once it has been said."""
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, PledgebookError):
        _say_error(str(error))
        return WRONG_USAGE if isinstance(error, UsageError | SettingError) else FAILED
    if isinstance(error, OSError):
        _say_error(f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}.")
        return FAILED
    if isinstance(error, MemoryError):
        _say_error("memory: none left. Give the program more, or less to do at once; the book is as it was.")
        return FAILED
    click.echo("Interrupted.", err=True)
    return INTERRUPTED


def _say_error(message: str) -> None:
    from pledgebook.show.text import plain  # noqa: PLC0415 - only where something went wrong

    prefix = click.style("error:", fg="red", bold=True) if "NO_COLOR" not in os.environ else "error:"
    click.echo(f"{prefix} {plain(message)}", err=True)
