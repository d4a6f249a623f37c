from pledgebook.lexicon.blocks import Blocks, Names, Rows, name_blocks, packed, row_blocks
from pledgebook.lexicon.towns import load_towns, region_of


def test_names_are_found_in_their_blocks_and_others_are_not() -> None:
    told = {f"name {n}": str(n) for n in range(1000)}
    blocks = [*name_blocks(told), b"something else"]
    names = Names(Blocks(packed(blocks)), count=len(blocks) - 1)
    assert all(names[name] == ref for name, ref in told.items())
    assert names["name 1000"] == names[""] == names["\ud800"] == ""
    assert names.every() == told


def test_names_that_nobody_has_do_not_fill_the_memory() -> None:
    names = Names(Blocks(packed(name_blocks({"lyon": "1"}))), count=1)
    for n in range(200_000):
        assert names[f"unknown {n}"] == ""
    assert len(names) < 100_000
    assert names["lyon"] == "1"


def test_rows_come_by_number() -> None:
    rows = Rows(Blocks(packed(row_blocks(f"row {n}" for n in range(500)))))
    assert [rows[n] for n in (499, 0, 128, 127)] == ["row 499", "row 0", "row 128", "row 127"]


def test_a_script_without_a_file_has_no_towns() -> None:
    towns = load_towns("cans")
    assert towns.named("iqaluit") == []
    assert towns.refs.every() == {}


def test_a_town_lies_in_a_region_and_not_in_the_province_that_shares_its_code() -> None:
    towns = load_towns("latn")

    def around(town: str) -> str | None:
        return next(region_of(one.name, one.geonames) for one in towns.named(town) if one.people)

    assert [around(town) for town in ("castelldefels", "cremona", "nantes")] == [
        "Catalonia",
        "Lombardy",
        "Pays de la Loire",
    ]
