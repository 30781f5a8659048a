import csv
from pathlib import Path

import pytest

from wherewithal.analyse.needs import Measure, Polarity, measure
from wherewithal.analyse.needs.indicators import _described


def test_an_indicator_nobody_has_described_is_judged_by_nobody():
    assert measure("0") == Measure()
    assert not measure("0").polarity.judges


def test_every_description_says_where_it_is_from():
    assert all(found.source and found.unit and found.multiplier for found in _described().values())


def test_values_read_with_their_unit():
    assert measure("90284").text(51.6007) == "51.6 per 10,000"
    assert measure("90319").text(9.53) == "9.5%"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("indicator", "name"),
    [("90319", "obese_reception"), ("90323", "obese_year6"), ("93563", "children_dental_decay")],
)
def test_the_polarity_we_state_is_the_one_the_published_labels_use(shared: Path, indicator, name):
    with (shared / f"needs/phof/trafford_themes_{name}.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["inequality"] == "NA" and row["value"] != "NA"]
    england = {
        (row["indicator"], row["period"]): float(row["value"])
        for row in rows
        if row["area_name"] == "England"
    }
    lower = {
        (row["compared_to_England"], float(row["value"]) < england[row["indicator"], row["period"]])
        for row in rows
        if row["compared_to_England"] in ("Better", "Worse") and (row["indicator"], row["period"]) in england
    }
    assert lower == {("Better", True), ("Worse", False)}
    assert measure(indicator).polarity is Polarity.LOW_IS_GOOD
