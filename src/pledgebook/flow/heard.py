"""Documents with claims to the tellings that reconcile takes in."""

from collections.abc import Sequence

from pledgebook.domain import ReadDocument, Telling
from pledgebook.flow.shown import shown
from pledgebook.flow.voices import voices


def tellings(documents: Sequence[ReadDocument]) -> tuple[Telling, ...]:
    """Every claim of every document, with what reconciling has to know of the document and of whose voice it is."""
    heard = voices([item.document for item in documents if item.claims])
    return tuple(
        Telling(
            document=item.document.id,
            source=item.document.source,
            claim=claim,
            language=item.document.language,
            published=item.document.published,
            known=None if item.document.published is None else item.document.published.latest,
            voice=heard[item.document.id],
            shows=shows,
        )
        for item in documents
        for claim, shows in zip(item.claims, shown(item), strict=True)
    )
