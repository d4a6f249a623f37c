"""`watch` and `sources` as people call them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from local_site import Answer, Site, served
from pledgebook.flow.watch_sources import read_watch_sources
from pledgebook.read.web import Networks, check_url
from pledgebook.show.cli import main
from pledgebook.show.cli.sources import starter_text
from pledgebook.store import open_book

ARTICLE = """<!doctype html><html lang="en"><head><title>{0} to build in Ghent</title>
<meta property="article:published_time" content="2026-05-12"></head><body><article><h1>{0} to build a campus in Ghent</h1>
<p>{0} will invest 400 million euros in a data centre in Ghent, Belgium, the company said on Tuesday.</p>
<p>Work on the halls begins next spring and the first of them is to open two years after that.</p></article></body></html>"""


@pytest.fixture
def site() -> Iterator[Site]:
    with served(Site()) as running:
        yield running


@pytest.fixture
def sources(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLEDGEBOOK_ALLOW_NETWORKS", "127.0.0.1")
    monkeypatch.setenv("PLEDGEBOOK_PAUSE", "0")
    items = "".join(f"<item><link>{site.url}/{name}</link></item>" for name in ("acme", "umbra"))
    site.put("/feed", f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>", "application/rss+xml")
    site.put("/acme", ARTICLE.format("Microsoft"))
    site.put("/umbra", ARTICLE.format("Google"))
    path = tmp_path / "sources.toml"
    path.write_text(f'[[source]]\nname = "press"\nurl = "{site.url}/feed"\nevery = "1s"\n', encoding="utf-8")
    return path


def test_once_takes_in_what_is_new_and_sources_tells_how_they_are(
    sources: Path, site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["sources", str(sources), "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "new"
    assert main(["watch", str(sources), "--once", "--format", "jsonl"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["polled"], told["new"], told["claims"], told["failing"], told["waiting"]) == (1, 2, 2, 0, 0)
    assert main(["watch", str(sources), "--once", "--format", "table"]) == 0
    assert "1 sources asked, 0 documents" in capsys.readouterr().out
    site.pages["/feed"] = Answer(status=500)
    assert main(["watch", str(sources), "--once"]) == 3
    _, err = capsys.readouterr()
    assert "press: " in err
    assert "answers 500" in err
    assert main(["sources", str(sources), "--format", "jsonl"]) == 0
    health = json.loads(capsys.readouterr().out)
    assert (health["state"], health["failures"], health["new"]) == ("failing", 1, 2)
    assert main(["sources", str(sources), "--format", "table"]) == 0
    assert "failing (1)" in capsys.readouterr().out
    assert main(["list", "--format", "jsonl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_it_goes_on_until_it_is_told_to_stop(sources: Path, site: Site) -> None:
    watching = subprocess.Popen(
        [sys.executable, "-m", "pledgebook", "watch", str(sources), "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    try:
        assert watching.stdout is not None
        first = json.loads(watching.stdout.readline())
        assert first["new"] == 2
        # Meanwhile nobody else may use its memory.
        assert main(["watch", str(sources), "--once"]) == 1
        site.put("/late", ARTICLE.format("Amazon"))
        site.put("/feed", f"<rss version='2.0'><channel><item><link>{site.url}/late</link></item></channel></rss>")
        assert json.loads(watching.stdout.readline())["new"] == 1
        since = time.monotonic()
        watching.send_signal(signal.SIGTERM)
        _, said = watching.communicate(timeout=30)
        assert (watching.returncode, "Stopping" in said) == (0, True)
        assert time.monotonic() - since < 10
    finally:
        watching.kill()
        watching.wait()
    with closing(open_book("pledgebook.db")) as book:
        assert len(book.documents()) == 3


def test_it_ends_after_the_time_it_is_given(sources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    since = time.monotonic()
    assert main(["watch", str(sources), "--for", "2s", "--format", "jsonl"]) == 0
    assert time.monotonic() - since < 20
    assert json.loads(capsys.readouterr().out.splitlines()[0])["new"] == 2


def test_a_url_is_a_source_of_extract_and_ingest(sources: Path, site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    assert sources.exists()
    assert main(["extract", f"{site.url}/acme", "--format", "jsonl"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["document"]["source"], len(line["claims"])) == (f"{site.url}/acme", 1)
    assert "/robots.txt" not in site.paths()
    Path("list.txt").write_text(f"{site.url}/acme\n{site.url}/gone\n", encoding="utf-8")
    assert main(["ingest", "list.txt", "--format", "jsonl"]) == 3
    out, err = capsys.readouterr()
    assert (json.loads(out)["new"], "answers 404" in err) == (1, True)
    assert main(["extract", f"{site.url}/feed"]) == 3
    assert "no article but a feed" in capsys.readouterr().err


def test_a_person_names_a_url_and_a_list_of_urls_is_a_robots(
    sources: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    assert sources.exists()
    site.put("/robots.txt", "User-agent: *\nDisallow: /acme\n", "text/plain")
    assert main(["extract", f"{site.url}/acme", "--format", "jsonl"]) == 0
    Path("list.txt").write_text(f"{site.url}/acme\n", encoding="utf-8")
    assert main(["extract", "list.txt"]) == 3
    assert "asks us to stay away" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x", "no TOML"),
        ("", "no [[source]]"),
        ("[[source]]\nname = 'x'\n", "no url and no path"),
        ("[[source]]\nurl = 'https://a.example'\nevery = 'soon'\n", "no time"),
        ("[[source]]\nurl = 'https://a.example'\nkind = 'thing'\n", "'thing'"),
        ("[[source]]\nurl = 'https://a.example'\ninclude = ['(']\n", "regular expressions"),
        ("[[source]]\nurl = 'https://a.example'\nevry = '1h'\n", "'evry'"),
        ("[[source]]\nurl = 'https://a.example'\ntext = 'all'\n", "Use page or feed"),
        ("[[source]]\nurl = 'https://a.example'\n[[source]]\nurl = 'https://a.example'\n", "twice"),
        ("[sources]\n", "no part of it"),
    ],
)
def test_a_file_that_makes_no_sense_is_told_where(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.toml").write_text(text, encoding="utf-8")
    assert main(["watch", str(tmp_path / "s.toml"), "--once", "--db", str(tmp_path / "b.db")]) == 2
    assert words in capsys.readouterr().err


def test_the_starter_file_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "--starter"]) == 0
    assert capsys.readouterr().out == starter_text()
    sources = read_watch_sources(starter_text(), where="starter", folder=Path())
    assert len(sources) >= 80
    assert len({source.country for source in sources}) >= 40
    for source in sources:
        assert check_url(source.url, Networks()).scheme == "https"
        assert source.country is not None
        assert re.fullmatch("[A-Z]{2}", source.country)
        assert source.kind != "links" or source.include


def test_sources_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources"]) == 2
    assert "--starter" in capsys.readouterr().err


def test_without_the_extra_it_says_what_to_install(
    sources: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("pledgebook.read.web", "pledgebook.flow.watch"))]:
        monkeypatch.delitem(sys.modules, name)
    for name in ("pledgebook.read.visits", "pledgebook.show.cli.fetching", "pledgebook.show.cli.watch"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    assert main(["watch", str(sources), "--once"]) == 2
    assert main(["extract", "https://news.example/a"]) == 2
    assert capsys.readouterr().err.count("pip install 'pledgebook[feeds]'") == 2


def test_ingest_tells_what_sorts_of_files_it_met(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"Words of note {number}.", encoding="utf-8")
        (tmp_path / f"{number}.html").write_text(f"<html><p>Words of page {number}.</p></html>", encoding="utf-8")
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    assert main(["ingest", str(tmp_path), "--db", str(tmp_path / ".b.db")]) == 3
    assert "25 files: 12 HTML, 12 text, 1 other." in capsys.readouterr().err
