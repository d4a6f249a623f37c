"""What each field means, from the schema of claims; and the words that its codes stand for."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.domain import Kind, Purpose, Qualifier, RelationType, Role, Stage
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import ask

router = APIRouter()
_PATHS = ("field", "type", "meaning", "values")
_CODES: dict[str, list[str]] = {
    "stage": [it.value for it in Stage], "role": [it.value for it in Role], "purposes": [it.value for it in Purpose],
    "deliverables.kind": [it.value for it in Kind], "amount.qualifier": [it.value for it in Qualifier],
    "relations.type": [it.value for it in RelationType],
}  # fmt: skip
_DEPTH = 4


@router.get("/fields")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/fields.{form}")
def twin(request: Request, form: str) -> Response:
    """The rows for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    version = ask(request).ledger.version
    made = Page(
        "fields", "fields.html", {"section": "method", "rows": dictionary()}, rows=lambda: Rows(dictionary(), _PATHS)
    )
    return answer(request, made, form, version)


@cache
def dictionary() -> list[dict[str, Any]]:
    """The fields of a document and of a claim, each with its type, its meaning and the values that it can have."""
    schema = json.loads((files("pledgebook") / "claim.schema.json").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = []
    _walk(schema, schema["properties"]["document"], "document", rows, 0)
    _walk(schema, _resolved(schema, schema["properties"]["claims"]["items"]), "", rows, 0)
    return rows


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        found: Any = schema
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = {**found, **{key: value for key, value in part.items() if key != "$ref"}}
    return part


def _walk(schema: dict[str, Any], part: dict[str, Any], path: str, rows: list[dict[str, Any]], depth: int) -> None:
    for name, raw in part.get("properties", {}).items():
        field = f"{path}.{name}" if path else name
        inner = _choice(schema, _resolved(schema, raw))
        items = _choice(schema, _resolved(schema, inner["items"])) if isinstance(inner.get("items"), dict) else {}
        values = inner.get("enum") or items.get("enum") or _CODES.get(field, [])
        rows.append(
            {
                "field": field,
                "type": _type(inner, items),
                "meaning": raw.get("description") or inner.get("description") or items.get("description") or "",
                "values": [str(value) for value in values if value is not None],
            }
        )
        if depth < _DEPTH:
            _walk(schema, items if items.get("properties") else inner, field, rows, depth + 1)


def _choice(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Of "this or null" the part that is not null."""
    for option in (*part.get("anyOf", ()), *part.get("oneOf", ())):
        found = _resolved(schema, option)
        if found.get("type") != "null":
            return {**found, **{key: value for key, value in part.items() if key not in ("anyOf", "oneOf")}}
    return part


def _type(part: dict[str, Any], items: dict[str, Any]) -> str:
    kind = part.get("type") or ("code" if part.get("enum") else "object" if part.get("properties") else "any")
    kinds = [kind] if isinstance(kind, str) else list(kind)
    said = " or ".join(kinds)
    if "array" in kinds:
        said = said.replace("array", f"list of {items.get('type') or ('codes' if items.get('enum') else 'objects')}")
    return said
