"""One page, many forms: HTML for people, and the same in JSON, CSV and the formats of the exports."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Context, Decimal
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from pledgebook.show.sheet import csv_lines
from pledgebook.show.web.render import desk_of, error_page, render
from pledgebook.wire import dumps

FORMATS = ("json", "csv")
_CENT, _WIDE, _MOST_CENTS = Decimal("0.01"), Context(prec=50), Decimal(10) ** 13
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Rows:
    """What a list holds, for programs: one record a row, and the dotted paths that are its columns."""

    records: Sequence[dict[str, Any]]
    paths: Sequence[str]


def figures_out(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The records with their figures as JSON has them: whole, or to the cent.

    >>> figures_out([{"key": "FR", "central": Decimal("3.004")}])
    [{'key': 'FR', 'central': 3}]
    """
    return [{name: _figure(value) for name, value in record.items()} for record in records]


def _figure(value: object) -> object:
    if not isinstance(value, Decimal):
        return value
    cents = value.quantize(_CENT, context=_WIDE)
    return int(cents) if cents == cents.to_integral_value() or abs(cents) > _MOST_CENTS else float(cents)


@dataclass(frozen=True, slots=True)
class Page:
    """A page in all its forms: `template` with `context` for people; `data` and `rows` for programs.

    `data` and `rows` are worked out only where somebody asks for them. `name` is that of files to download.
    """

    name: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    data: Callable[[], Any] | None = None
    rows: Callable[[], Rows] | None = None


def answer(request: Request, page: Page, form: str, version: str) -> Response:
    """The page in the form that is asked for: "html", "json", "csv" or one of the desk's exports."""
    if form == "html":
        formats = [*FORMATS, *desk_of(request).exports]
        return render(request, page.template, formats=formats, page_name=page.name, **page.context)
    tag = hashlib.sha256(f"{version}\n{request.url}".encode()).hexdigest()[:24]
    headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{_file_name(page.name)}.{form}"'
    if form == "json" and (page.data or page.rows):
        value = page.data() if page.data is not None else page.rows().records  # type: ignore[misc]  # one of them is there
        return Response(dumps(value) + "\n", media_type="application/json", headers=headers)
    if form == "csv" and page.rows is not None:
        rows = page.rows()
        text = "".join(csv_lines(rows.records, rows.paths))
        return Response(text, media_type="text/csv; charset=utf-8", headers=headers)
    exporter = desk_of(request).exports.get(form)
    if exporter is not None and page.rows is not None:
        rows = page.rows()
        content = exporter.write([json.loads(dumps(record)) for record in rows.records], rows.paths)
        headers["Content-Disposition"] = headers["Content-Disposition"].replace("inline", "attachment")
        return Response(content, media_type=exporter.media_type, headers=headers)
    return missing(request)


def missing(request: Request) -> HTMLResponse:
    """The page for what is not there."""
    return error_page(request, 404, "Not found", "There is nothing at this address.")


def split_form(name: str, is_known: Callable[[str], bool], formats: Sequence[str]) -> tuple[str, str]:
    """The name of a thing and the form that is asked for; a name that ends like a form is itself where it is known.

    >>> split_form("a.json", {"a"}.__contains__, ["json"]), split_form("a.json", {"a.json"}.__contains__, ["json"])
    (('a', 'json'), ('a.json', 'html'))
    """
    if is_known(name):
        return name, "html"
    stem, dot, form = name.rpartition(".")
    return (stem, form) if dot and form in formats else (name, "html")


def _file_name(name: str) -> str:
    return _UNSAFE.sub("-", name).strip("-")[:80] or "pledgebook"
