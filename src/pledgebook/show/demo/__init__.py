"""The bundled articles: real commitments, told in our own words, in many languages, right and wrong."""

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def articles() -> AbstractContextManager[Path]:
    """The folder of the articles, for as long as the `with` lasts."""
    return as_file(files("pledgebook.show.demo") / "articles")
