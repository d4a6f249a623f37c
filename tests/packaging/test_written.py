"""What tools write from the code is as the code is now."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("tool", ["make_man", "make_sbom", "make_codebook"])
def test_what_is_written_is_up_to_date(tool: str) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / f"{tool}.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}Run `python tools/{tool}.py`."


def test_the_man_page_has_no_line_that_troff_can_not_read() -> None:
    page = (ROOT / "share" / "man" / "man1" / "pledgebook.1").read_text(encoding="utf-8")
    requests = {line.split()[0] for line in page.splitlines() if line.startswith((".", "'"))}
    assert requests <= {r".\"", ".TH", ".SH", ".SS", ".PP", ".TP", ".B"}


def test_the_core_brings_at_most_25_packages_all_told() -> None:
    locked = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert len(set(re.findall(r"^([a-z0-9_.-]+)==", locked, flags=re.MULTILINE))) <= 25
