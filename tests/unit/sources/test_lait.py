"""The long table of LAIT: the real one, and broken ones."""

import io
from pathlib import Path

import polars as pl
import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.lait import is_lait, read_dictionary, read_lait

ROW = {
    "Short Desc": "LAC",
    "Years": "2025",
    "LA and Regions": "Trafford",
    "Values": "62.5",
    "LA Number": 358.0,
    "Region": "North West",
}
DICTIONARY = (
    b"Measure_short,Measure,Polarity,y_axis_name,Topic,No_Quartile\n"
    b'LAC,"Children looked after, rate",-,"Rate per 10,000",Looked after,NA\n'
    b"Absence,Absence,NA,%,School,N\nAbsence,Absence from school,Low,%,School,NA\n"
)


def parquet(*rows: dict) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame(list(rows)).write_parquet(stream)
    return stream.getvalue()


def test_a_row_and_its_measure():
    table = read_lait(parquet(ROW, {**ROW, "Years": "2024", "Values": "-"}), DICTIONARY)
    earlier, later = table.rows_of([358])
    assert (later.indicator, later.indicator_id, later.area_name) == (
        "Children looked after, rate",
        "lait:LAC",
        "Trafford",
    )
    assert (later.value, later.period, later.order) == (62.5, "2025", 20250000)
    assert earlier.value is None
    assert "one mark for not available" in earlier.note
    assert table.authorities == {358: "Trafford"}
    assert len(table) == 2


def test_the_description_that_says_which_way_is_good_counts():
    found = read_dictionary(DICTIONARY)
    assert (found["Absence"].polarity, found["Absence"].banded) == ("Low", True)
    assert found["LAC"].unit == "Rate per 10,000"


def test_the_same_table_as_csv():
    text = "Short Desc,Years,LA and Regions,Values,LA Number,Region\nLAC,2025,Trafford,62.5,358,North West\n"
    assert read_lait(text.encode()).rows_of([358])[0].value == 62.5


def test_england_and_regions_are_no_authorities():
    table = read_lait(parquet(ROW, {**ROW, "LA and Regions": "England", "LA Number": 970.0, "Region": "NA"}))
    assert list(table.authorities) == [358]
    assert table.rows_of([970])[0].area_type == "England"


def test_periods_that_are_no_year_are_kept_and_counted():
    assert read_lait(parquet({**ROW, "Years": "0"}, ROW)).odd_periods == {"0": 1}


def test_a_table_is_known_by_its_first_bytes():
    assert is_lait(parquet(ROW))
    assert not is_lait(b"Short Desc")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (parquet({"Area": "Trafford"}), "6 of its columns are missing"),
        (parquet({**ROW, "Values": "many"}), "'many' is not a number"),
        (parquet({**ROW, "LA Number": None}), "a whole number"),
        (parquet(ROW, ROW), "a second time"),
        (parquet(ROW)[:100], "could not be read"),
        (b"PK\x03\x04 a workbook", "not a text file"),
        (b"", "is empty"),
    ],
)
def test_what_is_wrong_is_named(data, said):
    with pytest.raises(BadInput) as caught:
        read_lait(data)
    assert said in str(caught.value)


@pytest.mark.shared
def test_the_real_table(shared: Path):
    folder = shared / "needs/dfe"
    table = read_lait(folder / "bds_long_0.parquet", folder / "lait_data_dictionary.csv")
    assert len(table) == 641_070
    assert len(table.measures) == 434
    assert table.frame["value"].null_count() == 93_883
    assert table.frame["measure"].n_unique() == 434
    assert len(table.authorities) == 158
    assert table.odd_periods == {"0": 170}
