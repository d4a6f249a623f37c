"""Names that follow from content, so that every machine gives the same thing the same name."""

import hashlib

_LENGTH = 16
_SEPARATOR = "\x1f"

TWIN = "~"
"""What stands behind the id of documents that have one id and differ all the same, before a mark of what each says."""


def content_id(prefix: str, *parts: str) -> str:
    """A short name for `parts`, equal wherever and whenever they are equal.

    64 bits of SHA-256 in hexadecimal behind the prefix: two different things share a name once in some four billion.

    >>> content_id("doc", "a text")
    'doc-734194ede5b063e6'
    """
    data = _SEPARATOR.join(parts).encode("utf-8", "surrogatepass")
    return f"{prefix}-{hashlib.sha256(data).hexdigest()[:_LENGTH]}"
