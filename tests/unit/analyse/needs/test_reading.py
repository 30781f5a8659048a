import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.unit.analyse.needs.rows import england, years
from wherewithal.analyse.needs import Figures, NeighbourSet, find_neighbours, indicator_finding, profile, read
from wherewithal.analyse.needs.pictures import beside_chart, over_time_chart
from wherewithal.errors import NothingThere
from wherewithal.sources.fingertips import read_export
from wherewithal.thread import Finding, Lane

CONTRACT = {
    "id",
    "name",
    "period",
    "value",
    "ci",
    "england",
    "comparison",
    "trend",
    "published_comparison",
    "published_trend",
    "contradictions",
}


def figures(*values: float | None, indicator: str = "90284", **fields: object) -> Figures:
    ours = years(*values, indicator_id=indicator, **fields)
    theirs = [england(year=row.order // 10_000, value=18.0, indicator_id=indicator) for row in ours]
    others = years(*[15.0 for _ in values], indicator_id=indicator, area_code="E2", area_name="Southtown")
    return Figures([*ours, *theirs, *others])


def reading(*values: float | None, **fields: object):
    held = figures(*values, **fields)
    (series,) = held.of_area("E06000001")
    return read(held, series, NeighbourSet(("E2",), "a test"))


def test_the_statement_gives_value_interval_england_neighbours_and_trend():
    found = reading(20, 21, 22, 23, 24)
    assert found.statement == (
        "24.0 per 10,000 (95% interval 23.0 to 25.0) in 2024; England 18.0 per 10,000; "
        "neighbours' median 15.0 per 10,000. Getting worse over five years, 2020 to 2024."
    )
    assert found.headline == "Worse than England, and getting worse"
    assert found.cautions == ()


def test_without_polarity_nothing_is_better_or_worse():
    found = reading(20, 21, 22, 23, 24, indicator="1")
    assert found.headline == "Higher than England, and rising"
    assert "Rising over five years" in found.statement
    assert "better" not in found.statement
    assert any("higher or lower, not better or worse" in caution for caution in found.cautions)
    assert any("what unit" in caution for caution in found.cautions)


def test_a_newest_value_that_was_not_published_is_said_and_the_one_before_is_read():
    held = years(20, 21, 22, 23, 24, None, indicator_id="90284")
    held[-1] = replace(held[-1], note="Suppressed for disclosure control")
    (series,) = Figures(held).of_area("E06000001")
    found = read(Figures(held), series)
    assert found.point.period == "2024"
    assert found.statement.endswith(
        "No value for 2025 has been published (Suppressed for disclosure control)."
    )
    assert found.comparison == "Not compared"


def test_an_area_without_any_value_says_so():
    found = reading(None, None)
    assert found.headline == "No value has been published"
    assert found.as_dict()["value"] is None
    assert beside_chart(found) is None
    assert over_time_chart(found) is None
    finding = indicator_finding(found, edition="a test", on=date(2026, 11, 3))
    assert finding.facts["Value"] == "not published"


def test_a_value_without_an_interval_says_what_that_means():
    held = [replace(row, low95=None, high95=None) for row in years(20, indicator_id="90284")]
    (series,) = Figures(held).of_area("E06000001")
    found = read(Figures(held), series)
    assert found.as_dict()["ci"] is None
    assert any("could be chance" in caution for caution in found.cautions)
    assert beside_chart(found) is not None


def test_five_values_without_intervals_are_not_called_too_few():
    held = [replace(row, low95=None, high95=None) for row in years(20, 21, 22, 23, 24, indicator_id="90284")]
    (series,) = Figures(held).of_area("E06000001")
    assert read(Figures(held), series).headline.endswith("; whether it is changing cannot be worked out")
    (series,) = Figures(held[:3]).of_area("E06000001")
    assert read(Figures(held[:3]), series).headline.endswith(", too few years to say whether it is changing")


def test_contradictions_are_cautions():
    held = figures(20, 21, 22, 23, 24, compared_to_england="Better")
    (series,) = held.of_area("E06000001")
    found = read(held, series)
    assert len(found.contradictions) == 5
    assert any("The file says 'Better'" in caution for caution in found.cautions)


def test_the_profile_keeps_the_contract_of_the_command_line():
    plain = profile(figures(20, 21, 22, 23, 24), "northtown", edition="a test").as_dict()
    assert plain["area"]["code"] == "E06000001"
    assert plain["area"]["name"] == "Northtown"
    assert plain["edition"] == "a test"
    assert plain["indicators"][0].keys() >= CONTRACT
    assert json.loads(json.dumps(plain)) == plain
    with pytest.raises(NothingThere):
        profile(figures(20), "Nowhere", edition="a test")


def finding(*values: float, **options: object) -> Finding:
    return indicator_finding(reading(*values), edition="June 2026", on=date(2026, 11, 3), **options)


def test_a_reading_becomes_a_finding():
    found = finding(20, 21, 22, 23, 24, link="/area/E06000001/90284/")
    assert found.lane is Lane.LOCAL_DATA
    assert found.subject == "needs:90284:E06000001:Persons:All ages"
    assert (found.value, found.unit) == (24.0, "per 10,000")
    assert (found.interval.low, found.interval.high) == (23.0, 25.0)
    assert found.look_again == date(2027, 11, 3)
    assert found.facts == {
        "Period": "2024",
        "Value": "24.0 per 10,000 (23.0 to 25.0)",
        "England": "18.0 per 10,000",
        "Neighbours' median": "15.0 per 10,000",
        "Beside England": "Worse",
        "Recent trend": "Increasing and getting worse",
    }
    (source,) = found.sources
    assert (source.key, source.edition) == ("fingertips:90284", "June 2026")
    assert source.licence == "Open Government Licence v3.0"
    assert not found.made_up


def test_the_same_figures_give_the_same_finding_and_others_another():
    same = finding(20, 21, 22, 23, 24)
    assert finding(20, 21, 22, 23, 24).fingerprint == same.fingerprint
    assert finding(20, 21, 22, 23, 25).fingerprint != same.fingerprint
    assert finding(20, 21, 22, 23, 25).subject == same.subject


def test_demonstration_figures_say_so():
    held = figures(20, 21, indicator="990001")
    (series,) = held.of_area("E06000001")
    found = indicator_finding(read(held, series), edition="demo", on=date(2028, 2, 29))
    assert found.made_up
    assert found.sources[0].title == "Demonstration figures, made up"
    assert found.look_again == date(2029, 2, 28)


def test_the_charts_of_a_reading():
    found = reading(20, 21, None, 23, 24)
    beside, over_time = beside_chart(found), over_time_chart(found)
    assert [row[0] for row in beside.rows] == ["Northtown", "England", "Neighbours' median", "Southtown"]
    assert beside.title == "Northtown beside England and its neighbours, 2024"
    assert over_time.figures[2] == ("2022", None, None, None, 18.0)
    assert over_time.figures[4] == ("2024", 24.0, 23.0, 25.0, 18.0)


# Children's services statistical neighbours of Trafford (DfE, 2025), as named in the export.
NEIGHBOURS = [
    "Hertfordshire",
    "Stockport",
    "Buckinghamshire UA",
    "Oxfordshire",
    "Surrey",
    "Bromley",
    "Cheshire East",
    "Cambridgeshire",
    "Gloucestershire",
    "Solihull",
]


@pytest.mark.shared
def test_trafford_in_the_real_export(shared: Path):
    export = read_export(shared / "needs/phof/fingertips_90284_injuries_0_14.csv")
    held = Figures(export.rows)
    found = profile(
        held, "trafford", edition="a test", neighbours=find_neighbours(held, NEIGHBOURS, "DfE 2025")
    )
    persons, female, male = found.as_dict()["indicators"]
    assert [persons["sex"], female["sex"], male["sex"]] == ["Persons", "Female", "Male"]
    assert (persons["value"], persons["ci"]) == (51.6007, [45.27815, 58.55893])
    assert persons["england"] == 72.71223
    assert persons["comparison"] == persons["published_comparison"] == "Better"
    assert persons["trend"] == persons["published_trend"] == "Decreasing and getting better"
    assert persons["neighbours"]["count"] == 10
    assert persons["contradictions"] == []


@pytest.mark.shared
def test_no_label_of_the_real_export_contradicts_its_values(shared: Path):
    held = Figures(read_export(shared / "needs/phof/fingertips_90284_injuries_0_14.csv").rows)
    for code in held.areas:
        for series in held.of_area(code):
            assert read(held, series).contradictions == ()
