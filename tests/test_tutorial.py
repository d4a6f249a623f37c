"""The tutorial runs from its first cell to its last, and shows pictures."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

TUTORIAL = Path(__file__).parents[1] / "examples" / "tutorial.ipynb"


@pytest.mark.slow
def test_the_tutorial_runs_and_shows_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_PLATFORM_DIRS", "1")
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("PYTHONPATH", str(TUTORIAL.parents[1] / "src"))
    notebook = nbformat.read(TUTORIAL, as_version=4)  # type: ignore[no-untyped-call]
    assert all(not cell.get("outputs") for cell in notebook.cells), "Clear the outputs before you commit it."
    done = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in done.cells for output in cell.get("outputs", ())]
    data = [output["data"] for output in outputs if "data" in output]
    assert sum("image/svg+xml" in shown for shown in data) == 3
    assert sum("text/html" in shown for shown in data) >= 4
    said = "".join(output["text"] for output in outputs if output["output_type"] == "stream")
    assert "times as much" in said
    assert "known by mid 2024" in said
    assert not any(output["output_type"] == "error" for output in outputs)
