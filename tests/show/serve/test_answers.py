from pathlib import Path
from typing import Any

import pytest

from pledgebook.show.desk import Ledger
from served import client_on, small_book

FRENCH = "/api/v1/pledges?country=FR"


def test_a_known_answer_is_not_worked_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with client_on(small_book(tmp_path)) as client:
        first = client.get(FRENCH)
        packed = client.get(FRENCH, headers={"Accept-Encoding": "gzip"})
        plain = client.get(FRENCH, headers={"Accept-Encoding": "identity"})

        def explode(*_: object) -> None:
            raise AssertionError("worked out again")

        monkeypatch.setattr(Ledger, "records", explode)
        monkeypatch.setattr(Ledger, "records_now", explode)
        assert client.get(FRENCH).json() == first.json() == packed.json() == plain.json()
        assert client.get(FRENCH, headers={"Accept-Encoding": "identity"}).headers.get("content-encoding") is None
        assert client.get(FRENCH + "&limit=1").status_code == 500


def test_what_somebody_else_writes_is_seen(tmp_path: Path) -> None:
    from contextlib import closing

    from plain_reader import PlainReader
    from pledgebook.domain import Page
    from pledgebook.store import open_book
    from served import NOW, ReadDocument, read_page

    path = small_book(tmp_path)
    with client_on(path) as client:
        app: Any = client.app
        before = client.get(FRENCH).json()
        item = read_page(Page("z.txt", b"Zora pledges 1000000 EUR to FR."), PlainReader())
        assert isinstance(item, ReadDocument)
        with closing(open_book(str(path))) as book:
            book.add_all([item], at=NOW)
        app.state.desk._seen = None  # as if a fifth of a second had passed
        after = client.get(FRENCH).json()
        assert after["total"] == before["total"] + 1
        assert after["book"] != before["book"]


def test_people_see_their_own_and_not_what_others_saw(tmp_path: Path) -> None:
    from served import accounts_in, csrf_of, sign_in

    people = accounts_in(tmp_path, vera="viewer")
    with client_on(small_book(tmp_path), accounts=people) as client:
        assert sign_in(client, "vera") == 303
        assert client.get(FRENCH).status_code == 200
        assert client.get("/api/v1/me").json()["name"] == "vera"
        assert client.post("/logout", data={"csrf": csrf_of(client)}).status_code == 303
        assert client.get(FRENCH).status_code == 401
        assert client.get("/api/v1/me").status_code == 401
