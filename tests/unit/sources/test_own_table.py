"""A council's own table, read by a mapping."""

import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.own_table import Columns, read_own, suggest
from wherewithal.statistics.estimates import proportion

COLUMNS = Columns(
    period="Year",
    area_name="Ward",
    value="Percent",
    count="N",
    denominator="Out of",
    shape="percentage",
    always={"indicator": "Early help assessments done in time", "area_type": "Ward"},
)
HEADER = "Year,Ward,Percent,N,Out of\n"


def worked(count: float, denominator: float, multiplier: float):
    found = proportion(count, denominator, multiplier=multiplier)
    return found.value, found.low, found.high


def read(*rows: str, columns: Columns = COLUMNS, **options: object):
    return read_own("".join([HEADER, *rows]).encode(), columns, name="early help.csv", **options)[1]


def test_rows_come_as_those_of_an_export():
    (row,) = read("2024/25,Gorse Hill,25,50,200\n", work_out=worked)
    assert (row.indicator, row.area_name, row.area_code, row.area_type) == (
        "Early help assessments done in time",
        "Gorse Hill",
        "Gorse Hill",
        "Ward",
    )
    assert (row.period, row.order, row.period_range) == ("2024/25", 20240000, "1y")
    assert row.value == 25
    assert row.low95 == pytest.approx(19.5, abs=0.1)
    assert row.note == "interval worked out here"


def test_a_value_that_is_missing_is_worked_out_and_said():
    (row,) = read("2024,Gorse Hill,,50,200\n", work_out=worked)
    assert row.value == 25
    assert row.note == "value and interval worked out here"
    (row,) = read("2024,Gorse Hill,,50,200\n")
    assert row.value is None


def test_marks_keep_their_meaning_and_nothing_is_worked_out_in_their_place():
    (row,) = read("2024,Gorse Hill,c,50,200\n", work_out=worked)
    assert row.value is None
    assert row.note == "Suppressed, so that nobody can be recognised"


def test_the_mapping_is_kept_and_read_back():
    assert Columns.from_dict(COLUMNS.as_dict()) == COLUMNS
    assert Columns.from_dict({**COLUMNS.as_dict(), "later": 1}) == COLUMNS


def test_a_mapping_is_suggested_from_the_names():
    found = suggest(
        ["Financial Year", "Year", "Ward name", "GSS code", "Rate", "Lower CI", "Upper CI", "Numerator"]
    )
    assert (found.period, found.area_name, found.area_code) == ("Year", "Ward name", "GSS code")
    assert (found.value, found.low, found.high, found.count) == ("Rate", "Lower CI", "Upper CI", "Numerator")
    assert (found.shape, found.multiplier) == ("rate", 10_000)
    assert suggest(["year", "area", "percentage"]).shape == "percentage"
    with pytest.raises(BadInput, match="looks like a year"):
        suggest(["Ward", "Value"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("soon,Gorse Hill,25,50,200\n", "'soon', which is not a year"),
        ("2024,,25,50,200\n", "no area"),
        ("2024,Gorse Hill,many,50,200\n", "'many' is not a number"),
        ("2024,Gorse Hill,25,50,0\n", "people above nought"),
        ("2024,Gorse Hill,25,250,200\n", "250 of 200"),
        ("2024,Gorse Hill,125,,\n", "between 0 and 100"),
        ("2024,Gorse Hill,25,-5,200\n", "nought or more"),
        ("2024,Gorse Hill,0.25,50,200\n", "0.25, a share, where 50 of 200 is 25.0%"),
        ("2024,Gorse Hill,1,,\n2024,Gorse Hill,2,,\n", "the same area and period as row 2"),
        ("", "no rows"),
    ],
)
def test_what_is_wrong_is_named(row, said):
    with pytest.raises(BadInput) as caught:
        read(row)
    assert said in str(caught.value)


def test_limits_that_do_not_lie_round_their_value():
    columns = Columns(period="Year", area_name="Ward", value="Percent", low="N", high="Out of")
    with pytest.raises(BadInput, match="outside 5 to 9"):
        read("2024,Gorse Hill,25,5,9\n", columns=columns)


def test_a_column_that_is_not_there_and_a_shape_that_is_none():
    with pytest.raises(BadInput, match="missing"):
        read("2024,Gorse Hill,1,1,1\n", columns=Columns(period="Quarter"))
    with pytest.raises(BadInput, match="no way that is known"):
        read("2024,Gorse Hill,1,1,1\n", columns=Columns(period="Year", shape="share"))


def test_a_share_among_percentages_is_named_by_its_counts():
    with pytest.raises(BadInput) as caught:
        read("2024,Gorse Hill,0.25,50,200\n", "2024,Old Trafford,25,50,200\n", work_out=worked)
    assert "0.25, a share, where 50 of 200 is 25.0%" in str(caught.value)
    with pytest.raises(BadInput, match=r"60, where 50 of 200 gives 25\.0"):
        read("2024,Gorse Hill,60,50,200\n", work_out=worked)


def test_a_value_that_was_rounded_is_what_its_counts_give():
    (row,) = read("2024,Gorse Hill,23,234000,1000000\n", work_out=worked)
    assert row.value == pytest.approx(23.4)
