"""What a scene keeps of what was worked out of it."""

from dataclasses import replace

from documents import scene
from pledgebook.domain import Mention
from pledgebook.extract.claims.features import figure_features
from pledgebook.extract.claims.once import once
from pledgebook.extract.claims.scene import Scene

TEXT = "Acme will invest 2 billion euros in Spain. It will add 3 billion euros in France."


def test_a_thing_is_worked_out_once_for_each_scene() -> None:
    asked: list[int] = []

    @once
    def twice(_: Scene, number: int) -> int:
        asked.append(number)
        return 2 * number

    here, there = scene(TEXT), scene(TEXT)
    assert [twice(here, 1000), twice(here, 500 + 500), twice(here, 2), twice(there, 2)] == [2000, 2000, 4, 4]
    assert asked == [1000, 2, 2]


def test_things_are_told_apart_by_what_they_are_and_not_by_how_they_look() -> None:
    @once
    def start(_: Scene, mention: Mention) -> list[int]:
        return [mention.span.start]

    here = scene(TEXT)
    first, same = here.money[0], replace(here.money[0])
    assert start(here, first) is start(here, first)
    assert start(here, first) is not start(here, same)


def test_what_was_kept_goes_when_a_scene_changes() -> None:
    here = scene(TEXT)
    assert "figures:1" in figure_features(here, here.money[0])
    without = replace(here, money=())
    assert without.kept == {}
    assert "figures:0" in figure_features(without, here.money[0])
