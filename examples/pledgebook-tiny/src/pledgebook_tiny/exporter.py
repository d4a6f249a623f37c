"""An export format: a list in Markdown."""

from typing import BinaryIO

from pledgebook.show.export import Format, Selection


def write(selection: Selection, stream: BinaryIO) -> None:
    """A line for each pledge."""
    for entry in selection.entries:
        who = ", ".join(party.name for party in entry.pledge.investors) or "nobody named"
        mark = "x" if entry.counted else " "
        stream.write(f"- [{mark}] {who}, {entry.pledge.stage.value}: {entry.reason}\n".encode())


MARKDOWN = Format("markdown", ".md", "text/markdown", write)
