"""What a page says, for the second test: the main text, or what its JSON-LD has."""

import codecs
import json
import re

from pledgebook.flow.funnel_source import shown_and_told, text_between

_BODY = re.compile(rb"\"articleBody\"\s*:\s*(\"(?:[^\"\\]|\\.)*\")")
# The parser's time grows with the square of the depth: a page that leaves so many open is read by its tags alone.
_MAX_OPEN = 1_000
# No article is so short. Where a page shows little beside it, it stands where the extractor took it for something else,
# as in a list; larger pages are menus.
_LEAST_TEXT, _LITTLE = 200, 4_000


def main_text(content: bytes | bytearray, charset: str | None) -> str:
    """The text of the article in a page; of a small page in which hardly any is found, all that it shows."""
    # Without its scripts a page is read in a fraction of the time, and says the same.
    shown, _ = shown_and_told(content, charset)
    if shown.count(b"<div") - shown.count(b"</div") > _MAX_OPEN:
        return text_between(shown, 0, len(shown))
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - of the extra [batch]

    text = shown.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    found = extract_plain_text(text, main_content=True, alt_texts=False, links=False, form_fields=False, noscript=False)
    if len(found) < _LEAST_TEXT and len(shown) < _LITTLE:
        return text_between(shown, 0, len(shown))
    return str(found)


def told_body(content: bytes | bytearray) -> str:
    """The article that stands in a page's JSON-LD, "" where there is none.

    >>> told_body(b'<script type="application/ld+json">{"articleBody": "Um <b>2 Mrd.</b>"}</script>')
    'Um <b>2 Mrd.</b>'
    """
    texts = []
    for found in _BODY.finditer(content):
        try:
            texts.append(str(json.loads(found.group(1).decode("utf-8", "replace"), strict=False)))
        except ValueError:
            continue
    return "\n".join(texts)
