"""How far long work has come, on stderr where that is a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from pledgebook.show.cli.session import Session

Told = Callable[[str, int], None]
_EVERY_SECONDS = 0.2


@contextmanager
def shown(session: Session) -> Iterator[Told | None]:
    """What work calls with what it counts and how many there are by now; None where nobody looks."""
    if session["quiet"] or not sys.stderr.isatty():
        yield None
        return
    widest, last = 0, 0.0

    def tell(what: str, number: int) -> None:
        nonlocal widest, last
        if time.monotonic() - last < _EVERY_SECONDS:
            return
        last = time.monotonic()
        line = f"{number:,} {what}"
        click.echo(f"\r{line:<{widest}}", nl=False, err=True)
        widest = max(widest, len(line))

    try:
        yield tell
    finally:
        if widest:
            click.echo("\r" + " " * widest + "\r", nl=False, err=True)
