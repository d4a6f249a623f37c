import json
from datetime import timedelta
from pathlib import Path

import pytest

from pledgebook.domain import SettingError, UsageError
from pledgebook.show.desk import Role
from pledgebook.show.serve.accounts import Accounts
from pledgebook.show.serve.limits import Attempts
from pledgebook.show.serve.seals import Seals, new_session
from served import NOW, PASSWORD, accounts_in


def test_no_password_and_no_token_stands_in_the_file(tmp_path: Path) -> None:
    path = accounts_in(tmp_path, ada="admin")
    words, _ = Accounts(path, clock=lambda: NOW).issue("ada", role=Role.VIEWER, days=3)
    text = path.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert words.split("_", 2)[2] not in text
    assert json.loads(text)["accounts"][0]["password"].startswith("$argon2id$")
    assert path.stat().st_mode & 0o077 == 0


def test_tokens_end(tmp_path: Path) -> None:
    now = [NOW]
    accounts = Accounts(accounts_in(tmp_path, ada="admin"), clock=lambda: now[0])
    words, token = accounts.issue("ada", role=Role.REVIEWER, days=3)
    assert accounts.holder(words) == (accounts.get("ada"), Role.REVIEWER)
    assert accounts.holder(words[:-1] + ("A" if words[-1] != "A" else "B")) is None
    now[0] += timedelta(days=3)
    assert accounts.holder(words) is None
    now[0] = NOW
    accounts.change("ada", role=Role.VIEWER)
    assert accounts.holder(words) == (accounts.get("ada"), Role.VIEWER)  # never more than its account may
    assert accounts.revoke(token.id)
    assert accounts.holder(words) is None


def test_a_change_of_the_file_counts_at_once(tmp_path: Path) -> None:
    path = accounts_in(tmp_path, ada="admin", vera="viewer")
    serving, changing = (Accounts(path, clock=lambda: NOW) for _ in range(2))
    assert serving.sign_in("vera", PASSWORD) is not None
    changing.remove("vera")
    assert serving.get("vera") is None
    assert serving.sign_in("vera", PASSWORD) is None
    changing.change("ada", password="another long one")  # noqa: S106 - of nobody
    assert serving.sign_in("ada", PASSWORD) is None
    assert serving.sign_in("ada", "another long one") is not None


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    path = accounts_in(tmp_path, ada="admin")
    accounts = Accounts(path, clock=lambda: NOW)
    for name, password in (("ada", PASSWORD), ("", PASSWORD), ("a b", PASSWORD), ("x", "short"), ("x", "y" * 2000)):
        with pytest.raises(UsageError):
            accounts.add(name, Role.VIEWER, password)
    with pytest.raises(UsageError):
        accounts.issue("nobody", role=Role.VIEWER, days=1)
    with pytest.raises(UsageError):
        accounts.issue("ada", role=Role.VIEWER, days=1000)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(SettingError):
        _ = Accounts(path, clock=lambda: NOW).people


def test_seals_are_ours_alone() -> None:
    seals, other = Seals("one"), Seals("other")
    session = new_session("ada", 3)
    assert seals.open(seals.seal(session)) == session
    assert other.open(seals.seal(session)) is None
    one, two = seals.csrf(session.id), seals.csrf(session.id)
    assert one != two
    assert seals.is_csrf(one, session.id)
    assert seals.is_csrf(two, session.id)
    assert not seals.is_csrf(one, "another")
    assert not other.is_csrf(one, session.id)
    assert not seals.is_csrf("é", session.id)


def test_failures_are_forgotten_in_time() -> None:
    now = [0.0]
    attempts = Attempts(2, 60, clock=lambda: now[0])
    attempts.fail("ada")
    assert attempts.wait("ada") == 0
    attempts.fail("ada")
    assert attempts.wait("ada") == 60
    assert attempts.wait("bob") == 0
    now[0] = 61.0
    assert attempts.wait("ada") == 0
