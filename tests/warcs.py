"""Small web archives for tests."""

import gzip

import pyarrow as pa


def record(number: int, body: bytes, *, length: int | None = None, head: str = "", kind: str = "response") -> bytes:
    """One record of a page; `length` is what its header says where that is not so, `head` more lines of HTTP."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + head.encode() + b"\r\n" + body
    lines = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-11-19T03:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\nContent-Length: {len(http) if length is None else length}\r\n\r\n"
    )
    return lines.encode() + http + b"\r\n\r\n"


def packed(data: bytes, codec: str) -> bytes:
    """A member of an archive."""
    if codec == "gz":
        return gzip.compress(data, mtime=0)
    if codec == "zst":
        return bytes(pa.compress(data, "zstd", asbytes=True))
    return data


NAMES = {"gz": "crawl.warc.gz", "zst": "crawl.warc.zst", "plain": "crawl.warc"}
