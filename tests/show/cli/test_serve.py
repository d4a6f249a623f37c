import io
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]


@pytest.fixture
def with_password(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    return lambda words: monkeypatch.setattr(sys, "stdin", io.StringIO(words + "\n"))


def test_a_server_tells_where_it_is_and_answers(call: Call, corpus: Path, tmp_path: Path) -> None:
    call("ingest", corpus, "-q")
    command = [sys.executable, "-m", "pledgebook", "serve", "--port", "0", "--owner", "Ada"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=dict(os.environ)) as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            found = re.search(r"is at (http://127\.0\.0\.1:\d+) ", said)
            assert found is not None, said
            with urllib.request.urlopen(f"{found[1]}/api/v1/me", timeout=60) as answer:  # noqa: S310 - our own
                assert json.load(answer) == {"name": "Ada", "role": "admin", "via": "loopback"}
        finally:
            server.terminate()
        assert server.wait(30) in (0, -15)


def test_what_can_not_be_served_is_said_at_once(call: Call, corpus: Path) -> None:
    assert call("serve", "--db", "none.db").code == 1
    call("ingest", corpus, "-q")
    for words in (("--host", "0.0.0.0"), ("--origin", "https://ledger.example")):  # noqa: S104 - refused
        told = call("serve", *words)
        assert told.code == 2
        assert "pledgebook accounts add NAME --role admin" in told.err
    assert call("serve", "--port", "x").code == 2
    assert call("serve", "--origin", "ledger.example/path").code == 2


def test_accounts_and_tokens(call: Call, with_password: Callable[[str], None]) -> None:
    with_password("a long enough one")
    assert call("accounts", "add", "ada", "--role", "admin", "--password-stdin").err.startswith(
        "ada has the role admin in"
    )
    with_password("short")
    assert call("accounts", "add", "bob", "--password-stdin").code == 2
    token = call("accounts", "token", "ada", "--role", "viewer", "--days", "3", "--note", "for a script")
    assert re.fullmatch(r"pb_[0-9a-f]{16}_\S{43}\n", token.out)
    listed = [json.loads(line) for line in call("accounts", "list").lines]
    assert [(row["what"].split()[0], row["name"], row["role"]) for row in listed] == [
        ("account", "ada", "admin"), ("token", "ada", "viewer"),
    ]  # fmt: skip
    assert token.out.strip().split("_", 2)[2] not in call("accounts", "list").out
    assert call("accounts", "revoke", listed[1]["what"].split()[1]).code == 0
    assert call("accounts", "revoke", "none").code == 2
    assert call("accounts", "change", "ada", "--role", "viewer").code == 0
    assert call("accounts", "change", "ada").code == 2
    assert call("accounts", "remove", "ada").code == 0
    assert call("accounts", "list").out == ""
    assert "Accounts" in call("accounts", "list", "--format", "table").out
