"""Recall curves: announced, told apart without colour, and the same figures as their table."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from wherewithal.charts import RecallCurve, recall_chart
from wherewithal.charts.recall import MOST

SVG = "{http://www.w3.org/2000/svg}"
QUICK = tuple(min(1.0, 3 * i / 100) for i in range(101))
SLOW = tuple(i / 100 for i in range(101))


def chart(*curves: RecallCurve):
    return recall_chart(curves, title="How early", description="Ten inclusions.", key="r")


def test_a_chart_says_what_it_shows_and_has_every_figure_in_its_table() -> None:
    found = chart(RecallCurve("words", QUICK), RecallCurve("slow", SLOW))
    assert "words: 30% of the inclusions found in the first tenth of the records, 100%" in found.read_out
    assert found.columns == ("Records read", "words", "slow")
    assert ["10%", "30.0%", "10.0%"] in found.rows
    assert found.csv().splitlines()[0] == "Records read,words,slow"


@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_lines_are_told_apart_without_colour_and_stay_inside(kind: str) -> None:
    names = [f"model {n}" for n in range(MOST)]
    picture = ElementTree.fromstring(getattr(chart(*(RecallCurve(name, QUICK) for name in names)), kind))
    assert picture.get("role") == "img"
    assert [picture.find(f"{SVG}{tag}").text is not None for tag in ("title", "desc")] == [True, True]
    dashes = [path.get("stroke-dasharray") for path in picture.iter(f"{SVG}path")]
    assert len(set(dashes)) == MOST
    assert set(names) <= {text.text for text in picture.iter(f"{SVG}text")}
    _, _, width, height = map(float, picture.get("viewBox").split())
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width
        assert 0 <= float(text.get("y")) <= height


def test_no_curve_too_many_and_one_without_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="one to"):
        chart()
    with pytest.raises(ValueError, match="one to"):
        chart(*[RecallCurve("a", QUICK)] * (MOST + 1))
    with pytest.raises(ValueError, match="before anything"):
        chart(RecallCurve("a", (1.0,)))
