"""What stands around an article, cut out of a page's tree."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import cast

from lxml import etree

from pledgebook.clean.html.node import Node
from pledgebook.lexicon.page import load_template_words

_DROPPED = frozenset({
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "dialog", "iframe", "svg",
    "select", "input", "textarea", "object", "video", "audio", "map", "figcaption", "head",
})  # fmt: skip
_KEPT = frozenset({"body", "article", "main", "h1"})
_SPLIT = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_PROSE = 60
_LEAST_SHARE = 0.3
_NAMING = frozenset({"class", "id", "role"})
_NOTHING, _AROUND, _NEVER = range(3)


def prune(root: Node) -> None:
    """Takes out of the tree what is no article by its tag, by its class or id, or because it is hidden.

    Some templates call everything a "widget". Where little prose would be left, the part with most of it stays.
    """
    telling = (*root.iter(*_DROPPED), *_marked(root))
    verdicts = {id(node): (node, verdict) for node in telling if (verdict := _verdict(node))}
    doubtful = _prose_of(root, verdicts)
    while doubtful and doubtful.get(0, 0) < _LEAST_SHARE * sum(doubtful.values()):
        fullest = max((key for key in doubtful if key), key=lambda key: doubtful[key])
        del verdicts[fullest]
        doubtful = _prose_of(root, verdicts)
    for node, _ in verdicts.values():
        _remove(node)


# Most elements have an ordinary tag and no attribute that could tell anything: Python need not look at them.
_TELLING = [f"@{name}" for name in sorted(_NAMING | {"hidden", "style"})]
_marked = cast("Callable[[Node], Sequence[Node]]", etree.XPath(f"descendant::*[{' or '.join(_TELLING)}]"))


def _verdict(node: Node) -> int:
    tag = node.tag
    if tag in _DROPPED:
        return _NEVER
    names = node.keys()
    if not names:
        return _NOTHING
    if "hidden" in names or ("style" in names and "display:none" in (node.get("style") or "").replace(" ", "")):
        return _NEVER
    if tag in _KEPT:
        return _NOTHING
    verdict = _NOTHING
    for name in names:
        if name in _NAMING:
            verdict = max(verdict, _named(node.get(name)))
    return verdict


@lru_cache(maxsize=4096)
def _named(attribute: str | None) -> int:
    if not attribute:
        return _NOTHING
    words = [word.lower() for word in _SPLIT.split(attribute) if word]
    templates = load_template_words()
    if not templates.never.isdisjoint(words):
        return _NEVER
    pairs = pairwise(words)
    return _AROUND if not templates.around.isdisjoint(words) or any(p in templates.pairs for p in pairs) else _NOTHING


def _prose_of(root: Node, verdicts: dict[int, tuple[Node, int]]) -> dict[int, int]:
    """Letters of paragraphs by the doubtful part that holds them; 0 stands for what no part holds."""
    found = {0: 0}
    for node in root.iter("p"):
        size = sum(map(len, node.itertext()))
        if size < _PROSE:
            continue
        holders = [verdicts[id(up)] for up in (node, *node.iterancestors()) if id(up) in verdicts]
        if any(verdict == _NEVER for _, verdict in holders):
            continue
        key = id(holders[-1][0]) if holders else 0
        found[key] = found.get(key, 0) + size
    return found


def _remove(node: Node) -> None:
    parent = node.getparent()
    if parent is None:
        return
    if node.tail:
        previous = node.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
        node.tail = None
    parent.remove(node)
