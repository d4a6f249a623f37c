import gzip
import random
import sys
import zlib
from pathlib import Path

import pytest

from pledgebook.read.warc import Captured, read_warc
from pledgebook.read.warc_damage import Lost, _quick
from warcs import NAMES, packed, record

dice = random.Random(7)  # noqa: S311 - the same each time
BODIES = [b"<html><p>" + dice.randbytes(3000).hex().encode() + b"</p></html>" for _ in range(10)]
RECORDS = [record(n, body) for n, body in enumerate(BODIES)]


def read(folder: Path, data: bytes, codec: str = "gz") -> tuple[list[int], list[Lost]]:
    path = folder / NAMES[codec]
    path.write_bytes(data)
    found = list(read_warc(path))
    pages = [int(item.uri.rsplit("/", 1)[1]) for item in found if isinstance(item, Captured)]
    return pages, [item for item in found if isinstance(item, Lost)]


def members(codec: str) -> list[bytes]:
    return [packed(item, codec) for item in RECORDS]


ALL_BUT_4 = [0, 1, 2, 3, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("codec", NAMES)
def test_a_sound_archive_gives_every_page_with_its_place(tmp_path: Path, codec: str) -> None:
    data = members(codec)
    assert read(tmp_path, b"".join(data), codec) == (list(range(10)), [])
    found = list(read_warc(tmp_path / NAMES[codec]))
    assert [item.content for item in found if isinstance(item, Captured)] == BODIES
    assert all(
        item.charset == "utf-8" and item.date == "2024-11-19T03:00:00Z" for item in found if isinstance(item, Captured)
    )


@pytest.mark.parametrize("codec", NAMES)
def test_requests_are_no_pages_however_their_field_is_written(tmp_path: Path, codec: str) -> None:
    asked = record(7, b"", kind="request")
    data = [packed(asked, codec), packed(asked.replace(b"WARC-Type:", b"warc-type:"), codec), *members(codec)]
    assert read(tmp_path, b"".join(data), codec) == (list(range(10)), [])


@pytest.mark.parametrize("codec", NAMES)
def test_half_a_member_and_rubbish_cost_that_member_only(tmp_path: Path, codec: str) -> None:
    data = members(codec)
    data[4] = data[4][: len(data[4]) // 2] + bytes(range(200))
    pages, lost = read(tmp_path, b"".join(data), codec)
    assert pages == ALL_BUT_4
    assert [(item.start, item.end) for item in lost] == [(len(b"".join(data[:4])), len(b"".join(data[:5])))]
    assert lost[0].reason


@pytest.mark.parametrize("codec", NAMES)
@pytest.mark.parametrize("length", [100, 9000])
def test_a_record_that_is_not_as_long_as_its_header_says_is_never_taken(
    tmp_path: Path, codec: str, length: int
) -> None:
    data = members(codec)
    data[4] = packed(record(4, BODIES[4], length=length), codec)
    pages, lost = read(tmp_path, b"".join(data), codec)
    assert pages == ALL_BUT_4
    assert len(lost) == 1


@pytest.mark.parametrize("codec", NAMES)
def test_a_file_that_ends_too_early_loses_its_last_record(tmp_path: Path, codec: str) -> None:
    data = b"".join(members(codec))
    pages, lost = read(tmp_path, data[:-900], codec)
    assert pages == list(range(9))
    assert [item.end for item in lost] == [len(data) - 900]


def test_a_flipped_bit_is_seen(tmp_path: Path) -> None:
    data = members("gz")
    flipped = bytearray(data[4])
    flipped[len(flipped) // 2] ^= 4
    data[4] = bytes(flipped)
    assert read(tmp_path, b"".join(data))[0] == ALL_BUT_4


def test_damage_at_both_ends(tmp_path: Path) -> None:
    data = members("gz")
    pages, lost = read(tmp_path, b"rubbish" + b"".join(data) + data[0][:20])
    assert pages == list(range(10))
    assert [item.end - item.start for item in lost] == [7, 20]


def test_what_is_no_archive_is_lost_and_nothing_is_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, b"no archive at all" * 50)[1][0].end == 850
    assert read(tmp_path, b"") == ([], [])


def test_an_archive_packed_as_one_member(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(b"".join(RECORDS))) == (list(range(10)), [])


@pytest.mark.parametrize(("seed", "codec"), [(1, "gz"), (2, "gz"), (3, "plain"), (4, "zst")])
def test_of_twenty_records_with_one_damaged_all_others_are_kept(tmp_path: Path, seed: int, codec: str) -> None:
    throw = random.Random(seed)  # noqa: S311 - the same each time
    data, sound = [], []
    for n in range(400):
        member = packed(record(n, b"<p>" + throw.randbytes(400).hex().encode()), codec)
        if throw.random() < 0.05:
            member = member[: throw.randrange(30, len(member) - 30)] + throw.randbytes(throw.randrange(60))
        else:
            sound.append(n)
        data.append(member)
    pages, lost = read(tmp_path, b"".join(data), codec)
    kept = set(pages) & set(sound)
    assert len(kept) >= 0.995 * len(sound)
    assert set(pages) <= set(sound)
    assert lost
    assert all(0 <= item.start < item.end <= len(b"".join(data)) for item in lost)


@pytest.mark.parametrize("chances", [1, 5])
def test_what_looks_like_a_member_within_a_member_is_none(tmp_path: Path, chances: int) -> None:
    """Stored as they are, bytes of a page may look like the next member, whose length would stand before them."""
    seeming = b"<p>" + b"\x03\0\0\0\x1f\x8b\x08 \xff\xff\xff\xff\x1f\x8b\x08" * chances
    stored = gzip.compress(record(7, seeming), 0)
    assert stored.count(b"\x1f\x8b\x08") == 2 * chances + 1
    assert read(tmp_path, packed(RECORDS[0], "gz") + stored + packed(RECORDS[1], "gz")) == ([0, 7, 1], [])


def test_what_cannot_be_one_member_is_not_taken_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.read.warc_damage._MAX_MEMBER", 40_000)
    several = gzip.compress(b"".join(RECORDS * 4), 0)
    assert len(several) > 40_000
    assert read(tmp_path, several) == (list(range(10)) * 4, [])


def test_what_stands_between_members_is_lost(tmp_path: Path) -> None:
    first, second = packed(RECORDS[0], "gz"), packed(RECORDS[1], "gz")
    # The second time it ends as the member before it does.
    for rubbish in (b"rubbish", b"rubbish" + first[-4:]):
        pages, lost = read(tmp_path, first + rubbish + second)
        assert pages == [0, 1]
        assert [(item.start, item.end) for item in lost] == [(len(first), len(first) + len(rubbish))]


def test_what_is_no_page_is_named_and_not_kept(tmp_path: Path) -> None:
    gone = record(1, b"gone").replace(b"200 OK", b"404 No")
    picture = record(2, b"x" * 9).replace(b"text/html; charset=utf-8", b"image/jpeg; charset=utf-8"[:24])
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        b"".join(packed(item, "gz") for item in (gone, picture, record(3, b"  "), record(4, b"<p>" + b"y" * 99)))
    )
    found = [item for item in read_warc(path, max_bytes=120) if isinstance(item, Captured)]
    assert [item.refused for item in found] == ["no-page", "not-text", "empty", ""]
    assert [item.refused for item in read_warc(path, max_bytes=60) if isinstance(item, Captured)][-1] == "oversized"


def test_a_body_still_packed_is_unpacked_within_limits(tmp_path: Path) -> None:
    page = b"<p>" + b"packed " * 50
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page)
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        packed(record(1, gzip.compress(page), head="Content-Encoding: gzip\r\n"), "gz")
        + packed(record(2, page, head="Content-Encoding: gzip\r\n"), "gz")
        + packed(record(3, chunked, head="Transfer-Encoding: chunked\r\n"), "gz")
        + packed(record(4, gzip.compress(b"<p>" + bytes(10_000_000)), head="Content-Encoding: gzip\r\n"), "gz")
    )
    found = [item for item in read_warc(path, max_bytes=20_000) if isinstance(item, Captured)]
    assert [item.content for item in found[:3]] == [page, page, page]
    assert len(found[3].content) == 20_000


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = zlib.compressobj(9, wbits=31)
    http = len(record(1, b"").split(b"\r\n\r\n", 1)[1]) - 4
    head = record(1, b"", length=http + 200_000_000).removesuffix(b"\r\n\r\n")
    data = bomb.compress(head)
    for _ in range(200):
        data += bomb.compress(bytes(1_000_000))
    data += bomb.compress(b"\r\n\r\n") + bomb.flush()
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(data + members("gz")[2])
    assert len(data) < 300_000
    found = [item for item in read_warc(path, max_bytes=1_000_000) if isinstance(item, Captured)]
    assert [item.refused for item in found] == ["oversized", ""]


def test_a_heavy_archive_of_one_member_is_read_and_a_damaged_heavy_one_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pledgebook.read.warc_damage._MAX_MEMBER", 9_000)
    whole = gzip.compress(b"".join(RECORDS), mtime=0)
    assert read(tmp_path, whole) == (list(range(10)), [])
    small = packed(record(99, b"<p>small"), "gz")
    pages, lost = read(tmp_path, small + whole[: len(whole) // 2] + bytes(range(200)) + small)
    assert (pages[0], pages[-1]) == (99, 99)
    assert [item.end for item in lost] == [len(small) + len(whole) // 2 + 200]


def test_without_the_fast_library_the_same_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = members("gz")
    data[4] = data[4][: len(data[4]) // 2] + bytes(range(200))
    fast = read(tmp_path, b"".join(data))
    monkeypatch.setitem(sys.modules, "deflate", None)
    _quick.cache_clear()
    slow = read(tmp_path, b"".join(data))
    _quick.cache_clear()
    assert slow[0] == fast[0] == ALL_BUT_4
    assert [(item.start, item.end) for item in slow[1]] == [(item.start, item.end) for item in fast[1]]
