import hmac
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from pledgebook.domain import BookError, UsageError
from pledgebook.show.desk import Desk
from pledgebook.show.desk.news import News
from pledgebook.show.desk.views import MOST_EACH, Views
from served import NOW, client_on, csrf_of, small_book

ATOM = "{http://www.w3.org/2005/Atom}"


def test_views_are_kept_for_their_owners(tmp_path: Path) -> None:
    path = tmp_path / "views.json"
    views = Views(path)
    mine = views.add("France", "/ledger?country=FR", "ada", hook="https://one.example/hook")
    views.add("Spain", "/ledger?country=ES", "bob")
    again = Views(path)
    assert [view.name for view in again.of("ada")] == ["France"]
    assert again.get(mine.id) == mine
    assert len(mine.secret) == 64
    assert path.stat().st_mode & 0o077 == 0
    assert not again.remove(mine.id, owner="bob")
    assert again.remove(mine.id, owner="ada")
    assert [view.name for view in Views(path).all()] == ["Spain"]


@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "ledger", "/ledger?country=Narnia", "/\n"])
def test_views_are_pages_of_ours(path: str) -> None:
    with pytest.raises(UsageError):
        Views(None).add("x", path, "ada")


def test_nobody_fills_the_disk_with_views() -> None:
    views = Views(None)
    for number in range(MOST_EACH):
        views.add(str(number), "/ledger", "ada")
    with pytest.raises(UsageError, match="Delete one"):
        views.add("more", "/ledger", "ada")


class Post:
    """Takes what hooks are sent; fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.sent: list[tuple[str, bytes, dict[str, str]]] = []
        self.failures = failures

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        if self.failures:
            self.failures -= 1
            raise BookError(url, "no answer")
        self.sent.append((url, body, headers))
        return 204


def add_article(desk: Desk, text: str) -> None:
    from plain_reader import PlainReader
    from pledgebook.domain import Page, ReadDocument
    from pledgebook.flow import read_page

    item = read_page(Page("new.txt", text.encode()), PlainReader())
    assert isinstance(item, ReadDocument)
    desk.add([item])


def test_hooks_are_told_what_is_new_once_and_signed(tmp_path: Path) -> None:
    desk = Desk(str(small_book(tmp_path)), clock=lambda: NOW)
    view = desk.saved.add("France", "/ledger?country=FR", "ada", hook="https://one.example/hook")
    post, path = Post(failures=1), tmp_path / "news.json"
    news = News(desk, desk.saved, post, lambda: NOW, path)
    assert news.look() == 0  # what the book says already is known
    add_article(desk, "MADRID, June 1, 2024 (Wire) - Emil pledges 5000000 EUR to FR. Fay pledges 6000000 EUR to ES.")
    assert news.look() == 0  # it does not answer
    later = News(desk, desk.saved, post, lambda: NOW, path)  # a restart loses nothing
    assert sum(later.look() for _ in range(3)) == 1
    ((url, body, headers),) = post.sent
    said = json.loads(body)
    assert url == "https://one.example/hook"
    assert {change["kind"] for change in said["changes"]} == {"new"}
    assert len(said["changes"]) == 1
    wanted = hmac.new(view.secret.encode(), headers["X-Pledgebook-Time"].encode() + b"." + body, "sha256").hexdigest()
    assert headers["X-Pledgebook-Signature"] == f"sha256={wanted}"
    assert later.look() == 0


def test_a_view_has_a_form_a_feed_and_an_end(tmp_path: Path) -> None:
    with client_on(small_book(tmp_path), state=tmp_path / "views.json") as client:
        form = {"csrf": csrf_of(client), "name": "<b>France</b>", "path": "/ledger?country=FR", "next": "/ledger"}
        assert client.post("/views", data=form).headers["location"] == "/ledger"
        (row,) = client.get("/api/v1/views").json()["rows"]
        assert (row["owner"], row["hook"]) == ("Ada", None)
        feed = client.get(f"/api/v1/views/{row['id']}/feed.atom")
        assert feed.headers["content-type"] == "application/atom+xml"
        tree = ET.fromstring(feed.text)  # noqa: S314 - our own
        assert tree.findtext(f"{ATOM}title") == "<b>France</b> · Pledgebook"
        assert len(tree.findall(f"{ATOM}entry")) >= 1
        gone = {"csrf": csrf_of(client), "id": row["id"], "next": "/ledger"}
        assert client.post("/views/delete", data=gone).status_code == 303
        assert client.get(f"/api/v1/views/{row['id']}/feed.atom").status_code == 404


@pytest.mark.parametrize(
    "hook", ["http://127.0.0.1/x", "http://[::1]/x", "http://169.254.169.254/latest", "https://one.example:22/"]
)
def test_hooks_are_on_the_public_internet(tmp_path: Path, hook: str) -> None:
    with client_on(small_book(tmp_path)) as client:
        view: dict[str, Any] = {"name": "x", "path": "/ledger", "hook": hook}
        assert client.post("/api/v1/views", json=view).json()["error"]["where"] == "hook"
        made = client.post("/api/v1/views", json={**view, "hook": "https://one.example/x"}).json()
        assert len(made["secret"]) == 64
        assert "secret" not in client.get("/api/v1/views").json()["rows"][0]
