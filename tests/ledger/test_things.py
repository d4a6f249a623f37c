from factory import claim, ledger, tell
from pledgebook.domain import Kind
from pledgebook.ledger import total_things


def count(*documents: list, kind: Kind = Kind.JOBS, by: str | None = None) -> dict[str | None, int]:  # type: ignore[type-arg]
    return {row.key: int(row.central) for row in total_things(ledger(*documents).lines, kind=kind, by=by)}


def test_parts_are_taken_out_of_the_whole() -> None:
    document = tell(
        "d",
        "2024-05-13",
        claim("all", (), "FR", "15 bn EUR", role="total", things={"jobs": 10000}, total_of="a"),
        claim("a", "Acme", "FR", "4 bn EUR", things={"jobs": 3000}, part_of="all"),
    )
    assert count(document) == {None: 10000}
    assert count(document, by="country") == {"FR": 10000, None: 10000}


def test_what_does_not_count_as_money_does_not_count_as_jobs() -> None:
    plan = {"things": {"jobs": 300}}
    assert count(
        tell("a", "2024-05-13", claim("c", "Acme", "FR", "4 bn EUR", stage="cancelled", **plan)),
        tell("b", "2024-05-13", claim("c", "Bolt", "FR", "9 bn EUR", **plan)),
    ) == {None: 300}


def test_one_sites_megawatts_count_once_for_tenant_and_supplier() -> None:
    site = {"things": {"megawatts": 500}, "places": ("Narvik",)}
    documents = (
        tell("a", "2024-05-13", claim("c", "Acme", "NO", "1 bn USD", **site)),
        tell("b", "2024-05-13", claim("c", "Chips", "NO", None, **site)),
        tell("c", "2024-05-13", claim("c", "Other", "NO", None, things={"megawatts": 500}, places=("Bodø",))),
    )
    assert count(*documents, kind=Kind.MEGAWATTS) == {None: 1000}
    row = total_things(ledger(*documents).lines, kind=Kind.MEGAWATTS)[-1]
    assert row.left_out == (("the same site, told of another party", 1),)
    assert row.naive == 1500
