import csv
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import frictionless
import pytest

from factory import RATES
from pledgebook.domain import Entry, UsageError, WireError
from pledgebook.flow.ledger import entries_of
from pledgebook.show.export import Selection, export
from pledgebook.show.export.datapackage import read_package, write_package
from pledgebook.show.export.datapackage.version import known_package


def package(selection: Selection, path: Path) -> Path:
    with path.open("wb") as stream:
        write_package(selection, stream)
    return path


def described(path: Path) -> dict[str, object]:
    with zipfile.ZipFile(path) as archive:
        return dict(json.loads(archive.read("datapackage.json")))


def again(path: Path, before: Selection) -> Selection:
    """The selection of a book made from a package."""
    found = read_package(path)
    lines = entries_of(found.documents, decisions=found.decisions, rates=RATES, currency="USD")
    return Selection(
        lines, {item.document.id: item for item in found.documents}, found.decisions, snapshot=before.snapshot
    )


@pytest.mark.parametrize("which", ["demo", "nasty"])
def test_frictionless_accepts_it(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    report = frictionless.validate(str(package(request.getfixturevalue(which), tmp_path / "p.zip")), type="package")
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    rows = {task.name: task.stats.get("rows", 0) for task in report.tasks}
    assert rows["pledges"] == len(request.getfixturevalue(which).entries)
    assert rows["evidence"] > 0
    assert set(rows) == {
        "pledges", "parties", "pledge_parties", "relations", "documents", "claims", "evidence", "decisions",
    }  # fmt: skip


def test_frictionless_sees_a_broken_key(demo: Selection, tmp_path: Path) -> None:
    export(demo, "datapackage", tmp_path / "p")
    claims = tmp_path / "p" / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace(demo.pledges[0].id, "pledge-0"), encoding="utf-8")
    report = frictionless.validate(
        str(tmp_path / "p" / "datapackage.json"), type="package", basepath=str(tmp_path / "p")
    )
    assert {error[0] for error in report.flatten(["type"])} >= {"foreign-key"}


@pytest.mark.parametrize("which", ["demo", "nasty"])
def test_a_book_made_from_it_gives_the_same_package(which: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    selection: Selection = request.getfixturevalue(which)
    if which == "nasty":  # a rejected claim stays in the ledger and does not count
        selection = replace(
            selection,
            entries=entries_of(
                list(selection.documents.values()), decisions=selection.decisions, rates=RATES, currency="USD"
            ),
        )
    first = package(selection, tmp_path / "1.zip")
    found = read_package(first)
    assert found.documents == tuple(selection.documents[name] for name in sorted(selection.documents))
    assert found.decisions == tuple(selection.decisions)
    second = package(again(first, selection), tmp_path / "2.zip")
    assert first.read_bytes() == second.read_bytes()


def test_a_folder_and_an_archive_hold_the_same(demo: Selection, tmp_path: Path) -> None:
    export(demo, "datapackage", tmp_path / "p")
    export(demo, "datapackage", tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        for name in archive.namelist():
            assert (tmp_path / "p" / name).read_bytes() == archive.read(name)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert read_package(tmp_path / "p") == read_package(tmp_path / "p.zip")
    export(demo, "datapackage", tmp_path / "p")  # a package is replaced
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p", "p.zip"]


def test_a_folder_that_is_no_package_stays(demo: Selection, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("dear diary", encoding="utf-8")
    with pytest.raises(UsageError, match="no folder with datapackage"):
        export(demo, "datapackage", tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["diary.txt"]


def test_a_filtered_package_names_only_what_it_holds(demo: Selection, tmp_path: Path) -> None:
    french = [entry for entry in demo.entries if "FR" in entry.pledge.destinations]
    path = package(replace(demo, entries=french), tmp_path / "fr.zip")
    assert frictionless.validate(str(path), type="package").valid
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("pledges.csv"), "utf-8", newline="")))
    assert {row["id"] for row in rows} == {entry.id for entry in french}


def fewer(selection: Selection) -> Selection:
    return replace(selection, entries=selection.entries[1:])


def corrected(selection: Selection) -> Selection:
    first = selection.entries[0]
    changed: Entry = replace(first, reason="replaced by a newer plan")
    return replace(selection, entries=[changed, *selection.entries[1:]])


@pytest.mark.parametrize(
    ("change", "version"),
    [(lambda it: it, "1.0.0"), (corrected, "1.0.1"), (fewer, "2.0.0")],
    ids=["nothing", "corrected", "fewer"],
)
def test_the_version_says_what_changed(
    demo: Selection, tmp_path: Path, change: Callable[[Selection], Selection], version: str
) -> None:
    before = package(demo, tmp_path / "before.zip")
    assert described(before)["version"] == "1.0.0"
    after = package(replace(change(demo), previous=before), tmp_path / "after.zip")
    assert described(after)["version"] == version
    if version == "1.0.0":
        assert after.read_bytes() == before.read_bytes()


def test_more_rows_raise_the_second_number(demo: Selection, tmp_path: Path) -> None:
    before = package(fewer(demo), tmp_path / "before.zip")
    after = package(replace(demo, previous=before), tmp_path / "after.zip")
    assert described(after)["version"] == "1.1.0"
    assert known_package(after).version == "1.1.0"


def test_columns_that_changed_raise_the_first(demo: Selection, tmp_path: Path) -> None:
    export(demo, "datapackage", tmp_path / "p")
    descriptor = tmp_path / "p" / "datapackage.json"
    told = json.loads(descriptor.read_text(encoding="utf-8"))
    told["version"], told["resources"][0]["schema"]["fields"][0]["name"] = "3.4.5", "identifier"
    told["resources"][0]["schema"]["primaryKey"] = ["identifier"]
    descriptor.write_text(json.dumps(told), encoding="utf-8")
    after = package(replace(demo, previous=tmp_path / "p"), tmp_path / "after.zip")
    assert described(after)["version"] == "4.0.0"


@pytest.mark.parametrize(
    ("name", "content", "seen"),
    [
        ("a.zip", b"no archive", "no data package"),
        ("gone.zip", None, "no data package"),
        ("d/datapackage.json", b"{}", "no list of resources"),
        ("d/datapackage.json", b"{", "no JSON"),
        ("d/datapackage.json", b'{"resources": []}', "no evidence.csv"),
    ],
)
def test_what_is_no_package_is_named(tmp_path: Path, name: str, content: bytes | None, seen: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    with pytest.raises(WireError, match=seen):
        read_package(path.parent if name.startswith("d/") else path)


def test_words_that_are_not_in_the_text_are_refused(demo: Selection, tmp_path: Path) -> None:
    export(demo, "datapackage", tmp_path / "p")
    documents = tmp_path / "p" / "documents.csv"
    documents.write_text(documents.read_text(encoding="utf-8").replace("Microsoft", "Macrosoft"), encoding="utf-8")
    with pytest.raises(WireError, match="where the text says 'Macrosoft'"):
        read_package(tmp_path / "p")
