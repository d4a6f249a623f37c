"""The server: pages, API and downloads over one book, for the people who may see it.

Takes what a server is started with; gives an ASGI application. Every request passes one gate (by which name we are
called, who asks, from where, how much they bring) and every response gets the same safe headers. Decides nothing
about pledges itself.
"""

from pledgebook.show.serve.app import create_app
from pledgebook.show.serve.options import Serving

__all__ = ["Serving", "create_app"]
