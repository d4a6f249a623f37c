"""What is new in a view, and how it is sent out."""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pledgebook.domain import PledgebookError
from pledgebook.ledger import Change
from pledgebook.show.desk.desk import Desk
from pledgebook.show.desk.ledger import Ledger
from pledgebook.show.desk.query import Query
from pledgebook.show.desk.views import SavedView, Views, write_json
from pledgebook.wire import dumps

Post = Callable[[str, bytes, dict[str, str]], int]
# A hook that does not answer is tried again after so many looks; after the last it is given up.
_WAITS = (1, 2, 8, 40, 200)
_MOST_TOLD = 200


def changes_in(ledger: Ledger, query: Query, *, limit: int | None = None) -> tuple[Change, ...]:
    """The changes of the pledges that a question lets pass, the latest first."""
    return ledger.changes(ledger.asked(query), limit=limit)[0]


def change_key(change: Change) -> str:
    """What tells a change from all others."""
    said = f"{change.day} {change.pledge} {change.kind} {change.note}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:20]


def change_said(change: Change) -> dict[str, Any]:
    """A change as the API says it."""
    return {"day": change.day.isoformat(), "pledge": change.pledge, "kind": change.kind.value, "note": change.note}


def signature(secret: str, stamp: str, body: bytes) -> str:
    """What proves that we have sent a body at a time: HMAC-SHA256 of both under the view's secret."""
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, "sha256").hexdigest()


@dataclass(slots=True)
class _Waiting:
    view: str
    body: str
    tries: int = 0
    looks: int = 0


@dataclass(slots=True)
class News:
    """Tells the hooks of views what is new in the book.

    `path` keeps which changes are known and what could not be delivered yet, so that a restart neither repeats nor
    loses any. What the book says on the first look is known.
    """

    desk: Desk
    views: Views
    post: Post
    clock: Callable[[], datetime]
    path: Path | None = None
    _known: set[str] | None = field(default=None, init=False)
    _waiting: list[_Waiting] = field(default_factory=list, init=False)
    _version: str = field(default="", init=False)

    def look(self) -> int:
        """How many hooks were told something, now that the book has been looked at."""
        hooked = [view for view in self.views.all() if view.hook is not None]
        if self._known is None:
            self._load()
        if not hooked and self._known is None:
            return 0
        ledger = self.desk.ledger()
        if ledger.version != self._version:
            self._note(ledger, hooked)
            self._version = ledger.version
        return self._deliver({view.id: view for view in hooked})

    def _note(self, ledger: Ledger, hooked: Sequence[SavedView]) -> None:
        now = {change_key(change) for change in ledger.changes()[0]}
        known, self._known = self._known, now
        if known is not None:
            for view in hooked:
                try:
                    found = changes_in(ledger, view.query)
                except PledgebookError:
                    continue
                fresh = [change for change in found if change_key(change) not in known][:_MOST_TOLD][::-1]
                if fresh:
                    said = {
                        "view": {"id": view.id, "name": view.name, "path": view.path},
                        "book": ledger.version,
                        "changes": [change_said(change) for change in fresh],
                    }
                    self._waiting.append(_Waiting(view.id, dumps(said)))
        self._save()

    def _deliver(self, hooked: dict[str, SavedView]) -> int:
        told, left = 0, []
        for item in self._waiting:
            view = hooked.get(item.view)
            if view is None:
                continue
            item.looks += 1
            if item.tries and item.looks < _WAITS[item.tries - 1]:
                left.append(item)
            elif self._send(view, item.body.encode()):
                told += 1
            elif item.tries < len(_WAITS):
                left.append(_Waiting(item.view, item.body, item.tries + 1))
        if self._waiting:
            self._waiting = left
            self._save()
        return told

    def _send(self, view: SavedView, body: bytes) -> bool:
        stamp = str(int(self.clock().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Pledgebook-Time": stamp,
            "X-Pledgebook-Signature": signature(view.secret, stamp, body),
        }
        try:
            return 200 <= self.post(str(view.hook), body, headers) < 300
        except PledgebookError:
            return False

    def _load(self) -> None:
        if self.path is None or not self.path.exists():
            return
        said = json.loads(self.path.read_text(encoding="utf-8"))
        self._known = set(said["known"])
        self._waiting = [_Waiting(**item) for item in said["waiting"]]

    def _save(self) -> None:
        if self.path is not None:
            waiting = [{"view": it.view, "body": it.body, "tries": it.tries, "looks": it.looks} for it in self._waiting]
            write_json(self.path, {"known": sorted(self._known or ()), "waiting": waiting})
