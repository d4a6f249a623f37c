"""A command line to call, away from whatever settings this machine has."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pledgebook.show.cli import main


@dataclass(frozen=True)
class Called:
    """How a call ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Called]:
    for name in list(os.environ):
        if name.startswith("PLEDGEBOOK_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / "config"))
    monkeypatch.setenv("PLEDGEBOOK_READER", "plain_reader:PlainReader")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.chdir(tmp_path)

    def called(*words: object) -> Called:
        code = main([str(word) for word in words])
        captured = capfdbinary.readouterr()
        return Called(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return called


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Three articles about three pledges, one of them told twice."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "MADRID, May 13, 2024 (Wire) - Acme pledges 3000000 EUR to ES. So it says.", encoding="utf-8"
    )
    (folder / "b.txt").write_text(
        "PARIS, May 14, 2024 (Wire) - Told again: Acme pledges 3000000 EUR to ES. Bolt pledges 9000000 USD to FR.",
        encoding="utf-8",
    )
    (folder / "c.txt").write_text(
        "TOKYO, May 15, 2024 (Wire) - Cora pledges 500000000 JPY to JP. <b>And</b> nothing else.", encoding="utf-8"
    )
    return folder
