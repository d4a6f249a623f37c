"""Organisations: lines in the shape of Pledgebook's own list."""

from collections.abc import Iterator


def lines() -> Iterator[str]:
    """Canonical name, kind, country, Wikidata item, other names with " | " between them; tabs between the five."""
    yield "Fjordkraft Compute\tcompany\tNO\t\tFjordkraft | FKC"
