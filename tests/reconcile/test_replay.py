"""Going through the rounds again where something is new gives what going through all of them gives."""

from random import Random

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from factory import RATES, claim, tell
from pledgebook.domain import Telling
from pledgebook.reconcile.group import Group, group
from pledgebook.reconcile.groups import DELEGATES, Groups, Speakers, Told
from pledgebook.reconcile.index import Index
from pledgebook.reconcile.reader import read_facts

SUMS = (None, "4 bn EUR", "4.2 bn EUR", "4.3 bn USD", "4.1 bn EUR", "5 bn EUR", "3.9 bn EUR", "4 m EUR")
PURPOSES = ("cloud", "ai", "cloud ai")


def document(chance: Random, name: str, sums: tuple[str | None, ...], months: int) -> list[Telling]:
    """One to three claims about one or two investors in a few months: nearly all of them hang together."""
    claims = []
    for n in range(chance.choice((1, 1, 1, 2, 3))):
        relation = {chance.choice(("adds_to", "part_of", "replaces")): "0"} if n and chance.random() < 0.3 else {}
        month = f"2024-{chance.randint(1, months):02}"
        claims.append(
            claim(
                str(n),
                chance.choice(("Acme", "Acme", "Bolt", ("Acme", "Bolt"), ())),
                chance.choice(("FR", "FR", "FR DE", "")),
                chance.choice(sums),
                chance.choice((None, "2024", month, f"{month}-03", f"{month}-05", f"{month}-19")),
                role=chance.choice(("new", "new", "earlier", "total")),
                things=chance.choice(({}, {}, {"jobs": 300}, {"jobs": 310})),
                places=chance.choice(((), (), ("Lyon",), ("Paris",))),
                purposes=chance.choice(PURPOSES),
                **relation,
            )
        )
    return tell(name, chance.choice((None, f"2024-{chance.randint(1, 12):02}-15")), *claims)


def in_order(groups: object) -> list[Group]:
    return sorted(groups, key=lambda it: it.keys)  # type: ignore[call-overload, no-any-return]


# To make an example smaller takes minutes: a seed says enough.
@settings(max_examples=25, phases=(Phase.explicit, Phase.generate))
@given(st.integers(0, 10**9))
def test_components_grow_to_what_they_are_at_once(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - a test, not a secret
    sums, months = SUMS[: chance.randint(2, len(SUMS))], chance.randint(1, 8)
    documents = [document(chance, f"d{n:02}", sums, months) for n in range(chance.randint(5, 60))]
    chance.shuffle(documents)
    known = chance.randrange(len(documents))
    first = [it for told in documents[:known] for it in told]
    decided = [tuple(chance.sample(first, 2)) for _ in range(chance.choice((0, 0, 1, 3))) if len(first) > 1]
    pairs = [(one.key, other.key) for one, other in decided]
    ways = {"same": pairs[::2], "different": pairs[1::2]}
    index = Index(first, RATES, **ways)
    told = {it.keys: it for it in index.groups()}
    while known < len(documents):
        some = documents[known : known + chance.choice((1, 1, 1, 4))]
        known += len(some)
        changed = index.add([it for document in some for it in document])
        for gone in changed.gone:
            del told[gone]
        told |= {it.keys: it for it in changed.groups}
    everything = in_order(group([it for told in documents for it in told], RATES, **ways))
    assert in_order(index.groups()) == everything
    # What each addition said has changed, weakest likenesses included, leads there too.
    assert in_order(told.values()) == everything


def test_a_chain_of_ever_weaker_likenesses_is_cut_anew_from_the_best_one_on() -> None:
    """A stronger likeness that comes late takes a row out of the group that it had joined many rounds before."""
    steps = [
        tell(f"d{n}", None, claim("c", "Acme", "FR", f"{4 + n / 10} bn EUR", f"2024-05-{n + 1:02}")) for n in range(12)
    ]
    for late in range(len(steps)):
        index = Index([it for n, told in enumerate(steps) if n != late for it in told], RATES)
        index.add(steps[late])
        assert in_order(index.groups()) == in_order(group([it for told in steps for it in told], RATES))


def test_a_document_that_tells_again_of_two_that_were_one_parts_them() -> None:
    """What it says is known to the letter; that one document says both is not."""
    said = [claim(str(n), "Acme", "FR", it, "2024-05-13") for n, it in enumerate(("4 bn EUR", "4.2 bn EUR"))]
    known = [it for n, item in enumerate(said) for it in tell(f"d{n}", "2024-05-14", item)]
    index = Index(known, RATES)
    assert len(list(index.groups())) == 1
    both = tell("both", "2024-05-14", *said)
    changed = index.add(both)
    expected = in_order(group([*known, *both], RATES))
    assert len(expected) == 2
    assert in_order(index.groups()) == in_order(changed.groups) == expected


def test_delegates_speak_once_for_each_row() -> None:
    """Two rows that unite are no third and fourth voice when others are asked."""
    facts = read_facts(
        [it for n in range(3) for it in tell(f"d{n}", None, claim("c", "Acme", "FR", "4 bn EUR"))], RATES
    )
    delegates = np.full((3, DELEGATES), -1, np.int32)
    delegates[:, 0] = np.arange(3)
    groups = Groups(
        Speakers.of(facts.facts, np.arange(3, dtype=np.uint64)),
        delegates,
        np.zeros(3, np.bool_),
        told=Told(np.zeros(0, np.int64), np.zeros(0, np.uint64)),
        told_group=np.zeros(0, np.int32),
        apart=(),
    )
    # 1 and 2 are each other's best, and 0 follows 1.
    here, there = np.array([1, 0]), np.array([2, 1])
    best = np.array([True, True]), np.array([True, False])
    groups.settle(here, there, best=best, edge=np.array([0, 1]))
    assert groups.now(np.arange(3)).tolist() == [0, 0, 0]
    assert sorted(delegates[0].tolist()) == [-1, -1, 0, 1, 2]
    assert groups.past.edge.tolist() == [-1, 1, 0]
