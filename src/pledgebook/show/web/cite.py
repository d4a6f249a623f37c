"""How to cite a pledge: as text and as BibTeX, pointing to a version of the book that does not change."""

from datetime import date

from pledgebook import __version__
from pledgebook.domain import Entry
from pledgebook.show.web.asked import Asked

_SHORT = 12


def version_of(asked: Asked) -> str:
    """The name of the version: the snapshot that froze it, else the first letters of the hash of the book's log."""
    for snapshot in asked.desk.snapshots():
        if snapshot.head == asked.ledger.version:
            return snapshot.name
    return asked.ledger.version[:_SHORT]


def permalink(asked: Asked, entry: Entry, day: date) -> str:
    """The address at which the pledge stands as it was known on that day."""
    base = str(asked.request.base_url).rstrip("/")
    return f"{base}/pledges/{entry.id}?as_of={day.isoformat()}"


def citation(asked: Asked, entry: Entry) -> str:
    """The pledge as a source in a text."""
    day = asked.today
    title = asked.words.title(entry.pledge)
    return (
        f"Pledgebook {__version__}, “{title}”, {entry.id}, "
        + asked.words.say("version {version} of the book, as known on {day}").format(
            version=version_of(asked), day=asked.words.day(day)
        )
        + f", {permalink(asked, entry, day)}"
    )


def bibtex(asked: Asked, entry: Entry) -> str:
    """The pledge as an entry of a bibliography."""
    day = asked.today
    fields = {
        "title": "{" + _tex(asked.words.title(entry.pledge)) + "}",
        "author": "{Pledgebook}",
        "year": str(day.year),
        "note": f"{entry.id}, version {version_of(asked)} of the book, as known on {day.isoformat()}",
        "url": permalink(asked, entry, day),
        "urldate": day.isoformat(),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{entry.id},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    """Text without what TeX would take for a command."""
    marks = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "\u202f": "~", "\u00a0": "~"}
    marks |= {mark: "\\" + mark for mark in "&%$#_"}
    return "".join(marks.get(char, char) for char in text)
