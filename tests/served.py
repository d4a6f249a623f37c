"""Servers for tests: a small book, the app on it, and people who have signed in."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from plain_reader import PlainReader
from pledgebook.domain import Page, ReadDocument
from pledgebook.flow import keep, read_page
from pledgebook.show.desk import Role
from pledgebook.show.serve import Serving, create_app
from pledgebook.show.serve.accounts import Accounts
from pledgebook.store import open_book

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = "http://127.0.0.1:8000"
PASSWORD = "correct horse battery"  # noqa: S105 - of nobody
ARTICLES = {
    "a.txt": "MADRID, May 13, 2024 (Wire) - Acme pledges 3000000 EUR to ES. So it says.",
    "b.txt": "PARIS, May 14, 2024 (Wire) - Told again: Acme pledges 3000000 EUR to ES. Bolt pledges 9000000 USD to FR.",
    "c.txt": "TOKYO, May 15, 2024 (Wire) - Cora pledges 500000000 JPY to JP. <b>And</b> nothing else.",
    "d.txt": "ROME, May 14, 2024 (Other) - On Tuesday Bolt pledges 9100000 USD to FR. Nobody knows more.",
}


def small_book(folder: Path, articles: dict[str, str] | None = None) -> Path:
    """A book of some short articles: three pledges, one told twice, one of them with two figures."""
    path, reader = folder / "small.db", PlainReader()
    pages = [Page(name, text.encode()) for name, text in (articles or ARTICLES).items()]
    with closing(open_book(str(path), create=True)) as book:
        items = [read_page(page, reader) for page in pages]
        assert all(isinstance(item, ReadDocument) for item in items), items
        list(keep(book, items, at=NOW))
    return path


def app_on(db: Path, **options: Any) -> FastAPI:
    """The app on a book, with the reader of the tests and a clock that stands."""
    chosen = {"clock": lambda: NOW, "reader": "plain_reader:PlainReader", "owner": "Ada", **options}
    return create_app(Serving(str(db), **chosen))


@contextmanager
def client_on(db: Path, **options: Any) -> Iterator[TestClient]:
    """Somebody who asks it, on this machine."""
    with client_of(app_on(db, **options)) as client:
        yield client


def client_of(app: FastAPI, base_url: str = HERE) -> TestClient:
    """Somebody who asks the app and follows no redirect."""
    return TestClient(app, base_url=base_url, follow_redirects=False, raise_server_exceptions=True)


def accounts_in(folder: Path, **roles: str) -> Path:
    """A file of accounts, each with PASSWORD: `accounts_in(folder, vera="viewer")`."""
    path = folder / "accounts.json"
    accounts = Accounts(path, clock=lambda: NOW)
    for name, role in roles.items():
        accounts.add(name, Role(role), PASSWORD)
    return path


def csrf_of(client: TestClient) -> str:
    """What the visitor's forms have to bring along, as the sign-in page has it."""
    app: Any = client.app
    session = app.state.seals.open(client.cookies.get("pledgebook") or "")
    return str(app.state.seals.csrf("" if session is None else session.id))


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """The status of signing in; the client keeps the session."""
    return client.post("/login", data={"name": name, "password": password, "csrf": csrf_of(client)}).status_code
