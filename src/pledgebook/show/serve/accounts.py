"""Who has an account: a file of names, roles, hashed passwords and hashed tokens."""

import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pledgebook.domain import SettingError, UsageError
from pledgebook.show.desk.people import Role

_NAME = re.compile(r"[\w][\w.@+-]{0,63}")
LEAST_PASSWORD, MOST_PASSWORD = 12, 1000
MOST_DAYS = 366
_TOKEN = re.compile(r"pb_([0-9a-f]{16})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody: `password` is an argon2id hash, `epoch` rises with every sign-out and so ends all older sessions."""

    name: str
    role: Role
    password: str
    epoch: int = 0
    since: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A key for programs: it acts as `account` with at most `role` until `until`; only its hash is kept."""

    id: str
    account: str
    role: Role
    digest: str
    until: str
    note: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """What the file says. `secret` signs sessions."""

    secret: str = ""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    tokens: Mapping[str, Token] = field(default_factory=dict)


class Accounts:
    """The accounts in the file `path`, read anew whenever it has changed; None for a server that has none."""

    def __init__(self, path: Path | None, *, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = path, clock
        self._people, self._stamp = People(), (0, 0, 0)

    @property
    def people(self) -> People:
        """What the file says now."""
        if self._path is None:
            return self._people
        try:
            facts = self._path.stat()
        except FileNotFoundError:
            self._people, self._stamp = People(), (0, 0, 0)
            return self._people
        stamp = (facts.st_ino, facts.st_mtime_ns, facts.st_size)
        if stamp != self._stamp:
            self._people, self._stamp = _read(self._path), stamp
        return self._people

    def __bool__(self) -> bool:
        return bool(self.people.accounts)

    def get(self, name: str) -> Account | None:
        """The account of that name."""
        return self.people.accounts.get(name)

    def add(self, name: str, role: Role, password: str) -> Account:
        """A new account, now in the file. Raises UsageError for a name that is taken and for a weak password."""
        if not _NAME.fullmatch(name):
            raise UsageError("accounts", f"the name {name!r}", "Use letters, digits and . @ + - _, at most 64.")
        account = Account(name, role, hashed(password), since=self._clock().isoformat(timespec="seconds"))
        with self._changing() as people:
            if name in people.accounts:
                raise UsageError("accounts", f"{name}, who has an account", "`pledgebook accounts` changes it.")
            self._write(replace(people, accounts={**people.accounts, name: account}))
        return account

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> Account:
        """The account with another role or password; its older sessions end, and with a new password its tokens."""
        digest = None if password is None else hashed(password)
        with self._changing() as people:
            old = _known(people, name)
            new = replace(old, role=role or old.role, password=digest or old.password, epoch=old.epoch + 1)
            tokens = {key: token for key, token in people.tokens.items() if password is None or token.account != name}
            self._write(replace(people, accounts={**people.accounts, name: new}, tokens=tokens))
        return new

    def remove(self, name: str) -> None:
        """Takes the account and its tokens away; what it decided stays in the book under its name."""
        with self._changing() as people:
            _known(people, name)
            accounts = {key: account for key, account in people.accounts.items() if key != name}
            tokens = {key: token for key, token in people.tokens.items() if token.account != name}
            self._write(replace(people, accounts=accounts, tokens=tokens))

    def issue(self, name: str, *, role: Role, days: int, note: str = "") -> tuple[str, Token]:
        """A new token, in full for the only time, and what is kept of it."""
        if not 1 <= days <= MOST_DAYS:
            raise UsageError("token", f"{days} days", f"Give 1 to {MOST_DAYS}.")
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._changing() as people:
            account = _known(people, name)
            if not account.role.covers(role):
                raise UsageError("token", f"{role} for {name}, who is {account.role}", f"Ask for {account.role}.")
            token = Token(
                secrets.token_hex(8), name, role, _digest(secret), (now + timedelta(days=days)).isoformat(), note,
                now.isoformat(timespec="seconds"),
            )  # fmt: skip
            self._write(replace(people, tokens={**people.tokens, token.id: token}))
        return f"pb_{token.id}_{secret}", token

    def revoke(self, token: str, *, account: str | None = None) -> bool:
        """Whether there was a token of that id (of that account); it opens nothing any more."""
        with self._changing() as people:
            found = people.tokens.get(token)
            if found is None or (account is not None and found.account != account):
                return False
            self._write(replace(people, tokens={key: it for key, it in people.tokens.items() if key != token}))
        return True

    def holder(self, words: str) -> tuple[Account, Role] | None:
        """Whose token it is and what it may do, None for one that is unknown, revoked or too old."""
        parts = _TOKEN.fullmatch(words)
        people = self.people
        token = None if parts is None else people.tokens.get(parts[1])
        if parts is None or token is None or not hmac.compare_digest(token.digest, _digest(parts[2])):
            return None
        account = people.accounts.get(token.account)
        if account is None or datetime.fromisoformat(token.until) <= self._clock():
            return None
        return account, token.role if account.role.covers(token.role) else account.role

    def sign_in(self, name: str, password: str) -> Account | None:
        """The account, where that is its password. Takes as long where there is no such account."""
        from argon2.exceptions import InvalidHashError, VerifyMismatchError  # noqa: PLC0415 - loaded by who signs in

        account = self.get(name)
        try:
            _hasher().verify(_nobody() if account is None else account.password, password[: MOST_PASSWORD + 1])
        except (VerifyMismatchError, InvalidHashError):
            return None
        return account

    def sign_out(self, name: str) -> None:
        """Ends all sessions of the account."""
        with self._changing() as people:
            old = people.accounts.get(name)
            if old is not None:
                self._write(replace(people, accounts={**people.accounts, name: replace(old, epoch=old.epoch + 1)}))

    @contextmanager
    def _changing(self) -> Iterator[People]:
        """The file as it is now, while nobody else changes it."""
        if self._path is None:
            raise UsageError("accounts", "a server that keeps none", "Name a file with --accounts.")
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_name(self._path.name + ".lock").open("w") as lock:
            _lock(lock.fileno())
            people = _read(self._path) if self._path.exists() else People()
            yield people if people.secret else replace(people, secret=secrets.token_hex(32))

    def _write(self, people: People) -> None:
        assert self._path is not None  # noqa: S101 - _changing has looked
        said = {
            "version": 1,
            "secret": people.secret,
            "accounts": [asdict(account) for account in people.accounts.values()],
            "tokens": [asdict(token) for token in people.tokens.values()],
        }
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=self._path.name)  # made for its owner alone
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(said, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self._path)


def hashed(password: str) -> str:
    """The argon2id hash of a password. Raises UsageError for one that is too short, or too long to be one."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise UsageError("password", f"{len(password)} characters", f"Use {LEAST_PASSWORD} or more.")
    return str(_hasher().hash(password))


def _hasher() -> Any:  # noqa: ANN401 - argon2's own type, which is loaded here only
    from argon2 import PasswordHasher  # noqa: PLC0415 - loaded by who signs in

    return PasswordHasher()


_kept_nobody: list[str] = []


def _nobody() -> str:
    """The hash that is compared where there is no account: nobody knows its password."""
    if not _kept_nobody:
        _kept_nobody.append(str(_hasher().hash(secrets.token_hex(32))))
    return _kept_nobody[0]


def _digest(secret: str) -> str:
    # A token has 256 bits of chance: nothing is gained by hashing it slowly.
    return hashlib.sha256(secret.encode()).hexdigest()


def _known(people: People, name: str) -> Account:
    account = people.accounts.get(name)
    if account is None:
        raise UsageError("accounts", f"no account {name!r}", "`pledgebook accounts list` names them all.")
    return account


def _read(path: Path) -> People:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        accounts = [Account(**{**item, "role": Role(item["role"])}) for item in said["accounts"]]
        tokens = [Token(**{**item, "role": Role(item["role"])}) for item in said["tokens"]]
        return People(str(said["secret"]), {it.name: it for it in accounts}, {it.id: it for it in tokens})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingError(
            str(path), f"can't be read as accounts ({error})", "Restore a copy, or remove it."
        ) from error


def _lock(handle: int) -> None:
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where two who change accounts at once have to take turns
    except ImportError:
        return
    fcntl.flock(handle, fcntl.LOCK_EX)
