import io
from datetime import date, datetime
from pathlib import Path

import pytest

from pledgebook.domain import DocumentError, Finding, Page
from pledgebook.read import read_sources
from pledgebook.read.tables import read_csv


def rows(content: bytes, max_bytes: int = 1000) -> list[object]:
    return list(read_csv(io.BytesIO(content), source="a.csv", max_bytes=max_bytes))


def test_a_row_is_a_page_with_what_it_knows() -> None:
    (page,) = rows(b"id;Headline;Body;Date;lang;url\n7;Kop;Acme bouwt;2024-05-13;nl;https://a.example/7\n")
    assert page == Page(
        source="https://a.example/7", content=b"Acme bouwt", language="nl", title="Kop", published=date(2024, 5, 13),
        name="7",
    )  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_whatever_parts_the_cells(delimiter: str, charset: str) -> None:
    text = f'title{delimiter}text\r\nOne{delimiter}"Acme builds{delimiter} and\nbuilds ""more"""\r\n'
    (page,) = rows(text.encode(charset))
    assert isinstance(page, Page)
    assert page.content.decode() == f'Acme builds{delimiter} and\nbuilds "more"'


def test_bytes_of_another_encoding_are_handed_on_as_they_are() -> None:
    (page,) = rows("text\nMálaga\n".encode("latin-1"))
    assert isinstance(page, Page)
    assert page.content == "Málaga".encode("latin-1")


def test_rows_without_words_and_rows_too_large_are_named() -> None:
    empty, large, good = rows(b'text\n""\n' + b"x" * 2000 + b"\ngood\n")
    assert isinstance(empty, Finding)
    assert (empty.name, empty.document) == ("empty-document", "a.csv, row 2")
    assert isinstance(large, Finding)
    assert large.name == "oversized-document"
    assert isinstance(good, Page)


def test_a_table_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="without a column of texts"):
        rows(b"a,b\n1,2\n")
    (tmp_path / "a.csv").write_bytes(b"a,b\n1,2\n")
    (found,) = read_sources([str(tmp_path / "a.csv")])
    assert isinstance(found, Finding)
    assert found.name == "unreadable-document"


def test_a_table_of_urls_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"Date,URL\n2024,https://a.example/1\n2024,https://a.example/2\n")
    asked: list[str] = []

    def fetch(url: str) -> list[Page]:
        asked.append(url)
        return [Page(url, b"words")]

    assert len(list(read_sources([str(tmp_path / "a.csv")], fetch=lambda url: iter(fetch(url))))) == 2
    assert asked == ["https://a.example/1", "https://a.example/2"]


LISTS = {
    "lines": ("https://a.example/1", "https://a.example/2", "", "# mine", "https://a.example/1"),
    "gdelt": (
        "20240513120000-1\t20240513\t1\ta.example\thttps://a.example/1\tmore\thttps://pics.example/x.jpg",
        "20240513120000-2\t20240513\t1\ta.example\thttps://a.example/2\tmore",
    ),
    "index": (
        'example,a)/1 20240513101500 {"url": "https://a.example/1", "mime": "text/html"}',
        'example,a)/2 20240513101501 {"url": "https://a.example/2"}',
    ),
    "gdelt-json": (
        '{"articles": [{"url": "https://a.example/1", "seendate": "x"},',
        ' {"url": "https://a.example/2"}]}',
    ),
}


@pytest.mark.parametrize("text", ["\n".join(lines) + "\n" for lines in LISTS.values()], ids=list(LISTS))
@pytest.mark.parametrize("name", ["a.txt", "a.tsv", "a.urls", "a"])
def test_a_list_of_urls_is_fetched_once_each(text: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = read_sources([str(tmp_path / name)], fetch=lambda url: iter([Page(url, b"words")]))
    assert [item.source for item in found if isinstance(item, Page)] == ["https://a.example/1", "https://a.example/2"]


def test_a_list_of_warc_files_is_for_another_command(tmp_path: Path) -> None:
    (tmp_path / "warc.paths.txt").write_text("crawl-data/CC-NEWS/2024/05/CC-NEWS-20240513000000-00001.warc.gz\n")
    (found,) = read_sources([str(tmp_path / "warc.paths.txt")], fetch=lambda url: iter([Page(url, b"")]))
    assert isinstance(found, Finding)
    assert "pledgebook batch" in found.message


def test_an_article_that_ends_in_urls_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Acme builds a hall.\nhttps://a.example/1\n", encoding="utf-8")
    (page,) = read_sources([str(tmp_path / "a.txt")])
    assert isinstance(page, Page)


def test_parquet_is_read_a_few_rows_at_a_time(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({
        "id": [f"n{n}" for n in range(200)],
        "text": ["Acme builds"] * 199 + [None],
        "published": [datetime(2024, 5, 13, 10)] * 200,  # noqa: DTZ001 - a column without a zone
        "noise": [b"x" * 100] * 200,
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=50)
    items = list(read_sources([str(tmp_path / "a.parquet")]))
    assert items[0] == Page(source="n0", content=b"Acme builds", name="n0", published=date(2024, 5, 13))
    assert (len(items), isinstance(items[-1], Finding)) == (200, True)


@pytest.mark.parametrize("content", [b"PAR1....PAR1", b"PAR1" + bytes(50)])
def test_damaged_parquet_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(content)
    (found,) = read_sources([str(tmp_path / "a.parquet")])
    assert isinstance(found, Finding)
    assert "damaged Parquet" in found.message
