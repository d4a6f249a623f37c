"""The file that names what to watch."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pledgebook.domain import UsageError

FEED, SITEMAP, URLS, LINKS, PAGE, FOLDER = "feed", "sitemap", "urls", "links", "page", "folder"
KINDS = (FEED, SITEMAP, URLS, LINKS, PAGE, FOLDER)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_TIME = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_EVERY = 1800.0
_SINCE_DAYS = 30
_KEYS = {"name", "url", "path", "kind", "every", "language", "include", "exclude", "since", "text", "country", "note"}


@dataclass(frozen=True, slots=True)
class WatchSource:
    """Something to watch: a feed, a sitemap, a list of URLs, the links of a page, one page, or a folder.

    It is asked `every` so many seconds. Of the pages that it names those are fetched whose address matches one of
    `include` (all, without any) and none of `exclude`, and that are no older than `since` days where it tells.
    `from_feed` takes the text that the feed carries instead of the page.
    """

    name: str
    url: str
    kind: str = FEED
    every: float = _EVERY
    language: str | None = None
    include: tuple[re.Pattern[str], ...] = field(default=(), compare=False)
    exclude: tuple[re.Pattern[str], ...] = field(default=(), compare=False)
    since: float | None = None
    from_feed: bool = False
    country: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is asked for on the disk: `url` is a path then."""
        return not self.url.lower().startswith(("https://", "http://"))

    def wants(self, url: str) -> bool:
        """Whether a page at that address is wanted."""
        if self.include and not any(one.search(url) for one in self.include):
            return False
        return not any(one.search(url) for one in self.exclude)


def read_watch_sources(text: str, *, where: str, folder: Path) -> tuple[WatchSource, ...]:
    """The sources that a file names, in its order; paths in it start at `folder`.

    Raises UsageError that names the source and the key which makes no sense.

    >>> text = '''[[source]]
    ... name = "Acme"
    ... url = "https://acme.example/feed"
    ... every = "2h"'''
    >>> [(one.name, one.every) for one in read_watch_sources(text, where="sources.toml", folder=Path("."))]
    [('Acme', 7200.0)]
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(where, f"no TOML ({error})", "See docs/how-to/watch-sources.md.") from error
    unknown = set(raw) - {"defaults", "source"}
    if unknown:
        raise UsageError(where, f"{min(unknown)!r}, which is no part of it", "Write [[source]] and [defaults].")
    defaults, rows = raw.get("defaults", {}), raw.get("source", [])
    if not isinstance(defaults, dict) or not isinstance(rows, list) or not rows:
        raise UsageError(where, "no [[source]]", "See docs/how-to/watch-sources.md.")
    found: dict[str, WatchSource] = {}
    for number, row in enumerate(rows, 1):
        source = _source({**defaults, **row}, f"{where}, source {number}", folder)
        if source.name in found:
            raise UsageError(f"{where}, source {number}", f"the name {source.name!r} twice", "Name each differently.")
        found[source.name] = source
    return tuple(found.values())


def read_time(words: object, where: str) -> float:
    """The seconds that "90s", "15m", "2h", "1d" or "1w" stand for.

    >>> read_time("15m", "every")
    900.0
    """
    found = _TIME.fullmatch(str(words).strip())
    if found is None:
        raise UsageError(where, f"{words!r}, which is no time", "Write 90s, 15m, 2h, 1d or 1w.")
    return float(found[1]) * _UNITS[found[2]]


def _source(raw: Mapping[str, Any], where: str, folder: Path) -> WatchSource:
    if unknown := sorted(set(raw) - _KEYS):
        raise UsageError(where, f"{unknown[0]!r}, which we don't know", f"Use {', '.join(sorted(_KEYS))}.")
    url, path = raw.get("url"), raw.get("path")
    if (url is None) == (path is None) or not isinstance(url or path, str):
        raise UsageError(where, "no url and no path, or both", "Name one of them.")
    kind = str(raw.get("kind", FOLDER if path is not None else FEED))
    if kind not in KINDS or (kind == FOLDER and path is None) or (kind not in {FOLDER, URLS} and path is not None):
        help_ = f"Use {', '.join(KINDS)}; a folder has a path, a list of urls a path or a url, others a url."
        raise UsageError(f"{where}, kind", repr(kind), help_)
    if raw.get("text", "page") not in {"page", "feed"}:
        raise UsageError(f"{where}, text", repr(raw["text"]), "Use page or feed.")
    since = raw.get("since", f"{_SINCE_DAYS}d" if kind == SITEMAP else None)
    return WatchSource(
        name=str(raw.get("name") or url or path),
        url=str(url) if path is None else str(folder / str(path)),
        kind=kind,
        every=max(read_time(raw["every"], f"{where}, every"), 1.0) if "every" in raw else _EVERY,
        language=None if raw.get("language") is None else str(raw["language"]),
        include=_patterns(raw.get("include", ()), f"{where}, include"),
        exclude=_patterns(raw.get("exclude", ()), f"{where}, exclude"),
        since=None if since in {None, "", "always"} else read_time(since, f"{where}, since") / _UNITS["d"],
        from_feed=raw.get("text") == "feed",
        country=None if raw.get("country") is None else str(raw["country"]),
    )


def _patterns(raw: object, where: str) -> tuple[re.Pattern[str], ...]:
    words = [raw] if isinstance(raw, str) else raw
    if not isinstance(words, list | tuple) or not all(isinstance(one, str) for one in words):
        raise UsageError(where, f"{raw!r}, no list of patterns", "Write regular expressions in quotes.")
    try:
        return tuple(re.compile(one) for one in words)
    except re.error as error:
        raise UsageError(where, f"{error}", "Write regular expressions; a point is \\\\.") from error
