"""Saved views: questions to the ledger under a name, each with a feed and, if wanted, a webhook."""

import json
import os
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pledgebook.domain import SettingError, UsageError
from pledgebook.show.desk.query import Query, read_query

MOST_EACH = 100
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of `owner`: `path` is a page of ours with its filters, `hook` is told of news, signed with `secret`."""

    id: str
    name: str
    path: str
    owner: str
    hook: str | None = None
    secret: str = ""

    @property
    def query(self) -> Query:
        """What it asks of the ledger; parameters of a page that the ledger does not know are let be."""
        return read_query(parse_qsl(urlsplit(self.path).query))


class Views:
    """The saved views of everybody, in the file `path`; in memory alone where that is None."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._lock = path, Lock()
        self._views: Mapping[str, SavedView] | None = None

    def all(self) -> tuple[SavedView, ...]:
        """All views, by id."""
        with self._lock:
            return tuple(self._known()[name] for name in sorted(self._known()))

    def of(self, owner: str | None) -> tuple[SavedView, ...]:
        """The views of one person, by name."""
        return tuple(
            sorted((view for view in self.all() if view.owner == owner), key=lambda view: (view.name, view.id))
        )

    def get(self, name: str) -> SavedView | None:
        """The view with that id."""
        with self._lock:
            return self._known().get(name)

    def add(self, name: str, path: str, owner: str, *, hook: str | None = None) -> SavedView:
        """A new view, now kept. Raises UsageError for what is no page of ours, and for more than anybody needs."""
        if not name.strip() or len(name) > 80 or not name.isprintable():
            raise UsageError("name", repr(name[:80]), "Give it a name of 1 to 80 characters.")
        if not path.startswith("/") or path.startswith("//") or len(path) > _LONGEST or not path.isprintable():
            raise UsageError("path", repr(path[:80]), "Give a page of this server with its filters.")
        view = SavedView(
            secrets.token_hex(8), name.strip(), path, owner, hook, "" if hook is None else secrets.token_hex(32)
        )
        _ = view.query  # what can't be asked is refused now
        with self._lock:
            known = self._known()
            if sum(it.owner == owner for it in known.values()) >= MOST_EACH:
                raise UsageError("views", f"{MOST_EACH} of yours", "Delete one.")
            self._keep({**known, view.id: view})
        return view

    def remove(self, name: str, *, owner: str | None = None) -> bool:
        """Whether there was such a view (of that person), which is gone now."""
        with self._lock:
            known = self._known()
            view = known.get(name)
            if view is None or (owner is not None and view.owner != owner):
                return False
            self._keep({key: it for key, it in known.items() if key != name})
        return True

    def _known(self) -> Mapping[str, SavedView]:
        if self._views is None:
            self._views = {} if self._path is None or not self._path.exists() else _read(self._path)
        return self._views

    def _keep(self, views: Mapping[str, SavedView]) -> None:
        self._views = views
        if self._path is not None:
            write_json(self._path, [asdict(view) for view in views.values()])


def write_json(path: Path, said: object) -> None:
    """Writes a file that only its owner can read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)


def _read(path: Path) -> Mapping[str, SavedView]:
    try:
        said: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        views = [SavedView(**item) for item in said]
    except (OSError, ValueError, TypeError) as error:
        raise SettingError(str(path), f"can't be read as views ({error})", "Restore a copy, or remove it.") from error
    return {view.id: view for view in views}


def without_secret(view: SavedView) -> SavedView:
    """The view as it may be shown."""
    return replace(view, secret="")
