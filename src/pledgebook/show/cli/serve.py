"""pledgebook serve."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pledgebook.domain import UsageError
from pledgebook.show.cli.options import db_option, say_options
from pledgebook.show.cli.session import Session, now

if TYPE_CHECKING:
    import socket

    from pledgebook.show.serve import Serving

_EXTRA = "Install what it needs: pip install 'pledgebook[web]'."
_GRACE_SECONDS, _WAITING = 10, 1024


@click.command("serve")
@click.option("--host", metavar="ADDRESS", help="Where to listen (default: 127.0.0.1, this machine only).")
@click.option("--port", metavar="N", help="The port (default: 8000); 0 takes a free one.")
@click.option("--origin", metavar="URL", help="What people type where a proxy stands before it: https://name.")
@click.option("--accounts", metavar="FILE", help="Who may sign in (default: pledgebook.accounts.json).")
@click.option("--guests", is_flag=True, default=None, help="Let anybody read; accounts decide.")
@click.option("--owner", metavar="NAME", help="Who decides where there are no accounts (default: your user name).")
@click.option("--in", "currency", metavar="CUR", help="The currency of the totals.")
@click.option("--reader", metavar="NAME", help="Who reads the documents that are posted (default: rules).")
@click.option("--max-bytes", metavar="N", help="Refuse documents larger than this (default: 20000000).")
@db_option
@say_options
def command(**flags: Any) -> int:  # noqa: ANN401 - flags of settings
    """The web app and the API on a book, on 127.0.0.1.

    On this machine alone it needs no account. Where others can reach it (--host, --origin) it wants at least one:
    `pledgebook accounts add`. Ctrl-C ends it.
    """
    session = Session(**flags)
    return run_server(session, session["db"])


def run_server(session: Session, db: str) -> int:
    """Serves the book until somebody ends it; the exit code."""
    try:
        import uvicorn  # noqa: PLC0415 - belongs to the extra [web]

        from pledgebook.show.serve import create_app  # noqa: PLC0415 - likewise
    except ModuleNotFoundError as error:
        raise UsageError("serve", f"no {error.name}", _EXTRA) from error
    serving = serving_for(session, db)
    app = create_app(serving)
    listening = _listen(serving.host, serving.port)
    address = serving.origin or f"http://{_host_in_url(serving.host)}:{listening.getsockname()[1]}"
    session.say(f"{db} is at {address} (Ctrl-C ends it).")
    config = uvicorn.Config(
        app,
        log_level="info" if session["verbose"] else "warning",
        access_log=bool(session["verbose"]),
        server_header=False,
        # Addresses of visitors are believed from a proxy on this machine only, and only where one was announced.
        proxy_headers=serving.origin is not None,
        forwarded_allow_ips="127.0.0.1",
        http="httptools",
        ws="none",
        timeout_keep_alive=10,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        limit_concurrency=1000,
    )
    uvicorn.Server(config).run(sockets=[listening])
    return 0


def serving_for(session: Session, db: str) -> "Serving":
    """What a server for this session is started with."""
    from pledgebook.show.export import Reporter  # noqa: PLC0415 - loaded by who serves
    from pledgebook.show.serve import Serving  # noqa: PLC0415 - belongs to the extra [web]
    from pledgebook.store import open_book  # noqa: PLC0415 - loads SQLite

    open_book(db).close()  # whoever named a wrong book learns it now and not from a page
    accounts = Path(session["accounts"])
    return Serving(
        db,
        clock=now,
        host=session["host"],
        port=session["port"],
        currency=session["currency"],
        reader=session["reader"],
        origin=session["origin"] or None,
        accounts=accounts,
        state=accounts.with_name("pledgebook.views.json"),
        owner=session["owner"] or _user_name(),
        guests=session["guests"],
        max_bytes=session["max_bytes"],
        networks=session["allow_networks"],
        reporter=Reporter(session["reporter"], session["reporter_name"]),
    )


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container may run as a number that has no name
        return "owner"


def _listen(host: str, port: int) -> "socket.socket":
    import socket  # noqa: PLC0415 - loaded by who serves

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named TCP, because asyncio only then sends small answers at once: else each waits 40 ms for an acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let others take the port over
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
        listening.listen(_WAITING)
    except OSError as error:
        listening.close()
        seen = f"{host}:{port}, where nothing can listen ({(error.strerror or str(error)).lower()})"
        raise UsageError("--port", seen, "Name another --port (0 takes a free one) or --host.") from error
    return listening


def _host_in_url(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
