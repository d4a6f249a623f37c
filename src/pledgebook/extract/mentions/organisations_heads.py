"""Names that head the items of a list: where one of them is known, the others say who invests as well."""

import re
from collections.abc import Collection

from pledgebook.domain import Span
from pledgebook.extract.mentions.organisations_words import Words

_MARK = (
    r"(?:[-*•▪◆◇■□○●▶➤►✓·–—][^\S\n]*|\(?\d{1,2}[.)、）][^\S\n]*|[（(]?[一二三四五六七八九十]{1,2}[、）)．.][^\S\n]*)"
)
_ITEM = re.compile(
    rf"(?m)^[^\S\n]*(?P<mark>{_MARK})?(?P<head>[^\W_](?:[^\n:：–—|,，.。(（]|[-.&+](?=\w)){{1,44}}?)"
    r"(?P<sign>\s?[:：]|\s[–—-](?=\s)|[–—]|[,，。]|\.(?!\w)|\s?[(（])(?=[^\n]*\d)"
)
_LOOSE_SIGNS = frozenset(":：–—-")
_ALIKE = str.maketrans("：—-，。（", ":––,.(")


def heads_of_items(words: Words, known: Collection[Span]) -> tuple[Span, ...]:
    r"""The heads of items that nothing tells to be names, in lists where at least one head is a name of `known`.

    An item is a line with a figure in it. Its head stands before a colon or a dash, or behind a number or bullet
    also before a comma, a full stop or a bracket: "Havnord: 300 million euros", "2. Havnord, Malmö. 40 megawatts".

    >>> from pledgebook.extract.mentions.organisations_words import words_of
    >>> text = "Acme: 4 billion in clouds.\nHavnord: 5 million.\nIt adds up."
    >>> [head.of(text) for head in heads_of_items(words_of(text), [Span(0, 4)])]
    ['Havnord']
    """
    starts = {span.start: span.end for span in known}
    lists: dict[tuple[bool, str], list[Span]] = {}
    told: set[tuple[bool, str]] = set()
    for match in _ITEM.finditer(words.text):
        sign = match["sign"].strip()
        if match["mark"] is None and sign not in _LOOSE_SIGNS:
            continue
        sort = (match["mark"] is not None, "" if match["mark"] is not None else sign.translate(_ALIKE))
        head = Span(match.start("head"), match.start("head") + len(match["head"].rstrip()))
        if starts.get(head.start, 0) >= head.end:
            told.add(sort)
        elif head.start not in starts:
            lists.setdefault(sort, []).append(head)
    return tuple(head for sort in sorted(told) for head in lists.get(sort, ()))
