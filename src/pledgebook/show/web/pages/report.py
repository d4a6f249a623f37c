"""The ledger as one file of HTML that needs nothing else."""

import base64
import hashlib
from dataclasses import replace
from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from pledgebook.show.web.asked import ask, totals_of
from pledgebook.show.web.cite import version_of
from pledgebook.show.web.drawn import draw, ranking
from pledgebook.show.web.pictures import inline
from pledgebook.show.web.render import render, safe_html

router = APIRouter()
_MOST_LINES = 1000


@cache
def style() -> str:
    """The pages' style without the fonts, which would be files."""
    text = (files("pledgebook.show.web") / "static" / "style.css").read_text(encoding="utf-8")
    _, _, rest = text.partition("/* after fonts */")
    return rest


@router.get("/report.html")
def page(request: Request) -> Response:
    """The report on what the URL asks for, as a file to keep or to send."""
    asked = ask(request)
    total = asked.ledger.count(asked.lines)
    lines = asked.ledger.find(replace(asked.lines, limit=_MOST_LINES), has_claims=True)
    pictures = [
        ranking(asked, "investor"),
        *(it for name in ("timeline", "flow", "delivered") if (it := draw(name, asked))),
    ]
    world = draw("map", asked)
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    response = render(
        request,
        "report.html",
        policy=policy,
        style=safe_html(style()),
        whole=totals_of(asked, "country")[-1],
        rows=[row for row in totals_of(asked, "country") if row.key is not None],
        pictures=[(it, safe_html(_without_links(inline(it)))) for it in [world, *pictures] if it is not None],
        lines=lines,
        cut=total - len(lines),
        book_version=version_of(asked),
        worth=asked.ledger.worth,
        currency=asked.ledger.currency,
        day=asked.today,
    )
    response.headers["Content-Security-Policy"] = policy
    response.headers["Content-Disposition"] = 'attachment; filename="pledgebook-report.html"'
    return response


def _without_links(svg: str) -> str:
    """The drawing with its links made groups: the file has no pages to lead to."""
    parts = svg.split("<a ")
    return (
        parts[0] + "".join(f"<g{part[part.index('>') :]}" for part in parts[1:]).replace("</a>", "</g>")
        if len(parts) > 1
        else svg
    )
