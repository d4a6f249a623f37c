"""What is done before anybody asks for a page, so that the first who does need not wait for it."""

from contextlib import suppress

from pledgebook.domain import PledgebookError
from pledgebook.show.desk import Desk
from pledgebook.show.web.drawn import MOST_DOTS
from pledgebook.show.web.facets import facets
from pledgebook.show.web.languages import LANGUAGES, load_catalogue
from pledgebook.show.web.pictures.world import load_world
from pledgebook.show.web.render import load_templates
from pledgebook.store import LineQuery


def prepare(desk: Desk) -> None:
    """Reads templates, words and outlines, and of the newest ledger filters, snapshots, largest lines."""
    load_templates()
    for language in LANGUAGES:
        load_catalogue(language)
    load_world()
    with suppress(PledgebookError):  # who asks for the book is told what is wrong with it
        ledger = desk.ledger()
        facets(ledger)
        desk.snapshots()
        for entry in ledger.find(LineQuery(whole=True, sort="amount", descending=True, limit=MOST_DOTS)):
            ledger.worth(entry)
