"""What every chart must be: announced, unstyled, legible, and the same figures as its table."""

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.charts import Line, Moment, Place, Role, interval_chart, timeline_chart
from wherewithal.charts.drawing import shortened, width_of
from wherewithal.charts.scale import scale_for

SVG = "{http://www.w3.org/2000/svg}"


def percent(value: float) -> str:
    return f"{value:.1f}%"


def interval(*places: Place):
    return interval_chart(
        places,
        title="Northtown beside England",
        description="Something counted.",
        key="a",
        value_text=percent,
        range_text=lambda low, high: f"{low:.1f} to {high:.1f}",
        tick_text=lambda value, digits: f"{value:.{digits}f}%",
    )


def timeline(*values: float | None, beside: Line | None = None):
    ours = Line("Northtown", tuple(moment(2000 + i, value) for i, value in enumerate(values)))
    return timeline_chart(
        ours,
        beside,
        title="Northtown over time",
        description="Something counted.",
        key="b",
        value_text=percent,
        tick_text=lambda value, digits: f"{value:.{digits}f}%",
    )


def moment(year: int, value: float | None) -> Moment:
    return Moment(
        str(year), value, None if value is None else value - 1, None if value is None else value + 1
    )


PLACES = (
    Place("Northtown <b>&", 26.4, 25.1, 27.8, Role.OURS),
    Place("England", 22.6, 22.5, 22.7, Role.BENCHMARK),
    Place("Neighbours' median", 21.9, role=Role.AVERAGE),
    Place("A neighbouring place with a very long name indeed, and then some", 20.0, 18.0, 22.0),
    Place("Quiet place", None),
)
CHARTS = [
    interval(*PLACES),
    timeline(
        20, 21, None, 23, 24, beside=Line("England", tuple(Moment(str(2000 + i), 18.0) for i in range(5)))
    ),
    timeline(3.0),
]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_a_drawing_is_one_announced_image_without_styles_or_scripts(chart, kind):
    markup = getattr(chart, kind)
    root = ElementTree.fromstring(markup)
    assert root.get("role") == "img"
    assert root.get("class") == f"chart chart--{kind}"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, description.text) == (chart.title, chart.read_out)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert all("style" not in element.attrib for element in root.iter())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "text", "line", "path", "rect", "circle", "polygon",
    }  # fmt: skip
    assert "font-family" not in markup


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("kind", ["wide", "narrow"])
def test_no_text_is_tiny_and_nothing_leaves_the_picture(chart, kind):
    root = ElementTree.fromstring(getattr(chart, kind))
    width, height = map(float, root.get("viewBox").split()[2:])
    assert width == {"wide": 640, "narrow": 320}[kind]
    for found in root.iter(f"{SVG}text"):
        size, x, y = (float(found.get(name)) for name in ("font-size", "x", "y"))
        assert size >= 14
        length = width_of(found.text, size, bold=found.get("font-weight") == "700")
        start = {None: x, "middle": x - length / 2, "end": x - length}[found.get("text-anchor")]
        assert start >= -4, found.text
        assert start + length <= width + 4, found.text
        assert 0 < y <= height


def test_the_two_drawings_of_a_page_have_different_ids():
    ids = [
        e.get("id")
        for kind in (CHARTS[0].wide, CHARTS[0].narrow)
        for e in ElementTree.fromstring(kind).iter()
    ]
    named = [name for name in ids if name]
    assert len(named) == len(set(named)) == 4


def test_shapes_tell_the_places_apart():
    markup = CHARTS[0].wide
    assert markup.count("<circle") == 1
    assert markup.count("<polygon") == 1


def test_the_read_out_says_every_figure():
    assert "Northtown <b>& 26.4% (25.1 to 27.8)" in CHARTS[0].read_out
    assert "Quiet place not published" in CHARTS[0].read_out
    assert "Northtown: from 20.0% in 2000 to 24.0% in 2004" in CHARTS[1].read_out


def test_the_table_and_the_csv_hold_the_same_figures():
    chart = CHARTS[0]
    assert chart.rows[0] == ["Northtown <b>&", "26.4%", "25.1%", "27.8%"]
    assert chart.rows[4] == ["Quiet place", "not published", "not published", "not published"]
    assert chart.rows[2] == ["Neighbours' median", "21.9%", "none", "none"]
    rows = list(csv.reader(io.StringIO(chart.csv())))
    assert rows[0] == ["Area", "Value", "95% interval: lower", "95% interval: upper"]
    assert rows[1] == ["Northtown <b>&", "26.4", "25.1", "27.8"]
    assert rows[5] == ["Quiet place", "", "", ""]
    named = list(csv.reader(io.StringIO(chart.csv(source="a file"))))
    assert (named[0][-1], named[1][-1]) == ("Source", "a file")


def test_a_formula_in_a_name_is_disarmed_in_the_csv():
    chart = interval(Place("=HYPERLINK(1)", -5.0, role=Role.OURS))
    assert chart.csv().splitlines()[1] == "'=HYPERLINK(1),-5.0,,"


def test_a_gap_is_never_drawn_over():
    lines = list(ElementTree.fromstring(timeline(1, 2, None, 3, 4).wide).iter(f"{SVG}path"))
    assert all(e.get("d").count("L") == 1 for e in lines if e.get("stroke-width") == "2.75")


def test_a_scale_that_does_not_start_at_nought_says_so():
    assert "The scale starts at 60%, not at 0" in interval(Place("A", 60.0), Place("B", 64.0)).wide
    assert "The scale starts" not in interval(Place("A", 6.0), Place("B", 64.0)).wide


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="at least one place with a value"):
        interval(Place("A", None))
    with pytest.raises(ValueError, match="at least one value"):
        timeline(None, None)
    with pytest.raises(ValueError, match="same periods"):
        timeline(1.0, 2.0, beside=Line("England", (Moment("1999", 1.0),)))


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=1, max_size=20))
def test_a_scale_holds_every_value_between_round_marks(values):
    scale = scale_for(values, 0, 100)
    assert all(-0.001 <= scale(value) <= 100.001 for value in values)
    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert 2 <= len(scale.ticks) <= 12


def test_tick_marks_are_written_with_the_places_they_need():
    assert scale_for([11, 20.5], 0, 100).places == 1
    assert scale_for([0, 20], 0, 100).places == 0
    assert scale_for([0.1, 0.2], 0, 100).places == 2


@given(st.text(max_size=60), st.floats(20, 400))
def test_shortened_words_fit(words, room):
    assert width_of(shortened(words, 15, room), 15) <= room + width_of("…", 15)
