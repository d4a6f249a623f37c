"""How the book counts, in words, with the rules in force and what the reader knows."""

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request, Response

from pledgebook import __version__
from pledgebook.ledger.corroboration import TIERS
from pledgebook.ledger.status import STALE_DAYS, UNCOUNTED_STAGES
from pledgebook.show.web.answers import Page, Rows, answer, missing
from pledgebook.show.web.asked import ask
from pledgebook.show.web.terms import AUTONYMS, FLAGS, REASONS

router = APIRouter()
_PATHS = ("kind", "name", "meaning")


@cache
def languages() -> tuple[str, ...]:
    """The languages that the reader knows, by their codes."""
    folder = files("pledgebook.lexicon") / "languages"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


@cache
def _names() -> dict[str, str]:
    return dict(item.split(" ", 1) for item in AUTONYMS.split("|"))


@router.get("/method")
def page(request: Request) -> Response:
    """The page for people."""
    return _answer(request, "html")


@router.get("/method.{form}")
def twin(request: Request, form: str) -> Response:
    """The rules in force for programs."""
    return missing(request) if form == "html" else _answer(request, form)


def _answer(request: Request, form: str) -> Response:
    asked = ask(request)
    documents, claims = asked.ledger.documents.counts()
    made = Page(
        "method",
        "method.html",
        {
            "section": "method",
            "tiers": TIERS,
            "stale": STALE_DAYS // 365,
            "uncounted": sorted(stage.value for stage in UNCOUNTED_STAGES),
            "reasons": list(REASONS),
            "flags": list(FLAGS),
            "languages": [(code, _names().get(code, code)) for code in languages()],
            "version": __version__,
            "head": asked.ledger.version,
            "documents": documents,
            "claims": claims,
            "decisions": len(asked.ledger.decisions),
        },
        rows=lambda: Rows(_records(), _PATHS),
    )
    return answer(request, made, form, asked.ledger.edition)


def _records() -> list[dict[str, Any]]:
    """What the rules can say of a line, and the figures that they turn on."""
    rows: list[tuple[str, str, str]] = [("reason", name, words) for name, words in REASONS.items()]
    rows += [("flag", name, words) for name, words in FLAGS.items()]
    rows += [("stage-kept-and-not-counted", stage.value, "") for stage in sorted(UNCOUNTED_STAGES)]
    rows += [("sources-wanted", f"{wanted}", f"from {total:f} USD or {power:f} MW") for total, power, wanted in TIERS]
    rows += [("stale-after-days", str(STALE_DAYS), ""), ("version", __version__, "")]
    rows += [("language", code, "") for code in languages()]
    return [{"kind": kind, "name": name, "meaning": meaning} for kind, name, meaning in rows]
