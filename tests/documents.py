"""Documents for tests, from a few words: cleaned as they would be, away from any file."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledgebook.clean import clean
from pledgebook.domain import Document, Page, Rate
from pledgebook.extract.claims.scene import Scene, read_scene
from pledgebook.extract.mentions import find_dates


def document(
    text: str, *, language: str = "en", published: str | None = None, title: str | None = None, name: str = "a"
) -> Document:
    """The document of a text; of HTML where it begins with a tag."""
    page = Page(
        source=f"{name}.example",
        content=text.encode(),
        media_type="text/html" if text.lstrip().startswith("<") else "text/plain",
        charset="utf-8",
        language=language,
        title=title,
        published=None if published is None else date.fromisoformat(published),
        name=name,
    )
    return clean(page, find_dates=find_dates)[0]


def scene(text: str, *, language: str = "en", published: str | None = None, title: str | None = None) -> Scene:
    """The scene of a text."""
    return read_scene(document(text, language=language, published=published, title=title))


@dataclass(frozen=True)
class OneRate:
    """One rate for every day, and none for any other pair."""

    source: str
    target: str
    value: str

    def rate(self, source: str, target: str, day: date) -> Rate | None:
        if (source, target) != (self.source, self.target):
            return None
        return Rate(source, target, Decimal(self.value), day, "a test")
