"""pledgebook mcp."""

import socket
from typing import Any

import click

from pledgebook.domain import UsageError
from pledgebook.show.cli.options import db_option, say_options
from pledgebook.show.cli.session import Session, now

_HERE = "127.0.0.1"


@click.command("mcp")
@click.option("--http", "http", is_flag=True, help="Listen on this machine (127.0.0.1), and not on standard input.")
@click.option("--port", metavar="N", help="The port for --http; 0: a free one (default: 8000).")
@db_option
@say_options
def command(*, http: bool, **flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """The book as tools for language models (Model Context Protocol), which only read.

    Without --http it speaks on standard input and output, as a client that starts it expects.
    """
    session = Session(**flags)
    server = _server(session["db"])
    if not http:
        server.run("stdio")
        return 0
    port = session["port"] or _free_port()
    session.say(f"http://{_HERE}:{port}/mcp")
    server.run("streamable-http", host=_HERE, port=port)
    return 0


def _server(name: str) -> Any:  # noqa: ANN401 - the library is loaded here
    from contextlib import closing  # noqa: PLC0415 - next to its use

    from pledgebook.store import open_book  # noqa: PLC0415 - loads SQLite

    try:
        from pledgebook.show.mcp import make_server  # noqa: PLC0415 - comes with an extra
    except ImportError as error:
        raise UsageError("mcp", f"{error.name}, which is not installed", "pip install 'pledgebook[mcp]'") from error
    with closing(open_book(name)):  # a wrong name is an error here and now, not in an answer
        return make_server(name, today=lambda: now().date())


def _free_port() -> int:
    with socket.socket() as found:
        found.bind((_HERE, 0))
        return int(found.getsockname()[1])
