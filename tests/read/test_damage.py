"""Whatever happens to a file on its way: it is read, or named with a reason, and nothing breaks."""

import gzip
import io
import random
import zipfile
from email.message import EmailMessage

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pdfs import pdf
from pledgebook.domain import DocumentError, Finding, Page
from pledgebook.read import Told, read_pdf
from pledgebook.read.contents import Opening, read_bytes
from pledgebook.read.feeds import read_links, read_listing


def mail() -> bytes:
    made = EmailMessage()
    made["Subject"], made["Date"] = "A campus", "Tue, 12 May 2026 23:30:00 -0500"
    made.set_content("words " * 60)
    made.add_alternative("<p>words", subtype="html")
    made.add_attachment(pdf(["Annex"]), maintype="application", subtype="pdf", filename="a.pdf")
    return made.as_bytes()


def packed() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "words " * 50)
        archive.writestr("b.jsonl", '{"content": "words"}')
    return made.getvalue()


def parquet() -> bytes:
    made = io.BytesIO()
    pq.write_table(pa.table({"id": ["a", "b"] * 20, "text": ["words here"] * 40}), made)
    return made.getvalue()


FILES = {
    "a.pdf": pdf(["A campus for Ghent", "costs 3 million"], None, ["And more of it"]),
    "a.eml": mail(),
    "a.mbox": b"From x\n" + mail() + b"\nFrom y\n" + mail(),
    "a.zip": packed(),
    "a.parquet": parquet(),
    "a.csv": b'id,text\n1,"a ""b"" c"\n2,d\n' * 5,
    "a.jsonl.gz": gzip.compress(b'{"content": "words"}\n' * 20, mtime=0),
}
FEEDS = (
    b"<?xml version='1.0'?><rss version='2.0'><channel><item><link>/1</link><pubDate>Mon, 13 May 2024</pubDate></item></channel></rss>",
    b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/1</loc><lastmod>2024-01-01</lastmod></url></urlset>",
    b'{"version": "https://jsonfeed.org/version/1", "items": [{"url": "/1", "date_published": "2024-05-13"}]}',
)


def damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        how = chance.random()
        if how < 0.5 and at < len(data):
            data[at] = chance.randrange(256)
        elif how < 0.7:
            del data[at : at + chance.randrange(1, 50)]
        elif how < 0.85:
            data[at:at] = chance.randbytes(chance.randrange(1, 20))
        else:
            start = chance.randrange(len(data) + 1)
            data[at:at] = data[start : start + 200]
    return bytes(data)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_read_or_named(name: str) -> None:
    chance = random.Random(name)  # noqa: S311 - the same damage each time
    for _ in range(120):
        for item in read_bytes(damaged(FILES[name], chance), name, Opening(200_000)):
            assert isinstance(item, Page | Told | Finding)
            if isinstance(item, Page) and item.media_type == "application/pdf":
                try:
                    assert read_pdf(item)
                except DocumentError as error:
                    assert "PDF" in str(error)  # noqa: PT017 - either is fine


@pytest.mark.parametrize("feed", FEEDS, ids=["rss", "sitemap", "json"])
def test_a_damaged_feed_is_read_or_refused(feed: bytes) -> None:
    chance = random.Random(feed)  # noqa: S311 - the same damage each time
    for _ in range(150):
        for reads in (read_listing, read_links):
            try:
                listing = reads(damaged(feed, chance), url="x")
            except DocumentError:
                continue
            assert all(isinstance(link.url, str) for link in listing.links)
