from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pledgebook.show.api import QUICK, QuickLane
from served import client_on, small_book

ASKED = (
    "",
    "?country=FR",
    "?sort=-amount&limit=1",
    "?q=cora",
    "?investor=ac",
    "?as_of=2024-05-13&in=EUR",
    "?limit=0",
    "?limit=1&limit=2",
    "?nonsense=1",
    "?country=",
    "?cursor=nonsense",
    "?snapshot=nothing",
    "?since=2024-13-01",
)


def said(client: TestClient, headers: dict[str, str]) -> list[Any]:
    answers = [client.get(f"/api/v1/pledges{words}", headers=headers) for words in ASKED]
    return [(it.status_code, sorted(it.headers.multi_items()), it.content) for it in answers]


@pytest.mark.parametrize("accepted", ["identity", "gzip"])
def test_what_is_answered_at_once_is_what_the_route_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accepted: str
) -> None:
    headers, book = {"Accept-Encoding": accepted}, small_book(tmp_path)
    with client_on(book) as client:
        quick = said(client, headers)

    async def past(self: Any, scope: Any, receive: Any, send: Any) -> None:
        await self._app(scope, receive, send)

    monkeypatch.setattr(QuickLane, "__call__", past)
    with client_on(book) as client:
        assert said(client, headers) == quick
    assert {status for status, _, _ in quick} == {200, 404, 422}


def test_only_what_is_asked_often_is_answered_at_once(tmp_path: Path) -> None:
    assert list(QUICK) == ["/pledges"]
    with client_on(small_book(tmp_path)) as client:
        assert client.post("/api/v1/pledges", json={}).status_code == 405
        assert client.head("/api/v1/pledges").status_code in (200, 405)
