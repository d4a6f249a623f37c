"""The pages of what comes out: claims, the columns of tables, the REST API, the list of findings."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from pledgebook.rows import CHANGE_FIELDS, CLAIM_FIELDS, PLEDGE_FIELDS, TALLY_FIELDS
from pledgebook.rows.fields import Field
from pledgebook.show.api import router

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "src" / "pledgebook" / "claim.schema.json"
_API = "/api/v1"
Json = dict[str, Any]


# ------------------------------------------------------------------------------------------------- claims


def claim_page(note: str) -> str:
    """The fields of a document and its claims, from the JSON Schema."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    lines = ["# The claim", "", note, ""]
    lines += [
        "A claim is what one document asserts about one commitment. `pledgebook extract --format jsonl` writes a line",
        "for each document: `document` and its `claims`. This page follows from `claim.schema.json` (JSON Schema",
        "2020-12), which is part of the package. [The method](../methodology.md) tells what is a claim and what none.",
        "",
    ]
    properties = schema["properties"]
    lines += ["## document", "", *_fields(properties["document"], _local), ""]
    lines += ["## claim", "", *_fields(schema["$defs"]["claim"], _local), ""]
    for name, shape in schema["$defs"].items():
        if name == "claim":
            continue
        lines += [
            f"## {name}",
            "",
            *(_fields(shape, _local) if "properties" in shape else [f"{_kind(shape, _local)}."]),
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def _local(reference: str) -> str:
    name = reference.rpartition("/")[2]
    return f"[{name}](#{name.lower()})"


def _fields(shape: Json, link: Any, before: str = "") -> list[str]:  # noqa: ANN401 - a function from reference to link
    """A table of the fields of an object, those of objects within it behind a point."""
    head = [] if before else ["| field | always there | type | meaning |", "| --- | --- | --- | --- |"]
    for name, field in shape.get("properties", {}).items():
        whole = f"{before}{name}"
        always = "yes" if name in shape.get("required", ()) else ""
        meaning = field.get("description") or field.get("items", {}).get("description") or ""
        head.append(f"| `{whole}` | {always} | {_kind(field, link)} | {_cell(meaning)} |")
        inner = field.get("items", field)
        if "properties" in inner:
            head += _fields(inner, link, f"{whole}.")
    return head


def _kind(field: Json, link: Any) -> str:  # noqa: ANN401 - a function from reference to link
    """The type of a field in words."""
    if "$ref" in field:
        return str(link(field["$ref"]))
    if "anyOf" in field:
        return " or ".join(
            _kind(item, link) for item in sorted(field["anyOf"], key=lambda item: item.get("type") == "null")
        )
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    kinds = field.get("type", "any")
    kinds = [kinds] if isinstance(kinds, str) else sorted(kinds, key=lambda kind: kind == "null")
    words = [f"list of {_kind(field.get('items', {}), link)}" if kind == "array" else kind for kind in kinds]
    return " or ".join(words) + (f" ({field['format']})" if "format" in field else "")


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


# ------------------------------------------------------------------------------------------------- columns


def columns_page(note: str) -> str:
    """The columns of each kind of rows: those of notebooks, exports and downloads."""
    lines = ["# Columns", "", note, ""]
    lines += [
        "What rows in Python, and CSV, XLSX and Parquet files hold. An empty cell means that no words tell it.",
        "",
    ]
    tables: Sequence[tuple[str, str, Sequence[Field[Any]]]] = (
        ("Pledges", "A row for each line of the ledger, those that don't count too.", PLEDGE_FIELDS),
        ("Claims", "A row for each claim of each document.", CLAIM_FIELDS),
        ("Totals", "A row for each value of what is grouped by, the whole last.", TALLY_FIELDS),
        ("Changes", "A row for each thing that became known.", CHANGE_FIELDS),
    )
    for heading, words, fields in tables:
        lines += [f"## {heading}", "", words, "", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{field.name}` | {field.type.value} | {_cell(field.meaning)} |" for field in fields]
        lines.append("")
    lines += ["## Types", "", "| type | holds |", "| --- | --- |"]
    lines += [f"| {name} | {words} |" for name, words in _TYPES.items()]
    return "\n".join(lines) + "\n"


_TYPES = {
    "text": "words",
    "texts": "a list of words; in CSV and XLSX with `; ` between them",
    "json": "JSON in one cell",
    "whole": "a whole number",
    "figure": "a decimal number, exact",
    "rate": "a decimal number with more decimals: an exchange rate",
    "day": "a day, as 2026-03-31",
    "truth": "true or false",
}


# ------------------------------------------------------------------------------------------------- REST


def rest_page(note: str) -> str:
    """Every path of the API and every shape that goes in or comes out, from its OpenAPI description."""
    app = FastAPI()
    app.include_router(router, prefix=_API)
    description = app.openapi()
    lines = ["# The REST API", "", note, ""]
    lines += [
        "A running server describes the same at `/docs` and in `/api/v1/openapi.json`. [How to use",
        "it](../how-to/serve.md) tells of pages, ETags, errors and views.",
        "",
    ]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            lines += [f"## {method.upper()} {path}", "", operation.get("description", ""), "", *_operation(operation)]
    lines += ["## Shapes", ""]
    for name, shape in description["components"]["schemas"].items():
        lines += [f"### {name}", "", " ".join(shape.get("description", "").split()), ""]
        lines += _fields(shape, _local) if "properties" in shape else [f"{_kind(shape, _local)}."]
        lines.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _operation(operation: Json) -> Iterator[str]:
    parameters = operation.get("parameters", ())
    if parameters:
        yield from ("| parameter | in | type | meaning |", "| --- | --- | --- | --- |")
        for item in parameters:
            always = "" if not item.get("required") or item["in"] == "path" else " Has to be given."
            default = item["schema"].get("default")
            preset = "" if default is None else f" `{json.dumps(default)}` unless told otherwise."
            meaning = f"{_cell(item.get('description', ''))}{always}{preset}"
            yield f"| `{item['name']}` | {item['in']} | {_short(_kind(item['schema'], _local))} | {meaning} |"
        yield ""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        yield from (f"Takes {_kind(body['schema'], _local)}.", "")
    for status, answer in operation["responses"].items():
        given = answer.get("content", {}).get("application/json", {}).get("schema")
        if status.startswith("2") and given:
            yield from (f"Gives {_kind(given, _local)} ({status}).", "")


def _short(kind: str) -> str:
    """Long lists of codes by their first ones: the server names all of them."""
    values = kind.split(", ")
    return kind if len(values) < 20 else f"{', '.join(values[:3])} ..."


# ------------------------------------------------------------------------------------------------- findings


def findings_page(note: str, folder: Path) -> str:
    """The list of findings with the first line of the page of each."""
    lines = ["# Findings", "", note, ""]
    lines += [
        "Whatever is odd about a document or a pledge has a name, and each name a page: what it means, why it matters,",
        "what to do.",
        "",
        "| name | what was seen |",
        "| --- | --- |",
    ]
    for path in sorted(folder.glob("*.md")):
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        name, _, words = title.removeprefix("# ").partition(": ")
        words = words or body.strip().partition("\n\n")[0].partition(". ")[0].rstrip(".")
        lines.append(f"| [{name}](../findings/{path.name}) | {_cell(words[:1].lower() + words[1:])} |")
    return "\n".join(lines) + "\n"
