"""A flow of things through stages."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from wherewithal.charts import Count, Step, flow_chart

STEPS = (
    Step(
        "First",
        (Count("Letters", 1_200), Count("By post", 800, part=True)),
        (Count("Torn <beyond> reading", 3),),
    ),
    Step("Second", (Count("Letters read by somebody who then put them on the right pile", 1_197),)),
)


def test_every_number_is_drawn_told_and_in_the_table() -> None:
    chart = flow_chart("Letters", "What became of them.", STEPS, key="letters")
    for drawing in (chart.wide, chart.narrow):
        words = " ".join(ElementTree.fromstring(drawing).itertext())
        assert "Letters: 1,200" in words
        assert "Torn <beyond> reading: 3" in words
    assert "Left out: Torn <beyond> reading: 3." in chart.read_out
    assert chart.rows[2] == ["First", "left out", "Torn <beyond> reading", "3"]
    assert "Second,went on,Letters read by" in chart.csv()


def test_long_words_are_broken_and_stay_in_their_box() -> None:
    chart = flow_chart("Letters", "", STEPS, key="letters")
    for drawing in (chart.wide, chart.narrow):
        root = ElementTree.fromstring(drawing)
        shown = [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]
        assert max(map(len, shown)) < 50


def test_a_flow_needs_a_step() -> None:
    with pytest.raises(ValueError, match="at least one"):
        flow_chart("Nothing", "", (), key="nothing")
