import pytest

from wherewithal.errors import BadInput
from wherewithal.sources.nomis import read_nomis

HEADER = (
    '"DATE","DATE_NAME","GEOGRAPHY","GEOGRAPHY_NAME","GEOGRAPHY_CODE","GEOGRAPHY_TYPE","GENDER_NAME","C_AGE_NAME",'
    '"MEASURES_NAME","OBS_VALUE","OBS_STATUS","OBS_STATUS_NAME","RECORD_OFFSET","RECORD_COUNT"\n'
)
ROW = (
    '"2024","2024","1","Trafford","E08000009","local authority","Total",'
    '"Aged 0 to 15","Value",48211,"A","Normal",0,1\n'
)


def read(*rows: str):
    return read_nomis("".join([HEADER, *rows]).encode(), name="population.csv")


def test_a_value_with_its_place_and_what_it_is_of():
    (row,) = read(ROW).rows
    assert (row.area_code, row.area_name, row.area_type) == ("E08000009", "Trafford", "local authority")
    assert (row.value, row.period.label, row.measure, row.note) == (48211.0, "2024", "Value", "")
    assert row.dimensions == {"GENDER": "Total", "C_AGE": "Aged 0 to 15"}


def test_a_status_keeps_its_meaning():
    (row,) = read(ROW.replace('48211,"A","Normal"', ',"Q","Suppressed"')).rows
    assert row.value is None
    assert row.note == "Suppressed, so that nobody can be recognised"
    (row,) = read(ROW.replace('"A","Normal"', '"Y","Break in series"')).rows
    assert row.note == "Break in series"


def test_measures_that_must_not_be_mixed_are_named():
    assert read(ROW.replace(",0,1\n", ",0,2\n"), ROW.replace('"Value"', '"Percent"')).measures == (
        "Value",
        "Percent",
    )


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "no rows"),
        ([ROW.replace(",0,1\n", ",0,31000\n")], "1 rows of 31,000"),
        ([ROW.replace("48211", "many")], "'many' is not a number"),
        ([ROW.replace('"2024","2024"', '"2024-06","June 2024"')], "June 2024"),
        ([ROW.replace("E08000009", "")], "a code in every row"),
    ],
)
def test_what_is_wrong_is_named(rows, said):
    with pytest.raises(BadInput) as caught:
        read(*rows)
    assert said in str(caught.value)


def test_another_kind_of_file_is_refused():
    with pytest.raises(BadInput, match="not a Nomis file"):
        read_nomis(b"Area,Value\nTrafford,1\n")
