from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from lxml import etree

from pledgebook.show.web.pictures import (
    Area,
    Bar,
    Dot,
    Ribbon,
    draw_bars,
    draw_flow,
    draw_timeline,
    draw_world,
    inline,
    standalone,
)
from pledgebook.show.web.pictures.bars import scale_of
from pledgebook.show.web.pictures.world import edges_of, load_world

EVIL = '"><script>alert(1)</script>'


def parsed(text: str) -> etree._Element:
    return etree.fromstring(text.encode())


def figure(value: Decimal) -> str:
    return f"{value:g}"


def area(code: str, value: int) -> Area:
    return Area(code, code, Decimal(value), f"{value}", f"/?country={code}")


def world(*areas: Area) -> str:
    return draw_world(areas, title="t", note="n", figure=figure, less="less than {sum}").body


def test_french_guiana_does_not_light_up_for_paris() -> None:
    shapes = load_world()["shapes"]
    assert {"FR", "GF"} <= set(shapes)
    xs = [int(step.split()[0]) for step in shapes["FR"].split("M")[1:] if step.split()[0].lstrip("-").isdigit()]
    assert xs
    assert all(x > 700 for x in xs)
    drawn = world(area("FR", 5))
    assert shapes["FR"] in drawn
    coloured = [part for part in drawn.split("<path") if "p-area" in part]
    assert not any(shapes["GF"] in part for part in coloured)


@pytest.mark.parametrize("code", ["SG", "LU", "MT", "BH", "HK"])
def test_small_countries_are_dots(code: str) -> None:
    assert "<circle" in world(area(code, 5))


def test_every_country_of_the_lexicon_that_people_pledge_to_has_a_place() -> None:
    points = load_world()["points"]
    assert {"US", "FR", "SG", "TW", "XK", "MT", "BH", "AE", "KR", "HK", "MO"} <= set(points)


def test_regions_and_the_whole_world_are_not_on_the_map() -> None:
    assert "p-area" not in world(area("EU", 5), area("001", 9))


def test_shades_grow_threefold() -> None:
    assert edges_of([]) == []
    edges = edges_of([Decimal("1.65e12"), Decimal(1)])
    assert edges[-1] == Decimal(10) ** 12
    assert all(2 < high / low < 4 for low, high in pairwise(edges))


def test_the_source_of_the_borders_is_named() -> None:
    assert "Natural Earth" in draw_world([area("FR", 1)], title="t", note="n", figure=figure, less="<").note


def bar(name: str, value: int) -> Bar:
    return Bar(name, name, Decimal(value), Decimal(value), str(value))


def test_one_huge_bar_is_broken_and_does_not_flatten_the_rest() -> None:
    picture = draw_bars(
        "ranking",
        [bar("US", 1650), bar("GB", 320), bar("FR", 133)],
        title="t",
        note="n",
        broken="broken",
        figure=figure,
    )
    assert picture.body.count("p-break") == 1
    assert picture.note == "n broken"
    widths = [float(it.get("width", "0")) for it in parsed(f"<g>{picture.body}</g>").iter("rect")]
    assert widths[0] > widths[1] > widths[2] > widths[1] * 0.35


def test_bars_alike_are_to_scale() -> None:
    picture = draw_bars("ranking", [bar("A", 10), bar("B", 5)], title="t", note="n", broken="broken", figure=figure)
    assert picture.note == "n"
    assert scale_of([]) == 1


def test_two_broken_bars_still_stand_in_order() -> None:
    picture = draw_bars(
        "ranking", [bar("A", 1000), bar("B", 400), bar("C", 100)], title="t", note="n", broken="b", figure=figure
    )
    widths = [float(it.get("width", "0")) for it in parsed(f"<g>{picture.body}</g>").iter("rect")]
    assert widths[0] > widths[1] > widths[2]


def test_the_timeline_is_logarithmic() -> None:
    dots = [Dot(str(n), f"p{n}", date(2024, n, 1), Decimal(10) ** (6 + 2 * n), "said", counts=n > 1) for n in (1, 2, 3)]
    picture = draw_timeline(dots, title="t", note="n", figure=figure)
    circles = list(parsed(f"<g>{picture.body}</g>").iter("circle"))
    ys = sorted(float(it.get("cy", "0")) for it in circles)
    assert ys[1] - ys[0] == pytest.approx(ys[2] - ys[1], abs=0.3)
    assert sum(it.get("class") == "p-point-out" for it in circles) == 1


def test_pictures_of_nothing_are_empty_and_sound() -> None:
    assert draw_timeline([], title="t", note="n", figure=figure).body == ""
    assert draw_flow([], title="t", note="n", others="o", figure=figure).body == ""
    assert draw_bars("ranking", [], title="t", note="n", broken="b", figure=figure).body == ""
    parsed(inline(draw_world([], title="t", note="n", figure=figure, less="<")))


def test_small_flows_are_put_together() -> None:
    ribbons = [Ribbon(f"i{n:02}", "FR", "France", Decimal(n + 1), "") for n in range(30)]
    picture = draw_flow(ribbons, title="t", note="n", others="others", figure=figure)
    assert picture.body.count("p-ribbon") == 13
    assert "others" in picture.body


def test_in_flows_a_larger_sum_is_never_the_smaller_bar() -> None:
    many = [Ribbon("many", code, code, Decimal(20), "") for code in "ABCDEFGHIJ"]
    picture = draw_flow(
        [*many, Ribbon("one", "A", "A", Decimal(400), "")], title="t", note="n", others="o", figure=figure
    )
    names = [each.text for each in parsed(inline(picture)).iter("{*}tspan") if each.text in ("many", "one")]
    assert names == ["one", "many"]
    heights = [
        float(each.get("height")) for each in parsed(inline(picture)).iter("{*}rect") if each.get("class") == "p-node"
    ]
    assert heights[0] / heights[1] == pytest.approx(2**0.5, abs=0.02)


def test_no_word_of_a_picture_is_markup() -> None:
    pictures = [
        draw_world([Area("FR", EVIL, Decimal(1), EVIL, EVIL)], title=EVIL, note=EVIL, figure=figure, less="<"),
        draw_bars(
            "ranking",
            [Bar(EVIL, EVIL, Decimal(1), Decimal(1), EVIL, EVIL)],
            title=EVIL,
            note=EVIL,
            broken="",
            figure=figure,
        ),
        draw_timeline(
            [Dot(EVIL, EVIL, date(2024, 1, 1), Decimal(5), EVIL, True, EVIL)], title=EVIL, note=EVIL, figure=figure
        ),
        draw_flow([Ribbon(EVIL, "FR", EVIL, Decimal(5), EVIL)], title=EVIL, note=EVIL, others="", figure=figure),
    ]
    for picture in pictures:
        for drawn in (inline(picture), standalone(picture, source=EVIL)):
            assert "<script" not in drawn
            parsed(drawn)


def test_a_picture_of_its_own_has_title_note_and_source() -> None:
    drawn = standalone(
        draw_bars("r", [bar("A", 1)], title="The title", note="The note.", broken="", figure=figure),
        source="From here.",
    )
    assert "The title" in drawn
    assert "The note. From here." in drawn
    assert 'xmlns="http://www.w3.org/2000/svg"' in drawn
