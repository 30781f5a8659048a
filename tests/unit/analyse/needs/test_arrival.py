"""Files of every kind as they arrive: told apart, and under one code an area."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.analyse.needs.rows import a_row
from tests.unit.analyse.needs.test_dfe import AREA, HEAD
from tests.unit.sources.test_lait import DICTIONARY, ROW, parquet
from wherewithal.analyse.needs import columns
from wherewithal.analyse.needs.arrival import ColumnsUnknown, Given, Provider, read_all
from wherewithal.analyse.needs.authorities import authorities, code_named, codes_by_number, region_of, tier_of
from wherewithal.analyse.needs.dfe import POPULATION_ID
from wherewithal.analyse.needs.finding import source_of
from wherewithal.analyse.needs.indicators import Measure, Polarity
from wherewithal.errors import BadInput, NothingThere
from wherewithal.sources.own_table import Columns

PLANS = Given(
    "plans.csv",
    (HEAD + f"category,CPP_start,CPP_subsequent\n2025,{AREA}E08000016,Barnsley,x,100,c\n").encode(),
)
PEOPLE = Given(
    "people.csv",
    (
        HEAD + "age_group,population_estimate\n"
        f"2024,{AREA}E08000038,Barnsley,Children aged 0 to 17 years,50000\n"
    ).encode(),
)
NEEDS = Given(
    "needs.csv",
    (HEAD + f"category,At31_episodes\n2025,{AREA}E08000038,Barnsley,Children in Need,1500\n").encode(),
)
NOMIS = Given(
    "people.csv",
    b"DATE,DATE_NAME,GEOGRAPHY_CODE,GEOGRAPHY_NAME,C_AGE_NAME,GENDER_NAME,MEASURES_NAME,OBS_VALUE,OBS_STATUS\n"
    b"2024,2024,E08000009,Trafford,Aged 0 to 15,Total,Value,48000,A\n"
    b"2024,2024,E92000001,England,Aged 0 to 15,Total,Value,,Q\n",
)


def test_lait_comes_with_codes_names_and_measures():
    (arrival,) = read_all([Given("long.parquet", parquet(ROW)), Given("dictionary.csv", DICTIONARY)]).arrivals
    (found,) = columns.rows_of(arrival.frame)
    assert arrival.provider is Provider.LAIT
    assert (found.indicator_id, found.area_code, found.area_name) == ("lait:LAC", "E08000009", "Trafford")
    assert found.area_type == "Local authority"
    assert arrival.measures["lait:LAC"].unit == " per 10,000"


def test_lait_marks_keep_their_meaning():
    (arrival,) = read_all([Given("long.parquet", parquet({**ROW, "Values": "-"}))]).arrivals
    (found,) = columns.rows_of(arrival.frame)
    assert found.value is None
    assert "one mark for not available" in found.note
    assert any("dictionary was not given" in words for words in arrival.said)


def test_a_mark_of_the_department_keeps_its_meaning_and_a_code_is_the_one_of_today():
    (arrival,) = read_all([PLANS]).arrivals
    (found,) = columns.rows_of(arrival.frame)
    assert (found.area_code, found.value, found.note) == (
        "E08000038",
        None,
        "Suppressed, so that nobody can be recognised",
    )


def test_people_come_with_the_file_or_from_what_is_held():
    together = read_all([NEEDS, PEOPLE]).arrivals
    assert {key for arrival in together for key in arrival.indicators} == {"dfe:cin31", POPULATION_ID}
    (alone,) = read_all([NEEDS], children={("E08000038", 2025): 50_000.0}).arrivals
    assert columns.rows_of(alone.frame)[0].value == 300
    with pytest.raises(NothingThere, match="Add the file of mid-year population"):
        read_all([NEEDS])


def test_nomis_has_age_and_sex_where_they_belong():
    (arrival,) = read_all([NOMIS]).arrivals
    first, second = columns.rows_of(arrival.frame)
    assert (first.indicator, first.age, first.sex, first.value) == (
        "people, Value",
        "Aged 0 to 15",
        "Persons",
        48_000,
    )
    assert (second.area_type, second.value) == ("England", None)
    assert second.note == "Suppressed, so that nobody can be recognised"


def test_a_recoded_area_is_held_under_todays_code_and_that_is_said():
    head = "Year,Code,Value\n"
    table = Given("ours.csv", (head + "2023,E08000016,5\n2024,E08000038,6\n").encode())
    said = Columns("Year", area_code="Code", value="Value", always={"indicator": "Ours"})
    (arrival,) = read_all([table], mapping_of=lambda header: said).arrivals
    assert arrival.frame["area_code"].unique().to_list() == ["E08000038"]
    assert arrival.said == ("Barnsley has had the code E08000038 since 2025, E08000016 before.",)


def test_a_table_of_ones_own_needs_a_word_about_its_columns():
    table = Given("ours.csv", b"Council,Year,Number,Of\nTrafford,2024,3,50\n")
    with pytest.raises(ColumnsUnknown) as caught:
        read_all([table])
    assert caught.value.header == ("Council", "Year", "Number", "Of")
    said = Columns(
        "Year",
        area_name="Council",
        count="Number",
        denominator="Of",
        shape="percentage",
        always={"indicator": "Ours", "polarity": "high is good"},
    )
    (arrival,) = read_all([table], mapping_of=lambda header: said).arrivals
    (found,) = columns.rows_of(arrival.frame)
    assert (found.area_code, found.value) == ("E08000009", 6)
    assert found.low95 < 6 < found.high95
    assert arrival.measures["own:Ours"].polarity is Polarity.HIGH_IS_GOOD
    assert arrival.measures["own:Ours"].text(6) == "6.0%"


def test_parts_of_an_area_are_kept_as_parts_within_it():
    table = Given("ours.csv", b"Ward,Year,Group,Percent\nHale,2024,All,5\nHale,2024,Asian,7\n")
    said = Columns(
        "Year",
        area_name="Ward",
        value="Percent",
        category="Group",
        always={"indicator": "Ours", "parent_code": "E08000009", "category_type": "Ethnic group"},
    )
    (arrival,) = read_all([table], mapping_of=lambda header: said).arrivals
    whole, part = columns.rows_of(arrival.frame)
    assert (whole.category, whole.parent_code) == ("", "E08000009")
    assert (part.category_type, part.category) == ("Ethnic group", "Asian")


def test_a_dictionary_alone_holds_no_figures():
    with pytest.raises(NothingThere, match="describes other files"):
        read_all([Given("dictionary.csv", DICTIONARY)])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04" + bytes(60), "could not be read as a workbook"),
        ("Indicator ID,Area Code\nx,é\n".encode("utf-16")[:-3], "could not be read"),
        (b"", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(content, said):
    with pytest.raises(BadInput, match=said):
        read_all([Given("wrong.csv", content)])


# --- an edition in columns ------------------------------------------------------------------------------

_NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False, width=32)
_ROW = st.builds(
    lambda value, area, period, category: replace(
        a_row(value=value), area_code=area, period=period, category=category, category_type=category and "x"
    ),
    _NUMBER,
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from(["2020", "2021"]),
    st.sampled_from(["", "most deprived"]),
)


@given(st.lists(_ROW, max_size=12, unique_by=lambda each: each.key))
def test_what_is_packed_comes_back_and_is_found_by_area(rows):
    held = columns.packed(columns.frame_of(rows))
    back = columns.rows_of(columns.asked([held]))
    assert sorted(back, key=lambda each: each.key) == sorted(rows, key=lambda each: each.key)
    some = columns.rows_of(columns.asked([held], areas=["A"], parts=False))
    assert {each.key for each in some} == {
        each.key for each in rows if each.area_code == "A" and not each.category
    }


def test_the_last_edition_counts_and_says_which_it_is():
    first, second = a_row(value=1.0), a_row(value=2.0)
    tables = [columns.packed(columns.frame_of([each])) for each in (first, second)]
    found = columns.newest(columns.asked(tables))
    assert columns.rows_of(found) == [second]
    assert found[columns.EDITION].to_list() == [1]


def test_editions_gathered_say_what_they_say_one_by_one():
    first, second, third = a_row(value=1.0), a_row(value=2.0), a_row(value=3.0, area_code="B", category="x")
    packed = [columns.packed(columns.frame_of(rows)) for rows in ([first, third], [second], [third])]
    alone = columns.asked(packed, [3, 7, 9])
    together = columns.asked([columns.gathered(packed[:2], [3, 7]), packed[2]], [None, 9])
    assert sorted(together.rows()) == sorted(alone.rows())
    assert together[columns.EDITION].is_sorted()
    assert columns.rows_of(columns.newest(together.filter(pl.col("category") == ""))) == [second]
    some = columns.asked(packed, parts_of=["A"], fields=["area_code", "value"], periods=["2024"])
    assert some.columns == ["area_code", "value", columns.EDITION]
    assert some["value"].to_list() == [1.0, 2.0]


def test_an_area_that_lies_in_another_is_found_by_it():
    ward = replace(a_row(value=1.0), area_code="W", parent_code="A")
    held = columns.packed(columns.frame_of([ward]))
    assert columns.rows_of(columns.asked([held], areas=["A"], parents=["A"])) == [ward]
    assert columns.asked([held], areas=["A"]).height == 0


# --- authorities ----------------------------------------------------------------------------------------


def test_the_register_of_authorities():
    assert len(authorities()) == 153
    assert len({authority.number for authority in authorities().values()}) == 153
    assert codes_by_number()[358] == code_named("trafford") == "E08000009"
    assert code_named("St Helens") == code_named("ST. HELENS")
    assert (codes_by_number()[970], codes_by_number()[836]) == ("E92000001", "E06000029")
    assert region_of("E08000016") == region_of("E08000038") == "Yorkshire and The Humber"
    assert region_of("X1") == ""
    assert tier_of("E06000001") == tier_of("E10000003") == "Upper-tier authority"
    assert tier_of("X1", "made up") == "made up"


def test_a_measure_that_is_kept_comes_back():
    kept = Measure(Polarity.LOW_IS_GOOD, "%", 100.0, 95.0, "a source", places=2)
    assert Measure.from_dict({**kept.as_dict(), "later": 1}) == kept


def test_a_file_that_is_not_utf8_is_read_and_that_is_said():
    table = Given("ours.csv", "Year,Area,Value\n2024,Café Town,3\n".encode("cp1252"))
    said = Columns("Year", area_name="Area", value="Value", always={"indicator": "Ours"})
    (arrival,) = read_all([table], mapping_of=lambda header: said).arrivals
    assert columns.rows_of(arrival.frame)[0].area_name == "Café Town"
    assert "not UTF-8" in arrival.said[0]
    assert "read as cp1252" in arrival.said[0]


@pytest.mark.parametrize(
    ("indicator", "title", "site"),
    [
        ("90284", "Fingertips, public health profiles, indicator 90284", "fingertips"),
        ("dfe:cla31", "Department for Education", "explore-education-statistics"),
        ("ees:absence", "Department for Education", "explore-education-statistics"),
        ("lait:61100", "local authority interactive tool", "gov.uk"),
        ("nomis:people", "Nomis", "nomisweb"),
        ("own:early help", "Figures of our own", ""),
    ],
)
def test_a_figure_is_said_to_be_from_its_publisher(indicator, title, site):
    source = source_of(indicator, edition="e")
    assert title in source.title
    assert site in (source.url or "")
    asked = source_of(indicator, edition="e", address="https://x.example/q")
    assert asked.url == ("https://x.example/q" if site else "")
