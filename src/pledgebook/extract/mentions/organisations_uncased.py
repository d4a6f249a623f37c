"""Organisations that no list has, in scripts without capitals: by legal forms, words for companies, foreign letters."""

from collections.abc import Iterator

from pledgebook.extract.mentions.organisations_unlisted import Context, Found


def uncased(context: Context) -> Iterator[Found]:
    """The organisations of a text that is written without capitals."""
    yield from ()
