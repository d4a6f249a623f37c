"""What mkdocs needs to know of these pages: they are written to be read in the repository, too.

Files beside docs/ that a page links to come along into the site; the changelog and the tutorial become pages.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# Pages of the site that lie elsewhere in the repository, by where they lie.
PAGES = {"CHANGELOG.md": "changelog.md", "examples/tutorial.ipynb": "tutorial.md"}
_LINK = re.compile(r"(?P<before>\]\()(?P<target>[^)\s#]+)(?P<anchor>#[^)\s]*)?(?=\))")
_FENCE = re.compile(r"^(?P<mark>```[a-z]+) (?P<title>\S+)$", re.MULTILINE)


def brought(docs: Path) -> dict[str, str]:
    """The files of the repository that pages link to, by their place in the site."""
    found = dict(PAGES)
    waiting = [f"docs/{page.relative_to(docs).as_posix()}" for page in sorted(docs.rglob("*.md"))] + list(PAGES)
    while waiting:
        page = waiting.pop(0)
        for target in _targets(page, (ROOT / page).read_text(encoding="utf-8")):
            if not target.startswith(("docs/", "..")) and target not in found and (ROOT / target).is_file():
                found[target] = target
                waiting += [target] if target.endswith(".md") else []
    return {place: source for source, place in found.items()}


def markdown(source: str, place: str, text: str) -> str:
    """A file of the repository as it stands in the site at `place`: its links lead to where things lie there."""
    if source.endswith(".ipynb"):
        text = _notebook(text)

    def moved(link: re.Match[str]) -> str:
        if not _is_local(link["target"]):
            return link.group()
        target = _target(source, link["target"])
        there = PAGES.get(target, target.removeprefix("docs/"))
        found = relpath(there, str(PurePosixPath(place).parent))
        return f"{link['before']}{found}{link['anchor'] or ''}"

    text = _LINK.sub(moved, text)
    text = text.replace("```python\n>>> ", "```pycon\n>>> ")
    return _FENCE.sub(r'\g<mark> title="\g<title>"', text)


def _is_local(target: str) -> bool:
    return "://" not in target and not target.startswith(("#", "mailto:"))


def _target(source: str, target: str) -> str:
    return normpath(f"{PurePosixPath(source).parent}/{target}")


def _targets(source: str, text: str) -> list[str]:
    return [_target(source, link["target"]) for link in _LINK.finditer(text) if _is_local(link["target"])]


def _notebook(text: str) -> str:
    """A notebook as Markdown: its words and its code. What it shows, it shows when it is run."""
    parts = []
    for cell in json.loads(text)["cells"]:
        words = "".join(cell["source"]).strip()
        parts.append(words if cell["cell_type"] == "markdown" else f"```python\n{words}\n```")
    return "\n\n".join(parts) + "\n"


# ------------------------------------------------------------------------------------------------- called by mkdocs


def on_files(files: Any, config: Any) -> Any:  # noqa: ANN401 - mkdocs is not installed where this is checked
    """The files of the site: those of docs/, and what they link to beside it."""
    from mkdocs.structure.files import File  # noqa: PLC0415

    for place, source in brought(Path(config["docs_dir"])).items():
        is_page = place.endswith(".md")
        content: Callable[[Path], Any] = Path.read_text if is_page else Path.read_bytes
        files.append(File.generated(config, place, content=content(ROOT / source)))
    return files


def on_page_markdown(text: str, page: Any, config: Any, **_: Any) -> str:  # noqa: ANN401
    """The Markdown of a page with links that lead somewhere in the site."""
    place = page.file.src_uri
    sources = brought(Path(config["docs_dir"]))
    return markdown(sources.get(place, f"docs/{place}"), place, text)
