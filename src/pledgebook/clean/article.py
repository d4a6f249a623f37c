"""What a page says, before it becomes a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says: its title, its kept text (a block a line), which lines are headings, and what its head tells.

    `meta_days` are the dates that metadata gives for the publication, best first, as written, and `changed_days` those
    for later changes. `byline` is the text of
    short blocks beside the article, where a day may stand. `is_cut` tells that the page was too long to read it all.
    """

    title: str | None = None
    lines: tuple[str, ...] = ()
    headings: frozenset[int] = frozenset()
    language: str | None = None
    meta_days: tuple[str, ...] = ()
    changed_days: tuple[str, ...] = ()
    byline: str = ""
    is_cut: bool = False
