"""Fingertips exports: as downloaded, in their variations, and as they should not be."""

import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wherewithal.errors import BadInput
from wherewithal.sources.files import read_text
from wherewithal.sources.fingertips import COLUMNS, iterate_export, read_export

PARENT = "Compared to Regions (statistical) value or percentiles"
HEADER = [*COLUMNS[:22], PARENT, *COLUMNS[22:], "Compared to goal", "Time period range"]
ROW = {
    "Indicator ID": "90284",
    "Indicator Name": "Admissions, under 15",
    "Area Code": "E08000009",
    "Area Name": "Trafford",
    "Area Type": "Counties & UAs (from Apr 2023)",
    "Sex": "Persons",
    "Age": "<15 yrs",
    "Time period": "2023/24",
    "Value": "51.6007",
    "Lower CI 95.0 limit": "45.27815",
    "Upper CI 95.0 limit": "58.55893",
    "Count": "240",
    "Denominator": "46511",
    "Recent Trend": "Decreasing and getting better",
    "Compared to England value or percentiles": "Better",
    PARENT: "Better",
    "Time period Sortable": "20230000",
    "Time period range": "1y",
}


def export(*rows: dict[str, str], header: list[str] | None = None, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, header or HEADER, extrasaction="ignore")
    writer.writeheader()
    writer.writerows([{**ROW, **row} for row in rows])
    return out.getvalue().encode(encoding)


def refused(data: bytes, **options) -> BadInput:
    with pytest.raises(BadInput) as caught:
        read_export(data, name="figures.csv", **options)
    return caught.value


def test_a_row_is_typed():
    (row,) = read_export(export({})).rows
    assert (row.value, row.low95, row.high95, row.low998) == (51.6007, 45.27815, 58.55893, None)
    assert (row.order, row.period, row.period_range, row.row) == (20230000, "2023/24", "1y", 2)
    assert (row.compared_to_england, row.compared_to_parent) == ("Better", "Better")


def test_the_description_says_what_the_file_holds():
    found = read_export(
        export(
            {"Time period": "2023/24"},
            {"Time period": "2022/23", "Time period Sortable": "20220000", "Value": ""},
            {"Area Code": "E92000001", "Area Name": "England", "Area Type": "England"},
        )
    ).description
    assert found.periods == ("2022/23", "2023/24")
    assert found.areas == {"E08000009": "Trafford", "E92000001": "England"}
    assert found.indicators == {"90284": "Admissions, under 15"}
    assert (found.rows, found.without_value, found.repeated) == (3, 1, 0)


@pytest.mark.parametrize(
    "name",
    [
        "Compared to percentiles",
        "Compared to Counties & UAs (from Apr 2021) value or percentiles",
        PARENT.upper(),
    ],
)
def test_the_parent_comparison_may_have_any_name(name):
    header = [name if column == PARENT else column for column in HEADER]
    (row,) = read_export(export({name: "Worse"}, header=header)).rows
    assert row.compared_to_parent == "Worse"


def test_older_files_say_target_data_and_have_no_range():
    header = ["Target data" if c == "Compared to goal" else c for c in HEADER if c != "Time period range"]
    (row,) = read_export(export({"Target data": "Met"}, header=header)).rows
    assert (row.compared_to_goal, row.period_range) == ("Met", "")


def test_repeated_rows_are_dropped_and_counted():
    found = read_export(export({}, {"Parent Code": "E12000002"}, {"Sex": "Male"}))
    assert [row.sex for row in found.rows] == ["Persons", "Male"]
    assert found.description.repeated == 1


def test_a_missing_value_keeps_its_note():
    (row,) = read_export(export({"Value": "", "Value note": "Suppressed for disclosure control"})).rows
    assert row.value is None
    assert row.note == "Suppressed for disclosure control"


def test_a_period_that_is_not_sortable_is_sorted_by_its_year():
    (row,) = read_export(export({"Time period Sortable": ""})).rows
    assert row.order == 20230000


def test_rows_can_be_read_one_at_a_time():
    rows = iterate_export(read_text(export({}, {"Sex": "Male"})))
    assert next(rows).sex == "Persons"


@pytest.mark.parametrize("missing", [*COLUMNS, PARENT, "Compared to goal"])
def test_a_missing_column_is_named(missing):
    error = refused(export({}, header=[column for column in HEADER if column != missing]))
    named = "Compared to <parent>" if missing == PARENT else missing
    assert "is not a Fingertips export" in str(error)
    assert named in error.problems[0].where


def test_a_cell_that_is_not_a_number_is_named_by_row_and_column():
    error = refused(export({}, {"Sex": "Male", "Value": "12,5 %"}, {"Sex": "Female", "Count": "many"}))
    assert [problem.where for problem in error.problems] == ["row 3, column 'Value'", "row 4, column 'Count'"]
    assert "'12,5 %' is not a number" in str(error)
    assert "Nothing was taken from it" in error.message


@pytest.mark.parametrize("text", ["inf", "-inf", "1e999", "*", "-"])
def test_what_is_no_value_is_not_taken_for_one(text):
    assert "column 'Value'" in str(refused(export({"Value": text})))


def test_a_file_of_nonsense_is_refused_after_ten_problems():
    error = refused(export(*[{"Age": str(age), "Value": "x"} for age in range(50)]))
    assert len(error.problems) == 10
    assert "at least 10 cells are wrong" in error.message


def test_a_row_that_ran_into_the_next_is_refused():
    assert "301 characters. Expected at most 300" in str(refused(export({"Area Name": "x" * 301})))
    assert "61 characters. Expected at most 60" in str(refused(export({"Sex": "x" * 61})))
    assert read_export(export({"Value note": "x" * 3000})).rows[0].note == "x" * 3000


@pytest.mark.parametrize("text", ["next year", "2" * 30, "²⁰²³"])
def test_a_period_that_cannot_be_sorted_is_refused(text):
    assert "column 'Time period Sortable'" in str(refused(export({"Time period Sortable": text})))


def test_limits_the_wrong_way_round_are_refused():
    error = refused(export({"Lower CI 95.0 limit": "60"}))
    assert "60.0 is above the upper limit 58.55893" in str(error)


def test_an_empty_cell_where_something_must_stand_is_refused():
    assert "column 'Area Code'" in str(refused(export({"Area Code": " "})))


def test_two_rows_about_the_same_thing_must_agree():
    error = refused(export({}, {"Value": "99"}))
    assert error.problems[0].where == "row 3"
    assert "other figures than row 2 for Trafford" in str(error)


def test_a_header_without_rows_says_why_that_happens():
    assert "choose another area type" in str(refused(export()))


def test_other_files_are_refused():
    assert "is empty" in str(refused(b""))
    assert "spreadsheet" in str(refused(b"PK\x03\x04" + bytes(100)))
    assert "larger than" in str(refused(export({}), largest=100))
    error = refused(b"area_code,value\nE1,2\n")
    assert "is not a Fingertips export" in error.message
    assert len(error.problems) == 1
    assert "'area_code', 'value'" in str(error)


def test_the_encodings_that_spreadsheets_save_in_are_read():
    for encoding in ("utf-8", "utf-16", "cp1252"):
        (row,) = read_export(export({"Area Name": "Côte"}, encoding=encoding)).rows
        assert row.area_name == "Côte"


@given(st.binary(max_size=400), st.integers(0, 2000))
def test_whatever_is_in_a_file_it_is_read_or_refused(noise, at):
    whole = export({}, {"Sex": "Male"})
    for data in (noise, whole[:at] + noise + whole[at:]):
        with contextlib.suppress(BadInput):
            assert read_export(data, name="figures.csv").rows


@pytest.mark.shared
def test_the_real_export(shared: Path):
    found = read_export(shared / "needs/phof/fingertips_90284_injuries_0_14.csv").description
    assert found.indicators == {
        "90284": "Hospital admissions caused by unintentional and deliberate injuries in children "
        "(aged 0 to 14 years)"
    }
    assert (found.periods[0], found.periods[-1], len(found.periods)) == ("2010/11", "2023/24", 14)
    assert set(found.area_types) == {"England", "Regions (statistical)", "Counties & UAs (from Apr 2023)"}
    assert (found.rows, found.without_value) == (6847, 261)


@pytest.mark.shared
def test_a_dashboards_copy_of_an_export_is_not_taken_for_one(shared: Path):
    for path in sorted((shared / "needs/phof").glob("trafford_themes_*.csv")):
        with pytest.raises(BadInput, match="is not a Fingertips export"):
            read_export(path)
