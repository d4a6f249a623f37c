import gzip
import io
import zipfile
from pathlib import Path

import pytest

from pledgebook.domain import Finding, Page
from pledgebook.read import read_sources


def packed(files: dict[str, bytes], *, level: int = 9) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def read(folder: Path, name: str, content: bytes, **options: int) -> list[object]:
    (folder / name).write_bytes(content)
    return list(read_sources([str(folder / name)], **options))  # type: ignore[arg-type]


def test_the_files_of_a_zip_are_documents_sorted_by_name(tmp_path: Path) -> None:
    files = {
        "b/two.html": b"<html><p>two", "a.txt": b"one", "c.jsonl": b'{"id": "3", "content": "three"}', ".hidden": b"no",
        "__MACOSX/x": b"no",
    }  # fmt: skip
    items = read(tmp_path, "a.zip", packed(files))
    assert [item.source[len(str(tmp_path)) + 1 :] for item in items[:2] if isinstance(item, Page)] == [
        "a.zip/a.txt", "a.zip/b/two.html",
    ]  # fmt: skip
    assert len(items) == 3


def test_a_document_is_the_same_in_a_zip_and_beside_it(tmp_path: Path) -> None:
    (inside,) = read(tmp_path, "a.zip", packed({"x/a.txt": b"words"}))
    (outside,) = read(tmp_path, "a.txt", b"words")
    assert isinstance(inside, Page)
    assert isinstance(outside, Page)
    assert inside.name == outside.name


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (packed({"a.txt": bytes(9_000_000)}), "oversized-document", "more than 200 times its size"),
        (packed({"a.txt": b"x" * 300}), "oversized-document", "more than 100 bytes"),
        (b"PK\x03\x04 and no more", "unreadable-document", "a damaged ZIP"),
        (gzip.compress(bytes(9_000_000), mtime=0), "unreadable-document", "unpacks to too much"),
        (gzip.compress(b"words" * 99, mtime=0)[:-9], "unreadable-document", "cut off"),
    ],
    ids=["a ZIP bomb", "a large file in a ZIP", "a damaged ZIP", "a gzip bomb", "a gzip cut off"],
)
def test_what_is_packed_to_do_harm_is_refused(content: bytes, name: str, words: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.bin", content, max_bytes=100 if "100 bytes" in words else 20_000_000)
    assert isinstance(found, Finding)
    assert (found.name, words in found.message) == (name, True)


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    content, depth = packed({"a.txt": b"words"}), 0
    for depth in range(6):
        content = packed({f"{depth}.zip": content})
    (found,) = read(tmp_path, "a.zip", content)
    assert isinstance(found, Finding)
    assert "packed more than 3 times" in found.message
    (page,) = read(tmp_path, "b.zip", packed({"in.zip": packed({"a.txt": b"words"})}))
    assert isinstance(page, Page)


def test_gzip_is_what_it_holds(tmp_path: Path) -> None:
    one, two = read(tmp_path, "a.jsonl.gz", gzip.compress(b'{"content": "one"}\n{"content": "two"}\n'))
    assert isinstance(one, Page)
    assert isinstance(two, Page)
    (page,) = read(tmp_path, "a.html.gz", gzip.compress(b"<p>words") + gzip.compress(b" and more"))
    assert isinstance(page, Page)
    assert (page.content, page.media_type) == (b"<p>words and more", "text/html")


def test_a_locked_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    content = bytearray(packed({"a.txt": b"one", "b.txt": b"two"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    found, page = read(tmp_path, "a.zip", bytes(content))
    assert isinstance(found, Finding)
    assert "locked by a password" in found.message
    assert isinstance(page, Page)


def test_an_office_document_is_no_archive(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.docx", packed({"word/document.xml": b"<x>words</x>"}))
    assert isinstance(found, Finding)
    assert found.name == "binary-document"
