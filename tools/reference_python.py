"""The page of the library: every public name with its signature and what its docstring says."""

import ast
import inspect
import re
import textwrap
from collections.abc import Iterator
from typing import Any

import pledgebook
from pledgebook import api

_ORDER = (
    ("Claims of documents", ("extract", "find_claims", "read_documents")),
    ("A book", ("open", "OpenBook", "pledges", "totals", "changes")),
    ("Rows", ("Rows",)),
    ("Finders", ("find_money", "find_quantities", "find_dates", "find_places", "find_organisations")),
)


def python_page(note: str) -> str:
    """The page; raises LookupError where a public name has no place on it."""
    placed = {name for _, names in _ORDER for name in names}
    missing = sorted({*pledgebook.__all__} - placed - {"__version__"})
    if missing:
        raise LookupError(f"tools/reference_python.py gives no place to {', '.join(missing)}")
    lines = ["# The library", "", note, ""]
    lines += ["Everything below is a name of `import pledgebook`. What begins with `>>>` is run by the tests.", ""]
    for heading, names in _ORDER:
        lines += [f"## {heading}", ""]
        for name in names:
            # The room of that name can be called, too: what it calls is this.
            thing = api.extract if name == "extract" else getattr(pledgebook, name)
            lines += _entry(f"pledgebook.{name}", thing, "###")
    lines += [
        "## Filters",
        "",
        "`pledges` and `totals` take them by name.",
        "",
        *_prose(inspect.getdoc(api.Wanted) or ""),
    ]
    annotations = _tree(api.Wanted).body
    lines += ["| filter | is a |", "| --- | --- |"]
    lines += [
        f"| `{ast.unparse(node.target)}` | `{ast.unparse(node.annotation)}` |"
        for node in annotations
        if isinstance(node, ast.AnnAssign)
    ]
    return "\n".join(lines).rstrip() + "\n"


def _entry(name: str, thing: Any, mark: str) -> Iterator[str]:  # noqa: ANN401 - a function or a class
    yield from (f"{mark} {name}", "")
    if not inspect.isclass(thing):
        yield from ("```python", _signature(name, thing), "```", "")
    yield from _prose(inspect.getdoc(thing) or "")
    if inspect.isclass(thing):
        for member, found in vars(thing).items():
            if member.startswith("_") or not (callable(found) or isinstance(found, property)):
                continue
            what = found.fget if isinstance(found, property) else found
            shown = f"{name.rpartition('.')[2]}.{member}"
            yield from (f"{mark}# {shown}", "", "```python", _signature(shown, what), "```", "")
            yield from _prose(inspect.getdoc(what) or "")


def _tree(thing: Any) -> Any:  # noqa: ANN401 - a definition
    return ast.parse(textwrap.dedent(inspect.getsource(thing))).body[0]


def _signature(name: str, thing: Any) -> str:  # noqa: ANN401 - a function
    """The signature as it is written in the source, over several lines where it is long."""
    node = _tree(inspect.unwrap(thing))
    if any(isinstance(item, ast.Name) and item.id == "property" for item in node.decorator_list):
        return f"{name}: {ast.unparse(node.returns)}"
    arguments = node.args
    if arguments.args and arguments.args[0].arg == "self":
        arguments.args = arguments.args[1:]
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    given = re.sub(r"(?<=[\w\])])=(?=[\w'])", " = ", ast.unparse(arguments))
    line = f"{name}({given}){gives}"
    if len(line) <= 100:
        return line
    parts = re.split(r", (?![^\[(]*[\])])", given)
    return f"{name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){gives}"


def _prose(docstring: str) -> Iterator[str]:
    """A docstring as Markdown: its examples in blocks of code."""
    for paragraph in re.split(r"\n{2,}", docstring):
        before, mark, example = paragraph.partition(">>> ")
        if before.strip():
            yield from (before.rstrip(), "")
        if mark:
            yield from ("```python", mark + example.rstrip(), "```", "")
