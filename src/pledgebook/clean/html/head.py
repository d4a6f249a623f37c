"""What a page tells of its article beside the text: language, title, days, the body in JSON-LD."""

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from pledgebook.clean.html.node import Node, one_line, text_of

_DAY_NAMES = frozenset({
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "dcterms.date", "dcterms.issued", "dcterms.created", "publish-date", "pubdate", "publication_date",
    "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime",
})  # fmt: skip
_CHANGE_NAMES = frozenset({"article:modified_time", "og:updated_time", "datemodified", "last-modified"})
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</h\d>|</li>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,500}>")
_SITE = re.compile(r"\s+[|–—·•»-]+\s+|\s*::\s*")
_SITE_WORDS = 5
_MIN_TITLE_WORDS = 3

Record = Mapping[str, Any]


def language_of(root: Node) -> str | None:
    """The language that the page declares, as written."""
    value = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    return value or None


def records_of(root: Node) -> tuple[Record, ...]:
    """All objects of the page's JSON-LD, outer before inner. Broken JSON is passed over."""
    found: list[Record] = []
    for node in root.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        try:
            waiting = deque([json.loads(node.text or "")])
        except (ValueError, RecursionError):
            continue
        while waiting:
            item = waiting.popleft()
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                found.append(item)
                waiting.extend(value for value in item.values() if isinstance(value, list | dict))
    return tuple(found)


def title_of(root: Node, records: Sequence[Record]) -> str | None:
    """The headline: the only h1, else what metadata says, else the fullest h1, else the page's title without its site.

    >>> from pledgebook.clean.html.node import parse
    >>> title_of(parse("<title>Courier :: A lab for Lyon and Nice</title><h2>A lab for Lyon and Nice</h2>")[0], ())
    'A lab for Lyon and Nice'
    """
    headings = [text for node in root.iter("h1") if (text := text_of(node))]
    # A single h1 of a word or two is more often the name of the site.
    if len(headings) == 1 and len(headings[0].split()) >= _MIN_TITLE_WORDS:
        return headings[0]
    for record in records:
        if isinstance(record.get("headline"), str) and record["headline"].strip():
            return one_line(unescape(record["headline"]))
    for node in root.iter("meta"):
        if (node.get("property") or node.get("name")) == "og:title" and (
            content := one_line(node.get("content") or "")
        ):
            return content
    if headings:
        return max(headings, key=len)
    first = next(root.iter("title"), None)
    return None if first is None else _without_site(text_of(first), root) or None


def _without_site(title: str, root: Node) -> str:
    """A page's title without its site: the part that a heading repeats, else all but a short name at its end."""
    marks = list(_SITE.finditer(title))
    if not marks:
        return title
    parts = [title, title[: marks[-1].start()], title[marks[0].end() :]]
    headings = {text_of(node).casefold() for node in root.iter("h2", "h3")}
    repeated = [part for part in parts if part.casefold() in headings]
    if repeated:
        return max(repeated, key=len)
    is_site = len(title[marks[-1].end() :].split()) <= _SITE_WORDS
    return parts[1] if is_site and len(parts[1].split()) >= _MIN_TITLE_WORDS else title


def days_of(root: Node, records: Sequence[Record]) -> tuple[str, ...]:
    """The days that metadata gives for the publication, best first, as written."""
    stamps = tuple(stamp for node in root.iter("time") if (stamp := node.get("datetime")))
    return (*_told(root, records, "datePublished", _DAY_NAMES), *stamps)


def changes_of(root: Node, records: Sequence[Record]) -> tuple[str, ...]:
    """The days that metadata gives for later changes, as written."""
    return tuple(_told(root, records, "dateModified", _CHANGE_NAMES))


def _told(root: Node, records: Sequence[Record], key: str, names: frozenset[str]) -> Iterator[str]:
    for record in records:
        if isinstance(record.get(key), str):
            yield record[key]
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if name in names and (content := node.get("content")):
            yield content


def body_of(records: Sequence[Record]) -> tuple[str, ...]:
    """The paragraphs of an article that stands in the JSON-LD."""
    for record in records:
        written = record.get("articleBody")
        if isinstance(written, str) and written.strip():
            plain = unescape(_TAG.sub(" ", _BREAK.sub("\n", written)))
            return tuple(line for part in plain.splitlines() if (line := one_line(part)))
    return ()
