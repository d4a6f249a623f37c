"""What a page says, for the second test: the main text, or what its JSON-LD has."""

import codecs
import json
import re

from pledgebook.flow.funnel_source import decoded, text_between, without_code

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-:.]{2,40})", re.IGNORECASE).search
_BODY = re.compile(rb"\"articleBody\"\s*:\s*(\"(?:[^\"\\]|\\.)*\")")
_HEAD = 4096
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# The parser's time grows with the square of the depth: a page that leaves so many open is read by its tags alone.
_MAX_OPEN = 1_000


def main_text(content: bytes, charset: str | None) -> str:
    """The text of the article in a page, "" where none is found."""
    if content.count(b"<div") - content.count(b"</div") > _MAX_OPEN:
        plain = without_code(content)
        return text_between(plain, 0, len(plain), charset)
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415 - of the extra [batch]

    found = extract_plain_text(
        _text(content, charset), main_content=True, alt_texts=False, links=False, form_fields=False, noscript=False
    )
    return str(found)


def told_body(content: bytes) -> str:
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


def _text(content: bytes, charset: str | None) -> str:
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    said = _META_CHARSET(content[:_HEAD])
    return decoded(content, charset or (said.group(1).decode("ascii", "replace") if said else None))
