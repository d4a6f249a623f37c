import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pledgebook
from pledgebook.show.cli import main
from pledgebook.show.cli.program import COMMANDS

Call = Callable[..., Any]

SOURCE = str(Path(pledgebook.__file__).parents[1])


def program(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([SOURCE, *filter(None, sys.path)])}
    return subprocess.run(
        [sys.executable, "-m", "pledgebook", *words],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        **options,
    )


def test_the_version_comes_at_once() -> None:
    found = program("--version")
    assert (found.returncode, found.stdout) == (0, f"pledgebook {pledgebook.__version__}\n")
    # What takes time is loading: nothing but the door itself is, no room and no package of others.
    ask = "import sys; sys.argv = ['pledgebook', '--version']; import pledgebook.show.cli as door; door.main()"
    loaded = subprocess.run(
        [sys.executable, "-c", f"import atexit, sys; atexit.register(lambda: print(*sys.modules)); {ask}"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": SOURCE},
        check=False,
    ).stdout.split()
    ours = {name for name in loaded if name.startswith("pledgebook.")}
    assert ours == {"pledgebook.show", "pledgebook.show.cli"}
    assert not {"click", "numpy", "lxml", "trafilatura", "apsw", "json"} & set(loaded)


def test_help_names_every_command(call: Call) -> None:
    told = call("--help")
    assert told.code == 0
    for name, (_, line) in COMMANDS.items():
        assert f"  {name} " in told.out
        assert line in told.out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(call: Call, name: Any) -> None:
    told = call(name, "--help")
    assert told.code == 0
    assert told.out.startswith(f"Usage: pledgebook {name}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "No such command 'nonsense'"),
        (["list", "--nonsense"], "No such option"),
        (["extract"], "Missing argument"),
        (["list", "--since", "Monday"], "'Monday' is no day: write YYYY-MM-DD"),
        (["list", "--stage", "maybe"], "--stage: 'maybe'. Use one of rumoured"),
        (["list", "--country", "Atlantis"], "--country: 'Atlantis'"),
        (["list", "--in", "euros"], "--in: 'euros'"),
        (["total", "--deliverable", "cars"], "--deliverable: 'cars'. Use one of gpus"),
        (["extract", "--reader", "oracle", "a.txt"], "--reader: 'oracle'"),
        (["extract", "--workers", "-1", "a.txt"], "--workers: '-1'"),
        (["evaluate", "nothing.jsonl"], "nothing.jsonl: can't be read"),
        (["list", "--db", "https://x"], "--db: the address https://x"),
    ],
)
def test_wrong_usage_is_2_and_says_what_would_help(call: Call, corpus: Path, words: Any, said: Any) -> None:
    if words[0] == "total":
        call("ingest", corpus, "-q")
    told = call(*words)
    assert told.code == 2
    assert said in told.err
    assert told.out == ""


def test_no_book_is_1(call: Call) -> None:
    told = call("list")
    assert (told.code, told.out) == (1, "")
    assert (
        told.err
        == "error: pledgebook.db: no such book. Make one with `pledgebook ingest`, or name another with --db.\n"
    )


def test_whoever_reads_only_the_head_is_not_scolded(corpus: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([SOURCE, *filter(None, sys.path)])}
    command = (
        f"{sys.executable} -m pledgebook extract --reader plain_reader:PlainReader -q {corpus} {corpus} {corpus} | true"
    )
    found = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, env=environment, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ågård pledges – naïve 東京", encoding="utf-8")
    found = subprocess.run(
        [
            sys.executable,
            "-m",
            "pledgebook",
            "extract",
            "--reader",
            "plain_reader:PlainReader",
            str(tmp_path / "a.txt"),
        ],
        capture_output=True,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([SOURCE, *filter(None, sys.path)]), "LC_ALL": "C", "PYTHONUTF8": "0"},
        check=True,
    )
    assert "東京" in found.stdout.decode("utf-8")


def test_main_without_words_takes_those_of_the_program(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pledgebook", "--version"])
    assert main() == 0
    assert capfd.readouterr().out == f"pledgebook {pledgebook.__version__}\n"
