"""pledgebook accounts."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pledgebook.domain import UsageError
from pledgebook.show.cli.options import output_options, say_options
from pledgebook.show.cli.output import choose_format, write
from pledgebook.show.cli.session import Session, now
from pledgebook.wire import dumps

if TYPE_CHECKING:
    from pledgebook.show.serve.accounts import Accounts

_Command = TypeVar("_Command", bound=Callable[..., Any])
_ROLES = click.Choice(("viewer", "reviewer", "admin"))


def _file_option(command: _Command) -> _Command:
    return click.option("--accounts", metavar="FILE", help="The file (default: pledgebook.accounts.json).")(command)


def _password_option(command: _Command) -> _Command:
    words = "Read the password from standard input, a line."
    return click.option("--password-stdin", "from_stdin", is_flag=True, help=words)(command)


@click.group("accounts")
def command() -> None:
    """Who may sign in to `pledgebook serve`, and keys for programs."""


@command.command("add")
@click.argument("name", metavar="NAME")
@click.option("--role", type=_ROLES, default="viewer", show_default=True, help="What they may do.")
@_password_option
@_file_option
@say_options
def add(name: str, role: str, *, from_stdin: bool, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """A new account. Viewers read, reviewers decide and add documents, admins do everything."""
    from pledgebook.show.desk.people import Role  # noqa: PLC0415 - loads rooms

    session = Session(**flags)
    _accounts(session).add(name, Role(role), _password(name, from_stdin=from_stdin))
    session.say(f"{name} has the role {role} in {session['accounts']}.")
    return 0


@command.command("change")
@click.argument("name", metavar="NAME")
@click.option("--role", type=_ROLES, help="What they may do from now on.")
@click.option("--password", "has_password", is_flag=True, help="A new password; it ends their tokens.")
@_password_option
@_file_option
@say_options
def change(name: str, role: str | None, *, has_password: bool, from_stdin: bool, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Another role or password. All sessions of the account end."""
    from pledgebook.show.desk.people import Role  # noqa: PLC0415 - loads rooms

    session = Session(**flags)
    if role is None and not has_password and not from_stdin:
        raise UsageError("accounts change", "nothing to change", "Give --role or --password.")
    password = _password(name, from_stdin=from_stdin) if has_password or from_stdin else None
    account = _accounts(session).change(name, role=None if role is None else Role(role), password=password)
    session.say(f"{account.name} has the role {account.role}.")
    return 0


@command.command("remove")
@click.argument("name", metavar="NAME")
@_file_option
@say_options
def remove(name: str, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Takes an account, its sessions and its tokens away. What it decided stays, under its name."""
    session = Session(**flags)
    _accounts(session).remove(name)
    session.say(f"{name} has no account any more.")
    return 0


@command.command("list")
@_file_option
@output_options("table", "json", "jsonl")
@say_options
def list_(format_: str | None, output: str | None, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """All accounts and tokens; no secret is among what is shown."""
    session = Session(**flags)
    people = _accounts(session).people
    records: list[dict[str, str]] = [
        {"what": "account", "name": it.name, "role": it.role.value, "since": it.since, "until": "", "note": ""}
        for it in people.accounts.values()
    ]
    records += [
        {"what": f"token {it.id}", "name": it.account, "role": it.role.value, "since": it.since, "until": it.until,
         "note": it.note}
        for it in people.tokens.values()
    ]  # fmt: skip
    _show(records, choose_format(format_, output), output)
    return 0


@command.command("token")
@click.argument("name", metavar="NAME")
@click.option("--role", type=_ROLES, default="viewer", show_default=True, help="What it may do, at most.")
@click.option("--days", type=click.IntRange(1, 366), default=90, show_default=True, help="How long it works.")
@click.option("--note", default="", metavar="TEXT", help="What it is for.")
@_file_option
@say_options
def token(name: str, role: str, days: int, note: str, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """A key for a program that acts for an account. It is shown this once."""
    from pledgebook.show.desk.people import Role  # noqa: PLC0415 - loads rooms

    session = Session(**flags)
    words, kept = _accounts(session).issue(name, role=Role(role), days=days, note=note)
    write([words + "\n"], None)
    session.say(f"Token {kept.id}: {role} for {name} until {kept.until}. Send it as: Authorization: Bearer TOKEN")
    return 0


@command.command("revoke")
@click.argument("token", metavar="TOKEN")
@_file_option
@say_options
def revoke(token: str, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """Ends a token, named by its id as `accounts list` has it."""
    session = Session(**flags)
    if not _accounts(session).revoke(token):
        raise UsageError("accounts revoke", f"no token {token!r}", "`pledgebook accounts list` names them.")
    session.say(f"Token {token} opens nothing any more.")
    return 0


def _accounts(session: Session) -> "Accounts":
    try:
        import argon2  # noqa: F401, PLC0415 - belongs to the extra [web]
    except ModuleNotFoundError as error:
        raise UsageError("accounts", f"no {error.name}", "Install it: pip install 'pledgebook[web]'.") from error
    from pledgebook.show.serve.accounts import Accounts  # noqa: PLC0415 - loads the server

    return Accounts(Path(session["accounts"]), clock=now)


def _password(name: str, *, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError("accounts", "no terminal to ask for the password", "Give --password-stdin.")
    return str(click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True, err=True))


def _show(records: Sequence[dict[str, str]], format_: str, output: str | None) -> None:
    if format_ != "table":
        write((dumps(record) + "\n" for record in records), output)
        return
    from pledgebook.show.cli.table import table_text  # noqa: PLC0415 - next to its use
    from pledgebook.show.sheet import Column, Sheet  # noqa: PLC0415

    names = ("what", "name", "role", "since", "until", "note")
    rows = tuple(tuple(record[name] for name in names) for record in records)
    write(table_text(Sheet("Accounts", tuple(map(Column, names)), rows)), output)
