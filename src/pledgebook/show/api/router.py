"""All routes of the API, and those of them that are asked for very often."""

from fastapi import APIRouter

from pledgebook.show.api import book, claims, pledges, posted, totals, views

router = APIRouter()
for part in (pledges, claims, totals, posted, views, book):
    router.include_router(part.router)

QUICK = {"/pledges": pledges.list_pledges}
