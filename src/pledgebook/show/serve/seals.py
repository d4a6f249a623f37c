"""Sessions and forms, sealed so that nobody else can make them."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from itsdangerous import BadSignature, URLSafeTimedSerializer

SESSION_SECONDS = 12 * 3600
_CSRF_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """Who signed in: the account's name, its epoch then, and a name of the session's own."""

    account: str
    epoch: int
    id: str


class Seals:
    """Seals under one secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._sessions = URLSafeTimedSerializer(
            secret, salt="pledgebook.session", signer_kwargs={"digest_method": hashlib.sha256}
        )

    def seal(self, session: Session) -> str:
        """The session as a cookie carries it."""
        return str(self._sessions.dumps([session.account, session.epoch, session.id]))

    def open(self, cookie: str) -> Session | None:
        """The session of a cookie, None for one that is forged, broken or too old."""
        try:
            account, epoch, name = self._sessions.loads(cookie, max_age=SESSION_SECONDS)
        except (BadSignature, ValueError, TypeError):
            return None
        return Session(str(account), int(epoch), str(name))

    def csrf(self, session: str) -> str:
        """What a form of this session has to bring along, masked anew each time.

        Pages are compressed: an unmasked secret could be guessed by what a page that repeats a visitor's words weighs.
        """
        mask = secrets.token_bytes(_CSRF_BYTES)
        return urlsafe_b64encode(mask + _xor(mask, self._mac(session))).decode()

    def is_csrf(self, words: str, session: str) -> bool:
        """Whether `words` is one of what `csrf` gave for this session."""
        try:
            data = urlsafe_b64decode(words.encode("ascii"))
        except ValueError:
            return False
        if len(data) != 2 * _CSRF_BYTES:
            return False
        return hmac.compare_digest(_xor(data[:_CSRF_BYTES], data[_CSRF_BYTES:]), self._mac(session))

    def _mac(self, session: str) -> bytes:
        return hmac.digest(self._secret, f"csrf {session}".encode(), "sha256")


def new_session(account: str, epoch: int) -> Session:
    """A session that nobody can guess."""
    return Session(account, epoch, secrets.token_urlsafe(16))


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
