"""Random small worlds of documents for properties: few parties and figures, so that tellings meet and clash."""

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from factory import claim, tell
from pledgebook.domain import Telling

# How long an example takes says nothing here but how busy the machine is.
settings.register_profile("books", deadline=None)
settings.load_profile("books")

INVESTORS = ((), ("Acme",), ("Bolt",), ("Acme", "Bolt"), ("Cobalt",))
PLACES = ("FR", "DE", "FR DE", "001", "")
SUMS = (
    None,
    "3 bn EUR",
    "3.2 bn EUR",
    "3.45 bn USD",
    "3 bn USD",
    "3 m EUR",
    "10 bn EUR",
    "8-12 bn EUR",
    "up to 5 bn GBP",
    "7 tn XAU",
)
DAYS = (None, "2024-02-15", "2024-02", "2024-02-19", "2024", "2025-05-13")
STAGES = ("announced", "announced", "proposed", "under_way", "delayed", "cancelled", "completed")
RELATIONS = ("", "", "part_of", "adds_to", "replaces")


@st.composite
def documents(draw: st.DrawFn, name: str) -> list[Telling]:
    """One document of up to four claims, related to earlier ones of the same document."""
    claims = []
    for n in range(draw(st.integers(1, 4))):
        relation = draw(st.sampled_from(RELATIONS)) if n else ""
        fields = {relation: str(draw(st.integers(0, n - 1)))} if relation else {}
        claims.append(
            claim(
                str(n),
                draw(st.sampled_from(INVESTORS)),
                draw(st.sampled_from(PLACES)),
                draw(st.sampled_from(SUMS)),
                draw(st.sampled_from(DAYS)),
                stage=draw(st.sampled_from(STAGES)),
                role=draw(st.sampled_from(("new", "earlier", "total"))),
                things=draw(st.sampled_from(({}, {"gpus": 25000}, {"megawatts": 300, "jobs": 40}))),
                **fields,
            )
        )
    published = draw(st.dates(date(2024, 1, 1), date(2026, 1, 1)))
    return tell(name, published.isoformat(), *claims)


@st.composite
def worlds(draw: st.DrawFn, most: int = 6) -> list[list[Telling]]:
    """Some documents."""
    return [draw(documents(f"doc-{n}")) for n in range(draw(st.integers(1, most)))]
