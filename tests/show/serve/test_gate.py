from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from pledgebook.domain import UsageError
from pledgebook.show.desk.state import ALL
from pledgebook.show.serve.headers import with_safe_headers
from pledgebook.show.serve.sign_in import MOST_PER_NAME
from served import HERE, PASSWORD, accounts_in, app_on, client_of, client_on, csrf_of, sign_in, small_book

SAFE = (
    "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy", "cache-control",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy",
)  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with client_on(small_book(tmp_path)) as found:
        yield found


def reject(client: TestClient, **headers: str) -> int:
    """The status of a form that rejects a pledge, as one of our pages sends it."""
    app: Any = client.app
    pledge = next(app.state.desk.ledger().each(ALL)).id
    form = {"csrf": csrf_of(client), "kind": "reject", "pledge": pledge, "why": "No.", "next": "/conflicts"}
    return client.post("/review/decide", data=form, headers=headers).status_code


@pytest.mark.parametrize("path", ["/api/v1/pledges", "/api/v1/nothing", "/nothing", "/api/v1/pledges.csv", "/login"])
def test_every_answer_has_the_safe_headers(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert [name for name in SAFE if name not in answer.headers] == []
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "server" not in answer.headers


def test_answers_that_break_have_them_too_and_say_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from pledgebook.show.desk import Ledger

    def explode(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Ledger, "records", explode)
    monkeypatch.setattr(Ledger, "records_now", explode)
    answer = client.get("/api/v1/pledges?sort=id")
    assert (answer.status_code, answer.json()["error"]["name"]) == (500, "failed")
    assert "secret" not in answer.text
    assert answer.headers["content-security-policy"]


def test_a_response_may_choose_to_be_framed() -> None:
    own = [(b"content-security-policy", b"default-src 'none'; frame-ancestors *")]
    names = {name for name, _ in with_safe_headers(own, is_secure=True)}
    assert b"x-frame-options" not in names
    assert b"strict-transport-security" in names


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "", "[::2]"])
def test_a_name_that_was_made_to_point_here_is_refused(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/pledges", headers={"Host": host})
    assert (answer.status_code, answer.json()["error"]["name"]) == (421, "unknown-host")


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "LOCALHOST", "[::1]:8000"])
def test_the_names_of_this_machine_are_ours(client: TestClient, host: str) -> None:
    assert client.get("/api/v1/pledges", headers={"Host": host}).status_code == 200


def test_forms_come_from_our_pages(client: TestClient) -> None:
    assert reject(client) == 303
    assert reject(client, Origin=HERE) == 303
    assert reject(client, Origin="http://evil.example") == 403
    assert reject(client, Origin="null") == 403
    assert reject(client, **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert reject(client, **{"Sec-Fetch-Site": "same-site"}) == 403
    form = {"kind": "reject", "pledge": "x", "why": "No."}
    for csrf in ("", "x", "A" * 88, csrf_of(client)[:-4] + "AAAA"):
        assert client.post("/review/decide", data={**form, "csrf": csrf}).status_code == 403


def test_other_sites_can_send_the_api_nothing_that_a_browser_sends_unasked(client: TestClient) -> None:
    body = '{"kind": "reject", "pledges": ["x"], "why": "No."}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert client.post("/api/v1/decisions", content=body, headers={"Content-Type": kind}).status_code == 415
    assert "access-control-allow-origin" not in client.options("/api/v1/decisions").headers


def test_bodies_and_addresses_have_a_largest_size(tmp_path: Path) -> None:
    with client_on(small_book(tmp_path), max_bytes=1000) as client:
        large = {"source": "x", "text": "word " * 500}
        assert client.post("/api/v1/documents", json=large).json()["error"]["name"] == "too-large"
        huge = {"source": "x", "text": "word " * 500_000}
        assert client.post("/api/v1/documents", json=huge).status_code == 413

        def pieces() -> Iterator[bytes]:
            for _ in range(2000):
                yield b"x" * 1000

        kind = {"Content-Type": "application/json"}
        assert client.post("/api/v1/decisions", content=pieces(), headers=kind).status_code == 413
        assert client.get("/api/v1/pledges?q=" + "x" * 9000).status_code == 414


def test_a_form_leads_back_to_this_server_only(client: TestClient) -> None:
    app: Any = client.app
    pledge = next(app.state.desk.ledger().each(ALL)).id
    for following, leads in (("/review?x=1", "/review?x=1"), ("https://evil.example/", "/"), ("//evil.example", "/")):
        form = {"csrf": csrf_of(client), "kind": "accept", "pledge": pledge, "field": "stage", "next": following}
        assert client.post("/review/decide", data=form).headers["location"] == leads


def test_who_may_not_read_is_sent_to_sign_in(tmp_path: Path) -> None:
    people = accounts_in(tmp_path, vera="viewer")
    with client_on(small_book(tmp_path), accounts=people) as client:
        assert client.get("/conflicts?x=1").headers["location"] == "/login?next=%2Fconflicts%3Fx%3D1"
        told = client.get("/api/v1/pledges")
        assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
        assert sign_in(client, "vera") == 303
        assert client.get("/api/v1/pledges").status_code == 200
        assert reject(client) == 403
        cookie = client.cookies.get("pledgebook") or ""
        client.cookies.clear()
        client.cookies.set("pledgebook", cookie[:-3] + "abc")
        assert client.get("/api/v1/pledges").status_code == 401


def test_guests_may_read_where_that_is_said(tmp_path: Path) -> None:
    people = accounts_in(tmp_path, vera="viewer")
    with client_on(small_book(tmp_path), accounts=people, guests=True) as client:
        assert client.get("/api/v1/me").json() == {"name": None, "role": "viewer", "via": "guest"}
        assert client.post("/api/v1/documents", json={"source": "x", "text": "x"}).status_code == 403


def test_passwords_can_be_tried_a_few_times_only(tmp_path: Path) -> None:
    people = accounts_in(tmp_path, vera="viewer")
    with client_on(small_book(tmp_path), accounts=people) as client:
        tries = [sign_in(client, "vera", "wrong " * 3) for _ in range(MOST_PER_NAME)]
        assert set(tries) == {422}
        late = client.post("/login", data={"name": "vera", "password": PASSWORD, "csrf": csrf_of(client)})
        assert late.status_code == 429
        assert int(late.headers["retry-after"]) > 60


def test_cookies_are_for_browsers_that_ask_us_alone(tmp_path: Path) -> None:
    people = accounts_in(tmp_path, vera="viewer")
    app = app_on(small_book(tmp_path), accounts=people, origin="https://ledger.example")
    with client_of(app, "https://ledger.example") as client:
        form = {"name": "vera", "password": PASSWORD, "csrf": str(app.state.seals.csrf(""))}
        cookie = client.post("/login", data=form).headers["set-cookie"]
        for part in ("__Host-pledgebook=", "HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert part in cookie
        assert client.get("/api/v1/me").json()["name"] == "vera"
        assert "strict-transport-security" in client.get("/api/v1/me").headers
        assert client.get("/api/v1/me", headers={"Host": "other.example"}).status_code == 421


@pytest.mark.parametrize("options", [{"host": "0.0.0.0"}, {"host": "::"}, {"origin": "https://ledger.example"}])  # noqa: S104 - refused
def test_a_book_that_nobody_guards_is_served_to_nobody_else(tmp_path: Path, options: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="accounts add NAME --role admin"):
        app_on(small_book(tmp_path), **options)
    app_on(tmp_path / "small.db", accounts=accounts_in(tmp_path, ada="admin"), **options)
