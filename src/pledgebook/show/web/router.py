"""All routes of the pages in one router."""

from fastapi import APIRouter

from pledgebook.show.web.pages import (
    changes,
    conflicts,
    document,
    embeds,
    fields,
    figures,
    ledger,
    method,
    party,
    pledge,
    preferences,
    reference,
    report,
    review,
    snapshots,
    sources,
    static,
    totals,
)

_PAGES = (
    ledger, pledge, document, party, totals, conflicts, review, changes, sources, method, fields, snapshots, figures,
    embeds, report, reference, preferences, static,
)  # fmt: skip

router = APIRouter(include_in_schema=False)
for _page in _PAGES:
    router.include_router(_page.router)

__all__ = ["router"]
