"""The ledger as pages for people.

Takes requests and the desk of the application (the ledger as of a day, its documents and decisions, who asks); gives
server-rendered pages, each with a twin in JSON and CSV, pictures in SVG, and files to download. Everything that a page
needs comes from here: no request leaves the server. Changes nothing in the book: the forms of the review post to
routes of the application.
"""

from pledgebook.show.web.prepare import prepare
from pledgebook.show.web.render import error_page, render
from pledgebook.show.web.router import router

__all__ = ["error_page", "prepare", "render", "router"]
