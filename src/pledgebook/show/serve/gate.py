"""The gate that every request passes: by which name we are called, who asks, from where, and how much they bring."""

import logging
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgebook.show.desk.people import Person, Role
from pledgebook.show.serve.accounts import Accounts
from pledgebook.show.serve.headers import with_safe_headers
from pledgebook.show.serve.options import Serving, host_of
from pledgebook.show.serve.refusal import Refusal, answer_refusal
from pledgebook.show.serve.seals import Seals, Session

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_MOST_QUERY = 8192
_MOST_FORM = 1_000_000
_OPEN = ("/static/", "/login", "/favicon.ico")
_log = logging.getLogger("pledgebook.serve")


class Gate:
    """Lets a request through with who asks in its state, or refuses it; every answer gets the safe headers."""

    def __init__(self, app: ASGIApp, *, serving: Serving, accounts: Accounts, seals: Seals) -> None:
        self._app, self._serving, self._accounts, self._seals = app, serving, accounts, seals
        self._hosts, self._is_local, self._is_secure = serving.hosts, serving.is_local, serving.is_secure
        self.cookie = ("__Host-" if serving.is_secure else "") + "pledgebook"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        sent = _Sent(send, is_secure=self._is_secure)
        headers = dict(scope["headers"])
        refusal: Refusal | None = None
        try:
            self._check_request(scope, headers)
            person, session = self._who(scope, headers)
            self._check_post(scope, headers, person)
            scope.setdefault("state", {})
            scope["state"] |= {"person": person, "session": session}
            sent.brought = _Brought(receive, self._most(scope), headers)
            await self._app(scope, sent.brought, sent)
        except Refusal as error:
            refusal = error
        except Exception:  # noqa: BLE001 - whatever went wrong, the answer has the safe headers and says nothing of it
            if not sent.is_cut_short:
                _log.exception("%s %s failed", scope["method"], scope["path"])
            refusal = Refusal(500, "failed", "Something went wrong here.", "Try again; the server's log says more.")
        if sent.brought is not None and sent.is_cut_short:
            refusal, sent.brought = _too_large(sent.brought.most), None
        if refusal is not None and not sent.has_started:
            await answer_refusal(refusal, scope, receive, sent)

    def _check_request(self, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        hosts = self._hosts
        name = headers.get(b"host", b"").decode("latin-1")
        if hosts is not None and host_of(name) not in hosts:
            raise Refusal(421, "unknown-host", f"This server is not called {host_of(name)!r}.", f"Use {min(hosts)}.")
        if len(scope["query_string"]) > _MOST_QUERY:
            raise Refusal(414, "too-long", "The address is too long.", f"Keep it under {_MOST_QUERY} characters.")
        if b"\0" in scope.get("raw_path", b"") or "\0" in scope["path"]:
            raise Refusal(404, "not-found", "There is no such page.", "")

    def _who(self, scope: Scope, headers: Mapping[bytes, bytes]) -> tuple[Person | None, Session | None]:
        given = headers.get(b"authorization", b"").decode("latin-1")
        has_accounts = bool(self._accounts)
        if given[:7].lower() == "bearer ":
            holder = self._accounts.holder(given[7:].strip())
            if holder is None:
                raise Refusal(401, "bad-token", "The token is unknown, revoked or too old.", "Ask for a new one.")
            return Person(holder[0].name, holder[1], "token", has_accounts=True), None
        session = self._session(headers)
        if session is not None:
            account = self._accounts.get(session.account)
            if account is not None:
                csrf = self._csrf(scope, session.id)
                return Person(account.name, account.role, "session", csrf, has_accounts=True), session
        if self._is_local and not has_accounts:
            return Person(self._serving.owner, Role.ADMIN, csrf=self._csrf(scope)), None
        if self._serving.guests:
            return Person(None, Role.VIEWER, "guest", self._csrf(scope), has_accounts), None
        if is_open(scope["path"]):
            return Person(None, Role.VIEWER, "nobody", self._csrf(scope), has_accounts), None
        raise Refusal(401, "sign-in", "This ledger is for those who have an account.", "Sign in, or send a token.")

    def _csrf(self, scope: Scope, session: str = "") -> str:
        """What a form has to bring along; programs get no forms."""
        return "" if scope["path"].startswith("/api/") else self._seals.csrf(session)

    def _session(self, headers: Mapping[bytes, bytes]) -> Session | None:
        given = headers.get(b"cookie")
        if given is None:
            return None
        try:
            found = SimpleCookie(given.decode("latin-1")).get(self.cookie)
        except CookieError:
            return None
        session = None if found is None else self._seals.open(found.value)
        account = None if session is None else self._accounts.get(session.account)
        return session if account is not None and session is not None and account.epoch == session.epoch else None

    def _check_post(self, scope: Scope, headers: Mapping[bytes, bytes], person: Person | None) -> None:
        """What changes something has to come from our own pages, or from a program that is no browser."""
        if scope["method"] in _SAFE or (person is not None and person.via == "token"):
            return
        if headers.get(b"sec-fetch-site", b"same-origin") not in (b"same-origin", b"none"):
            raise Refusal(403, "other-site", "The request comes from another site.", "Use the pages of this one.")
        origin = headers.get(b"origin")
        if origin is not None and not self._is_ours(origin.decode("latin-1"), headers):
            raise Refusal(403, "other-site", "The request comes from another site.", "Use the pages of this one.")
        if scope["path"].startswith("/api/") and scope["method"] == "POST":
            kind = headers.get(b"content-type", b"").split(b";")[0].strip().lower()
            # A page elsewhere may post forms and plain text without asking us first, but never JSON.
            if kind != b"application/json":
                raise Refusal(415, "not-json", f"The body is {kind.decode('latin-1') or 'of no kind'}.", "Send JSON.")

    def _is_ours(self, origin: str, headers: Mapping[bytes, bytes]) -> bool:
        if self._serving.origin is not None and origin == self._serving.origin.rstrip("/"):
            return True
        scheme, _, netloc = origin.partition("://")
        return scheme in ("http", "https") and netloc.encode("latin-1") == headers.get(b"host", b"")

    def _most(self, scope: Scope) -> int:
        # JSON may write a byte with six characters.
        return 6 * self._serving.max_bytes + _MOST_FORM if scope["path"] == "/api/v1/documents" else _MOST_FORM


def is_open(path: str) -> bool:
    """Whether a page is open to those who have not signed in yet.

    >>> is_open("/login"), is_open("/static/page.css"), is_open("/loginx")
    (True, True, False)
    """
    return any(path == known or (known.endswith("/") and path.startswith(known)) for known in _OPEN)


class _Brought:
    """Receives a body, up to so many bytes."""

    def __init__(self, receive: Receive, most: int, headers: Mapping[bytes, bytes]) -> None:
        self._receive, self._left = receive, most
        told = headers.get(b"content-length", b"0")
        if told.isdigit() and int(told) > most:
            raise _too_large(most)
        self.most, self.is_too_large = most, False

    async def __call__(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._left -= len(message.get("body", b""))
            if self._left < 0:
                self.is_too_large = True
                return {"type": "http.disconnect"}
        return message


class _Sent:
    """Sends a response with the safe headers."""

    def __init__(self, send: Send, *, is_secure: bool) -> None:
        self._send, self._is_secure = send, is_secure
        self.has_started = False
        self.brought: _Brought | None = None

    @property
    def is_cut_short(self) -> bool:
        """Whether more was sent than is taken."""
        return self.brought is not None and self.brought.is_too_large

    async def __call__(self, message: Message) -> None:
        if self.is_cut_short:
            return  # what a route makes of half a body is of no use: the gate says what was wrong
        if message["type"] == "http.response.start":
            self.has_started = True
            headers = [(bytes(name), bytes(value)) for name, value in message["headers"]]
            message = {**message, "headers": with_safe_headers(headers, is_secure=self._is_secure)}
        await self._send(message)


def _too_large(most: int) -> Refusal:
    return Refusal(413, "too-large", "The body is too large.", f"Send at most {most} bytes." if most else "")
