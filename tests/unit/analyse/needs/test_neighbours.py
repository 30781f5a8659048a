import pytest

from tests.unit.analyse.needs.rows import a_row
from wherewithal.analyse.needs import Average, Figures, NeighbourSet, statistical_neighbours
from wherewithal.analyse.needs.neighbours import pooled, summarise
from wherewithal.errors import NothingThere
from wherewithal.sources.statistical_neighbours import Neighbour, Neighbours

CODES = ("E2", "E3", "E4")


def figures(**first: object) -> Figures:
    values = [(10.0, 10.0, 10_000.0), (20.0, 40.0, 20_000.0), (60.0, 60.0, 10_000.0)]
    rows = [a_row(indicator_id="90284", value=12.0)]
    for place, (code, (value, count, people)) in enumerate(zip(CODES, values, strict=True)):
        fields = {"value": value, "count": count, "denominator": people, **(first if place == 0 else {})}
        rows.append(a_row(indicator_id="90284", area_code=code, area_name=code, **fields))
    return Figures(rows)


def summary(average: Average, **first: object):
    held = figures(**first)
    (series,) = held.of_area("E06000001")
    return summarise(held, series.key, "2024", NeighbourSet(CODES, "a test", average))


def test_three_averages_and_the_one_that_is_used_is_named():
    for average, value in ((Average.MEDIAN, 20), (Average.MEAN, 30), (Average.POOLED, 27.5)):
        found = summary(average)
        assert (found.average_used, found.average) == (average.value, pytest.approx(value))
        assert (found.median, found.mean, found.pooled) == (20, 30, 27.5)
        assert (found.low, found.high, found.count) == (10, 60, 3)


def test_people_cannot_be_pooled_where_a_count_is_missing_and_the_median_stands_in_by_name():
    found = summary(Average.POOLED, count=None)
    assert found.pooled is None
    assert (found.average_used, found.average) == ("median", 20)
    assert pooled([], None) is None


TABLE = {
    358: Neighbours(
        358, "Trafford", "North West", (Neighbour(919, "Very close"), Neighbour(999, "Not close"))
    ),
    919: Neighbours(919, "Hertfordshire", "East of England", ()),
}


def test_statistical_neighbours_by_code_with_closeness_in_words():
    found = statistical_neighbours("E08000009", TABLE, {"E08000009": 358, "E10000015": 919})
    assert found.codes == ("E10000015", "999")
    assert (
        found.closeness_words == "1 neighbour very close and 1 neighbour not close, in the publisher's words."
    )
    assert NeighbourSet(("E1",)).closeness_words == ""


def test_an_area_without_statistical_neighbours():
    with pytest.raises(NothingThere, match="only authorities have") as caught:
        statistical_neighbours("E92000001", TABLE, {})
    assert "Trafford" in caught.value.exists
