import pytest

from tests.unit.analyse.needs.rows import a_row, england, years
from wherewithal.analyse.needs import Figures, NeighbourSet, find_neighbours
from wherewithal.analyse.needs.neighbours import summarise
from wherewithal.errors import NothingThere

NORTH = a_row()
SOUTH = a_row(area_code="E06000002", area_name="Southtown")


def test_an_area_is_found_by_code_or_name_in_any_case():
    figures = Figures([NORTH, SOUTH])
    assert figures.area("northtown").code == "E06000001"
    assert figures.area(" E06000002 ").name == "Southtown"


def test_an_area_that_is_not_there_names_the_nearest():
    with pytest.raises(NothingThere) as caught:
        Figures([NORTH, SOUTH]).area("Norhtown")
    assert caught.value.exists[0] == "Northtown (E06000001)"


def test_an_unlike_name_lists_what_there_is():
    rows = [a_row(area_code=f"E{n}", area_name=f"Place {n}") for n in range(20)]
    with pytest.raises(NothingThere) as caught:
        Figures(rows).area("Xyz")
    assert "which hold 20 areas" in str(caught.value)
    assert len(caught.value.exists) == 13
    assert caught.value.exists[-1] == "8 more"


def test_two_areas_of_one_name_are_asked_for_by_code():
    figures = Figures([NORTH, a_row(area_code="E10000001", area_type="Districts")])
    with pytest.raises(NothingThere, match="Ask by code"):
        figures.area("Northtown")


def test_series_are_in_order_of_time_and_persons_come_first():
    rows = [*reversed(years(1, 2, 3, sex="Male")), *years(4, 5)]
    found = Figures(rows).of_area("E06000001")
    assert [series.key.sex for series in found] == ["Persons", "Male"]
    assert [point.value for point in found[1].points] == [1, 2, 3]
    assert found[1].latest_value.period == "2022"


def test_values_of_one_and_of_three_years_are_kept_apart():
    assert len(Figures([NORTH, a_row(period_range="3y")]).of_area("E06000001")) == 2


def test_parts_of_an_area_are_not_the_area():
    figures = Figures([NORTH, a_row(category_type="Deciles", category="Most deprived", value=99.0)])
    (series,) = figures.of_area("E06000001")
    assert [point.value for point in series.points] == [20.0]


def test_an_indicator_without_figures_for_the_area_says_which_areas_have_some():
    figures = Figures(
        [NORTH, a_row(indicator_id="2", indicator="Other", area_code="E06000002", area_name="Southtown")]
    )
    with pytest.raises(NothingThere) as caught:
        figures.of_area("E06000001", "2")
    assert caught.value.exists == ("Southtown",)
    with pytest.raises(NothingThere) as caught:
        figures.of_area("E06000001", "9")
    assert caught.value.exists == ("Something counted (1)", "Other (2)")
    with pytest.raises(NothingThere, match="no figures for E9 as a whole"):
        figures.of_area("E9")


def test_neighbours_give_both_averages_and_name_the_one_used():
    others = [
        a_row(area_code=f"E{n}", area_name=f"Place {n}", value=value)
        for n, value in enumerate((10.0, 11.0, 30.0))
    ]
    missing = a_row(area_code="E9", area_name="Quiet place", value=None)
    figures = Figures([NORTH, *others, missing])
    (series,) = figures.of_area("E06000001")
    chosen = find_neighbours(figures, ["Place 0", "E1", "Place 2", "Quiet place", "Northtown"], "a test")
    found = summarise(figures, series.key, "2024", chosen)
    assert (found.median, found.mean, found.low, found.high) == (11.0, 17.0, 10.0, 30.0)
    assert (found.count, found.missing, found.average_used, found.source) == (
        3,
        ("Quiet place",),
        "median",
        "a test",
    )
    assert [row.value for row in found.rows] == [30.0, 11.0, 10.0]


def test_neighbours_without_a_value_give_no_summary():
    figures = Figures([NORTH, england()])
    (series,) = figures.of_area("E06000001")
    assert summarise(figures, series.key, "2024", NeighbourSet(("E06000099",), "a test")) is None
