"""How the book counts, in words, with the rules in force and what the reader knows."""

from functools import cache
from importlib.resources import files

from fastapi import APIRouter, Request, Response

from pledgebook import __version__
from pledgebook.ledger.corroboration import TIERS
from pledgebook.ledger.status import STALE_DAYS, UNCOUNTED_STAGES
from pledgebook.show.web.answers import Page, answer
from pledgebook.show.web.asked import ask, totals_of
from pledgebook.show.web.terms import FLAGS, REASONS

router = APIRouter()


@cache
def languages() -> tuple[str, ...]:
    """The languages that the reader knows, by their codes."""
    folder = files("pledgebook.lexicon") / "languages"
    return tuple(sorted(item.name.removesuffix(".toml") for item in folder.iterdir() if item.name.endswith(".toml")))


@router.get("/method")
def page(request: Request) -> Response:
    """The page for people."""
    asked = ask(request)
    with asked.desk.open() as book:
        facts = book.facts()
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
            "languages": languages(),
            "version": __version__,
            "head": asked.ledger.version,
            "facts": facts,
            "whole": totals_of(asked, "country")[-1],
        },
    )
    return answer(request, made, "html", asked.ledger.edition)
