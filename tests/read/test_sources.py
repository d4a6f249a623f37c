import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from pledgebook.domain import Finding, Page, UsageError
from pledgebook.read import read_sources


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "b.txt").write_text("second", encoding="utf-8")
    (tmp_path / "a.txt").write_text("first", encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "c.html").write_text("<p>third</p>", encoding="utf-8")
    (tmp_path / ".hidden").write_text("no", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "d.txt").write_text("no", encoding="utf-8")
    return tmp_path


def names(items: Iterable[Any]) -> list[str]:
    return [Path(item.source).name if isinstance(item, Page) else item.name for item in items]


def test_a_folder_gives_its_files_sorted_and_not_the_hidden_ones(corpus: Path) -> None:
    assert names(read_sources([str(corpus)])) == ["a.txt", "b.txt", "c.html"]


def test_sources_come_in_the_order_given(corpus: Path) -> None:
    assert names(read_sources([str(corpus / "b.txt"), str(corpus / "a.txt")])) == ["b.txt", "a.txt"]


def test_a_file_is_the_same_document_however_its_path_is_written(
    corpus: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path_factory.mktemp("elsewhere") / "a.txt"
    other.write_text("first", encoding="utf-8")
    monkeypatch.chdir(corpus)
    pages = list(read_sources(["a.txt", "./a.txt", "sub/../a.txt", str(other)]))
    assert [page.source for page in pages[:3]] == ["a.txt"] * 3
    assert len({page.name for page in pages}) == 1


def test_bytes_are_not_decoded(tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("Málaga".encode("latin-1"))
    (page,) = read_sources([str(tmp_path / "latin.txt")])
    assert page.content == b"M\xe1laga"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.html", b"words", "text/html"),
        ("a.HTM", b"words", "text/html"),
        ("page", b"\xef\xbb\xbf  <!DOCTYPE html><p>", "text/html"),
        ("page", b"<!-- saved --><html>", "text/html"),
        ("page", "<html>".encode("utf-16"), "text/html"),
        ("page", "<html><p>words".encode("utf-16-be"), "text/html"),
        ("page", b"words <html>", "text/plain"),
        ("a.txt", b"<html>", "text/plain"),
    ],
)
def test_media_type_by_name_or_first_bytes(tmp_path: Path, name: Any, content: Any, media: Any) -> None:
    (tmp_path / name).write_bytes(content)
    (page,) = read_sources([str(tmp_path / name)])
    assert page.media_type == media


@pytest.mark.parametrize(
    ("content", "finding", "words"),
    [
        (b"", "empty-document", "no text"),
        (b" \n\t", "empty-document", "no text"),
        (b"\x1f\x8b\x08\x00", "unreadable-document", "gzip that is cut off"),
        (b"PK\x03\x04...", "unreadable-document", "a damaged ZIP"),
        (b"PAR1...", "unreadable-document", "damaged Parquet"),
        (b"words\x00words", "binary-document", "a zero byte"),
        (bytes(range(1, 9)) * 10, "binary-document", "control characters"),
        (b"x" * 101, "oversized-document", "more than 100 bytes"),
    ],
)
def test_what_is_no_document_is_named_and_the_rest_goes_on(
    tmp_path: Path, content: Any, finding: Any, words: Any
) -> None:
    (tmp_path / "a").write_bytes(content)
    (tmp_path / "b.txt").write_text("fine", encoding="utf-8")
    bad, good = read_sources([str(tmp_path)], max_bytes=100)
    assert isinstance(bad, Finding)
    assert (bad.name, bad.document) == (finding, str(tmp_path / "a"))
    assert words in bad.message
    assert good.content == b"fine"


def test_a_missing_file_and_a_dead_link_are_named(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    found = list(read_sources([str(tmp_path / "nothing.txt"), str(tmp_path)]))
    assert [item.name for item in found] == ["unreadable-document"] * 2
    assert "no such file" in found[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (found,) = read_sources([str(tmp_path)])
    assert found.name == "unreadable-document"


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("once", encoding="utf-8")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path)
    assert names(read_sources([str(tmp_path)])) == ["a.txt"]


def test_standard_input_is_a_document_or_lines_of_documents() -> None:
    (page,) = read_sources(["-"], stdin=io.BytesIO(b"Just words."))
    assert (page.source, page.content) == ("-", b"Just words.")
    one, two = read_sources(["-"], stdin=io.BytesIO(b' {"content": "one"}\n{"content": "two"}\n'))
    assert [one.content, two.content] == [b"one", b"two"]


@pytest.mark.parametrize("sources", [["https://news.example/a"], ["a.txt", "http://x"], ["-", "-"], ["-"]])
def test_wrong_usage_is_told_before_anything_is_read(sources: Any) -> None:
    with pytest.raises(UsageError):
        read_sources(sources)


def test_nothing_is_opened_before_its_turn(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    items = read_sources([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    assert next(items).content == b"one"
    (tmp_path / "b.txt").write_text("two", encoding="utf-8")
    assert next(items).content == b"two"


def test_the_sorts_of_files_are_told(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": b"words", "b.html": b"<p>words", "c.jsonl": b'{"content": "words"}', "d.png": b"\x89PNG", "e.pdf": b"%PDF-",
        "f.eml": b"Subject: x\n\nwords", "g": b"<!doctype html><p>words", "h.txt": b"",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
    told: list[str] = []
    list(read_sources([str(tmp_path)], tell=told.append))
    assert told == ["text", "HTML", "lines of JSON", "other", "PDF", "e-mail", "HTML", "other"]
