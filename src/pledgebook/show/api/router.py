"""All routes of the API."""

from fastapi import APIRouter

from pledgebook.show.api import book, claims, pledges, posted, totals, views

router = APIRouter()
for part in (pledges, claims, totals, posted, views, book):
    router.include_router(part.router)
