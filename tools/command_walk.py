"""Every command of the command line, walked once for the man page and for the reference."""

from collections.abc import Iterator
from pathlib import Path

import click

from pledgebook.show.cli.program import program


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """The commands that do something, with the words that call them, in the order of `pledgebook --help`."""
    yield from _below(program, ("pledgebook",))


def _below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if not isinstance(command, click.Group):
        yield words, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        if found is not None:
            yield from _below(found, (*words, name))


def arguments_of(command: click.Command) -> list[str]:
    """What a command takes beside its options, as its usage names it."""
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    return [param.make_metavar(click.Context(command)) for param in arguments]


def options_of(command: click.Command) -> list[click.Option]:
    """The options of a command."""
    return [param for param in command.params if isinstance(param, click.Option)]


def brought_up_to_date(path: Path, text: str, *, check: bool) -> bool:
    """Whether a file had another text, which it has now unless we only `check`."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return False
    if not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return True
