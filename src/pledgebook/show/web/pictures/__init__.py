"""Pictures of the ledger, drawn by the server as SVG.

Takes figures and words, gives a Picture: the drawing, what to say below it, and the rows that it was drawn from.
Colours are classes, so that a page's own style (light or dark) applies; `standalone` writes them out for a file.
"""

from pledgebook.show.web.pictures.bars import Bar, draw_bars
from pledgebook.show.web.pictures.flow import MOST_ENDS, Ribbon, draw_flow
from pledgebook.show.web.pictures.svg import Picture, inline, standalone
from pledgebook.show.web.pictures.timeline import Dot, draw_timeline
from pledgebook.show.web.pictures.world import Area, draw_world

__all__ = [
    "MOST_ENDS",
    "Area",
    "Bar",
    "Dot",
    "Picture",
    "Ribbon",
    "draw_bars",
    "draw_flow",
    "draw_timeline",
    "draw_world",
    "inline",
    "standalone",
]
