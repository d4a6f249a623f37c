"""Everything that people can name has its place in the docs: commands, options, settings, paths, findings; no link is dead."""

import ast
import importlib.util
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
import yaml

import pledgebook
from pledgebook.show.cli.program import program
from pledgebook.show.settings import SETTINGS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "pledgebook"
# What makes a Finding, or hands its first argument on to one as its name.
MAKERS = {"Finding", "_refusal"}
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<target>[^)\s]+)\)")
_NAME = re.compile(r"[a-z]+(-[a-z0-9]+)+")
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def below(command: click.Command, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from below(found, (*words, name))


COMMANDS = dict(below(program, ("pledgebook",)))


def section(page: str, heading: str) -> str:
    found = re.search(rf"^## {re.escape(heading)}$(?P<body>.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/reference/commands.md has no '{heading}'"
    return found["body"]


@pytest.mark.parametrize("words", [w for w, c in COMMANDS.items() if not isinstance(c, click.Group) or len(w) == 1])
def test_every_command_and_option_is_documented(words: tuple[str, ...]) -> None:
    body = section((DOCS / "reference" / "commands.md").read_text(encoding="utf-8"), " ".join(words))
    for param in COMMANDS[words].params:
        if isinstance(param, click.Option):
            for name in (*param.opts, *param.secondary_opts):
                assert re.search(rf"`{re.escape(name)}[` ]", body), name
            assert param.help, f"{' '.join(words)} {param.opts[0]} has no help"
        else:
            assert param.human_readable_name in body


def test_every_setting_is_documented() -> None:
    page = (DOCS / "reference" / "settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        for words in (setting.name, setting.flag, setting.variable, setting.help):
            assert words in page, words


def test_the_reference_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}Run `python tools/make_reference.py`."


# ------------------------------------------------------------------------------------------------- findings


def constants(tree: ast.Module) -> dict[str, list[str]]:
    """The strings and tables of strings that a module gives names to."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            words = [value.value for value in ast.walk(node.value) if isinstance(value, ast.Constant)]
            found.setdefault(node.targets[0].id, []).extend(word for word in words if isinstance(word, str))
    return found


def made_in(path: Path) -> Iterator[str]:
    """The names of the findings that a module makes."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    known = constants(tree)
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        named = [keyword.value for keyword in node.keywords if keyword.arg == "name"]
        first = next(iter([*node.args, *named]), None)
        if node.func.id in MAKERS:
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif isinstance(first, ast.Name):
                yield from filter(_NAME.fullmatch, known.get(first.id, []))
        if node.func.id == "Conflict":
            # A conflict hands its name on to the finding: whatever its module calls conflicts.
            yield from filter(_NAME.fullmatch, known.get("_NAMES", []) + known.get("name", []))


FINDINGS = sorted({name for path in SOURCE.rglob("*.py") for name in made_in(path)})


def test_the_search_for_findings_finds_them() -> None:
    assert {"damaged-figure", "empty-document", "wrong-currency", "conflicting-amounts", "failed-document"} <= set(
        FINDINGS
    )
    assert {"rejected-by-reviewer", "parts-exceed-total"} <= set(FINDINGS)


@pytest.mark.parametrize("name", FINDINGS)
def test_every_finding_has_its_page(name: str) -> None:
    page = DOCS / "findings" / f"{name}.md"
    assert page.is_file(), f"Write docs/findings/{name}.md: what it means, why it matters, what to do, an example."
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {name}")
    for words in ("why it matters", "what to do", "example"):
        assert words in text.casefold(), words


def test_no_page_is_of_a_finding_that_nothing_makes() -> None:
    assert [page.stem for page in sorted((DOCS / "findings").glob("*.md")) if page.stem not in FINDINGS] == []


# ------------------------------------------------------------------------------------------------- links and words

PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *DOCS.rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in _LINK.finditer(page.read_text(encoding="utf-8")):
        target = link["target"].split("#")[0]
        if target and "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_the_docs_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"^ {0,4}(?:\$ )?(pledgebook [a-z].*)$", text, re.MULTILINE):
        words = line.split("#")[0].split()
        path = tuple(words[:3]) if tuple(words[:3]) in COMMANDS else tuple(words[:2])
        assert path in COMMANDS, line
        known = {name for param in COMMANDS[path].params for name in (*param.opts, *param.secondary_opts)} | {"--help"}
        assert set(_OPTION.findall(" ".join(words))) <= known, line


# ------------------------------------------------------------------------------------------------- the site


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOOKS = tool("docs_hooks")
BROUGHT: dict[str, str] = HOOKS.brought(DOCS)
SITE = {page.relative_to(DOCS).as_posix(): f"docs/{page.relative_to(DOCS).as_posix()}" for page in DOCS.rglob("*.*")}
SITE |= BROUGHT
SETUP = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))


def navigated(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for below_it in part.values():
            yield from navigated(below_it)
    elif isinstance(part, list):
        for item in part:
            yield from navigated(item)


def slug(heading: str) -> str:
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", words).strip().lower())


def site_page(place: str) -> str:
    text = (ROOT / SITE[place]).read_text(encoding="utf-8")
    written: str = HOOKS.markdown(SITE[place], place, text)
    return written


def test_every_page_is_in_the_navigation_once() -> None:
    shown = list(navigated(SETUP["nav"]))
    assert sorted(shown) == sorted(place for place in SITE if place.endswith(".md"))


@pytest.mark.parametrize("place", sorted(place for place in SITE if place.endswith(".md")))
def test_links_lead_somewhere_in_the_site_too(place: str) -> None:
    for link in _LINK.finditer(site_page(place)):
        target, _, anchor = link["target"].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = posixpath.normpath(posixpath.join(posixpath.dirname(place), target)) if target else place
        assert there in SITE, target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", site_page(there), re.MULTILINE)
            assert anchor in {slug(heading) for heading in headings}, link["target"]


def test_files_beside_the_pages_come_along() -> None:
    assert BROUGHT["changelog.md"] == "CHANGELOG.md"
    assert BROUGHT["tests/corpus/floors.json"] == "tests/corpus/floors.json"
    assert "](how-to/read-files.md)" in site_page("changelog.md")
    assert "](tests/corpus/floors.json)" in site_page("accuracy.md")
    tutorial = site_page("tutorial.md")
    assert tutorial.startswith("# Pledges in a notebook")
    assert "```python\nimport pledgebook" in tutorial


def test_the_site_asks_nobody_else() -> None:
    assert SETUP["theme"]["font"] is False
    assert SETUP["strict"] is True
    scripts = [*SETUP["extra"]["polyfills"], *SETUP.get("extra_javascript", []), *SETUP.get("extra_css", [])]
    assert all((DOCS / script).is_file() for script in scripts)
    for page in DOCS.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"!\[[^\]]*\]\(https?:|<(img|script|iframe)\b[^>]*https?:|```mermaid", text), page.name


# ------------------------------------------------------------------------------------------------- paths

_ROUTE = re.compile(r'^@router\.(?:get|post|put|delete)\("(?P<path>/[^"]*)"', re.MULTILINE)
# What belongs to a page and is not for people to call.
_INNER = {"/", "/favicon", "/static", "/set"}


def test_every_path_of_the_api_is_documented() -> None:
    page = (DOCS / "reference" / "rest.md").read_text(encoding="utf-8")
    paths = [
        match["path"]
        for file in sorted((SOURCE / "show" / "api").glob("*.py"))
        for match in _ROUTE.finditer(file.read_text(encoding="utf-8"))
    ]
    assert len(paths) > 15
    for path in paths:
        assert re.search(rf"^## [A-Z]+ /api/v1{re.escape(path).replace(':path', '')}$", page, re.MULTILINE), path


def test_every_page_of_the_server_is_documented() -> None:
    text = "".join((DOCS / "how-to" / name).read_text(encoding="utf-8") for name in ("read-the-pages.md", "serve.md"))
    text += (DOCS / "how-to" / "self-host.md").read_text(encoding="utf-8")
    heads = {
        "/" + re.split(r"[/.]", match["path"])[1]
        for file in sorted((SOURCE / "show" / "web" / "pages").glob("*.py"))
        for match in _ROUTE.finditer(file.read_text(encoding="utf-8"))
    }
    assert [head for head in sorted(heads - _INNER) if f"`{head}" not in text] == []


def test_every_name_of_the_library_is_documented() -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    for name in pledgebook.__all__:
        assert name == "__version__" or f"### pledgebook.{name}\n" in page, name


# ------------------------------------------------------------------------------------------------- how to add a language

_BLOCK = re.compile(r"^```(?P<kind>toml|python) ?(?P<file>[^\n]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def with_code(tool: Path) -> None:
    """Adds Afrikaans behind Dutch in a tool's LOCALES, whichever way they are written there."""
    before, locales, after = tool.read_text(encoding="utf-8").partition("LOCALES = ")
    after, changed = re.subn(r'(?P<mark>"|)\bnl\b(?P=mark)', _beside, after, count=1)
    assert locales, tool.name
    assert changed == 1, tool.name
    tool.write_text(before + locales + after, encoding="utf-8")


def _beside(found: re.Match[str]) -> str:
    return f'{found.group()}, "af"' if found["mark"] else f"{found.group()} af"


def put_in(path: Path, lines: str) -> None:
    """Puts each line below its heading of a file that has that heading already."""
    text, heading = path.read_text(encoding="utf-8"), ""
    for line in lines.splitlines():
        if line.startswith("["):
            heading = line
        elif line and f"\n{heading}\n" in text:
            text = text.replace(f"\n{heading}\n", f"\n{heading}\n{line}\n")
    path.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_language_is_added_as_the_how_to_says(tmp_path: Path) -> None:
    for name in ("src", "tools", "tests"):
        chosen = shutil.ignore_patterns("__pycache__", "corpus", "demo", "cli", "store")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=None if name == "src" else chosen)
    room = tmp_path / "src" / "pledgebook" / "lexicon"

    def run(*words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{tmp_path / 'src'}{os.pathsep}{tmp_path / 'tests'}"}
        done = subprocess.run(
            [sys.executable, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    with_code(tmp_path / "tools" / "make_cldr.py")
    with_code(tmp_path / "tools" / "make_places.py")
    run("tools/make_cldr.py")
    run("tools/make_places.py", "territories")
    assert (room / "cldr" / "af.toml").is_file()
    assert (room / "world" / "territories" / "af.tsv").is_file()
    script = ""
    for block in _BLOCK.finditer((DOCS / "how-to" / "add-a-language.md").read_text(encoding="utf-8")):
        if block["kind"] == "python":
            script = block["body"]
            continue
        file = tmp_path / block["file"] if block["file"].startswith("tests/") else room / block["file"]
        if file.name == "common_words.toml":
            put_in(file, block["body"])
        else:
            with file.open("a", encoding="utf-8") as stream:
                stream.write(block["body"] + "\n")
    run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "af", "tests/extract/mentions/test_phrases.py")
    run("-c", script)
