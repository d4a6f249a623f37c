"""The example package, built and put beside ours, brings one of everything."""

import json
import os
import subprocess
import sys
import zipfile
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from pledgebook import plugins as room
from pledgebook.domain import UsageError
from pledgebook.flow import load_reader

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "pledgebook-tiny"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as an installer would unpack it."""
    folder = tmp_path_factory.mktemp("site")
    code = f"import hatchling.build; print(hatchling.build.build_wheel({str(folder)!r}))"
    built = subprocess.run([sys.executable, "-c", code], cwd=EXAMPLE, capture_output=True, text=True, check=True)
    with zipfile.ZipFile(folder / built.stdout.split()[-1]) as wheel:
        wheel.extractall(folder)
    return folder


def run(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PLEDGEBOOK_")}
    environment |= {"PYTHONPATH": os.pathsep.join([str(site), str(ROOT / "src")]), "HOME": str(folder)}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_a_reader_a_source_and_an_organisation(site: Path, tmp_path: Path) -> None:
    words = ("-m", "pledgebook", "extract", "tiny:fjord", "tiny:nowhere", "--format", "jsonl")
    done = run(site, tmp_path, *words, "--reader", "shout")
    assert done.returncode == 3, done.stderr
    assert "tiny:nowhere: no such article" in done.stderr
    (claim,) = json.loads(done.stdout)["claims"]
    assert [party["name"] for party in claim["investors"]] == ["Fjordkraft Compute"]
    assert (claim["amount"]["value"], claim["amount"]["currency"]) == (450_000_000, "EUR")
    assert claim["places"] == ["OSLO"]
    rules = run(site, tmp_path, *words, "--reader", "rules")
    assert json.loads(rules.stdout)["claims"][0]["places"] == ["Oslo"]


def test_an_export_format(site: Path, tmp_path: Path) -> None:
    assert run(site, tmp_path, "-m", "pledgebook", "ingest", "tiny:fjord").returncode == 0
    done = run(site, tmp_path, "-m", "pledgebook", "export", "--to", "markdown")
    assert done.stdout == "- [x] Fjordkraft Compute, announced: counts\n", done.stderr
    wrong = run(site, tmp_path, "-m", "pledgebook", "export", "--to", "docx")
    assert "jsonld, markdown." in wrong.stderr


def test_a_language(site: Path, tmp_path: Path) -> None:
    code = (
        "import pledgebook; [found] = pledgebook.find_money('Acme investos ĉirkaŭ 2,5 miliardojn da eŭroj.', 'eo');"
        "print(found.amount.value, found.amount.currency, found.amount.qualifier)"
    )
    done = run(site, tmp_path, "-c", code)
    assert done.stdout.split() == ["2500000000.0", "EUR", "about"] or "2500000000" in done.stdout, done.stderr


def test_what_is_installed_changes_the_fingerprint_of_the_rules(site: Path, tmp_path: Path) -> None:
    code = "from pledgebook.flow import load_reader; print(load_reader('rules').version)"
    assert run(site, tmp_path, "-c", code).stdout.strip() not in ("", load_reader("rules").version)


def test_two_packages_with_one_name_and_one_that_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("loud", "one:Reader", room.READERS), EntryPoint("loud", "other:Reader", room.READERS)]
    monkeypatch.setattr(room, "_points", lambda: EntryPoints(points))
    monkeypatch.setattr(room, "_may_have_some", lambda: True)
    room.plugins.cache_clear()
    try:
        with pytest.raises(UsageError, match="both one:Reader and other:Reader"):
            load_reader("loud")
        points.pop()
        room.plugins.cache_clear()
        with pytest.raises(UsageError, match="one:Reader of an installed package, which can't be loaded"):
            load_reader("loud")
        assert room.origin_of(room.READERS, "loud") == "one:Reader"
        with pytest.raises(UsageError, match="which we don't know"):
            load_reader("quiet")
    finally:
        room.plugins.cache_clear()
