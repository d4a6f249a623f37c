"""What can be chosen in the filters of a page: what the ledger has."""

from collections.abc import Mapping, Sequence

from pledgebook.domain import Purpose, Stage
from pledgebook.show.desk import Ledger
from pledgebook.show.web.asked import kept

_MOST_NAMES = 150


def facets(ledger: Ledger) -> Mapping[str, Sequence[str]]:
    """The values of each filter, looked up once for each ledger."""
    return kept(ledger, "facets", lambda: _facets(ledger))


def _facets(ledger: Ledger) -> Mapping[str, Sequence[str]]:
    return {
        "countries": sorted(ledger.names("country")),
        "investors": sorted(ledger.frequent("investor", _MOST_NAMES)),
        "purposes": [purpose.value for purpose in Purpose],
        "stages": [stage.value for stage in Stage],
    }
