"""The workflows run nobody's moving target, and only the one step that publishes may publish."""

import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2] / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))


def load(path: Path) -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    # YAML 1.1 takes the key `on` for a boolean.
    return {str(key): value for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


def test_there_are_workflows() -> None:
    assert [path.stem for path in WORKFLOWS] == ["ci", "release"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_named_by_its_commit(path: Path) -> None:
    for words in re.findall(r"uses: *(.+)", path.read_text(encoding="utf-8")):
        assert words.startswith("./") or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", words), words


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_jobs_may_only_read_unless_they_say_otherwise(path: Path) -> None:
    assert load(path)["permissions"] == {"contents": "read"}


def test_only_what_needs_it_may_sign_or_publish() -> None:
    jobs = load(FOLDER / "release.yml")["jobs"]
    assert {name for name, job in jobs.items() if "id-token" in job.get("permissions", {})} == {"attest", "publish"}
    assert jobs["publish"]["environment"]["name"] == "pypi"
    # What is signed and published is what was built and tried, byte for byte.
    assert "build" in jobs["attest"]["needs"]
    assert "attest" in jobs["publish"]["needs"]
    assert not any("run" in step for step in jobs["publish"]["steps"])


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_what_workflows_make_is_in_the_makefile(path: Path) -> None:
    targets = (FOLDER.parents[1] / "Makefile").read_text(encoding="utf-8")
    for name in re.findall(r"\bmake ([a-z-]+)", path.read_text(encoding="utf-8")):
        assert re.search(rf"^{name}:", targets, re.MULTILINE), name
