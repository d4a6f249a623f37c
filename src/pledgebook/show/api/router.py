"""All routes of the API."""

from fastapi import APIRouter

from pledgebook.show.api import book, claims, pledges, posted, totals

router = APIRouter()
for part in (pledges, claims, totals, posted, book):
    router.include_router(part.router)
