from hypothesis import given

from factory import RATES, claim, tell
from pledgebook.domain import Telling
from pledgebook.reconcile.facts import day_of, said
from pledgebook.reconcile.hashes import hash_key
from pledgebook.reconcile.names import Names
from pledgebook.reconcile.reader import read_facts
from worlds import worlds


def test_what_is_said_is_the_same_whoever_says_it_and_in_whatever_order_names_were_met() -> None:
    here = tell("a", "2024-05-14", claim("c", ("Acme", "Bolt"), "FR DE", "4 bn EUR", "2024-05-13", places=["Nantes"]))
    there = tell("b", "2024-05-14", claim("x", ("Bolt", "Acme"), "DE FR", "4 bn EUR", "2024-05-13", places=["NANTES"]))
    names = Names()
    read_facts(tell("z", None, claim("c", "Zenith", "NZ", "1 bn NZD")), RATES, names)
    assert said(read_facts(here, RATES).facts) == said(read_facts(there, RATES, names).facts)
    other = tell(
        "c", "2024-05-14", claim("c", ("Acme", "Bolt"), "FR DE", "4.1 bn EUR", "2024-05-13", places=["Nantes"])
    )
    assert said(read_facts(here, RATES).facts) != said(read_facts(other, RATES).facts)


@given(worlds(most=3))
def test_rows_follow_tellings_one_by_one(world: list[list[Telling]]) -> None:
    tellings = [it for document in world for it in document]
    read = read_facts(tellings, RATES)
    assert list(read.keys) == [it.key for it in tellings]
    assert read.facts.rows["key"].tolist() == [hash_key(it.key) for it in tellings]
    alone = [int(said(read_facts([it], RATES).facts)[0]) for it in tellings]
    assert said(read.facts).tolist() == alone


def test_a_row_stands_under_the_day_of_its_announcement_else_the_last_that_it_can_be() -> None:
    told = tell("a", "2024-05-20", claim("dated", "Acme", "FR", "4 bn EUR", "2024-05-13"))
    background = tell("b", "2024-05-20", claim("c", "Acme", "FR", "4 bn EUR", role="earlier"))
    days = [int(day_of(read_facts(it, RATES).facts)[0]) for it in (told, background)]
    assert days[1] - days[0] == 7


def test_a_longer_name_finds_the_shorter_one_whichever_is_met_first() -> None:
    for order in (("Acme Cloud Holding", "Acme Cloud"), ("Acme Cloud", "Acme Cloud Holding")):
        names = Names()
        numbers = {name: names.party(name) for name in order}
        heads, _ = names.ends
        assert heads[numbers["Acme Cloud Holding"]] == numbers["Acme Cloud"]
        assert heads[numbers["Acme Cloud"]] == -2
    # Also where both ends were asked for between the two.
    names = Names()
    longer, _ = names.party("Acme Cloud Holding"), names.ends
    assert names.ends[0][longer] == -2
    shorter = names.party("Acme Cloud")
    assert names.ends[0][longer] == shorter
