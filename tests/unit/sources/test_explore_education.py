"""Files of Explore Education Statistics: the real ones, and broken ones."""

from pathlib import Path

import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.explore_education import is_data_set, read_data_set
from wherewithal.sources.files import read_text

HEADER = (
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,"
    "old_la_code,new_la_code,la_name,category,children,rate\n"
)
ENGLAND = "2025,Reporting year,National,E92000001,England,,,,,,All,1000,6.7\n"
TRAFFORD = (
    "202425,Academic year,Local authority,E92000001,England,E12000002,North West,"
    "358,E08000009,Trafford,All,c,low\n"
)


def read(*rows: str, **options: object):
    return read_data_set("".join([HEADER, *rows]).encode(), name="made.csv", **options)


def test_a_row_with_its_place_period_filters_and_numbers():
    england, trafford = read(ENGLAND, TRAFFORD).rows
    assert (england.place.code, england.place.name, england.place.level) == (
        "E92000001",
        "England",
        "National",
    )
    assert england.numbers == {"children": 1000.0, "rate": 6.7}
    assert england.filters == {"category": "All"}
    assert england.period.label == "2025"
    assert (trafford.place.code, trafford.place.la_number) == ("E08000009", "358")
    assert (trafford.period.label, trafford.period.order) == ("2024/25", 20240000)
    assert trafford.row == 3


def test_marks_are_no_numbers_and_keep_their_meaning():
    (trafford,) = read(TRAFFORD).rows
    assert trafford.numbers == {"children": None, "rate": None}
    assert trafford.marks == {
        "children": "Suppressed, so that nobody can be recognised",
        "rate": "Rounds to nought, but is not nought",
    }


def test_levels_that_are_not_read_are_counted():
    school = ENGLAND.replace("National", "School")
    found = read(ENGLAND, school, school)
    assert found.left_out == {"School": 2}
    assert found.description == "2 indicators, 1 place, 2025"


def test_a_column_of_numbers_can_be_named_a_filter_by_the_metadata_or_by_hand():
    metadata = b"col_name,col_type,label\nchildren,Filter,Number of children\nrate,Indicator,Rate\n"
    found = read(ENGLAND, metadata=metadata)
    assert found.filters == ("category", "children")
    assert found.indicators == ("rate",)
    assert found.labels["rate"] == "Rate"
    assert read(ENGLAND, filters=["children"]).filters == ("category", "children")


def test_a_file_is_known_by_its_header():
    assert is_data_set(read_text(HEADER.encode() + ENGLAND.encode()))
    assert not is_data_set(read_text(b"Indicator ID,Value\n1,2\n"))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no rows"),
        (
            [ENGLAND.replace("Reporting year", "Autumn term")],
            "'2025' of kind 'Autumn term', which is not a year",
        ),
        ([ENGLAND.replace("2025,", "202527,", 1)], "202527"),
        ([TRAFFORD.replace("E08000009", "")], "a code and a name for every row of level Local authority"),
        ([ENGLAND.replace("National", "School")], "School (1 rows)"),
        ([ENGLAND.replace("1000,6.7", "many,few")], "columns that hold words"),
        ([ENGLAND.replace(",All,", ",All,,,")], "15 cells"),
    ],
)
def test_what_is_wrong_is_named(rows, said):
    with pytest.raises(BadInput) as caught:
        read(*rows)
    assert said in str(caught.value)


def test_a_cell_that_is_neither_number_nor_mark_is_named_where_the_metadata_call_it_an_indicator():
    metadata = b"col_name,col_type\nchildren,Indicator\nrate,Indicator\ncategory,Filter\n"
    with pytest.raises(BadInput) as caught:
        read(ENGLAND, ENGLAND.replace("1000", "about 5"), metadata=metadata)
    (problem,) = caught.value.problems
    assert problem.where == "row 3, column 'children'"
    assert "about 5" in problem.found


def test_at_most_ten_problems_are_listed():
    with pytest.raises(BadInput) as caught:
        read(*[ENGLAND.replace("Reporting year", "Week 3")] * 50)
    assert len(caught.value.problems) == 10
    assert "at least 10" in caught.value.message


def test_an_unknown_filter_is_refused():
    with pytest.raises(BadInput, match="no column sex"):
        read(ENGLAND, filters=["sex"])


@pytest.mark.shared
def test_every_real_file_is_read_whole(shared: Path):
    rows = marks = 0
    for path in sorted((shared / "needs/dfe").glob("*.csv")):
        if not is_data_set(read_text(path)):
            continue
        found = read_data_set(path)
        assert found.left_out == {}
        rows += len(found.rows)
        marks += sum(len(row.marks) for row in found.rows)
    # Every row of the eight files, and every one of their marks that stands in a column of numbers.
    assert (rows, marks) == (15_940, 9_146)
