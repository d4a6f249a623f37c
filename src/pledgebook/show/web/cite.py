"""How to cite a pledge: as text and as BibTeX, pointing to a version of the book that does not change."""

from datetime import date

from pledgebook import __version__
from pledgebook.domain import Entry
from pledgebook.flow import Version
from pledgebook.show.desk import Query
from pledgebook.show.web.asked import Asked, kept
from pledgebook.show.web.render import base_of


def version_of(asked: Asked) -> str:
    """The name of the version: the snapshot that froze it, else the first letters of the hash of the book's log."""
    found = _version(asked)
    return asked.ledger.version if found is None else found.name


def day_of(asked: Asked) -> date:
    """The day on which what is cited was known: that of the page, else that on which the book last changed."""
    found = _version(asked)
    return asked.today if found is None or asked.query.as_of is not None else found.at.date()


def permalink(asked: Asked, path: str) -> str:
    """The address at which a page stands as it is now, whatever is added to the book or decided later."""
    return base_of(asked.request) + Query(as_of=asked.query.as_of, snapshot=version_of(asked)).url(path)


def citation(asked: Asked, entry: Entry) -> str:
    """The pledge as a source in a text."""
    title = asked.words.title(entry.pledge)
    said = asked.words.say("version {version} of the book, as known on {day}")
    version = said.format(version=version_of(asked), day=asked.words.day(day_of(asked)))
    return f"Pledgebook {__version__}, “{title}”, {entry.id}, {version}, {permalink(asked, f'/pledges/{entry.id}')}"


def bibtex(asked: Asked, entry: Entry) -> str:
    """The pledge as an entry of a bibliography."""
    day = day_of(asked)
    fields = {
        "title": "{" + _tex(asked.words.title(entry.pledge)) + "}",
        "author": "{Pledgebook}",
        "year": str(day.year),
        "note": _tex(f"{entry.id}, version {version_of(asked)} of the book, as known on {day.isoformat()}"),
        "url": permalink(asked, f"/pledges/{entry.id}"),
        "urldate": asked.desk.today().isoformat(),
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{entry.id},\n{lines}\n}}\n"


def _version(asked: Asked) -> Version | None:
    return kept(asked.ledger, "version", lambda: asked.desk.version_of(asked.ledger))


def _tex(text: str) -> str:
    """Text without what TeX would take for a command."""
    marks = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "\u202f": "~", "\u00a0": "~"}
    marks |= {mark: "\\" + mark for mark in "&%$#_"}
    return "".join(marks.get(char, char) for char in text)
