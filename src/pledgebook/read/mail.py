"""E-mail: a message, or a box of them."""

import email
import email.policy
import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from pledgebook.domain import Finding, Page, Severity, content_id
from pledgebook.read.media import HTML, TEXT
from pledgebook.read.prose import unwrapped

_LEAST = 200
_MOST_PARTS = 50
_QUOTED = ">"
_FORMATS = {TEXT: ".txt", HTML: ".html", "application/pdf": ".pdf", "text/csv": ".csv"}

Attachment = tuple[str, bytes]


def read_mail(content: bytes, *, source: str) -> tuple[Page | None, tuple[Attachment, ...]]:
    """The page that a message is, None where it has no words, and its attachments by name.

    Its subject is the title, its date the day of publication. Plain text is taken before HTML, unless it only says
    that there is HTML; lines that quote an earlier message are left out.
    """
    message = email.message_from_bytes(content, policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        return None, ()
    plain, markup, attached = "", "", []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        if part.is_attachment() or part.get_filename():
            name = part.get_filename() or f"part-{number}{_FORMATS.get(kind, '')}"
            attached.append((name, _bytes_of(part)))
        elif kind == TEXT:
            plain += ("\n" if plain else "") + _text_of(part)
        elif kind == HTML:
            markup = markup or _text_of(part)
    return _page(message, plain, markup, source, content), tuple(attached)


def read_box(stream: BinaryIO, *, max_bytes: int) -> Iterator[bytes | None]:
    """Each message of a box (mbox), None for one that is larger than `max_bytes`; no more than one is held."""
    lines: list[bytes] = []
    size, is_blank = 0, True
    for line in stream:
        if is_blank and line.startswith(b"From "):
            if size:
                yield _message(lines, size, max_bytes)
            lines, size = [], 0
        else:
            size += len(line)
            if size <= max_bytes:
                # A line that would have looked like the next message was quoted when it was put in.
                is_quoted = line.startswith(b">") and line.lstrip(b">").startswith(b"From ")
                lines.append(line[1:] if is_quoted else line)
        is_blank = not line.strip()
    if size:
        yield _message(lines, size, max_bytes)


def _message(lines: list[bytes], size: int, max_bytes: int) -> bytes | None:
    """A message without the blank lines that part it from the next: the same wherever it stands in its box."""
    return b"".join(lines).rstrip() + b"\n" if size <= max_bytes else None


def mails_of(
    stream: BinaryIO, *, source: str, max_bytes: int, read: Callable[[bytes, str], Iterator[Page | Finding]]
) -> Iterator[Page | Finding]:
    """What `read` makes of each message of a box, under the name of the box and its number."""
    for number, content in enumerate(read_box(stream, max_bytes=max_bytes), 1):
        where = f"{source}, message {number}"
        if content is None:
            message = f"{where}: longer than {max_bytes:,} bytes. Raise --max-bytes, or leave the message out."
            yield Finding("oversized-document", where, message, severity=Severity.WARNING)
        else:
            yield from read(content, where)


def _page(message: EmailMessage, plain: str, markup: str, source: str, content: bytes) -> Page | None:
    body = "\n".join(line for line in plain.splitlines() if not line.startswith(_QUOTED))
    is_plain = len(body.strip()) >= _LEAST or not markup.strip()
    if is_plain and not body.strip():
        return None
    subject = " ".join(str(message.get("subject", "")).split()) or None
    text = "\n".join(unwrapped(body)) if is_plain else markup
    return Page(
        source=source,
        content=text.encode("utf-8", "replace"),
        media_type=TEXT if is_plain else HTML,
        charset="utf-8",
        title=subject,
        published=_day(message),
        name=content_id("doc", "mail", hashlib.sha256(content).hexdigest()),
    )


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(str(message.get("date", ""))).date()
    except (ValueError, TypeError, IndexError):
        return None


def _bytes_of(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text_of(part: EmailMessage) -> str:
    content = _bytes_of(part)
    charset = str(part.get_content_charset() or "utf-8")
    for name in (charset, "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")
