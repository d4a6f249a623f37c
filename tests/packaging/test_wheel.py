"""The wheel: what lies in it, what it says it needs, and that with just that it works where there is no network."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from email.message import Message
from email.parser import BytesParser
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SOURCE = ROOT / "src" / "pledgebook"
ARTICLE = (
    "Berlin, 15 February 2024. Microsoft will invest 3.2 billion euros in data centres in Germany by the end of 2025."
)
Run = Callable[..., subprocess.CompletedProcess[str]]


def build(folder: Path, *, source: Path = ROOT, kind: str = "wheel") -> Path:
    """What the installed backend makes of the source: a wheel, or an archive of the source itself."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    [found] = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("hatchling")
    return build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def read(wheel: Path, ending: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(ending)]
        return archive.read(name)


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    return BytesParser().parsebytes(read(wheel, ".dist-info/METADATA"))


def requirements(metadata: Message, extra: str = "") -> list[Requirement]:
    found = [Requirement(line) for line in metadata.get_all("Requires-Dist", [])]
    return [item for item in found if item.marker is None or (extra and item.marker.evaluate({"extra": extra}))]


# ------------------------------------------------------------------------------------------------- what lies in it


def test_every_file_of_the_package_is_in_the_wheel(names: set[str]) -> None:
    files = {path for path in SOURCE.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    assert {str(path.relative_to(SOURCE.parent)) for path in files} - names == set()


@pytest.mark.parametrize(
    ("pattern", "least"),
    [
        (r"pledgebook/lexicon/languages/\w+\.toml", 36),
        (r"pledgebook/lexicon/cldr/\w+\.toml", 36),
        (r"pledgebook/lexicon/world/places\.\w+\.blocks", 10),
        (r"pledgebook/extract/claims/weights\.json", 1),
        (r"pledgebook/show/demo/articles/.+\.(txt|html)", 48),
        (r"pledgebook/show/web/templates/\w+\.html", 20),
        (r"pledgebook/show/web/static/fonts/.+\.woff2", 4),
        (r"pledgebook/show/web/static/(app\.js|style\.css|icon\.svg)", 3),
        (r"pledgebook/show/web/world\.json", 1),
        (r"pledgebook/show/web/locale/\w+\.po", 5),
        (r"pledgebook/show/starter_sources\.toml", 1),
        (r"pledgebook/store/migrations/\d{4}_\w+\.sql", 2),
        (r"pledgebook/claim\.schema\.json", 1),
        (r"pledgebook/py\.typed", 1),
        (r".+\.data/data/share/man/man1/pledgebook\.1", 1),
        (r".+\.data/data/share/bash-completion/completions/pledgebook", 1),
        (r".+\.data/data/share/zsh/site-functions/_pledgebook", 1),
        (r".+\.data/data/share/fish/vendor_completions\.d/pledgebook\.fish", 1),
        (r".+\.dist-info/sboms/pledgebook\.cdx\.json", 1),
        (r".+\.dist-info/licenses/(LICENSE|NOTICE)", 2),
        (r".+\.dist-info/licenses/.+\.OFL\.txt", 2),
    ],
)
def test_assets_come_along(names: set[str], pattern: str, least: int) -> None:
    assert sum(re.fullmatch(pattern, name) is not None for name in names) >= least


def test_nothing_else_comes_along(names: set[str]) -> None:
    homes = re.compile(r"pledgebook/|pledgebook-[\d.]+(\.dist-info|\.data/data/share)/")
    assert [name for name in names if not homes.match(name) or name.endswith((".pyc", ".db", ".log", "~"))] == []


def test_the_archive_of_the_source_builds_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    archive = build(tmp_path, kind="sdist")
    with tarfile.open(archive) as opened:
        if hasattr(tarfile, "data_filter"):
            opened.extractall(tmp_path, filter="data")
        else:  # Python before 3.11.4
            opened.extractall(tmp_path)  # noqa: S202 - the archive was made just now
    source = tmp_path / archive.name.removesuffix(".tar.gz")
    again = build(tmp_path / "dist", source=source)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()
    for name in (
        "tests/packaging/test_wheel.py",
        "requirements/run.txt",
        ".github/workflows/release.yml",
        "CODEBOOK.md",
    ):
        assert (source / name).is_file(), name


# ------------------------------------------------------------------------------------------------- what it says of itself


def test_the_metadata_tell_what_it_is(metadata: Message) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (metadata["Name"], metadata["Version"]) == ("pledgebook", project["version"])
    assert metadata["License-Expression"] == "Apache-2.0"
    assert metadata["Requires-Python"] == ">=3.11"
    assert str(metadata.get_payload()).startswith("# Pledgebook")


def test_the_version_is_the_same_wherever_it_stands(metadata: Message) -> None:
    from pledgebook import __version__

    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert metadata["Version"] == __version__
    assert f"\nversion: {__version__}\n" in citation


def test_the_readme_installs_what_is_built(wheel: Path) -> None:
    named = re.findall(r"pledgebook-[\w.-]+\.whl", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert named
    assert set(named) == {wheel.name}


def test_the_core_needs_few_packages(metadata: Message) -> None:
    assert len(requirements(metadata)) <= 25
    # What these pull in on their own is counted too, so that it does not grow unseen.
    assert len(closure(metadata, "")) <= 28


def test_what_extras_name_is_installed_in_a_version_that_fits(metadata: Message) -> None:
    extras = set(metadata.get_all("Provides-Extra", []))
    assert extras >= {"web", "feeds", "pdf", "batch", "cluster", "postgres", "export", "mcp", "llm", "all"}
    for extra in extras:
        found = requirements(metadata, extra)
        assert len(found) > len(requirements(metadata)), extra
        for item in found:
            assert item.specifier.contains(distribution(item.name).version, prereleases=True), f"{extra}: {item}"


def test_all_extras_are_in_all(metadata: Message) -> None:
    extras = set(metadata.get_all("Provides-Extra", [])) - {"all"}
    wanted = {item.name for extra in extras for item in requirements(metadata, extra)}
    assert wanted == {item.name for item in requirements(metadata, "all")}


def test_extras_that_messages_and_pages_name_exist(metadata: Message) -> None:
    extras = set(metadata.get_all("Provides-Extra", []))
    pages = [*SOURCE.rglob("*.py"), *(ROOT / "docs").rglob("*.md"), ROOT / "README.md"]
    named = {
        extra.strip()
        for page in pages
        for list_ in re.findall(r"pledgebook\[([a-z, ]+)\]", page.read_text(encoding="utf-8"))
        for extra in list_.split(",")
    }
    assert named - extras == set()
    assert {"web", "pdf"} <= named


def test_the_bill_of_materials_names_what_the_core_installs(wheel: Path, metadata: Message) -> None:
    bill = json.loads(read(wheel, ".dist-info/sboms/pledgebook.cdx.json"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = {part["name"] for part in bill["components"]}
    assert closure(metadata, "") - listed == set()
    known = {bill["metadata"]["component"]["bom-ref"], *(part["bom-ref"] for part in bill["components"])}
    for item in bill["dependencies"]:
        assert {item["ref"], *item["dependsOn"]} <= known


# ------------------------------------------------------------------------------------------------- on its own


def closure(metadata: Message, extra: str) -> set[str]:
    """The names of all packages that an install with the extra brings, as this environment's own metadata tell it."""
    found: set[str] = set()
    todo = [(item.name, frozenset(item.extras)) for item in requirements(metadata, extra)]
    seen = set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        found.add(canonicalize_name(name))
        for line in distribution(name).requires or ():
            item = Requirement(line)
            if item.marker is None or any(item.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                todo.append((item.name, frozenset(item.extras)))
    return found


def site(folder: Path, packages: set[str]) -> Path:
    """A folder that has these packages and no others, as links to those that are installed."""
    for name in packages:
        for file in distribution(name).files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not (folder / top).exists():
                (folder / top).symlink_to(Path(str(distribution(name).locate_file(top))))
    return folder


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel."""
    base = Path(getattr(sys, "_base_executable", sys.executable))
    if subprocess.run([base, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        pytest.skip("no pip to install with")
    folder = tmp_path_factory.mktemp("home")
    subprocess.run([base, "-m", "venv", "--without-pip", folder], check=True)
    subprocess.run(
        [base, "-m", "pip", "--disable-pip-version-check", "--python", folder / "bin" / "python", "install", "--quiet",
         "--no-deps", "--no-index", "--no-compile", wheel],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def box() -> list[str]:
    """What to put before a command so that loopback is all the network it has; empty where that can't be done here."""
    unshare = shutil.which("unshare")
    words = [str(unshare), "--net" if os.geteuid() == 0 else "-rn", sys.executable, str(HERE / "loopback.py")]
    works = unshare and not subprocess.run([*words, sys.executable, "-V"], capture_output=True, check=False).returncode
    return words if works else []


@pytest.fixture(params=["", "web"], ids=["core", "web"], scope="module")
def extra(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def run(
    home: Path, box: list[str], extra: str, metadata: Message, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Run]:
    """Runs a command of the installed wheel beside what it said that it needs, in a folder of its own."""
    packages = site(tmp_path_factory.mktemp("site"), closure(metadata, extra))
    [own] = (home / "lib").glob("python*/site-packages")
    (own / "needed.pth").write_text(f"{packages}\n", encoding="utf-8")
    place = tmp_path_factory.mktemp("place")

    def called(*words: str, program: str = "pledgebook", **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*box, str(home / "bin" / program), *words],
            cwd=place, env={"PATH": f"{home / 'bin'}:/usr/bin:/bin", "HOME": str(place), "LANG": "C.UTF-8", **variables},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    yield called
    (own / "needed.pth").unlink()


def test_it_is_the_wheel_that_runs(run: Run, home: Path) -> None:
    told = run("-c", "import pledgebook; print(pledgebook.__file__)", program="python")
    assert Path(told.stdout.strip()).is_relative_to(home), told.stderr
    assert run("--version").stdout.startswith("pledgebook 0.")


def test_there_is_no_network(run: Run, box: list[str]) -> None:
    if not box:
        pytest.skip("the network can't be taken away here")
    # An address of documentation (RFC 5737): without a route the attempt fails at once.
    told = run("-c", "import socket; socket.create_connection(('192.0.2.1', 443), 5)", program="python")
    assert "unreachable" in told.stderr


def test_a_document_becomes_claims_and_a_file(run: Run, extra: str) -> None:
    told = run("-c", f"open('article.txt', 'w').write({ARTICLE!r})", program="python")
    told = run("extract", "article.txt")
    assert told.returncode == 0, told.stderr
    [claim] = json.loads(told.stdout)["claims"]
    assert (claim["amount"]["value"], claim["amount"]["currency"], claim["destinations"]) == (
        3_200_000_000,
        "EUR",
        ["DE"],
    )
    assert run("ingest", "article.txt", "-q").returncode == 0
    for format_ in ("csv",) if extra else ("jsonl", "jsonld", "iati", "datapackage", "ftm", "csv"):
        told = run("export", "--to", format_, "-o", f"out.{format_}")
        assert told.returncode == 0, told.stderr
    told = run("-c", "print(open('out.csv').read())", program="python")
    assert "3200000000" in told.stdout


@pytest.mark.slow
def test_the_demo_tells_its_total(run: Run, extra: str) -> None:
    if extra:
        pytest.skip("the same with extras")
    told = run("demo", "--workers", "1", "--db", "demo.db")
    assert told.returncode == 0, told.stderr
    assert "48 articles in 14 languages" in told.stderr
    assert re.search(r"The ledger: [1-9]\d* lines that count", told.stdout)


def test_the_server_serves_or_says_what_it_lacks(run: Run, home: Path, extra: str) -> None:
    words = ("serve", "--port", "0", "--owner", "Ada")
    if not extra:
        told = run(*words)
        assert told.returncode == 2
        assert "pledgebook[web]" in told.stderr
        return
    told = run(str(HERE / "ask_server.py"), str(home / "bin" / "pledgebook"), *words, program="python")
    assert told.stdout.startswith("200 /\n200 /api/v1/pledges\n200 /static/style.css\n<!doctype html>"), told.stderr
    assert "Microsoft" in told.stdout


def test_the_man_page_and_the_completion_are_installed(run: Run, home: Path) -> None:
    assert (home / "share" / "man" / "man1" / "pledgebook.1").is_file()
    script = (home / "share" / "bash-completion" / "completions" / "pledgebook").read_text(encoding="utf-8")
    assert "_PLEDGEBOOK_COMPLETE=bash_complete" in script
    told = run(_PLEDGEBOOK_COMPLETE="bash_complete", COMP_WORDS="pledgebook exp", COMP_CWORD="1")
    assert told.stdout == "plain,export\n"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "_PLEDGEBOOK_COMPLETE=bash_source pledgebook" in " ".join(readme.split())
    assert "complete " in run(_PLEDGEBOOK_COMPLETE="bash_source").stdout
