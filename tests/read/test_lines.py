import io
import json
from datetime import date
from typing import Any

import pytest

from factory import claim
from pledgebook.domain import Document, Evidence, Finding, Page, Span
from pledgebook.read import Told
from pledgebook.read.lines import read_lines
from pledgebook.wire import document_line


def read(*lines: object, max_bytes: int = 1000) -> list:
    data = b"".join(
        (line if isinstance(line, bytes) else json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        + b"\n"
        for line in lines
    )
    return list(read_lines(io.BytesIO(data), source="x.jsonl", max_bytes=max_bytes))


def test_a_line_is_a_page_with_what_it_knows() -> None:
    raw = {
        "id": "n-1", "content": "Woorden", "format": "html", "language": "nl", "title": "Kop", "published": "2024-05-13",
    }  # fmt: skip
    (page,) = read(raw)
    assert page == Page(
        source="n-1", content=b"Woorden", media_type="text/html", charset="utf-8", language="nl", title="Kop",
        published=date(2024, 5, 13), name="n-1",
    )  # fmt: skip


def test_text_serves_for_content_and_the_file_for_a_source() -> None:
    one, two = read({"text": "a"}, {"text": "b", "source": "https://x.example/b", "id": 7})
    assert (one.source, one.name) == ("x.jsonl", None)
    assert (two.source, two.name) == ("https://x.example/b", "7")


def test_a_gold_line_is_a_document_and_its_answers_are_not_looked_at() -> None:
    (page,) = read({"id": "g", "content": "words", "claims": [{"stage": "nonsense"}]})
    assert isinstance(page, Page)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{", "no JSON"),
        (b"[1]", "not an object"),
        (b'{"content": 3}', "neither"),
        (b'{"content": "a", "format": "pdf"}', "'pdf'"),
        (b'{"content": "a", "published": "Monday"}', "not a day"),
        (b'{"content": "a", "language": 3}', "not a string"),
        (b'{"content": "\xff"}', "no UTF-8"),
        (b"[" * 3000, "no JSON"),
        (b'{"document": {"id": "d"}, "claims": []}', "source"),
    ],
)
def test_a_broken_line_is_named_and_the_next_is_read(line: Any, words: Any) -> None:
    bad, good = read(line, {"content": "fine"}, max_bytes=10_000)
    assert (bad.name, bad.document) == ("broken-line", "x.jsonl, line 1")
    assert words in bad.message
    assert good.content == b"fine"


def test_a_long_line_is_skipped_and_counted_as_one() -> None:
    bad, good = read(b"x" * 5000, {"content": "fine"}, max_bytes=100)
    assert isinstance(bad, Finding)
    assert (bad.name, bad.document) == ("oversized-document", "x.jsonl, line 1")
    assert good.content == b"fine"


def test_a_long_line_is_never_held() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            self.asked += len(buffer)
            if self.asked > 50_000_000:
                return 0
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    (bad,) = read_lines(io.BufferedReader(Endless()), source="x.jsonl", max_bytes=1000)
    assert bad.name == "oversized-document"


def test_a_lone_surrogate_becomes_one_character() -> None:
    (page,) = read(rb'{"content": "a\ud800b", "title": "\ud83d\ude00\udfff"}')
    assert page.content == b"a?b"
    assert page.title == "😀?"


def test_claims_that_come_with_a_document_are_taken_as_told() -> None:
    text = "Acme gives 3 EUR."
    told = claim("c", "Acme", "ES", "3 EUR", evidence=(Evidence("investors", Span(0, 4), "Acme"),))
    document = Document("a.txt", text, "en", name="d-1")
    (item,) = read(document_line(document, [told]).encode())
    assert item == Told(document, (told,))


def test_a_quote_that_the_text_does_not_have_is_refused() -> None:
    told = claim("c", "Acme", "ES", "3 EUR", evidence=(Evidence("amount", Span(0, 4), "3 EUR"),))
    (bad,) = read(document_line(Document("a.txt", "Acme gives 3 EUR.", "en"), [told]).encode())
    assert bad.name == "broken-line"
    assert "'3 EUR', where the text says 'Acme'" in bad.message


def test_one_id_for_two_claims_is_refused() -> None:
    (bad,) = read(document_line(Document("a.txt", "Words", "en"), [claim("c"), claim("c")]).encode())
    assert "'c' twice" in bad.message
