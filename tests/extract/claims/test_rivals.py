"""Who else may play a part, and where."""

from pledgebook.domain import Span
from pledgebook.extract.claims.actor import Actor, Anchor
from pledgebook.extract.claims.rivals import Rivals


def actor(key: str, *sentences: int, kind: str = "name") -> Actor:
    return Actor(key, anchors=[Anchor(Span(n, n + 1), n, kind) for n in sentences])


ONE, TWO, THREE = actor("one", 0, 2), actor("two", 1, 2), actor("three", 2, 3)
FRENCH = actor("FR", 1, 4, kind="adjective")
ALL = Rivals([ONE, TWO, THREE, FRENCH])


def test_nobody_is_a_rival_of_itself() -> None:
    assert Rivals([ONE]).is_alone(ONE)
    assert Rivals([]).is_alone(ONE)
    assert not Rivals([ONE]).is_alone(TWO)
    assert not ALL.is_alone(ONE)
    assert ALL.named(ONE, 2, 3) == {"two", "three"}


def test_as_many_are_counted_as_are_asked_for() -> None:
    for first in range(5):
        for last in range(first, 6):
            for most in (1, 2, 3):
                for one in (ONE, FRENCH, actor("nobody")):
                    assert ALL.count(one, first, last, most=most) == min(len(ALL.named(one, first, last)), most)


def test_adjectives_name_a_rival_only_by_some_word() -> None:
    assert ALL.named(ONE, 4, 5) == set()
    assert ALL.stand(ONE, 4)
