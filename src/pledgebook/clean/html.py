"""The article in a web page."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

_DROPPED_TAGS = (
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "dialog", "iframe", "svg",
    "select", "input", "textarea", "object", "video", "audio", "map", "figcaption",
)  # fmt: skip
_BLOCKS = frozenset(
    "p li h1 h2 h3 h4 h5 h6 blockquote tr div section article main header dd dt pre address figure ul ol table tbody "
    "thead body details summary center td th".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Parts of class names and ids that mark what stands around an article. Whole words of the attribute, split at
# anything that is no letter and at capitals, so that "headline" is not "head".
_NOISE_WORDS = frozenset(
    "related teaser teasers comment comments disqus cookie cookies gdpr consent overlay banner share sharing social "
    "socials newsletter sidebar widget widgets readmore recommended recommendations promo advert ads ad advertisement sponsored "
    "breadcrumb breadcrumbs menu navbar topbar popular trending mostread outbrain taboola subscribe paywall login tags tagcloud "
    "footer foot copyright pagination toolbar modal popup reactions kommentare kommentarer commentaires reacties "
    "ticker marquee weather stocks hidden".split()
)
_NOISE_PAIRS = (("most", "read"), ("read", "more"), ("read", "also"), ("read", "next"), ("col", "side"), ("see", "also"), ("top", "stories"))
_SPLIT = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_BLANK = re.compile(r"\s+")
_MIN_ARTICLE = 200


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says: its title, its kept text (a block a line), which lines are headings, and what its head tells.

    `meta_days` are the dates that metadata gives for the publication, best first, as written. `byline` is the text of
    short blocks around the article, where a day may stand.
    """

    title: str | None
    lines: tuple[str, ...]
    headings: frozenset[int]
    language: str | None
    meta_days: tuple[str, ...]
    byline: str


def read_article(source: str) -> Article:
    """The article of an HTML page. Never fails: a page without an article gives what text it has.

    >>> read_article("<html lang=nl><h1>Kop</h1><p>Een alinea.</p><nav>Menu</nav></html>").lines
    ('Kop', 'Een alinea.')
    """
    tree = _parse(source)
    if tree is None:
        return Article(None, (), frozenset(), None, (), "")
    language = _language(tree)
    records = list(_json_ld(tree))
    title = _title(tree, records)
    days = tuple(_meta_days(tree, records))
    body = tree.find("body")
    root = tree if body is None else body
    _prune(root)
    blocks = [(tag, text) for tag, text in _blocks(root) if text]
    main = _plain(_main_text(root))
    lines, headings, byline = _choose(blocks, main, title)
    written = next((str(r["articleBody"]) for r in records if isinstance(r.get("articleBody"), str)), "")
    if len(written) > 2 * sum(map(len, lines)):
        # Pages that draw their article with a script keep its text in their JSON-LD.
        kept = [_BLANK.sub(" ", part).strip() for part in re.split(r"\n+", written)]
        lines, headings = [part for part in ([title] if title else []) + kept if part], {0} if title else set()
    return Article(title, tuple(lines), frozenset(headings), language, days, byline)


def _parse(source: str) -> Any:  # noqa: ANN401 - lxml's elements carry no types
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _language(tree: Any) -> str | None:  # noqa: ANN401
    value = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    return value.strip() if value and value.strip() else None


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    for node in tree.iter("script"):
        if "ld+json" not in (node.get("type") or ""):
            continue
        try:
            data = json.loads(node.text or "")
        except (ValueError, RecursionError):
            continue
        waiting = [data]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                yield item
                waiting.extend(value for value in item.values() if isinstance(value, list | dict))


def _title(tree: Any, records: list[dict[str, Any]]) -> str | None:  # noqa: ANN401
    headings = [_text_of(node) for node in tree.iter("h1")]
    headings = [text for text in headings if text]
    if len(headings) == 1:
        return headings[0]
    for record in records:
        if isinstance(record.get("headline"), str) and record["headline"].strip():
            return _BLANK.sub(" ", record["headline"]).strip()
    for node in tree.iter("meta"):
        if (node.get("property") or node.get("name")) == "og:title" and node.get("content"):
            return _BLANK.sub(" ", node.get("content")).strip()
    if headings:
        return max(headings, key=len)
    node = next(tree.iter("title"), None)
    return (_text_of(node) or None) if node is not None else None


def _meta_days(tree: Any, records: list[dict[str, Any]]) -> Iterator[str]:  # noqa: ANN401
    for record in records:
        if isinstance(record.get("datePublished"), str):
            yield record["datePublished"]
    names = {"article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
             "dcterms.date", "publish-date", "pubdate", "parsely-pub-date", "sailthru.date", "article.published"}  # fmt: skip
    for node in tree.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if name in names and node.get("content"):
            yield node.get("content")
    for node in tree.iter("time"):
        if node.get("datetime"):
            yield node.get("datetime")


def _prune(root: Any) -> None:  # noqa: ANN401
    doomed = [node for node in root.iter() if node is not root and _is_noise(node)]
    for node in doomed:
        parent = node.getparent()
        if parent is not None:
            tail = node.tail
            previous = node.getprevious()
            if tail:
                if previous is not None:
                    previous.tail = (previous.tail or "") + tail
                else:
                    parent.text = (parent.text or "") + tail
            node.tail = None
            parent.remove(node)


def _is_noise(node: Any) -> bool:  # noqa: ANN401
    tag = node.tag
    if not isinstance(tag, str):
        return True
    if tag in _DROPPED_TAGS:
        return True
    if node.get("hidden") is not None or "display:none" in (node.get("style") or "").replace(" ", ""):
        return True
    if tag in ("body", "article", "main", "h1"):
        return False
    for attribute in (node.get("class"), node.get("id"), node.get("role")):
        words = [word.lower() for word in _SPLIT.split(attribute)] if attribute else []
        if not _NOISE_WORDS.isdisjoint(words) or any(pair in _NOISE_PAIRS for pair in zip(words, words[1:], strict=False)):
            return True
    return False


def _text_of(node: Any) -> str:  # noqa: ANN401
    return _BLANK.sub(" ", " ".join(node.itertext())).strip()


def _blocks(root: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401
    """Tag and text of every block in the order of the page; a table's row is one block."""
    pieces: list[str] = []
    owner = "div"

    def flush() -> tuple[str, str]:
        text = _BLANK.sub(" ", "".join(pieces)).strip()
        pieces.clear()
        return owner, text

    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS or tag == "br":
                if tag in ("td", "th"):
                    if _BLANK.sub("", "".join(pieces)):
                        pieces.append(" | ")
                elif not (tag in ("p", "div") and _in_row(node)):
                    yield flush()
                    owner = tag if tag != "br" else owner
            if node.text:
                pieces.append(node.text)
        else:
            if tag in _BLOCKS and tag not in ("td", "th") and not (tag in ("p", "div") and _in_row(node)):
                yield flush()
                owner = "div"
            if node.tail and node is not root:
                pieces.append(node.tail)
    yield flush()


def _in_row(node: Any) -> bool:  # noqa: ANN401
    parent = node.getparent()
    return parent is not None and parent.tag in ("td", "th")


def _main_text(root: Any) -> str:  # noqa: ANN401
    try:
        found = trafilatura.extract(
            etree.tostring(root, encoding="unicode", method="html"),
            include_comments=False, include_tables=True, favor_recall=True,
        )  # fmt: skip
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return ""
    return found or ""


def _plain(text: str) -> str:
    return _BLANK.sub("", text.replace("|", "")).casefold()


def _choose(
    blocks: list[tuple[str, str]], main: str, title: str | None
) -> tuple[list[str], set[int], str]:
    """The lines of the article, which of them are headings, and the text around where a byline may stand."""
    trusted = len(main) >= _MIN_ARTICLE // 2
    inside = [
        (not trusted and tag in _BLOCKS) or (len(text) > 1 and _plain(text) in main) for tag, text in blocks
    ]
    lines: list[str] = []
    headings: set[int] = set()
    around: list[str] = []
    prose = [n for n, (tag, text) in enumerate(blocks) if inside[n] and tag not in _HEADINGS and len(text) > 60]  # noqa: PLR2004
    first, last = (prose[0], prose[-1]) if prose else (0, len(blocks) - 1)
    for n, (tag, text) in enumerate(blocks):
        is_title = title is not None and _plain(text) == _plain(title)
        if is_title and (not lines or text not in lines):
            headings.add(len(lines))
            lines.append(text)
        elif tag in _HEADINGS and n <= last and (first <= n or inside[n]):
            headings.add(len(lines))
            lines.append(text)
        elif inside[n]:
            lines.append(text)
        elif len(text) <= 200:  # noqa: PLR2004 - a byline is short
            around.append(text)
    return lines, headings, "\n".join(around)
