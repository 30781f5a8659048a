"""An indicator in every area, inside one, carried forward, and a profile summed up."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.analyse.needs.rows import a_row, england, years
from wherewithal.analyse.needs import Figures, across, gap_of, outlook, parts_of, profile, read, summarised
from wherewithal.analyse.needs.across import area_funnel, spread_of
from wherewithal.analyse.needs.area_pictures import indicator_charts, rug_picture, spine_picture
from wherewithal.analyse.needs.authorities import authorities
from wherewithal.analyse.needs.indicators import Measure, Polarity
from wherewithal.analyse.needs.layout import england_layout, layout_for, read_hexjson
from wherewithal.errors import BadInput
from wherewithal.sources.fingertips import read_export
from wherewithal.statistics.funnel import Signal, assess_events, assess_proportion

MEASURES = {"1": Measure(Polarity.LOW_IS_GOOD, "%", 100.0, 95.0)}


def places(*values: float, people: float = 1000.0) -> list:
    return [
        a_row(
            area_code=f"E0600000{number}",
            area_name=f"Place {number}",
            value=value,
            low95=value - 2,
            high95=value + 2,
            count=value * people / 100,
            denominator=people,
        )
        for number, value in enumerate(values, 1)
    ]


def reading_of(rows):
    figures = Figures(rows)
    return read(figures, figures.of_area("E06000001")[0], None, MEASURES)


def test_areas_of_the_same_kind_and_period_stand_together():
    rows = [
        *places(30, 20, 10, 15, 12),
        england(value=18.0),
        a_row(area_code="E07000001", area_name="A district"),
        a_row(area_code="E06000002", area_name="Place 2", year=2020),
        a_row(area_code="E06000002", area_type="Listed again", area_name="Place 2", value=20.0),
        a_row(area_code="E06000003", category_type="Deprivation", category="Most deprived decile"),
    ]
    of = across(reading_of(rows), rows, ["E06000002"])
    assert [row.area_name for row in of.rows] == [f"Place {number}" for number in range(1, 6)]
    assert (of.rank.rank, of.rank.of) == (5, 5)
    assert of.rank_words == "Place 1 is number 5 of 5, 1 being the best; chance hardly moves it."
    close = places(16, 15, 14, 15, 15)
    assert "could as well be anywhere from 2 to 5" in across(reading_of(close), close).rank_words


def test_among_few_areas_nothing_is_ranked_and_without_intervals_that_is_said():
    rows = places(30, 20)
    assert across(reading_of(rows), rows).rank_words == ""
    bare = [a_row(area_code=f"E0600000{n}", value=float(n), low95=None, high95=None) for n in range(1, 7)]
    assert "cannot be said, because no interval" in across(reading_of(bare), bare).rank_words


def test_the_funnel_says_what_the_assessment_of_each_area_says():
    rows = places(30, 20, 18, 19, 21, 9)
    funnel = area_funnel(across(reading_of(rows), rows))
    assert funnel is not None
    for area in funnel.areas:
        assert area.signal is assess_proportion(area.row.count, area.people, funnel.baseline / 100)
    assert funnel.areas[0].signal is Signal.HIGH_OUTER


def test_a_rates_curves_are_where_the_exact_limits_turn():
    measures = {"1": Measure(Polarity.LOW_IS_GOOD, " per 10,000", 10_000.0)}
    rows = [
        a_row(area_code=f"E0600000{n}", value=40.0 + n, count=(40 + n) * size / 1e4, denominator=size)
        for n, size in enumerate((9_000, 20_000, 40_000, 60_000, 90_000), 1)
    ]
    figures = Figures(rows)
    reading = read(figures, figures.of_area("E06000001")[0], None, measures)
    funnel = area_funnel(across(reading, rows))
    for people, inner_low, inner_high, outer_low, outer_high in funnel.limits[::10]:
        expected = funnel.baseline / 10_000 * people
        for limit, beyond in (
            (inner_high, Signal.HIGH_INNER),
            (outer_high, Signal.HIGH_OUTER),
            (inner_low, Signal.LOW_INNER),
            (outer_low, Signal.LOW_OUTER),
        ):
            away = 1.03 if "HIGH" in beyond.name else 0.97
            events = limit * people / 10_000
            if events > 1:
                assert assess_events(events * away, expected) is beyond


def test_counts_that_are_no_proportion_or_unknown_leave_their_area_out():
    rows = places(30, 20, 18, 19, 21)
    broken = [*rows[1:], a_row(area_code="E06000001", value=30.0, count=2000, denominator=1000)]
    assert area_funnel(across(reading_of([rows[0], *rows[1:]]), broken)) is None
    assert area_funnel(across(reading_of(rows), [a_row(count=None)])) is None


def test_a_spread_needs_five_values():
    assert spread_of([1, 2, 3, 4]) is None
    found = spread_of([1.0, 2.0, 3.0, 4.0, 5.0])
    assert (found.low, found.quarter, found.three_quarters, found.high) == (1, 2, 4, 5)


# --- inside an area -------------------------------------------------------------------------------------

FIFTHS = (
    "Most deprived",
    "Second most deprived",
    "Third more deprived",
    "Second least deprived",
    "Least deprived",
)


def fifths(**fields):
    return [
        a_row(
            category_type="Deprivation",
            category=f"{words} fifth",
            value=30.0 - 5 * n,
            low95=28.0 - 5 * n,
            high95=32.0 - 5 * n,
            denominator=100,
            **fields,
        )
        for n, words in enumerate(FIFTHS)
    ]


def test_deprivation_is_ordered_and_its_gap_is_a_slope():
    rows = [a_row(), *reversed(fifths())]
    (parts,) = parts_of(rows, reading_of(rows))
    assert [row.value for row in parts.rows] == [30, 25, 20, 15, 10]
    assert parts.apart
    gap = gap_of(parts)
    # Five equal groups five apart: from one end to the other is 25 (the line reaches half a group further).
    assert gap.found.slope == pytest.approx(-25)
    assert "25.0 percentage points lower" in gap.words


def test_englands_gradient_stands_in_and_is_named():
    rows = [a_row(), *fifths(area_code="E92000001", area_name="England", area_type="England")]
    (parts,) = parts_of(rows, reading_of(rows))
    assert parts.whose == "England"


def test_sexes_and_places_within_are_parts_too():
    rows = [
        a_row(),
        a_row(sex="Female", value=10.0, low95=9.0, high95=11.0),
        a_row(sex="Male", value=20.0, low95=18.0, high95=22.0),
        a_row(area_code="W1", area_name="Harbour", parent_code="E06000001", value=30.0),
        a_row(area_code="W2", area_name="Mill Hill", parent_code="E06000001", value=20.5),
    ]
    sexes, wards = parts_of(rows, reading_of(rows))
    assert sexes.words.endswith("Female 10.0%, Male 20.0%; their intervals keep apart.")
    assert not wards.apart
    assert "overlap, so it may be chance" in wards.words


# --- carried forward ------------------------------------------------------------------------------------


def test_an_unbroken_run_is_carried_forward():
    rows = [*years(1.0, None, 4.0, 4.1, 4.0, 4.2, 4.1, 4.0, first=2016)]
    found = outlook(reading_of(rows))
    assert [row.period for row in found.run] == ["2018", "2019", "2020", "2021", "2022", "2023"]
    assert found.years == ("2024", "2025", "2026")
    assert "Tried from every earlier year" in found.words
    assert outlook(reading_of(years(1.0, 2.0, 3.0))) is None


# --- a whole profile ------------------------------------------------------------------------------------


def test_a_profile_is_sorted_by_what_its_figures_say():
    rows = [
        *years(10, 12, 14, 16, 18, width=0.5),
        *years(9, 9, 9, 9, 9, area_code="E92000001", area_name="England", area_type="England"),
        a_row(indicator_id="2", indicator="Without interval", low95=None, high95=None),
        a_row(indicator_id="3", indicator="Old", year=2015),
        a_row(indicator_id="4", indicator="Nothing", value=None, low95=None, high95=None, note="Suppressed"),
    ]
    found = profile(Figures(rows), "Northtown", edition="a test", measures=MEASURES)
    summary = summarised(found, on=date(2026, 1, 1))
    assert [reading.series.indicator for reading in summary.worse_and_worsening] == ["Something counted"]
    assert summary.words.startswith(
        "Of 4 figures held for Northtown, 1 is worse than England and 0 are better."
    )
    assert "Worse and getting worse: Something counted." in summary.words
    unknown = {words: [reading.series.indicator for reading in found] for words, found in summary.unknown}
    assert unknown["No value has been published for this area, or it was suppressed"] == ["Nothing"]
    assert unknown["The newest value is 4 years old or more"] == ["Old"]


# --- maps -----------------------------------------------------------------------------------------------


def test_the_layout_has_a_tile_for_every_authority_roughly_where_it_lies():
    layout = england_layout()
    assert set(layout) == set(authorities())
    assert len(set(layout.values())) == 153
    by_name = {authority.name: layout[code] for code, authority in authorities().items()}
    assert by_name["Northumberland"][1] < by_name["Manchester"][1] < by_name["Cornwall"][1]
    assert by_name["Cornwall"][0] < by_name["Birmingham"][0] < by_name["Norfolk"][0]
    far = sum(abs(by_name["Trafford"][at] - by_name["Manchester"][at]) for at in (0, 1))
    assert far <= 2


@pytest.mark.shared
def test_the_order_of_tiles_agrees_with_a_published_layout(shared: Path):
    theirs = read_hexjson(shared / "needs/geo/england_utla_2023.hexjson")
    ours = england_layout()
    both = sorted(set(ours) & set(theirs))
    assert len(both) >= 151
    for axis in (0, 1):
        pairs = [(ours[code][axis], theirs[code][axis]) for code in both]
        agree = [
            (one[0] - other[0]) * (one[1] - other[1]) > 0
            for place, one in enumerate(pairs)
            for other in pairs[:place]
            if one[0] != other[0] and one[1] != other[1]
        ]
        assert sum(agree) / len(agree) > 0.85


def test_a_layout_that_is_brought_counts_for_its_areas():
    brought = read_hexjson(b'{"layout": "even-r", "hexes": {"W1": {"q": 2, "r": 1}, "W2": {"q": 3, "r": 0}}}')
    assert brought == {"W1": (2, 0), "W2": (3, 1)}
    assert layout_for(["W1", "X"], brought) == {"W1": (2, 0)}
    assert layout_for(["X"], brought) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"no", "is not a HexJSON file"),
        (b'{"layout": "odd-q", "hexes": {}}', "in columns"),
        (b'{"layout": "odd-r", "hexes": {"a": {"q": "x", "r": 1}}}', "could not be read as HexJSON"),
        (b'{"layout": "odd-r", "hexes": {}}', "could not be read as HexJSON"),
    ],
)
def test_a_layout_that_cannot_be_is_refused(content, said):
    with pytest.raises(BadInput, match=said):
        read_hexjson(content, name="tiles.hexjson")


# --- the real export ------------------------------------------------------------------------------------


@pytest.mark.shared
def test_every_chart_of_a_real_indicator(shared: Path):
    rows = read_export(shared / "needs/phof/fingertips_90284_injuries_0_14.csv").rows
    figures = Figures(rows)
    reading = read(figures, figures.of_area("E08000009")[0])
    of = across(reading, rows)
    assert sum(row.value is not None for row in of.rows) == 151
    assert of.rank.low < of.rank.rank < of.rank.high
    theirs = [row for row in rows if row.area_type == "England" and not row.category_type]
    charts = indicator_charts(of, parts_of(rows, reading), theirs)
    assert {"ranked", "funnel", "map", "parts-1"} <= set(charts)
    assert "West Northamptonshire" in {row[0] for row in charts["map"].figures}
    spread = {
        ("90284", *reading.series.key[2:], reading.point.period): spread_of(
            [r.value for r in of.rows if r.value]
        )
    }
    assert spine_picture([reading], spread, area="Trafford") is not None
    assert rug_picture([reading], lambda each: {}, {"E08000003": "Manchester"}, area="Trafford") is not None


def test_rows_of_one_indicator_are_told_apart_before_a_long_name_is_cut():
    name = "Hospital admissions caused by injuries"
    rows = [
        *(a_row(indicator=name, sex=sex, age="0-14 yrs") for sex in ("Persons", "Female")),
        a_row(indicator=name, sex="Persons", age="15-24 yrs"),
        a_row(indicator_id="2", indicator="Another", sex="Female"),
        england(indicator=name),
    ]
    figures = Figures(rows)
    readings = [read(figures, series, None, {}) for series in figures.of_area("E06000001")]
    drawn = rug_picture(readings, lambda each: {}, {}, area="Northtown")
    assert drawn is not None
    for called in (
        f"0-14 yrs: {name}",
        f"15-24 yrs: {name}",
        f"Females, 0-14 yrs: {name}",
        "Females: Another",
    ):
        assert called in drawn.csv(source="")


def test_what_was_worked_out_here_is_not_called_the_publishers_note():
    note = "Rounded to five; interval worked out here"
    reading = reading_of([a_row(note=note)])
    assert reading.cautions[0] == (
        "The publisher notes: Rounded to five. Its interval was worked out here, from the counts."
    )
