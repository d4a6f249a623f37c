"""Fetching as the settings allow."""

from pledgebook.read.web import Clock, Fetcher, Visitor, read_networks
from pledgebook.show.cli.session import Session


def visitor_for(session: Session, clock: Clock, *, heeds_robots: bool, pause: float | None = None) -> Visitor:
    """Who fetches pages in this call of the program."""
    fetcher = Fetcher(
        clock=clock,
        networks=read_networks(session["allow_networks"]),
        user_agent=session["user_agent"],
        max_bytes=session["max_bytes"],
        deadline=session["fetch_deadline"],
    )
    return Visitor(fetcher, pause=session["pause"] if pause is None else pause, heeds_robots=heeds_robots)
