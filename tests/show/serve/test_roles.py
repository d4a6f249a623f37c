"""Every route times every role. A route that is not in routes.txt fails here until somebody says who may use it."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from pledgebook.show.desk import Role
from pledgebook.show.serve.accounts import Accounts
from served import accounts_in, app_on, client_of, csrf_of, sign_in, small_book

ROLES = ("nobody", "viewer", "reviewer", "admin")
LISTED = Path(__file__).with_name("routes.txt")
_WORDS = {"ending": "csv", "suffix": "json"}


def listed() -> dict[tuple[str, str], str]:
    """Who may use each route: the least role, or "open"."""
    lines = [line.split() for line in LISTED.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {(method, path): role for method, path, role in lines}


def routes_of(app: Any) -> set[tuple[str, str]]:
    """Every method and path that the app answers to, also of routers that it includes."""
    found = set()
    for route in iter_route_contexts(app.routes):
        assert route.path is not None, route
        found |= {(method, route.path) for method in route.methods or {"GET"} if method not in ("HEAD", "OPTIONS")}
    return found


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("roles")
    people = accounts_in(folder, viewer="viewer", reviewer="reviewer", admin="admin")
    return app_on(small_book(folder), accounts=people, state=folder / "views.json")


def ask(client: TestClient, method: str, path: str, **headers: str) -> Any:
    for name, word in _WORDS.items():
        path = path.replace("{" + name + "}", word)
    path = path.replace("{", "").replace("}", "").replace(":path", "")
    if method == "GET":
        return client.get(path, headers=headers)
    if path.startswith("/api/"):
        return client.request(method, path, json={}, headers=headers)
    return client.request(method, path, data={"csrf": csrf_of(client)}, headers=headers)


def test_every_route_is_listed(app: Any) -> None:
    missing = sorted(routes_of(app) - set(listed()))
    assert not missing, f"say in {LISTED.name} who may use these: {missing}"
    gone = sorted(set(listed()) - routes_of(app))
    if any(path == "/ledger" for _, path in routes_of(app)):
        assert not gone, f"these are no routes any more: {gone}"


@pytest.mark.parametrize("role", ROLES)
def test_every_route_times_every_role(app: Any, role: str) -> None:
    wrong = []
    with client_of(app) as client:
        for method, path in sorted(routes_of(app)):
            if path == "/logout":
                continue
            client.cookies.clear()
            if role != "nobody":
                client.cookies.set("pledgebook", _cookie(app, role))
            answer = ask(client, method, path)
            if _is_let_in(answer) != _may(role, listed()[method, path]) or answer.status_code >= 500:
                wrong.append((method, path, answer.status_code))
    assert not wrong


@pytest.mark.parametrize("role", ROLES[1:])
def test_a_token_does_no_more_than_its_role(app: Any, role: str) -> None:
    accounts: Accounts = app.state.accounts
    words, token = accounts.issue("admin", role=Role(role), days=1)
    wrong = []
    with client_of(app) as client:
        for method, path in sorted(routes_of(app)):
            if not path.startswith("/api/"):
                continue
            answer = ask(client, method, path, Authorization=f"Bearer {words}")
            if _is_let_in(answer) != _may(role, listed()[method, path]) or answer.status_code >= 500:
                wrong.append((method, path, answer.status_code))
        assert accounts.revoke(token.id)
        assert client.get("/api/v1/me", headers={"Authorization": f"Bearer {words}"}).status_code == 401
    assert not wrong


def test_signing_out_ends_all_sessions(app: Any) -> None:
    with client_of(app) as client, client_of(app) as other:
        assert sign_in(client, "viewer") == sign_in(other, "viewer") == 303
        assert other.get("/api/v1/me").json()["name"] == "viewer"
        assert client.post("/logout", data={"csrf": csrf_of(client)}).status_code == 303
        assert other.get("/api/v1/me").status_code == 401


def _cookie(app: Any, role: str) -> str:
    from pledgebook.show.serve.seals import new_session

    account = app.state.accounts.get(role)
    return str(app.state.seals.seal(new_session(account.name, account.epoch)))


def _may(role: str, wanted: str) -> bool:
    order = ("open", "viewer", "reviewer", "admin")
    return order.index(wanted) <= (0 if role == "nobody" else order.index(role))


def _is_let_in(answer: Any) -> bool:
    to_login = answer.status_code == 303 and answer.headers["location"].startswith("/login?next=")
    return answer.status_code not in (401, 403) and not to_login
