"""What the API can do, drawn from its own description."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import ask

router = APIRouter()
_PATHS = ("method", "path", "meaning", "parameters")
_METHODS = ("get", "post", "put", "patch", "delete")


@router.get("/docs")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/docs.{form}")
def twin(request: Request, form: str) -> Response:
    """For programs: the description itself, and what can be asked as rows."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    description: dict[str, Any] = request.app.openapi()
    context = {
        "section": "docs",
        "info": description["info"],
        "groups": _groups(description),
        "schemas": _schemas(description),
        "url": request.app.openapi_url,
    }
    made = Page("api", "docs.html", context, data=lambda: description, rows=lambda: Rows(_records(context), _PATHS))
    return answer(request, made, form, asked.ledger.edition)


def _records(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What can be asked, a row each."""
    return [
        {
            "method": it["method"],
            "path": it["path"],
            "meaning": it["text"] or it["summary"],
            "parameters": [p["name"] for p in it["parameters"]],
        }
        for group in context["groups"].values()
        for it in group
    ]


def _groups(description: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for path, methods in description.get("paths", {}).items():
        for method in _METHODS:
            if method in methods:
                operation = methods[method]
                group = (operation.get("tags") or [path.strip("/").split("/")[2] if path.count("/") > 2 else path])[0]
                found.setdefault(group, []).append(_operation(path, method, operation))
    return found


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        "path": path,
        "method": method.upper(),
        "summary": operation.get("summary", ""),
        "text": operation.get("description", ""),
        "parameters": [_parameter(it) for it in operation.get("parameters", ())],
        "body": [(kind, _type(part.get("schema", {}))) for kind, part in body.items()],
        "answers": [
            (code, part.get("description", ""), ", ".join(part.get("content", {})))
            for code, part in operation.get("responses", {}).items()
        ],
    }


def _parameter(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": raw.get("name", ""),
        "place": raw.get("in", ""),
        "required": raw.get("required", False),
        "type": _type(raw.get("schema", {})),
        "text": raw.get("description", ""),
    }


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(_type(it) for it in schema[key]))
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind


def _schemas(description: Mapping[str, Any]) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    found = []
    for name, schema in sorted(description.get("components", {}).get("schemas", {}).items()):
        rows = [
            (field, _type(part), part.get("description", "")) for field, part in schema.get("properties", {}).items()
        ]
        found.append((name, schema.get("description", ""), rows))
    return found
