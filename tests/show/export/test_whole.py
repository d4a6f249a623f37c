from pathlib import Path

import pytest

from pledgebook.show.export import Format, Selection, export
from pledgebook.show.export.formats import OURS
from pledgebook.show.export.whole import whole_file


def test_who_stops_half_way_finds_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with pytest.raises(KeyboardInterrupt), whole_file(target) as stream:  # noqa: PT012 - half a file, then the end
        stream.write(b"half")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"old"
    with whole_file(target) as stream:
        stream.write(b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_device_takes_what_it_gets() -> None:
    with whole_file(Path("/dev/null")) as stream:
        stream.write(b"gone")
    assert Path("/dev/null").is_char_device()


def test_a_format_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_selection: Selection, stream: object) -> None:
        stream.write(b"half")  # type: ignore[attr-defined]
        raise ZeroDivisionError

    monkeypatch.setitem(OURS, "bad", Format("bad", ".bad", "text/plain", fail))
    monkeypatch.setitem(OURS, "packed", Format("packed", ".zip", "application/zip", fail, folder="mark"))
    for name in ("bad", "packed"):
        with pytest.raises(ZeroDivisionError):
            export(Selection(()), name, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
