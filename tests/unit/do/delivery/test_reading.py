"""A reading fits its measure, has its interval, and is hidden where too few families stand behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.do.delivery.readings import BEFORE, counted, score, scored, share
from wherewithal.do.delivery import FEWEST_FAMILIES, OutcomeMeasure, Reading, ReadingKind
from wherewithal.errors import BadInput


def test_a_share_has_wilsons_interval():
    # PHEindicatormethods 2.1.0, tests/testdata/testdata_Prop.csv: 65 of 100
    reading = counted(65, 100)
    assert reading.value == pytest.approx(65)
    assert reading.interval.low == pytest.approx(55.25444328968796, rel=1e-9)
    assert reading.interval.high == pytest.approx(73.63575175690247, rel=1e-9)
    assert reading.words == "65.0% (65 of 100 families)"
    assert reading.range_words == "95% interval 55.3 to 73.6"


def test_an_average_has_students_interval():
    # NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.5.2, confidence limits for the mean (ZARR13.DAT)
    reading = scored(9.261460, 0.022789, 195)
    assert reading.interval.low == pytest.approx(9.258242, abs=1e-6)
    assert reading.interval.high == pytest.approx(9.264679, abs=1e-6)
    assert reading.text(reading.value) == "9.26 points"


def test_an_average_without_its_spread_has_no_interval():
    reading = scored(17.2, None, 40)
    assert reading.value == 17.2
    assert reading.interval is None
    assert reading.range_words == ""


@given(st.integers(1, 500), st.data())
def test_a_figure_is_shown_exactly_from_five_families_on(families, data):
    count = data.draw(st.integers(0, families))
    reading = counted(count, families)
    if families < FEWEST_FAMILIES:
        assert reading.value is None
        assert reading.interval is None
        assert "%" not in reading.words
    else:
        assert reading.interval.low <= reading.value + 1e-9
        assert reading.value <= reading.interval.high + 1e-9


@pytest.mark.parametrize(
    ("measure", "figures", "words"),
    [
        (share(), {"families": 10, "count": 11}, "11 of 10 families"),
        (share(), {"families": 10, "count": -1}, "between 0 and"),
        (share(), {"families": 10}, "Give the count"),
        (share(), {"families": 0, "count": 0}, "one family or more"),
        (share(), {"families": 10, "mean": 3.0}, "This measure is a share"),
        (score(), {"families": 10}, "Give the average"),
        (score(), {"families": 10, "mean": float("nan")}, "Give the average"),
        (score(), {"families": 10, "mean": 3.0, "sd": 0.0}, "a number above 0"),
        (score(), {"families": 10, "count": 3}, "This measure is a score"),
    ],
)
def test_figures_that_do_not_fit_are_refused_with_what_to_do(measure, figures, words):
    with pytest.raises(BadInput, match="cannot be used") as refused:
        Reading(measure, ReadingKind.BASELINE, BEFORE, **figures)
    assert words in str(refused.value)


@pytest.mark.parametrize("missing", [{"key": "Not a key"}, {"name": " "}, {"how": ""}])
def test_a_measure_that_is_not_complete_is_refused(missing):
    with pytest.raises(BadInput, match="not complete"):
        share(**missing)


def test_a_share_is_in_per_cent_whatever_its_unit_says():
    assert share(unit="families").shown_unit == "%"
    assert isinstance(score(), OutcomeMeasure)
    assert score().shown_unit == "points"
