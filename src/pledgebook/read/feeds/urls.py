"""Lists of URLs: one a line, or in a column of a table as GDELT and crawl indexes have them."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from pledgebook.domain import DocumentError, WireError
from pledgebook.wire import loads

_HEAD = 8192
_URL = re.compile(rb"https?://[^\s\"'<>\\]+", re.IGNORECASE)
_WARC = re.compile(rb"\S+\.warc(?:\.gz|\.zst)?")
# "com,example)/a 20240513101500 {...": a line of a crawl's index.
_INDEX = re.compile(rb"\S+\)/\S* \d{14} ")
_ARTICLES = re.compile(rb'\s*\{\s*"articles"\s*:\s*\[')
_MIN_TABS = 3


def is_url_list(head: bytes) -> bool:
    r"""Whether bytes that begin with `head` are a list of URLs and nothing else.

    >>> is_url_list(b"# mine\nhttps://a.example/1\nhttps://a.example/2\n"), is_url_list(b"https://a.example is new.")
    (True, False)
    """
    if _ARTICLES.match(head):
        return True
    lines = [line for raw in _whole_lines(head) if (line := raw.strip()) and not line.startswith(b"#")]
    return bool(lines) and all(map(_lists_one, lines))


def find_urls(lines: Iterable[bytes], *, where: str) -> Iterator[str]:
    """The URLs that `lines` name, the first of each line, once each.

    A line of a table (GDELT's events, mentions and knowledge graph, a crawl's index) names its page first. GDELT's
    answers in JSON are read too. Raises DocumentError for a list of WARC files, which are read by `batch`.
    """
    waiting = iter(lines)
    head = list(islice(waiting, 2))
    if _ARTICLES.match(b"".join(head)):
        named = _of_articles(b"".join([*head, *waiting]), where)
    else:
        named = _of_lines(chain(head, waiting), where)
    seen: set[bytes] = set()
    for url in named:
        if url not in seen:
            seen.add(url)
            yield url.decode("utf-8", "replace")


def _of_lines(lines: Iterable[bytes], where: str) -> Iterator[bytes]:
    for number, line in enumerate(lines):
        if number == 0 and _WARC.fullmatch(line.strip()):
            raise DocumentError(where, "a list of WARC files", "Fetch them and run `pledgebook batch` on them.")
        found = None if line.lstrip().startswith(b"#") else _URL.search(line)
        if found is not None:
            yield found.group()


def _of_articles(content: bytes, where: str) -> Iterator[bytes]:
    """The URLs of an answer in JSON: an object with a list of articles."""
    try:
        answer = loads(content.decode("utf-8-sig", "replace"), where=where)
    except WireError as error:
        raise DocumentError(where, error.seen, "Look at it in an editor.") from error
    articles = answer["articles"] if isinstance(answer, dict) else ()
    for article in articles if isinstance(articles, list) else ():
        if isinstance(article, dict) and isinstance(article.get("url"), str):
            yield article["url"].encode("utf-8", "replace")


def _lists_one(line: bytes) -> bool:
    if _URL.fullmatch(line) or _WARC.fullmatch(line):
        return True
    return _URL.search(line) is not None and (line.count(b"\t") >= _MIN_TABS or _INDEX.match(line) is not None)


def _whole_lines(head: bytes) -> list[bytes]:
    """The lines of `head`, without the last where it may go on."""
    lines = head.splitlines()
    return lines[:-1] if len(head) >= _HEAD and len(lines) > 1 else lines
