"""One call of the program: its settings, what it says on stderr, and how it ends."""

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from pledgebook.domain import Finding, ReadDocument, Severity
from pledgebook.show.settings import Chosen, load_settings
from pledgebook.show.text import plain

_Item = TypeVar("_Item")


def now() -> datetime:
    """The time of day: show may read the clock, and hands it to the rooms."""
    return datetime.now(UTC)  # noqa: TID251 - the only place in show


class Session:
    """What a command needs to know of its call. `refused` counts documents that could not be read."""

    def __init__(self, **flags: Any) -> None:  # noqa: ANN401 - each setting has its own type
        self.settings: dict[str, Chosen] = load_settings(flags)
        self.refused = 0

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - each setting has its own type
        return self.settings[name].value

    def say(self, message: str, *, kind: str = "") -> None:
        """A line on stderr, unless --quiet."""
        if not self["quiet"]:
            click.echo(_prefix(kind) + plain(message), err=True)

    def detail(self, message: str) -> None:
        """A line on stderr with --verbose only."""
        if self["verbose"]:
            click.echo(plain(message), err=True)

    def refuse(self, finding: Finding) -> None:
        """Names a document that could not be read; --quiet does not silence it."""
        self.refused += 1
        click.echo(_prefix("skipped") + plain(finding.message), err=True)

    def readable(self, items: Iterable[ReadDocument | Finding]) -> Iterator[ReadDocument]:
        """The documents among `items`; the others are named on stderr and counted."""
        for item in items:
            if isinstance(item, Finding):
                self.refuse(item)
                continue
            for finding in item.findings:
                if finding.severity is Severity.WARNING:
                    self.say(finding.message, kind=finding.name)
                else:
                    self.detail(f"{finding.name}: {finding.message}")
            yield item

    def counted(self, items: Iterable[_Item], what: str) -> Iterator[_Item]:
        """The same items, with their number on stderr while they come, where that is a terminal."""
        if self["quiet"] or not sys.stderr.isatty():
            yield from items
            return
        number = 0
        try:
            for number, item in enumerate(items, 1):
                click.echo(f"\r{number} {what}", nl=False, err=True)
                yield item
        finally:
            click.echo("\r" + " " * (len(str(number)) + len(what) + 1) + "\r", nl=False, err=True)

    def code(self) -> int:
        """The exit code of a command that read documents."""
        from pledgebook.show.cli.program import SOME_UNREAD  # noqa: PLC0415 - main loads the commands

        return SOME_UNREAD if self.refused else 0


def _prefix(kind: str) -> str:
    if not kind:
        return ""
    return f"{kind}: " if "NO_COLOR" in os.environ else click.style(f"{kind}:", fg="yellow") + " "
