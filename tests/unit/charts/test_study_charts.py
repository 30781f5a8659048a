"""Charts of studies: every one announced, legible, without touching words, with its figures in table and words."""

from __future__ import annotations

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wherewithal.charts import (
    Bar,
    Bubble,
    Chart,
    Disturbance,
    Edge,
    EffectAxis,
    Fitted,
    Found,
    Judged,
    Node,
    Point,
    Ranked,
    Risks,
    Slant,
    Study,
    Together,
    baujat_chart,
    bubble_chart,
    direction_chart,
    forest_chart,
    funnel_chart,
    harvest_chart,
    judgement_summary_chart,
    labbe_chart,
    network_chart,
    ranking_chart,
    traffic_light_chart,
)
from wherewithal.charts.drawing import width_of, wrapped
from wherewithal.charts.effect_axis import within

SVG = "{http://www.w3.org/2000/svg}"
RATIO = EffectAxis(
    "Risk ratio", log=True, better="lower", left="favours the programme", right="favours usual help"
)
SMD = EffectAxis("Standardised mean difference", better="higher")
NAMES = [
    "Ash 2001",
    "Birch & <Beech> 2002",
    "A Partnership Research Group with a name that goes on and on for longer than any column, 2011",
    "Dove 2015",
]
STUDIES = [
    Study(NAMES[0], -0.9, -2.0, 0.2, 10.0),
    Study(NAMES[1], -0.3, -0.5, -0.1, 45.0),
    Study(NAMES[2], 0.1, -4.9, 5.1, 5.0),
    Study(NAMES[3], -0.4, -0.7, -0.1, 40.0),
]
POOLED = Together("Pooled (REML)", -0.36, -0.55, -0.17, -0.8, 0.1, "I² 12%, tau² 0.01")
DOMAINS = ["Randomisation process", "Deviations from intended interventions", "Overall"]
JUDGED = [Judged(name, ("low", "some", "high")) for name in NAMES[:3]] + [
    Judged(NAMES[3], ("low", "", "low"))
]
OUTCOMES = ["Behaviour at home", "Parents' stress", "Cost"]


def forest(studies=STUDIES, together=POOLED, axis=RATIO, **more) -> Chart:
    return forest_chart(studies, together, axis, title="A forest", description="Made up.", key="f", **more)


def subgroups() -> Chart:
    studies = [
        Study(s.name, s.value, s.low, s.high, s.weight, group="first" if i % 2 else "second")
        for i, s in enumerate(STUDIES)
    ]
    return forest(
        studies,
        groups={"first": Together("Pooled", -0.3, -0.5, -0.1), "second": Together("Pooled", -0.6, -1.2, 0.0)},
        between="Do subgroups differ? Q = 1.20 on 1, p = 0.27",
    )


def several() -> Chart:
    studies = [
        Study(f"Effect {i}", s.value, s.low, s.high, study=NAMES[i // 2]) for i, s in enumerate(STUDIES)
    ]
    return forest(studies, None, SMD)


def funnel(**more) -> Chart:
    points = [Point(s.name, s.value, (s.high - s.low) / 3.92) for s in STUDIES]
    points.append(Point("filled 1", 0.3, 0.4, filled=True))
    return funnel_chart(
        points,
        -0.36,
        RATIO,
        title="A funnel",
        description="Made up.",
        key="u",
        slant=Slant(-0.1, -1.1),
        test="Egger's test: p = 0.20.",
        **more,
    )


CHARTS = {
    "forest": forest(),
    "subgroups": subgroups(),
    "several": several(),
    "funnel": funnel(),
    "bubble": bubble_chart(
        [Bubble(name, 1998.0 + 3 * i, -0.2 * i, 1.0 + i) for i, name in enumerate(NAMES)],
        [Fitted(1998, 0.0, -0.4, 0.4), Fitted(2007, -0.6, -1.0, -0.2)],
        RATIO,
        "Year",
        title="Bubbles",
        description="Made up.",
        key="b",
    ),
    "baujat": baujat_chart(
        [Disturbance(name, 0.4 * i, 0.1 * i * i) for i, name in enumerate(NAMES)],
        title="Baujat",
        description="Made up.",
        key="j",
    ),
    "labbe": labbe_chart(
        [Risks(name, 0.1 + 0.1 * i, 0.3 - 0.05 * i, 50 + 30 * i) for i, name in enumerate(NAMES)],
        title="L'Abbé",
        description="Made up.",
        key="l",
    ),
    "lights": traffic_light_chart(JUDGED, DOMAINS, title="Lights", description="Made up.", key="t"),
    "summary": judgement_summary_chart(JUDGED, DOMAINS, title="Summary", description="Made up.", key="s"),
    "direction": direction_chart(
        [
            Found(
                name,
                ("better", "mixed", "none") if i % 2 else ("worse", "better", "better"),
                1 + i % 3,
                "high",
            )
            for i, name in enumerate(NAMES)
        ],
        OUTCOMES,
        title="Directions",
        description="Made up.",
        key="d",
    ),
    "harvest": harvest_chart(
        [
            Bar(name, outcome, ("worse", "mixed", "better")[(i + j) % 3], 1 + i % 3, str(i))
            for i, name in enumerate(NAMES)
            for j, outcome in enumerate(OUTCOMES)
        ],
        title="Harvest",
        description="Made up.",
        key="h",
        over="quality",
    ),
    "network": network_chart(
        [
            Node(name, 100 * (i + 1))
            for i, name in enumerate(["usual help", "coaching", "groups", "home visits"])
        ],
        [
            Edge("coaching", "usual help", 5),
            Edge("groups", "usual help", 2),
            Edge("home visits", "groups", 1),
        ],
        title="Network",
        description="Made up.",
        key="n",
    ),
    "ranking": ranking_chart(
        [
            Ranked("home visits", 0.8, (0.7, 0.2, 0.1), 1, 3),
            Ranked("coaching", 0.5, (0.2, 0.5, 0.3), 1, 3),
            Ranked("usual help", 0.2, (0.1, 0.3, 0.6), 1, 3),
        ],
        title="Ranks",
        description="Made up.",
        key="r",
        verdict="No treatment may be called the best.",
    ),
}


@pytest.fixture(params=CHARTS)
def chart(request: pytest.FixtureRequest) -> Chart:
    return CHARTS[request.param]


@pytest.fixture(params=["wide", "narrow"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_drawing_is_one_announced_image_without_styles(chart: Chart, kind: str) -> None:
    root = ElementTree.fromstring(getattr(chart, kind))
    assert (root.get("role"), root.get("class")) == ("img", f"chart chart--{kind}")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert (title.text, description.text) == (chart.title, chart.read_out)
    assert all("style" not in element.attrib for element in root.iter())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "text", "line", "path", "rect", "circle", "polygon",
    }  # fmt: skip
    numbers = [value for element in root.iter() for value in element.attrib.values()]
    assert not any("nan" in value.split() or "inf" in value for value in numbers)


def boxes(markup: str) -> list[tuple[float, float, float, float, str]]:
    found = []
    for each in ElementTree.fromstring(markup).iter(f"{SVG}text"):
        size, x, y = (float(each.get(name)) for name in ("font-size", "x", "y"))
        assert size >= 14
        # The estimate of widths is generous; Public Sans and Arial are a little narrower.
        length = 0.93 * width_of(each.text, size, bold=each.get("font-weight") == "700")
        start = {None: x, "middle": x - length / 2, "end": x - length}[each.get("text-anchor")]
        found.append((start, y - 0.72 * size, start + length, y + 0.2 * size, each.text))
    return found


def test_words_stay_inside_and_never_touch(chart: Chart, kind: str) -> None:
    markup = getattr(chart, kind)
    width, height = map(float, ElementTree.fromstring(markup).get("viewBox").split()[2:])
    assert width == {"wide": 640, "narrow": 320}[kind]
    placed = boxes(markup)
    for left, top, right, bottom, words in placed:
        assert left >= -1, words
        assert right <= width + 1, words
        assert top >= 0, words
        assert bottom <= height + 1, words
    for number, one in enumerate(placed):
        for other in placed[number + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one[4], other[4])


def test_table_and_words_hold_every_name_whole(chart: Chart) -> None:
    assert len(chart.rows) == len(chart.figures)
    assert all(len(row) == len(chart.columns) for row in chart.figures)
    assert "Made up." in chart.description
    assert chart.read_out.startswith(chart.description[:40])
    if any(NAMES[2] in str(row[0]) for row in chart.figures):
        assert NAMES[2] in chart.read_out


def test_a_forest_says_its_effects_in_natural_units_and_what_is_better() -> None:
    made = forest()
    assert "Pooled (REML): risk ratio 0.70 (95% interval 0.58 to 0.84)" in made.description
    assert "on the side of ‘favours the programme’." in made.description
    assert "next study like these would lie between 0.45 and 1.11" in made.description
    assert made.rows[0] == ["Ash 2001", "0.41", "0.14", "1.22", "10.0"]
    assert [row[0] for row in made.rows[-2:]] == ["Pooled (REML)", "A next study (prediction interval)"]
    assert "← favours the programme" in made.wide
    assert ">0.5<" in made.wide


def test_an_interval_that_leaves_the_scale_ends_in_an_arrow() -> None:
    tame = [study for study in STUDIES if study.name != NAMES[2]]
    wild = [*tame, Study("Wild", 0.1, -9.0, 9.0)]
    assert forest(wild).wide.count("<polygon") == forest(tame).wide.count("<polygon") + 2
    # Diamond and two arrows; the table keeps the ends.
    assert forest(wild).figures[3][3] == pytest.approx(math.exp(9))


def test_subgroups_and_several_effects_are_named_in_the_table() -> None:
    assert [row[0] for row in subgroups().rows][:3] == [
        f"second: {NAMES[0]}",
        f"second: {NAMES[2]}",
        "second: Pooled",
    ]
    assert several().rows[0][0] == f"{NAMES[0]}: Effect 0"
    assert "Do subgroups differ?" in subgroups().description


def test_a_funnel_counts_sides_and_marks_what_was_filled_in() -> None:
    made = funnel()
    assert "2 of 4 studies lie left of the pooled 0.70" in made.description
    assert "Trim and fill adds 1, drawn open" in made.description
    assert [row[4] for row in made.rows] == ["no", "no", "no", "no", "yes"]
    assert made.figures[1][3] == pytest.approx(math.erfc(0.3 / (0.4 / 3.92) / 2**0.5))
    assert "p below 0.01" in made.wide
    assert "p below 0.01" not in funnel(contours=False).wide


def test_judgements_are_signs_before_they_are_colours() -> None:
    made = CHARTS["lights"]
    assert made.rows[0] == ["Ash 2001", "Low", "Some concerns", "High"]
    assert "Overall: low in 1 of 4, high in 3 of 4." in made.description
    drawn = [each.text for each in ElementTree.fromstring(made.wide).iter(f"{SVG}text")]
    assert {"+", "?", "−", "Some concerns", "Not judged"} <= set(drawn)
    assert "Overall: low 25%, high 75% of studies." in CHARTS["summary"].description


def test_directions_are_counted_without_significance() -> None:
    assert (
        "Behaviour at home: better in 2, worse in 2, neither in 0 of the 4 studies"
        in CHARTS["direction"].description
    )


def test_the_verdict_on_ranks_is_in_the_words() -> None:
    assert "No treatment may be called the best." in CHARTS["ranking"].description


@given(
    st.lists(st.tuples(st.floats(-3, 3), st.floats(0.02, 3)), min_size=1, max_size=15),
    st.booleans(),
    st.sampled_from(["lower", "higher", None]),
)
@settings(max_examples=40, deadline=None)
def test_any_studies_can_be_drawn(effects, log, better) -> None:
    studies = [Study(f"Study {n}", y, y - 2 * s, y + 2 * s, 1.0) for n, (y, s) in enumerate(effects)]
    made = forest(studies, None, EffectAxis("Effect", log=log, better=better))
    for markup in (made.wide, made.narrow):
        root = ElementTree.fromstring(markup)
        width = float(root.get("viewBox").split()[2])
        for each in root.iter(f"{SVG}rect"):
            assert -1 <= float(each.get("x")) <= width
        assert len(list(root.iter(f"{SVG}rect"))) == len(studies)


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=20), st.booleans())
def test_an_axis_holds_what_it_should_with_no_effect_among_its_marks(values, log) -> None:
    axis = EffectAxis("Effect", log=log)
    held = within(values, [(value - 1, value + 1) for value in values])
    scale = axis.scale(held, 0, 100)
    assert all(-1e-6 <= scale(value) <= 100 + 1e-6 for value in values)
    assert any(abs(tick) < 1e-12 for tick in scale.ticks)
    assert all(axis.tick(tick, scale) for tick in scale.ticks)


@given(st.text(max_size=80), st.floats(30, 300), st.integers(1, 4))
def test_wrapped_words_fit(words, room, lines) -> None:
    found = wrapped(words, 15, room, lines=lines)
    assert 1 <= len(found) <= lines
    assert all(width_of(each, 15) <= room + width_of("…", 15) for each in found)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: forest([]),
        lambda: funnel_chart([], 0.0, SMD, title="", description="", key=""),
        lambda: bubble_chart([], [], SMD, "x", title="", description="", key=""),
        lambda: baujat_chart([], title="", description="", key=""),
        lambda: labbe_chart([], title="", description="", key=""),
        lambda: traffic_light_chart([], DOMAINS, title="", description="", key=""),
        lambda: traffic_light_chart([Judged("A", ("low",))], DOMAINS, title="", description="", key=""),
        lambda: traffic_light_chart(
            [Judged("A", ("low", "fine", ""))], DOMAINS, title="", description="", key=""
        ),
        lambda: judgement_summary_chart(JUDGED, [], title="", description="", key=""),
        lambda: direction_chart([], OUTCOMES, title="", description="", key=""),
        lambda: direction_chart([Found("A", ("better",))], OUTCOMES, title="", description="", key=""),
        lambda: harvest_chart([], title="", description="", key=""),
        lambda: network_chart([Node("a")], [], title="", description="", key=""),
        lambda: network_chart([Node("a"), Node("b")], [Edge("a", "c", 1)], title="", description="", key=""),
        lambda: ranking_chart([], title="", description="", key="", verdict=""),
    ],
)
def test_nothing_to_draw_is_refused(draw) -> None:
    with pytest.raises(ValueError, match=r"at least|has 1|no judgement|no treatment"):
        draw()
