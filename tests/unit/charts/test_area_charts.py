"""Charts of areas: announced, unstyled, readable without colour, and the same figures as their tables."""

from xml.etree import ElementTree

import pytest

from wherewithal.charts import (
    Chart,
    FunnelPlace,
    GroupValue,
    LimitsAt,
    Near,
    Pair,
    RankedPlace,
    RugCell,
    RugRow,
    SlopeLine,
    Standing,
    Tile,
    Vertebra,
    area_funnel_chart,
    gradient_chart,
    ranked_chart,
    rug_chart,
    slope_chart,
    spine_chart,
    tile_map,
)
from wherewithal.charts.standing import standing_mark

SVG = "{http://www.w3.org/2000/svg}"


def percent(value: float) -> str:
    return f"{value:.1f}%"


def tick(value: float, digits: int) -> str:
    return f"{value:.{digits}f}%"


AXES = {"value_name": "Per cent", "value_text": percent, "tick_text": tick}


def charts() -> dict[str, Chart]:
    places = [RankedPlace(f"Place {n}", 10.0 + n, 9.0 + n, 11.0 + n) for n in range(5)]
    places += [RankedPlace("Ours <b>", 12.0, 10.0, 14.0, Near.OURS), RankedPlace("Quiet", None)]
    funnel = [FunnelPlace("Ours <b>", 900.0, 12.0, "Within the limits", 0, True)]
    funnel += [FunnelPlace("Far", 400.0, 30.0, "High, beyond 99.8% limits", 2)]
    groups = [GroupValue("Most deprived", 0.4, 20.0, 18.0, 22.0), GroupValue("Least", 0.6, 10.0, 9.0, 11.0)]
    vertebra = Vertebra("Something", 12.0, 10.0, 5.0, 8.0, 11.0, 16.0, 150, Standing.WORSE, False, percent)
    return {
        "ranked": ranked_chart(
            places, benchmark=RankedPlace("England", 11.0), title="t", description="d.", key="a", **AXES
        ),
        "funnel": area_funnel_chart(
            funnel,
            [LimitsAt(400, 8, 12, 7, 13), LimitsAt(900, 9, 11, 8, 12)],
            10.0,
            title="t",
            description="d.",
            key="b",
            size_name="People",
            **AXES,
        ),
        "gradient": gradient_chart(
            groups, SlopeLine(22.0, 8.0, "Lower."), title="t", description="d.", key="c", **AXES
        ),
        "slope": slope_chart(
            [Pair("Ours <b>", groups[0], groups[1], True), Pair("England", groups[1], groups[0])],
            title="t",
            description="d.",
            key="d",
            **AXES,
        ),
        "spine": spine_chart([vertebra], title="t", description="d.", key="e"),
        "rug": rug_chart(
            ["Ours <b>", "Other"],
            [RugRow("Something", (RugCell(Standing.WORSE, "12%"), RugCell(Standing.BETTER, "8%")))],
            title="t",
            description="d.",
            key="f",
        ),
        "tiles": tile_map(
            [
                Tile("Ours <b>", 0, 0, Standing.WORSE, 12.0, "North", True),
                Tile("Other", 1, 0, Standing.BETTER, 8.0),
            ],
            title="t",
            description="d.",
            key="g",
            value_text=percent,
        ),
    }


@pytest.mark.parametrize("name", list(charts()))
def test_each_is_announced_in_two_widths_without_styles(name):
    chart = charts()[name]
    for svg, width in ((chart.wide, 640), (chart.narrow, 320)):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root.get("viewBox").split()[2] == str(width)
        title, description = root[0], root[1]
        assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
        assert description.text == chart.read_out
        assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
        assert "style=" not in svg
    assert len(chart.description) > 10
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert chart.csv(source="s").count("\r\n") == len(chart.figures) + 1


def test_what_each_says_in_words():
    drawn = charts()
    assert "Ours <b> is 12.0%, number 3 from the lowest." in drawn["ranked"].description
    assert "1 of 2 areas lie outside the outer limits" in drawn["funnel"].description
    assert drawn["gradient"].description.endswith("Lower.")
    assert "Ours <b>: most deprived 20.0%, least 10.0%." in drawn["slope"].description
    assert "Outside the middle half of all places: 1 of 1." in drawn["spine"].description
    assert "Ours <b>, of 1 figures beside England: 1 worse." in drawn["rug"].description
    assert "1 better, 1 worse" in drawn["tiles"].description


def test_standings_differ_by_letter_and_by_shape():
    letters = [each.letter for each in Standing]
    assert len(set(letters)) == len(letters)
    shapes = ["".join(standing_mark(each, 0, 0, 10)) for each in Standing]
    assert len(set(shapes)) == len(shapes)


def test_tiles_too_small_for_letters_have_marks():
    many = [Tile(f"P{n}", n % 20, n // 20, Standing.WORSE, 1.0) for n in range(200)]
    chart = tile_map(many, title="t", description="d", key="k", value_text=percent)
    assert ">W</text>" in chart.wide
    assert ">W</text>" not in chart.narrow


@pytest.mark.parametrize(
    "draw",
    [
        lambda: ranked_chart(
            [RankedPlace("a", None)], benchmark=None, title="t", description="", key="k", **AXES
        ),
        lambda: rug_chart([], [], title="t", description="", key="k"),
        lambda: rug_chart(["a"], [RugRow("x", ())], title="t", description="", key="k"),
        lambda: spine_chart([], title="t", description="", key="k"),
        lambda: gradient_chart([], None, title="t", description="", key="k", **AXES),
        lambda: slope_chart([], title="t", description="", key="k", **AXES),
        lambda: tile_map([], title="t", description="", key="k", value_text=percent),
        lambda: area_funnel_chart([], [], 1.0, title="t", description="", key="k", size_name="n", **AXES),
    ],
)
def test_nothing_to_draw_is_refused(draw):
    with pytest.raises(ValueError, match=r"need|every row"):
        draw()
